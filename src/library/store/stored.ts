import { createHash } from 'node:crypto';
import type { Metadata } from '../../news/article.ts';
import type { ArticleText, DerivedCounts } from './derived.ts';

/** An article without its text. */
export interface ArticleSummary extends Metadata, DerivedCounts {
  readonly id: string;
  readonly updated: boolean;
}

/** The form of days in `Filter`. */
const DAY = /^\d{4}-\d{2}-\d{2}/v;

/**
 * Encodes an article's words as both stores keep them. Metadata and texts are JSON: no database's text can hold half a
 * character or a NUL, and no text is rewritten. The checksum is there since a wrong word would be quoted as the
 * article's own.
 */
export function encodeArticleText({ id, updated, text, ...metadata }: ArticleText) {
  const stored = { masthead: JSON.stringify(metadata), text: JSON.stringify(text) };
  return { ...stored, checksum: checksum(stored.masthead, stored.text) };
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
