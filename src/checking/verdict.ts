import { type Attribution, certaintyOf } from '../attribution/attribution.ts';
import { extent, lengthOf, overlaps, slice } from '../news/span.ts';
import type { Passage } from '../search/passages.ts';
import { endsWithName, isHearsay, withReporting } from './credit.ts';
import { changesOf, type DifferencePart, differenceOf, type WordChange } from './difference.ts';
import type { Placement } from './placement.ts';
import { partsOf, type QuotedPassage, type QuotePart, quotedPassages } from './quoted-passages.ts';
import type { Quote } from './read-quotes.ts';
import { type Reversal, reversalsOf } from './reversals.ts';

/** What a verdict is based on. */
interface Evidence {
  readonly changes: readonly WordChange[];
  /** True if the parts don't belong together. */
  readonly isStitched: boolean;
  /** The passage whose speaker and credit decide. */
  readonly passage: QuotedPassage;
  readonly passages: readonly QuotedPassage[];
}

interface VerdictRule {
  readonly name: string;
  /**
   * Of several places that are equally like the quote, the one with the lowest rank counts: it supports the quote best.
   */
  readonly rank: number;
  applies(evidence: Evidence): boolean;
}

/**
 * The verdicts on a quote that was found: the first that applies. Changes come before speakers, so that no changed word
 * is ever "exact".
 */
const VERDICTS = [
  {
    name: 'altered',
    rank: 8,
    applies: ({ changes }) => changes.some(({ kind }) => kind === 'altered'),
  },
  { name: 'stitched', rank: 9, applies: ({ isStitched }) => isStitched },
  { name: 'cut', rank: 3, applies: ({ changes }) => changes.some(({ kind }) => kind === 'cut') },
  { name: 'denied', rank: 7, applies: ({ passage }) => passage.denial !== undefined && !quotesCue(passage) },
  {
    name: 'own voice',
    rank: 6,
    applies: ({ passage: { denial, attribution, inMarks } }) =>
      denial !== undefined || (attribution === undefined && !inMarks),
  },
  { name: 'wrong name', rank: 5, applies: ({ passage }) => passage.credit === 'other' },
  { name: 'name open', rank: 4, applies: ({ passage }) => passage.credit === 'open' },
  { name: 'paraphrase', rank: 2, applies: ({ passages }) => passages.some(({ isParaphrase }) => isParaphrase) },
  { name: 'exact', rank: 1, applies: () => true },
] as const satisfies readonly VerdictRule[];

export type Verdict = (typeof VERDICTS)[number]['name'];

/** A quote judged by one of the places where it may be from. */
interface Judgement {
  readonly verdict: Verdict;
  /** The verdict if the quote had all of the words and no others. */
  readonly unchanged: Verdict;
  readonly compared: readonly { readonly placement: Placement; readonly changes: readonly WordChange[] }[];
  /** One for each paragraph, and for each article that the parts come from. */
  readonly passages: readonly [QuotedPassage, ...QuotedPassage[]];
  /** The passage whose speaker and credit decided. */
  readonly deciding: QuotedPassage;
  /** True if the parts don't belong together. */
  readonly isStitched: boolean;
}

/** The result of checking one quote. */
export type CheckResult =
  | (Omit<Judgement, 'compared' | 'unchanged'> & {
      readonly quote: Quote;
      readonly difference: readonly DifferencePart[];
      /** Changes that make it say the opposite, or another number or day. */
      readonly reversals: readonly Reversal[];
    })
  | { readonly verdict: 'not found'; readonly quote: Quote; readonly nearest: Passage | undefined };

const DIFFERING: ReadonlySet<CheckResult['verdict']> = new Set(['not found', 'altered', 'stitched', 'cut']);

/** True if a quote wasn't found or differs from the article, so that it may contain a remark. */
export function mayHaveRemark({ verdict }: CheckResult): boolean {
  return DIFFERING.has(verdict);
}

