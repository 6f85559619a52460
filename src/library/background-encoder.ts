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
import type { ArticleRef, Reporter } from './store/store.ts';

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

/** A library whose store was opened, and whether that still is open. */
interface OpenedLibrary {
  readonly context: LibraryContext;
  readonly isOpen: () => boolean;
}

interface Run {
  readonly ended: Promise<void>;
  /** The latest request meanwhile: an article was added, or the library was opened again. */
  next: OpenedLibrary | undefined;
}

interface BackgroundEncoderOptions {
  readonly encoder: Encodes;
  readonly report: Reporter;
  readonly progress: (sentence: string) => void;
}

/** Makes the vectors of articles that have none, in the background. */
export class BackgroundEncoder {
  readonly #options: BackgroundEncoderOptions;
  /** By library. */
  readonly #runs = new Map<string, Run>();
  /** By the `isOpen` of the opened library. */
  readonly #encodings = new WeakMap<() => boolean, LibraryEncoding>();
  /** Libraries that another process is working on. */
  readonly #waiting = new Set<string>();
  #isClosed = false;

  constructor(options: BackgroundEncoderOptions) {
    this.#options = options;
  }

  /**
   * Encodes a library's articles for as long as it is open. Resolves when all have vectors or another process is making
   * them, and rejects if some can't be encoded.
   */
  encode(context: LibraryContext, isOpen: () => boolean): Promise<void> {
    const running = this.#runs.get(context.name);
    if (running !== undefined) {
      running.next = { context, isOpen };
      return running.ended;
    }
    const run: Run = { ended: this.#run({ context, isOpen }, () => run), next: undefined };
    this.#runs.set(context.name, run);
    return run.ended;
  }

  /** Cancels what is in progress. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#options.encoder.close();
  }

  async #run(opened: OpenedLibrary, run: () => Run): Promise<void> {
    const { context, isOpen } = opened;
    // So that the run is known by then.
    await Promise.resolve();
    const [outcome] = await Promise.allSettled([this.#encodingOf(opened).work()]);
    const { next } = run();
    this.#runs.delete(context.name);
    const isDone = outcome.status === 'fulfilled' && outcome.value;
    // Whatever became of this run, it saved nothing in a store that was opened since.
    if (next !== undefined && (isDone || next.isOpen !== isOpen)) return await this.encode(next.context, next.isOpen);
    if (outcome.status === 'rejected') throw outcome.reason;
    if (!isDone) void this.#tryLater(opened);
  }

  #encodingOf({ context, isOpen }: OpenedLibrary): LibraryEncoding {
    const known = this.#encodings.get(isOpen);
    if (known !== undefined) return known;
    const encoding = new LibraryEncoding({ context, isOpen: () => isOpen() && !this.#isClosed }, this.#options);
    this.#encodings.set(isOpen, encoding);
    return encoding;
  }

  /** The other process may end before it is done. */
  async #tryLater({ context, isOpen }: OpenedLibrary): Promise<void> {
    if (this.#waiting.has(context.name)) return;
    this.#waiting.add(context.name);
    await pause(WAIT_MILLISECONDS, undefined, { ref: false });
    this.#waiting.delete(context.name);
    if (isOpen()) await this.encode(context, isOpen).catch(() => undefined);
  }
}

/** Encodes the articles of one library, for as long as it is open. */
class LibraryEncoding {
  readonly #context: LibraryContext;
  readonly #isOpen: () => boolean;
  readonly #options: BackgroundEncoderOptions;
  /** Revisions of articles that couldn't be encoded. */
  readonly #failed = new Set<number>();
  #failuresInRow = 0;
  #reported: number | undefined;

  constructor({ context, isOpen }: OpenedLibrary, options: BackgroundEncoderOptions) {
    this.#context = context;
    this.#isOpen = isOpen;
    this.#options = options;
  }

  /** Returns false if another process does it. */
  async work(): Promise<boolean> {
    const { claim, release } = this.#context;
    this.#failuresInRow = 0;
    const isDone = await workThrough({
      isOpen: this.#isOpen,
      claim: claimant => claim('encoding', claimant),
      release: claimant => release('encoding', claimant),
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
      this.#failed.add(ref.revision);
      this.#failuresInRow += 1;
      this.#options.report(`Cannot encode an article of ${name}, so questions may not find it`, error);
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
