import { createHash } from 'node:crypto';
import type { Metadata } from '../../news/article.ts';
import { isTracking, pageIn } from '../../news/header.ts';
import { encodeText } from './columns.ts';

/** What identifies an article: no two in a library share a `link` or a `text`. */
export interface Keys {
  /** A hash of the URL, if there is one. */
  readonly link: string | undefined;
  readonly text: string;
}

/** 64 bits fit into a button's `custom_id`. Two of 100,000 articles collide in one of four billion libraries. */
const ID_BYTES = 8;

export function keysOf(metadata: Metadata, text: string): Keys {
  return { link: metadata.url === undefined ? undefined : digest(identityOf(metadata.url)), text: digest(text) };
}

/** Returns an article's id, which is stable and safe in file names, custom ids and answers. */
export function idOf({ link, text }: Keys): string {
  return BigInt(`0x${(link ?? text).slice(0, 2 * ID_BYTES)}`).toString(36);
}

const CODE_LENGTH = 6;

/** Returns a short code for a button's `custom_id`; it depends only on the article's id. */
export function codeOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url').slice(0, CODE_LENGTH);
}

/** Hashes UTF-16, so that texts that differ in a lone surrogate have different hashes. */
function digest(text: string): string {
  return createHash('sha256').update(Buffer.from(text, 'utf16le')).digest('hex');
}

/** Removes what doesn't matter for which page an address means: scheme, fragment, tracking and trailing slash. */
export function identityOf(address: string): string {
  const url = URL.parse(address);
  if (url === null) return address;
  const parameters = [...url.searchParams].filter(([name]) => !isTracking(name));
  const search = new URLSearchParams(parameters).toString();
  return `${url.host}${url.pathname.replace(/\/$/v, '')}?${search}${pageIn(url)}`;
}

/** Returns the host of an address, with its port; '' if there is none. */
export function hostOf(address: string): string {
  return URL.parse(address)?.host ?? '';
}

/** 128 bits in base64. */
const DIGEST_DIGITS = 22;

/** Returns a short hash for looking up texts of any length, lone surrogates included. The same in both databases. */
export function digestOf(text: string): string {
  return createHash('sha256').update(encodeText(text)).digest('base64url').slice(0, DIGEST_DIGITS);
}
