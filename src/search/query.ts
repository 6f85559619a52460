import { wordsOf } from '../indexing/words.ts';
import type { LibraryIndex, Term } from '../library/store/library-index.ts';
import { askingWords, questionWords } from './lexicon/asking.ts';
import type { Hit } from './rank.ts';
import {
  type Alternatives,
  addBegun,
  addMisspelt,
  formsToFind,
  frequencyOf,
  likeness,
  sameWord,
  weighWord,
} from './same-word.ts';

/** A word of a query with the library's terms that may be it. */
export interface Asked {
  readonly term: string;
  /** How much it tells: rare words weigh more. */
  readonly weight: number;
  /** By the term's number. Empty: the library has nothing like it. */
  readonly alternatives: Alternatives;
}

/** In a question the asking words count for this share of their weight. */
const askingShare = 0.25;
/** Longer queries are cut: nobody remembers more, and a stranger may send a book. */
const mostAsked = 48;
/** A word that so few excerpts hold may itself be a misspelling, so its neighbours are tried too. */
const rare = 3;
const mostMisspellings = 12;
const mostPrefixed = 60;
/** What a word that the library has not weighs, against one that it has once: it may just be misremembered. */
const unknownShare = 0.6;

/** A word as it was typed; `open`: what begins so is meant, too. */
interface Typed {
  readonly term: string;
  readonly open: boolean;
}

interface Read extends Typed {
  readonly alternatives: Alternatives;
  readonly frequency: number;
}

/**
 * What a query asks for in terms of the library. With `open`, the last word may be unfinished, as while somebody is typing.
 * However many words: three questions to the index, one after the other.
 */
export async function readQuery(typed: string, index: LibraryIndex, open: boolean): Promise<Asked[]> {
  const words = readTyped(typed, open);
  if (words.length === 0) return [];
  const [size, read] = await Promise.all([index.size(), lookUp(words, index)]);
  const weigh: Weigh = (term, frequency) => weighWord(term, frequency, size);
  const respelt = await respell(
    read.filter(({ frequency }) => frequency <= rare),
    index,
    weigh,
  );
  const asked = read.flatMap(word => respelt.get(word.term) ?? [ask(word, weigh)]);
  if (!questionWords.has(words[0]?.term ?? '') || asked.every(({ term }) => askingWords.has(term))) return asked;
  return asked.map(each => (askingWords.has(each.term) ? { ...each, weight: each.weight * askingShare } : each));
}

type Weigh = (term: string, frequency: number) => number;

function readTyped(typed: string, open: boolean): Typed[] {
  const words = wordsOf(typed.slice(0, 4_000)).slice(0, mostAsked);
  return words.flatMap((word, at) => {
    // The last of a row of signs is in the pair before it already.
    const paired = word.sign && words[at - 1]?.sign === true && words[at - 1]?.end === word.start;
    const lone = word.sign && words[at + 1]?.start !== word.end;
    if (paired && lone) return [];
    return [{ term: word.term, open: lone || (open && at === words.length - 1) }];
  });
}

async function lookUp(words: readonly Typed[], index: LibraryIndex): Promise<Read[]> {
  const { asked, bare } = formsToFind(words.map(({ term }) => term));
  const [found, ...begun] = await Promise.all([
    index.terms('text', asked, bare),
    ...words.map(({ term, open }) => (open ? index.termsWithPrefix('text', term, mostPrefixed) : [])),
  ]);
  const same = sameWord(found);
  return words.map((word, at) => {
    const alternatives = addBegun(same(word.term), begun[at] ?? []);
    return { ...word, alternatives, frequency: frequencyOf(alternatives) };
  });
}

function ask({ term, alternatives, frequency }: Read, weigh: Weigh): Asked {
  return { term, weight: weigh(term, frequency), alternatives };
}

/** What the words may be that the library has hardly or not at all, by the word. */
async function respell(
  words: readonly Read[],
  index: LibraryIndex,
  weigh: Weigh,
): Promise<ReadonlyMap<string, Asked[]>> {
  if (words.length === 0) return new Map();
  const terms = words.map(({ term }) => term);
  const halves = words.filter(({ frequency }) => frequency === 0).flatMap(({ term }) => splitsOf(term).flat());
  const [misspelt, known] = await Promise.all([
    index.misspellings('text', terms, mostMisspellings),
    halves.length === 0 ? [] : index.terms('text', [...new Set(halves)], []),
  ]);
  const byHalf = new Map(known.map(half => [half.term, half]));
  return new Map(
    words.map((word, at) => {
      const alternatives = addMisspelt(word.alternatives, misspelt[at] ?? []);
      if (alternatives.size === 0) return [word.term, askHalves(word.term, byHalf, weigh)];
      // What is meant may be any of these: the rarest tells as much as the word could.
      const least = Math.min(...[...alternatives.values()].map(each => each.frequency));
      const frequency = Math.max(least, word.frequency);
      return [word.term, [ask({ ...word, alternatives, frequency }, weigh)]];
    }),
  );
}

/** "reevaluate" for "re-evaluate": two words that the library knows, where it does not know the one. */
function askHalves(term: string, known: ReadonlyMap<string, Term>, weigh: Weigh): Asked[] {
  const split = splitsOf(term).find(halves => halves.every(half => known.has(half)));
  if (split === undefined) return [{ term, weight: unknownShare * weigh(term, 0), alternatives: new Map() }];
  return split.flatMap(half => {
    const found = known.get(half);
    if (found === undefined) return [];
    const alternatives = new Map([[found.number, { ...found, likeness: likeness.apostrophe }]]);
    return [{ term: half, weight: weigh(half, found.frequency), alternatives }];
  });
}

function splitsOf(term: string): (readonly [string, string])[] {
  const last = Math.min(term.length - 3, 40);
  const places = Array.from({ length: Math.max(0, last - 1) }, (_, at) => at + 2);
  return places.map(at => [term.slice(0, at), term.slice(at)] as const);
}

/** The same, from the text's side: for each term, which words of the query it may be. */
export function hitsOf(query: readonly Asked[]): ReadonlyMap<number, readonly Hit[]> {
  const hits = new Map<number, Hit[]>();
  for (const [asked, { alternatives }] of query.entries()) {
    for (const [number, { likeness: sure }] of alternatives) {
      const row = hits.get(number) ?? [];
      row.push({ asked, likeness: sure });
      hits.set(number, row);
    }
  }
  return hits;
}
