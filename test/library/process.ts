import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A process that adds articles (child.ts). */
export interface Adding {
  /** What it has told so far, line by line. */
  readonly told: readonly string[];
  /** Resolves when it has told so many lines, or has ended. */
  tells(lines: number): Promise<void>;
  kill(): Promise<void>;
  ended(): Promise<void>;
}

/** Starts it; `limit`: no file may grow beyond so many blocks of 512 bytes; `more`: what else it is told. */
export function startAdding(folder: string, first: number, limit?: number, more: readonly string[] = []): Adding {
  const child = spawn('/bin/sh', [
    '-c',
    `${limit === undefined ? '' : `ulimit -f ${limit};`} exec "$0" "$@"`,
    ...command(folder, first),
    ...more,
  ]);
  child.stderr.pipe(process.stderr);
  return follow(child, child.stdout);
}

function command(folder: string, first: number): readonly string[] {
  return [process.execPath, join(import.meta.dirname, 'child.ts'), folder, String(first)];
}

function follow(child: ChildProcess, output: NodeJS.ReadableStream): Adding {
  const told: string[] = [];
  const lines = createInterface({ input: output });
  lines.on('line', line => told.push(line));
  const ended = Promise.all([once(child, 'exit'), once(lines, 'close')]).then(() => undefined);
  return {
    told,
    ended: () => ended,
    async tells(count) {
      while (told.length < count) {
        const line = once(lines, 'line').then(() => false);
        if (await Promise.race([line, ended.then(() => true)])) return;
      }
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
