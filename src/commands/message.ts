import { type Answer, ask } from '../answering/ask.ts';
import { type FollowUp, followUpOf, mayMean, pointsAtMessage, saidAbout, withName } from '../answering/follow-up.ts';
import { asksNothing, parseQuestion } from '../answering/question.ts';
import { requestOf } from '../answering/request.ts';
import type { AttributedArticle, Speaker } from '../attribution/attribution.ts';
import { isMainlyHan } from '../news/chinese.ts';
import { slice } from '../news/span.ts';
import {
  articleCodeIn,
  type PassageCode,
  type PersonCode,
  passageCode,
  placeOfSpeaker,
  speakerCode,
} from '../replies/custom-id.ts';
import { readDeleteButton } from '../replies/message-buttons.ts';
import { titleLine } from '../replies/parts/citation.ts';
import { small } from '../replies/parts/markdown.ts';
import { articleOfPlace, findPassage } from '../replies/parts/passage.ts';
import { ACCENTS, isPrivate, mention, notice, type Reply, reply } from '../replies/reply.ts';
import { cardView } from '../replies/views/card.ts';
import { pageBeside, personView } from '../replies/views/person.ts';
import { quoteReply, quoteView } from '../replies/views/quote.ts';
import { areBySame, NO_FILTER_OPTIONS } from '../search/filter.ts';
import { foldSign } from '../words/words.ts';
import { checkText } from './check.ts';
import { type Context, NO_OPTIONS } from './command.ts';
import { componentOf } from './components.ts';
import { invocationIn } from './lookup.ts';
import { answerQuestion, answerRequest, replyTo, useCommand, whoIs } from './request.ts';
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

/** Requests that mean the same whatever they reply to. */
const STANDALONE: ReadonlySet<string> = new Set(['check', 'link', 'translation']);

/** Follow-ups that only make sense as a reply to an answer. */
const NEEDS_SUBJECT: ReadonlySet<string> = new Set(['who', 'others', 'more', 'source']);

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
    return (await press.show(context)) ?? notice(say('searching.gone'));
  }
  const subject = repliedTo?.kind !== 'answer' || STANDALONE.has(request.kind) ? undefined : subjectOf(repliedTo.ids);
  if (NEEDS_SUBJECT.has(followUp.kind) && !showsAnything(subject)) return notice(say('mentions.whom'));
  if (subject !== undefined) return await goOn(text, followUp, subject, context);
  return await answerRequest(text, invocationIn(context));
}

/** Answers a message that another one points at: its question or link, or else whether its words are in an article. */
async function answerPointed(text: string, context: Context): Promise<Reply> {
  const { kind } = requestOf(text);
  const isCheck = kind !== 'question' && kind !== 'link';
  return isCheck ? await checkText(text, context) : await answerRequest(text, invocationIn(context));
}

/** What an answer was about, as its buttons say: of a notice, perhaps only a topic, or nothing. */
interface Subject {
  /** The id that says so. */
  readonly id: string;
  readonly topic: string;
  readonly article: string | undefined;
  readonly person: PersonCode | undefined;
  /** What it shows, the best first. */
  readonly passages: readonly PassageCode[];
}

const NO_SUBJECT: Subject = { id: '', topic: '', article: undefined, person: undefined, passages: [] };

function showsAnything({ article, person, passages }: Subject = NO_SUBJECT): boolean {
  return article !== undefined || person !== undefined || passages.length > 0;
}

/** Returns what an answer was about, by the first id that tells. */
function subjectOf(ids: readonly string[]): Subject {
  const abouts = ids.flatMap(id => readDeleteButton(id)?.about ?? []);
  const subjects = [...abouts, ...ids].flatMap(id => {
    const component = componentOf(id);
    if (component?.kind !== 'view') return [];
    const { page, words = '', article, person, people: [first] = [], passage, passages = [] } = component.press.state;
    const shown = passage === undefined ? passages.slice(page) : [passage];
    const { topic } = parseQuestion(words);
    return [{ mode: component.press.mode, id, topic, article, person: person ?? first, passages: shown }];
  });
  const subject = subjects.find(showsAnything) ?? subjects.find(({ topic }) => topic !== '') ?? NO_SUBJECT;
  // What can be opened is shown; other pages have more.
  const shown = subjects.flatMap(({ mode, passages }) => (mode === 'turn' ? [] : passages));
  return { ...subject, passages: shown.length > 0 ? shown : subject.passages };
}

