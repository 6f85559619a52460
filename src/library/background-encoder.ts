import { setTimeout as pause } from 'node:timers/promises';
import type { Encodes } from '../answering/networks/encoder.ts';
import { MODEL_ID } from '../answering/networks/model.ts';
import { passagesOf } from '../answering/networks/passages.ts';
import { workThrough } from './background.ts';
import type { LibraryContext } from './context.ts';
import { readOnce } from './refresh.ts';
import { countUnencoded, findUnencoded } from './store/articles.ts';
import { saveVectors } from './store/changes.ts';
import { StorageError } from './store/errors.ts';
import type { ArticleRef } from './store/store.ts';

/** Articles of one library that are encoded at once. A new article waits for no more than these. */
const ARTICLES_AT_ONCE = 4;
/** Of longer articles, the paragraphs after these have no vectors. News of 2 MB has about as many. */
const MOST_PARAGRAPHS = 10_000;
/** After this many failures in a row, the encoder itself is probably broken, and the rest is left for later. */
const MOST_FAILURES = 4;
/** How often to check whether the process that encodes a library's articles has ended. */
const WAIT_MILLISECONDS = 30_000;
/** How many articles without vectors are worth a line in the log, and how often. */
const MANY_ARTICLES = 100;
const PROGRESS_MILLISECONDS = 60_000;

interface BackgroundEncoderOptions {
  readonly context: LibraryContext;
  /** Whether the store that was opened still is open. */
  readonly isOpen: () => boolean;
  readonly encoder: Encodes;
  readonly progress: (sentence: string) => void;
}

/** Makes the vectors of a library's articles that have none, in the background, for as long as it is open. */
export class BackgroundEncoder {
  readonly #options: BackgroundEncoderOptions;
  readonly #context: LibraryContext;
  readonly #isOpen: () => boolean;
  /** Resolves when the former one has released its lease. */
  readonly #mayBegin: Promise<void> | undefined;
  /** Revisions of articles that couldn't be encoded. */
  readonly #failed = new Set<number>();
  #failuresInRow = 0;
  #reported: number | undefined;
  #running: Promise<void> | undefined;
  /** True if an article was added since this is running. */
  #isAskedAgain = false;
  /** True while it waits to try again. */
  #isWaiting = false;

  /** `former` encoded the library when it was open before. */
  constructor(options: BackgroundEncoderOptions, former: BackgroundEncoder | undefined) {
    this.#options = options;
    this.#context = options.context;
    this.#isOpen = options.isOpen;
    this.#mayBegin = former === undefined ? undefined : former.#running?.catch(() => undefined);
  }

  get isOpen(): boolean {
    return this.#isOpen();
  }

  /** Resolves when all have vectors or another process is making them, and rejects if some can't be encoded. */
  encode(): Promise<void> {
    this.#isAskedAgain = this.#running !== undefined;
    this.#running ??= this.#run();
    return this.#running;
  }

  async #run(): Promise<void> {
    await this.#mayBegin;
    let isDone = false;
    try {
      do {
        this.#isAskedAgain = false;
        isDone = await this.#work();
      } while (isDone && this.#isAskedAgain);
    } finally {
      this.#running = undefined;
      if (!isDone && this.#failed.size === 0) void this.#tryLater(this.#isAskedAgain ? 0 : WAIT_MILLISECONDS);
    }
  }

  /** The other process may end before it is done, and an outage of the store may pass. */
  async #tryLater(milliseconds: number): Promise<void> {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    await pause(milliseconds, undefined, { ref: false });
    this.#isWaiting = false;
    if (this.#isOpen()) await this.encode().catch(() => undefined);
  }

  /** Returns false if another process does it. */
  async #work(): Promise<boolean> {
    const { claim, release } = this.#context;
    this.#failuresInRow = 0;
    const isDone = await workThrough({
      isOpen: this.#isOpen,
      claim: () => claim('encoding'),
      release: () => release('encoding'),
      next: () => this.#next(),
      work: async refs => {
        await this.#tell();
        await Promise.all(refs.map(ref => this.#encodeArticle(ref)));
      },
    });
    if (this.#failed.size > 0) throw new StorageError('Some articles can’t be encoded: see the log.');
    if (isDone && this.#isOpen() && this.#reported !== undefined) {
      this.#options.progress(`All articles of ${this.#context.name} have vectors now.`);
      this.#reported = undefined;
    }
    return isDone;
  }

  async #next(): Promise<readonly ArticleRef[]> {
    if (this.#failuresInRow >= MOST_FAILURES) return [];
    const most = ARTICLES_AT_ONCE + this.#failed.size;
    const refs = await this.#context.read(findUnencoded, MODEL_ID, most);
    return refs.filter(({ revision }) => !this.#failed.has(revision));
  }

  async #encodeArticle(ref: ArticleRef): Promise<void> {
    const { name } = this.#context;
    try {
      const read = await readOnce(this.#context, ref);
      if (read === undefined || !this.#isOpen()) return;
      const passages = read === 'damaged' ? [] : passagesOf(read).slice(0, MOST_PARAGRAPHS);
      const vectors =
        passages.length === 0 ? new Int8Array() : await this.#options.encoder.encodePassages(name, passages);
      if (this.#isOpen()) await this.#context.write(saveVectors, ref, MODEL_ID, vectors);
      this.#failuresInRow = 0;
    } catch (error) {
      // Closing cancels what is being encoded.
      if (!this.#isOpen()) return;
      this.#context.report(`Cannot encode an article of ${name}, so questions may not find it`, error);
      // The store is to blame, not the article.
      if (error instanceof StorageError) throw error;
      this.#failed.add(ref.revision);
      this.#failuresInRow += 1;
    }
  }

  /** Reports how many articles are left, if they are many. */
  async #tell(): Promise<void> {
    const now = performance.now();
    if (this.#reported !== undefined && now - this.#reported < PROGRESS_MILLISECONDS) return;
    const left = await this.#context.read(countUnencoded, MODEL_ID);
    if (this.#reported === undefined && left < MANY_ARTICLES) return;
    this.#reported = now;
    this.#options.progress(`Making vectors for /ask: ${left} articles of ${this.#context.name} left.`);
  }
}
