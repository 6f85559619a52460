import { type AttributedArticle, certaintyOf, type Speaker } from '../attribution/attribution.ts';
import { type Tally, tallySpeakers } from '../attribution/tallies.ts';
import type { Article } from '../news/article.ts';
import { wordsOf } from '../words/words.ts';

/** Counts of what an article attributes to a speaker. */
export interface SpeakerCounts {
  /** `undefined` for everything whose speaker nobody can tell. */
  readonly speaker: Speaker | undefined;
  /** Attributions with quoted words, unless they are uncertain. */
  readonly quoted: number;
  /** Attributions only in the article's words, unless they are uncertain. */
  readonly reported: number;
  /** Attributions whose speaker is unclear or doubtful. */
  readonly uncertain: number;
  /** Words in all that is clear. */
  readonly words: number;
  /** Attributions whose speaker is inferred. */
  readonly inferred: number;
  /** Of the clear ones, those reported by somebody else in the article. */
  readonly told: number;
}

/** Counts what is clearly theirs; of what nobody can be told to have said, everything. */
function count(speaker: Speaker | undefined, article: Article, { clear, uncertain }: Tally): SpeakerCounts {
  const counted = speaker === undefined ? uncertain : clear;
  const reported = clear.filter(({ type }) => type === 'indirect').length;
  return {
    speaker,
    quoted: clear.length - reported,
    reported,
    uncertain: uncertain.length,
    words: counted.flatMap(({ content }) => content).reduce((sum, span) => sum + wordsOf(article.text, span).length, 0),
    inferred: clear.filter(each => certaintyOf(article, each) === 'inferred').length,
    told: clear.filter(({ reportedBy }) => reportedBy !== undefined).length,
  };
}

/**
 * Counts what each speaker of an article says, most clear attributions first, as the index of a library does. What
 * nobody is known to have said comes last.
 */
export function countSpeakers(from: AttributedArticle): readonly SpeakerCounts[] {
  const { article, speakers } = from;
  const tallies = tallySpeakers(from);
  const counted = [...speakers, undefined].flatMap(speaker => {
    const theirs = tallies.get(speaker);
    return theirs === undefined ? [] : [count(speaker, article, theirs)];
  });
  const isKnown = ({ speaker }: SpeakerCounts) => Number(speaker !== undefined);
  const often = ({ quoted, reported }: SpeakerCounts) => quoted + reported;
  return counted.sort(
    (one, other) =>
      isKnown(other) - isKnown(one) ||
      often(other) - often(one) ||
      other.uncertain - one.uncertain ||
      other.words - one.words,
  );
}
