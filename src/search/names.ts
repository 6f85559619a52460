import Fuse from 'fuse.js';
import type { Library } from '../library/library.ts';
import type { Outlet, Spelling, Term } from '../library/store/library-index.ts';
import { findNamedArticles, readOutlets, readSpellings, readTopSpellings } from '../library/store/names.ts';
import type { Run } from '../library/store/script.ts';
import type { ArticleSummary } from '../library/store/stored.ts';
import { findMisspellings, findTerms, findTermsWithPrefix } from '../library/store/terms.ts';
import { countUnits } from '../library/store/units.ts';
import { align, type Hit } from '../words/align.ts';
import { COMMON_WORDS } from '../words/lexicon/common-words.ts';
import {
  compareForms,
  compareLoosely,
  compareSpelling,
  hasAllWords,
  LIKENESS,
  mayMisspell,
  type TypedWord,
  typedWord,
  weighWord,
} from '../words/likeness.ts';
import { foldPhrase, termsOf, wordsOf } from '../words/words.ts';
import type { Closeness } from './passages.ts';

/** Share of the typed words' weight that a name must have to match. */
const MATCH_COVER = 0.84;
/** Words in this many of a thousand sentences appear in anybody's description. */
const EVERYDAY = 200;
/** In UTF-16 units; longer names are cut. */
const LONGEST_NAME = 400;
const MOST_WORDS = 16;

/** A typed name, to be compared with many. */
interface TypedName {
  readonly terms: readonly string[];
  /**
   * `cover`: how much of what was typed is in a name; `score`: also how much of the name was typed. Both from 0 to 1.
   */
  readonly match: (name: readonly string[]) => { readonly cover: number; readonly score: number };
}

/** Reads a typed name. With `open`, the last word may be unfinished. `likenessOf` compares two words. */
export function readName(typed: string, open: boolean, likenessOf = compareMisspelt): TypedName {
  const asked = wordsOf(typed.slice(0, LONGEST_NAME))
    .slice(0, MOST_WORDS)
    .map(({ term, sign }) => typedWord(term, sign === 'lone'));
  const weights = asked.map(({ term }) => weighWord(term));
  // Names and titles share many words, and comparing two words is what takes the time.
  const known = new Map<string, readonly Hit[]>();
  const hitsOf = (term: string) => {
    const hits = known.get(term) ?? compare(asked, term, open, likenessOf);
    known.set(term, hits);
    return hits;
  };
  return {
    terms: asked.map(({ term }) => term),
    match: name => {
      const rows = name.map(hitsOf);
      if (!open && hasOnlyEveryday(name, rows)) return { cover: 0, score: 0 };
      const { cover, order } = align(weights, rows);
      const weigh = (counts: (at: number) => boolean) =>
        name.reduce((sum, term, at) => sum + (counts(at) ? weighWord(term) : 0), 0);
      const typedShare = weigh(at => (rows[at] ?? []).length > 0) / weigh(() => true);
      return { cover, score: (0.6 * cover + 0.4 * order) * (0.6 + 0.4 * typedShare) };
    },
  };
}

/** True if nothing was typed of a name but its "the" or "a". */
function hasOnlyEveryday(name: readonly string[], rows: readonly (readonly Hit[])[]): boolean {
  const telling = name.flatMap((term, at) => ((COMMON_WORDS.get(term) ?? 0) < EVERYDAY ? [rows[at] ?? []] : []));
  return telling.length > 0 && telling.every(hits => hits.length === 0);
}

/** Shorter words are too easily one edit from others: "yes" isn't "Des". */
const SHORTEST_MISSPELT = 4;

function compareMisspelt(word: TypedWord, found: string): number {
  if (word.term.length < SHORTEST_MISSPELT || !mayMisspell(word.term, found)) return compareForms(word, found);
  return Math.max(compareSpelling(word, found), compareLoosely(word, found));
}

/** A word that articles have isn't misspelt: "poet" isn't "post", which at most comes near. */
function compareKnown(word: TypedWord, found: string): number {
  const same = compareForms(word, found);
  return same > 0 ? same : Math.min(compareMisspelt(word, found), LIKENESS.guessed);
}

