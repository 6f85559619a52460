import type { Passage, Scope } from '../search/passage.ts';
import type { Search } from '../search/search.ts';
import type { QuoteWord } from './quote-words.ts';

/** What a check asks of a search: candidates, no more. */
export type Candidates = Pick<Search, 'passages'>;

/** Words of one query: more narrow nothing down. */
const mostAsked = 40;
/** Fewer words find too much, unless there are no more. */
const leastAsked = 3;
/** Queries along a long quotation. */
const mostQueries = 4;

/** One object for each article, though a library may read it anew for every search. */
export function steady(search: Candidates): Candidates {
  const known = new Map<string, Passage['from']>();
  const knownOf = (passage: Passage): Passage => {
    const from = known.get(passage.from.article.id) ?? passage.from;
    known.set(from.article.id, from);
    return from === passage.from || from.article.text !== passage.from.article.text ? passage : { ...passage, from };
  };
  return { passages: async (words, scope) => (await search.passages(words, scope)).map(knownOf) };
}

/** Passages that may hold a quotation or a piece of it, the likeliest first: the best for each piece before the next best. */
export async function candidatesFor(
  words: string,
  quote: readonly QuoteWord[],
  scope: Scope,
  search: Candidates,
): Promise<Passage[]> {
  const lists: (readonly Passage[])[] = [];
  for (const query of queriesOf(words, quote)) lists.push(await search.passages(query, scope));
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap(list => list[at] ?? [])).flat();
}

/** Pieces of a quotation to search for: one for each stretch between ellipses, several for a long one. */
function queriesOf(words: string, quote: readonly QuoteWord[]): string[] {
  const own = quote.filter(({ editorial }) => !editorial);
  const breaks = own.flatMap(({ afterEllipsis }, at) => (afterEllipsis ? [at] : []));
  const stretches = [0, ...breaks].map((start, at, starts) => own.slice(start, starts[at + 1] ?? own.length));
  const pieces = stretches.flatMap(stretch => {
    const count = Math.ceil(stretch.length / mostAsked);
    return Array.from({ length: count }, (_, at) => stretch.slice(at * mostAsked, (at + 1) * mostAsked));
  });
  const telling = pieces.filter(({ length }) => length >= leastAsked);
  return spread(telling.length > 0 ? telling : [own.slice(0, mostAsked)]).map(piece => textOf(words, piece));
}

/** Signs that stand side by side stay so: search pairs them. */
function textOf(words: string, piece: readonly QuoteWord[]): string {
  return piece.reduce((text, { start, end }, at) => {
    const isBeside = at > 0 && piece[at - 1]?.end === start;
    return `${text}${isBeside || at === 0 ? '' : ' '}${words.slice(start, end)}`;
  }, '');
}

/** All where there are few; else the first, the last and some between. */
function spread<Item>(items: readonly Item[]): readonly Item[] {
  if (items.length <= mostQueries) return items;
  const step = (items.length - 1) / (mostQueries - 1);
  const places = new Set(Array.from({ length: mostQueries }, (_, at) => Math.round(at * step)));
  return items.filter((_, at) => places.has(at));
}
