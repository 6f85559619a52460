import { countEdits, editsAllowed } from '../indexing/spellings.ts';
import type { Misspelling, Term } from '../library/store/library-index.ts';
import { commonWords } from './lexicon/common-words.ts';

/** English endings of other forms of a word: "drone" finds "drones" too. */
const endings: readonly string[] = ['ing', 'es', 'ed', 's', 'd'];

/** How likely a word of a text is the one typed, by how the two differ. */
export const likeness = {
  exact: 1,
  /** "dont" and "don't". */
  apostrophe: 0.98,
  /** "China" and "China's". */
  possessive: 0.96,
  /** The beginning of an unfinished word; a single Chinese character. */
  starting: 0.9,
  /** "drone" and "drones". */
  inflected: 0.85,
  edited: 0.85,
  editedTwice: 0.7,
  /** One edit more than a misspelling may have: only good enough for "did you mean". */
  guessed: 0.5,
} as const;

/** Strips a possessive ending. */
function withoutPossessive(word: string): string {
  return word.endsWith("'s") ? word.slice(0, -2) : word;
}

/** Returns other forms of a word of four letters or more; shorter ones are too easily other words. */
function formsOf(word: string): string[] {
  const long = [word, ...basesOf(word)].filter(base => base.length >= 4);
  return long.flatMap(base => [base, ...inflect(base)]).filter(form => form !== word);
}

/** Returns what a word may be a form of: "dating" of "date", "planned" of "plan", "stories" of "story". */
function basesOf(word: string): string[] {
  return endings
    .filter(ending => word.endsWith(ending))
    .flatMap(ending => {
      const stem = word.slice(0, -ending.length);
      if (ending === 's' || ending === 'd') return [stem];
      return [stem, `${stem}e`, stem.replace(/i$/v, 'y'), stem.replace(/(?<twice>[^aeiou])\k<twice>$/v, '$<twice>')];
    });
}

/** Returns a word with each ending, and with what may change before it. */
function inflect(base: string): string[] {
  const plain = endings.map(ending => base + ending);
  if (base.endsWith('e')) return [...plain, `${base.slice(0, -1)}ing`];
  if (/[^aeiou]y$/v.test(base)) return [...plain, `${base.slice(0, -1)}ies`, `${base.slice(0, -1)}ied`];
  const mayDouble = /[^aeiou][aeiou][^aeiouwxy]$/v.test(base);
  return mayDouble ? [...plain, ...['ing', 'ed'].map(ending => base + base.slice(-1) + ending)] : plain;
}

/** A typed word with its other forms, to be compared with many. */
export interface TypedForms {
  readonly term: string;
  readonly bare: string;
  readonly owner: string;
  readonly forms: ReadonlySet<string>;
}

export function readForms(term: string): TypedForms {
  const owner = withoutPossessive(term);
  return { term, bare: bareOf(term), owner, forms: new Set(formsOf(owner)) };
}

/**
 * Returns how likely it's the same word, with or without its apostrophe or ending; 0 for any other word, misspellings
 * included.
 */
export function compareForms(asked: TypedForms, found: string): number {
  if (asked.term === found) return likeness.exact;
  if (asked.forms.has(found)) return likeness.inflected;
  if (!found.includes("'") && asked.bare === asked.term) return 0;
  if (asked.bare === bareOf(found)) return likeness.apostrophe;
  return asked.owner === withoutPossessive(found) ? likeness.possessive : 0;
}

/**
 * Compares a name heard rather than read, such as "Solivan": one edit more than a misspelling may have, but the same
 * first letter.
 */
export function compareLoosely({ term: asked }: TypedForms, found: string): number {
  const allowed = editsAllowed(asked) + 1;
  if (asked.length < 5 || asked[0] !== found[0]) return 0;
  return countEdits(asked, found, allowed) <= allowed ? likeness.guessed : 0;
}

/** Returns how likely it's the same word or a misspelling of it; 0 for any other word. */
export function compareSpelling(asked: TypedForms, found: string): number {
  const same = compareForms(asked, found);
  const allowed = editsAllowed(asked.term);
  if (same > 0 || allowed === 0) return same;
  const edits = countEdits(asked.term, found, allowed);
  if (edits > allowed) return 0;
  return edits === 1 ? likeness.edited : likeness.editedTwice;
}

/** Occurrences in a thousand sentences from which a word is everyday. */
const everyday = 25;

