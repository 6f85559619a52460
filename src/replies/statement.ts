import type { Attribution } from '../attribution/attribution.ts';
import type { Article } from '../news/article.ts';
import { contains, overlaps } from '../news/span.ts';
import type { Say } from '../wording/say.ts';
import { citation, titleLine } from './citation.ts';
import { showExcerpt } from './excerpt.ts';
import { weight } from './limits.ts';
import { small } from './markdown.ts';
import { sentencesAround } from './sentences-around.ts';
import { speakerInline } from './speaker.ts';

/** How much of the words is shown, and whether with a link to them. */
interface Rendering {
  readonly room: number;
  readonly isLinked: boolean;
}

const usual: Rendering = { room: 900, isLinked: true };
/** Ever shorter ones. */
const shorter: readonly Rendering[] = [
  usual,
  { ...usual, room: 500 },
  { ...usual, room: 280 },
  { room: 280, isLinked: false },
];

function render(
  article: Article,
  attribution: Attribution,
  { room, isLinked }: Rendering,
  say: Say,
): string | undefined {
  const [first] = attribution.content;
  const paragraph = article.paragraphs.find(each => contains(each, { start: first.start, end: first.start }));
  if (paragraph === undefined) return undefined;
  const span = sentencesAround(paragraph, attribution);
  const last = article.paragraphs.findLast(each => attribution.content.some(part => overlaps(each, part)));
  const onward =
    last !== undefined && last.number > paragraph.number
      ? [small(say('statement.goes-on', { paragraph: `${last.number}` }))]
      : [];
  const how = attribution.type === 'indirect' ? ` · ${say('statement.indirect')}` : '';
  const lines = [
    `${speakerInline(article, attribution, say)}${how}`,
    showExcerpt({ article, paragraph, span, matches: [] }, room, say),
    ...onward,
    citation(isLinked ? article : { ...article, url: undefined }, paragraph.number, span, say),
  ];
  return lines.join('\n');
}

/** One thing that somebody says: how surely it is they, the words, and where they stand. Nothing where it is in no paragraph. */
export function statement(article: Article, attribution: Attribution, say: Say): string[] {
  const text = render(article, attribution, usual, say);
  return text === undefined ? [] : [text];
}

/** The same weighing at most `most`, of 500 or more: shortened at need, in the end to where it stands. */
export function statementWithin(article: Article, attribution: Attribution, most: number, say: Say): string {
  for (const rendering of shorter) {
    const text = render(article, attribution, rendering, say);
    if (text !== undefined && weight(text) <= most) return text;
  }
  return `${say('statement.too-long')}\n${small(titleLine({ ...article, url: undefined }, say))}`;
}
