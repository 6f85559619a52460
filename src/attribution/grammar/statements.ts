import type { Article, Paragraph } from '../../news/article.ts';
import type { Quotation } from '../../news/quotations.ts';
import type { Span } from '../../news/span.ts';
import { tokenize } from '../../news/tokens.ts';

/** A word or mark of the reporter's own text, or a whole quotation as one item. */
export interface Item extends Span {
  /** Empty for a quotation. */
  readonly text: string;
  /** Lower case, with a curly apostrophe. */
  readonly lower: string;
  readonly quotation: Quotation | undefined;
}

/** A sentence of the reporter's with every quotation in it. Sentences joined by one quotation are one statement. */
export interface Statement extends Span {
  readonly paragraph: number;
  readonly items: readonly Item[];
}

/** Maximum length of a statement, in items; keeps the work linear on a hostile text without sentence ends. */
const LONGEST = 400;

const CAPITAL_NAMES = new Set(['US', 'WHO', 'IT']);

/** Cuts an article into statements, in text order. Nested quotations stay inside the outer one. */
export function findStatements(article: Article, quotations: readonly Quotation[]): readonly Statement[] {
  const outer = quotations.filter(quotation => quotation.depth === 0);
  let next = 0;
  return article.paragraphs.flatMap(paragraph => {
    const from = next;
    while (next < outer.length && (outer[next]?.start ?? 0) < paragraph.end) next += 1;
    return statementsOf(article.text, paragraph, outer.slice(from, next));
  });
}

function statementsOf(text: string, paragraph: Paragraph, quotations: readonly Quotation[]): readonly Statement[] {
  const items = itemsOf(text, paragraph, quotations);
  const ends = paragraph.sentences.map(sentence => sentence.end);
  const statements: Statement[] = [];
  let current: Item[] = [];
  let end = 0;
  const finish = () => {
    const start = current[0]?.start;
    const last = current.at(-1)?.end;
    if (start !== undefined && last !== undefined) {
      statements.push({ start, end: last, paragraph: paragraph.number, items: current });
    }
    current = [];
  };
  for (const item of items) {
    while (end < ends.length - 1 && (ends[end] ?? 0) < item.end) {
      if (item.start >= (ends[end] ?? 0)) finish();
      end += 1;
    }
    if (current.length >= LONGEST) finish();
    current.push(item);
  }
  finish();
  return statements;
}

function itemsOf(text: string, paragraph: Span, quotations: readonly Quotation[]): readonly Item[] {
  const last = { start: quotations.at(-1)?.end ?? paragraph.start, end: paragraph.end };
  const pieces = quotations.map((quotation, index): readonly Item[] => {
    const before = { start: quotations[index - 1]?.end ?? paragraph.start, end: quotation.start };
    const item = { start: quotation.start, end: quotation.end, text: '', lower: '', quotation };
    return [...wordsOf(text, before), item];
  });
  return [...pieces, wordsOf(text, last)].flat();
}

function wordsOf(text: string, within: Span): readonly Item[] {
  if (within.start >= within.end) return [];
  return tokenize(text, within).map(token => ({ ...token, lower: fold(token.text), quotation: undefined }));
}

/** "US" and "WHO" are names, not pronouns, and keep their capitals. */
function fold(text: string): string {
  if (CAPITAL_NAMES.has(text)) return text;
  return text.toLowerCase().replaceAll(/['ʼ]/gv, '’');
}