/** True for words that say little by themselves: "the", "as", "said". */
export function isEveryday(term: string): boolean {
  return (commonWords.get(term) ?? 0) >= everyday;
}

/**
 * The same as `compareSpelling` for words of a text. An everyday word is only meant if letters are swapped or left out:
 * "teh" may be "the" and "othr" "other", but "ask" isn't "as".
 */
export function compareTextSpelling(asked: TypedForms, found: string): number {
  const sure = compareSpelling(asked, found);
  const isOther = sure > 0 && !isMeant(asked.term, found) && compareForms(asked, found) === 0;
  return isOther ? 0 : sure;
}

function isMeant(asked: string, found: string): boolean {
  if (!isEveryday(found) || lettersOf(asked) === lettersOf(found)) return true;
  return asked.length > 3 && found.length > asked.length;
}

function lettersOf(word: string): string {
  return [...word].sort().join('');
}

/** A term that a typed word may be; `likeness` from 0 to 1. */
interface Alternative extends Term {
  readonly likeness: number;
}

/** By term number. */
export type Alternatives = ReadonlyMap<number, Alternative>;

/** Returns all forms of some words, to look up at once. */
export function formsToFind(words: readonly string[]): { asked: readonly string[]; bare: readonly string[] } {
  const asked = words.flatMap(word => [...likenessByForm(word).keys()]);
  return { asked: [...new Set(asked)], bare: [...new Set(words.map(bareOf))] };
}

/** Returns a function that picks a word's forms from the terms found for `formsToFind`. */
export function sameWord(found: readonly Term[]): (word: string) => Alternatives {
  const byTerm = new Map(found.map(term => [term.term, term]));
  const byBare = Map.groupBy(found, ({ term }) => bareOf(term));
  return word => {
    const alternatives = new Map<number, Alternative>();
    for (const [form, sure] of likenessByForm(word)) raise(alternatives, byTerm.get(form), sure);
    for (const term of byBare.get(bareOf(word)) ?? []) {
      if (term.term.includes("'")) raise(alternatives, term, likeness.apostrophe);
    }
    return alternatives;
  };
}

/** Adds terms that start with an unfinished word. */
export function addStarting(known: Alternatives, starting: readonly Term[]): Alternatives {
  const alternatives = new Map(known);
  for (const term of starting) raise(alternatives, term, likeness.starting);
  return alternatives;
}

/** Adds terms that a misspelt word may be, as in `compareTextSpelling`. */
export function addMisspelt(asked: string, known: Alternatives, misspelt: readonly Misspelling[]): Alternatives {
  const alternatives = new Map(known);
  const meant = misspelt.filter(({ term }) => isMeant(asked, term));
  for (const term of meant) raise(alternatives, term, term.edits === 1 ? likeness.edited : likeness.editedTwice);
  return alternatives;
}

/** Returns at most how many units have any of them. */
export function frequencyOf(alternatives: Alternatives): number {
  let sum = 0;
  for (const { frequency } of alternatives.values()) sum += frequency;
  return sum;
}

function likenessByForm(word: string): ReadonlyMap<string, number> {
  const forms = new Map<string, number>();
  const add = (form: string, sure: number) => forms.set(form, Math.max(forms.get(form) ?? 0, sure));
  const owner = withoutPossessive(word);
  add(word, likeness.exact);
  add(bareOf(word), likeness.apostrophe);
  add(owner, likeness.possessive);
  add(`${owner}'s`, likeness.possessive);
  for (const form of formsOf(owner)) add(form, likeness.inflected);
  return forms;
}

function bareOf(word: string): string {
  return word.replaceAll("'", '');
}

function raise(alternatives: Map<number, Alternative>, term: Term | undefined, sure: number): void {
  if (term === undefined || sure <= (alternatives.get(term.number)?.likeness ?? 0)) return;
  const { number, term: spelling, frequency } = term;
  alternatives.set(number, { number, term: spelling, frequency, likeness: sure });
}

/** Sentences of news in general that are added to a library's own counts. */
const background = 1_000;
/** In how many of those a word appears that isn't in the list of common words. */
const unlisted = 0.3;

/**
 * Returns how much a word tells: the logarithm of how few of `size` excerpts, and of sentences in English news, have
 * it.
 */
export function weighWord(term: string, frequency: number, size: number): number {
  return Math.log(1 + (background + size) / ((commonWords.get(term) ?? unlisted) + frequency));
}
