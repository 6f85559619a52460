import { message } from '../wording/say.ts';
import { childProcess, TimedOut, WorkerPool } from '../workers.ts';
import type { Document } from './document.ts';
import type { Net } from './fetch.ts';
import { type Reading, refuse } from './reading.ts';

/** What reads documents. `asker` takes turns with others. */
export interface ReadsDocuments {
  read(document: Document, asker: string): Promise<Reading>;
}

const LONGEST_MILLISECONDS = 5000;
/** An ordinary page takes 100. */
const MOST_MEGABYTES = 512;

/**
 * Reads documents in child processes, since hostile ones can take seconds and much memory. A process, unlike a thread,
 * can't end the bot when it runs out of memory (docs/decisions/0018-documents-in-processes.md).
 */
export class DocumentReader implements ReadsDocuments {
  readonly #pool: WorkerPool<Document, Reading>;

  constructor(milliseconds = LONGEST_MILLISECONDS, program = new URL('./read-in-process.ts', import.meta.url)) {
    const start = { name: 'reading process', program, priority: 'below normal', megabytes: MOST_MEGABYTES } as const;
    this.#pool = new WorkerPool({
      start: childProcess(start),
      most: 2,
      mostPerOwner: 1,
      attempts: 2,
      timeout: () => milliseconds,
      closed: () => new Error('Reading has stopped.'),
    });
  }

  /** Returns an article, or a refusal if that takes too long. Throws if the process crashes. */
  async read(document: Document, asker: string): Promise<Reading> {
    try {
      return await this.#pool.run(asker, document);
    } catch (error) {
      if (error instanceof TimedOut) return refuse(message('reading.takes-too-long'));
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }
}

/** Reads an article from the page at a link, when it is the asker's turn. */
export async function readLink(link: string, asker: string, net: Net, documents: ReadsDocuments): Promise<Reading> {
  const fetched = await net.fetch(link, asker);
  if (fetched.kind === 'refused') return fetched;
  const { url, contentType, bytes } = fetched;
  return await documents.read({ kind: 'page', address: url.href, contentType, bytes }, asker);
}
