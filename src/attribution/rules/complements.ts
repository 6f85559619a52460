import {
  auxiliaries,
  conjunctions,
  determiners,
  objectPronouns,
  prepositions,
  subjectPronouns,
  subordinators,
  times,
} from '../lexicon/grammar.ts';
import { doubtfulForms } from '../lexicon/reporting.ts';
import type { Cue } from './cues.ts';
import { subjectBefore } from './phrases.ts';
import type { Item } from './statements.ts';
import { isAdverb, isCapital, isWord, looksFinite, verbForms } from './words.ts';

/** Returns where the content that starts at `from` ends: before the next reporting clause, or with the statement. */
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
function reportsAsParticiple(item: Item): boolean {
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

/** "and later added …", "but did not say …": a finite cue without its own subject. */
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

/** What follows a cue. */
interface Complement {
  readonly from: number;
  /** `nothing`: the clause ends here, or a comma or dash at `from` ends it. */
  readonly opener: 'that' | 'question' | 'colon' | 'quotation' | 'clause' | 'to' | 'rest' | 'nothing';
}

const QUESTIONS = new Set(['whether', 'if', 'how', 'why', 'what', 'when', 'where', 'who', 'which']);

const SPAN_OF_TIME = /^(?:moment|minute|hour|day|night|week|weekend|month|year|decade)s?$/v;

/** Longest distance a cue reaches over "in a statement to reporters on Monday", in items. */
const REACH = 30;

/** Returns where the content after a cue starts, past addressees, times and occasions. */
export function complementOf(items: readonly Item[], cue: Cue): Complement {
  let at = cue.to;
  let addressed = !cue.frames.includes('addressee') || cue.kind === 'passive';
  while (at < items.length && at - cue.to < REACH) {
    const opened = openerAt(items, at, cue);
    if (opened !== undefined) return opened;
    if (!addressed) {
      addressed = true;
      at = afterAddressee(items, at);
      continue;
    }
    const next = afterAdjunct(items, at);
    if (next === undefined) return bareComplement(items, at, cue);
    at = next;
  }
  return { from: at, opener: 'nothing' };
}

function openerAt(items: readonly Item[], at: number, cue: Cue): Complement | undefined {
  const item = items[at];
  const next = items[at + 1];
  if (item === undefined) return { from: at, opener: 'nothing' };
  if (item.quotation !== undefined) {
    const names = at === cue.to && cue.frames[0] === 'naming';
    return names ? { from: at, opener: 'nothing' } : { from: at, opener: 'quotation' };
  }
  if (item.text === ':') return { from: at + 1, opener: 'colon' };
  if (item.text === ',') {
    if (next?.quotation !== undefined) return { from: at + 1, opener: 'quotation' };
    return parenthesis(items, at) ?? { from: at, opener: 'nothing' };
  }
  if (!isWord(item) && item.text !== '(' && item.text !== '[' && item.text !== '$' && item.text !== '’s')
    return { from: at, opener: 'nothing' };
  const clausal = cue.frames.some(frame => frame === 'clause' || frame === 'addressee' || frame === 'infinitive');
  if (item.lower === 'that' && clausal && !looksFinite(next?.lower ?? '')) return { from: at + 1, opener: 'that' };
  if (clausal && QUESTIONS.has(item.lower)) return { from: at, opener: 'question' };
  if (opensInfinitive(items, at, cue)) return { from: at, opener: 'to' };
  return undefined;
}

/** "promised to …", "told them not to …". */
function opensInfinitive(items: readonly Item[], at: number, cue: Cue): boolean {
  const told = cue.frames.includes('addressee') && at > cue.to;
  if (!cue.frames.includes('infinitive') && !told) return false;
  const to = items[at]?.lower === 'not' ? at + 1 : at;
  return (
    items[to]?.lower === 'to' && items[to + 1] !== undefined && (!told || !determiners.has(items[to + 1]?.lower ?? ''))
  );
}

/** "said, in a statement, that …". */
function parenthesis(items: readonly Item[], comma: number): Complement | undefined {
  for (let at = comma + 1; at < items.length && at - comma < 24; at += 1) {
    const item = items[at];
    if (item === undefined || looksFinite(item.lower) || reportsAsParticiple(item)) return undefined;
    if (subjectPronouns.has(item.lower) && item.lower !== 'it') return undefined;
    if (item.lower === 'that') return { from: at + 1, opener: 'that' };
    const introduced = items[at - 1]?.text === ',' && prepositions.has(items[comma + 1]?.lower ?? '');
    if (item.quotation !== undefined) return introduced ? { from: at, opener: 'quotation' } : undefined;
  }
  return undefined;
}

function afterAddressee(items: readonly Item[], from: number): number {
  if (objectPronouns.has(items[from]?.lower ?? '')) return from + 1;
  return afterPhrase(items, from);
}

/** Past the next noun phrase, up to a possible start of a clause. */
function afterPhrase(items: readonly Item[], from: number): number {
  let at = from;
  while (determiners.has(items[at]?.lower ?? '')) at += 1;
  const first = at;
  while (at < items.length) {
    const item = items[at];
    if (item === undefined || item.quotation !== undefined) break;
    if (!isWord(item) && item.text !== '’s' && item.text !== '&') break;
    if (at > first && stopsPhrase(items, at)) break;
    at += 1;
  }
  return Math.max(at, from + 1);
}

function stopsPhrase(items: readonly Item[], at: number): boolean {
  const item = items[at];
  if (item === undefined || item.lower === 'that' || QUESTIONS.has(item.lower) || item.lower === 'to') return true;
  if (subjectPronouns.has(item.lower) || determiners.has(item.lower))
    return !/^(?:of|for|’s|and)$/v.test(items[at - 1]?.lower ?? '');
  return isAdverb(item) || (prepositions.has(item.lower) && item.lower !== 'of') || times.has(item.lower);
}

/** Past an adverb, a time, or a prepositional phrase; undefined if there is none. */
function afterAdjunct(items: readonly Item[], at: number): number | undefined {
  const item = items[at];
  if (item === undefined) return undefined;
  const afterwards = afterTime(items, at);
  if (afterwards !== undefined) return afterwards;
  if (isAdverb(item) && item.lower !== 'both' && item.lower !== 'all' && item.lower !== 'each') return at + 1;
  if (times.has(item.lower) && item.lower !== 'this' && item.lower !== 'may') return at + 1;
  if (/^\p{N}/v.test(item.text) && times.has(items[at - 1]?.lower ?? '')) return at + 1;
  if (subordinators.has(item.lower)) return undefined;
  if (prepositions.has(item.lower)) return afterPhrase(items, at + 1);
  return undefined;
}

/** Past "this week", "a year earlier", "two days ago". */
function afterTime(items: readonly Item[], at: number): number | undefined {
  const [first, second, third] = items.slice(at, at + 3).map(({ lower }) => lower);
  if (first === 'this' && times.has(second ?? '') && !times.has(third ?? '')) return at + 2;
  const counts = determiners.has(first ?? '') || /^\p{N}+$/v.test(first ?? '');
  return counts && SPAN_OF_TIME.test(second ?? '') && /^(?:ago|earlier|later|before)$/v.test(third ?? '')
    ? at + 3
    : undefined;
}

function bareComplement(items: readonly Item[], at: number, cue: Cue): Complement {
  const from = at;
  const adjacent = at === cue.to;
  if (cue.frames.some(frame => frame === 'naming' || frame === 'object' || frame === 'request')) {
    if (adjacent && isWord(items[at]) && !namesIts(items, at, cue)) return { from, opener: 'rest' };
  }
  const clausal = cue.frames.some(frame => frame === 'clause' || frame === 'addressee');
  return clausal && (opensClause(items, at) || saysClause(items, at, cue))
    ? { from, opener: 'clause' }
    : { from, opener: 'nothing' };
}

/** "a party called Renewal won": the verb names its subject, and another verb follows. */
function namesIts(items: readonly Item[], at: number, cue: Cue): boolean {
  if (!cue.frames.includes('naming')) return false;
  if (/^(?:out|off|up|back|in|attention|into)$/v.test(items[at]?.lower ?? '')) return true;
  let end = at;
  while (isCapital(items[end])) end += 1;
  return end > at && looksFinite(items[end]?.lower ?? '');
}

/** "say the results confirm …": a clause whose verb isn't in the lexicon, but long enough to be one. */
function saysClause(items: readonly Item[], at: number, cue: Cue): boolean {
  const opens = determiners.has(items[at]?.lower ?? '') || isCapital(items[at]);
  return cue.verb === 'say' && opens && items.slice(at, at + 5).filter(isWord).length >= 4;
}

/** Whether a clause with subject and finite verb starts here. */
function opensClause(items: readonly Item[], at: number): boolean {
  const first = items[at];
  if (first === undefined || conjunctions.has(first.lower) || looksFinite(first.lower)) return false;
  if (subordinators.has(first.lower)) return false;
  for (let ahead = at + 1; ahead < items.length && ahead - at < REACH; ahead += 1) {
    const item = items[ahead];
    if (item === undefined || item.text === ';') return false;
    if (item.quotation !== undefined) return true;
    if (auxiliaries.has(item.lower) || (looksFinite(item.lower) && !isCapital(item))) return true;
    if (subjectPronouns.has(item.lower) && item.lower !== 'who') return true;
  }
  return false;
}
