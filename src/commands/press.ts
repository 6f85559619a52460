import { articleReply, libraryReply } from '../replies/article.ts';
import { articleCode, decode, type FoundCode, type View } from '../replies/custom-id.ts';
import { type Deed, decodeDeed } from '../replies/deed.ts';
import { type ArticleOfCode, type Found, foundOfCode, personOfCode } from '../replies/found.ts';
import { notice } from '../replies/notice.ts';
import { personReply } from '../replies/person.ts';
import { quoteReply } from '../replies/quote.ts';
import type { Reply } from '../replies/reply.ts';
import { summaryReply } from '../replies/summary.ts';
import { whoSaidReply } from '../replies/who-said.ts';
import { markWords } from '../search/mark.ts';
import { summarize } from '../summary/summarize.ts';
import { discard, keep } from './add.ts';
import type { Context } from './command.ts';
import { articlesLike } from './find.ts';
import { barrier } from './permission.ts';
import { remove, restore } from './remove.ts';

/** What a press on a button leads to: the same message changed, or a new one. */
export interface Answer {
  readonly way: 'update' | 'message';
  readonly reply: Reply;
}

const overtaken =
  'That button has gone stale: what it is about is gone, done already, or somebody else’s. Please start again.';
const gone = 'That button has gone stale: its article has changed or left the library. Please ask again.';

/** What a code leads to, the words that were asked for marked anew. */
function marked(code: FoundCode | undefined, words: string, articleOf: ArticleOfCode): Found | undefined {
  const found = code && foundOfCode(code, articleOf);
  if (found === undefined) return undefined;
  return { ...found, matches: markWords(found.from.article.text, found.excerpt, words, found.attribution?.content) };
}

function showQuote(view: View & { kind: 'quote' }, articleOf: ArticleOfCode, isPrivate: boolean): Reply | undefined {
  const found = marked(view.found[view.page], view.words, articleOf);
  return found && quoteReply(found, view, isPrivate);
}

function showSaid(view: View & { kind: 'said' }, articleOf: ArticleOfCode, isPrivate: boolean): Reply | undefined {
  const all = view.found.map(code => marked(code, view.words, articleOf)).filter(found => found !== undefined);
  const [best, ...others] = all;
  return best && all.length === view.found.length ? whoSaidReply([best, ...others], view, isPrivate) : undefined;
}

function showPeople(view: View & { kind: 'person' }, articleOf: ArticleOfCode, isPrivate: boolean): Reply | undefined {
  const people = view.people.map(code => personOfCode(code, articleOf)).filter(person => person !== undefined);
  return people.length < view.people.length ? undefined : personReply(people, view, isPrivate);
}

function show(view: View, context: Context, isPrivate: boolean): Reply | undefined {
  const { articles } = context.library;
  const articleOf: ArticleOfCode = code => articles.find(({ article }) => articleCode(article.id) === code);
  if (view.kind === 'quote') return showQuote(view, articleOf, isPrivate);
  if (view.kind === 'said') return showSaid(view, articleOf, isPrivate);
  if (view.kind === 'person') return showPeople(view, articleOf, isPrivate);
  if (view.kind === 'library') {
    const like = articlesLike(view.words, context);
    return like.length === 0 ? undefined : libraryReply(like, view, isPrivate);
  }
  const from = articleOf(view.article);
  if (from === undefined) return undefined;
  return view.kind === 'article'
    ? articleReply(from, view, isPrivate)
    : summaryReply(from, summarize(from, view.length), view, isPrivate);
}

async function act({ kind, id }: Deed, context: Context): Promise<Reply | undefined> {
  if (kind === 'spare') return notice('Nothing was removed.');
  if (kind === 'discard') return await discard(id, context);
  const barred = barrier(context);
  if (barred !== undefined) return barred;
  if (kind === 'keep') return await keep(id, context);
  return kind === 'remove' ? await remove(id, context) : await restore(id, context);
}

/** Answers a button. Its id may be forged or years old: it leads only to what this library holds and this person may do. */
export async function answerPress(customId: string, isPrivate: boolean, context: Context): Promise<Answer> {
  const deed = decodeDeed(customId);
  if (deed !== undefined) {
    const reply = await act(deed, context);
    // Deeds stand under messages that one person sees. Under any other they were forged.
    return { way: isPrivate && reply !== undefined ? 'update' : 'message', reply: reply ?? notice(overtaken) };
  }
  const press = decode(customId);
  const shared = press?.action === 'share';
  const reply = press && show(press.view, context, isPrivate && !shared);
  if (reply === undefined) return { way: 'message', reply: notice(gone) };
  return { way: shared ? 'message' : 'update', reply };
}
