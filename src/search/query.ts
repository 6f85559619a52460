import type { Misspelling, Term } from '../library/store/library-index.ts';
import type { Run } from '../library/store/script.ts';
import { findMisspellings, findTerms, findTermsWithPrefix } from '../library/store/terms.ts';
import { countUnits } from '../library/store/units.ts';
import type { Hit } from '../words/align.ts';
import { ASKING_WORDS, QUESTION_WORDS } from '../words/lexicon/common-words.ts';
import { bareOf, LIKENESS, mayMisspell, readTyped, splitsOf, type TypedWord, weighWord } from '../words/likeness.ts';

/** A term that a typed word may be; `likeness` from 0 to 1. */
interface Alternative extends Term {
  readonly likeness: number;
}

/** By term number. */
type Alternatives = ReadonlyMap<number, Alternative>;

/** A word of a query, with the library's terms that it may be. */
export interface QueryWord {
  readonly term: string;
  /** Rare words weigh more. */
  readonly weight: number;
  /** Empty if the library has nothing like it. */
  readonly alternatives: Alternatives;
}

/** Returns the greatest likeness of a word's alternatives, or 0 if it has none. */
export function surest({ alternatives }: QueryWord): number {
  return Math.max(0, ...[...alternatives.values()].map(({ likeness }) => likeness));
}

/** Returns at most how many units have any of the alternatives. */
export function frequencyOf({ alternatives }: Pick<QueryWord, 'alternatives'>): number {
  return [...alternatives.values()].reduce((sum, { frequency }) => sum + frequency, 0);
}

/** Share of their weight that words like "what" and "say" keep in a question. */
const ASKING_SHARE = 0.25;
/** A word in this many excerpts or fewer may itself be a misspelling, so similar ones are tried too. */
const RARE = 3;
const MOST_MISSPELLINGS = 12;
const MOST_STARTING = 60;
const SHORTEST_HALF = 3;
/** Weight of a word that the library doesn't have, against one in a single excerpt: it may just be misremembered. */
const UNKNOWN_SHARE = 0.6;

/** A word and the library's terms for it, without misspellings. */
interface KnownWord {
  readonly term: string;
  readonly alternatives: Alternatives;
  readonly frequency: number;
}

/**
 * Reads a query in terms of the library. With `open`, the last word may be unfinished. Makes at most three rounds of
 * index queries.
 */
export async function readQuery(typed: string, read: Run, open: boolean): Promise<QueryWord[]> {
  const words = readTyped(typed);
  const [first] = words;
  if (first === undefined) return [];
  const [size, known] = await Promise.all([read(countUnits), lookUp(words, read, open)]);
  const weigh: Weigh = (term, frequency) => weighWord(term, frequency, size);
  const respelt = await respell(
    known.filter(({ frequency }) => frequency <= RARE),
    read,
    weigh,
  );
  const query = known.flatMap(word => respelt.get(word.term) ?? [toQueryWord(word, weigh)]);
  if (!QUESTION_WORDS.has(first.term) || query.every(({ term }) => ASKING_WORDS.has(term))) return query;
  return query.map(each => (ASKING_WORDS.has(each.term) ? { ...each, weight: each.weight * ASKING_SHARE } : each));
}

type Weigh = (term: string, frequency: number) => number;

/** Returns the library's terms that may be forms of these words. */
async function formsIn(read: Run, words: readonly TypedWord[]): Promise<readonly Term[]> {
  const forms = words.flatMap(word => [...word.forms.keys()]);
  return await read(findTerms, 'text', [...new Set(forms)], [...new Set(words.map(({ bare }) => bare))]);
}

