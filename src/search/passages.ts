import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import { type Unit, wholeSentences } from '../indexing/units.ts';
import type { Library } from '../library/library.ts';
import { type Filter, NO_FILTER, type UnitRow } from '../library/store/library-index.ts';
import type { Run } from '../library/store/script.ts';
import { findTerms } from '../library/store/terms.ts';
import { countUnits, readNewestQuotes } from '../library/store/units.ts';
import type { Paragraph } from '../news/article.ts';
import { contains, extent, lengthOf, overlaps, type Span, slice, within } from '../news/span.ts';
import { isEnglish } from '../words/english.ts';
import { COMMON_WORDS } from '../words/lexicon/common-words.ts';
import { hasAllWords, isEveryday } from '../words/likeness.ts';
import { foldPhrase, isTermOf, type Word, wordsOf } from '../words/words.ts';
import { isBy } from './filter.ts';
import { markWords } from './mark.ts';
import { type QueryWord, readQuery, surest } from './query.ts';
import { rankUnits, THOROUGH, type UnitScore } from './rank.ts';

/** `match`: these are the words, even if misspelt or misremembered. `near`: only good enough for "did you mean". */
export type Closeness = 'match' | 'near';

/** A search result. */
export interface Passage {
  readonly from: AttributedArticle;
  readonly paragraph: Paragraph;
  /** Whole sentences around the best match, contiguous, so that an interrupted quotation keeps its cue. */
  readonly excerpt: Span;
  /** Matching words within the excerpt: whole, ordered, disjoint. */
  readonly matches: readonly Span[];
  /** The attribution whose content has the match; `undefined` for the article's own words. */
  readonly attribution: Attribution | undefined;
  readonly closeness: Closeness;
  /** 0 to 1; only for ordering. */
  readonly score: number;
}

/** Attributions up to this length, in UTF-16 units, are shown whole, with their cue. */
export const LONGEST_WHOLE = 600;

/**
 * Returns the attribution whose content has at least half of what matches. Words in its own source and cue don't
 * count either way: "what did officials say about drones" asks for what is said, not who says it. They point to an
 * attribution only together, as in "what did CNN report": someone's name isn't their words. With a filter by speaker,
 * only what they said counts: words that Lee reports of Cho are found as Cho's, but as Lee's if Lee's are asked for.
 */
function attributionOf(unit: Unit, matches: readonly Span[], filter: Filter): Attribution | undefined {
  const weighed = unit.from.attributions
    .filter(each => each.content.some(piece => overlaps(piece, unit.span)) && isBy(each, unit.from, filter))
    .map(attribution => ({ attribution, ...weighMatches(attribution, matches) }))
    .filter(({ inside, isFramed, outside }) => (inside > 0 || isFramed) && inside >= outside)
    .sort(
      (one, other) =>
        other.inside - one.inside || lengthOf(one.attribution.content) - lengthOf(other.attribution.content),
    );
  return weighed[0]?.attribution;
}

function weighMatches({ content, source, cue }: Attribution, matches: readonly Span[]) {
  const near = within([...content, source, cue], matches);
  return {
    inside: lengthOf(within(content, matches)),
    outside: lengthOf(matches) - lengthOf(near),
    isFramed: within([source], matches).length > 0 && within([cue], matches).length > 0,
  };
}

/** Whole sentences: all of the attribution if it's short enough, otherwise those with matches. */
function excerptOf({ span, paragraph }: Unit, matches: readonly Span[], attribution: Attribution | undefined): Span {
  const isShownWhole = attribution !== undefined && span.end - span.start <= LONGEST_WHOLE;
  const matching = { start: matches[0]?.start ?? span.start, end: matches.at(-1)?.end ?? span.end };
  return wholeSentences(paragraph, isShownWhole ? span : matching);
}

interface ScoredUnit {
  readonly unit: Unit;
  readonly score: number;
}

/** What is searched: a library, or articles of one that were read before. */
interface PassageSource extends Pick<Library, 'articles'> {
  readonly read: Run;
}

/** Reads units with their articles, in order. Leaves out units whose article has changed since. */
export async function readUnits(
  library: Pick<Library, 'articles'>,
  ranked: readonly UnitScore[],
): Promise<ScoredUnit[]> {
  const articles = await readArticles(
    library,
    ranked.map(({ row }) => row),
  );
  return ranked.flatMap(({ row, score }) => {
    const unit = unitIn(articles.get(row.article), row);
    return unit === undefined ? [] : [{ unit, score }];
  });
}

