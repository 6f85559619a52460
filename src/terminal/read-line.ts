import { parseJson } from '../library/json.ts';
import type { Masthead } from '../news/article.ts';
import { firstWords } from '../news/first-words.ts';
import { isDate, toUrl } from '../news/header.ts';
import { boundMasthead } from '../reading/masthead.ts';
import { type ReadItem, refuse } from './read-item.ts';

/** In bytes. JSON may write a character in six: room for every text that a library takes. */
export const LONGEST_LINE = 16_000_000;

const FIELDS = ['title', 'outlet', 'byline', 'published', 'url'] as const;

/**
 * An article out of a line of JSON, `{"title","text","outlet","byline","published","url"}`, of which the text alone must
 * be there. It is kept code unit for code unit. `"titleIsDescriptive": true` stands where the title is no headline.
 */
export function readLine(line: string): ReadItem {
  const value = parseJson(line);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse('expected a JSON object');
  const fields = new Map<string, unknown>(Object.entries(value));
  const wrong = FIELDS.find(name => !['string', 'undefined'].includes(typeof (fields.get(name) ?? undefined)));
  if (wrong !== undefined) return refuse(`expected "${wrong}" to be a string`);
  const text = fields.get('text');
  if (typeof text !== 'string') return refuse('expected "text" to be a string');
  const words = findWords(text);
  if (words === undefined) return refuse('expected "text" to hold words');
  const field = (name: string) => String(fields.get(name) ?? '').trim() || undefined;
  const reason = checkFields(field);
  if (reason !== undefined) return refuse(reason);
  const title = field('title');
  const masthead: Masthead = {
    title: title ?? words,
    titleIsDescriptive: title === undefined || fields.get('titleIsDescriptive') === true,
    outlet: field('outlet'),
    byline: field('byline'),
    published: field('published'),
    url: toUrl(field('url') ?? ''),
  };
  return { kind: 'article', masthead: boundMasthead(masthead), text };
}

function checkFields(field: (name: string) => string | undefined): string | undefined {
  const [published, url] = [field('published'), field('url')];
  if (published !== undefined && !isDate(published)) return 'expected "published" to be a date such as 2022-03-14';
  if (url !== undefined && toUrl(url) === undefined) return 'expected "url" to be an http or https address';
  return undefined;
}

function findWords(text: string): string | undefined {
  for (const line of text.split(/[\n\r\u2028\u2029]/v)) {
    if (/[\p{L}\p{N}]/v.test(line)) return firstWords(line, { start: 0, end: line.length });
  }
  return undefined;
}
