import type { Article, Paragraph } from '../../news/article.ts';
import type { Quotation } from '../../news/quotations.ts';
import { slice } from '../../news/span.ts';
import type { Report } from '../attribution.ts';
import { findFurniture } from './furniture.ts';
import { findHeadline } from './headlines.ts';
import { findIntroduced } from './introduced.ts';
import { findPullQuotes } from './pull-quotes.ts';
import { nothing, type Quotations, type Settled, settledBy } from './settled.ts';
import { findInterview, findTranscript } from './transcripts.ts';

const SIGNATURE = /^\s*[\-\u2013\u2014\u2015]{1,2}\s*(?<name>(?:[Tt]he\s)?[\p{Lu}@][^"“”]{0,89}[^"“”\-\u2013\u2014])$/v;
const HANDLE = /@\p{L}/v;
/** What follows the name: `, 3 May, 14:05`, ` May 3, 2020`. */
const CLOSING = /(?:,?\s(?:\d{1,2}\s\p{Lu}|\p{Lu}\p{L}+\s\d{1,2},\s\d).*|[\s.,;:\-]+)$/v;

/**
 * Reports settled by layout alone, by paragraph number: transcripts and interviews, quotations signed with a dash or
 * introduced by a colon, pull quotes, the headline. What the page adds is settled without a report.
 */
export function findLaidOut(article: Article, quotations: Quotations): ReadonlyMap<number, readonly Report[]> {
  const { text, paragraphs } = article;
  const furniture = findFurniture(article, quotations);
  const isFree = ({ number }: Paragraph): boolean => !furniture.has(number);
  const page = paragraphs.filter(paragraph => !isFree(paragraph)).map(nothing);
  const transcript = findTranscript(article, quotations, isFree);
  const spoken = transcript.length > 0 ? transcript : findInterview(article, quotations);
  const introduced = spoken.length > 0 ? [] : findIntroduced(article, quotations);
  const signed = paragraphs.flatMap((paragraph, index) =>
    signedOf(text, paragraph, paragraphs[index + 1], quotations.get(paragraph.number) ?? []),
  );
  const headline = findHeadline(article, quotations.get(1) ?? []);
  const headed = headline === undefined ? [] : [{ paragraph: 1, reports: [headline] }];
  const settled = [...findPullQuotes(article, quotations), ...headed, ...introduced, ...spoken, ...signed, ...page];
  return new Map(settled.map(({ paragraph, reports }) => [paragraph, reports]));
}

/** `“We won.” — Lee` on one line or two, and a post over `— Ann Lee (@annlee) May 3, 2020`. */
function signedOf(
  text: string,
  paragraph: Paragraph,
  next: Paragraph | undefined,
  quotations: readonly Quotation[],
): readonly Settled[] {
  const [first, ...others] = quotations.filter(quotation => quotation.depth === 0);
  const isQuoted = first?.start === paragraph.start && others.length === 0;
  const after = { start: isQuoted ? first.end : paragraph.end, end: paragraph.end };
  const place = after.start < after.end ? after : next;
  if (place === undefined || place.end - place.start > 110) return [];
  const words = slice(text, place);
  const name = SIGNATURE.exec(words)?.groups?.name;
  if (name === undefined || !(isQuoted || HANDLE.test(words))) return [];
  const start = place.end - name.length;
  const length = name.length - (CLOSING.exec(name)?.[0].length ?? 0);
  const content = isQuoted ? first.inner : { start: paragraph.start, end: paragraph.end };
  const source = { start, end: start + length };
  const report = settledBy([paragraph], [content], { source, rule: 'signed with a dash' });
  return place === next ? [...report, nothing(next)] : report;
}
