import type { AttributedArticle, Speaker } from '../../attribution/attribution.ts';
import { touched } from '../../indexing/units.ts';
import type { Paragraph } from '../../news/article.ts';
import { extent, type Span, sharedLength, slice } from '../../news/span.ts';

/** In UTF-16 units. What is longer is cut, since the rest adds little. */
const MOST_TITLE = 90;
const MOST_ASKED = 150;
const MOST_NAME = 60;

/** Returns whose words fill most of each paragraph, where that is clear. */
export function mainSpeakers({ article, attributions }: AttributedArticle): ReadonlyMap<Paragraph, Speaker> {
  const longest = new Map<Paragraph, number>();
  const main = new Map<Paragraph, Speaker>();
  for (const { content, speaker, certainty } of attributions) {
    if (speaker === undefined || certainty === 'unclear') continue;
    const { start, end } = touched(article.paragraphs, extent(content));
    for (const paragraph of article.paragraphs.slice(start, end)) {
      const length = content.reduce((sum, span) => sum + sharedLength(span, paragraph), 0);
      if (length <= (longest.get(paragraph) ?? 0)) continue;
      longest.set(paragraph, length);
      main.set(paragraph, speaker);
    }
  }
  return main;
}

/** Returns what the encoder reads of each paragraph, in order. */
export function passagesOf(from: AttributedArticle): string[] {
  const main = mainSpeakers(from);
  return from.article.paragraphs.map(paragraph => passageOf(from, paragraph, main.get(paragraph)));
}

/**
 * Returns what the networks read of a paragraph: the article's title, who speaks, and the paragraph. A paragraph alone
 * often says neither what it is about nor who "he" is. The judge also reads what an interviewer asked: "Not while I have
 * the keys" answers nothing by itself.
 */
export function passageOf(
  { article }: AttributedArticle,
  paragraph: Span,
  speaker: Speaker | undefined,
  asked?: Span,
): string {
  const text = slice(article.text, paragraph);
  const title = article.title === '' || text === article.title ? '' : `${article.title.slice(0, MOST_TITLE)}. `;
  const name = speaker && slice(article.text, speaker.name).slice(0, MOST_NAME);
  const before = asked === undefined ? '' : `${slice(article.text, asked).slice(-MOST_ASKED)} `;
  return `${title}${before}${name === undefined ? '' : `${name} says: `}${text}`;
}
