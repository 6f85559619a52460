import type { Article, Masthead, Paragraph } from './article.ts';
import { pairQuotations, type Quotation } from './quotations.ts';
import { splitSentences } from './sentences.ts';
import type { Span } from './span.ts';

const LINE = /[^\n\r\u2028\u2029]+/gv;
const WORD = /[\p{L}\p{N}]/v;

/** An article out of its text, which is kept as it is: paragraphs are its lines that hold words. */
export function toArticle(id: string, masthead: Masthead, text: string): Article {
  const lines = findLines(text);
  const quotations = Map.groupBy(pairQuotations(text, lines), quotation => quotation.paragraph);
  const paragraphs = lines.map((line, index) => toParagraph(text, line, index + 1, quotations.get(index + 1) ?? []));
  return { id, ...masthead, updated: false, text, paragraphs };
}

/** The first paragraph of a text, found without the others; `undefined` where the text holds no words. */
export function firstParagraph(text: string): Span | undefined {
  for (const line of text.matchAll(LINE)) {
    const [paragraph] = toLine(line);
    if (paragraph !== undefined) return paragraph;
  }
  return undefined;
}

function findLines(text: string): readonly Span[] {
  return [...text.matchAll(LINE)].flatMap(toLine);
}

function toLine({ 0: line, index }: RegExpExecArray): Span[] {
  if (!WORD.test(line)) return [];
  const start = index + line.length - line.trimStart().length;
  return [{ start, end: index + line.trimEnd().length }];
}

function toParagraph(text: string, line: Span, number: number, quotations: readonly Quotation[]): Paragraph {
  return { ...line, number, sentences: splitSentences(text, line, quotations) };
}
