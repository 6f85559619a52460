import type { Owner } from '../../src/library/library.ts';
import type { Masthead } from '../../src/news/article.ts';

export const server: Owner = { kind: 'server', id: '7600000000000000001' };

export function mastheadOf(number: number): Masthead {
  const url = `https://news.example/${number}`;
  return {
    title: `Of ${number}`,
    titleIsDescriptive: true,
    outlet: undefined,
    byline: undefined,
    published: undefined,
    url,
  };
}

/** A different text for each number, of up to 8 pages of the file. */
export function textOf(number: number): string {
  const sentence = `“Rain fell on ${number},” said Ann Lee. `;
  return `${sentence.repeat(1 + ((number * 7919) % 800))}\n`;
}