/** "Lee denied that …", quoted with these words: they are the article's. */
function quotesCue({ denial, matches }: QuotedPassage): boolean {
  return matches.some(match => denial?.cue !== undefined && overlaps(match, denial.cue));
}

/** A quote may include fewer of the article's own words than this next to somebody's words. */
const LEAST_OWN_WORDS = 3;
/** In UTF-16 units, between two parts of one place. */
const MOST_BETWEEN = 400;

/** Groups parts that belong together; several groups make a quote stitched. */
function groupByPlace(parts: readonly QuotePart[]): readonly (readonly QuotePart[])[] {
  const groups: QuotePart[][] = [];
  for (const part of parts) {
    const last = groups.at(-1)?.at(-1);
    if (last !== undefined && belongTogether(last, part)) groups.at(-1)?.push(part);
    else groups.push([part]);
  }
  return groups;
}

/** True if a reporter could quote both together: one statement, or neighbouring words of one speaker. */
function belongTogether(one: QuotePart, other: QuotePart): boolean {
  if (one.from !== other.from) return false;
  if (one.attribution !== undefined && one.attribution === other.attribution) return true;
  const between = extent(other.matches).start - extent(one.matches).end;
  const isNear =
    between >= 0 && between <= MOST_BETWEEN && Math.abs(one.paragraph.number - other.paragraph.number) <= 1;
  return isNear && haveOneVoice(one, other);
}

function haveOneVoice(one: QuotePart, other: QuotePart): boolean {
  if (one.attribution !== undefined && other.attribution !== undefined)
    return haveOneSpeaker(one.attribution, other.attribution, one.paragraph === other.paragraph);
  if (one.attribution === other.attribution) return true;
  const own = one.attribution === undefined ? one : other;
  return own.matches.length < LEAST_OWN_WORDS || shareSentence(one, other);
}

/**
 * Two speakers whom the article doesn't tell apart count as one within a paragraph: better to miss a "stitched" than to
 * report a false one.
 */
function haveOneSpeaker(one: Attribution, other: Attribution, inOneParagraph: boolean): boolean {
  if (one.speaker === undefined || other.speaker === undefined) return inOneParagraph;
  if (one.speaker.id === other.speaker.id) return true;
  return withReporting(one).includes(other) || withReporting(other).includes(one);
}

function shareSentence(one: QuotePart, other: QuotePart): boolean {
  const [start, end] = [extent(other.matches).start, extent(one.matches).end];
  return (
    one.paragraph === other.paragraph &&
    one.paragraph.sentences.some(sentence => sentence.start < end && sentence.end > start)
  );
}

/** Judges a quote. Each candidate places all of it, in one placement or in several that are stitched together. */
export function judge(quote: Quote, candidates: readonly (readonly Placement[])[]): CheckResult {
  const judged = candidates.flatMap(placements => judgePlaced(quote, placements) ?? []);
  const [best] = judged.sort(
    (one, other) =>
      rankOf(one.verdict, one, quote) - rankOf(other.verdict, other, quote) ||
      rankOf(one.unchanged, one, quote) - rankOf(other.unchanged, other, quote),
  );
  if (best === undefined) return { verdict: 'not found', quote, nearest: undefined };
  const { compared, unchanged, ...result } = best;
  // Between two places there is nothing to leave out.
  const shown = best.verdict === 'altered' || best.verdict === 'cut' ? compared : [];
  const difference = shown.flatMap(each => differenceOf(quote.words, each.placement, each.changes));
  const reversals = compared.flatMap(each => reversalsOf(quote.words, each.placement, each.changes));
  return { ...result, quote, difference, reversals };
}

/**
 * A speaker who isn't known supports a quote less. If the credited person denies it, that outweighs that somebody else
 * says it, or says that they said it.
 */
