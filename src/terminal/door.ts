import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Libraries } from '../library/libraries.ts';
import type { OpenLibrary, Owner } from '../library/library.ts';
import { StorageError } from '../library/store/errors.ts';
import { LONGEST_LINE, readLine } from './article-sources.ts';

export interface Door {
  /** Nobody comes in any more; who is in is answered. */
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

const plain = 'text/plain; charset=utf-8';
const jsonLines = 'application/jsonl; charset=utf-8';
/** Another one where commands and bot would no longer understand each other. */
export const protocol = '/1';
const address = /^\/1\/(?<kind>server|person)\/(?<id>[^\/]+)$/v;
/** What the system takes as the address of a socket, macOS the least (sun_path in sys/un.h). */
const longestPath = 103;

/** Where the door of a folder of libraries is, for bot and commands; `undefined` where its path is too long or there are no such doors. */
export function doorOf(folder: string): string | undefined {
  if (process.platform === 'win32') return undefined;
  const path = join(folder, 'door.sock');
  return [path, relative('', path)].find(each => Buffer.byteLength(each) <= longestPath);
}

/**
 * The door through which commands at the terminal reach the libraries of a bot that runs: in files, nobody else may open them. It is
 * HTTP over a socket in the folder itself, which the same user alone may open: what they could read and write there anyway.
 * `undefined` where there can be none. `folder` is held by this process: a socket that is there is one of a process that is gone.
 */
export async function openDoor(folder: string, libraries: Libraries): Promise<Door | undefined> {
  const path = doorOf(folder);
  if (path === undefined) return undefined;
  const server = createServer((request, response) => {
    serve(request, response, libraries).catch(() => response.destroy());
  });
  rmSync(path, { force: true });
  await listen(server, path);
  chmodSync(path, 0o600);
  // A connection is one question: it is waited for until each is answered.
  return { close: () => new Promise(resolve => server.close(() => resolve())) };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => resolve());
  });
}

async function serve(request: IncomingMessage, response: ServerResponse, libraries: Libraries): Promise<void> {
  const { kind, id = '' } = address.exec(request.url ?? '')?.groups ?? {};
  if (request.url === protocol) return end(response, { status: 204, body: '' });
  if (kind !== 'server' && kind !== 'person') return end(response, { status: 404, body: 'There is no such door.' });
  const owner: Owner = { kind, id: decodeURIComponent(id) };
  try {
    if (request.method === 'POST') return end(response, await take(await readBody(request), owner, libraries));
    if (!(await libraries.has(owner))) return end(response, { status: 404, body: '' });
    response.writeHead(200, { connection: 'close', 'content-type': jsonLines });
    await pipeline(Readable.from(exportOf(await libraries.open(owner))), response);
  } catch (error) {
    if (!(error instanceof StorageError) || response.headersSent) throw error;
    end(response, { status: 503, body: error.message });
  }
}

async function take(line: string | undefined, owner: Owner, libraries: Libraries): Promise<Answer> {
  if (line === undefined) return { status: 413, body: `expected at most ${LONGEST_LINE} bytes` };
  const read = readLine(line);
  if (read.kind === 'refused') return { status: 400, body: read.reason };
  const library = await libraries.open(owner);
  const added = await library.add(read.metadata, read.text);
  const { kind } = added;
  return { status: 200, body: JSON.stringify('most' in added ? { kind, most: added.most } : { kind }) };
}

/** `undefined` where it is too long. It is read to its end before anything is answered: whoever is still sending hears no answer. */
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
  response.writeHead(status, { connection: 'close', 'content-type': plain }).end(body);
}

/** Its lines, each with its end. */
export async function* exportOf(library: Pick<OpenLibrary, 'lines'>): AsyncGenerator<string> {
  for await (const line of library.lines()) yield `${line}\n`;
}
