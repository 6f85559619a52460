import type { AttributedArticle, Attribution, Speaker } from '../attribution/attribution.ts';
import { slice } from '../news/span.ts';

/** What an article attributes to somebody, counted. */
export interface Voice {
  /** `undefined`: all that it leaves open, or where it may have been misread. */
  readonly speaker: Speaker | undefined;
  /** Attributions that quote, wholly or in part. */
  readonly quoted: number;
  /** Attributions in the article's wording alone. */
  readonly reported: number;
  /** In all of these together. */
  readonly words: number;
  /** How many of these rest on the one sensible reading, and how many on what somebody else in the article tells. */
  readonly inferred: number;
  readonly told: number;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

function countWords(text: string): number {
  return [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).length;
}

/** Whose it is, as far as the article makes that plain. */
function plainSpeaker({ speaker, certainty, doubtful }: Attribution): Speaker | undefined {
  return certainty === 'unclear' || doubtful ? undefined : speaker;
}

function count(speaker: Speaker | undefined, text: string, theirs: readonly Attribution[]): Voice {
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

/** Who is quoted in an article, whoever is most often first; what is nobody's for sure comes last. */
export function countVoices({ article, attributions, speakers }: AttributedArticle): readonly Voice[] {
  const theirs = Map.groupBy(attributions, plainSpeaker);
  const sure = speakers.flatMap(speaker => {
    const own = theirs.get(speaker);
    return own === undefined ? [] : [count(speaker, article.text, own)];
  });
  const often = ({ quoted, reported }: Voice) => quoted + reported;
  const ordered = sure.sort((one, other) => often(other) - often(one) || other.words - one.words);
  const unsure = theirs.get(undefined);
  return unsure === undefined
    ? ordered
    : [...ordered, { ...count(undefined, article.text, unsure), inferred: 0, told: 0 }];
}
