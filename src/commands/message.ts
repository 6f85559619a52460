import { type FollowUp, followUpOf, pointsAtMessage, saidAbout, withName } from '../answering/follow-up.ts';
import { parseQuestion } from '../answering/question.ts';
import { requestOf } from '../answering/request.ts';
import type { AttributedArticle } from '../attribution/attribution.ts';
import { isMainlyHan } from '../news/chinese.ts';
import { slice } from '../news/span.ts';
import { type PassageCode, type PersonCode, passageOfCode } from '../replies/custom-id.ts';
import { readDeleteButton } from '../replies/message-buttons.ts';
import { titleLine } from '../replies/parts/citation.ts';
import { small } from '../replies/parts/markdown.ts';
import { ACCENTS, isPrivate, mention, notice, type Reply, reply } from '../replies/reply.ts';
import { cardView } from '../replies/views/card.ts';
import { personView } from '../replies/views/person.ts';
import { NO_FILTER_OPTIONS } from '../search/filter.ts';
import { foldSign } from '../words/words.ts';
import { checkText } from './check.ts';
import { type Context, NO_OPTIONS, type Options } from './command.ts';
import { componentOf } from './components.ts';
import { answerQuestion, answerRequest, useCommand, whoIs } from './request.ts';
import { summaryOf } from './summary.ts';

/** A message to the bot: a mention, a reply or a direct message. */
export interface IncomingMessage {
  /** Without the mention. */
  readonly text: string;
  readonly repliedTo:
    | undefined
    /** An answer of the bot: the ids of its buttons and menu entries. */
    | { readonly kind: 'answer'; readonly ids: readonly string[] }
    /** Somebody else's message, or one that this forwards; `text` is empty if Discord doesn't show it. */
    | { readonly kind: 'message'; readonly text: string };
}

/** Nobody fills in options for a message, and its answer can't be private. */
const OPTIONS: Options = { ...NO_OPTIONS, flags: { private: false } };

/** Requests that mean the same whatever they reply to. */
const STANDALONE: ReadonlySet<string> = new Set(['check', 'link', 'translation']);

/** Follow-ups that only make sense as a reply to an answer. */
const NEEDS_SUBJECT: ReadonlySet<string> = new Set(['who', 'more', 'source']);

/** Returns the answer to a message; `undefined` if it asks for none. */
export async function answerMessage(
  { text, repliedTo }: IncomingMessage,
  context: Context,
): Promise<Reply | undefined> {
  const { say, commandIds, isDirect, settings } = context;
  if (!isDirect && settings.privacy === 'private')
    return notice(say('mentions.private', { ask: mention('ask', commandIds) }));
  if (repliedTo?.kind === 'message' && pointsAtMessage(text)) {
    if (repliedTo.text === '') return notice(say('mentions.hidden', { check: say('menu.check quote') }));
    return await answerPointed(repliedTo.text, context);
  }
  const request = requestOf(text);
  if (request.kind === 'thanks') return undefined;
  const followUp = followUpOf(text);
  if (repliedTo?.kind === 'answer' && followUp.kind === 'card') {
    const [press] = repliedTo.ids.flatMap(id => cardView.decode(id) ?? []);
    if (press === undefined) return useCommand('card', context);
    return (await press.show(context, false)) ?? notice(say('searching.gone'));
  }
  const isStandalone = repliedTo?.kind !== 'answer' || STANDALONE.has(request.kind);
  const subject = isStandalone ? undefined : subjectOf(repliedTo.ids);
  if (subject !== undefined && request.kind === 'summary' && pointsAtMessage(text)) {
    const [from] = await articlesOf(subject, context);
    if (from !== undefined) return await summaryOf(from.article.id, OPTIONS, context);
  }
  if (subject !== undefined) return await goOn(text, followUp, subject, context);
  if (NEEDS_SUBJECT.has(followUp.kind)) return notice(say('mentions.whom'));
  return await answerRequest(text, NO_FILTER_OPTIONS, OPTIONS, context);
}

/** Answers a message that another one points at: its question or link, or else whether its words are in an article. */
async function answerPointed(text: string, context: Context): Promise<Reply> {
  const { kind } = requestOf(text);
  const isCheck = kind !== 'question' && kind !== 'link';
  return isCheck
    ? await checkText(text, false, context)
    : await answerRequest(text, NO_FILTER_OPTIONS, OPTIONS, context);
}

/** What an answer was about, as its buttons say. */
interface Subject {
  /** The id that says so. */
  readonly id: string;
  readonly words: string;
  readonly article: string | undefined;
  readonly person: PersonCode | undefined;
  readonly passages: readonly PassageCode[];
}

/** Returns what an answer was about, by the first id that tells; `undefined` if none does. */
function subjectOf(ids: readonly string[]): Subject | undefined {
  const abouts = ids.flatMap(id => readDeleteButton(id)?.about ?? []);
  for (const id of [...abouts, ...ids]) {
    const component = componentOf(id);
    if (component?.kind !== 'view') continue;
    const { words = '', article, person, people: [first] = [], passage, passages } = component.press.state;
    const shown = passages ?? (passage === undefined ? [] : [passage]);
    const subject = { id, words, article, person: person ?? first, passages: shown };
    if (article !== undefined || subject.person !== undefined || shown.length > 0) return subject;
  }
  return undefined;
}

