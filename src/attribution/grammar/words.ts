import {
  ADVERBS,
  AUXILIARIES,
  CONJUNCTIONS,
  DETERMINERS,
  IRREGULAR_VERBS,
  NOT_VERBS,
  OBJECT_PRONOUNS,
  OPENERS,
  PREPOSITIONS,
  SUBJECT_PRONOUNS,
  SUBORDINATORS,
} from '../lexicon/grammar.ts';
import { DOUBLING_VERBS, type Frame, IRREGULAR_PASTS, REPORTING_VERBS } from '../lexicon/reporting.ts';
import type { Item } from './items.ts';

/** A run of a statement's items, by index, half-open. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

const CAPITAL = /^[\p{Lu}\p{Script=Han}]/v;
const WORD = /^[\p{L}\p{N}@#]/v;
/** "’s", or the apostrophe after a plural. */
export const OWNS = /^[’']s?$/v;
const WORDS = /[\p{L}\p{N}]+(?:['’\-][\p{L}\p{N}]+)*/gv;

export function isCapital(item: Item | undefined): boolean {
  return item !== undefined && CAPITAL.test(item.text);
}

export function isWord(item: Item | undefined): boolean {
  return item !== undefined && WORD.test(item.text);
}

/** Returns the words of a text; "o’clock" and "co-author" are one each. */
export function wordStrings(text: string): readonly string[] {
  return text.match(WORDS) ?? [];
}

const FUNCTION_WORDS: ReadonlySet<string> = new Set([
  ...[
    DETERMINERS,
    OPENERS,
    SUBORDINATORS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    OBJECT_PRONOUNS,
    CONJUNCTIONS,
    AUXILIARIES,
  ].flatMap(words => [...words]),
  ...ADVERBS,
  'according',
  'asked',
]);

/** Whether a lower-case word is a function word. No name starts with one, except abbreviations. */
export function isFunctionWord(lower: string): boolean {
  return FUNCTION_WORDS.has(lower);
}

type Tense = 'base' | 'present' | 'past' | 'participle' | 'ing';

/** One way to read a word as a form of a reporting verb. */
interface VerbForm {
  readonly form: string;
  readonly tense: Tense;
  /** The word that must follow: "out" of "point out". */
  readonly particle: string | undefined;
  readonly frame: Frame;
}

const FRAMES: readonly Frame[] = ['clause', 'addressee', 'infinitive', 'request', 'naming', 'object', 'quotation'];

const VOWEL_Y = /[aeiou]y$/v;
const SIBILANT = /(?:s|x|z|ch|sh)$/v;

const VERB_FORMS = Map.groupBy(FRAMES.flatMap(formsIn), ({ form }) => form);

/** Returns the readings of a lower-case word as a reporting verb; empty for most words. */
export function verbForms(lower: string): readonly VerbForm[] {
  return VERB_FORMS.get(lower) ?? [];
}

/** Whether a lower-case word is probably a finite verb, which ends a noun phrase before it. */
export function looksFinite(lower: string): boolean {
  if (IRREGULAR_VERBS.has(lower) || (AUXILIARIES.has(lower) && !/^(?:do|having)$/v.test(lower))) return true;
  if (lower.endsWith('ed')) return lower.length > 4 && !lower.includes('-') && !NOT_VERBS.has(lower);
  return VERB_FORMS.get(lower)?.some(form => form.tense === 'past') ?? false;
}

/** Whether a form may be a sentence's verb by itself: "said", not "saying". */
export function isFiniteForm({ tense }: VerbForm): boolean {
  return tense === 'past' || tense === 'present';
}

/** Returns the forms of a verb in lower case, the base form first. */
export function formsOf(base: string): readonly string[] {
  return inflect(base).map(([form]) => form);
}

function formsIn(frame: Frame): readonly VerbForm[] {
  return REPORTING_VERBS[frame].flatMap(verb => {
    const [base = '', particle] = verb.split(' ');
    return inflect(base).map(([form, tense]) => ({ form, tense, particle, frame }));
  });
}

function inflect(base: string): readonly (readonly [string, Tense])[] {
  const [past, participle] = IRREGULAR_PASTS[base] ?? [regularPast(base), regularPast(base)];
  return [
    [base, 'base'],
    [present(base), 'present'],
    [past, 'past'],
    ...(participle === past ? [] : ([[participle, 'participle']] as const)),
    [ing(base), 'ing'],
  ];
}

function present(base: string): string {
  if (base.endsWith('y') && !VOWEL_Y.test(base)) return `${base.slice(0, -1)}ies`;
  return SIBILANT.test(base) || base === 'go' ? `${base}es` : `${base}s`;
}

function stem(base: string): string {
  return DOUBLING_VERBS.has(base) ? base + base.slice(-1) : base;
}

function regularPast(base: string): string {
  if (base.endsWith('e')) return `${base}d`;
  if (base.endsWith('y') && !VOWEL_Y.test(base)) return `${base.slice(0, -1)}ied`;
  return `${stem(base)}ed`;
}

function ing(base: string): string {
  if (base.endsWith('ee')) return `${base}ing`;
  return base.endsWith('e') ? `${base.slice(0, -1)}ing` : `${stem(base)}ing`;
}
