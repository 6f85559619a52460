import { type FilterOptions, noFilterOptions } from '../search/filter.ts';
import { commonWords } from '../search/lexicon/common-words.ts';
import type { Passage } from '../search/passages.ts';
import type { Search } from '../search/search.ts';
import { type Change, changesOf } from './difference.ts';
import { isFound, type Placement, placeAmong, type Window, windowsAround } from './placement.ts';
import { isWholeAt, leaving, mayHavePlace, type Quote, sharedIn } from './read-quotes.ts';
import { type CheckResult, judge } from './verdict.ts';
import { comparedWords, type QuoteWord, quoteWords } from './words.ts';

/** What a check asks of a search: candidates, no more. */
export type PassageSearch = Pick<Search, 'passages'>;

/** Words of one query: more narrow nothing down. */
const mostAsked = 40;
/** Fewer words find too much, unless there are no more. */
const leastAsked = 3;
/** Queries along a long quotation. */
const mostQueries = 4;

/** One object for each article, though a library may read it anew for every search. */
function steady(search: PassageSearch): PassageSearch {
  const known = new Map<string, Passage['from']>();
  const knownOf = (passage: Passage): Passage => {
    const from = known.get(passage.from.article.id) ?? passage.from;
    known.set(from.article.id, from);
    return from === passage.from || from.article.text !== passage.from.article.text ? passage : { ...passage, from };
  };
  return { passages: async (words, filter) => (await search.passages(words, filter)).map(knownOf) };
}

