import Fuse from 'fuse.js';
import type { Attribution } from '../attribution/attribution.ts';
import { foldPhrase, termsOf, wordsOf } from '../indexing/words.ts';
import type { LibraryIndex, Outlet, Spelling, Term } from '../library/store/library-index.ts';
import { slice } from '../news/span.ts';
import { commonWords } from './lexicon/common-words.ts';
import type { Closeness } from './passage.ts';
import type { Appearance, PersonMatch } from './people.ts';
import { align, type Hit } from './rank.ts';
import {
  type AskedForms,
  compareForms,
  compareLoosely,
  compareSpelling,
  likeness,
  readForms,
  weighWord,
} from './same-word.ts';

/** How much of the weight of what was typed must be in a name that is meant. */
const matchCover = 0.84;
/** Words in so many of a thousand sentences are in anybody's description. */
const everyday = 200;

/** A name as somebody typed it, to be compared with many. */
interface TypedName {
  readonly terms: readonly string[];
  /** How much of what was typed is in a name, and how much of that name was typed. */
  readonly match: (name: readonly string[]) => { readonly cover: number; readonly score: number };
}

/** Of long ones the beginning. With `open`, the last word may be unfinished. */
export function readName(typed: string, open: boolean): TypedName {
  const asked = wordsOf(typed.slice(0, 400))
    .slice(0, 16)
    .map(({ term }) => readForms(term));
  const weights = asked.map(({ term }) => weighWord(term, 0, 0));
  // Names and titles share many words, and comparing two costs more than all else.
  const known = new Map<string, readonly Hit[]>();
  const hitsOf = (term: string) => {
    const hits = known.get(term) ?? compare(asked, term, open);
    known.set(term, hits);
    return hits;
  };
  return {
    terms: asked.map(({ term }) => term),
    match: name => {
      const rows = name.map(hitsOf);
      if (!open && hasOnlyEveryday(name, rows)) return { cover: 0, score: 0 };
      const { cover, order } = align(weights, rows);
      const worth = (kept: (at: number) => boolean) =>
        name.reduce((sum, term, at) => sum + (kept(at) ? weighWord(term, 0, 0) : 0), 0);
      const told = worth(at => (rows[at] ?? []).length > 0) / worth(() => true);
      return { cover, score: (0.6 * cover + 0.4 * order) * (0.6 + 0.4 * told) };
    },
  };
}

/** Whether of a name that has other words nothing was typed but its “the” or “a”: that names nobody. */
function hasOnlyEveryday(name: readonly string[], rows: readonly (readonly Hit[])[]): boolean {
  const telling = name.flatMap((term, at) => ((commonWords.get(term) ?? 0) < everyday ? [rows[at] ?? []] : []));
  return telling.length > 0 && telling.every(hits => hits.length === 0);
}

function compare(asked: readonly AskedForms[], term: string, open: boolean): Hit[] {
  return asked.flatMap((word, at) => {
    const last = open && at === asked.length - 1 && term.startsWith(word.term) ? likeness.begun : 0;
    const sure = Math.max(last, compareSign(word, term), compareSpelling(word, term), compareLoosely(word, term));
    return sure > 0 ? [{ asked: at, likeness: sure }] : [];
  });
}

/** The last sign of a row stands alone, and is met by any pair that it begins. */
function compareSign(asked: AskedForms, found: string): number {
  const lone = /^\p{sc=Han}$/v.test(asked.term) && found.startsWith(asked.term);
  return lone ? likeness.begun : compareForms(asked, found);
}

/** A spelling of names that may be meant. */
interface FoundForm {
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
  const alike = few ? likeLetters(terms, await index.topSpellings(mostForms)) : [];
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

function likeLetters(terms: readonly string[], forms: readonly Spelling[]): Spelling[] {
  const spellings = forms.map(form => form.terms.join(' '));
  const found = new Fuse(spellings, fuseOptions).search(terms.join(' '), { limit: mostCompared });
  return found.flatMap(({ refIndex }) => forms[refIndex] ?? []);
}

/** Those that share a word with what was typed, misspelt or unfinished ones too. */
async function sharing(terms: readonly string[], index: LibraryIndex, open: boolean): Promise<readonly Spelling[]> {
  const last = terms.at(-1) ?? '';
  const [exact, misspelt, begun] = await Promise.all([
    index.terms('name', [...new Set(terms)], []),
    index.misspellings('name', terms, mostMisspellings),
    open ? index.termsWithPrefix('name', last, mostPrefixed) : [],
  ]);
  const words = terms.map((term, at) => {
    const found: Term[] = [...exact.filter(each => each.term === term), ...(misspelt[at] ?? [])];
    return at === terms.length - 1 ? [...found, ...begun] : found;
  });
  const numbers = rarest(words);
  return numbers.length === 0 ? [] : index.spellings(numbers, mostCompared);
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

/** How sure it is that a phrase means somebody, in the articles where it does, and whom else it may mean there. */
interface Readings {
  /** The articles name them so; else it was concluded that the phrase means them. */
  readonly isStated: boolean;
  readonly others: readonly Appearance[];
}

/** "the official" may be one official in one paragraph and another in the next. */
export function readingsOf(phrase: string, { appearances }: PersonMatch): Readings {
  const asked = foldPhrase(phrase);
  const others = new Map<string, Appearance>();
  let isConcluded = false;
  for (const { from, speaker } of appearances) {
    for (const attribution of from.attributions.filter(each => isCalled(asked, each, from.article.text))) {
      const means = attribution.speaker;
      if (means === speaker && attribution.certainty !== 'stated') isConcluded = true;
      if (means === undefined || means === speaker) continue;
      const attributions = from.attributions.filter(each => each.speaker === means);
      others.set(`${from.article.id} ${means.id}`, { from, speaker: means, attributions });
    }
  }
  return { isStated: !isConcluded && others.size === 0, others: [...others.values()] };
}

function isCalled(asked: string, { source }: Attribution, text: string): boolean {
  return source !== undefined && foldPhrase(slice(text, source)) === asked;
}

/** A library has few outlets: those with the most articles are looked through one by one. */
const mostOutlets = 500;
const mostSuggestions = 25;
const longestSuggestion = 100;

/** The outlet that somebody means, folded; misspelt, too. */
export async function findOutlet(typed: string, index: LibraryIndex): Promise<string | undefined> {
  const outlets = await index.outlets(mostOutlets);
  const folded = foldPhrase(typed);
  const exact = outlets.find(outlet => outlet.folded === folded);
  return (exact ?? alike(typed, outlets, false)[0])?.folded;
}

/** Outlets as the articles write them, those with the most articles first where nothing is typed. */
export async function completeOutlets(typed: string, index: LibraryIndex): Promise<string[]> {
  const outlets = await index.outlets(mostOutlets);
  const found = termsOf(typed).length === 0 ? outlets : alike(typed, outlets, true);
  const shown = found.map(outlet => outlet.shown).filter(({ length }) => length <= longestSuggestion);
  return [...new Set(shown)].slice(0, mostSuggestions);
}

function alike(typed: string, outlets: readonly Outlet[], open: boolean): Outlet[] {
  const { match } = readName(typed, open);
  return outlets
    .map(outlet => ({ outlet, ...match(outlet.folded.split(' ')) }))
    .filter(({ cover }) => cover >= matchCover)
    .sort((one, other) => other.score - one.score)
    .map(({ outlet }) => outlet);
}
