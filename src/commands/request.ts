import { type Answer, ask } from '../answering/ask.ts';
import { mayBeName } from '../answering/named.ts';
import { asksNothing, isQuestion } from '../answering/question.ts';
import { namesOfArticle, type Request, requestOf } from '../answering/request.ts';
import type { ArticleSummary } from '../library/store/stored.ts';
import { UNKNOWN_METADATA } from '../news/article.ts';
import { parseLink } from '../reading/addresses.ts';
import { actionId, personCode } from '../replies/custom-id.ts';
import { type Form, questionForm } from '../replies/form.ts';
import { joined } from '../replies/parts/markdown.ts';
import { ACCENTS, button, mention, notice, type Reply, refusalNotice, reply, typed } from '../replies/reply.ts';
import { answeredReply, nothingReply, whoseAnswerReply } from '../replies/views/answer.ts';
import { personReply } from '../replies/views/person.ts';
import { whichSummaryReply } from '../replies/views/summary.ts';
import { namedOnlyReply } from '../replies/views/who-said.ts';
import type { FilterOptions } from '../search/filter.ts';
import { hasWording } from '../search/passages.ts';
import type { PersonMatch } from '../search/people.ts';
import { listArticles } from './article.ts';
import { checkText } from './check.ts';
import type { Context, FilledForm, Options, RequestContext } from './command.ts';
import { comparePeople } from './compare.ts';
import {
  ARTICLE_FILTERS,
  alsoCalled,
  couldBeNote,
  emptyLibrary,
  type Invocation,
  invocationIn,
  invocationOf,
  narrowing,
  nobodyCalled,
  severalNote,
} from './lookup.ts';
import { textOf } from './options.ts';
import { randomQuote } from './random.ts';
import { summaryOf } from './summary.ts';
import { timelineOf } from './timeline.ts';

/** Answers a question. Ignores `filter.speaker`. */
export async function answerQuestion(question: string, invocation: Invocation): Promise<Reply> {
  return replyTo(await ask(invocation.context.library, question, invocation.filter), invocation);
}

/** Shows an answer. */
export function replyTo(answer: Answer, { options, note, context }: Invocation): Reply {
  const { say } = context;
  if (answer.kind === 'answered') return answeredReply(answer, context, note);
  if (answer.kind === 'which') return whoseAnswerReply(answer.typed, answer.answers, context, note);
  return nothingReply(answer, narrowing(options, ARTICLE_FILTERS, say), say, note);
}

/** A few pages; a `custom_id` has room for twice that. */
const MOST_PEOPLE = 6;

/** Returns who somebody is, among the people a name may mean, or that nobody has the name. */
export async function whoIs(name: string, all: readonly PersonMatch[], invocation: Invocation): Promise<Reply> {
  const { filter, context } = invocation;
  const meant = all.filter(({ closeness }) => closeness === 'match');
  const [first, ...others] = meant.slice(0, MOST_PEOPLE);
  if (first === undefined) {
    const [named, ...more] = await context.search.naming(name, filter);
    return named === undefined ? nobodyCalled(name, all, invocation) : namedOnlyReply(name, [named, ...more], context);
  }
  const people = [first, ...others] as const;
  const within = filter.article === undefined ? 'library' : 'article';
  const state = { page: 0, within, people: people.map(personCode) } as const;
  const notes = [severalNote(name, people, context.say), couldBeNote(name, alsoCalled(name, people), context.say)];
  return personReply(people, state, context, joined(notes, ' '));
}

/** Says what may be asked. */
function greeting({ say, commandIds }: Pick<Context, 'say' | 'commandIds'>): Reply {
  return notice(say('asking.hello', { add: mention('article add', commandIds), help: mention('help', commandIds) }));
}

/** Points to a command, if there is one. */
export function useCommand(path: string, context: Context): Reply {
  const { say, commandIds } = context;
  const isKnown = commandIds.has(path.split(' ')[0] ?? path);
  return isKnown ? notice(say('mentions.command', { command: mention(path, commandIds) })) : greeting(context);
}

/** Answers what somebody typed, depending on whether it's a question, a quotation, a name, a link or a greeting. */
export async function answerRequest(text: string, invocation: Invocation): Promise<Reply> {
  const { options, filter, context } = invocation;
  const { say } = context;
  const request = requestOf(text);
  if (request.kind === 'help' || request.kind === 'thanks') return greeting(context);
  if (request.kind === 'command') return useCommand(request.path, context);
  if (request.kind === 'translation') return notice(say('asking.no-translation'));
  if (request.kind === 'opinion') return notice(say('asking.no-opinion'));
  if (request.kind === 'foreign') return notice(say('asking.languages'));
  if (request.kind === 'link') return await answerLink(request.address, request.question, invocation);
  if ((await context.library.count()) === 0) return emptyLibrary(context);
  if (request.kind === 'check') return await checkText(text, context);
  if (request.kind === 'newest') return await listArticles('', context);
  if (request.kind === 'summary') {
    return request.article === ''
      ? await summaryOf(filter.article ?? '', options, context)
      : await summaryOfNamed(request.article, invocation);
  }
  if (request.kind === 'person') return await answerAboutPerson(request, text, invocation);
  const answer = async () =>
    asksNothing(text) ? notice(say('mentions.whom')) : await answerQuestion(text, invocation);
  if (!('texts' in request)) return await answer();
  const run = { compare: comparePeople, timeline: timelineOf, random: randomQuote }[request.kind];
  return await run({ ...options, texts: { ...options.texts, ...request.texts } }, context, answer);
}

