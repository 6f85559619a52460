import { setImmediate } from 'node:timers/promises';
import { lengthOf, type Span, within } from '../news/span.ts';
import { type FilterOptions, NO_FILTER_OPTIONS } from '../search/filter.ts';
import type { Passage } from '../search/passages.ts';
import type { Search } from '../search/search.ts';
import { COMMON_WORDS } from '../words/lexicon/common-words.ts';
import { comparedWords, type QuoteWord, quoteWords } from '../words/quote-words.ts';
import { changesOf, type WordChange } from './difference.ts';
import { SAYING } from './lexicon/saying.ts';
import { isFound, type Placement, placeAmong, type TextWindow, windowsAround } from './placement.ts';
import { creditedAfter, creditedBefore, isBareName } from './read-credit.ts';
import type { Quote } from './read-quotes.ts';
import { type CheckResult, judge, mayHaveRemark } from './verdict.ts';

/** What checking needs of a search. */
export type PassageSearch = Pick<Search, 'passages'>;

/** Words in one query; more don't narrow it down. */
const MOST_ASKED = 40;
/** Fewer words find too much, unless there are no others. */
const LEAST_ASKED = 3;
/** Queries for one quote. */
const MOST_QUERIES = 4;
/** As many as a long credited quote without remarks needs if its beginning and end are from elsewhere. */
const MOST_SEARCHES = 24;

/**
 * Returns a search that finds nothing more after its last query, and lets others have their turn before each. It returns
 * the same object for the same article, though a library may read it again for each search.
 */
function boundedSearch(search: PassageSearch): PassageSearch {
  let left = MOST_SEARCHES;
  const known = new Map<string, Passage['from']>();
  const knownOf = (passage: Passage): Passage => {
    const from = known.get(passage.from.article.id) ?? passage.from;
    known.set(from.article.id, from);
    return from === passage.from || from.article.text !== passage.from.article.text ? passage : { ...passage, from };
  };
  const passages: PassageSearch['passages'] = async (words, filter) => {
    if (left === 0) return [];
    left -= 1;
    await setImmediate();
    return (await search.passages(words, filter)).map(knownOf);
  };
  return { passages };
}

/** Returns passages that may have a quote or a piece of it: the best for each piece, then the next best. */
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

/** Returns the pieces of a quote to search for: each stretch between ellipses, and several of a long one. */
function queriesOf(words: string, quote: readonly QuoteWord[]): string[] {
  const own = quote.filter(({ editorial }) => !editorial);
  const breaks = own.flatMap(({ afterEllipsis }, at) => (afterEllipsis ? [at] : []));
  const stretches = [0, ...breaks].map((start, at, starts) => own.slice(start, starts[at + 1] ?? own.length));
  const pieces = stretches.flatMap(stretch => {
    const count = Math.ceil(stretch.length / MOST_ASKED);
    return Array.from({ length: count }, (_, at) => stretch.slice(at * MOST_ASKED, (at + 1) * MOST_ASKED));
  });
  const telling = pieces.filter(({ length }) => length >= LEAST_ASKED);
  return spread(telling.length > 0 ? telling : [own.slice(0, MOST_ASKED)]).map(piece => textOf(words, piece));
}

/** Keeps Chinese characters together: search pairs them. */
function textOf(words: string, piece: readonly QuoteWord[]): string {
  return piece.reduce((text, { start, end }, at) => {
    const isBeside = at > 0 && piece[at - 1]?.end === start;
    return `${text}${isBeside || at === 0 ? '' : ' '}${words.slice(start, end)}`;
  }, '');
}

/** Returns all if there are few; otherwise the first, the last and some in between. */
function spread<Item>(items: readonly Item[]): readonly Item[] {
  if (items.length <= MOST_QUERIES) return items;
  const step = (items.length - 1) / (MOST_QUERIES - 1);
  const places = new Set(Array.from({ length: MOST_QUERIES }, (_, at) => Math.round(at * step)));
  return items.filter((_, at) => places.has(at));
}

/** The cost of a changed word, against 1 for one that is the same. */
const CHANGE_COST = 1.2;

/**
 * Returns which words of a quote belong where it was placed: the run with the most unchanged words for its changes
 * (Kadane).
 */
