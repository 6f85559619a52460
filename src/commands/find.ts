import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Listed } from '../library/library.ts';
import { plainTitle } from '../replies/parts/citation.ts';
import { bold, escapeMarkdown } from '../replies/parts/markdown.ts';
import { mention, notice, type Reply, typed } from '../replies/reply.ts';
import { listIn } from '../wording/languages.ts';
import type { Say } from '../wording/say.ts';
import type { Context, Desk, Options } from './command.ts';
import { articleOfValue, textOf } from './options.ts';

/** Names or titles in a sentence. */
export const mostSuggested = 4;

/** What was asked for, or a line that says why it cannot be and what to do. */
export type Outcome<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'notice'; readonly reply: Reply };

export function found<T>(value: T): Outcome<T> {
  return { kind: 'found', value };
}

export function told(markdown: string): { readonly kind: 'notice'; readonly reply: Reply } {
  return { kind: 'notice', reply: notice(markdown) };
}

function titles(articles: readonly Listed[], { language }: Say): string {
  const shown = articles.slice(0, mostSuggested).map(each => bold(escapeMarkdown(plainTitle(each, 100))));
  return listIn(language, 'or', shown);
}

/** The article itself: it may have gone since it was found, or its words on the disk may be damaged. */
async function opened({ id }: Listed, { library, say }: Context): Promise<Outcome<AttributedArticle>> {
  const article = await library.article(id);
  return article === undefined ? told(say('searching.gone')) : found(article);
}

/** The one article that somebody means by what they typed or chose. */
export async function oneArticle(value: string, context: Context): Promise<Outcome<AttributedArticle>> {
  const exact = await articleOfValue(value, context);
  if (exact !== undefined) return found(exact);
  const like = await context.search.articles(value);
  const [only] = like;
  const { say, commandIds } = context;
  const title = typed(value, say);
  if (only === undefined)
    return told(say('searching.no-article', { title, list: mention('article list', commandIds) }));
  return like.length === 1
    ? await opened(only, context)
    : told(say('searching.articles', { title, titles: titles(like, say) }));
}

export function emptyLibrary({ commandIds, say }: Pick<Desk, 'commandIds' | 'say'>): Reply {
  return notice(say('searching.empty', { add: mention('article add', commandIds) }));
}

/** The article that was chosen; without a choice the newest there is. */
export async function articleOrNewest(options: Options, context: Context): Promise<Outcome<AttributedArticle>> {
  const value = textOf(options, 'article');
  if (value !== undefined) return await oneArticle(value, context);
  const [newest] = await context.library.newest(0, 1);
  return newest === undefined ? { kind: 'notice', reply: emptyLibrary(context) } : await opened(newest, context);
}
