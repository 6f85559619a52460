import { decode, type FoundCode, type PersonCode } from '../replies/custom-id.ts';
import { forms } from '../replies/form.ts';
import { articleReply } from '../replies/parts/article.ts';
import { codeOfFound, type Found, foundOfCode, type Person, personWithin } from '../replies/parts/statement.ts';
import { type Deed, decodeDeed } from '../replies/removal.ts';
import { isPrivate as isPrivateReply, notice, type Reply } from '../replies/reply.ts';
import { summaryReply } from '../replies/summary.ts';
import { personReply } from '../replies/views/person.ts';
import { quoteReply } from '../replies/views/quote.ts';
import type { View } from '../replies/views/view.ts';
import { whoSaidReply } from '../replies/views/who-said.ts';
import { markWords } from '../search/mark.ts';
import { summarize } from '../summary/summarize.ts';
import { discard, keep, offer } from './add.ts';
import { remove, restore } from './article.ts';
import { cardAnswer } from './card.ts';
import { barrier, type Context, type Desk } from './command.ts';
import { comparePage } from './compare.ts';
import { erase } from './library.ts';
import { listPage } from './list.ts';
import { speakersPage } from './speakers.ts';
import { timelinePage } from './timeline.ts';

/** What a press on a button, or a choice in a menu, leads to: the same message changed, or a new one. */
export interface Answer {
  readonly way: 'update' | 'message';
  readonly reply: Reply;
}

/** What a code leads to, the words that were asked for marked anew. */
async function marked(code: FoundCode | undefined, words: string, context: Context): Promise<Found | undefined> {
  const from = code && (await context.library.articleOfCode(code.article));
  const found = code && from && foundOfCode(code, from);
  if (found === undefined) return undefined;
  return { ...found, matches: markWords(found.from.article.text, found.excerpt, words, found.attribution?.content) };
}

type Show<Kind extends View['kind']> = (
  view: View & { readonly kind: Kind },
  context: Context,
  isPrivate: boolean,
) => Promise<Reply | undefined>;

const showQuote: Show<'quote'> = async (view, context, isPrivate) => {
  const found = await marked(view.found[view.page], view.words, context);
  return found && quoteReply(found, view, isPrivate, context.say);
};

const showSaid: Show<'said'> = async (view, context, isPrivate) => {
  const all = await Promise.all(view.found.map(code => marked(code, view.words, context)));
  const [best, ...others] = all.filter(found => found !== undefined);
  return best && others.length + 1 === all.length
    ? whoSaidReply([best, ...others], view, isPrivate, context.say)
    : undefined;
};

const showPeople: Show<'person'> = async (view, context, isPrivate) => {
  const all = await Promise.all(view.people.map(code => personOf(code, view.within, context)));
  const people = all.filter(person => person !== undefined);
  return people.length < all.length ? undefined : personReply(people, view, isPrivate, context.say);
};

async function personOf(
  code: PersonCode,
  within: 'article' | 'library',
  { library, search }: Context,
): Promise<Person | undefined> {
  const from = await library.articleOfCode(code.article);
  if (from === undefined) return undefined;
  return within === 'article' ? personWithin(code, from) : await search.person(from, code.speaker);
}

const showCard: Show<'card'> = async (view, context, isPrivate) => {
  const found = await marked(view.found, '', context);
  return found && (await cardAnswer(found, view, context, isPrivate));
};

const showLike: Show<'like'> = async (view, context, isPrivate) => {
  const found = await marked(view.found, '', context);
  if (found === undefined) return undefined;
  const { passages, words } = await context.search.similar(found);
  const [best] = passages;
  if (best === undefined) return notice(context.say('quote.nothing-like'));
  return quoteReply(
    best,
    { kind: 'quote', page: 0, context: false, found: passages.map(codeOfFound), words },
    isPrivate,
    context.say,
  );
};

async function show(view: View, context: Context, isPrivate: boolean): Promise<Reply | undefined> {
  if (view.kind === 'quote') return await showQuote(view, context, isPrivate);
  if (view.kind === 'said') return await showSaid(view, context, isPrivate);
  if (view.kind === 'person') return await showPeople(view, context, isPrivate);
  if (view.kind === 'like') return await showLike(view, context, isPrivate);
  if (view.kind === 'card') return await showCard(view, context, isPrivate);
  if (view.kind === 'speakers') return await speakersPage(view, context, isPrivate);
  if (view.kind === 'compare') return await comparePage(view, context, isPrivate);
  if (view.kind === 'timeline') return await timelinePage(view, context, isPrivate);
  if (view.kind === 'library') return await listPage(view, context, isPrivate);
  const from = await context.library.articleOfCode(view.article);
  if (from === undefined) return undefined;
  return view.kind === 'article'
    ? articleReply(from, view, isPrivate, context.say)
    : summaryReply(from, summarize(from, view.length), view, isPrivate, context.say);
}

async function act({ kind, id }: Deed, context: Context): Promise<Reply | undefined> {
  if (kind === 'spare') return notice(context.say('removing.spared'));
  if (kind === 'discard') return await discard(id, context);
  const barred = barrier(context);
  if (barred !== undefined) return barred;
  if (kind === 'keep') return await keep(id, context);
  return kind === 'remove' ? await remove(id, context) : await restore(id, context);
}

/** Answers a button, or the entry of a menu that was chosen. Its id may be forged or years old: it leads only to what this library holds and this person may do. */
export async function answerPress(customId: string, isPrivate: boolean, context: Context): Promise<Answer> {
  const deed = decodeDeed(customId);
  if (deed !== undefined) {
    const reply = await act(deed, context);
    // Deeds stand under messages that one person sees. Under any other they were forged.
    return {
      way: isPrivate && reply !== undefined ? 'update' : 'message',
      reply: reply ?? notice(context.say('stale.deed')),
    };
  }
  const press = decode(customId);
  const shared = press?.action === 'share';
  const reply = press && (await show(press.view, context, isPrivate && !shared));
  if (reply === undefined) return { way: 'message', reply: notice(context.say('stale.view')) };
  // What only whoever pressed may see, such as that they have drawn too much, is put in place of nothing that all see.
  const takesPlace = press?.action === 'turn' && isPrivateReply(reply) === isPrivate;
  return { way: takesPlace ? 'update' : 'message', reply };
}

/** Answers a form that was filled in. Its id and its fields may be forged. */
export async function answerForm(
  customId: string,
  fields: Readonly<Record<string, string>>,
  desk: Desk,
): Promise<Reply> {
  if (customId === forms.erase) return await erase(fields.words ?? '', desk);
  const barred = barrier(desk);
  if (barred !== undefined) return barred;
  if (customId !== forms.paste) return notice(desk.say('stale.form'));
  const { title = '', link = '', text = '' } = fields;
  return await offer([{ kind: 'pasted', title, link, text }], [], await desk.open());
}
