import { createHash } from 'node:crypto';
import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import type { Paragraph } from '../news/article.ts';
import { slice } from '../news/span.ts';
import { type Word, wordsOf } from '../words/words.ts';
import { touched } from './units.ts';

// Several outlets may print the same words: a story. What somebody says in it counts once, and is cited together.

/** In words. "He declined to comment." is in many articles that aren't one story. */
const FEWEST_SAME = 6;
/** 96 bits in base64. */
const DIGEST_DIGITS = 16;

/** A paragraph's words, and what copies of it have in common. */
export interface ParagraphStory {
  readonly words: readonly Word[];
  /** The words, and whose they are. */
  readonly shared: string;
}

/** True if this many equal words in two articles can only come from one another, or from a common source. */
export function isStory(words: number): boolean {
  return words >= FEWEST_SAME;
}

/** Returns what a paragraph has in common with its copies. `speaking` are all attributions in it, in the text's order. */
export function paragraphStory(text: string, paragraph: Paragraph, speaking: readonly Attribution[]): ParagraphStory {
  const words = wordsOf(text, paragraph);
  const names = speaking.map(({ speaker }) => (speaker === undefined ? '' : slice(text, speaker.name)));
  return { words, shared: [words.map(({ term }) => term).join(' '), ...names].join('\n') };
}

/** Hashes UTF-16, since names may have lone surrogates. */
function digestOf(text: string): string {
  return createHash('sha256').update(Buffer.from(text, 'utf16le')).digest('base64url').slice(0, DIGEST_DIGITS);
}

/**
 * Returns a digest of each attribution of an article. It is the same in all articles that print the whole paragraphs
 * word for word, with the same speakers. If an article repeats an attribution, each has its own digest. Leaves out
 * attributions in too few words to tell. Time is linear unless contents nest without bound.
 */
export function statementStories({ article, attributions }: AttributedArticle): ReadonlyMap<Attribution, string> {
  const { text, paragraphs } = article;
  const places = attributions.map(({ content }) =>
    content.flatMap(span => {
      const { start, end } = touched(paragraphs, span);
      return paragraphs.slice(start, end).map(paragraph => ({ span, paragraph }));
    }),
  );
  const speaking = new Map<Paragraph, Set<Attribution>>();
  for (const [at, attribution] of attributions.entries()) {
    for (const { paragraph } of places[at] ?? []) {
      speaking.set(paragraph, (speaking.get(paragraph) ?? new Set()).add(attribution));
    }
  }
  const known = new Map(
    [...speaking].map(([paragraph, theirs]) => {
      const { words, shared } = paragraphStory(text, paragraph, [...theirs]);
      return [paragraph, { words, digest: digestOf(shared) }];
    }),
  );
  const stories = new Map<Attribution, string>();
  const times = new Map<string, number>();
  for (const [at, attribution] of attributions.entries()) {
    const held = (places[at] ?? []).flatMap(({ span, paragraph }) => {
      const story = known.get(paragraph);
      return story === undefined ? [] : [{ ...story, paragraph, where: touched(story.words, span) }];
    });
    const whole = new Map(held.map(({ paragraph, words }) => [paragraph, words.length]));
    if (!isStory([...whole.values()].reduce((sum, words) => sum + words, 0))) continue;
    const parts = held.map(({ digest, where }) => `${digest} ${where.start} ${where.end}`).join('\n');
    const time = (times.get(parts) ?? 0) + 1;
    times.set(parts, time);
    stories.set(attribution, digestOf(`${parts}\n${time}`));
  }
  return stories;
}
