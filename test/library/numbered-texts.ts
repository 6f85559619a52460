import type { Owner } from '../../src/library/owner.ts';
import { type Metadata, UNKNOWN_METADATA } from '../../src/news/article.ts';

export const server: Owner = { kind: 'server', id: '7600000000000000001' };

export const untitled: Metadata = { ...UNKNOWN_METADATA, title: 'A test' };

export function metadataOf(number: number): Metadata {
  return { ...untitled, title: `Of ${number}`, url: `https://news.example/${number}` };
}

/**
 * Returns a text that differs by number, of up to two pages of the file. Its words are few and long, so attributing it
 * is quick.
 */
export function textOf(number: number): string {
  const more = `It fell on ${number} roofs: ${'drip'.repeat(100)}. `;
  return `“Rain fell on ${number},” said Ann Lee. ${more.repeat((number * 7919) % 13)}\n`;
}

/** Too long to be indexed on the main thread. */
export function longTextOf(number: number): string {
  const lines = Array.from({ length: 500 }, (_, at) => `It fell on roof ${at} of ${number}.`);
  return [`“Rain fell on ${number},” said Ann Lee.`, ...lines].join('\n');
}
