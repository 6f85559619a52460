import type { AttributedArticle, Attribution } from '../../attribution/attribution.ts';
import { touched } from '../../indexing/units.ts';
import type { Paragraph } from '../../news/article.ts';
import { sharedLength, slice } from '../../news/span.ts';

/** In UTF-16 units. Longer titles and names say no more. */
const MOST_TITLE = 90;
const MOST_NAME = 60;

/**
 * Returns what the encoder reads of each paragraph, in order: the article's title, who speaks, and the paragraph. A
 * paragraph alone often says neither what it is about nor who "he" is.
 */
export function passagesOf({ article, attributions }: AttributedArticle): string[] {
  const speakers = mainSpeakers(article.text, article.paragraphs, attributions);
  return article.paragraphs.map((paragraph, index) => {
    const text = slice(article.text, paragraph);
    const title = article.title === '' || text === article.title ? '' : `${article.title.slice(0, MOST_TITLE)}. `;
    const speaker = speakers[index];
    return `${title}${speaker === undefined ? '' : `${speaker.slice(0, MOST_NAME)} says: `}${text}`;
  });
}

/** Returns whose words fill most of each paragraph; `undefined` where nobody's do or it's unclear whose. */
function mainSpeakers(
  text: string,
  paragraphs: readonly Paragraph[],
  attributions: readonly Attribution[],
): (string | undefined)[] {
  const most = paragraphs.map(() => 0);
  const speakers: (string | undefined)[] = paragraphs.map(() => undefined);
  for (const { content, speaker, certainty } of attributions) {
    if (speaker === undefined || certainty === 'unclear') continue;
    const [{ start }] = content;
    const covered = touched(paragraphs, { start, end: content.at(-1)?.end ?? start });
    for (const [at, paragraph] of paragraphs.slice(covered.start, covered.end).entries()) {
      const index = covered.start + at;
      const length = content.reduce((sum, span) => sum + sharedLength(span, paragraph), 0);
      if (length <= (most[index] ?? 0)) continue;
      most[index] = length;
      speakers[index] = slice(text, speaker.name);
    }
  }
  return speakers;
}
