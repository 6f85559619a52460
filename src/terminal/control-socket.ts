import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import type { IncomingMessage, RequestOptions, ServerResponse } from 'node:http';
import { join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod/mini';
import type { Libraries } from '../library/libraries.ts';
import type { Added, OpenLibrary } from '../library/library.ts';
import type { Owner } from '../library/owner.ts';
import type { DecidedSpan } from '../library/store/disputes.ts';
import { StorageError } from '../library/store/errors.ts';
import { parseJson, toLine } from '../library/store/json.ts';
import type { Metadata } from '../news/article.ts';
import { LONGEST_LINE, parseLine } from './article-lines.ts';

/** The version of the protocol; a new one if commands and bot no longer understand each other. */
const PROTOCOL = '/1';
const ADDRESS = /^\/1\/(?<kind>server|person)\/(?<id>[^\/]+)(?<encoding>\/encoding)?$/v;
/**
 * The longest path of a socket in bytes that every system accepts; macOS has the lowest limit (sun_path in sys/un.h).
 */
const LONGEST_PATH = 103;
const PLAIN_TEXT = 'text/plain; charset=utf-8';
const JSON_LINES = 'application/jsonl; charset=utf-8';

/** Returns the path of a library folder's control socket; undefined if it is too long, or on Windows. */
function socketIn(folder: string): string | undefined {
  if (process.platform === 'win32') return undefined;
  const path = join(folder, 'control.sock');
  return [path, relative('', path)].find(each => Buffer.byteLength(each) <= LONGEST_PATH);
}

/** How long shutdown waits for an article that is being added. An export may take longer, as may making vectors. */
const LONGEST_CLOSE = 1000;

interface ControlSocket {
  /** Accepts no more connections, and closes those that don't end within a second. */
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/**
 * Opens the control socket, through which commands at the terminal reach the libraries of a running bot, since only one
 * process may open library files. It speaks HTTP and is in the library folder. Only the bot's user may open it, who can
 * read and write the libraries anyway. Returns undefined if there can't be one.
 */
export async function openControlSocket(folder: string, libraries: Libraries): Promise<ControlSocket | undefined> {
  const path = socketIn(folder);
  if (path === undefined) return undefined;
  const { createServer } = await import('node:http');
  const server = createServer((request, response) => {
    serve(request, response, libraries).catch(() => response.destroy());
  });
  // This process holds the folder, so a socket left there belongs to a process that has ended.
  rmSync(path, { force: true });
  await once(server.listen(path), 'listening');
  chmodSync(path, 0o600);
  const close = async () => {
    const overdue = setTimeout(() => server.closeAllConnections(), LONGEST_CLOSE);
    await once(server.close(), 'close');
    clearTimeout(overdue);
  };
  return { close };
}

async function serve(request: IncomingMessage, response: ServerResponse, libraries: Libraries): Promise<void> {
  const { kind, id = '', encoding } = ADDRESS.exec(request.url ?? '')?.groups ?? {};
  if (request.url === PROTOCOL) return end(response, { status: 204, body: '' });
  if (kind !== 'server' && kind !== 'person') return end(response, { status: 404, body: 'Not found.' });
  const owner: Owner = { kind, id: decodeURIComponent(id) };
  try {
    if (request.method === 'POST') return end(response, await add(await readBody(request), owner, libraries));
    if (!(await libraries.has(owner))) return end(response, { status: 404, body: '' });
    response.writeHead(200, { connection: 'close', 'content-type': JSON_LINES });
    const library = await libraries.open(owner);
    const lines = encoding === undefined ? exportOf(library) : encodingOf(library);
    await pipeline(Readable.from(lines), response);
  } catch (error) {
    if (!(error instanceof StorageError) || response.headersSent) throw error;
    end(response, { status: 503, body: error.message });
  }
}

async function add(line: string | undefined, owner: Owner, libraries: Libraries): Promise<Answer> {
  if (line === undefined) return { status: 413, body: `expected at most ${LONGEST_LINE} bytes` };
  const read = parseLine(line);
  if (read.kind === 'refused') return { status: 400, body: read.reason };
  const library = await libraries.open(owner);
  const added = await addDecided(library, read.metadata, read.text, read.decided);
  const { kind } = added;
  return { status: 200, body: JSON.stringify('most' in added ? { kind, most: added.most } : { kind }) };
}

/**
 * Returns the body, or undefined if it is too long. Reads it to its end, since a client reads no answer while sending.
 */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request) {
    bytes += piece.length;
    if (bytes <= LONGEST_LINE) pieces.push(piece);
  }
  return bytes > LONGEST_LINE ? undefined : Buffer.concat(pieces).toString();
}

function end(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { connection: 'close', 'content-type': PLAIN_TEXT }).end(body);
}

/** Yields how many articles are without vectors, a line each. The last one isn't 0 if some can't be encoded. */
async function* encodingOf(library: OpenLibrary): AsyncGenerator<string> {
  try {
    for await (const left of library.encoding()) yield `${left}\n`;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
  }
}

/** Yields a library's JSON lines, each with its line feed. */
export async function* exportOf(library: Pick<OpenLibrary, 'lines'>): AsyncGenerator<string> {
  for await (const line of library.lines()) yield `${line}\n`;
}

