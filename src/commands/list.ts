import { mention, notice, type Reply, typed } from '../replies/reply.ts';
import { articlesOnPage, type ListPage, libraryReply } from '../replies/views/list.ts';
import type { View } from '../replies/views/view.ts';
import type { Context, Options } from './command.ts';
import { emptyLibrary } from './find.ts';
import { textOf } from './options.ts';

type ListView = View & { readonly kind: 'library' };

async function articlesOf(
  { page, words }: ListView,
  { library, search }: Context,
): Promise<ListPage & { page: number }> {
  const like = words === '' ? undefined : await search.articles(words);
  const total = like === undefined ? await library.count() : like.length;
  // Articles may have gone since the button was made.
  const there = Math.max(Math.min(page, Math.ceil(total / articlesOnPage) - 1), 0);
  const from = there * articlesOnPage;
  const articles = like?.slice(from, from + articlesOnPage) ?? (await library.newest(from, articlesOnPage));
  return { articles, total, page: there };
}

/** A page of the library, or of its articles like some words; `undefined` where there are none. */
export async function listPage(view: ListView, context: Context, isPrivate: boolean): Promise<Reply | undefined> {
  const { page, ...found } = await articlesOf(view, context);
  return found.articles.length === 0 ? undefined : libraryReply(found, { ...view, page }, isPrivate, context.say);
}

/** `/article list`. */
export async function list(options: Options, context: Context): Promise<Reply> {
  const words = textOf(options, 'find') ?? '';
  const view = { kind: 'library', page: 0, words } as const;
  const reply = await listPage(view, context, options.flags.private === true);
  if (reply !== undefined) return reply;
  if (words === '' || (await context.library.count()) === 0) return emptyLibrary(context);
  const { say, commandIds } = context;
  const all = mention('article list', commandIds);
  return notice(say('listing.none-like', { words: typed(words, say), list: all }));
}
