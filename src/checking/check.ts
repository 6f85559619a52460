import { anywhere, type Passage, type Scope } from '../search/passage.ts';
import type { Search } from '../search/search.ts';
import { changesOf } from './changes.ts';
import type { Claim } from './claim.ts';
import { coreOf } from './core.ts';
import type { Finding } from './finding.ts';
import { judge } from './judge.ts';
import { bestOf, isFound, type Placement, placeIn } from './placement.ts';
import { type QuoteWord, quoteWords } from './quote-words.ts';
import { type Window, windowsAround } from './window.ts';

/** What a check asks of a search: candidates, no more. */
export type Candidates = Pick<Search, 'passages'>;

/** Words of one query: more narrow nothing down. */
const mostAsked = 40;
/** Queries along a long quotation. */
const mostQueries = 4;
const mostWindows = 12;
/** Fewer words than this beside what was found are an altered end, no part from elsewhere. */
const leastRest = 4;

/**
 * Checks words against the articles that a search reaches. Candidates come from the search; what is decided, by laying
 * the words along the article's text.
 */
export async function check(claim: Claim, from: Candidates): Promise<Finding> {
  const search = steady(from);
  const quote = quoteWords(claim.words);
  if (quote.length === 0) return { verdict: 'not found', claim, nearest: undefined };
  const passages = await candidatesFor(claim, quote, search);
  const windows = windowsAround(passages, claim.words.length).slice(0, mostWindows);
  const placements = bestOf(windows.flatMap(window => placeIn(quote, window)));
  const [best] = placements;
  const stitched = best === undefined ? [] : await stitch(claim, best, windows, search);
  if (stitched.length > 0) return judge(claim, [stitched]);
  if (best === undefined || !isFound(best)) return { verdict: 'not found', claim, nearest: passages[0] };
  return judge(
    claim,
    placements.map(placement => [placement]),
  );
}

/** One object for each article, though a library may read it anew for every search. */
function steady(search: Candidates): Candidates {
  const known = new Map<string, Passage['from']>();
  const knownOf = (passage: Passage): Passage => {
    const from = known.get(passage.from.article.id) ?? passage.from;
    known.set(from.article.id, from);
    return from === passage.from || from.article.text !== passage.from.article.text ? passage : { ...passage, from };
  };
  return { passages: async (words, scope) => (await search.passages(words, scope)).map(knownOf) };
}

async function candidatesFor(claim: Claim, quote: readonly QuoteWord[], search: Candidates): Promise<Passage[]> {
  const scopes: readonly Scope[] =
    claim.credited === undefined ? [anywhere] : [anywhere, { ...anywhere, speaker: claim.credited }];
  const found: Passage[] = [];
  for (const words of queriesOf(claim.words, quote)) {
    for (const scope of scopes) found.push(...(await search.passages(words, scope)));
  }
  return found.sort((one, other) => other.score - one.score);
}

/** Pieces of a quotation to search for: one for each stretch between ellipses, several for a long one. */
function queriesOf(words: string, quote: readonly QuoteWord[]): string[] {
  const breaks = quote.flatMap(({ afterEllipsis }, at) => (afterEllipsis ? [at] : []));
  const starts = [0, ...breaks];
  const stretches = starts.map((start, at) => quote.slice(start, starts[at + 1] ?? quote.length));
  const pieces = stretches.flatMap(stretch => {
    const count = Math.ceil(stretch.length / mostAsked);
    return Array.from({ length: count }, (_, at) => stretch.slice(at * mostAsked, (at + 1) * mostAsked));
  });
  const chosen = pieces.length <= mostQueries ? pieces : spread(pieces);
  return chosen.map(piece => {
    const own = piece.filter(({ editorial }) => !editorial);
    return own.map(({ start, end }) => words.slice(start, end)).join(' ');
  });
}

/** The first, the last and some between. */
function spread<Item>(items: readonly Item[]): Item[] {
  const step = (items.length - 1) / (mostQueries - 1);
  return Array.from({ length: mostQueries }, (_, at) => items[Math.round(at * step)]).flatMap(item => item ?? []);
}

/** A beginning and an end that do not belong to what was found, each in its own place; nothing where they have none. */
async function stitch(
  claim: Claim,
  placement: Placement,
  windows: readonly Window[],
  search: Candidates,
): Promise<readonly Placement[]> {
  const { quote, window } = placement;
  const core = coreOf(changesOf(placement));
  const before = await placeRest(claim, quote.slice(0, core.start), windows, search);
  const after = await placeRest(claim, quote.slice(core.end), windows, search);
  const start = before === undefined ? 0 : core.start;
  const end = after === undefined ? quote.length : core.end;
  if (end - start === quote.length) return [];
  const middle = bestOf(placeIn(quote.slice(start, end), window))[0];
  return [before, middle, after].flatMap(each => each ?? []);
}

async function placeRest(
  claim: Claim,
  rest: readonly QuoteWord[],
  windows: readonly Window[],
  search: Candidates,
): Promise<Placement | undefined> {
  if (rest.length < leastRest) return undefined;
  const queries = queriesOf(claim.words, rest);
  const passages = (await Promise.all(queries.map(words => search.passages(words, anywhere)))).flat();
  const nearby = windowsAround(passages, claim.words.length).slice(0, mostWindows);
  const [best] = bestOf([...windows, ...nearby].flatMap(window => placeIn(rest, window)));
  return best !== undefined && isFound(best) ? best : undefined;
}
