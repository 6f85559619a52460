import { childProcess, WorkerPool } from '../workers.ts';
import type { Picture } from './draw-picture.ts';

export interface Drawer {
  /** Returns the picture as a PNG. */
  draw(picture: Picture): Promise<Buffer>;
}

/** So that a picture that can't be drawn doesn't keep others waiting for ever. */
const LONGEST_MILLISECONDS = 10_000;

/** Draws in a child process: a picture takes 100 ms, and a crash of the canvas library must not end the bot. */
export class CardDrawer implements Drawer {
  readonly #pool: WorkerPool<Picture, Buffer>;

  constructor(program = new URL('./draw-in-process.ts', import.meta.url), milliseconds = LONGEST_MILLISECONDS) {
    this.#pool = new WorkerPool({
      start: childProcess({ name: 'drawing process', program, priority: 'normal' }),
      most: 1,
      mostPerOwner: 1,
      attempts: 2,
      timeout: () => milliseconds,
      closed: () => new Error('Drawing has stopped.'),
    });
  }

  draw(picture: Picture): Promise<Buffer> {
    return this.#pool.run('all', picture);
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }
}