function coreOf(changes: readonly WordChange[]): Span {
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

function worthOf(kind: WordChange['kind'], isSame: boolean, words: number): number {
  if (isSame) return words;
  return kind === 'none' || kind === 'marked' ? 0 : -CHANGE_COST * Math.max(words, 1);
}

/** Share of a quote's telling words that a near passage must have. */
const LEAST_SHARE = 0.25;

/** Returns the best passage that is near a quote that wasn't found, or `undefined`. */
function nearestOf(quote: readonly QuoteWord[], passages: readonly Passage[]): Passage | undefined {
  const telling = [...new Set(quote.map(({ term }) => term))].filter(term => !COMMON_WORDS.has(term));
  if (telling.length === 0) return undefined;
  return passages
    .toSorted((one, other) => other.score - one.score)
    .find(({ from, excerpt }) => {
      const held = new Set(comparedWords(from.article.text, excerpt).map(({ term }) => term));
      return telling.filter(term => held.has(term)).length >= LEAST_SHARE * telling.length;
    });
}

/** In words; a shorter rest next to what was found is an altered end, not a part from elsewhere. */
const LEAST_REST = 4;
/** A quote in more pieces is compared as one. */
const MOST_PIECES = 8;

/**
 * Checks a quote against the articles that a search reaches. The search gives candidates; aligning the words decides.
 */
export async function check(quote: Quote, from: PassageSearch): Promise<CheckResult> {
  const asWritten = quote.asWritten && (await checkWhole(quote.asWritten, boundedSearch(from)));
  if (asWritten !== undefined && isInOneVoice(asWritten, quote)) return asWritten;
  const search = boundedSearch(from);
  let result = await checkWhole(quote, search);
  for (const strip of quote.isUnmarked ? REMARK_STRIPPERS : []) {
    for (const stripped of strip(result.quote)) {
      if (!mayHaveRemark(result)) return result;
      const found = await checkWhole(stripped.quote, search);
      if (isWholeAt(stripped.end, found) && (await isNoPart(stripped, found, result, search))) result = found;
    }
  }
  return result;
}

/** Share of what surrounds a quotation that an article must have if all of the message is a quote. Set by hand. */
const LEAST_AROUND = 0.7;

/**
 * True if an article has all of a message, and no part of it is a name beside somebody's words. If only a part of the
 * message is in quotation marks, the article must have all of it in some, but may have a few other words in the middle.
 */
function isInOneVoice(result: CheckResult, { isUnmarked, words }: Quote): boolean {
  if (result.verdict === 'not found' || (mayHaveRemark(result) && (isUnmarked || !isAround(words, result))))
    return false;
  return result.passages.every(({ matches, attribution, inMarks, verbatim }) => {
    const voice = isUnmarked ? (attribution?.content ?? (inMarks ? verbatim : matches)) : verbatim;
    return within(voice, matches).length === matches.length;
  });
}

/** True if an article has both ends of a message and most of what surrounds its quotation. */
function isAround(words: string, { quote, difference }: Exclude<CheckResult, { verdict: 'not found' }>): boolean {
  const added = difference.flatMap(({ kind, text }) => (kind === 'added' ? text : [])).join('');
  const isWhole = [difference[0], difference.at(-1)].every(end => end?.kind === 'same');
  return isWhole && added.length <= (1 - LEAST_AROUND) * (quote.words.length - words.length);
}

/** True if what was stripped is no part of the quote. `whole` is the result with it, and `found` that without it. */
async function isNoPart(
  { kind, remark }: WithoutRemark,
  found: CheckResult,
  whole: CheckResult,
  search: PassageSearch,
): Promise<boolean> {
  if (kind === 'credit after') return true;
  if (kind !== 'remark' && !mayHaveRemark(found)) return true;
  // If the article has any of its words there, it was changed and is no remark.
  if (kind === 'name' || sharedLength(found) < sharedLength(whole)) return false;
  return kind === 'credit before' || !(await isSomewhere(remark, search));
}

async function isSomewhere(words: string, search: PassageSearch): Promise<boolean> {
  if (countWords(words) < LEAST_TELLING) return false;
  return (await checkWhole({ words, credited: undefined }, search)).verdict !== 'not found';
}

async function checkWhole(quote: Quote, search: PassageSearch): Promise<CheckResult> {
  const words = quoteWords(quote.words);
  if (words.length === 0) return { verdict: 'not found', quote, nearest: undefined };
  const passages = await candidatesFor(quote.words, words, NO_FILTER_OPTIONS, search);
  const result = await decide(quote, words, passages, search);
  if (result.verdict === 'exact' || quote.credited === undefined) return result;
  // Many people may have said the words: those of the credited one may not be among the first.
  const filter = { ...NO_FILTER_OPTIONS, speaker: quote.credited };
  const theirs = await candidatesFor(quote.words, words, filter, search);
  return theirs.length === 0 ? result : await decide(quote, words, [...theirs, ...passages], search);
}

async function decide(
  quote: Quote,
  words: readonly QuoteWord[],
  passages: readonly Passage[],
  search: PassageSearch,
): Promise<CheckResult> {
  const windows = windowsAround(passages, quote.words.length);
  const placements = placeAmong(words, windows);
  const [best] = placements;
  const stitched = best === undefined ? [] : await placeApart(best, { quote, windows, search });
  if (stitched.length > 0) return judge(quote, [stitched]);
  if (best === undefined || !isFound(best)) return { verdict: 'not found', quote, nearest: nearestOf(words, passages) };
  return judge(
    quote,
    placements.map(placement => [placement]),
  );
}

/** Where the parts of a quote may be found. */
interface Surroundings {
  readonly quote: Quote;
  readonly windows: readonly TextWindow[];
  readonly search: PassageSearch;
}

/** Places the parts of a quote that don't belong together: each piece between ellipses, or a beginning and an end. */
async function placeApart(placement: Placement, around: Surroundings): Promise<readonly Placement[]> {
  const changes = changesOf(placement);
  // A negation hidden by an ellipsis is between pieces that do belong together.
  if (changes.every(({ kind, step }) => kind !== 'altered' || step.kind === 'skipped')) return [];
  const pieces = await placePieces(placement.quote, around);
  return pieces.length > 0 ? pieces : await stitch(placement, around);
}

/** Places each piece between ellipses. Returns nothing unless every piece is somewhere, unaltered. */
async function placePieces(words: readonly QuoteWord[], around: Surroundings): Promise<readonly Placement[]> {
  const starts = [0, ...words.flatMap(({ afterEllipsis }, at) => (afterEllipsis ? [at] : []))];
  if (starts.length === 1 || starts.length > MOST_PIECES) return [];
  const placed: Placement[] = [];
  for (const [at, start] of starts.entries()) {
    const placement = await placePiece(words.slice(start, starts[at + 1] ?? words.length), around);
    if (placement === undefined || changesOf(placement).some(({ kind }) => kind === 'altered')) return [];
    placed.push(placement);
  }
  return placed;
}

/** Places a beginning and an end that don't belong to what was found. Returns nothing if they aren't anywhere. */
async function stitch(placement: Placement, around: Surroundings): Promise<readonly Placement[]> {
  const { quote: words, window } = placement;
  const core = coreOf(changesOf(placement));
  const placeRest = async (rest: readonly QuoteWord[]) =>
    rest.length < LEAST_REST ? undefined : await placePiece(rest, around);
  const before = await placeRest(words.slice(0, core.start));
  const after = await placeRest(words.slice(core.end));
  const start = before === undefined ? 0 : core.start;
  const end = after === undefined ? words.length : core.end;
  if (end - start === words.length) return [];
  const [middle] = placeAmong(words.slice(start, end), [window]);
  return [before, middle, after].flatMap(each => each ?? []);
}

async function placePiece(
  piece: readonly QuoteWord[],
  { quote, windows, search }: Surroundings,
): Promise<Placement | undefined> {
  const passages = await candidatesFor(quote.words, piece, NO_FILTER_OPTIONS, search);
  const nearby = windowsAround(passages, quote.words.length);
  const [best] = placeAmong(piece, [...windows, ...nearby]);
  return best !== undefined && isFound(best) ? best : undefined;
}

/** In words; anything longer is hardly a remark. */
const LONGEST_REMARK = 8;
/** Any library has fewer words than these somewhere. */
const LEAST_TELLING = 3;

const LABEL = /^(?<remark>[^:：\n]{1,80})[:：]\s*(?<words>\S.*)$/sv;
const FIRST_LINE = /^(?<remark>[^\n]{1,80})\n\s*(?<words>\S.*)$/sv;
const LAST_LINE = /^(?<words>.*\S)\s*\n\s*(?<remark>[^\n]{1,80})$/sv;
const LAST_CLAUSE = /^(?<words>.*\S)\s*[,，]\s*(?<remark>[^,，\n]{3,80})$/sv;

/** Patterns for the first word, the first two, and so on, and what follows after a space, a dash or a comma. */
const FIRST_WORDS = Array.from(
  { length: LONGEST_REMARK },
  (_, more) => new RegExp(`^\\s*(?<remark>\\S+(?:\\s+\\S+){${more}}?),?\\s+(?:[\\-–—]+\\s+)?(?<words>\\S.*)$`, 'sv'),
);

const ACCORDING = /^(?<remark>(?:according to|per)\s[^,\n]{2,80})(?:,\s+(?<words>\S.*))?$/isv;

interface WithoutRemark {
  readonly quote: Quote;
  readonly remark: string;
  /** A credit has a verb of saying, and is never part of the quoted words. */
  readonly kind: 'remark' | 'name' | 'credit before' | 'credit after';
  /** The end at which what is left must be whole. */
  readonly end: 'start' | 'end' | undefined;
}

/** Ways to strip a remark from a quote without marks: a credit, or text set off by a colon or a line of its own. */
const REMARK_STRIPPERS: readonly ((quote: Quote) => readonly WithoutRemark[])[] = [
  stripCreditAfter,
  stripCreditBefore,
  stripName,
  quote => strip(quote, LABEL, 'start'),
  quote => strip(quote, FIRST_LINE, 'start'),
  quote => strip(quote, LAST_LINE, 'end'),
];

function strip(quote: Quote, pattern: RegExp, end: WithoutRemark['end']): WithoutRemark[] {
  const { words, remark } = pattern.exec(quote.words)?.groups ?? {};
  if (words === undefined || remark === undefined) return [];
  if (countWords(remark) > LONGEST_REMARK || countWords(remark) >= countWords(words)) return [];
  return [{ quote: { ...quote, words, remarks: [...(quote.remarks ?? []), remark] }, remark, kind: 'remark', end }];
}

/** "…, says Sullivan", "…, Sullivan said". */
function stripCreditAfter(quote: Quote): WithoutRemark[] {
  return strip(quote, LAST_CLAUSE, undefined).flatMap(found => {
    const words: readonly string[] = found.remark.toLowerCase().match(/\p{L}+/gv) ?? [];
    const credited = words.some(word => SAYING.has(word)) ? creditedAfter(found.remark) : undefined;
    return credited === undefined ? [] : [creditedTo(credited, { ...found, kind: 'credit after' })];
  });
}

/** "Sullivan says that …", "according to Sullivan, …". */
function stripCreditBefore(quote: Quote): WithoutRemark[] {
  const stripped = startsOf(quote.words).flatMap(pattern => strip(quote, pattern, undefined));
  const verbs = stripped.filter(({ remark }) => !ACCORDING.test(remark));
  return [...strip(quote, ACCORDING, undefined), ...verbs].flatMap(found => {
    const credited = creditedBefore(found.remark);
    return credited === undefined ? [] : [creditedTo(credited, { ...found, kind: 'credit before' })];
  });
}

/** "Jake Sullivan …", with nothing that says that he speaks: what follows must be a whole sentence of the article. */
function stripName(quote: Quote): WithoutRemark[] {
  return startsOf(quote.words).flatMap(pattern =>
    strip(quote, pattern, 'start').flatMap(found =>
      isBareName(found.remark) ? [creditedTo(found.remark, { ...found, kind: 'name' })] : [],
    ),
  );
}

/** Returns patterns for the first words of a quote, the most first. */
function startsOf(words: string): RegExp[] {
  return FIRST_WORDS.slice(0, Math.max(countWords(words) - 1, 0)).toReversed();
}

function creditedTo(name: string, found: WithoutRemark): WithoutRemark {
  const credited = found.quote.credited ?? (name.trim() || undefined);
  return { ...found, quote: { ...found.quote, credited } };
}

function countWords(text: string): number {
  return text.split(/\s+/v).filter(word => word !== '').length;
}

/** Returns how much of an article a quote shares, in UTF-16 units. */
function sharedLength(result: CheckResult): number {
  return result.verdict === 'not found' ? 0 : lengthOf(result.passages.flatMap(({ matches }) => matches));
}

/** Maximum distance back to the end of a sentence, across its closing marks, in UTF-16 units. Set by hand. */
const MOST_MARKS = 40;
/** After the end of a sentence, or after an opening mark. */
const ENDED = /(?:[.!?。！？…][\s"”’」]*|["“‘「«])$/v;

/** True if what was found begins, or ends, where a sentence or a quotation of the article does. */
function isWholeAt(end: WithoutRemark['end'], result: CheckResult): boolean {
  if (result.verdict === 'not found') return false;
  if (end === undefined) return true;
  const [first, last = first] = [result.passages[0], result.passages.at(-1)];
  if (end === 'end') {
    const after = last.from.article.text.slice(last.matches.at(-1)?.end);
    return /^\s*(?:$|\n|[.!?。！？…,，;；]|["”’」»])/v.test(after);
  }
  const before = first.from.article.text.slice(0, first.matches[0]?.start);
  const words = before.trimEnd();
  return words === '' || before.includes('\n', words.length) || ENDED.test(words.slice(-MOST_MARKS));
}