function rankOf(verdict: Verdict, { deciding }: Judgement, { credited }: Quote): number {
  const rank = (asked: Verdict) => VERDICTS.find(({ name }) => name === asked)?.rank ?? VERDICTS.length;
  const rankOfDenial = rank('name open') + 0.5;
  if (verdict === 'denied' && isDeniedFor(deciding, credited)) return rankOfDenial;
  const isTold = deciding.attribution !== undefined && isHearsay(deciding.from, deciding.attribution);
  if (credited !== undefined && isTold) return Math.max(rank(verdict), rankOfDenial + 0.1);
  if (deciding.attribution === undefined) return rank(verdict === 'name open' ? 'own voice' : verdict);
  const isUnsure = deciding.isDoubtful || certaintyOf(deciding.from.article, deciding.attribution) === 'unclear';
  return rank(verdict) + (isUnsure ? 0.1 : 0);
}

/** Finds who didn't say it: "Lee did not". */
const DENIED_CLAUSE = /(?<subject>[^.,;:!?]*?)(?:\b(?:not|never)\b|n[’']t\b)/giv;
/** How far back to look for that, in UTF-16 units. Set by hand. */
const REACH = 100;

/** True if the credited person or their office denies something, or somebody says that they didn't say it. */
function isDeniedFor({ denial, credit, from, matches }: QuotedPassage, credited: string | undefined): boolean {
  if (denial === undefined || credited === undefined) return false;
  const [{ text }, { start }] = [from.article, extent(matches)];
  const piece = denial.content.find(each => each.start <= start && start < each.end);
  const lead = piece === undefined ? '' : text.slice(Math.max(piece.start, start - REACH), start);
  const subjects = [...lead.matchAll(DENIED_CLAUSE)].map(({ groups }) => groups?.subject ?? '');
  const source = denial.source === undefined ? '' : slice(text, denial.source);
  return credit === 'same' || [subjects.at(-1) ?? '', source].some(words => endsWithName(words, credited));
}

function judgePlaced(quote: Quote, placements: readonly Placement[]): Judgement | undefined {
  const compared = placements.map(placement => ({ placement, changes: changesOf(placement) }));
  const changes = compared.flatMap(each => each.changes);
  const parts = compared.map(each => partsOf(each.placement, each.changes));
  const groups = areInOrder(placements) ? groupByPlace(parts.flat()) : parts.flatMap(groupByPlace);
  const [first, ...more] = groups.flatMap(group => quotedPassages(group, quote.credited));
  if (first === undefined) return undefined;
  const passages = [first, ...more] as const;
  const isStitched = groups.length > 1;
  const deciding = isStitched ? first : decidingOf(passages);
  const evidence = { changes, isStitched, passage: deciding, passages };
  const unchanged = verdictOn({ ...evidence, changes: [], isStitched: false });
  return { verdict: verdictOn(evidence), unchanged, compared, passages, deciding, isStitched };
}

function verdictOn(evidence: Evidence): Verdict {
  return (VERDICTS.find(({ applies }) => applies(evidence)) ?? VERDICTS[0]).name;
}

/** True if the quote marks each gap with an ellipsis and keeps the article's order. */
function areInOrder(placements: readonly Placement[]): boolean {
  return placements.every((placement, at) => {
    const last = placements[at - 1];
    if (last === undefined) return true;
    const isMarked = placement.quote[0]?.afterEllipsis === true && last.window.from === placement.window.from;
    return isMarked && placedEnd(last) <= placedStart(placement);
  });
}

function placedStart({ steps, window: { words } }: Placement): number {
  return words[steps[0]?.article.start ?? 0]?.start ?? 0;
}

function placedEnd({ steps, window: { words } }: Placement): number {
  return words[(steps.at(-1)?.article.end ?? 1) - 1]?.end ?? 0;
}

/** Returns a denied passage if there is one, otherwise the one with most of the words. */
function decidingOf(passages: readonly [QuotedPassage, ...QuotedPassage[]]): QuotedPassage {
  const longest = passages.reduce((best, each) => (lengthOf(each.matches) > lengthOf(best.matches) ? each : best));
  return passages.find(({ denial }) => denial !== undefined) ?? longest;
}
