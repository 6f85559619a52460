/** Reads a report's pointer: how much of what it points at means each party. */
import { overlaps, type Span, slice } from '../../news/span.ts';
import type { WeighedReport } from '../attribution.ts';
import { flag, logOdds } from '../odds.ts';
import { unnamedIn } from './descriptions.ts';
import type { Mention } from './mentions.ts';
import type { Asked } from './parties-near.ts';
import { parseDescription } from './sources.ts';
import {
  addUnnamed,
  firstFrom,
  isMentionOf,
  lastOverlapping,
  NEAR,
  onlyReferent,
  type Party,
  paragraphAt,
  type Story,
  type UnnamedParty,
  unnamedBefore,
} from './story.ts';

/** What a pointer says of an article's parties. */
export interface Pointed {
  /** Those whom its words name or describe, or who are the speakers of sources that it points at. */
  readonly parties: readonly Party[];
  /** Returns the probability that its words mean a party. */
  readonly shareOf: (party: Party) => number;
  /** The probability that no words do; `undefined` if there is no pointer. */
  readonly nowhere: number | undefined;
}

/** Shares are clipped to this and its complement. The linker's weights depend on it. */
const MOST_SHARE = 0.998;
/** Least share of words that make somebody farther away, or a stranger, worth considering. Set by hand. */
const WORTH = 0.05;
/** How far before a noun its phrase may start, in UTF-16 units. */
const LONGEST_PHRASE = 80;
/** Least share of a name that makes it somebody's. Set by hand. */
const NAMES_SOMEBODY = 0.2;

/** Returns the names that the reports' pointers point at: they are somebody's, even if nothing else tells. */
export function namesPointedAt(mentions: readonly Mention[], reports: readonly WeighedReport[]): readonly Mention[] {
  const found = reports.flatMap(({ pointer }) =>
    (pointer?.words ?? []).flatMap(word => {
      const mention = word.share < NAMES_SOMEBODY ? undefined : lastOverlapping(mentions, word);
      return mention === undefined || mention.kind === 'place' ? [] : [mention];
    }),
  );
  return [...new Set(found)];
}

/** Returns what a report's pointer says of the parties so far. */
export function pointedBy(story: Story, { pointer }: WeighedReport): Pointed {
  const near = story.sources.slice(-NEAR);
  const words = (pointer?.words ?? []).map(word => {
    const speaker = near.find(({ source }) => overlaps(source, word))?.party ?? holderAt(story, word);
    const mention = lastOverlapping(story.mentions, word);
    const named = mention === undefined ? [] : (story.referents.get(mention) ?? []);
    const isNobodys = speaker === undefined && named.length === 0 && word.share >= WORTH;
    return { word, named, speaker: isNobodys ? strangerAt(story, word) : speaker };
  });
  const parties = words.flatMap(({ word, speaker, named }) =>
    word.share < WORTH ? [] : [...named, ...(speaker === undefined ? [] : [speaker])],
  );
  const shareOf = (party: Party) =>
    words
      .filter(({ word, speaker }) => speaker === party || isMentionOf(word, party))
      .reduce((sum, { word }) => sum + word.share, 0);
  return { parties, shareOf, nowhere: pointer?.nowhere };
}

/** The pointer's part of the features of an option; none without a pointer. */
type PointedFeatures = (party: Party | 'itself' | undefined) => Readonly<Record<string, number>>;

/** Returns the features of each option of a source, given whom else it may mean. */
export function pointedFeatures({ pointed, form }: Asked, parties: readonly Party[]): PointedFeatures {
  const { shareOf, nowhere } = pointed;
  if (nowhere === undefined) return () => ({});
  const shares = new Map(parties.map(party => [party, shareOf(party)]));
  const most = Math.max(0, ...shares.values());
  const rest = 1 - nowhere - [...shares.values()].reduce((sum, share) => sum + share, 0);
  const [none, elsewhere] = [logOdds(nowhere, MOST_SHARE), logOdds(rest, MOST_SHARE)];
  const shared = { pointedElsewhere: elsewhere, pointedNowhere: none };
  return party => {
    if (party === undefined) return { ...shared, nobodyPointed: none, nobodyPointedElsewhere: elsewhere };
    if (party === 'itself') return { ...shared, itselfPointed: none };
    const share = shares.get(party) ?? 0;
    const odds = logOdds(share, MOST_SHARE);
    return {
      ...shared,
      pointed: odds,
      [`pointed ${form}`]: odds,
      pointedMost: flag(share === most && share > nowhere),
    };
  };
}

/** Returns who is described right beside their name: "the dentist, Marco Rossi". */
function holderAt({ mentions, referents }: Story, word: Span): Party | undefined {
  const at = firstFrom(mentions, word.start);
  const mention = mentions
    .slice(Math.max(0, at - 1), at + 2)
    .find(({ role }) => role !== undefined && overlaps(role, word));
  return mention && onlyReferent(referents, mention);
}

/** Returns somebody without a name whom a phrase that ends with a word describes: "a nurse". */
function strangerAt(story: Story, word: Span): UnnamedParty | undefined {
  const { text, paragraphs } = story.article;
  const paragraph = paragraphs[paragraphAt(story.article, word.start)];
  const start = Math.max(paragraph?.start ?? 0, word.start - LONGEST_PHRASE);
  const found = unnamedIn(text.slice(start, word.end)).at(-1);
  // "The First Lady" has a name.
  if (found === undefined || start + found.end !== word.end || /^\p{Lu}/v.test(slice(text, word))) return undefined;
  const phrase = { start: start + found.start, end: word.end };
  const description = parseDescription(text, phrase);
  if (description.kind !== 'person') return undefined;
  const known = unnamedBefore(story, description.head, word.end).find(party => isMentionOf(phrase, party));
  return known ?? addUnnamed(story, phrase, description);
}
