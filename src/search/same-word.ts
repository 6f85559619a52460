import type { Misspelling, Term } from '../library/store/library-index.ts';
import { formsOf, likeness, ownerOf } from './likeness.ts';

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
