import type { Article, Paragraph } from '../../news/article.ts';
import type { Quotation } from '../../news/quotations.ts';
import { type Span, slice } from '../../news/span.ts';
import type { Report } from '../attribution.ts';
import { times } from '../lexicon/grammar.ts';
import { labels, links, pictures } from '../lexicon/labels.ts';
import { nationalities, places } from '../lexicon/places.ts';
import { findHeadline } from './headlines.ts';

/** `Lee: We will rebuild.` */
interface Turn {
  readonly paragraph: number;
  readonly source: Span;
  readonly content: Span;
}

/** `LEE: …` or `Mary Lee: …`, with or without a stray quotation mark in front of each turn. */
const TURN = /^["“]?(?<name>\p{Lu}[\p{L}\p{M}.'’\-]*(?: [\p{Lu}\(][\p{L}\p{M}.'’\-\(\)]*){0,4}):\s+(?=\S)/v;
const FIRST_WORD = /^\p{L}+/v;
const QUESTION_OR_ANSWER = /^[QA]$/v;
/** Words that speakers use and lists don't. */
const SPOKEN = /\b(?:I|[Ww]e|[Yy]ou|me|us|[Mm]y|[Oo]ur|[Yy]our|[Yy]es|[Nn]o)\b|\?/v;
const CAPITALISED = /\p{Lu}[\p{L}\p{M}'’\-]+/gv;
/** A turn belongs to a transcript if another one is at most this many paragraphs away. */
const NEAR = 4;
/** Minimum share of turns that name somebody, and of turns that sound spoken, in a transcript. */
const NAMED_SHARE = 0.5;
const SPOKEN_SHARE = 0.25;
/** How much of a turn is searched for spoken words, in UTF-16 units. */
const LISTENED_TO = 300;

/** The turns of transcripts. Lists look alike: "Monday: Rain", "Pros: It is cheap", "Lee: 45 votes". */
function findTurns(
  text: string,
  paragraphs: readonly Paragraph[],
  quotations: ReadonlyMap<number, readonly Quotation[]>,
): readonly Turn[] {
  const turns = paragraphs.flatMap(paragraph => turnOf(text, paragraph, quotations.get(paragraph.number) ?? []));
  const isNear = (turn: Turn | undefined, other: Turn): boolean =>
    turn !== undefined && Math.abs(turn.paragraph - other.paragraph) <= NEAR;
  const near = turns.filter((turn, index) => isNear(turns[index - 1], turn) || isNear(turns[index + 1], turn));
  if (near.length === 0) return [];
  const named = near.filter(somebodyAmong(text, near));
  const spoken = near.filter(({ content: { start, end } }) =>
    SPOKEN.test(text.slice(start, Math.min(end, start + LISTENED_TO))),
  );
  return named.length >= NAMED_SHARE * near.length && spoken.length >= SPOKEN_SHARE * near.length ? near : [];
}

function turnOf(text: string, paragraph: Paragraph, quotations: readonly Quotation[]): readonly Turn[] {
  const found = TURN.exec(text.slice(paragraph.start, Math.min(paragraph.end, paragraph.start + 120)));
  const name = found?.groups?.name;
  if (found === null || name === undefined || isNobody(name)) return [];
  const start = paragraph.start + found[0].indexOf(name);
  const from = paragraph.start + found[0].length;
  // "Lee: 1,769." is a row of a table.
  if (!/\p{Ll}/v.test(text.slice(from, Math.min(paragraph.end, from + 200)))) return [];
  const quoted = quotations.find(quotation => quotation.start === from && quotation.end >= paragraph.end - 1);
  const around = quotations.find(quotation => quotation.start === paragraph.start && quotation.inner.end > from);
  const content = quoted?.inner ?? { start: from, end: around?.inner.end ?? paragraph.end };
  return [{ paragraph: paragraph.number, source: { start, end: start + name.length }, content }];
}

/** "Analysis: …", "Monday: …", "Brazil: …". */
function isNobody(name: string): boolean {
  const lower = name.toLowerCase();
  const first = FIRST_WORD.exec(lower)?.[0] ?? '';
  return labels.has(first) || [times, places, nationalities].some(list => list.has(lower));
}

/**
 * Returns a test for labels that name somebody: in capitals, of two words or more, repeated, or mentioned in the
 * article's prose.
 */
function somebodyAmong(text: string, turns: readonly Turn[]): (turn: Turn) => boolean {
  const labelled = Map.groupBy(turns, ({ source }) => slice(text, source));
  const starts = new Set(turns.map(({ source }) => source.start));
  const named = new Set<string>();
  for (const { index, 0: word } of text.matchAll(CAPITALISED)) {
    if (!starts.has(index)) named.add(word.toLowerCase());
  }
  return ({ source }) => {
    const label = slice(text, source);
    const isName = label.includes(' ') || label === label.toUpperCase() || QUESTION_OR_ANSWER.test(label);
    return isName || (labelled.get(label)?.length ?? 0) > 1 || named.has(label.toLowerCase());
  };
}

/** A paragraph settled by its layout, and its reports. */
interface Settled {
  readonly paragraph: number;
  readonly reports: readonly Report[];
}

const SIGNATURE = /^\s*[\-\u2013\u2014\u2015]{1,2}\s*(?<name>(?:[Tt]he\s)?\p{Lu}[^"“”]{0,89}[^"“”\-\u2013\u2014])$/v;
/** `Read more:`, `Photo by Ann Lee:`. */
const LABEL = /^(?<label>\p{L}+(?: [^\s:]+){0,3}) ?:/v;
const CLOSING = /[\s.,;:\-]+$/v;
/**
 * Reports settled by layout alone, by paragraph number: transcripts, quotations signed with a dash, the headline.
 * Signature lines and page furniture are settled without a report.
 */
export function findLaidOut(
  article: Article,
  quotations: ReadonlyMap<number, readonly Quotation[]>,
): ReadonlyMap<number, readonly Report[]> {
  const { text, paragraphs } = article;
  const transcript = findTurns(text, paragraphs, quotations).map(({ paragraph, source, content }) =>
    settledBy(paragraph, content, source, 'transcript'),
  );
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

/** "Read more: …" and "Photo by Ann Lee: …", but not "Next came Ann Lee: …". */
function isFurniture(text: string, { start, end }: Paragraph): boolean {
  const label = LABEL.exec(text.slice(start, Math.min(end, start + 60)))?.groups?.label;
  if (label === undefined) return false;
  const [first = '', ...others] = label.split(' ');
  const isPicture =
    pictures.has(first.toLowerCase()) && others.every(word => pictures.has(word) || /^\p{Lu}/v.test(word));
  return isPicture || links.has(label.toLowerCase());
}

/** `“We won.” — Lee`, on one line or two. */
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
  const quotation = settledBy(paragraph.number, first.inner, source, 'signed with a dash');
  return place === next ? [quotation, { paragraph: next.number, reports: [] }] : [quotation];
}

function settledBy(paragraph: number, content: Span, source: Span, rule: string): Settled {
  return { paragraph, reports: [{ type: 'direct', content: [content], cue: undefined, source, rule }] };
}
