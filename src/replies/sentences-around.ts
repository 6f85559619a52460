import type { Attribution } from '../attribution/attribution.ts';
import type { Paragraph } from '../news/article.ts';
import { overlaps, type Span } from '../news/span.ts';

/** The whole sentences of one paragraph that hold what was said, and the words that say who. */
export function sentencesAround(paragraph: Paragraph, { content, cue, source }: Attribution): Span {
  const parts = [...content, cue, source].filter(span => span !== undefined);
  const inside = paragraph.sentences.filter(sentence => parts.some(part => overlaps(sentence, part)));
  return { start: inside[0]?.start ?? paragraph.start, end: inside.at(-1)?.end ?? paragraph.end };
}
