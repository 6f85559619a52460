import { findCues } from './cues.ts';
import { contentOf, type Draft, isQuotationOnly, spanOf } from './drafts.ts';
import type { Speeches } from './quoted-contents.ts';
import type { Item, Statement } from './statements.ts';
import { mainSubject, subjectBefore } from './subjects.ts';
import { isWord, type Range } from './words.ts';

/** A statement with what its cues govern. */
export interface Governed {
  readonly statement: Statement;
  readonly drafts: readonly Draft[];
}

/** Who a colon at a paragraph's end hands the next paragraph to. */
type Introduction = Pick<Draft, 'cue' | 'source' | 'paragraph'>;

/** Shortest quotation that is taken as speech with no cue near it, in UTF-16 units. */
const SHORTEST_ALONE = 25;

/** Gives quotations without a cue of their own to the report before them, to the colon that introduces them, or to nobody. */
export function addContinuedContents(governed: readonly Governed[], speeches: Speeches): readonly Draft[] {
  const drafts: Draft[] = [];
  let introduction: Introduction | undefined;
  /** Whether the last draft may take in a quotation that follows. */
  let open = false;
  for (const { statement, drafts: own } of governed) {
    const { items, paragraph } = statement;
    const last = drafts.at(-1);
    if (own.length > 0) {
      drafts.push(...own);
      open = true;
    }
    if (own.length === 0 && isQuotationOnly(items, { from: 0, to: items.length })) {
      const found = quotationAlone(
        items,
        speeches,
        open && last?.paragraph === paragraph ? last : undefined,
        introduction,
      );
      if (found.replaces) drafts.pop();
      if (found.draft !== undefined) drafts.push({ ...found.draft, paragraph });
      open = found.draft !== undefined;
    }
    if (own.length === 0 && !isQuotationOnly(items, { from: 0, to: items.length })) {
      const led = ledByColon(items, speeches);
      if (led !== undefined) drafts.push({ ...led, paragraph });
      open = led !== undefined;
    }
    introduction = introductionOf(statement);
  }
  return drafts;
}

interface Continued {
  readonly draft: Draft | undefined;
  readonly replaces: boolean;
}

function quotationAlone(
  items: readonly Item[],
  speeches: Speeches,
  last: Draft | undefined,
  introduction: Introduction | undefined,
): Continued {
  const first = items.find(item => item.quotation !== undefined)?.quotation;
  if (first === undefined || speeches.isContinuation(first)) return { draft: last, replaces: last !== undefined };
  const { content } = contentOf(items, { from: 0, to: items.length }, speeches);
  const base = { type: 'direct', content, paragraph: 0 } as const;
  if (last?.type === 'direct') return { draft: { ...last, content: [...last.content, ...content] }, replaces: true };
  if (last !== undefined) {
    return {
      draft: { ...base, cue: undefined, source: last.source, rule: 'quotation after a report' },
      replaces: false,
    };
  }
  if (introduction !== undefined) {
    return {
      draft: { ...base, cue: introduction.cue, source: introduction.source, rule: 'introduced by a colon' },
      replaces: false,
    };
  }
  const length = content.reduce((sum, span) => sum + span.end - span.start, 0);
  if (length < SHORTEST_ALONE || !speeches.isSpeech(first)) return { draft: undefined, replaces: false };
  return { draft: { ...base, cue: undefined, source: undefined, rule: 'quotation alone' }, replaces: false };
}

/** "She was clear: “We won.”" */
function ledByColon(items: readonly Item[], speeches: Speeches): Draft | undefined {
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
