import { findCues } from '../rules/cues.ts';
import { contentOf, isQuotationOnly, type ReportDraft, spanOf } from '../rules/find-reports.ts';
import { mainSubject, subjectBefore } from '../rules/phrases.ts';
import type { Item, Statement } from '../rules/statements.ts';
import { isWord, type Range } from '../rules/words.ts';
import type { Speeches } from './quoted-contents.ts';

/** A statement and the contents that its cues govern. */
export interface Governed {
  readonly statement: Statement;
  readonly drafts: readonly ReportDraft[];
}

/** The source to which a colon at the end of a paragraph assigns the next one. */
type Introduction = Pick<ReportDraft, 'cue' | 'source' | 'paragraph'>;

/** Minimum length of a quotation that counts as speech without a cue, in UTF-16 units. */
const SHORTEST_ALONE = 25;

/** Maximum number of pieces of one speech. A hostile text may have 100,000 quotations in a line. */
const MOST_PIECES = 100;

/** Assigns quotations without a cue to the report before them, to the colon that introduces them, or to nobody. */
export function addContinuedContents(governed: readonly Governed[], speeches: Speeches): readonly ReportDraft[] {
  const drafts: ReportDraft[] = [];
  let introduction: Introduction | undefined;
  /** Whether the last draft may absorb the next quotation. */
  let open = false;
  for (const { statement, drafts: own } of governed) {
    const last = drafts.at(-1);
    const before: Before = { last: open && last?.paragraph === statement.paragraph ? last : undefined, introduction };
    const found: Continued = own.length > 0 ? settle(last, own) : withoutCue(statement, speeches, before);
    if (found.replaces) drafts.pop();
    drafts.push(...found.drafts);
    open = found.drafts.length > 0;
    introduction = introductionOf(statement);
  }
  return drafts;
}

/** What a quotation without a cue may continue. */
interface Before {
  readonly last: ReportDraft | undefined;
  readonly introduction: Introduction | undefined;
}

interface Continued {
  readonly drafts: readonly ReportDraft[];
  /** True if the draft replaces the last one, which it continues. */
  readonly replaces: boolean;
}

const NOTHING: Continued = { drafts: [], replaces: false };

/**
 * Handles a speech over several paragraphs whose cue comes in a later one: an unassigned first paragraph gets that cue,
 * and an assigned one doesn't run on into a paragraph with its own cue.
 */
function settle(last: ReportDraft | undefined, own: readonly ReportDraft[]): Continued {
  const [first, ...others] = own;
  const at = last?.content.findIndex(span => span.start === first?.content[0]?.start) ?? -1;
  if (last === undefined || first === undefined || at < 0) return { drafts: own, replaces: false };
  if (last.source === undefined) {
    return {
      drafts: [{ ...first, content: [...last.content.slice(0, at), ...first.content] }, ...others],
      replaces: true,
    };
  }
  return { drafts: [{ ...last, content: last.content.slice(0, at) }, ...own], replaces: true };
}

function withoutCue({ items, paragraph }: Statement, speeches: Speeches, before: Before): Continued {
  if (isQuotationOnly(items, { from: 0, to: items.length })) return quotationAlone(items, paragraph, speeches, before);
  const led = ledByColon(items, speeches);
  return led === undefined ? NOTHING : { drafts: [{ ...led, paragraph }], replaces: false };
}

function quotationAlone(items: readonly Item[], paragraph: number, speeches: Speeches, before: Before): Continued {
  const { last, introduction } = before;
  const first = items.find(item => item.quotation !== undefined)?.quotation;
  if (first === undefined) return NOTHING;
  if (speeches.isContinuation(first)) return { drafts: last === undefined ? [] : [last], replaces: last !== undefined };
  const { content } = contentOf(items, { from: 0, to: items.length }, speeches);
  const alone = { type: 'direct', content, cue: undefined, source: undefined, paragraph } as const;
  if (last?.type === 'direct' && last.content.length < MOST_PIECES) {
    return { drafts: [{ ...last, content: [...last.content, ...content] }], replaces: true };
  }
  if (last !== undefined) {
    return { drafts: [{ ...alone, source: last.source, rule: 'quotation after a report' }], replaces: false };
  }
  if (introduction !== undefined) {
    const { cue, source } = introduction;
    return { drafts: [{ ...alone, cue, source, rule: 'introduced by a colon' }], replaces: false };
  }
  const length = content.reduce((sum, span) => sum + span.end - span.start, 0);
  if (length < SHORTEST_ALONE || !speeches.isSpeech(first)) return NOTHING;
  return { drafts: [{ ...alone, rule: 'quotation alone' }], replaces: false };
}

/** "She was clear: “We won.”" */
function ledByColon(items: readonly Item[], speeches: Speeches): ReportDraft | undefined {
  const at = items.findIndex((item, index) => item.quotation !== undefined && items[index - 1]?.text === ':');
  const quotation = items[at]?.quotation;
  if (quotation === undefined || !speeches.isSpeech(quotation) || speeches.isContinuation(quotation)) return undefined;
  const source = mainSubject(items, at);
  if (source === undefined) return undefined;
  const content = speeches.spans(quotation);
  return {
    type: 'direct',
    content,
    cue: undefined,
    source: spanOf(items, source),
    rule: 'after a colon',
    paragraph: 0,
  };
}

function introductionOf(statement: Statement): Introduction | undefined {
  const { items, paragraph } = statement;
  if (items.at(-1)?.text !== ':') return undefined;
  const cue = findCues(statement).at(-1);
  const floor = 0;
  const own: Range | undefined = cue === undefined ? undefined : subjectBefore(items, cue.groupFrom, floor);
  const source = own ?? mainSubject(items, items.length);
  if (source === undefined || !items.some(isWord)) return undefined;
  return { cue: spanOf(items, cue), source: spanOf(items, source), paragraph };
}
