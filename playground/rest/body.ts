import type { IncomingMessage } from 'node:http';
import { isRecord, parseJson } from '../json.ts';

/** An uploaded file. */
export interface Upload {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface Received {
  readonly body: unknown;
  /** By their number in the form, 0 for `files[0]`. */
  readonly files: ReadonlyMap<string, Upload>;
}

export type Reading<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'too big' }
  | { readonly kind: 'malformed' };

/** Reads a request's body, up to `limit` bytes. */
export async function readBytes(request: IncomingMessage, limit: number): Promise<Reading<Uint8Array<ArrayBuffer>>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      if (!(chunk instanceof Uint8Array)) return { kind: 'malformed' };
      size += chunk.length;
      if (size > limit) return { kind: 'too big' };
      chunks.push(chunk);
    }
  } catch {
    return { kind: 'malformed' };
  }
  return { kind: 'read', value: new Uint8Array(Buffer.concat(chunks)) };
}

/**
 * Parses JSON, or Discord's multipart form with `payload_json` and `files[n]`. Without bytes, the body is `undefined`.
 */
export function parseBody(contentType: string, bytes: Uint8Array<ArrayBuffer>): Promise<Reading<Received>> {
  if (contentType.startsWith('multipart/form-data')) return parseForm(contentType, bytes);
  if (bytes.length === 0) return Promise.resolve({ kind: 'read', value: { body: undefined, files: new Map() } });
  return Promise.resolve(readJson(new TextDecoder().decode(bytes), new Map()));
}

function readJson(text: string, files: ReadonlyMap<string, Upload>): Reading<Received> {
  const body = parseJson(text);
  return body === undefined ? { kind: 'malformed' } : { kind: 'read', value: { body, files } };
}

const FILE_FIELD = /^files\[(?<number>\d{1,2})\]$/v;

async function parseForm(contentType: string, bytes: Uint8Array<ArrayBuffer>): Promise<Reading<Received>> {
  const form = await new Response(bytes, { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => undefined);
  if (form === undefined) return { kind: 'malformed' };
  const files = new Map<string, Upload>();
  for (const [field, value] of form) {
    const number = FILE_FIELD.exec(field)?.groups?.number;
    if (number === undefined || typeof value === 'string') continue;
    const content = new Uint8Array(await value.arrayBuffer());
    files.set(number, { name: value.name, contentType: value.type || 'application/octet-stream', bytes: content });
  }
  const payload = form.get('payload_json');
  return readJson(typeof payload === 'string' ? payload : '{}', files);
}

/** Returns the file name as Discord stores it: only letters, digits, dots, hyphens and underscores. */
export function safeName(name: string): string {
  const safe = name
    .slice(-100)
    .replace(/[^\w.\-]/gv, '_')
    .replace(/^\.+/v, '_');
  return safe === '' ? 'file' : safe;
}

/** Returns a deep copy without null and undefined fields, which Discord leaves out. */
export function withoutNothings<T>(value: T): T {
  const copy = structuredClone(value);
  strip(copy);
  return copy;
}

function strip(value: unknown): void {
  if (!isRecord(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    if (inner === null || inner === undefined) Reflect.deleteProperty(value, key);
    strip(inner);
  }
}
