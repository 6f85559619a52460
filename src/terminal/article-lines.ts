import * as z from 'zod/mini';
import type { DecidedSpan } from '../library/store/disputes.ts';
import { firstParagraph } from '../news/article.ts';
import { isDate, toUrl } from '../news/header.ts';
import { entitle } from '../news/parse.ts';
import type { Span } from '../news/span.ts';
import { boundMetadata } from '../reading/bounds.ts';
import type { Reading } from '../reading/reading.ts';

/** An article, or why a file or a line isn't one, in English for the terminal. */
export type EnglishReading =
  | (Extract<Reading, { readonly kind: 'article' }> & {
      /** Who said what, as somebody decided. */
      readonly decided?: readonly DecidedSpan[];
    })
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

/** Where words begin and end, in UTF-16 units. */
const SPAN = z.pipe(
  z.tuple([z.int().check(z.nonnegative()), z.int()]).check(z.refine(([start, end]) => start < end)),
  z.transform(([start, end]): Span => ({ start, end })),
);
/** Each is looked for among all attributions whenever the article is read. */
const MOST_DECISIONS = 1000;
const DECISIONS = z
  .array(z.object({ content: SPAN, speaker: z.nullable(SPAN) }), 'expected "decisions" to be a list of places')
  .check(z.maxLength(MOST_DECISIONS, 'expected "decisions" to be at most 1,000 places'));

const lineShape = z.object(
  {
    title: field('title'),
    titleIsDescriptive: z.optional(z.unknown()),
    isFromFeed: z.optional(z.unknown()),
    isChangeDate: z.optional(z.unknown()),
    decisions: z.optional(DECISIONS),
    outlet: field('outlet'),
    byline: field('byline'),
    published: field('published').check(published),
    url: field('url').check(url),
    text: z
      .string('expected "text" to be a string')
      .check(z.refine(text => firstParagraph(text) !== undefined, 'expected "text" to contain words')),
  },
  'expected a JSON object',
);

/**
 * Reads an article from a line of JSON, `{"title","text","outlet","byline","published","url"}`, of which only the text
 * is required. The text is kept code unit for code unit. `"decisions"` are what an export has. With
 * `"titleIsDescriptive": true` the title isn't the publisher's.
 */
export function parseLine(line: string): EnglishReading {
  const { data, error } = lineShape.safeParse(jsonOf(line));
  if (data === undefined) return refuseItem(error.issues[0]?.message ?? '');
  const { titleIsDescriptive, isFromFeed, isChangeDate, decisions = [], text, ...rest } = data;
  const known = {
    ...rest,
    titleIsDescriptive: titleIsDescriptive === true,
    url: toUrl(data.url ?? ''),
    ...(isFromFeed === true ? { isFromFeed } : {}),
    ...(isChangeDate === true ? { isChangeDate } : {}),
  };
  const decided = decisions.map(({ content, speaker }) => ({ content, speaker: speaker ?? undefined }));
  return {
    kind: 'article',
    metadata: boundMetadata(entitle(known, text)),
    text,
    ...(decided.length === 0 ? {} : { decided }),
  };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
