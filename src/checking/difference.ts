import { AUXILIARIES } from '../attribution/lexicon/grammar.ts';
import { extent, overlaps, type Span, slice } from '../news/span.ts';
import type { ArticleWord, Step } from '../words/align-quote.ts';
import { COMMON_WORDS } from '../words/lexicon/common-words.ts';
import { compareForms, typedWord } from '../words/likeness.ts';
import { type ComparedWord, carriesMeaning, isNegation } from '../words/quote-words.ts';
import { matchesOf } from '../words/words.ts';
import type { Placement } from './placement.ts';

/**
 * What an alignment step means. Skipped words of the article may be `cut` silently, `marked` with an ellipsis, or in
 * the article's own `voice` between what was said.
 */
export type WordChange = { readonly kind: 'none' | 'altered' | 'cut' | 'voice' | 'marked'; readonly step: Step };

/** Words that brackets may replace. */
const MOST_REPLACED = 8;
/** In words. A negation in a longer part that was left out belongs to that part. */
const SHORT_CLAUSE = 4;
const CONTRACTED = /'(?:m|re|ve|ll|d|s)$/v;
const SENTENCE_END = /[.!?…。！？\n]/v;
const CLAUSE_END = /[.,;:!?…—–\(\)。，；：！？]/v;

/** Returns what each step of a placement changes. */
export function changesOf(placement: Placement): WordChange[] {
  const inside = placement.steps.map((step): WordChange => {
    const reaching = reach(placement, step);
    const kind = kindOf(placement, reaching);
    return { kind, step: kind === 'none' ? step : reaching };
  });
  return [...negationBefore(placement), ...inside, ...negationAfter(placement)];
}

/** Finds a negation cut off at the start: "No one is above the law", quoted from "one" on. */
function negationBefore({ steps, window: { from, words } }: Placement): WordChange[] {
  const start = steps[0]?.article.start ?? 0;
  const word = words[start - 1];
  const isLeftOut = word !== undefined && isNegation(word.term) && opensSentence(from.article.text, word);
  return isLeftOut ? [leftOut(0, start - 1)] : [];
}

/** Finds a negation cut off at the end: "I will not", quoted up to "will". */
function negationAfter({ steps, quote, window: { from, words } }: Placement): WordChange[] {
  const end = steps.at(-1)?.article.end ?? 0;
  const [last, word] = [words[end - 1], words[end]];
  if (last === undefined || word === undefined || !isNegation(word.term)) return [];
  return governsNegation(last) && /^\s+$/v.test(from.article.text.slice(last.end, word.start))
    ? [leftOut(quote.length, end)]
    : [];
}

/** True for "will" in "I will not". */
export function governsNegation(word: ComparedWord | undefined): boolean {
  return word !== undefined && (AUXILIARIES.has(word.term) || CONTRACTED.test(word.term));
}

function leftOut(quote: number, article: number): WordChange {
  return {
    kind: 'altered',
    step: { kind: 'skipped', quote: { start: quote, end: quote }, article: { start: article, end: article + 1 } },
  };
}

/** Adds the article's word that brackets at an end of the quote replace: "[Trump] paid" for "Biden paid". */
function reach({ quote, steps, window: { from, words } }: Placement, step: Step): Step {
  if (step.kind !== 'added' || !quote[step.quote.start]?.editorial) return step;
  const isNext = (at: number) => at > 0 && /^[^\S\n]+$/v.test(gapBefore(from.article.text, words, at));
  const { start, end } = step.article;
  const first = step === steps[0] && isNext(start) ? start - 1 : start;
  const last = step === steps.at(-1) && isNext(end) ? end + 1 : end;
  return first < last ? { ...step, kind: 'changed', article: { start: first, end: last } } : step;
}

function kindOf(placement: Placement, step: Step): WordChange['kind'] {
  const { quote } = placement;
  if (step.kind === 'same') return 'none';
  if (step.kind === 'changed') return quote[step.quote.start]?.editorial ? bracketed(placement, step) : 'altered';
  if (step.kind === 'added') return quote[step.quote.start]?.editorial ? 'none' : 'altered';
  return kindOfSkip(placement, step);
}

