import { RULES } from './cue-rules.ts';
import { type Cue, findCues } from './cues.ts';
import { contentOf, type Draft, spanOf } from './drafts.ts';
import type { Speeches } from './quoted-contents.ts';
import type { Finding, Reading } from './readings.ts';
import type { Item, Statement } from './statements.ts';
import type { Range } from './words.ts';

/** The contents that the cues of a statement govern, each with its source, left to right. */
export function findGovernedContents(statement: Statement, speeches: Speeches): readonly Draft[] {
  const { items, paragraph } = statement;
  const drafts: Draft[] = [];
  let floor = afterDateline(items);
  let previous: Range | undefined;
  for (const cue of findCues(statement)) {
    if (cue.groupFrom < floor) continue;
    const reading = { items, speeches, floor, previous };
    const found = firstFinding(reading, cue);
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

function firstFinding(reading: Reading, cue: Cue): (Finding & { rule: string }) | undefined {
  for (const rule of RULES) {
    const found = rule.find(reading, cue);
    if (found?.contents.every(range => range.to > range.from)) return { ...found, rule: rule.name };
  }
  return undefined;
}
