import type { Hit } from './align.ts';
import { askingWords, questionWords } from './lexicon/asking.ts';
import { formsOf, likeness, ownerOf } from './likeness.ts';
import type { Vocabulary } from './vocabulary.ts';
import { wordsOf } from '../indexing/words.ts';

/** A word of a query with the library's terms that may be it. */
export interface Asked {
  readonly term: string;
  /** How much it tells: rare words weigh more. */
  readonly weight: number;
  /** Term's number -> how surely it is the word asked for, 0 to 1. Empty: the library has nothing like it. */
  readonly alternatives: ReadonlyMap<number, number>;
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

/**
 * What a query asks for in terms of the library. `weigh` gives a word's weight by its term and frequency.
 * With `open`, the last word may be unfinished, as while somebody is typing.
 */
export function readQuery(
  typed: string,
  vocabulary: Vocabulary,
  weigh: (term: string, frequency: number) => number,
  open: boolean,
): Asked[] {
  const words = wordsOf(typed.slice(0, 4_000)).slice(0, mostAsked);
  const question = questionWords.has(words[0]?.term ?? '');
  const asked = words.flatMap((word, at) => {
    // The last of a row of signs is in the pair before it already.
    const paired = word.sign && words[at - 1]?.sign === true && words[at - 1]?.end === word.start;
    const lone = word.sign && words[at + 1]?.start !== word.end;
    if (paired && lone) return [];
    const prefix = lone || (open && at === words.length - 1);
    return ask(word.term, vocabulary, weigh, prefix);
  });
  if (!question || asked.every(({ term }) => askingWords.has(term))) return asked;
  return asked.map(each => (askingWords.has(each.term) ? { ...each, weight: each.weight * askingShare } : each));
}

function ask(
  term: string,
  vocabulary: Vocabulary,
  weigh: (term: string, frequency: number) => number,
  prefix: boolean,
): Asked[] {
  const alternatives = sameWord(term, vocabulary);
  if (prefix) {
    for (const id of vocabulary.startingWith(term, mostPrefixed)) raise(alternatives, id, likeness.begun);
  }
  const frequency = sumFrequency(alternatives.keys(), vocabulary);
  if (frequency > rare) return [{ term, weight: weigh(term, frequency), alternatives }];
  for (const { id, edits } of vocabulary.misspellings(term, mostMisspellings)) {
    raise(alternatives, id, edits === 1 ? likeness.edited : likeness.editedTwice);
  }
  if (alternatives.size === 0) return askHalves(term, vocabulary, weigh);
  // What is meant may be any of these: the rarest tells as much as the word could.
  const least = Math.min(...[...alternatives.keys()].map(id => vocabulary.frequency(id)));
  return [{ term, weight: weigh(term, Math.max(least, frequency)), alternatives }];
}

/** "reevaluate" for "re-evaluate": two words that the library knows, where it does not know the one. */
function askHalves(term: string, vocabulary: Vocabulary, weigh: (term: string, frequency: number) => number): Asked[] {
  const unknown = { term, weight: unknownShare * weigh(term, 0), alternatives: new Map<number, number>() };
  for (let at = 2; at <= Math.min(term.length - 3, 40); at += 1) {
    const halves = [term.slice(0, at), term.slice(at)];
    const ids = halves.flatMap(half => vocabulary.find(half) ?? []);
    if (ids.length < 2) continue;
    return ids.map(id => ({
      term: vocabulary.term(id),
      weight: weigh(vocabulary.term(id), vocabulary.frequency(id)),
      alternatives: new Map([[id, likeness.apostrophe]]),
    }));
  }
  return [unknown];
}

/** The word itself, with or without its apostrophe or ending. */
function sameWord(term: string, vocabulary: Vocabulary): Map<number, number> {
  const found = new Map<number, number>();
  const add = (other: string, sure: number) => {
    const id = vocabulary.find(other);
    if (id !== undefined) raise(found, id, sure);
  };
  add(term, likeness.exact);
  const bare = term.replaceAll("'", '');
  if (bare !== term) add(bare, likeness.apostrophe);
  for (const id of vocabulary.withoutApostrophes(bare)) raise(found, id, likeness.apostrophe);
  const owner = ownerOf(term);
  add(owner, likeness.possessive);
  add(`${owner}'s`, likeness.possessive);
  for (const form of formsOf(owner)) add(form, likeness.inflected);
  return found;
}

function raise(found: Map<number, number>, id: number, sure: number): void {
  found.set(id, Math.max(found.get(id) ?? 0, sure));
}

function sumFrequency(ids: Iterable<number>, vocabulary: Vocabulary): number {
  let sum = 0;
  for (const id of ids) sum += vocabulary.frequency(id);
  return sum;
}

/** The same, from the text's side: for each term, which words of the query it may be. */
export function hitsOf(query: readonly Asked[]): ReadonlyMap<number, readonly Hit[]> {
  const hits = new Map<number, Hit[]>();
  for (const [asked, { alternatives }] of query.entries()) {
    for (const [id, sure] of alternatives) {
      const row = hits.get(id) ?? [];
      row.push({ asked, likeness: sure });
      hits.set(id, row);
    }
  }
  return hits;
}
