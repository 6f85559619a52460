import type { Article } from '../../news/article.ts';
import { pairQuotations } from '../../news/quotations.ts';
import { type Span, unite } from '../../news/span.ts';
import type { Report } from '../attribution.ts';
import { addContinuedContents } from '../layout/continued-contents.ts';
import { findHeadlineWithSourceLast } from '../layout/headlines.ts';
import { findLaidOut } from '../layout/layouts.ts';
import { findSpeeches, type Speeches } from '../layout/quoted-contents.ts';
import { RULES } from './cue-rules.ts';
import { type Cue, findCues } from './cues.ts';
import type { Cursor, RuleMatch } from './cursor.ts';
import { findStatements, type Item, type Statement } from './statements.ts';
import { isWord, type Range } from './words.ts';

/** A report under construction: later passes may extend its content. */
export interface ReportDraft {
  readonly type: 'direct' | 'indirect' | 'mixed';
  readonly content: readonly Span[];
  readonly cue: Span | undefined;
  readonly source: Span | undefined;
  readonly rule: string;
  readonly paragraph: number;
}

/** Returns a range of items as a text span; undefined if empty. */
export function spanOf(items: readonly Item[], range: Range | undefined): Span | undefined {
  const first = items[range?.from ?? -1];
  const last = items[(range?.to ?? 0) - 1];
  return first === undefined || last === undefined || last.end <= first.start
    ? undefined
    : { start: first.start, end: last.end };
}

/** Whether the items are only quotations and marks. */
export function isQuotationOnly(items: readonly Item[], range: Range): boolean {
  const slice = items.slice(range.from, range.to);
  return (
    slice.some(item => item.quotation !== undefined) &&
    slice.every(item => item.quotation !== undefined || !isWord(item))
  );
}

/** Returns the content of a range: the text between the marks if all of it is quoted, else the whole with its marks. */
export function contentOf(
  items: readonly Item[],
  range: Range,
  speeches: Speeches,
): Pick<ReportDraft, 'type' | 'content'> {
  const quotations = items
    .slice(range.from, range.to)
    .flatMap(item => (item.quotation === undefined ? [] : [item.quotation]));
  if (isQuotationOnly(items, range)) {
    return { type: 'direct', content: quotations.flatMap(quotation => speeches.spans(quotation)) };
  }
  const span = spanOf(items, range);
  return { type: quotations.length > 0 ? 'mixed' : 'indirect', content: span === undefined ? [] : [span] };
}

/** Returns the contents that a statement's cues govern, each with its source, left to right. */
export function findGovernedContents(statement: Statement, speeches: Speeches): readonly ReportDraft[] {
  const { items, paragraph } = statement;
  const drafts: ReportDraft[] = [];
  let floor = afterDateline(items);
  let previous: Range | undefined;
  for (const cue of findCues(statement)) {
    if (cue.groupFrom < floor) continue;
    const cursor = { items, speeches, floor, previous };
    const found = firstFinding(cursor, cue);
    if (found === undefined) continue;
    const parts = found.contents.map(range => contentOf(items, range, speeches));
    const content = parts.flatMap(part => part.content);
    const types = new Set(parts.map(part => part.type));
    const type = types.size === 1 ? (parts[0]?.type ?? 'mixed') : 'mixed';
    const cueSpan = spanOf(items, cue);
    drafts.push({ type, content, cue: cueSpan, source: spanOf(items, found.source), rule: found.rule, paragraph });
    floor = Math.max(cue.to, found.source?.to ?? 0, ...found.contents.map(range => range.to));
    previous = found.source;
  }
  return drafts;
}

/** Past "WASHINGTON (AP) —", "(Reuters) -" at a paragraph's start. */
function afterDateline(items: readonly Item[]): number {
  const dash = items.slice(0, 10).findIndex(item => /^(?:[\u2014\u2013\-]|--)$/v.test(item.text));
  if (dash < 1) return 0;
  const place = items.slice(0, dash);
  const isDateline = place.every(item => item.quotation === undefined && !/^\p{Ll}/v.test(item.text));
  const opens = items[0]?.text === '(' || /^\p{Lu}{3}/v.test(items[0]?.text ?? '');
  return isDateline && opens ? dash + 1 : 0;
}

function firstFinding(cursor: Cursor, cue: Cue): (RuleMatch & { rule: string }) | undefined {
  for (const rule of RULES) {
    const found = rule.find(cursor, cue);
    if (found?.contents.every(range => range.to > range.from)) return { ...found, rule: rule.name };
  }
  return undefined;
}

/** Finds the reports of an article by rules, in the order of their contents. Sources stay unresolved. */
export function findReportsByRule(article: Article): readonly Report[] {
  const quotations = pairQuotations(article.text, article.paragraphs);
  const statements = findStatements(article, quotations);
  const speeches = findSpeeches(article.text, statements);
  const byParagraph = Map.groupBy(quotations, quotation => quotation.paragraph);
  const laidOut = findLaidOut(article, byParagraph);
  const governed = statements
    .filter(statement => !laidOut.has(statement.paragraph))
    .map(statement => ({ statement, drafts: findGovernedContents(statement, speeches) }));
  const headline = findHeadlineWithSourceLast(article, byParagraph.get(1) ?? []);
  const isRead = laidOut.has(1) || governed.some(({ statement, drafts }) => statement.paragraph === 1 && drafts[0]);
  const reports = [
    ...[...laidOut.values()].flat(),
    ...(headline === undefined || isRead ? [] : [headline]),
    ...addContinuedContents(governed, speeches).flatMap(toReport),
  ];
  return reports.sort((one, other) => one.content[0].start - other.content[0].start);
}

function toReport(draft: ReportDraft): readonly Report[] {
  const [first, ...others] = unite(draft.content);
  if (first === undefined) return [];
  return [{ type: draft.type, content: [first, ...others], cue: draft.cue, source: draft.source, rule: draft.rule }];
}