/** Somebody an answer was about, and how an article calls them. */
interface SubjectPerson {
  readonly code: PersonCode;
  readonly from: AttributedArticle;
  readonly name: string;
  /** False for a role or a description: nobody of another article is known to be them. */
  readonly isNamed: boolean;
}

async function personOf(
  { person, passages: [passage] }: Subject,
  { library }: Context,
): Promise<SubjectPerson | undefined> {
  const code = person ?? passage;
  const from = code && (await library.articleOfCode(code.article));
  if (from === undefined) return undefined;
  const spoken = passage && passageOfCode(passage, from)?.attribution?.speaker;
  const at = person?.speaker ?? from.speakers.findIndex(({ id }) => id === spoken?.id);
  const speaker = from.speakers[at];
  if (speaker === undefined) return undefined;
  const name = slice(from.article.text, speaker.name);
  return { code: { article: code?.article ?? '', speaker: at }, from, name, isNamed: speaker.named };
}

/** Returns the articles that an answer was from, each once. */
async function articlesOf({ article, person, passages }: Subject, { library }: Context): Promise<AttributedArticle[]> {
  const codes = [...passages.map(each => each.article), article, person?.article].filter(code => code !== undefined);
  const read = await Promise.all([...new Set(codes)].map(code => library.articleOfCode(code)));
  return read.filter(from => from !== undefined);
}

/** Answers a reply to an answer, keeping its person, article or topic where the reply leaves them out. */
async function goOn(text: string, followUp: FollowUp, subject: Subject, context: Context): Promise<Reply> {
  const person = await personOf(subject, context);
  if (followUp.kind === 'source') return await sourceOf(subject, context);
  if (person !== undefined) {
    if (followUp.kind === 'who' || followUp.kind === 'more') {
      const state = { page: 0, within: 'library', people: [person.code] } as const;
      return (await personView.show(state, context, false)) ?? notice(context.say('searching.gone'));
    }
    if (followUp.kind === 'other') return await answerOther(followUp.words, person, subject, context);
    if (followUp.kind === 'question') return await askAbout(withName(text, person.name), person, context);
  }
  if (NEEDS_SUBJECT.has(followUp.kind)) return notice(context.say('mentions.whom'));
  const { topic } = parseQuestion(subject.words);
  const asked = parseQuestion(text);
  // "what did the mayor say?": about the same.
  if (asked.kind === 'words' && asked.who !== undefined && asked.topic === '' && topic !== '') {
    return await answerQuestion(saidAbout(asked.who, topic), NO_FILTER_OPTIONS, OPTIONS, context);
  }
  const typed = followUp.kind === 'other' ? followUp.words : text;
  const [only] = subject.article === undefined ? [] : await articlesOf(subject, context);
  if (only === undefined) return await answerRequest(typed, NO_FILTER_OPTIONS, OPTIONS, context);
  const there = await answerRequest(typed, { ...NO_FILTER_OPTIONS, article: only.article.id }, OPTIONS, context);
  return isPrivate(there) ? await answerRequest(typed, NO_FILTER_OPTIONS, OPTIONS, context) : there;
}

/** Answers "and the mayor?" by what they said about the same, and "and ships?" by what the same person said about them. */
async function answerOther(words: string, person: SubjectPerson, subject: Subject, context: Context): Promise<Reply> {
  const people = await context.search.people(words, NO_FILTER_OPTIONS);
  if (people[0]?.closeness !== 'match') return await askAbout(saidAbout(person.name, words), person, context);
  const { topic } = parseQuestion(subject.words);
  return topic === ''
    ? await whoIs(words, people, NO_FILTER_OPTIONS, OPTIONS, context)
    : await answerQuestion(saidAbout(words, topic), NO_FILTER_OPTIONS, OPTIONS, context);
}

async function askAbout(question: string, { from, isNamed }: SubjectPerson, context: Context): Promise<Reply> {
  const article = isNamed ? undefined : from.article.id;
  return await answerQuestion(question, { ...NO_FILTER_OPTIONS, article }, OPTIONS, context);
}

/** Returns which articles an answer was from, with their dates. */
async function sourceOf(subject: Subject, context: Context): Promise<Reply> {
  const { say } = context;
  const articles = await articlesOf(subject, context);
  if (articles.length === 0) return notice(say('searching.gone'));
  const lines = articles.map(({ article }) => {
    const line = titleLine(article, say);
    return article.published === undefined ? `${line}\n${small(say('mentions.undated'))}` : line;
  });
  const head = say('mentions.source', { articles: articles.length });
  return reply({ accent: ACCENTS.article, texts: [[head, ...lines].join('\n')], private: false, about: subject.id });
}

/** Returns the locale of a text, to answer in its language: English unless it is Chinese. */
export function localeOf(text: string): 'en-US' | 'zh-CN' | 'zh-TW' {
  if (!/\p{sc=Han}/v.test(text) || !isMainlyHan(text)) return 'en-US';
  return (text.match(/\p{sc=Han}/gv) ?? []).some(sign => foldSign(sign) !== sign) ? 'zh-TW' : 'zh-CN';
}
