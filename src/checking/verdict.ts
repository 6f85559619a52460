import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import type { Paragraph } from '../news/article.ts';
import { lengthOf, overlaps, type Span } from '../news/span.ts';
import type { Passage } from '../search/passages.ts';
import { type Part, partsOf, placesOf } from './credit.ts';
import { type Change, changesOf, differenceOf } from './difference.ts';
import type { Placement } from './placement.ts';
import type { Quote } from './read-quotes.ts';

/**
 * Whether the article credits whom the claim credits. `open`: it leaves room for them, or is not surely read. `unnamed`: the
 * claim credits nobody.
 */
export type CreditMatch = 'same' | 'other' | 'open' | 'unnamed';

/** Where words of a claim stand. */
export interface QuotedPassage {
  readonly from: AttributedArticle;
  readonly paragraph: Paragraph;
  /** Whole sentences. */
  readonly excerpt: Span;
  /** What the claim shares, in order; words side by side as one. */
  readonly matches: readonly Span[];
  /** `undefined`: the article's own voice, unless it stands `inMarks`. */
  readonly attribution: Attribution | undefined;
  /** Between quotation marks: somebody said it, even where nobody was found who did. */
  readonly inMarks: boolean;
  /** By whom the article says that this was denied, or not said. */
  readonly denial: Attribution | undefined;
  readonly credit: CreditMatch;
}

/** A stretch of a word-by-word difference: what both have, what only the claim has, what only the article has. */
export interface DifferencePart {
  readonly kind: 'same' | 'added' | 'missing';
  /** Out of the claim, or out of the article where it is `missing`: never made up. */
  readonly text: string;
}

export type Verdict = 'exact' | 'altered' | 'cut' | 'stitched' | 'denied' | 'wrong name' | 'name open' | 'own voice';

/** What became of one claim. */
export type CheckResult =
  | {
      readonly verdict: Verdict;
      readonly claim: Quote;
      /** One for each paragraph, and for each article that the parts come from. */
      readonly places: readonly [QuotedPassage, ...QuotedPassage[]];
      /** That of the places whose speaker and credit decided. */
      readonly deciding: QuotedPassage;
      /** Whether the parts come from places that do not stand together. */
      readonly apart: boolean;
      readonly difference: readonly DifferencePart[];
    }
  | { readonly verdict: 'not found'; readonly claim: Quote; readonly nearest: Passage | undefined };

/** Words of the article's own voice may be taken along with what is quoted beside them. */
const leastOfVoice = 3;
/** In UTF-16 units, between two parts that the article has in one place. */
const mostBetween = 400;

/** Parts that come from one place taken together; more than one where a quotation is stitched. */
function stitchesOf(parts: readonly Part[]): readonly (readonly Part[])[] {
  const stitches: Part[][] = [];
  for (const part of parts) {
    const last = stitches.at(-1)?.at(-1);
    if (last !== undefined && isOnePlace(last, part)) stitches.at(-1)?.push(part);
    else stitches.push([part]);
  }
  return stitches;
}

/** Whether a reporter could have quoted both together: one speech, or neighbouring words of one speaker. */
function isOnePlace(one: Part, other: Part): boolean {
  if (one.from !== other.from) return false;
  if (one.attribution !== undefined && one.attribution === other.attribution) return true;
  const start = one.matches.at(-1)?.end ?? 0;
  const between = (other.matches[0]?.start ?? 0) - start;
  const isNear = between >= 0 && between <= mostBetween && Math.abs(one.paragraph.number - other.paragraph.number) <= 1;
  return isNear && isOneVoice(one, other);
}

function isOneVoice(one: Part, other: Part): boolean {
  if (one.attribution === undefined && other.attribution === undefined) return true;
  if (one.attribution !== undefined && other.attribution !== undefined)
    return isOneSpeaker(one.attribution, other.attribution, one, other);
  const voice = one.attribution === undefined ? one : other;
  return voice.matches.length < leastOfVoice || isOneSentence(one, other);
}

/** Two whom the article does not tell apart, in one paragraph, are taken for one: no stitch is better than a wrong one. */
function isOneSpeaker(some: Attribution, others: Attribution, one: Part, other: Part): boolean {
  const [first, second] = [some.speaker, others.speaker];
  if (first !== undefined && second !== undefined)
    return first.id === second.id || tells(some, others) || tells(others, some);
  return one.paragraph === other.paragraph;
}

function tells(some: Attribution, others: Attribution): boolean {
  return others.reportedBy === some || (others.reportedBy !== undefined && tells(some, others.reportedBy));
}

