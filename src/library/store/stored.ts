import { createHash } from 'node:crypto';
import type { Metadata } from '../../news/article.ts';
import type { Listed } from '../library.ts';
import type { ArticleText, DerivedCounts } from './derived.ts';

/**
 * An article's words as both stores keep them. Metadata and texts are JSON: no database's text can hold half a character
 * or a NUL, and no text is rewritten. The checksum is there since a wrong word would be quoted as the article's own.
 */
export interface StoredText {
  readonly id: string;
  readonly updated: boolean;
  readonly masthead: string;
  readonly text: string;
  readonly checksum: string;
}

/** Day, as `Where` compares it; `undefined` where an article tells none. */
const day = /^\d{4}-\d{2}-\d{2}/v;

export function storeText({ id, updated, text, ...metadata }: ArticleText): StoredText {
  const stored = { masthead: JSON.stringify(metadata), text: JSON.stringify(text) };
  return { id, updated, ...stored, checksum: checksum(stored.masthead, stored.text) };
}

/** `damaged` where the words are not those that were stored. */
export function readText({ id, updated, masthead, text, checksum: expected }: StoredText): ArticleText | 'damaged' {
  if (checksum(masthead, text) !== expected) return 'damaged';
  return { id, ...readMetadata(masthead), updated, text: JSON.parse(text) };
}

/** An article as a list shows it, without its words. */
export function readListed(
  { id, updated, masthead }: Pick<StoredText, 'id' | 'updated' | 'masthead'>,
  { paragraphs, attributions, speakers }: DerivedCounts,
): Listed {
  return { id, ...readMetadata(masthead), updated, paragraphs, attributions, speakers };
}

/** Of JSON that was stored, so that a change of it is noticed. */
export function checksum(...stored: readonly string[]): string {
  return createHash('sha256').update(stored.join('\n')).digest('hex');
}

/** The day on which an article was published, where it tells one. */
export function dayOf(published: string | undefined): string | undefined {
  return published === undefined ? undefined : day.exec(published)?.[0];
}

/** JSON has no `undefined`: what is not known is left out of it. */
function readMetadata(masthead: string): Metadata {
  const { title, titleIsDescriptive, outlet, byline, published, url }: Metadata = JSON.parse(masthead);
  return { title, titleIsDescriptive, outlet, byline, published, url };
}
