import type { AttributedArticle, Speaker } from '../../attribution/attribution.ts';
import { touched } from '../../indexing/units.ts';
import type { Paragraph } from '../../news/article.ts';
import { extent, sharedLength, slice } from '../../news/span.ts';

/** In UTF-16 units. Longer titles and names say no more. */
const MOST_TITLE = 90;
const MOST_NAME = 60;

/**
 * Returns what the encoder reads of each paragraph, in order: the article's title, who speaks, and the paragraph. A
 * paragraph alone often says neither what it is about nor who "he" is.
 */
export function passagesOf({ article, attributions }: AttributedArticle): string[] {
  /** Whose words fill most of a paragraph, if it's clear. */
  const main = new Map<Paragraph, { readonly speaker: Speaker; readonly length: number }>();
  for (const { content, speaker, certainty } of attributions) {
    if (speaker === undefined || certainty === 'unclear') continue;
    const { start, end } = touched(article.paragraphs, extent(content));
    for (const paragraph of article.paragraphs.slice(start, end)) {
      const length = content.reduce((sum, span) => sum + sharedLength(span, paragraph), 0);
      if (length > (main.get(paragraph)?.length ?? 0)) main.set(paragraph, { speaker, length });
    }
  }
  return article.paragraphs.map(paragraph => {
    const text = slice(article.text, paragraph);
    const title = article.title === '' || text === article.title ? '' : `${article.title.slice(0, MOST_TITLE)}. `;
    const speaker = main.get(paragraph)?.speaker;
    const name = speaker && slice(article.text, speaker.name).slice(0, MOST_NAME);
    return `${title}${name === undefined ? '' : `${name} says: `}${text}`;
  });
}
