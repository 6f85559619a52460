import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Listed } from '../library/library.ts';
import { type Titled, titleLine } from './citation.ts';
import type { View } from './custom-id.ts';
import { room, weight } from './limits.ts';
import { inline, small } from './markdown.ts';
import { buttonsOf } from './pager.ts';
import { accents, type Reply, reply } from './reply.ts';

export const articlesOnPage = 8;

const roomForHead = 200;
const roomForEntry = Math.floor((room - roomForHead) / articlesOnPage) - 1;

/** A page of a list of articles. */
export interface ListPage {
  readonly articles: readonly Listed[];
  /** Of all pages together. */
  readonly total: number;
}

/** "one paragraph", "12 paragraphs". */
function count(number: number, one: string): string {
  return number === 1 ? `one ${one}` : `${number} ${one}s`;
}

type Measures = Pick<Listed, 'paragraphs' | 'attributions' | 'speakers'>;

function quotesIn({ attributions, speakers }: Measures): string {
  if (attributions === 0) return 'quotes nobody';
  const quotes = count(attributions, 'quote');
  return speakers === 0 ? quotes : `${quotes} by ${count(speakers, 'speaker')}`;
}

function measuresOf(listed: Measures): string {
  return `${count(listed.paragraphs, 'paragraph')} · ${quotesIn(listed)}`;
}

/** "12 paragraphs · 5 quotes by 3 speakers". */
export function measures({ article, attributions }: AttributedArticle): string {
  const speakers = new Set(attributions.flatMap(each => each.speaker?.id ?? [])).size;
  return measuresOf({ paragraphs: article.paragraphs.length, attributions: attributions.length, speakers });
}

/** Without its link where that is so long that a page would not hold as many articles as every other. */
function entry(listed: Listed): string {
  const lines = (titled: Titled) => `${titleLine(titled)}\n${small(measuresOf(listed))}`;
  const whole = lines(listed);
  return weight(whole) <= roomForEntry ? whole : lines({ ...listed, url: undefined });
}

function headOf(total: number, words: string): string {
  const articles = total === 1 ? 'One article' : `${total.toLocaleString('en')} articles`;
  return words === '' ? `### ${articles} to ask about` : `### ${articles} like “${inline(words, 120)}”`;
}

/** A page of the articles that were asked for: those like the view's words, the best first, or all, the newest first. */
export function libraryReply(
  { articles, total }: ListPage,
  view: View & { kind: 'library' },
  isPrivate: boolean,
): Reply {
  return reply({
    accent: accents.article,
    texts: [headOf(total, view.words), articles.map(entry).join('\n')].filter(text => text !== ''),
    buttons: buttonsOf(view, Math.ceil(total / articlesOnPage), isPrivate),
    private: isPrivate,
  });
}
