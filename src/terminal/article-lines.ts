import * as z from 'zod/mini';
import type { Metadata } from '../news/article.ts';
import { isDate, toUrl } from '../news/header.ts';
import { firstWords } from '../news/parse.ts';
import { boundMetadata } from '../reading/metadata.ts';
import type { Reading } from '../reading/reading.ts';

/** An article, or why a file or a line isn't one, in English for the terminal. */
export type EnglishReading =
  | Extract<Reading, { readonly kind: 'article' }>
  | { readonly kind: 'refused'; readonly reason: string };

export function refuseItem(reason: string): EnglishReading {
  return { kind: 'refused', reason };
}

/** In bytes. Escaped JSON takes up to six per character: enough for the longest text that a library accepts. */
export const LONGEST_LINE = 16_000_000;

/** Empty and `null` count as missing. */
function field(name: string) {
  const given = z.nullish(z.string(`expected "${name}" to be a string`));
  return z.pipe(
    given,
    z.transform(value => value?.trim() || undefined),
  );
}

const published = z.refine<string | undefined>(
  value => value === undefined || isDate(value),
  'expected "published" to be a date such as 2022-03-14',
);
const url = z.refine<string | undefined>(
  value => value === undefined || toUrl(value) !== undefined,
  'expected "url" to be an http or https address',
);

const lineShape = z.object(
  {
    title: field('title'),
    titleIsDescriptive: z.optional(z.unknown()),
    isFromFeed: z.optional(z.unknown()),
    outlet: field('outlet'),
    byline: field('byline'),
    published: field('published').check(published),
    url: field('url').check(url),
    text: z
      .string('expected "text" to be a string')
      .check(z.refine(text => findWords(text) !== undefined, 'expected "text" to contain words')),
  },
  'expected a JSON object',
);

/**
 * Reads an article from a line of JSON, `{"title","text","outlet","byline","published","url"}`, of which only the text
 * is required. The text is kept code unit for code unit. With `"titleIsDescriptive": true` the title isn't the
 * publisher's.
 */
export function parseLine(line: string): EnglishReading {
  const { data, error } = lineShape.safeParse(jsonOf(line));
  if (data === undefined) return refuseItem(error.issues[0]?.message ?? '');
  const { title, titleIsDescriptive, isFromFeed, text, ...rest } = data;
  const metadata: Metadata = {
    ...rest,
    title: title ?? findWords(text) ?? '',
    titleIsDescriptive: title === undefined || titleIsDescriptive === true,
    url: toUrl(data.url ?? ''),
    ...(isFromFeed === true ? { isFromFeed } : {}),
  };
  return { kind: 'article', metadata: boundMetadata(metadata), text };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function findWords(text: string): string | undefined {
  for (const line of text.split(/[\n\r\u2028\u2029]/v)) {
    if (/[\p{L}\p{N}]/v.test(line)) return firstWords(line, { start: 0, end: line.length });
  }
  return undefined;
}
