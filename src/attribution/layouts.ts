import type { Article, Paragraph } from '../news/article.ts';
import type { Quotation } from '../news/quotations.ts';
import { type Span, slice } from '../news/span.ts';
import type { Report } from './attribution.ts';
import { findHeadline } from './headlines.ts';
import { links, pictures } from './lexicon/labels.ts';
import { findTurns } from './transcripts.ts';

/** A paragraph that the layout settles, and what it reports. */
interface Settled {
  readonly paragraph: number;
  readonly reports: readonly Report[];
}

const SIGNATURE = /^\s*[\-\u2013\u2014\u2015]{1,2}\s*(?<name>(?:[Tt]he\s)?\p{Lu}[^"“”]{0,89}[^"“”\-\u2013\u2014])$/v;
/** `Read more:`, `Photo by Ann Lee:`. */
const LABEL = /^(?<label>\p{L}+(?: [^\s:]+){0,3}) ?:/v;
const CLOSING = /[\s.,;:\-]+$/v;
/**
 * What the layout alone says, by the number of the paragraph that it settles: transcripts, quotations signed with a dash,
 * the headline; nothing in the line that signs, nor in lines that belong to the page. Quotations come by paragraph.
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

/** "Read more: …", "Photo by Ann Lee: …"; not "Next came Ann Lee: …". */
function isFurniture(text: string, { start, end }: Paragraph): boolean {
  const label = LABEL.exec(text.slice(start, Math.min(end, start + 60)))?.groups?.label;
  if (label === undefined) return false;
  const [first = '', ...others] = label.split(' ');
  const isPicture =
    pictures.has(first.toLowerCase()) && others.every(word => pictures.has(word) || /^\p{Lu}/v.test(word));
  return isPicture || links.has(label.toLowerCase());
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
  const quotation = settledBy(paragraph.number, first.inner, source, 'signed with a dash');
  return place === next ? [quotation, { paragraph: next.number, reports: [] }] : [quotation];
}

function settledBy(paragraph: number, content: Span, source: Span, rule: string): Settled {
  return { paragraph, reports: [{ type: 'direct', content: [content], cue: undefined, source, rule }] };
}
