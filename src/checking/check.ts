import { anywhere, type Passage } from '../search/passage.ts';
import { type Candidates, candidatesFor, steady } from './candidates.ts';
import { changesOf } from './changes.ts';
import { isWholeAt, leaving, mayHavePlace, sharedIn } from './chatter.ts';
import type { Claim } from './claim.ts';
import { coreOf } from './core.ts';
import type { Finding } from './finding.ts';
import { judge } from './judge.ts';
import { nearestOf } from './nearest.ts';
import { isFound, type Placement, placeAmong } from './placement.ts';
import { type QuoteWord, quoteWords } from './quote-words.ts';
import { type Window, windowsAround } from './window.ts';

/** Fewer words than this beside what was found are an altered end, no part from elsewhere. */
const leastRest = 4;
/** Each is looked for by itself: whoever quotes in more pieces than this has them compared as one. */
const mostPieces = 8;

/**
 * Checks words against the articles that a search reaches. Candidates come from the search; what is decided, by laying
 * the words along the article's text.
 */
export async function check(claim: Claim, from: Candidates): Promise<Finding> {
  const search = steady(from);
  let finding = await checkWhole(claim, search);
  for (const leave of claim.unmarked ? leaving : []) {
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

function standsAsIs({ verdict }: Finding): boolean {
  return !['not found', 'altered', 'cut', 'stitched'].includes(verdict);
}

async function hasPlace(words: string, search: Candidates): Promise<boolean> {
  return mayHavePlace(words) && (await checkWhole({ words, credited: undefined }, search)).verdict !== 'not found';
}

async function checkWhole(claim: Claim, search: Candidates): Promise<Finding> {
  const quote = quoteWords(claim.words);
  if (quote.length === 0) return { verdict: 'not found', claim, nearest: undefined };
  const passages = await candidatesFor(claim.words, quote, anywhere, search);
  const finding = await decide(claim, quote, passages, search);
  if (finding.verdict === 'exact' || claim.credited === undefined) return finding;
  // Words that many have said: those of whom the claim credits may not be among the first.
  const theirs = await candidatesFor(claim.words, quote, { ...anywhere, speaker: claim.credited }, search);
  return theirs.length === 0 ? finding : await decide(claim, quote, [...theirs, ...passages], search);
}

async function decide(
  claim: Claim,
  quote: readonly QuoteWord[],
  passages: readonly Passage[],
  search: Candidates,
): Promise<Finding> {
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
  claim: Claim,
  placement: Placement,
  windows: readonly Window[],
  search: Candidates,
): Promise<readonly Placement[]> {
  const changes = changesOf(placement);
  // A negation that an ellipsis hides lies between pieces that do stand together.
  if (changes.every(({ kind, step }) => kind !== 'altered' || step.kind === 'skipped')) return [];
  const pieces = await placePieces(claim, placement.quote, windows, search);
  return pieces.length > 0 ? pieces : await stitch(claim, placement, windows, search);
}

/** Nothing unless every piece stands somewhere, word for word. */
async function placePieces(
  claim: Claim,
  quote: readonly QuoteWord[],
  windows: readonly Window[],
  search: Candidates,
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
  const [middle] = placeAmong(quote.slice(start, end), [window]);
  return [before, middle, after].flatMap(each => each ?? []);
}

async function placeRest(
  claim: Claim,
  rest: readonly QuoteWord[],
  windows: readonly Window[],
  search: Candidates,
): Promise<Placement | undefined> {
  return rest.length < leastRest ? undefined : await placePiece(claim, rest, windows, search);
}

async function placePiece(
  claim: Claim,
  rest: readonly QuoteWord[],
  windows: readonly Window[],
  search: Candidates,
): Promise<Placement | undefined> {
  const passages = await candidatesFor(claim.words, rest, anywhere, search);
  const nearby = windowsAround(passages, claim.words.length);
  const [best] = placeAmong(rest, [...windows, ...nearby]);
  return best !== undefined && isFound(best) ? best : undefined;
}