function kindOfSkip(placement: Placement, step: Step): WordChange['kind'] {
  const { quote, window } = placement;
  const next = quote[step.quote.start];
  if (next?.afterEllipsis) return hidesNegation(placement, step) ? 'altered' : 'marked';
  if (next?.editorial || quote[step.quote.start - 1]?.editorial) return bracketed(placement, step);
  const skipped = window.words.slice(step.article.start, step.article.end);
  const [before, after] = [window.words[step.article.start - 1], window.words[step.article.end]];
  const areBrackets = skipped.every(word => word.bracketed) && !before?.bracketed && !after?.bracketed;
  if (areBrackets) return skipped.some(({ term }) => isNegation(term)) ? 'altered' : 'none';
  if (before?.said && after?.said && skipped.every(({ said }) => !said)) return 'voice';
  return hidesNegation(placement, step) ? 'altered' : 'cut';
}

/** Brackets may explain, but not reverse a sentence or put other words in place of what it is about. */
function bracketed({ quote, window, steps }: Placement, step: Step): WordChange['kind'] {
  const passed = window.words.slice(step.article.start, step.article.end);
  // The article's own brackets may be left out, but not replaced.
  const replaced = makesWay(steps, step) ? passed : passed.filter(word => !word.bracketed);
  const near = quote.slice(Math.max(step.quote.start - MOST_REPLACED, 0), step.quote.end + MOST_REPLACED);
  const added = near.filter(({ editorial }) => editorial);
  const isKept = (term: string) => added.some(word => compareForms(typedWord(term), word.term) > 0);
  const isChanged = replaced.some(({ term }) => carriesMeaning(term) || !(COMMON_WORDS.has(term) || isKept(term)));
  return isChanged || replaced.length > MOST_REPLACED ? 'altered' : 'none';
}

/** True if the quote has words of its own next to those that it skips. */
function makesWay(steps: readonly Step[], { kind, quote: { start, end } }: Step): boolean {
  return (
    kind === 'changed' ||
    steps.some(each => each.kind === 'added' && each.quote.start <= end && each.quote.end >= start)
  );
}

