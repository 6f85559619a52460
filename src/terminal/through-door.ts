import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { toLine } from '../library/export-line.ts';
import type { Libraries } from '../library/libraries.ts';
import type { Added, Owner } from '../library/library.ts';
import { StorageError } from '../library/store/errors.ts';
import type { Metadata } from '../news/article.ts';
import { doorOf, protocol } from './door.ts';

/** What became of an article that a command gave. */
type Taken =
  | { readonly kind: Exclude<Added, { most: number }>['kind'] }
  | Extract<Added, { most: number }>
  | { readonly kind: 'refused'; readonly reason: string };

export interface ReachedLibrary {
  add(metadata: Metadata, text: string): Promise<Taken>;
  /** Its `lines`, each with its end, in UTF-8 where they are bytes. */
  export(): AsyncIterable<string | Uint8Array>;
}

/** Libraries as commands reach them: in their place, or through the bot that holds it. */
export interface Reached extends Pick<Libraries, 'has' | 'close'> {
  open(owner: Owner): Promise<ReachedLibrary>;
}

const ended = 'The bot, which holds the libraries, ended meanwhile. Do it again to go on.';
const other = 'The bot that runs is of another version: start it again, or stop it, and do it again.';

const theirs =
  'The libraries are another user’s, as whom the bot runs: start this as that user, by sudo -u for example.';

/** The libraries of a bot that runs on this machine and holds the folder; `undefined` where there is none. */
export async function throughDoor(folder: string): Promise<Reached | undefined> {
  const socketPath = doorOf(folder);
  if (socketPath === undefined) return undefined;
  const knocked = await send({ socketPath, path: protocol }).catch(absent);
  if (knocked === undefined) return undefined;
  knocked.resume();
  if (knocked.statusCode !== 204) throw new StorageError(other);
  return {
    has: async owner => {
      const answer = await ask({ socketPath, path: pathOf(owner) });
      answer.destroy();
      return answer.statusCode === 200;
    },
    open: owner => Promise.resolve(libraryAt(socketPath, pathOf(owner))),
    close: () => Promise.resolve(),
  };
}

/** Where nobody listens any more the socket may still be there. */
const absences: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'ECONNREFUSED']);
const refusals: ReadonlySet<unknown> = new Set(['EACCES', 'EPERM']);

function absent(error: unknown): undefined {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  if (absences.has(code)) return undefined;
  if (!refusals.has(code)) throw error;
  throw new StorageError(theirs, { cause: error });
}

function pathOf({ kind, id }: Owner): string {
  return `${protocol}/${kind}/${encodeURIComponent(id)}`;
}

function libraryAt(socketPath: string, path: string): ReachedLibrary {
  return {
    add: (metadata, words) => give({ socketPath, path, method: 'POST' }, toLine({ ...metadata, text: words })),
    export: () => exported({ socketPath, path }),
  };
}

/** A connection of its own for each question, so that the bot knows when nobody is in any more. */
function send(options: RequestOptions, body?: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asking = request({ ...options, agent: false }, resolve);
    asking.on('error', reject);
    asking.end(body);
  });
}

/** The answer, where the bot could give one. */
async function ask(options: RequestOptions, body?: string): Promise<IncomingMessage> {
  const answer = await send(options, body).catch((cause: unknown) => {
    throw new StorageError(ended, { cause });
  });
  if (answer.statusCode === 503) throw new StorageError(await read(answer));
  return answer;
}

async function read(answer: IncomingMessage): Promise<string> {
  try {
    return await text(answer);
  } catch (cause) {
    throw new StorageError(ended, { cause });
  }
}

async function give(options: RequestOptions, line: string): Promise<Taken> {
  const answer = await ask(options, line);
  const body = await read(answer);
  if (answer.statusCode !== 200) return { kind: 'refused', reason: body };
  const taken: unknown = JSON.parse(body);
  if (!isTaken(taken)) throw new StorageError(other);
  return taken;
}

function isTaken(value: unknown): value is Taken {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  const { kind } = value;
  if (kind === 'full' || kind === 'too long') return 'most' in value && typeof value.most === 'number';
  return kind === 'added' || kind === 'same' || kind === 'updated';
}

async function* exported(options: RequestOptions): AsyncGenerator<Uint8Array> {
  const answer = await ask(options);
  try {
    for await (const bytes of answer) yield bytes;
  } catch (cause) {
    throw new StorageError(ended, { cause });
  }
}
