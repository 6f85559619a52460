import { createHash } from 'node:crypto';
import { type Metadata, metadataOf } from '../../news/article.ts';
import type { ArticleText, DerivedCounts } from './derived.ts';

/** An article without its text. */
export interface ArticleSummary extends Metadata, DerivedCounts {
  readonly id: string;
  readonly updated: boolean;
}

/**
 * An article's words as both stores keep them. Metadata and texts are JSON: no database's text can hold half a
 * character or a NUL, and no text is rewritten. The checksum is there since a wrong word would be quoted as the
 * article's own.
 */
export interface StoredText {
  readonly id: string;
  readonly updated: boolean;
  readonly masthead: string;
  readonly text: string;
  readonly checksum: string;
}

/** The form of days in `Filter`. */
const DAY = /^\d{4}-\d{2}-\d{2}/v;

export function encodeArticleText({ id, updated, text, ...metadata }: ArticleText): StoredText {
  const stored = { masthead: JSON.stringify(metadata), text: JSON.stringify(text) };
  return { id, updated, ...stored, checksum: checksum(stored.masthead, stored.text) };
}

/** Returns `damaged` if the checksum doesn't match. */
export function decodeArticleText({
  id,
  updated,
  masthead,
  text,
  checksum: expected,
}: StoredText): ArticleText | 'damaged' {
  if (checksum(masthead, text) !== expected) return 'damaged';
  return { id, ...metadataOf(JSON.parse(masthead)), updated, text: JSON.parse(text) };
}

/** Returns an article as lists show it, without its text. */
export function decodeSummary(
  { id, updated, masthead }: Pick<StoredText, 'id' | 'updated' | 'masthead'>,
  { paragraphs, attributions, speakers }: DerivedCounts,
): ArticleSummary {
  return { id, ...metadataOf(JSON.parse(masthead)), updated, paragraphs, attributions, speakers };
}

/** True if metadata has this checksum. PostgreSQL has none of the metadata alone. */
export function isIntact(masthead: string, expected: unknown): boolean {
  return expected === null || checksum(masthead) === expected;
}

export function checksum(...stored: readonly string[]): string {
  return createHash('sha256').update(stored.join('\n')).digest('hex');
}

/** Returns the day an article was published, if known. */
export function dayOf(published: string | undefined): string | undefined {
  return published === undefined ? undefined : DAY.exec(published)?.[0];
}