function opensSentence(text: string, { start }: ArticleWord): boolean {
  return /(?:^|[.!?:\n“"‘「])\s*$/v.test(text.slice(Math.max(start - 4, 0), start));
}

/** True if a clause was quoted without its negation. Of "never, never", either may be missing. */
function hidesNegation(placement: Placement, { article: { start, end } }: Step): boolean {
  const { words } = placement.window;
  const repeats = words[start] !== undefined && words[start].term === words[end]?.term;
  return leavesOutNegation(placement, start, end) || (repeats && leavesOutNegation(placement, start + 1, end + 1));
}

/** True if "I do not want" became "I do … want". */
function leavesOutNegation({ window: { from, words } }: Placement, start: number, end: number): boolean {
  if (!words.slice(start, end).some(({ term }) => isNegation(term))) return false;
  const pieces: ArticleWord[][] = [[]];
  for (const [at, word] of words.slice(start, end).entries()) {
    if (CLAUSE_END.test(gapBefore(from.article.text, words, start + at))) pieces.push([]);
    pieces.at(-1)?.push(word);
  }
  if (CLAUSE_END.test(gapBefore(from.article.text, words, end))) pieces.push([]);
  const attached = pieces.length === 1 ? pieces : [pieces[0] ?? [], pieces.at(-1) ?? []];
  return attached.some(piece => piece.length <= SHORT_CLAUSE && piece.some(({ term }) => isNegation(term)));
}

function gapBefore(text: string, words: readonly ArticleWord[], at: number): string {
  return text.slice(words[at - 1]?.end ?? 0, words[at]?.start ?? words[at - 1]?.end ?? 0);
}

const WORD = /[\p{L}\p{N}]/v;

type Run = { readonly kind: DifferencePart['kind']; span: Span };

const IN_BRACKETS = /\[[^\[\]\n]{1,200}\]/gv;

/** The brackets of both texts. If part of one differs, all of it does, so that none is shown by half. */
interface Brackets {
  readonly quote: readonly Span[];
  readonly article: readonly Span[];
}

/** A part of a word-by-word difference: in both texts, only in the quote, or only in the article. */
export interface DifferencePart {
  readonly kind: 'same' | 'added' | 'missing';
  /** From the quote, or from the article if it's `missing`: never made up. */
  readonly text: string;
}

/** Returns a quote's words, those that it added, and those of the article that it leaves out. */
export function differenceOf(quote: string, placement: Placement, changes: readonly WordChange[]): DifferencePart[] {
  const { article } = placement.window.from;
  const inArticle = matchesOf(article.text, IN_BRACKETS, extent(placement.window.words));
  const brackets = { quote: matchesOf(quote, IN_BRACKETS), article: inArticle };
  const isSpeech = isOfSpeech(placement);
  const told = withinSaid(placement, widened(placement, changes, brackets));
  const runs = told.flatMap((change, at) => {
    const each = runsOf(placement, change, isSpeech);
    return isBeyond(quote, placement, told, at) ? each.filter(({ kind }) => kind !== 'missing') : each;
  });
  const joined: Run[] = [];
  for (const run of grouped(runs)) {
    const last = joined.at(-1);
    const isApart = run.kind === 'missing' && WORD.test(article.text.slice(last?.span.end, run.span.start));
    if (last?.kind === run.kind && !isApart) last.span = { start: last.span.start, end: run.span.end };
    else joined.push({ ...run });
  }
  return joined.map(({ kind, span }) => {
    const isMissing = kind === 'missing';
    const [text, around] = isMissing ? [article.text, brackets.article] : [quote, brackets.quote];
    const whole = kind === 'same' ? span : extent([span, ...around.filter(each => overlaps(each, span))]);
    return { kind, text: withBrackets(text, whole) };
  });
}

/** True if most of the words that the quote shares are what somebody said, so that the article's own aren't quoted. */
function isOfSpeech({ steps, window: { words } }: Placement): boolean {
  const shared = steps.filter(({ kind }) => kind === 'same');
  return 2 * shared.filter(step => words[step.article.start]?.said === true).length > shared.length;
}

/**
 * Shows a changed end of a quote as added where it only happens to have words of the article's own text, next to what
 * somebody said: "a waste of money and effort" of “a waste of money” and said.
 */
function withinSaid(placement: Placement, changes: readonly WordChange[]): WordChange[] {
  if (!isOfSpeech(placement)) return [...changes];
  const { words } = placement.window;
  const isShared = ({ step }: WordChange) => step.kind === 'same' && words[step.article.start]?.said === true;
  const [first, last] = [changes.findIndex(isShared), changes.findLastIndex(isShared)];
  const ends = [changes.slice(0, first), changes.slice(last + 1)].filter(end =>
    end.some(({ kind }) => kind === 'altered'),
  );
  return changes.map(change => {
    const isOutside = ends.some(end => end.includes(change)) && words[change.step.article.start]?.said === false;
    if (!isOutside || change.step.kind === 'added' || change.step.kind === 'skipped') return change;
    const { start } = change.step.article;
    return { kind: 'altered', step: { ...change.step, kind: 'added', article: { start, end: start } } };
  });
}

/**
 * True before the first shared word and after the last, if the article has something in another voice or another
 * sentence there: that isn't missing, unless the quote has another sentence there too.
 */
function isBeyond(
  quote: string,
  { quote: quoted, window: { from, words } }: Placement,
  changes: readonly WordChange[],
  at: number,
): boolean {
  const isSame = ({ step }: WordChange) => step.kind === 'same';
  const [first, last] = [changes.findIndex(isSame), changes.findLastIndex(isSame)];
  const [change, shared] = [changes[at], changes[at < first ? first : last]];
  if (change?.step.kind !== 'changed' || shared === undefined || (at > first && at < last)) return false;
  const [word, near] = [words[change.step.article.start], words[shared.step.article.start]];
  const [put, beside] = [quoted[change.step.quote.start], quoted[shared.step.quote.start]];
  if (word === undefined || near === undefined || put === undefined || beside === undefined) return false;
  const between = gapBetween(word, near);
  if ((near.said && !word.said) || slice(from.article.text, between).includes('\n')) return true;
  const sentences = from.article.paragraphs.find(paragraph => overlaps(paragraph, near))?.sentences ?? [];
  const isOutside = sentences.some(({ start }) => start >= between.start && start <= between.end);
  return isOutside && !SENTENCE_END.test(slice(quote, gapBetween(put, beside)));
}

/** Returns what is between two words, in either order. */
function gapBetween(one: Span, other: Span): Span {
  return { start: Math.min(one.end, other.end), end: Math.max(one.start, other.start) };
}

/** Adds whatever shares a bracket with a change, and brackets that it replaced. */
function widened(
  { quote, window: { words } }: Placement,
  changes: readonly WordChange[],
  brackets: Brackets,
): WordChange[] {
  const held = changes.map(({ step }) => {
    const quoted = spanOf(quote.slice(step.quote.start, step.quote.end));
    const found = spanOf(words.slice(step.article.start, step.article.end));
    return [
      ...brackets.quote.filter(each => quoted !== undefined && overlaps(each, quoted)),
      ...brackets.article.filter(each => found !== undefined && overlaps(each, found)),
    ];
  });
  const told = changes.map((change, at) => {
    const makesWay = change.kind === 'none' && change.step.kind === 'skipped';
    const beside = makesWay ? [changes[at - 1], changes[at + 1]] : [];
    return differs(change) || beside.some(each => each?.step.kind === 'added' && differs(each));
  });
  const differing = new Set<Span>();
  for (let size = -1; size < differing.size; ) {
    size = differing.size;
    for (const [at, spans] of held.entries()) {
      if (told[at] !== true && !spans.some(each => differing.has(each))) continue;
      told[at] = true;
      for (const each of spans) differing.add(each);
    }
  }
  return changes.map((change, at) => (told[at] === true && !differs(change) ? { ...change, kind: 'altered' } : change));
}

function differs({ kind }: WordChange): boolean {
  return kind === 'cut' || kind === 'altered';
}

/** Returns what is missing, without the article's own words if it's speech: nobody left those out. */
function missingOf(words: readonly ArticleWord[], isSpeech: boolean): Run[] {
  const runs: ArticleWord[][] = [[]];
  for (const word of words) {
    if (!isSpeech || word.said || word.bracketed) runs.at(-1)?.push(word);
    else runs.push([]);
  }
  return runs.flatMap(run => {
    const span = spanOf(run);
    return span === undefined ? [] : [{ kind: 'missing', span } as const];
  });
}

function runsOf({ quote, window: { words } }: Placement, change: WordChange, isSpeech: boolean): Run[] {
  const { kind, quote: put, article } = change.step;
  const quoted = spanOf(quote.slice(put.start, put.end));
  const misses = differs(change);
  // "The board denied that it knew", quoted as "The board knew": its own words are missing, too.
  const isCue = kind === 'skipped' && [article.start - 1, article.end].some(at => words[at]?.said === false);
  const missing = misses ? missingOf(words.slice(article.start, article.end), isSpeech && !isCue) : [];
  if (quoted === undefined) return missing;
  return [...missing, { kind: misses ? 'added' : 'same', span: quoted }];
}

const ORDER = { same: 0, missing: 1, added: 2 } as const;

/** Puts what is missing first among neighbouring changes: "~~they will~~ **we shall**". */
function grouped(runs: readonly Run[]): Run[] {
  const pieces: Run[][] = [];
  for (const run of runs) {
    const last = pieces.at(-1);
    if (last?.[0] === undefined || (last[0].kind === 'same') !== (run.kind === 'same')) pieces.push([run]);
    else last.push(run);
  }
  return pieces.flatMap(piece => piece.toSorted((one, other) => ORDER[one.kind] - ORDER[other.kind]));
}

/** Includes brackets that open or close next to the words. */
export function withBrackets(text: string, { start, end }: Span): string {
  const from = text.charAt(start - 1) === '[' ? start - 1 : start;
  return text.slice(from, text.charAt(end) === ']' ? end + 1 : end);
}

/** Returns the span of words in order, or `undefined` for none. */
export function spanOf(words: readonly Span[]): Span | undefined {
  const [first, last] = [words[0], words.at(-1)];
  return first && last && { start: first.start, end: last.end };
}
