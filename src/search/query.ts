import { wordsOf } from '../indexing/words.ts';
import type { Term } from '../library/store/library-index.ts';
import type { TextIndex } from '../library/store/text-index.ts';
import { askingWords, questionWords } from './lexicon/asking.ts';
import type { Hit } from './rank.ts';
import {
  type Alternatives,
  addMisspelt,
  addStarting,
  formsToFind,
  frequencyOf,
  likeness,
  sameWord,
  weighWord,
} from './same-word.ts';

/** A word of a query, with the library's terms that it may be. */
export interface QueryWord {
  readonly term: string;
  /** Rare words weigh more. */
  readonly weight: number;
  /** By term number; empty if the library has nothing like it. */
  readonly alternatives: Alternatives;
}

/** Returns the greatest likeness of a word's alternatives, or 0 if it has none. */
export function surest({ alternatives }: QueryWord): number {
  return Math.max(0, ...[...alternatives.values()].map(each => each.likeness));
}

/** Share of their weight that words like "what" and "say" keep in a question. */
const askingShare = 0.25;
/** Longer queries are cut: a stranger may send a book. */
const mostWords = 48;
/** In UTF-16 units. */
const longestQuery = 4_000;
/** A word in this many excerpts or fewer may itself be a misspelling, so similar ones are tried too. */
const rare = 3;
const mostMisspellings = 12;
const mostStarting = 60;
/** Weight of a word that the library doesn't have, against one in a single excerpt: it may just be misremembered. */
const unknownShare = 0.6;

interface TypedWord {
  readonly term: string;
  /** True for a single Chinese character: any pair that begins with it may be meant. */
  readonly isLone: boolean;
  readonly isLast: boolean;
}

/**
 * Splits what was typed into at most 48 words. The last character of a Chinese run is left out, since the pair before
 * it has it.
 */
export function readWords(typed: string): TypedWord[] {
  const words = wordsOf(typed.slice(0, longestQuery)).slice(0, mostWords);
  return words.flatMap((word, at) => {
    const before = words[at - 1];
    const isPaired = word.sign && before?.sign === true && before.end === word.start;
    const isLone = word.sign && words[at + 1]?.start !== word.end;
    return isPaired && isLone ? [] : [{ term: word.term, isLone, isLast: at === words.length - 1 }];
  });
}

/** Returns each way to split a word in two: "reevaluate" may be "re-evaluate". */
export function splitsOf(term: string, shortestEnd: number): (readonly [string, string])[] {
  const last = Math.min(term.length - shortestEnd, 40);
  const places = Array.from({ length: Math.max(0, last - 1) }, (_, at) => at + 2);
  return places.map(at => [term.slice(0, at), term.slice(at)] as const);
}

interface KnownWord {
  readonly term: string;
  readonly alternatives: Alternatives;
  readonly frequency: number;
}

/**
 * Reads a query in terms of the library. With `open`, the last word may be unfinished. Makes at most three rounds of
 * index queries.
 */
export async function readQuery(typed: string, index: TextIndex, open: boolean): Promise<QueryWord[]> {
  const words = readWords(typed);
  if (words.length === 0) return [];
  const [size, known] = await Promise.all([index.size(), lookUp(words, index, open)]);
  const weigh: Weigh = (term, frequency) => weighWord(term, frequency, size);
  const respelt = await respell(
    known.filter(({ frequency }) => frequency <= rare),
    index,
    weigh,
  );
  const query = known.flatMap(word => respelt.get(word.term) ?? [toQueryWord(word, weigh)]);
  if (!questionWords.has(words[0]?.term ?? '') || query.every(({ term }) => askingWords.has(term))) return query;
  return query.map(each => (askingWords.has(each.term) ? { ...each, weight: each.weight * askingShare } : each));
}

type Weigh = (term: string, frequency: number) => number;

async function lookUp(words: readonly TypedWord[], index: TextIndex, open: boolean): Promise<KnownWord[]> {
  const { asked, bare } = formsToFind(words.map(({ term }) => term));
  const [found, ...starting] = await Promise.all([
    index.terms('text', asked, bare),
    ...words.map(({ term, isLone, isLast }) =>
      isLone || (open && isLast) ? index.termsWithPrefix('text', term, mostStarting) : [],
    ),
  ]);
  const same = sameWord(found);
  return words.map(({ term }, at) => {
    const alternatives = addStarting(same(term), starting[at] ?? []);
    return { term, alternatives, frequency: frequencyOf(alternatives) };
  });
}

function toQueryWord({ term, alternatives, frequency }: KnownWord, weigh: Weigh): QueryWord {
  return { term, weight: weigh(term, frequency), alternatives };
}

/** Returns, by word, what rare and unknown words may be. */
async function respell(
  words: readonly KnownWord[],
  index: TextIndex,
  weigh: Weigh,
): Promise<ReadonlyMap<string, QueryWord[]>> {
  if (words.length === 0) return new Map();
  const terms = words.map(({ term }) => term);
  const halves = words.filter(({ frequency }) => frequency === 0).flatMap(({ term }) => splitsOf(term, 3).flat());
  const [misspelt, known] = await Promise.all([
    index.misspellings('text', terms, mostMisspellings),
    halves.length === 0 ? [] : index.terms('text', [...new Set(halves)], []),
  ]);
  const byHalf = new Map(known.map(half => [half.term, half]));
  return new Map(
    words.map((word, at) => {
      const alternatives = addMisspelt(word.term, word.alternatives, misspelt[at] ?? []);
      if (alternatives.size === 0) return [word.term, halvesOf(word.term, byHalf, weigh)];
      // Any of these may be meant; the rarest tells as much as the word could.
      const least = Math.min(...[...alternatives.values()].map(each => each.frequency));
      const frequency = Math.max(least, word.frequency);
      return [word.term, [toQueryWord({ ...word, alternatives, frequency }, weigh)]];
    }),
  );
}

/** Splits an unknown word into two known ones; if it can't be, returns it without alternatives. */
function halvesOf(term: string, known: ReadonlyMap<string, Term>, weigh: Weigh): QueryWord[] {
  const split = splitsOf(term, 3).find(halves => halves.every(half => known.has(half)));
  if (split === undefined) return [{ term, weight: unknownShare * weigh(term, 0), alternatives: new Map() }];
  return split.flatMap(half => {
    const found = known.get(half);
    if (found === undefined) return [];
    const alternatives = new Map([[found.number, { ...found, likeness: likeness.apostrophe }]]);
    return [{ term: half, weight: weigh(half, found.frequency), alternatives }];
  });
}

/** Returns, for each term, the query words it may be. */
export function hitsOf(query: readonly QueryWord[]): ReadonlyMap<number, readonly Hit[]> {
  const hits = new Map<number, Hit[]>();
  for (const [asked, { alternatives }] of query.entries()) {
    for (const [number, alternative] of alternatives) {
      const row = hits.get(number) ?? [];
      row.push({ asked, likeness: alternative.likeness });
      hits.set(number, row);
    }
  }
  return hits;
}
