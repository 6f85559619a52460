import type { AttributedArticle } from '../../attribution/attribution.ts';
import type { Listed } from '../../library/library.ts';
import { isChinese } from '../../news/chinese.ts';
import type { Say } from '../../wording/say.ts';
import { type Titled, titleLine } from '../parts/citation.ts';
import { inline, small } from '../parts/markdown.ts';
import { accents, type Reply, reply, room, weight } from '../reply.ts';
import { buttonsOf } from './pager.ts';
import type { View } from './view.ts';

export const articlesOnPage = 8;

const roomForHead = 200;
const roomForEntry = Math.floor((room - roomForHead) / articlesOnPage) - 1;

/** A page of a list of articles. */
export interface ListPage {
  readonly articles: readonly Listed[];
  /** Of all pages together. */
  readonly total: number;
}

interface Measures extends Pick<Listed, 'paragraphs' | 'attributions' | 'speakers'> {
  readonly isChinese: boolean;
}

function quotesIn({ attributions, speakers, isChinese }: Measures, say: Say): string {
  if (attributions === 0 && isChinese) return say('voices.unread');
  if (attributions === 0) return say('measures.nobody');
  if (speakers === 0) return say('measures.quotes', { count: attributions });
  return say('measures.quotes-by', { quotes: attributions, speakers });
}

function measuresOf(listed: Measures, say: Say): string {
  return `${say('measures.paragraphs', { count: listed.paragraphs })} · ${quotesIn(listed, say)}`;
}

/** "12 paragraphs · 5 quotes by 3 speakers". */
export function measures({ article, attributions }: AttributedArticle, say: Say): string {
  const speakers = new Set(attributions.flatMap(each => each.speaker?.id ?? [])).size;
  const quotes = attributions.length;
  const measured = { paragraphs: article.paragraphs.length, attributions: quotes, isChinese: isChinese(article.text) };
  return measuresOf({ ...measured, speakers }, say);
}

/** A list has the titles of articles and not their text: a headline is in its article's language. */
function measuresOfListed(listed: Listed, say: Say): string {
  return measuresOf({ ...listed, isChinese: isChinese(listed.title) }, say);
}

/** Without its link where that is so long that a page would not hold as many articles as every other. */
function entry(listed: Listed, say: Say): string {
  const lines = (titled: Titled) => `${titleLine(titled, say)}\n${small(measuresOfListed(listed, say))}`;
  const whole = lines(listed);
  return weight(whole) <= roomForEntry ? whole : lines({ ...listed, url: undefined });
}

function headOf(total: number, words: string, say: Say): string {
  const like = say('typed.words', { words: inline(words, 120) });
  return `### ${words === '' ? say('listing.all', { total }) : say('listing.like', { total, words: like })}`;
}

/** A page of the articles that were asked for: those like the view's words, the best first, or all, the newest first. */
export function libraryReply(
  { articles, total }: ListPage,
  view: View & { kind: 'library' },
  isPrivate: boolean,
  say: Say,
): Reply {
  return reply({
    accent: accents.article,
    texts: [headOf(total, view.words, say), articles.map(each => entry(each, say)).join('\n')].filter(
      text => text !== '',
    ),
    buttons: buttonsOf(view, Math.ceil(total / articlesOnPage), isPrivate, say),
    private: isPrivate,
  });
}
