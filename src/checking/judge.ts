import { lengthOf, overlaps } from '../news/span.ts';
import { type Change, changesOf } from './changes.ts';
import type { Claim } from './claim.ts';
import { differenceOf } from './difference.ts';
import type { Finding, Place, Verdict } from './finding.ts';
import type { Placement } from './placement.ts';
import { partsOf, placesOf } from './places.ts';
import { stitchesOf } from './stitches.ts';

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
export function judge(claim: Claim, candidates: readonly (readonly Placement[])[]): Finding {
  const findings = candidates.flatMap(placements => read(claim, placements) ?? []);
  const [best] = findings.sort((one, other) => rank(one) - rank(other));
  return best ?? { verdict: 'not found', claim, nearest: undefined };
}

/**
 * A place where nobody was found who says the words bears out less than one where somebody was. What others say counts for
 * less than that whoever is credited denies it.
 */
function rank(finding: Finding): number {
  if (finding.verdict === 'not found') return order.length;
  const { attribution, credit } = finding.deciding;
  if (finding.verdict === 'denied' && credit === 'same') return order.indexOf('name open') + 0.5;
  const isOrphan = finding.verdict === 'name open' && attribution === undefined;
  return order.indexOf(isOrphan ? 'own voice' : finding.verdict);
}

function read(claim: Claim, placements: readonly Placement[]): Finding | undefined {
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
function decidingOf(places: readonly [Place, ...Place[]]): Place {
  const longest = places.reduce((best, place) => (lengthOf(place.matches) > lengthOf(best.matches) ? place : best));
  return places.find(({ denial }) => denial !== undefined) ?? longest;
}

/** What was changed comes before who said it: no word and no number that differs is ever "Exact". */
function verdictOf(changes: readonly Change[], place: Place, isStitched: boolean): Verdict {
  if (changes.some(({ kind }) => kind === 'altered')) return 'altered';
  if (isStitched) return 'stitched';
  if (changes.some(({ kind }) => kind === 'cut')) return 'cut';
  if (place.denial !== undefined) return quotesCue(place) ? 'own voice' : 'denied';
  if (place.attribution === undefined && !place.inMarks) return 'own voice';
  if (place.credit === 'other') return 'wrong name';
  return place.credit === 'open' ? 'name open' : 'exact';
}

/** "Lee denied that …", quoted with these words: nobody's but the article's. */
function quotesCue({ denial, matches }: Place): boolean {
  return matches.some(match => denial?.cue !== undefined && overlaps(match, denial.cue));
}
