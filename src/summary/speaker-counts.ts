import type { AttributedArticle, Attribution, Speaker } from '../attribution/attribution.ts';
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
  /** Words in all of them. */
  readonly words: number;
  /** Attributions whose speaker is inferred. */
  readonly inferred: number;
  /** Attributions reported by somebody else in the article. */
  readonly told: number;
}

/** True if somebody else may have said it. */
export function isUncertain({ certainty, doubtful }: Attribution): boolean {
  return certainty === 'unclear' || doubtful;
}

function count(speaker: Speaker | undefined, text: string, theirs: readonly Attribution[]): SpeakerCounts {
  const contents = theirs.flatMap(({ content }) => content);
  const certain = speaker === undefined ? theirs : theirs.filter(each => !isUncertain(each));
  const reported = certain.filter(({ type }) => type === 'indirect').length;
  return {
    speaker,
    quoted: certain.length - reported,
    reported,
    uncertain: theirs.length - certain.length,
    words: contents.reduce((sum, span) => sum + wordsOf(text, span).length, 0),
    inferred: certain.filter(({ certainty }) => certainty === 'inferred').length,
    told: theirs.filter(({ reportedBy }) => reportedBy !== undefined).length,
  };
}

/**
 * Counts what each speaker of an article says, most attributions first, as the index of a library does: uncertain ones
 * included. What nobody is known to have said comes last.
 */
export function countSpeakers({ article, attributions, speakers }: AttributedArticle): readonly SpeakerCounts[] {
  const theirs = Map.groupBy(attributions, ({ speaker }) => speaker);
  const sure = speakers.flatMap(speaker => {
    const own = theirs.get(speaker);
    return own === undefined ? [] : [count(speaker, article.text, own)];
  });
  const often = ({ quoted, reported, uncertain }: SpeakerCounts) => quoted + reported + uncertain;
  const ordered = sure.sort((one, other) => often(other) - often(one) || other.words - one.words);
  const unknown = theirs.get(undefined);
  return unknown === undefined
    ? ordered
    : [...ordered, { ...count(undefined, article.text, unknown), inferred: 0, told: 0 }];
}
