import {
  auxiliaries,
  beForms,
  determiners,
  modals,
  negations,
  prepositions,
  subjectPronouns,
} from '../lexicon/grammar.ts';
import { groupHeads } from '../lexicon/people.ts';
import { nationalities } from '../lexicon/places.ts';
import { doubtfulForms, type Frame, reportingNouns } from '../lexicon/reporting.ts';
import type { Item, Statement } from './statements.ts';
import { isAdverb, isCapital, isWord, looksFinite, type VerbForm, verbForms } from './words.ts';

/** Words of a statement that may report speech. */
export interface Cue {
  /** The items of the verb itself: "pointing out", "according to". */
  readonly from: number;
  readonly to: number;
  /** Start of the verb group ("has repeatedly said"); the subject ends before it. */
  readonly groupFrom: number;
  readonly verb: string;
  readonly frames: readonly Frame[];
  /**
   * finite: has a subject. participle: shares one. passive: "was told". preposition: "according to". noun: "her claim".
   */
  readonly kind: 'finite' | 'participle' | 'passive' | 'preposition' | 'noun';
  /** Often a noun or another verb: the grammar around it must confirm it. */
  readonly doubtful: boolean;
}

const HAVE = new Set(['has', 'have', 'had', '’ve', '’d']);

const CONTRACTED = new Set(['’ve', '’d', '’re', '’m', '’ll']);

const ARTICLES = new Set(['a', 'an', 'the', 'his', 'her', 'its', 'their', '’s']);

/** Maximum distance from a noun to its owner or article: "their campaign’s earlier false claim". */
const LONGEST_LEAD = 3;

const NOUN_GOES_ON = new Set(['that', 'from', 'by']);

const SET_PHRASES = [
  { words: ['according', 'to'], kind: 'preposition', frame: 'clause' },
  { words: ['in', 'the', 'words', 'of'], kind: 'preposition', frame: 'clause' },
  { words: ['put', 'it'], kind: 'finite', frame: 'quotation' },
  { words: ['puts', 'it'], kind: 'finite', frame: 'quotation' },
] as const;

/** Returns the reporting cues among a statement's own words, in order. Skips quotations. */
export function findCues(statement: Statement): readonly Cue[] {
  const { items } = statement;
  const cues: Cue[] = [];
  for (let at = 0; at < items.length; at += 1) {
    const cue = cueAt(items, at);
    if (cue === undefined) continue;
    cues.push(cue);
    at = cue.to - 1;
  }
  return cues;
}

function cueAt(items: readonly Item[], at: number): Cue | undefined {
  const item = items[at];
  if (item === undefined || item.quotation !== undefined) return undefined;
  const after = items[at + 1];
  const set = setPhrase(items, at) ?? nounAt(items, at);
  if (set !== undefined) return set;
  if (isCapital(item) && at > 0 && isCapital(items[at - 1]) && item.lower !== 'says') return undefined;
  for (const form of verbForms(item.lower)) {
    if (form.particle !== undefined && after?.lower !== form.particle) continue;
    if (asksForAnonymity(items, at + 1)) continue;
    const cue = readForm(items, at, form);
    if (cue !== undefined) return cue;
  }
  return undefined;
}

/** "who asked not to be named", "declined to be identified": about the source, not something it said. */
function asksForAnonymity(items: readonly Item[], from: number): boolean {
  const to = items[from]?.lower === 'not' ? from + 1 : from;
  const isPassive = items[to]?.lower === 'to' && items[to + 1]?.lower === 'be';
  return isPassive && /^(?:named|identified|quoted)$/v.test(items[to + 2]?.lower ?? '');
}

/** "according to", "in the words of", "as Lee put it": multi-word cues. */
function setPhrase(items: readonly Item[], at: number): Cue | undefined {
  const phrase = SET_PHRASES.find(({ words }) => words.every((word, index) => items[at + index]?.lower === word));
  if (phrase === undefined) return undefined;
  const { words, kind, frame } = phrase;
  const verb = words.join(' ');
  return { from: at, to: at + words.length, groupFrom: at, verb, frames: [frame], kind, doubtful: false };
}

/** "her claim that …" or "a warning from officials that …", but not "the report that came out". */
function nounAt(items: readonly Item[], at: number): Cue | undefined {
  const item = items[at];
  const next = items[at + 1]?.lower ?? '';
  if (item === undefined || !reportingNouns.has(item.lower) || !NOUN_GOES_ON.has(next)) return undefined;
  if (next === 'that' && !opensContent(items[at + 2])) return undefined;
  if (nounPhraseStart(items, at) === undefined) return undefined;
  return { from: at, to: at + 1, groupFrom: at, verb: item.lower, frames: ['clause'], kind: 'noun', doubtful: true };
}

