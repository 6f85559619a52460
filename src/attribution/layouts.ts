import type { Article, Paragraph } from '../news/article.ts';
import type { Quotation } from '../news/quotations.ts';
import { type Span, slice } from '../news/span.ts';
import type { Report } from './attribution.ts';
import { findHeadline } from './headlines.ts';
import { labels, links, pictures } from './lexicon/labels.ts';

/** A paragraph that the layout settles, and what it reports. */
interface Settled {
  readonly paragraph: number;
  readonly reports: readonly Report[];
}

/** `LEE: …`, `Mary Lee: …`, also where each turn opens with a stray quotation mark. */
const TURN = /^["“]?(?<name>\p{Lu}[\p{L}\p{M}.'’\-]*(?: [\p{Lu}\(][\p{L}\p{M}.'’\-\(\)]*){0,4}):\s+(?=\S)/v;
const SIGNATURE = /^\s*[\-\u2013\u2014\u2015]{1,2}\s*(?<name>(?:[Tt]he\s)?\p{Lu}[^"“”]{0,89}[^"“”\-\u2013\u2014])$/v;
/** `Read more:`, `Photo by Ann Lee:`. */
const LABEL = /^(?<label>\p{L}+(?: [^\s:]+){0,3}) ?:/v;
const FIRST_WORD = /^\p{L}+/v;
const CLOSING = /[\s.,;:\-]+$/v;
/** A turn belongs to a transcript when another one stands this near, in paragraphs. */
const NEAR = 4;

/**
 * What the layout alone says, by the number of the paragraph that it settles: transcripts, quotations signed with a dash,
 * the headline; nothing in the line that signs, nor in lines that belong to the page. Quotations come by paragraph.
 */
export function findLaidOut(
  article: Article,
  quotations: ReadonlyMap<number, readonly Quotation[]>,
): ReadonlyMap<number, readonly Report[]> {
  const { text, paragraphs } = article;
  const turns = paragraphs.flatMap(paragraph => turnOf(text, paragraph, quotations.get(paragraph.number) ?? []));
  const isNear = (turn: Settled | undefined, other: Settled): boolean =>
    turn !== undefined && Math.abs(turn.paragraph - other.paragraph) <= NEAR;
  const transcript = turns.filter((turn, index) => isNear(turns[index - 1], turn) || isNear(turns[index + 1], turn));
  const signed = paragraphs.flatMap((paragraph, index) =>
    signedOf(text, paragraph, paragraphs[index + 1], quotations.get(paragraph.number) ?? []),
  );
  const headline = transcript.length > 0 ? undefined : findHeadline(article, quotations.get(1) ?? []);
  const headed = headline === undefined ? [] : [{ paragraph: 1, reports: [headline] }];
  const page = paragraphs
    .filter(paragraph => isFurniture(text, paragraph))
    .map(({ number }) => ({ paragraph: number, reports: [] }));
  const settled = [...headed, ...transcript, ...signed, ...page];
  return new Map(settled.map(({ paragraph, reports }) => [paragraph, reports]));
}

function turnOf(text: string, paragraph: Paragraph, quotations: readonly Quotation[]): readonly Settled[] {
  const found = TURN.exec(text.slice(paragraph.start, Math.min(paragraph.end, paragraph.start + 120)));
  const name = found?.groups?.name;
  if (found === null || name === undefined || labels.has(firstWord(name)) || isFurniture(text, paragraph)) return [];
  const start = paragraph.start + found[0].indexOf(name);
  const from = paragraph.start + found[0].length;
  // "Lee: 1,769." is a table.
  if (!/\p{Ll}/v.test(text.slice(from, Math.min(paragraph.end, from + 200)))) return [];
  const quoted = quotations.find(quotation => quotation.start === from && quotation.end >= paragraph.end - 1);
  const around = quotations.find(quotation => quotation.start === paragraph.start && quotation.inner.end > from);
  const content = quoted?.inner ?? { start: from, end: around?.inner.end ?? paragraph.end };
  return [settledBy(paragraph, content, { start, end: start + name.length }, 'transcript')];
}

/** "Read more: …", "Photo by Ann Lee: …"; not "Next came Ann Lee: …". */
function isFurniture(text: string, { start, end }: Paragraph): boolean {
  const label = LABEL.exec(text.slice(start, Math.min(end, start + 60)))?.groups?.label;
  if (label === undefined) return false;
  const [first = '', ...others] = label.split(' ');
  const isPicture =
    pictures.has(first.toLowerCase()) && others.every(word => pictures.has(word) || /^\p{Lu}/v.test(word));
  return isPicture || links.has(label.toLowerCase());
}

function firstWord(label: string): string {
  return FIRST_WORD.exec(label)?.[0].toLowerCase() ?? '';
}

/** `“We won.” — Lee`, on one line or on two. */
function signedOf(
  text: string,
  paragraph: Paragraph,
  next: Paragraph | undefined,
  quotations: readonly Quotation[],
): readonly Settled[] {
  const [first, ...others] = quotations.filter(quotation => quotation.depth === 0);
  if (first?.start !== paragraph.start || others.length > 0) return [];
  const after = { start: first.end, end: paragraph.end };
  const place = after.start < after.end ? after : next;
  if (place === undefined || place.end - place.start > 110) return [];
  const name = SIGNATURE.exec(slice(text, place))?.groups?.name;
  if (name === undefined) return [];
  const start = place.end - name.length;
  const length = name.length - (CLOSING.exec(name)?.[0].length ?? 0);
  const source = { start, end: start + length };
  const quotation = settledBy(paragraph, first.inner, source, 'signed with a dash');
  return place === next ? [quotation, { paragraph: next.number, reports: [] }] : [quotation];
}

function settledBy({ number }: Paragraph, content: Span, source: Span, rule: string): Settled {
  return { paragraph: number, reports: [{ type: 'direct', content: [content], cue: undefined, source, rule }] };
}