/** More are too many to choose from. */
const MOST_ARTICLES = 8;

/** Returns the summary of the article that somebody means, or asks which, or says that there is none. */
async function summaryOfNamed(typedName: string, { options, filter, context }: Invocation): Promise<Reply> {
  const { say, commandIds } = context;
  const articles = await findMeantArticles(typedName, filter, context);
  const [first, ...others] = articles;
  const words = typed(typedName, say);
  if (first === undefined)
    return notice(say('listing.none-like', { words, list: mention('article list', commandIds) }));
  if (others.length === 0) return await summaryOf(first.id, options, context);
  return whichSummaryReply(words, articles.slice(0, MOST_ARTICLES), context);
}

/** Returns the articles with a title that fits, or else those that have the words. */
async function findMeantArticles(
  typedName: string,
  filter: FilterOptions,
  { library, search }: Context,
): Promise<readonly ArticleSummary[]> {
  const names = namesOfArticle(typedName);
  for (const name of names) {
    const titled = await search.titled(name);
    const entitled = titled.filter(({ title }) => title?.toLowerCase() === name.toLowerCase());
    if (titled.length > 0) return entitled.length === 1 ? entitled : titled;
  }
  const about = await search.about(names.at(-1) ?? typedName, filter);
  return await library.listed(about.map(({ article }) => article.id));
}

/** A name in which every word begins with a capital letter. */
const WRITTEN_NAME = /^(?:\p{Lu}[\p{L}\p{M}'’.\-]*(?: |$))+$/v;

/** Says who somebody is, or answers what isn't about somebody: "who is against the tram?" */
async function answerAboutPerson(
  { name, isAsked }: Extract<Request, { kind: 'person' }>,
  text: string,
  invocation: Invocation,
): Promise<Reply> {
  const { filter, context } = invocation;
  const people = await context.search.people(name, filter);
  const whose = () => whoIs(name, people, invocation);
  if (people[0]?.closeness === 'match' || (isAsked && WRITTEN_NAME.test(name))) return await whose();
  if (asksNothing(text)) return notice(context.say('mentions.whom'));
  const answer = await ask(context.library, text, filter);
  // A name may be in lower case.
  return isAsked && answer.kind === 'nothing' && mayBeName(name) ? await whose() : replyTo(answer, invocation);
}

/** Answers from the article that a link leads to, or offers to add it. */
async function answerLink(address: string, question: string, invocation: Invocation): Promise<Reply> {
  const { options, filter, context } = invocation;
  const { isPrivate, library, say } = context;
  const parsed = parseLink(address);
  if (parsed.kind === 'refused') return refusalNotice(parsed.reason, say);
  const { href } = parsed.url;
  const already = await library.already({ ...UNKNOWN_METADATA, url: href }, '');
  if (already === undefined) {
    return reply({
      accent: ACCENTS.article,
      // The button reads the link from here.
      texts: [`${say('mentions.unknown-link')}\n<${href}>`],
      buttons: [button(say('menu.add to library'), actionId('add'), 'main')],
      private: isPrivate,
    });
  }
  const { id } = already.listed;
  return question === ''
    ? await summaryOf(id, options, context)
    : await answerQuestion(question, { ...invocation, filter: { ...filter, article: id } });
}

const ANY_LETTER = /[\p{L}\p{N}]/v;

/**
 * Returns the answer to what was typed where words are looked for but plainly means another command; `undefined` if it
 * doesn't, or if an article has nearly that wording.
 */
export async function answerTyped(options: Options, context: Context): Promise<Reply | undefined> {
  const words = textOf(options, 'words');
  if (words === undefined || !ANY_LETTER.test(words) || textOf(options, 'speaker') !== undefined) return undefined;
  const { kind } = requestOf(words);
  const isAsked = kind === 'question' || kind === 'person' ? isQuestion(words) : OTHER_COMMANDS.has(kind);
  if (!isAsked) return undefined;
  const invocation = await invocationOf(options, context);
  if (invocation.kind === 'notice') return invocation.reply;
  const [best] = await context.search.passages(words, invocation.value.filter);
  if (best !== undefined && hasWording(best, words)) return undefined;
  if (kind !== 'question') return await answerRequest(words, invocation.value);
  const note = context.say('asking.hint', { ask: mention('ask', context.commandIds) });
  return await answerQuestion(words, { ...invocation.value, note });
}

const OTHER_COMMANDS: ReadonlySet<string> = new Set(['link', 'summary', 'newest', 'help']);

/** Returns the form for a question about an article; `undefined` if it is gone. */
export async function questionAbout(code: string, { library, say }: Context): Promise<Form | undefined> {
  const from = await library.articleOfCode(code);
  return from && questionForm(from.article, say);
}

/** Answers a question about an article; `undefined` if it is gone. */
export async function answerAbout(
  { fields: { question = '' } }: FilledForm,
  request: RequestContext,
  code: string,
): Promise<Reply | undefined> {
  const context = await request.open();
  const from = await context.library.articleOfCode(code);
  if (from === undefined) return undefined;
  if (question.trim() === '') return notice(context.say('asking.ask'));
  return await answerQuestion(question, invocationIn(context, from.article.id));
}
