import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { message } from '../wording/say.ts';
import { decodePage, decodeText } from './decode.ts';
import { readHtml } from './html.ts';
import { type Reading, type Refused, refuse } from './reading.ts';
import { readMarkdown, readText } from './text.ts';

/** After decompression; ten times the longest articles. */
const MOST_BYTES = 5_000_000;

type Body = { readonly kind: 'body'; readonly bytes: Uint8Array } | Refused;

const DECODERS = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

const TOO_LARGE = refuse(message('reading.page-too-large'));

/** Reads and decompresses a body up to the size limit. Throws errors of the connection and the decompression. */
export async function readBody(response: IncomingMessage): Promise<Body> {
  if (Number(response.headers['content-length'] ?? 0) > MOST_BYTES) return TOO_LARGE;
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const decoder = DECODERS.get(encoding);
  if (decoder === undefined && encoding !== 'identity' && encoding !== '') {
    return refuse(message('reading.packed'));
  }
  return await collect(decoder === undefined ? response : pipeline(response, decoder(), () => undefined));
}

async function collect(stream: Readable): Promise<Body> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) continue;
    size += chunk.length;
    if (size > MOST_BYTES) return TOO_LARGE;
    chunks.push(chunk);
  }
  return { kind: 'body', bytes: Buffer.concat(chunks) };
}

export interface SentFile {
  readonly name: string;
  readonly contentType: string | undefined;
  readonly bytes: Uint8Array;
}

const ENDING = /\.(?<ending>[a-z0-9]{1,10})$/iv;
const PAGES: readonly string[] = ['html', 'htm', 'xhtml'];
const MARKDOWN: readonly string[] = ['md', 'markdown'];

/** Reads an article from an uploaded file: text, Markdown or a saved page, by its extension. */
export function readFile({ name, contentType, bytes }: SentFile): Reading {
  const ending = ENDING.exec(name)?.groups?.ending?.toLowerCase() ?? '';
  if (bytes.length > MOST_BYTES)
    return refuse(message('reading.file-too-large', { megabytes: String(MOST_BYTES / 1_000_000) }));
  // Discord guesses the charset of a page, so its own declaration is better.
  if (PAGES.includes(ending)) return readHtml(decodePage(bytes, undefined), undefined);
  if (ending !== 'txt' && !MARKDOWN.includes(ending)) return refuse(message('reading.kind-of-file'));
  const text = decodeText(bytes, contentType);
  if (text === undefined) return refuse(message('reading.charset'));
  return ending === 'txt' ? readText(text) : readMarkdown(text);
}
