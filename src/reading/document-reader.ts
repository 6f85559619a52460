import { message } from '../wording/say.ts';
import { Crashed, childProcess, TimedOut, WorkerPool } from '../workers.ts';
import type { Document } from './document.ts';
import type { Net } from './fetch.ts';
import { type Reading, type ReadingRefusal, refuse } from './reading.ts';

/** Reads documents. Askers take turns. */
export interface ReadsDocuments {
  read(document: Document, asker: string): Promise<Reading>;
}

const LONGEST_MILLISECONDS = 5000;
/** An ordinary page takes 100, a feed of 5 MB 200. */
const MOST_MEGABYTES = 512;

interface ReadingOptions {
  readonly name: string;
  readonly program: URL;
  /** How many processes. */
  readonly most: number;
  /** How long one document may take. Default: 5000 */
  readonly milliseconds?: number | undefined;
}

/**
 * Reads what sites send in child processes, since hostile documents can take seconds and much memory. A process, unlike
 * a thread, can't end the bot when it runs out of memory (docs/decisions/0018-documents-in-processes.md).
 */
export class ProcessReader<Given extends object, Read> {
  readonly #pool: WorkerPool<Given, Read>;

  constructor({ name, program, most, milliseconds = LONGEST_MILLISECONDS }: ReadingOptions) {
    this.#pool = new WorkerPool({
      start: childProcess({ name, program, priority: 'below normal', megabytes: MOST_MEGABYTES }),
      most,
      mostPerOwner: 1,
      attempts: 2,
      timeout: () => milliseconds,
      closed: () => new Error('Reading has stopped.'),
    });
  }

  /** Returns the process's answer, or a refusal if the document takes too long or crashes it. Throws once closed. */
  async read(document: Given, asker: string): Promise<Read | ReadingRefusal> {
    try {
      return await this.#pool.run(asker, document);
    } catch (error) {
      if (error instanceof TimedOut) return refuse(message('reading.takes-too-long'));
      if (error instanceof Crashed) return refuse(message('reading.unwieldy'));
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }
}

/** Reads articles from pages and files. */
export class DocumentReader extends ProcessReader<Document, Reading> implements ReadsDocuments {
  constructor(milliseconds?: number, program = new URL('./read-in-process.ts', import.meta.url)) {
    super({ name: 'reading process', program, most: 2, milliseconds });
  }
}

/** Reads an article from the page at a link, when it is the asker's turn. */
export async function readLink(
  link: string,
  asker: string,
  net: Pick<Net, 'fetch'>,
  documents: ReadsDocuments,
): Promise<Reading> {
  const fetched = await net.fetch(link, asker);
  if (fetched.kind === 'refused') return fetched;
  const { url, contentType, bytes } = fetched;
  return await documents.read({ kind: 'page', address: url.href, contentType, bytes }, asker);
}
