import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Listed } from '../library/library.ts';
import { plainTitle } from '../replies/citation.ts';
import { bold, escapeMarkdown } from '../replies/markdown.ts';
import { mention, notice, typed } from '../replies/notice.ts';
import type { Reply } from '../replies/reply.ts';
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

export function either(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}

function titles(articles: readonly Listed[]): string {
  return either(articles.slice(0, mostSuggested).map(each => bold(escapeMarkdown(plainTitle(each, 100)))));
}

/** The article itself: it may have gone since it was found, or its words on the disk may be damaged. */
async function opened({ id }: Listed, { library }: Context): Promise<Outcome<AttributedArticle>> {
  const article = await library.article(id);
  return article === undefined
    ? told('That article was removed just now, or cannot be read any more. Please choose another one.')
    : found(article);
}

/** The one article that somebody means by what they typed or chose. */
export async function oneArticle(value: string, context: Context): Promise<Outcome<AttributedArticle>> {
  const exact = await articleOfValue(value, context);
  if (exact !== undefined) return found(exact);
  const like = await context.search.articles(value);
  const [only] = like;
  if (only === undefined)
    return told(
      `I have no article called ${typed(value, context.say)}. See what I have with ${mention('article list', context.commandIds)}.`,
    );
  return like.length === 1
    ? await opened(only, context)
    : told(`${typed(value, context.say)} could be ${titles(like)}. Pick one from the list that opens as you type.`);
}

export function emptyLibrary({ commandIds }: Pick<Desk, 'commandIds'>): Reply {
  return notice(`The library is still empty. Put an article into it with ${mention('article add', commandIds)}.`);
}

/** The article that was chosen; without a choice the newest there is. */
export async function articleOrNewest(options: Options, context: Context): Promise<Outcome<AttributedArticle>> {
  const value = textOf(options, 'article');
  if (value !== undefined) return await oneArticle(value, context);
  const [newest] = await context.library.newest(0, 1);
  return newest === undefined ? { kind: 'notice', reply: emptyLibrary(context) } : await opened(newest, context);
}