function isOneSentence({ paragraph, matches }: Part, other: Part): boolean {
  const end = matches.at(-1)?.end ?? 0;
  const start = other.matches[0]?.start ?? 0;
  return (
    paragraph === other.paragraph && paragraph.sentences.some(sentence => sentence.start < end && sentence.end > start)
  );
}

/** Of several places that are equally like the claim, the one that bears it out. */
const order: readonly Verdict[] = [
  'exact',
  'cut',
  'name open',
  'wrong name',
  'own voice',
  'denied',
  'altered',
  'stitched',
];

/** Decides on a claim; each candidate covers all of it, by one placement or by several that are stitched together. */
export function judge(claim: Quote, candidates: readonly (readonly Placement[])[]): CheckResult {
  const findings = candidates.flatMap(placements => read(claim, placements) ?? []);
  const [best] = findings.sort((one, other) => rank(one) - rank(other));
  return best ?? { verdict: 'not found', claim, nearest: undefined };
}

/**
 * A place where nobody was found who says the words bears out less than one where somebody was. What others say counts for
 * less than that whoever is credited denies it.
 */
function rank(finding: CheckResult): number {
  if (finding.verdict === 'not found') return order.length;
  const { attribution, credit } = finding.deciding;
  if (finding.verdict === 'denied' && credit === 'same') return order.indexOf('name open') + 0.5;
  const isOrphan = finding.verdict === 'name open' && attribution === undefined;
  return order.indexOf(isOrphan ? 'own voice' : finding.verdict);
}

function read(claim: Quote, placements: readonly Placement[]): CheckResult | undefined {
  const compared = placements.map(placement => ({ placement, changes: changesOf(placement) }));
  const changes = compared.flatMap(each => each.changes);
  const parts = compared.map(each => partsOf(each.placement, each.changes));
  const stitches = isOneRow(placements) ? stitchesOf(parts.flat()) : parts.flatMap(each => stitchesOf(each));
  const [first, ...more] = stitches.flatMap(stitch => placesOf(stitch, claim.credited));
  if (first === undefined) return undefined;
  const apart = stitches.length > 1;
  const places = [first, ...more] as const;
  const deciding = apart ? first : decidingOf(places);
  const verdict = verdictOf(changes, deciding, apart);
  // Between two places lies what nobody left out.
  const told = verdict === 'altered' || verdict === 'cut' ? compared : [];
  const difference = told.flatMap(each => differenceOf(claim.words, each.placement, each.changes));
  return { verdict, claim, places, deciding, apart, difference };
}

/** Whether the claim says itself where it leaves words out, and has its parts in the article's order. */
function isOneRow(placements: readonly Placement[]): boolean {
  return placements.every((placement, at) => {
    const last = placements[at - 1];
    if (last === undefined) return true;
    const isMarked = placement.quote[0]?.afterEllipsis === true && last.window.from === placement.window.from;
    return isMarked && endOf(last) <= startOf(placement);
  });
}

function startOf({ steps, window: { words } }: Placement): number {
  return words[steps[0]?.article.start ?? 0]?.start ?? 0;
}

function endOf({ steps, window: { words } }: Placement): number {
  return words[(steps.at(-1)?.article.end ?? 1) - 1]?.end ?? 0;
}

/** A denial, wherever it stands; else where most of the words are. */
function decidingOf(places: readonly [QuotedPassage, ...QuotedPassage[]]): QuotedPassage {
  const longest = places.reduce((best, place) => (lengthOf(place.matches) > lengthOf(best.matches) ? place : best));
  return places.find(({ denial }) => denial !== undefined) ?? longest;
}

/** What was changed comes before who said it: no word and no number that differs is ever "Exact". */
function verdictOf(changes: readonly Change[], place: QuotedPassage, isStitched: boolean): Verdict {
  if (changes.some(({ kind }) => kind === 'altered')) return 'altered';
  if (isStitched) return 'stitched';
  if (changes.some(({ kind }) => kind === 'cut')) return 'cut';
  if (place.denial !== undefined) return quotesCue(place) ? 'own voice' : 'denied';
  if (place.attribution === undefined && !place.inMarks) return 'own voice';
  if (place.credit === 'other') return 'wrong name';
  return place.credit === 'open' ? 'name open' : 'exact';
}

/** "Lee denied that …", quoted with these words: nobody's but the article's. */
function quotesCue({ denial, matches }: QuotedPassage): boolean {
  return matches.some(match => denial?.cue !== undefined && overlaps(match, denial.cue));
}
