import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Article } from '../news/article.ts';
import { titleLine } from './citation.ts';
import type { View } from './custom-id.ts';
import { piecesOf } from './excerpt.ts';
import { room, weight } from './limits.ts';
import { bold, inline, small } from './markdown.ts';
import { buttonsOf, paginate } from './pager.ts';
import { accents, type Reply, reply } from './reply.ts';

/** Comfortable to read on a phone, and far from Discord's limit. */
const roomForPage = 2400;
const articlesOnPage = 8;

/** Pages of articles already shown: those of a huge one take a while, and every press on Next asks for them again. */
const known = new WeakMap<Article, readonly string[]>();

/** A whole article in pages, nothing left out, each paragraph under its number. */
function pagesOf(article: Article, space: number): readonly string[] {
  const before = known.get(article);
  if (before !== undefined) return before;
  const texts = article.paragraphs.flatMap(paragraph =>
    piecesOf(article, paragraph, space - 40).map(
      (piece, at) => `${at === 0 ? bold(`¶${paragraph.number}`) : small(`¶${paragraph.number}, continued`)}\n${piece}`,
    ),
  );
  const pages = paginate(texts, space, Number.POSITIVE_INFINITY).map(page => page.join('\n'));
  known.set(article, pages);
  return pages;
}

/** A page of a whole article. */
export function articleReply(
  { article }: AttributedArticle,
  view: View & { kind: 'article' },
  isPrivate: boolean,
): Reply {
  const byline = article.byline === undefined ? [] : [small(inline(article.byline, 160))];
  const title = [`### ${titleLine(article)}`, ...byline].join('\n');
  const pages = pagesOf(article, Math.min(roomForPage, room - weight(title) - 20));
  const page = Math.max(Math.min(view.page, pages.length - 1), 0);
  return reply({
    accent: accents.article,
    texts: [title, pages[page] ?? ''].filter(text => text !== ''),
    buttons: buttonsOf({ ...view, page }, pages.length, isPrivate),
    private: isPrivate,
  });
}

/** "one paragraph", "12 paragraphs". */
function count(number: number, one: string): string {
  return number === 1 ? `one ${one}` : `${number} ${one}s`;
}

function quotesIn({ attributions }: AttributedArticle): string {
  const speakers = new Set(attributions.flatMap(each => each.speaker?.id ?? [])).size;
  if (attributions.length === 0) return 'quotes nobody';
  const quotes = count(attributions.length, 'quote');
  return speakers === 0 ? quotes : `${quotes} by ${count(speakers, 'speaker')}`;
}

/** "12 paragraphs · 5 quotes by 3 speakers". */
export function measures(from: AttributedArticle): string {
  return `${count(from.article.paragraphs.length, 'paragraph')} · ${quotesIn(from)}`;
}

function entry(from: AttributedArticle): string {
  return `${titleLine(from.article)}\n${small(measures(from))}`;
}

function headOf(number: number, words: string): string {
  const articles = number === 1 ? 'One article' : `${number} articles`;
  return words === '' ? `### ${articles} to ask about` : `### ${articles} like “${inline(words, 120)}”`;
}

/** A page of the articles that were asked for: those like the view's words, the best first, or all, the newest first. */
export function libraryReply(
  articles: readonly AttributedArticle[],
  view: View & { kind: 'library' },
  isPrivate: boolean,
): Reply {
  const head = headOf(articles.length, view.words);
  const pages = paginate(articles.map(entry), room - weight(head) - 20, articlesOnPage);
  const page = Math.max(Math.min(view.page, pages.length - 1), 0);
  return reply({
    accent: accents.article,
    texts: [head, (pages[page] ?? []).join('\n')].filter(text => text !== ''),
    buttons: buttonsOf({ ...view, page }, pages.length, isPrivate),
    private: isPrivate,
  });
}
