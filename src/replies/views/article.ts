import * as z from 'zod/mini';
import type { AttributedArticle } from '../../attribution/attribution.ts';
import type { Article } from '../../news/article.ts';
import type { Language } from '../../wording/languages.ts';
import type { Say } from '../../wording/say.ts';
import { parts } from '../custom-id.ts';
import { ROOM, weight } from '../limits.ts';
import { bylineOf, titleLine } from '../parts/citation.ts';
import { paragraphPieces } from '../parts/excerpt.ts';
import { bold, joined, small } from '../parts/markdown.ts';
import { ACCENTS, type Audience, type Reply, reply } from '../reply.ts';
import { askEntry } from './excerpts.ts';
import { controlsOf, defineView, pageWithin, paginate, type View } from './view.ts';

/** A whole article. */
const shape = z.object({ page: parts.page, article: parts.article });
type ArticleState = z.infer<typeof shape>;

export const articleView: View<ArticleState> = defineView({
  name: 'article',
  letter: 'a',
  form: /^a(?<article>[\w\-]{6})$/v,
  state: shape,
  async show(state, context) {
    const from = await context.library.articleOfCode(state.article);
    return from && articleReply(from, state, context);
  },
});

/** Comfortable to read on a phone, and far below Discord's limit. */
const ROOM_FOR_PAGE = 2400;

/** Caches pages by article and language: those of a huge article take a while, and every press on Next needs them. */
const cache = new WeakMap<Article, Map<Language, readonly string[]>>();

/** Returns a whole article in pages, each paragraph under its number. */
function pagesOf(article: Article, space: number, say: Say): readonly string[] {
  const before = cache.get(article) ?? new Map<Language, readonly string[]>();
  const shown = before.get(say.language);
  if (shown !== undefined) return shown;
  const texts = article.paragraphs.flatMap(paragraph =>
    paragraphPieces(article, paragraph, space - 40).map(
      (piece, at) =>
        `${at === 0 ? bold(`¶${paragraph.number}`) : small(say('showing.continued', { number: String(paragraph.number) }))}\n${piece}`,
    ),
  );
  const pages = paginate(texts, space, Number.POSITIVE_INFINITY).map(page => page.join('\n'));
  cache.set(article, before.set(say.language, pages));
  return pages;
}

export function articleReply({ article }: AttributedArticle, state: ArticleState, audience: Audience): Reply {
  const { say } = audience;
  const title = joined([`### ${titleLine(article, say)}`, bylineOf(article)]);
  const pages = pagesOf(article, Math.min(ROOM_FOR_PAGE, ROOM - weight(title) - 20), say);
  const page = pageWithin(state.page, pages.length);
  return reply({
    accent: ACCENTS.article,
    texts: [title, pages[page] ?? ''],
    ...controlsOf(articleView, { ...state, page }, pages.length, audience, {
      buttons: [askEntry(state.article, say)],
    }),
  });
}
