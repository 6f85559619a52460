import type { AttributedArticle } from '../../attribution/attribution.ts';
import type { Article } from '../../news/article.ts';
import type { Language } from '../../wording/languages.ts';
import type { Say } from '../../wording/say.ts';
import { accents, type Reply, reply, room, weight } from '../reply.ts';
import { buttonsOf, paginate } from '../views/pager.ts';
import type { View } from '../views/view.ts';
import { titleLine } from './citation.ts';
import { piecesOf } from './excerpt.ts';
import { bold, inline, small } from './markdown.ts';

/** Comfortable to read on a phone, and far from Discord's limit. */
const roomForPage = 2400;

/** Pages of articles already shown, by language: those of a huge one take a while, and every press on Next asks for them again. */
const known = new WeakMap<Article, Map<Language, readonly string[]>>();

/** A whole article in pages, nothing left out, each paragraph under its number. */
function pagesOf(article: Article, space: number, say: Say): readonly string[] {
  const before = known.get(article) ?? new Map<Language, readonly string[]>();
  const shown = before.get(say.language);
  if (shown !== undefined) return shown;
  const texts = article.paragraphs.flatMap(paragraph =>
    piecesOf(article, paragraph, space - 40).map(
      (piece, at) =>
        `${at === 0 ? bold(`¶${paragraph.number}`) : small(say('showing.continued', { number: String(paragraph.number) }))}\n${piece}`,
    ),
  );
  const pages = paginate(texts, space, Number.POSITIVE_INFINITY).map(page => page.join('\n'));
  known.set(article, before.set(say.language, pages));
  return pages;
}

/** A page of a whole article. */
export function articleReply(
  { article }: AttributedArticle,
  view: View & { kind: 'article' },
  isPrivate: boolean,
  say: Say,
): Reply {
  const byline = article.byline === undefined ? [] : [small(inline(article.byline, 160))];
  const title = [`### ${titleLine(article, say)}`, ...byline].join('\n');
  const pages = pagesOf(article, Math.min(roomForPage, room - weight(title) - 20), say);
  const page = Math.max(Math.min(view.page, pages.length - 1), 0);
  return reply({
    accent: accents.article,
    texts: [title, pages[page] ?? ''].filter(text => text !== ''),
    buttons: buttonsOf({ ...view, page }, pages.length, isPrivate, say),
    private: isPrivate,
  });
}