/** "that came out" and "that, in May, …" specify the report instead of opening its content. */
function opensContent(item: Item | undefined): boolean {
  return item !== undefined && (item.quotation !== undefined || (isWord(item) && !looksFinite(item.lower)));
}

/**
 * Returns where the noun phrase of a reporting noun starts: after an owner ("Lee’s false claim"), or with the article
 * or possessive pronoun. Undefined if the word may be a verb ("Lee’s supporters claim").
 */
export function nounPhraseStart(items: readonly Item[], noun: number): number | undefined {
  for (let at = noun - 1; at >= 0 && noun - at <= LONGEST_LEAD; at -= 1) {
    const item = items[at];
    if (item === undefined || item.quotation !== undefined) return undefined;
    if (item.lower === '’s' || item.lower === '’') return at + 1;
    if (ARTICLES.has(item.lower)) return at;
    if (!isWord(item) || isCapital(item) || item.lower.endsWith('s') || looksFinite(item.lower)) return undefined;
  }
  return undefined;
}

function readForm(items: readonly Item[], at: number, form: VerbForm): Cue | undefined {
  const groupFrom = groupStart(items, at);
  const kind = kindOf(items, at, groupFrom, form);
  if (kind === undefined) return undefined;
  const to = at + (form.particle === undefined ? 1 : 2);
  const negated = items.slice(groupFrom, at).some(item => negations.has(item.lower));
  // With an auxiliary or a particle it's a verb: "would not rule out".
  const alone = groupFrom === at && form.particle === undefined;
  const doubtful = alone && doubtfulForms.has(items[at]?.lower ?? '');
  return { from: negated ? groupFrom : at, to, groupFrom, verb: form.verb, frames: form.frames, kind, doubtful };
}

/** Back over "has repeatedly", "did not", "went on to". */
function groupStart(items: readonly Item[], at: number): number {
  let from = at;
  if (
    items[at - 1]?.lower === 'to' &&
    items[at - 2]?.lower === 'on' &&
    /^(?:went|goes|go|going)$/v.test(items[at - 3]?.lower ?? '')
  ) {
    from = at - 3;
  }
  while (from > 0 && joinsGroup(items, from - 1)) from -= 1;
  return from;
}

/** Part of a verb group: "has", "did not", "repeatedly", and "’s" if it means "is". */
function joinsGroup(items: readonly Item[], at: number): boolean {
  const lower = items[at]?.lower ?? '';
  if (auxiliaries.has(lower) || isAdverb(items[at]) || CONTRACTED.has(lower)) return true;
  return lower === '’s' && subjectPronouns.has(items[at - 1]?.lower ?? '');
}

function kindOf(items: readonly Item[], at: number, groupFrom: number, form: VerbForm): Cue['kind'] | undefined {
  const group = items.slice(groupFrom, at).map(item => item.lower);
  const before = items[groupFrom - 1];
  const isBe = group.some(word => beForms.has(word));
  if (form.tense === 'ing') {
    if (isBe) return 'finite';
    return group.length === 0 && prepositions.has(before?.lower ?? '') ? undefined : 'participle';
  }
  if (form.tense === 'base') return mayBeBase(items, at, group, before) ? 'finite' : undefined;
  if (form.tense === 'present') return opensNoun(before) ? undefined : 'finite';
  if (isBe) return 'passive';
  if (form.tense === 'participle') return group.some(word => HAVE.has(word)) ? 'finite' : undefined;
  return ARTICLES.has(before?.lower ?? '') ? undefined : 'finite';
}

/** "the reports", "'s claims", "of notes". */
function opensNoun(before: Item | undefined): boolean {
  const lower = before?.lower ?? '';
  if (lower === 'this' || lower === 'that') return false;
  return determiners.has(lower) || lower === '’s' || prepositions.has(lower);
}

/** A base form is a verb after "did", "would" or "went on to", or after a plural subject. */
function mayBeBase(items: readonly Item[], at: number, group: readonly string[], before: Item | undefined): boolean {
  if (group.some(word => modals.has(word) || /^(?:do|does|did|went|goes)$/v.test(word))) return true;
  if (group.includes('to') || before === undefined || opensNoun(before)) return false;
  if (isWord(before) && (items[at + 1]?.lower === 'that' || items[at]?.lower === 'say')) return true;
  const { lower } = before;
  if (subjectPronouns.has(lower) && lower !== 'it') return lower !== 'he' && lower !== 'she';
  if (groupHeads.has(lower) || (nationalities.has(lower) && lower.endsWith('s'))) return true;
  return lower.length > 4 && lower.endsWith('s') && !isCapital(before);
}
