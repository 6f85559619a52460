import Fuse from 'fuse.js';
import type { LibraryIndex, NameForm, Term } from '../library/store/library-index.ts';
import { matchCover, readName } from './compare-names.ts';
import type { Closeness } from './passage.ts';

/** A spelling of names that may be meant. */
export interface FoundForm {
  readonly closeness: Closeness;
  /** 0 to 1; 1 only where all of a name is typed, and no more. */
  readonly score: number;
}

/** A library of no more units than these has few names: fuse.js looks through all of them in about a millisecond. */
const smallLibrary = 2_000;
const mostForms = 600;
const mostCompared = 200;
const mostFound = 100;
/** Less than this in common with what was typed is nobody's name. */
const nearCover = 0.4;
/** Words in more names than this ("the", "president") are looked up only where nothing rarer was typed. */
const mostOfWord = 3_000;
const mostMisspellings = 12;
const mostPrefixed = 40;
const fuseOptions = { threshold: 0.4, ignoreLocation: true, useTokenSearch: true, includeScore: true };

/**
 * Spellings of names and titles by number, the best first; with `open`, the last word may be unfinished. fuse.js finds what is alike
 * letter by letter; which of those is meant is then decided by words, since for fuse.js "US officials" is as good in "a
 * senior US official" as by itself.
 */
export async function findForms(
  typed: string,
  index: LibraryIndex,
  open: boolean,
): Promise<ReadonlyMap<number, FoundForm>> {
  const { terms, match } = readName(typed, open);
  if (terms.length === 0) return new Map();
  const shared = await sharing(terms, index, open);
  const few = shared.length === 0 || (await index.size()) <= smallLibrary;
  const alike = few ? likeLetters(terms, await index.someForms(mostForms)) : [];
  const forms = new Map([...shared, ...alike].map(form => [form.number, form]));
  const ranked = [...forms.values()]
    .map(form => ({ form, ...match(form.terms) }))
    .filter(({ cover }) => cover >= nearCover)
    .sort((one, other) => other.score - one.score)
    .slice(0, mostFound);
  return new Map(
    ranked.map(({ form, cover, score }) => [
      form.number,
      { closeness: cover >= matchCover ? ('match' as const) : ('near' as const), score },
    ]),
  );
}

function likeLetters(terms: readonly string[], forms: readonly NameForm[]): NameForm[] {
  const spellings = forms.map(form => form.terms.join(' '));
  const found = new Fuse(spellings, fuseOptions).search(terms.join(' '), { limit: mostCompared });
  return found.flatMap(({ refIndex }) => forms[refIndex] ?? []);
}

/** Those that share a word with what was typed, misspelt or unfinished ones too. */
async function sharing(terms: readonly string[], index: LibraryIndex, open: boolean): Promise<readonly NameForm[]> {
  const last = terms.at(-1) ?? '';
  const [exact, misspelt, begun] = await Promise.all([
    index.terms('name', [...new Set(terms)], []),
    index.misspelt('name', terms, mostMisspellings),
    open ? index.begun('name', last, mostPrefixed) : [],
  ]);
  const words = terms.map((term, at) => {
    const found: Term[] = [...exact.filter(each => each.term === term), ...(misspelt[at] ?? [])];
    return at === terms.length - 1 ? [...found, ...begun] : found;
  });
  const numbers = rarest(words);
  return numbers.length === 0 ? [] : index.forms(numbers, mostCompared);
}

/** Words by how many names have them, the rarest first, as long as they do not bring in too many. */
function rarest(words: readonly (readonly Term[])[]): number[] {
  const known = words
    .filter(({ length }) => length > 0)
    .map(found => ({ found, names: found.reduce((sum, { frequency }) => sum + frequency, 0) }))
    .sort((one, other) => one.names - other.names);
  let names = 0;
  const kept = known.filter((word, at) => {
    names += word.names;
    return at === 0 || names <= mostOfWord;
  });
  return [...new Set(kept.flatMap(({ found }) => found.map(({ number }) => number)))];
}