/** Reads each row's article once; returns them by id. */
export async function readArticles(
  library: Pick<Library, 'articles'>,
  rows: readonly { readonly article: string }[],
): Promise<ReadonlyMap<string, AttributedArticle>> {
  const articles = await library.articles([...new Set(rows.map(({ article }) => article))]);
  return new Map(articles.map(from => [from.article.id, from]));
}

function unitIn(from: AttributedArticle | undefined, row: UnitRow): Unit | undefined {
  const paragraph = from?.article.paragraphs[row.paragraph];
  if (from === undefined || paragraph === undefined || !contains(paragraph, row.span)) return undefined;
  const { span } = row;
  if (row.attribution === undefined) return { from, paragraph, span, attribution: undefined };
  const attribution = from.attributions[row.attribution];
  const isUnchanged = attribution?.content.some(piece => overlaps(piece, span)) ?? false;
  return isUnchanged ? { from, paragraph, span, attribution } : undefined;
}

/** From this score up it's a match: 95 of 100 garbled queries reach it for their passage (measured). */
const MATCH_SCORE = 0.6;
/** Below this score a passage isn't worth a "did you mean". */
const NEAR_SCORE = 0.38;
/** Passages below this share of the best score are left out. */
const LEAST_SHARE = 0.6;
/** Narration ranks below what somebody said at an equal match. */
export const NARRATION_SHARE = 0.97;
const MOST_PASSAGES = 25;
/** More than are shown, since some are duplicates. */
const MOST_MARKED = 40;
/** A single shorter word that only matches approximately is a guess. */
const SURELY_MISSPELT = 6;

