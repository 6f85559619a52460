import type { AttributedArticle, Attribution, Speaker } from '../attribution/attribution.ts';
import { slice } from '../news/span.ts';

/** Counts of what an article attributes to a speaker. */
export interface SpeakerCounts {
  /** `undefined` for everything that is unclear or doubtful. */
  readonly speaker: Speaker | undefined;
  /** Attributions with quoted words. */
  readonly quoted: number;
  /** Attributions only in the article's words. */
  readonly reported: number;
  /** Words in all of them. */
  readonly words: number;
  /** Attributions whose speaker is inferred. */
  readonly inferred: number;
  /** Attributions reported by somebody else in the article. */
  readonly told: number;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

function countWords(text: string): number {
  return [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).length;
}

/** Returns `undefined` if the speaker is unclear or the attribution doubtful. */
function certainSpeaker({ speaker, certainty, doubtful }: Attribution): Speaker | undefined {
  return certainty === 'unclear' || doubtful ? undefined : speaker;
}

function count(speaker: Speaker | undefined, text: string, theirs: readonly Attribution[]): SpeakerCounts {
  const contents = theirs.flatMap(({ content }) => content);
  const reported = theirs.filter(({ type }) => type === 'indirect').length;
  return {
    speaker,
    quoted: theirs.length - reported,
    reported,
    words: contents.reduce((sum, span) => sum + countWords(slice(text, span)), 0),
    inferred: theirs.filter(({ certainty }) => certainty === 'inferred').length,
    told: theirs.filter(({ reportedBy }) => reportedBy !== undefined).length,
  };
}

/** Counts what each speaker of an article says, most attributions first. What is unclear or doubtful comes last. */
export function countSpeakers({ article, attributions, speakers }: AttributedArticle): readonly SpeakerCounts[] {
  const theirs = Map.groupBy(attributions, certainSpeaker);
  const sure = speakers.flatMap(speaker => {
    const own = theirs.get(speaker);
    return own === undefined ? [] : [count(speaker, article.text, own)];
  });
  const often = ({ quoted, reported }: SpeakerCounts) => quoted + reported;
  const ordered = sure.sort((one, other) => often(other) - often(one) || other.words - one.words);
  const unsure = theirs.get(undefined);
  return unsure === undefined
    ? ordered
    : [...ordered, { ...count(undefined, article.text, unsure), inferred: 0, told: 0 }];
}
