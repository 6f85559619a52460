import { createHash } from 'node:crypto';
import type { Metadata } from '../../news/article.ts';
import { isTracking, pageIn } from '../../news/header.ts';
import { encodeText } from './columns.ts';

/** What tells articles apart: no two in one library share a `link` or a `text`. */
export interface Keys {
  /** Of the address, where there is one. */
  readonly link: string | undefined;
  readonly text: string;
}

/** 64 bits: short enough for a button's `custom_id`, and two of 100,000 articles meet once in four thousand million libraries. */
const ID_BYTES = 8;

export function keysOf(metadata: Metadata, text: string): Keys {
  return { link: metadata.url === undefined ? undefined : digest(identityOf(metadata.url)), text: digest(text) };
}

/** An article's id: stable, and safe in a file name, a `custom_id` and an answer. */
export function idOf({ link, text }: Keys): string {
  return BigInt(`0x${(link ?? text).slice(0, 2 * ID_BYTES)}`).toString(36);
}

const CODE_LENGTH = 6;

/** A short name for an article that stays the same for as long as its id does: for a button's `custom_id`. */
export function codeOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url').slice(0, CODE_LENGTH);
}

/** Digests UTF-16, so that texts that differ in half a character differ here. */
function digest(text: string): string {
  return createHash('sha256').update(Buffer.from(text, 'utf16le')).digest('hex');
}

/** What two addresses of one page have in common: no scheme, place on the page, tracking or last slash. */
function identityOf(address: string): string {
  const url = URL.parse(address);
  if (url === null) return address;
  const parameters = [...url.searchParams].filter(([name]) => !isTracking(name));
  const search = new URLSearchParams(parameters).toString();
  return `${url.host}${url.pathname.replace(/\/$/v, '')}?${search}${pageIn(url)}`;
}

/** 128 bits, in base 64. */
const DIGEST_DIGITS = 22;

/** What stands for a text of any length where it is looked up; the same in both stores, and of half a character, too. */
export function digestOf(text: string): string {
  return createHash('sha256').update(encodeText(text)).digest('base64url').slice(0, DIGEST_DIGITS);
}
