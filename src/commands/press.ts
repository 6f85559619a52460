import { articleReply, libraryReply } from '../replies/article.ts';
import { articleCode, decode, type View } from '../replies/custom-id.ts';
import { type ArticleOfCode, foundOfCode, personOfCode } from '../replies/found.ts';
import { notice } from '../replies/notice.ts';
import { personReply } from '../replies/person.ts';
import { quoteReply } from '../replies/quote.ts';
import type { Reply } from '../replies/reply.ts';
import { summaryReply } from '../replies/summary.ts';
import { markWords } from '../search/mark.ts';
import { summarize } from '../summary/summarize.ts';
import type { Context } from './command.ts';

/** What a press on a button leads to: the same message changed, or a new one. */
export interface Answer {
  readonly way: 'update' | 'message';
  readonly reply: Reply;
}

const gone = 'That button has gone stale: its article has changed or left the library. Please ask again.';

function showQuote(view: View & { kind: 'quote' }, articleOf: ArticleOfCode, isPrivate: boolean): Reply | undefined {
  const code = view.found[view.page];
  const found = code && foundOfCode(code, articleOf);
  if (found === undefined) return undefined;
  const matches = markWords(found.from.article.text, found.excerpt, view.words, found.attribution?.content);
  return quoteReply({ ...found, matches }, view, isPrivate);
}

function showPeople(view: View & { kind: 'person' }, articleOf: ArticleOfCode, isPrivate: boolean): Reply | undefined {
  const people = view.people.map(code => personOfCode(code, articleOf)).filter(person => person !== undefined);
  return people.length < view.people.length ? undefined : personReply(people, view, isPrivate);
}

function show(view: View, context: Context, isPrivate: boolean): Reply | undefined {
  const { articles } = context.library;
  const articleOf: ArticleOfCode = code => articles.find(({ article }) => articleCode(article.id) === code);
  if (view.kind === 'quote') return showQuote(view, articleOf, isPrivate);
  if (view.kind === 'person') return showPeople(view, articleOf, isPrivate);
  if (view.kind === 'library') return articles.length === 0 ? undefined : libraryReply(articles, view, isPrivate);
  const from = articleOf(view.article);
  if (from === undefined) return undefined;
  return view.kind === 'article'
    ? articleReply(from, view, isPrivate)
    : summaryReply(from, summarize(from, view.length), view, isPrivate);
}

/** Answers a button. Its id may be forged or years old: it leads only to what this server's library holds. */
export function answerPress(customId: string, isPrivate: boolean, context: Context): Answer {
  const press = decode(customId);
  const shared = press?.action === 'share';
  const reply = press && show(press.view, context, isPrivate && !shared);
  if (reply === undefined) return { way: 'message', reply: notice(gone) };
  return { way: shared ? 'message' : 'update', reply };
}
