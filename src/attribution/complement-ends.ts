import { auxiliaries } from './lexicon/grammar.ts';
import { doubtfulForms } from './lexicon/reporting.ts';
import type { Item } from './statements.ts';
import { subjectBefore } from './subjects.ts';
import { looksFinite, verbForms } from './verbs.ts';
import { isAdverb, isWord } from './words.ts';

/** Where what was said ends, from `from` on: before the next reporting clause, or with the statement. */
export function complementEnd(items: readonly Item[], from: number): number {
  let at = from;
  while (at < items.length) {
    if (endsHere(items, at, from)) break;
    at += 1;
  }
  while (at > from && /^[.,;:?!\u2014\u2013]$/v.test(items[at - 1]?.text ?? '')) at -= 1;
  return at;
}

function endsHere(items: readonly Item[], at: number, from: number): boolean {
  const item = items[at];
  if (item === undefined || item.text === ';') return true;
  if (at === from) return false;
  if (item.lower === 'according' && items[at + 1]?.lower === 'to') return true;
  if (item.text === ',') return endsAtComma(items, at);
  if (items[at - 1]?.quotation !== undefined && reportsAsParticiple(item)) return true;
  if ((item.lower === 'and' || item.lower === 'but') && items[at - 1]?.text !== ',') return reportsNext(items, at + 1);
  return false;
}

/** "adding", "saying": the next report of the same source. */
export function reportsAsParticiple(item: Item): boolean {
  return verbForms(item.lower).some(form => form.tense === 'ing' && form.verb !== 'offer' && form.verb !== 'order');
}

function endsAtComma(items: readonly Item[], comma: number): boolean {
  const next = items[comma + 1];
  if (next === undefined) return true;
  if (next.lower === 'according') return true;
  if (reportsAsParticiple(next)) return true;
  if (next.lower === 'and' || next.lower === 'but' || next.lower === 'while') {
    return next.lower !== 'and' || reportsNext(items, comma + 2) || reportsAfterSubject(items, comma + 2);
  }
  if (next.lower === 'however' || next.lower === 'although' || next.lower === 'though') return true;
  return reportsAfterSubject(items, comma + 1);
}

/** "and later added …", "but did not say …": a finite cue without a subject of its own. */
function reportsNext(items: readonly Item[], from: number): boolean {
  let at = from;
  while (isAdverb(items[at]) || auxiliaries.has(items[at]?.lower ?? '')) at += 1;
  const lower = items[at]?.lower ?? '';
  const tenses = verbForms(lower).map(form => form.tense);
  return (
    tenses.includes('past') ||
    (tenses.includes('present') && !doubtfulForms.has(lower)) ||
    (tenses.includes('base') && at > from)
  );
}

/** "Lee said": a subject and a finite cue. */
function reportsAfterSubject(items: readonly Item[], from: number): boolean {
  for (let at = from + 1; at < items.length && at - from < 12; at += 1) {
    const item = items[at];
    if (item === undefined || item.quotation !== undefined || (!isWord(item) && item.text !== '’s')) return false;
    const past = verbForms(item.lower).some(
      form => form.tense === 'past' && (form.frames[0] === 'clause' || form.frames[0] === 'addressee'),
    );
    if (past) return (subjectBefore(items, at, from)?.from ?? at) - from < 3;
    if (looksFinite(item.lower) || item.lower === 'that' || item.lower === 'to') return false;
  }
  return false;
}