/** Somebody an answer was about, and how an article calls them. */
interface SubjectPerson {
  readonly from: AttributedArticle;
  /** Unless they are named, nobody in another article is known to be the same person. */
  readonly speaker: Speaker;
  readonly name: string;
}

/** Returns whom an answer was about: the person it names or, without one, whoever says what it shows first. */
async function personOf(subject: Subject, context: Context): Promise<SubjectPerson | undefined> {
  const code = subject.person ?? (await speakerOf(subject, context));
  const from = code && (await articleOfPlace(code, context));
  const speaker = code && from?.speakers[placeOfSpeaker(code, from)];
  return speaker && { from, speaker, name: slice(from.article.text, speaker.name) };
}

/** Returns who says what an answer shows first; `undefined` if that isn't clear. */
async function speakerOf({ passages: [code] }: Subject, context: Context): Promise<PersonCode | undefined> {
  const shown = await findPassage(code, '', context);
  const { speaker, certainty } = shown?.attribution ?? {};
  if (shown === undefined || speaker === undefined || certainty === 'unclear') return undefined;
  return speakerCode(shown.from, speaker);
}

/** Returns the articles that an answer was from, each once. */
async function articlesOf({ article, person, passages }: Subject, { library }: Context): Promise<AttributedArticle[]> {
  const shown = [...passages.map(each => each.article), article].filter(code => code !== undefined);
  // Where a person is known from needn't be what is shown of them.
  const codes = shown.length > 0 ? shown : person === undefined ? [] : [person.article];
  const read = await Promise.all([...new Set(codes.map(articleCodeIn))].map(code => library.articleOfCode(code)));
  return read.filter(from => from !== undefined);
}

/** Answers a reply to an answer, keeping its person, article or topic where the reply leaves them out. */
async function goOn(text: string, followUp: FollowUp, subject: Subject, context: Context): Promise<Reply> {
  const [shown] = await articlesOf(subject, context);
  if (shown !== undefined && requestOf(text).kind === 'summary' && pointsAtMessage(text))
    return await summaryOf(shown.article.id, NO_OPTIONS, context);
  if (followUp.kind === 'source') return await sourceOf(subject, context);
  if (followUp.kind === 'others') return await showOthers(subject, context);
  const person = await personOf(subject, context);
  const isOther = person !== undefined && !mayMean(text, person);
  // "he", of a woman: only a name would tell who is meant.
  if (isOther && parseQuestion(text).who === undefined) return notice(context.say('mentions.whom'));
  if (followUp.kind === 'who' || followUp.kind === 'more') return await showSpeaker(followUp.kind, subject, context);
  if (followUp.kind === 'other' && !isOther && (person !== undefined || subject.topic !== ''))
    return await answerOther(followUp.words, person, subject, context);
  if (person !== undefined && !isOther) {
    const asked = withName(text, person.name);
    if (followUp.kind === 'question' && !asksNothing(asked)) return await askAbout(asked, person, subject, context);
  }
  return await answerAnew(followUp.kind === 'other' ? followUp.words : text, subject, context);
}

/** Shows who says what an answer shows first, or what else; if that isn't clear, whose words those are. */
async function showSpeaker(kind: 'who' | 'more', subject: Subject, context: Context): Promise<Reply> {
  const gone = notice(context.say('searching.gone'));
  const { passages } = subject;
  const [passage] = passages;
  const speaker = await speakerOf(subject, context);
  if (kind === 'who' && speaker === undefined && passage !== undefined) {
    const state = { page: 0, context: false, passages: [passage], words: '' };
    return (await quoteView.show(state, context)) ?? gone;
  }
  const code = speaker ?? subject.person;
  if (code === undefined) return await showOthers(subject, context);
  const page = kind === 'who' ? 0 : await pageBeside(passages, code, context);
  return (await personView.show({ page, within: 'library', people: [code] }, context)) ?? gone;
}

/** Shows what others say on what an answer shows first, if it shows anything. */
async function showOthers({ passages: [code] }: Subject, context: Context): Promise<Reply> {
  const { search, say } = context;
  const shown = await findPassage(code, '', context);
  if (shown === undefined) return notice(say('mentions.whom'));
  const { passages, words } = await search.similar(shown);
  const [best, ...others] = passages.filter(each => !areBySame(shown, each));
  if (best === undefined) return notice(say('quote.nothing-like'));
  const state = { page: 0, context: false, passages: [best, ...others].map(passageCode), words };
  return quoteReply(best, state, context);
}