/** Passages that may hold a quotation or a piece of it, the likeliest first: the best for each piece before the next best. */
async function candidatesFor(
  words: string,
  quote: readonly QuoteWord[],
  filter: FilterOptions,
  search: PassageSearch,
): Promise<Passage[]> {
  const lists: (readonly Passage[])[] = [];
  for (const query of queriesOf(words, quote)) lists.push(await search.passages(query, filter));
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

/** Half-open places in a quotation's words. */
interface Core {
  readonly start: number;
  readonly end: number;
}

/** What a word that is not the same takes away. */
const wrong = 1.2;

/**
 * The part of a quotation that has its place where it was laid: the run of steps that is worth most where a word that is
 * the same counts for it, and a change against it (Kadane's maximum subarray).
 */
function coreOf(changes: readonly Change[]): Core {
  let best = { worth: 0, start: 0, end: 0 };
  let worth = 0;
  let start = 0;
  for (const { kind, step } of changes) {
    worth += worthOf(kind, step.kind === 'same', step.quote.end - step.quote.start);
    if (worth <= 0) {
      worth = 0;
      start = step.quote.end;
    }
    if (worth > best.worth) best = { worth, start, end: step.quote.end };
  }
  return { start: best.start, end: best.end };
}

function worthOf(kind: Change['kind'], isSame: boolean, words: number): number {
  if (isSame) return words;
  return kind === 'altered' || kind === 'cut' ? -wrong * Math.max(words, 1) : 0;
}

/** Of a quotation's telling words, what a passage must hold to be like it. */
const leastShare = 0.25;

/** Of what a search found for a quotation that stands nowhere, the best that is like it at all: `undefined` where none is. */
function nearestOf(quote: readonly QuoteWord[], passages: readonly Passage[]): Passage | undefined {
  const telling = [...new Set(quote.map(({ term }) => term))].filter(term => !commonWords.has(term));
  if (telling.length === 0) return undefined;
  return passages
    .toSorted((one, other) => other.score - one.score)
    .find(({ from, excerpt }) => {
      const held = new Set(comparedWords(from.article.text, excerpt).map(({ term }) => term));
      return telling.filter(term => held.has(term)).length >= leastShare * telling.length;
    });
}

/** Fewer words than this beside what was found are an altered end, no part from elsewhere. */
const leastRest = 4;
/** Each is looked for by itself: whoever quotes in more pieces than this has them compared as one. */
const mostPieces = 8;

/**
 * Checks words against the articles that a search reaches. Candidates come from the search; what is decided, by laying
 * the words along the article's text.
 */
export async function check(claim: Quote, from: PassageSearch): Promise<CheckResult> {
  const search = steady(from);
  let finding = await checkWhole(claim, search);
  for (const leave of claim.isUnmarked ? leaving : []) {
    if (standsAsIs(finding)) return finding;
    const less = leave(finding.claim);
    const found = less && (await checkWhole(less.claim, search));
    if (less === undefined || found === undefined || !isWholeAt(less.end, found)) continue;
    // A part of which a word stands there, too, is changed, no chatter.
    const isChatter = sharedIn(found) >= sharedIn(finding) && !(await hasPlace(less.left, search));
    if (less.end === 'credit' || isChatter) finding = found;
  }
  return finding;
}

function standsAsIs({ verdict }: CheckResult): boolean {
  return !['not found', 'altered', 'cut', 'stitched'].includes(verdict);
}

async function hasPlace(words: string, search: PassageSearch): Promise<boolean> {
  return mayHavePlace(words) && (await checkWhole({ words, credited: undefined }, search)).verdict !== 'not found';
}

async function checkWhole(claim: Quote, search: PassageSearch): Promise<CheckResult> {
  const quote = quoteWords(claim.words);
  if (quote.length === 0) return { verdict: 'not found', claim, nearest: undefined };
  const passages = await candidatesFor(claim.words, quote, noFilterOptions, search);
  const finding = await decide(claim, quote, passages, search);
  if (finding.verdict === 'exact' || claim.credited === undefined) return finding;
  // Words that many have said: those of whom the claim credits may not be among the first.
  const theirs = await candidatesFor(claim.words, quote, { ...noFilterOptions, speaker: claim.credited }, search);
  return theirs.length === 0 ? finding : await decide(claim, quote, [...theirs, ...passages], search);
}

async function decide(
  claim: Quote,
  quote: readonly QuoteWord[],
  passages: readonly Passage[],
  search: PassageSearch,
): Promise<CheckResult> {
  const windows = windowsAround(passages, claim.words.length);
  const placements = placeAmong(quote, windows);
  const [best] = placements;
  const stitched = best === undefined ? [] : await apart(claim, best, windows, search);
  if (stitched.length > 0) return judge(claim, [stitched]);
  if (best === undefined || !isFound(best)) return { verdict: 'not found', claim, nearest: nearestOf(quote, passages) };
  return judge(
    claim,
    placements.map(placement => [placement]),
  );
}

/** The places of what does not stand together: of each piece between ellipses, else of a beginning and an end. */
async function apart(
  claim: Quote,
  placement: Placement,
  windows: readonly Window[],
  search: PassageSearch,
): Promise<readonly Placement[]> {
  const changes = changesOf(placement);
  // A negation that an ellipsis hides lies between pieces that do stand together.
  if (changes.every(({ kind, step }) => kind !== 'altered' || step.kind === 'skipped')) return [];
  const pieces = await placePieces(claim, placement.quote, windows, search);
  return pieces.length > 0 ? pieces : await stitch(claim, placement, windows, search);
}

/** Nothing unless every piece stands somewhere, word for word. */
async function placePieces(
  claim: Quote,
  quote: readonly QuoteWord[],
  windows: readonly Window[],
  search: PassageSearch,
): Promise<readonly Placement[]> {
  const starts = [0, ...quote.flatMap(({ afterEllipsis }, at) => (afterEllipsis ? [at] : []))];
  if (starts.length > mostPieces) return [];
  const placed: Placement[] = [];
  for (const [at, start] of starts.entries()) {
    const piece = quote.slice(start, starts[at + 1] ?? quote.length);
    const place = starts.length > 1 ? await placePiece(claim, piece, windows, search) : undefined;
    if (place === undefined || changesOf(place).some(({ kind }) => kind === 'altered')) return [];
    placed.push(place);
  }
  return placed;
}

/** A beginning and an end that do not belong to what was found, each in its own place; nothing where they have none. */
async function stitch(
  claim: Quote,
  placement: Placement,
  windows: readonly Window[],
  search: PassageSearch,
): Promise<readonly Placement[]> {
  const { quote, window } = placement;
  const core = coreOf(changesOf(placement));
  const before = await placeRest(claim, quote.slice(0, core.start), windows, search);
  const after = await placeRest(claim, quote.slice(core.end), windows, search);
  const start = before === undefined ? 0 : core.start;
  const end = after === undefined ? quote.length : core.end;
  if (end - start === quote.length) return [];
  const [middle] = placeAmong(quote.slice(start, end), [window]);
  return [before, middle, after].flatMap(each => each ?? []);
}

async function placeRest(
  claim: Quote,
  rest: readonly QuoteWord[],
  windows: readonly Window[],
  search: PassageSearch,
): Promise<Placement | undefined> {
  return rest.length < leastRest ? undefined : await placePiece(claim, rest, windows, search);
}

async function placePiece(
  claim: Quote,
  rest: readonly QuoteWord[],
  windows: readonly Window[],
  search: PassageSearch,
): Promise<Placement | undefined> {
  const passages = await candidatesFor(claim.words, rest, noFilterOptions, search);
  const nearby = windowsAround(passages, claim.words.length);
  const [best] = placeAmong(rest, [...windows, ...nearby]);
  return best !== undefined && isFound(best) ? best : undefined;
}
