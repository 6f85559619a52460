import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { message } from '../wording/say.ts';
import { type ReadingRefusal, refuse } from './reading.ts';

/** After decompression; ten times the longest articles. */
export const MOST_BYTES = 5_000_000;

type Body = { readonly kind: 'body'; readonly bytes: Uint8Array } | ReadingRefusal;

const DECODERS = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['br', createBrotliDecompress],
]);

const TOO_LARGE = refuse(message('reading.page-too-large'));

/** Reads and decompresses a body up to the size limit. Throws errors of the connection and the decompression. */
export async function downloadBody(response: IncomingMessage): Promise<Body> {
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