const SMALL = /^\p{Ll}/v;
const OPENS = /[“"‘'«„「『]/v;
const CLOSES = /^[.,;!?…。，！？]{0,3}[”"’'»“」』]/v;

/** Returns at most 25 passages, the best first; fewer take less time. */
export async function findPassages(
  library: PassageSource,
  words: string,
  filter: Filter,
  most = MOST_PASSAGES,
): Promise<Passage[]> {
  const query = await readQuery(words, library.read, false);
  const isGuess = isGuessed(query);
  const asked = wordsOf(words);
  const ranked = query.length === 0 ? [] : await rankUnits(query, library.read, filter, THOROUGH);
  const units = await readUnits(library, worthShowing(ranked).slice(0, MOST_MARKED - MOST_PASSAGES + most));
  const found = units
    .map(each => toPassage(each, words, isGuess, filter))
    .filter(passage => isTelling(passage, isGuess) && isBy(passage.attribution, passage.from, filter))
    .sort(
      (one, other) =>
        Number(isQuotedWhole(other, asked)) - Number(isQuotedWhole(one, asked)) || other.score - one.score,
    );
  return withoutDuplicates(found).slice(0, most);
}

/** Returns where a text has these words in a row. */
function occurrences(asked: readonly Word[], text: string, span: Span): Span[] {
  const words = wordsOf(text, span);
  return words.flatMap(({ start }, at) => {
    const last = words[at + asked.length - 1];
    const isThere = last !== undefined && asked.every((word, next) => isTermOf(word, words[at + next]?.term ?? ''));
    return isThere ? [{ start, end: last.end }] : [];
  });
}

/** True if these words, and no others, are between quotation marks in what somebody said. */
function isQuotedWhole({ from, attribution, excerpt }: Passage, asked: readonly Word[]): boolean {
  const { text } = from.article;
  if (attribution === undefined || asked.length === 0) return false;
  return occurrences(asked, text, excerpt).some(
    found =>
      attribution.content.some(piece => overlaps(piece, found)) &&
      OPENS.test(text.charAt(found.start - 1)) &&
      CLOSES.test(text.slice(found.end, found.end + 4)),
  );
}

/** Returns passages whose paragraph has the name, never starting with a small letter as a common word would. */
export async function findNaming(library: PassageSource, name: string, filter: Filter): Promise<Passage[]> {
  const asked = wordsOf(name);
  if (asked.every(({ term }) => COMMON_WORDS.has(term))) return [];
  return (await findPassages(library, name, filter)).flatMap(passage => {
    const { text } = passage.from.article;
    const named = occurrences(asked, text, passage.paragraph);
    const isName = named.length > 0 && named.every(({ start }) => !SMALL.test(text.charAt(start)));
    return isName ? [{ ...passage, excerpt: wholeSentences(passage.paragraph, named[0] ?? passage.excerpt) }] : [];
  });
}

/** Returns what was said last, under a filter by speaker: the newest article first, each in reading order. */
export async function findNewest(library: Library, filter: Filter, most: number): Promise<Passage[]> {
  const rows = await library.read(readNewestQuotes, filter, MOST_MARKED);
  const units = await readUnits(
    library,
    rows.map(row => ({ row, score: 1 })),
  );
  const found = units.filter(({ unit }) => isBy(unit.attribution, unit.from, filter));
  const passages = withoutDuplicates(
    found.map(each => ({ ...toPassage(each, '', false, filter), attribution: each.unit.attribution })),
  );
  return united(passages).slice(0, most);
}

/** Makes one passage of what the same person says in a paragraph, unless it's long or somebody else speaks between. */
function united(passages: readonly Passage[]): Passage[] {
  const kept: Passage[] = [];
  for (const passage of passages) {
    const { from, attribution } = passage;
    const at = kept.findLastIndex(({ paragraph }) => paragraph === passage.paragraph);
    const last = kept[at];
    const excerpt = extent([passage, ...(last === undefined ? [] : [last])].map(each => each.excerpt));
    const isAlone = from.attributions.every(
      ({ speaker, content }) => speaker === attribution?.speaker || content.every(span => !overlaps(span, excerpt)),
    );
    const isShort = excerpt.end - excerpt.start <= LONGEST_WHOLE;
    const isSame = last?.attribution?.certainty === attribution?.certainty;
    if (last !== undefined && isSame && isAlone && isShort) kept[at] = { ...last, excerpt };
    else kept.push(passage);
  }
  return kept;
}

function worthShowing(ranked: readonly UnitScore[]): readonly UnitScore[] {
  const least = Math.max(NEAR_SCORE, (ranked[0]?.score ?? 0) * LEAST_SHARE);
  return ranked.filter(({ score }) => score >= least).slice(0, MOST_MARKED);
}

function isGuessed([only, ...more]: readonly QueryWord[]): boolean {
  return only !== undefined && more.length === 0 && only.term.length < SURELY_MISSPELT && surest(only) < 0.9;
}

/**
 * A guess must match at least one word that isn't everyday: a rare word may be misspelt as a common one, but isn't
 * looked for.
 */
function isTelling({ from: { article }, matches }: Passage, isGuess: boolean): boolean {
  const terms = matches.flatMap(match => wordsOf(article.text, match)).map(({ term }) => term);
  return terms.some(term => !isGuess || !isEveryday(term));
}

function toPassage({ unit, score }: ScoredUnit, words: string, isGuess: boolean, filter: Filter): Passage {
  const { from, paragraph, span } = unit;
  const matches = markWords(from.article.text, span, words, unit.attribution?.content);
  const attribution = attributionOf(unit, matches, filter);
  const closeness = score >= MATCH_SCORE && !isGuess ? 'match' : 'near';
  const share = attribution === undefined ? NARRATION_SHARE : 1;
  const excerpt = excerptOf(unit, matches, attribution);
  return { from, paragraph, excerpt, matches, attribution, closeness, score: score * share };
}

/** Shows the same words once: under the innermost attribution, which ranks first. */
function withoutDuplicates(passages: readonly Passage[]): Passage[] {
  const kept: Passage[] = [];
  for (const passage of passages) {
    const isDuplicate = kept.some(
      other =>
        other.from === passage.from &&
        overlaps(other.excerpt, passage.excerpt) &&
        (other.attribution === passage.attribution || shareMatch(other.matches, passage.matches)),
    );
    if (!isDuplicate) kept.push(passage);
  }
  return kept;
}

function shareMatch(some: readonly Span[], others: readonly Span[]): boolean {
  return some.some(one => others.some(other => overlaps(one, other)));
}

/** Quotes on the same subject as another. */
export interface SimilarQuotes {
  readonly passages: readonly Passage[];
  /** The words that they share with it. */
  readonly words: string;
}

/** Fewer words find more, but less similar quotes. */
const NUMBERS_OF_WORDS = [6, 4, 3, 2];
const SHORTEST_WORD = 4;
const MOST_SIMILAR = 5;
/** Runs of words that are searched for: another quote may share any part. */
const MOST_RUNS = 3;
/** Share of all units up to which a word tells what a quote is about. */
const COMMON_SHARE = 0.05;
/** In units; in a small library few words are rare. */
const LEAST_COMMON = 12;

type Quote = Pick<Passage, 'from' | 'excerpt' | 'attribution'>;

/** A word of a quote, and how many of the library's units have it. */
interface TellingWord {
  readonly word: string;
  readonly frequency: number;
}

/** Returns the words of a quote, in order, that tell what it is about and that other units have too. */
async function tellingWords({ from, excerpt, attribution }: Quote, { read }: Library): Promise<TellingWord[]> {
  const { text } = from.article;
  const spans = attribution?.content.filter(span => overlaps(span, excerpt)) ?? [excerpt];
  const words = new Map(
    spans.flatMap(span => wordsOf(text, span)).map(word => [word.term, slice(text, word)] as const),
  );
  const asked = [...words].filter(([term]) => term.length >= SHORTEST_WORD);
  const mostFrequent = Math.max(LEAST_COMMON, (await read(countUnits)) * COMMON_SHARE);
  const terms = asked.map(([term]) => term);
  const frequencies = new Map(
    (await read(findTerms, 'text', terms, [])).map(({ term, frequency }) => [term, frequency]),
  );
  return asked
    .map(([term, word]) => ({ word, frequency: frequencies.get(term) ?? 0 }))
    .filter(({ frequency }) => frequency > 1 && frequency <= mostFrequent);
}

function totalFrequency(some: readonly TellingWord[]): number {
  return some.reduce((sum, { frequency }) => sum + frequency, 0);
}

/** Sets of `number` words to search for: the rarest of all, then runs of neighbours, the rarest first. */
function choices(telling: readonly TellingWord[], number: number): readonly (readonly TellingWord[])[] {
  if (telling.length < number) return [];
  const rarest = telling.toSorted((one, other) => one.frequency - other.frequency).slice(0, number);
  const runs = telling.slice(number - 1).map((_, at) => telling.slice(at, at + number));
  return [rarest, ...runs.sort((one, other) => totalFrequency(one) - totalFrequency(other)).slice(0, MOST_RUNS)];
}

/** Returns at most 5 other quotes that share the most telling words with a quote. */
export async function findSimilar(library: Library, quote: Quote): Promise<SimilarQuotes> {
  const telling = await tellingWords(quote, library);
  for (const chosen of NUMBERS_OF_WORDS.flatMap(number => choices(telling, number))) {
    const words = chosen.map(({ word }) => word).join(' ');
    const others = (await findPassages(library, words, NO_FILTER)).filter(
      ({ from, attribution, closeness, excerpt }) =>
        attribution !== undefined &&
        closeness === 'match' &&
        (from.article.id !== quote.from.article.id || !overlaps(excerpt, quote.excerpt)),
    );
    if (others.length > 0) return { passages: others.slice(0, MOST_SIMILAR), words };
  }
  return { passages: [], words: '' };
}

/** Returns the articles that have all words but those that tell nothing, such as "the", the best passages first. */
export async function findAbout(library: PassageSource, words: string, filter: Filter): Promise<AttributedArticle[]> {
  const articles = new Set((await findPassages(library, words, filter)).map(({ from }) => from));
  return [...articles].filter(({ article: { text } }) => hasAllWords(text, words));
}

/** Share of the typed words from which a passage has the wording, and needn't answer a question. */
const WORDING_SHARE = 0.8;

/** True if a passage has the words of a search nearly as they were typed: somebody may have asked that in an article. */
export function hasWording({ from: { article }, matches, excerpt }: Passage, words: string): boolean {
  const typed = wordsOf(words);
  if (foldPhrase(slice(article.text, excerpt)).includes(foldPhrase(words))) return true;
  const matched = matches.flatMap(match => wordsOf(article.text, match));
  return matched.length >= WORDING_SHARE * typed.length;
}

/** True if an article has no attributions because it isn't in English. */
export function isUnread({ article, attributions }: AttributedArticle): boolean {
  return attributions.length === 0 && !isEnglish(article.text);
}