function compare(
  asked: readonly TypedWord[],
  term: string,
  open: boolean,
  likenessOf: (word: TypedWord, found: string) => number,
): Hit[] {
  return asked.flatMap((word, at) => {
    const last = open && at === asked.length - 1 && term.startsWith(word.term) ? LIKENESS.starting : 0;
    const sure = Math.max(last, likenessOf(word, term));
    return sure > 0 ? [{ asked: at, likeness: sure }] : [];
  });
}

interface FoundSpelling {
  /** Folded. */
  readonly terms: readonly string[];
  readonly closeness: Closeness;
  /** Share of the typed words that it has, from 0 to 1. */
  readonly cover: number;
  /** 0 to 1; 1 only if all of a name was typed and nothing else. */
  readonly score: number;
}

/** A library of up to this many units has few names, so all of them are compared. */
const SMALL_LIBRARY = 2_000;
const MOST_SPELLINGS = 600;
const MOST_COMPARED = 200;
const MOST_FOUND = 100;
/** Names with a smaller share of what was typed aren't even near. */
const NEAR_COVER = 0.4;
/** Words in more names than this ("the", "president") are only looked up if nothing rarer was typed. */
const MOST_OF_WORD = 3_000;
const MOST_MISSPELLINGS = 12;
const MOST_STARTING = 40;
const FUSE_OPTIONS = { threshold: 0.4, ignoreLocation: true, useTokenSearch: true, includeScore: true };

/**
 * Returns spellings of names and titles by number, the best first. With `open`, the last word may be unfinished.
 * fuse.js finds what looks alike letter by letter; words then decide, since to fuse.js "US officials" is as good in "a
 * senior US official" as by itself.
 */
export async function findSpellings(
  typed: string,
  read: Run,
  open: boolean,
): Promise<ReadonlyMap<number, FoundSpelling>> {
  const asked = termsOf(typed.slice(0, LONGEST_NAME)).slice(0, MOST_WORDS);
  const known = new Set((await read(findTerms, 'text', asked, [])).map(({ term }) => term));
  const { terms, match } = readName(typed, open, (word, found) =>
    known.has(word.term) ? compareKnown(word, found) : compareMisspelt(word, found),
  );
  if (terms.length === 0) return new Map();
  const sharing = await spellingsSharingWords(terms, read, open);
  const few = sharing.length === 0 || (await read(countUnits)) <= SMALL_LIBRARY;
  const alike = few ? spellingsAlike(terms, await read(readTopSpellings, MOST_SPELLINGS)) : [];
  const spellings = new Map([...sharing, ...alike].map(each => [each.number, each]));
  const ranked = [...spellings.values()]
    .map(({ number, terms: each }) => ({ number, terms: each, ...match(each) }))
    .filter(({ cover }) => cover >= NEAR_COVER)
    .sort((one, other) => other.score - one.score)
    .slice(0, MOST_FOUND);
  return new Map(
    ranked.map(({ number, terms: each, cover, score }) => [
      number,
      { terms: each, closeness: cover >= MATCH_COVER ? 'match' : 'near', cover, score },
    ]),
  );
}

function spellingsAlike(terms: readonly string[], spellings: readonly Spelling[]): Spelling[] {
  const texts = spellings.map(({ terms: each }) => each.join(' '));
  const found = new Fuse(texts, FUSE_OPTIONS).search(terms.join(' '), { limit: MOST_COMPARED });
  return found.flatMap(({ refIndex }) => spellings[refIndex] ?? []);
}

/** Returns spellings that share a word with what was typed, even misspelt or unfinished. */
async function spellingsSharingWords(terms: readonly string[], read: Run, open: boolean): Promise<readonly Spelling[]> {
  const last = terms.at(-1) ?? '';
  const [exact, misspelt, starting] = await Promise.all([
    read(findTerms, 'name', [...new Set(terms)], []),
    read(findMisspellings, 'name', terms, MOST_MISSPELLINGS),
    open ? read(findTermsWithPrefix, 'name', last, MOST_STARTING) : [],
  ]);
  const words = terms.map((term, at) => {
    const found: Term[] = [...exact.filter(each => each.term === term), ...(misspelt[at] ?? [])];
    return at === terms.length - 1 ? [...found, ...starting] : found;
  });
  const numbers = rarest(words);
  return numbers.length === 0 ? [] : read(readSpellings, numbers, MOST_COMPARED);
}

