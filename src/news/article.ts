import { pairQuotations, type Quotation } from './quotations.ts';
import { splitSentences } from './sentences.ts';
import type { Span } from './span.ts';

/** A line of the text that contains words. `number` counts from 1 and is what a citation shows as `¶4`. */
export interface Paragraph extends Span {
  readonly number: number;
  readonly sentences: readonly Span[];
}

/** The publisher's metadata. Nothing is guessed: unknown fields are `undefined`. */
export interface Metadata {
  readonly title: string;
  /** True if the title is a description by the person who stored the article, not the publisher's headline. */
  readonly titleIsDescriptive: boolean;
  readonly outlet: string | undefined;
  readonly byline: string | undefined;
  /** ISO 8601: a date (`2022-03-14`) or a date with time. */
  readonly published: string | undefined;
  /** http or https, validated. */
  readonly url: string | undefined;
  /** True if the text is the feed's own, since the article's page couldn't be read. */
  readonly isFromFeed?: boolean;
  /** True if `published` is when it was last changed, which is all that its feed says. */
  readonly isChangeDate?: boolean;
}

/** The metadata of a file or page, which may have no title. */
export type DeclaredMetadata = Omit<Metadata, 'title'> & { readonly title: string | undefined };

/** Metadata of a bare text. */
export const UNKNOWN_METADATA: Metadata = {
  title: '',
  titleIsDescriptive: true,
  outlet: undefined,
  byline: undefined,
  published: undefined,
  url: undefined,
};

/** Returns only the metadata fields. Missing ones, as in data from an earlier version, are unknown. */
export function metadataOf(from: Partial<Metadata>): Metadata {
  const { title, titleIsDescriptive, outlet, byline, published, url, isFromFeed, isChangeDate } = {
    ...UNKNOWN_METADATA,
    ...from,
  };
  const known = { title, titleIsDescriptive, outlet, byline, published, url };
  return {
    ...known,
    ...(isFromFeed === true ? { isFromFeed } : {}),
    ...(isChangeDate === true ? { isChangeDate } : {}),
  };
}

/** An article as published. `text` is stored once and never rewritten; everything else is a span into it. */
export interface Article extends Metadata {
  /** Stable and unique within a library; for a file, its name without the extension. */
  readonly id: string;
  /** True if this text replaced an earlier one with the same link. */
  readonly updated: boolean;
  readonly text: string;
  readonly paragraphs: readonly Paragraph[];
}

const LINE = /[^\n\r\u2028\u2029]+/gv;
const WORD = /[\p{L}\p{N}]/v;

/** Builds an article from its text, which is kept unchanged. Its paragraphs are the lines that contain words. */
export function toArticle(id: string, metadata: Metadata, text: string): Article {
  const lines = [...text.matchAll(LINE)].flatMap(toLine);
  const quotations = Map.groupBy(pairQuotations(text, lines), quotation => quotation.paragraph);
  const paragraphs = lines.map((line, at) => {
    const sentences = splitSentences(text, line, quotations.get(at + 1) ?? []);
    return { ...line, number: at + 1, sentences };
  });
  return { id, ...metadata, updated: false, text, paragraphs };
}

interface Paired {
  readonly all: readonly Quotation[];
  /** Those in no other. */
  readonly outer: readonly Quotation[];
}

const paired = new WeakMap<Paragraph, Paired>();

/** Returns the quotations of a paragraph, in order. They are paired once. */
export function quotationsIn({ text, paragraphs }: Article, paragraph: Paragraph): Paired {
  const known = paired.get(paragraph);
  if (known !== undefined) return known;
  // The next paragraph tells whether a quotation without a closing mark goes on.
  const around = paragraphs.slice(paragraph.number - 1, paragraph.number + 1);
  const all = pairQuotations(text, around).filter(each => each.paragraph === 1);
  const found = { all, outer: all.filter(({ depth }) => depth === 0) };
  paired.set(paragraph, found);
  return found;
}

/** Returns the first paragraph without splitting the rest; `undefined` if the text contains no words. */
export function firstParagraph(text: string): Span | undefined {
  for (const line of text.matchAll(LINE)) {
    const [paragraph] = toLine(line);
    if (paragraph !== undefined) return paragraph;
  }
  return undefined;
}

function toLine({ 0: line, index }: RegExpExecArray): Span[] {
  if (!WORD.test(line)) return [];
  const start = index + line.length - line.trimStart().length;
  return [{ start, end: index + line.trimEnd().length }];
}
