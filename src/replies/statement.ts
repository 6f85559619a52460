import type { Attribution } from '../attribution/attribution.ts';
import type { Article, Paragraph } from '../news/article.ts';
import { contains, overlaps, type Span } from '../news/span.ts';
import { citation } from './citation.ts';
import { showExcerpt } from './excerpt.ts';
import { small } from './markdown.ts';
import { speakerInline } from './speaker.ts';

const roomForStatement = 900;

/** The whole sentences of one paragraph that hold what was said, and the words that say who. */
function sentencesAround(paragraph: Paragraph, { content, cue, source }: Attribution): Span {
  const parts = [...content, cue, source].filter(span => span !== undefined);
  const inside = paragraph.sentences.filter(sentence => parts.some(part => overlaps(sentence, part)));
  return { start: inside[0]?.start ?? paragraph.start, end: inside.at(-1)?.end ?? paragraph.end };
}

/** One thing that somebody says: how surely it is they, the words, and where they stand. Nothing where it is in no paragraph. */
export function statement(article: Article, attribution: Attribution): string[] {
  const [first] = attribution.content;
  const paragraph = article.paragraphs.find(each => contains(each, { start: first.start, end: first.start }));
  if (paragraph === undefined) return [];
  const span = sentencesAround(paragraph, attribution);
  const last = article.paragraphs.findLast(each => attribution.content.some(part => overlaps(each, part)));
  const onward = last !== undefined && last.number > paragraph.number ? [small(`Goes on to ¶${last.number}.`)] : [];
  const how = attribution.type === 'indirect' ? ' · in the article’s wording' : '';
  const lines = [
    `${speakerInline(article, attribution)}${how}`,
    showExcerpt({ article, paragraph, span, matches: [] }, roomForStatement),
    ...onward,
    citation(article, paragraph.number, span),
  ];
  return [lines.join('\n')];
}