/** Picks the rarest words, as long as they don't bring in too many names. */
function rarest(words: readonly (readonly Term[])[]): number[] {
  const known = words
    .filter(({ length }) => length > 0)
    .map(found => ({ found, names: found.reduce((sum, { frequency }) => sum + frequency, 0) }))
    .sort((one, other) => one.names - other.names);
  let names = 0;
  const kept = known.filter((word, at) => {
    names += word.names;
    return at === 0 || names <= MOST_OF_WORD;
  });
  return [...new Set(kept.flatMap(({ found }) => found.map(({ number }) => number)))];
}

const MOST_ARTICLES = 100;
/** An article can be found by several spellings: of its title, its outlet, its author. */
const MOST_TITLED = 400;

/** Returns articles by title, outlet or author, the best first, of equals the newest; an id finds only its article. */
export async function searchTitles(library: Library, typed: string): Promise<readonly ArticleSummary[]> {
  const exact = await library.listed([typed]);
  if (exact.length > 0) return exact;
  return await articlesNamed(library, asTyped(typed, await findSpellings(typed, library.read, true)));
}

/** Like `searchTitles`, but only those that have all words but those that tell nothing, in some form, and not misspelt. */
export async function findTitled(library: Library, typed: string): Promise<readonly ArticleSummary[]> {
  const exact = await library.listed([typed]);
  if (exact.length > 0) return exact;
  const named = await articlesNamed(library, await findSpellings(typed, library.read, false));
  return named.filter(({ title, outlet = '', byline = '' }) => hasAllWords(`${title}\n${outlet}\n${byline}`, typed));
}

async function articlesNamed(
  library: Library,
  spellings: ReadonlyMap<number, FoundSpelling>,
): Promise<readonly ArticleSummary[]> {
  if (spellings.size === 0) return [];
  const best = new Map<string, number>();
  for (const { article, spelling, weight } of await library.read(
    findNamedArticles,
    [...spellings.keys()],
    MOST_TITLED,
  )) {
    const score = (spellings.get(spelling)?.score ?? 0) * weight;
    best.set(article, Math.max(best.get(article) ?? 0, score));
  }
  const ranked = [...best].sort(([, one], [, other]) => other - one).slice(0, MOST_ARTICLES);
  return await library.listed(ranked.map(([article]) => article));
}

/** Keeps spellings that have words as they were typed; if there are none, those with words that may be misspelt. */
function asTyped(typed: string, spellings: ReadonlyMap<number, FoundSpelling>): ReadonlyMap<number, FoundSpelling> {
  const { match } = readName(typed, true, compareForms);
  const same = [...spellings].filter(([, { terms }]) => match(terms).cover >= NEAR_COVER);
  return new Map(same.length > 0 ? same : [...spellings].filter(([, { cover }]) => cover >= LIKENESS.editedTwice));
}

/** A library has few outlets: those with the most articles are compared one by one. */
const MOST_OUTLETS = 500;

/** Returns the outlet that somebody means, folded, even if it's misspelt. */
export async function findOutlet(typed: string, read: Run): Promise<string | undefined> {
  const outlets = await read(readOutlets, MOST_OUTLETS);
  const folded = foldPhrase(typed);
  const exact = outlets.find(outlet => outlet.folded === folded);
  return (exact ?? outletsLike(typed, outlets, false)[0])?.folded;
}

/** Returns outlets as the articles write them; if nothing is typed, those with the most articles first. */
export async function completeOutlets(typed: string, read: Run): Promise<string[]> {
  const outlets = await read(readOutlets, MOST_OUTLETS);
  const found = termsOf(typed).length === 0 ? outlets : outletsLike(typed, outlets, true);
  return toSuggestions(found.map(outlet => outlet.shown));
}

function outletsLike(typed: string, outlets: readonly Outlet[], open: boolean): Outlet[] {
  const { match } = readName(typed, open);
  return outlets
    .map(outlet => ({ outlet, ...match(outlet.folded.split(' ')) }))
    .filter(({ cover }) => cover >= MATCH_COVER)
    .sort((one, other) => other.score - one.score)
    .map(({ outlet }) => outlet);
}

/** Discord's limits. */
export const MOST_SUGGESTIONS = 25;
export const LONGEST_SUGGESTION = 100;

/** Keeps each text once, those that Discord can show, at most 25. */
export function toSuggestions(texts: readonly string[]): string[] {
  const shown = texts.filter(({ length }) => length <= LONGEST_SUGGESTION);
  return [...new Set(shown)].slice(0, MOST_SUGGESTIONS);
}