async function lookUp(words: readonly TypedWord[], read: Run, open: boolean): Promise<KnownWord[]> {
  const [found, ...starting] = await Promise.all([
    formsIn(read, words),
    ...words.map(({ term, isLone }, at) =>
      isLone || (open && at === words.length - 1) ? read(findTermsWithPrefix, 'text', term, MOST_STARTING) : [],
    ),
  ]);
  const byTerm = new Map(found.map(term => [term.term, term]));
  const byBare = Map.groupBy(found, ({ term }) => bareOf(term));
  return words.map(({ term, bare, forms }, at) => {
    const alternatives = new Map<number, Alternative>();
    for (const [form, sure] of forms) raise(alternatives, byTerm.get(form), sure);
    for (const each of byBare.get(bare) ?? []) {
      if (each.term.includes("'")) raise(alternatives, each, LIKENESS.apostrophe);
    }
    for (const each of starting[at] ?? []) raise(alternatives, each, LIKENESS.starting);
    return { term, alternatives, frequency: frequencyOf({ alternatives }) };
  });
}

function raise(alternatives: Map<number, Alternative>, term: Term | undefined, sure: number): void {
  if (term === undefined || sure <= (alternatives.get(term.number)?.likeness ?? 0)) return;
  alternatives.set(term.number, { ...term, likeness: sure });
}

function toQueryWord({ term, alternatives, frequency }: KnownWord, weigh: Weigh): QueryWord {
  return { term, weight: weigh(term, frequency), alternatives };
}

/** Returns, by word, what rare and unknown words may be. */
async function respell(
  words: readonly KnownWord[],
  read: Run,
  weigh: Weigh,
): Promise<ReadonlyMap<string, QueryWord[]>> {
  if (words.length === 0) return new Map();
  const terms = words.map(({ term }) => term);
  const halves = words
    .filter(({ frequency }) => frequency === 0)
    .flatMap(({ term }) => splitsOf(term, SHORTEST_HALF).flat());
  const [misspelt, known] = await Promise.all([
    read(findMisspellings, 'text', terms, MOST_MISSPELLINGS),
    halves.length === 0 ? [] : read(findTerms, 'text', [...new Set(halves)], []),
  ]);
  const byHalf = new Map(known.map(half => [half.term, half]));
  return new Map(
    words.map((word, at) => {
      const alternatives = withMisspelt(word, misspelt[at] ?? []);
      if (alternatives.size === 0) return [word.term, halvesOf(word.term, byHalf, weigh)];
      // Any of these may be meant; the rarest tells as much as the word could.
      const least = Math.min(...[...alternatives.values()].map(each => each.frequency));
      const frequency = Math.max(least, word.frequency);
      return [word.term, [toQueryWord({ ...word, alternatives, frequency }, weigh)]];
    }),
  );
}

function withMisspelt({ term: asked, alternatives: known }: KnownWord, misspelt: readonly Misspelling[]): Alternatives {
  const alternatives = new Map(known);
  const meant = misspelt.filter(({ term }) => mayMisspell(asked, term));
  for (const term of meant) raise(alternatives, term, term.edits === 1 ? LIKENESS.edited : LIKENESS.editedTwice);
  return alternatives;
}

/** Splits an unknown word into two known ones; if it can't be, returns it without alternatives. */
function halvesOf(term: string, known: ReadonlyMap<string, Term>, weigh: Weigh): QueryWord[] {
  const split = splitsOf(term, SHORTEST_HALF).find(halves => halves.every(half => known.has(half)));
  if (split === undefined) return [{ term, weight: UNKNOWN_SHARE * weigh(term, 0), alternatives: new Map() }];
  return split.flatMap(half => {
    const found = known.get(half);
    if (found === undefined) return [];
    const alternatives = new Map([[found.number, { ...found, likeness: LIKENESS.apostrophe }]]);
    return [{ term: half, weight: weigh(half, found.frequency), alternatives }];
  });
}

/** Returns, for each term, the query words it may be. */
export function hitsOf(query: readonly QueryWord[]): ReadonlyMap<number, readonly Hit[]> {
  const hits = query.flatMap(({ alternatives }, asked) =>
    [...alternatives].map(([number, { likeness }]) => ({ number, asked, likeness })),
  );
  return Map.groupBy(hits, ({ number }) => number);
}