/** "why?" */
const WHY = /^(?:(?:and|but) )?why\P{L}*$/iv;

/** Answers what can be understood by itself, and "what did the mayor say?" or "why?", which are about the same topic. */
async function answerAnew(text: string, subject: Subject, context: Context): Promise<Reply> {
  const { topic, passages } = subject;
  const asked = parseQuestion(text);
  if (asked.kind === 'words' && asked.who !== undefined && asked.topic === '' && topic !== '') {
    return replyTo(await findOnTopic(asked.who, subject, context), invocationIn(context));
  }
  const [shown] = await articlesOf(subject, context);
  if (shown !== undefined && requestOf(text).kind === 'question' && !asksNothing(text))
    return await askNear(text, subject, context);
  if (WHY.test(text) && topic !== '' && passages.length > 0 && shown !== undefined) {
    return await answerQuestion(`Why ${topic}?`, invocationIn(context, shown.article.id));
  }
  const only = subject.article === undefined ? undefined : shown;
  const there = only && (await answerRequest(text, invocationIn(context, only.article.id)));
  return there === undefined || isPrivate(there) ? await answerRequest(text, invocationIn(context)) : there;
}

/**
 * Answers "and the mayor?" by what they said about the same or else in the same article, and "and ships?" by what the
 * same person said about them.
 */
async function answerOther(
  words: string,
  person: SubjectPerson | undefined,
  subject: Subject,
  context: Context,
): Promise<Reply> {
  const people = await context.search.people(words, NO_FILTER_OPTIONS);
  if (people[0]?.closeness !== 'match') {
    if (person === undefined) return await answerAnew(words, subject, context);
    return await askAbout(saidAbout(person.name, words), person, subject, context);
  }
  const invocation = invocationIn(context);
  if (subject.topic === '') {
    const shown = new Set((await articlesOf(subject, context)).map(({ article }) => article.id));
    const here = people.filter(({ appearances }) => appearances.some(({ from }) => shown.has(from.article.id)));
    const meant = here.filter(({ closeness }) => closeness === 'match');
    return await whoIs(words, meant.length > 0 ? meant : people, invocation);
  }
  return replyTo(await findOnTopic(words, subject, context), invocation);
}

/** Returns what somebody said on the topic of an answer or, unless that is sure, in the article it shows first. */
async function findOnTopic(who: string, subject: Subject, context: Context): Promise<Answer> {
  const answer = await findNear(saidAbout(who, subject.topic), subject, context);
  if (isSure(answer)) return answer;
  // The topic may be the words of a quote.
  const there = await findIn(saidAbout(who, ''), subject, context);
  // If nobody whom the name fits is quoted on the topic, it is better to ask who is meant.
  const isBetter = there !== undefined && (isSure(there) || (there.kind === 'which' && answer.kind === 'nothing'));
  return isBetter ? there : answer;
}

async function askAbout(question: string, person: SubjectPerson, subject: Subject, context: Context): Promise<Reply> {
  if (person.speaker.named) return await askNear(question, subject, context);
  return await answerQuestion(question, invocationIn(context, person.from.article.id));
}

async function askNear(question: string, subject: Subject, context: Context): Promise<Reply> {
  return replyTo(await findNear(question, subject, context), invocationIn(context));
}

/** Returns the answer from the article that the answer before shows first, unless it has none or others have a sure one. */
async function findNear(question: string, subject: Subject, context: Context): Promise<Answer> {
  const near = await findIn(question, subject, context);
  if (near !== undefined && isSure(near)) return near;
  const anywhere = await ask(context.library, question, NO_FILTER_OPTIONS);
  const isNear = near?.kind === 'which' || (near?.kind === 'answered' && near.degree !== 'others');
  return isNear && !isSure(anywhere) ? near : anywhere;
}

async function findIn(question: string, subject: Subject, context: Context): Promise<Answer | undefined> {
  const [from] = await articlesOf(subject, context);
  return from && (await ask(context.library, question, { ...NO_FILTER_OPTIONS, article: from.article.id }));
}

function isSure(answer: Answer): boolean {
  return answer.kind === 'answered' && answer.degree === 'sure';
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
