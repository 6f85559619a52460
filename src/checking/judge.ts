import { type Change, changesOf } from './changes.ts';
import type { Claim } from './claim.ts';
import { differenceOf } from './difference.ts';
import type { Finding, Place, Verdict } from './finding.ts';
import type { Placement } from './placement.ts';
import { type Part, partsOf, placeOf } from './places.ts';
import { stitchesOf } from './stitches.ts';

/** Of several places that are equally like the claim, the one that bears it out. */
const order: readonly Verdict[] = ['exact', 'cut', 'name open', 'wrong name', 'own voice', 'altered', 'stitched'];

/** Decides on a claim; each candidate covers all of it, by one placement or by several that are stitched together. */
export function judge(claim: Claim, candidates: readonly (readonly Placement[])[]): Finding {
  const findings = candidates.flatMap(placements => read(claim, placements) ?? []);
  const rank = (finding: Finding) => (finding.verdict === 'not found' ? order.length : order.indexOf(finding.verdict));
  const [best] = findings.sort((one, other) => rank(one) - rank(other));
  return best ?? { verdict: 'not found', claim, nearest: undefined };
}

function read(claim: Claim, placements: readonly Placement[]): Finding | undefined {
  const compared = placements.map(placement => ({ placement, changes: changesOf(placement) }));
  const changes = compared.flatMap(each => each.changes);
  const parts = compared.flatMap(each => partsOf(each.placement, each.changes));
  const [first, ...more] = stitchesOf(parts).flatMap(stitch => placeOfAll(claim, stitch));
  if (first === undefined) return undefined;
  const difference = compared.flatMap(each => differenceOf(claim.words, each.placement, each.changes));
  return { verdict: verdictOf(changes, first, more.length > 0), claim, places: [first, ...more], difference };
}

/** One place for parts that belong together, in the article of the first. */
function placeOfAll(claim: Claim, parts: readonly Part[]): Place[] {
  const [first] = parts;
  if (first === undefined) return [];
  const longest = parts.reduce((best, part) => (part.matches.length > best.matches.length ? part : best), first);
  const matches = parts.flatMap(part => part.matches);
  return [placeOf({ ...longest, matches }, claim.credited)];
}

/** What was changed comes before who said it: no word and no number that differs is ever "Exact". */
function verdictOf(changes: readonly Change[], place: Place, isStitched: boolean): Verdict {
  if (changes.some(({ kind }) => kind === 'altered')) return 'altered';
  if (isStitched) return 'stitched';
  if (changes.some(({ kind }) => kind === 'cut')) return 'cut';
  if (place.attribution === undefined && !place.inMarks) return 'own voice';
  if (place.credit === 'other') return 'wrong name';
  return place.credit === 'open' ? 'name open' : 'exact';
}
