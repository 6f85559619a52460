import { countEdits, editsAllowed } from '../indexing/spellings.ts';
import type { Misspelling, Term } from '../library/store/library-index.ts';
import { commonWords } from './lexicon/common-words.ts';

/** English endings that make another form of the same word, longest first: who remembers "drone" means "drones" too. */
const endings: readonly string[] = ['ing', 'es', 'ed', 's', 'd'];

/** How surely a text's word is the one asked for, by how the two differ. */
export const likeness = {
  exact: 1,
  /** "dont" and "don't". */
  apostrophe: 0.98,
  /** "China" and "China's". */
  possessive: 0.96,
  /** The beginning of a word that is still being typed; a lone Chinese sign. */
  begun: 0.9,
  /** "drone" and "drones". */
  inflected: 0.85,
  edited: 0.85,
  editedTwice: 0.7,
  /** One edit more than a misspelling is allowed: good for a question only. */
  guessed: 0.5,
} as const;

/** The word without a possessive ending. */
function ownerOf(word: string): string {
  return word.endsWith("'s") ? word.slice(0, -2) : word;
}

/** Other forms of a word of four letters or more: "drone" and "drones". Shorter ones are too easily other words. */
function formsOf(word: string): string[] {
  if (word.length < 4) return [];
  const stems = [word, ...endings.filter(ending => word.endsWith(ending)).map(ending => word.slice(0, -ending.length))];
  const long = stems.filter(stem => stem.length >= 4);
  return long.flatMap(stem => [stem, ...endings.map(ending => stem + ending)]).filter(form => form !== word);
}

/** A word that is asked for, with its other forms at hand to be compared with many. */
export interface AskedForms {
  readonly term: string;
  readonly bare: string;
  readonly owner: string;
  readonly forms: ReadonlySet<string>;
}

export function readForms(term: string): AskedForms {
  const owner = ownerOf(term);
  return { term, bare: term.replaceAll("'", ''), owner, forms: new Set(formsOf(owner)) };
}

/** The same word, with or without its apostrophe or ending; 0 for another word. Misspellings are another matter. */
export function compareForms(asked: AskedForms, found: string): number {
  if (asked.term === found) return likeness.exact;
  if (asked.forms.has(found)) return likeness.inflected;
  if (!found.includes("'") && asked.bare === asked.term) return 0;
  if (asked.bare === found.replaceAll("'", '')) return likeness.apostrophe;
  return asked.owner === ownerOf(found) ? likeness.possessive : 0;
}

/** A name heard rather than read, "Solivan": one edit more than a misspelling, but the same first letter. */
export function compareLoosely({ term: asked }: AskedForms, found: string): number {
  const allowed = editsAllowed(asked) + 1;
  if (asked.length < 5 || asked[0] !== found[0]) return 0;
  return countEdits(asked, found, allowed) <= allowed ? likeness.guessed : 0;
}

/** The same word or a misspelling of it; 0 for another word. */
export function compareSpelling(asked: AskedForms, found: string): number {
  const same = compareForms(asked, found);
  const allowed = editsAllowed(asked.term);
  if (same > 0 || allowed === 0) return same;
  const edits = countEdits(asked.term, found, allowed);
  if (edits > allowed) return 0;
  return edits === 1 ? likeness.edited : likeness.editedTwice;
}

/** A term that may be a word asked for, and how surely: 0 to 1. */
interface Alternative extends Term {
  readonly likeness: number;
}

/** By the term's number. */
export type Alternatives = ReadonlyMap<number, Alternative>;

/** All forms of these words, as an index is asked for them at once. */
export function formsToFind(words: readonly string[]): { asked: readonly string[]; bare: readonly string[] } {
  const asked = words.flatMap(word => [...likenessByForm(word).keys()]);
  return { asked: [...new Set(asked)], bare: [...new Set(words.map(bareOf))] };
}

/** The word itself, with or without its apostrophe or ending, among the terms that were found for `formsToFind`. */
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

/** With terms that begin like the word, as far as it is typed. */
export function addBegun(known: Alternatives, begun: readonly Term[]): Alternatives {
  const alternatives = new Map(known);
  for (const term of begun) raise(alternatives, term, likeness.begun);
  return alternatives;
}

/** With terms that may be the word misspelt. */
export function addMisspelt(known: Alternatives, misspelt: readonly Misspelling[]): Alternatives {
  const alternatives = new Map(known);
  for (const term of misspelt) raise(alternatives, term, term.edits === 1 ? likeness.edited : likeness.editedTwice);
  return alternatives;
}

/** In how many rows any of them is, at most. */
export function frequencyOf(alternatives: Alternatives): number {
  let sum = 0;
  for (const { frequency } of alternatives.values()) sum += frequency;
  return sum;
}

function likenessByForm(word: string): ReadonlyMap<string, number> {
  const forms = new Map<string, number>();
  const add = (form: string, sure: number) => forms.set(form, Math.max(forms.get(form) ?? 0, sure));
  const owner = ownerOf(word);
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

/** How many sentences of news in general stand behind a library's own counts. */
const background = 1_000;
/** In how many of those a word occurs that is not among the common ones. */
const unlisted = 0.3;

/** How much a word tells: the logarithm of how few hold it, of `size` excerpts and of English news in general. */
export function weighWord(term: string, frequency: number, size: number): number {
  return Math.log(1 + (background + size) / ((commonWords.get(term) ?? unlisted) + frequency));
}