/** Adds an article, and what was decided about it where it is from. */
export async function addDecided(
  library: Pick<OpenLibrary, 'add' | 'importDecisions'>,
  metadata: Metadata,
  text: string,
  decided: readonly DecidedSpan[] = [],
): Promise<Added> {
  const added = await library.add(metadata, text);
  if ('article' in added && decided.length > 0) await library.importDecisions(added.article.article.id, decided);
  return added;
}

/** The result of adding an article. */
type AddResult =
  | { readonly kind: Exclude<Added, { most: number }>['kind'] }
  | Extract<Added, { most: number }>
  | { readonly kind: 'refused'; readonly reason: string };

/** A library as commands use it, opened here or by a running bot. */
export interface LibraryAccess {
  add(metadata: Metadata, text: string, decided?: readonly DecidedSpan[]): Promise<AddResult>;
  /** See `OpenLibrary.encoding`. */
  encoding(): AsyncIterable<number>;
  /** Yields JSON lines with their line feeds, as text or UTF-8. */
  export(): AsyncIterable<string | Uint8Array>;
}

export interface LibrariesAccess extends Pick<Libraries, 'has' | 'close'> {
  open(owner: Owner): Promise<LibraryAccess>;
}

const BOT_ENDED = 'The bot, which has the libraries open, ended in the meantime. Run this again to continue.';
const OTHER_VERSION = 'The running bot is another version. Restart or stop it, then run this again.';
const OTHER_USER =
  'The libraries belong to the user that the bot runs as. Run this as that user, for example with sudo -u.';

/** Returns access to the libraries of a bot that runs on this machine; undefined if none has the folder open. */
export async function reachBot(folder: string): Promise<LibrariesAccess | undefined> {
  const socketPath = socketIn(folder);
  if (socketPath === undefined) return undefined;
  // Only if there is a socket, since Node's HTTP takes time to load.
  const greeting = await lstat(socketPath)
    .then(() => send({ socketPath, path: PROTOCOL }))
    .catch(absent);
  if (greeting === undefined) return undefined;
  greeting.resume();
  if (greeting.statusCode !== 204) throw new StorageError(OTHER_VERSION);
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

/** Without a bot there is no socket, or a socket that nobody listens to. */
const ABSENCES: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'ECONNREFUSED']);
const REFUSALS: ReadonlySet<unknown> = new Set(['EACCES', 'EPERM']);

function absent(error: unknown): undefined {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  if (ABSENCES.has(code)) return undefined;
  if (!REFUSALS.has(code)) throw error;
  throw new StorageError(OTHER_USER, { cause: error });
}

function pathOf({ kind, id }: Owner): string {
  return `${PROTOCOL}/${kind}/${encodeURIComponent(id)}`;
}

function libraryAt(socketPath: string, path: string): LibraryAccess {
  return {
    add: (metadata, words, decided) =>
      post({ socketPath, path, method: 'POST' }, toLine({ ...metadata, text: words }, decided)),
    encoding: () => followEncoding({ socketPath, path: `${path}/encoding` }),
    export: () => download({ socketPath, path }),
  };
}

/** Uses a connection for each request, so that the bot knows when all are done. */
async function send(options: RequestOptions, body?: string): Promise<IncomingMessage> {
  const { request } = await import('node:http');
  return await new Promise((resolve, reject) => {
    const sent = request({ ...options, agent: false }, resolve);
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Throws `StorageError` if the bot ended or can't use the library. */
async function ask(options: RequestOptions, body?: string): Promise<IncomingMessage> {
  const answer = await send(options, body).catch((cause: unknown) => {
    throw new StorageError(BOT_ENDED, { cause });
  });
  if (answer.statusCode === 503) throw new StorageError(await read(answer));
  return answer;
}

async function read(answer: IncomingMessage): Promise<string> {
  try {
    return await text(answer);
  } catch (cause) {
    throw new StorageError(BOT_ENDED, { cause });
  }
}

const addResultShape = z.union([
  z.object({ kind: z.enum(['added', 'same', 'updated', 'too slow']) }),
  z.object({ kind: z.enum(['full', 'too long']), most: z.number() }),
]);

async function post(options: RequestOptions, line: string): Promise<AddResult> {
  const answer = await ask(options, line);
  const body = await read(answer);
  if (answer.statusCode !== 200) return { kind: 'refused', reason: body };
  const added = parseJson(addResultShape, body);
  if (added === undefined) throw new StorageError(OTHER_VERSION);
  return added;
}

async function* followEncoding(options: RequestOptions): AsyncGenerator<number> {
  let left = 0;
  for await (const bytes of download(options)) {
    left = Number(String(bytes).trim().split('\n').at(-1));
    yield left;
  }
  if (left > 0) throw new StorageError('Some articles can’t be encoded: see the bot’s log.');
}

async function* download(options: RequestOptions): AsyncGenerator<Uint8Array> {
  const answer = await ask(options);
  // Such as vectors of a bot of an earlier version, which makes none.
  if (answer.statusCode !== 200) return answer.destroy();
  try {
    for await (const bytes of answer) yield bytes;
  } catch (cause) {
    throw new StorageError(BOT_ENDED, { cause });
  }
}
