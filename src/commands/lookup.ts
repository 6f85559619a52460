import { isQuestion } from '../answering/question.ts';
import type { AttributedArticle } from '../attribution/attribution.ts';
import { check } from '../checking/check.ts';
import { isSeveralWords, readQuotes } from '../checking/read-quotes.ts';
import { type CheckResult, mayHaveRemark } from '../checking/verdict.ts';
import type { ArticleSummary } from '../library/store/stored.ts';
import { UNKNOWN_METADATA } from '../news/article.ts';
import { isWrittenAsDay, parseDays } from '../news/days.ts';
import { slice } from '../news/span.ts';
import { parseLink } from '../reading/addresses.ts';
import { fittingWords } from '../replies/custom-id.ts';
import { titleLine } from '../replies/parts/citation.ts';
import { bestDescribed, descriptionOf } from '../replies/parts/description.ts';
import { bold, escapeMarkdown } from '../replies/parts/markdown.ts';
import { boldName } from '../replies/parts/speaker.ts';
import { mention, notice, type Reply, typed } from '../replies/reply.ts';
import { didYouMeanReply } from '../replies/views/who-said.ts';
import { withoutCopies } from '../search/copies.ts';
import { type FilterOptions, NO_FILTER_OPTIONS } from '../search/filter.ts';
import { readName } from '../search/names.ts';
import { isUnread, type Passage } from '../search/passages.ts';
import { meaningOf, type PersonMatch } from '../search/people.ts';
import { listIn } from '../wording/languages.ts';
import type { OptionName } from '../wording/messages.ts';
import type { Say } from '../wording/say.ts';
import { comparedWords } from '../words/quote-words.ts';
import { termsOf } from '../words/words.ts';
import { articleChoices } from './choices.ts';
import { type Context, found, type Lookup, NO_OPTIONS, notFound, type Options } from './command.ts';
import { textOf } from './options.ts';

/** Maximum number of names or titles in a sentence. */
const MOST_SUGGESTED = 4;

/** What a command or a message asks with. */
export interface Invocation {
  readonly options: Options;
  /** What the options narrow a search to. */
  readonly filter: FilterOptions;
  /** A sentence on how that was understood, in Markdown, or an empty string. */
  readonly note: string;
  readonly context: Context;
}

/** Returns what asks without options: of all articles, or of the one with this id. */
export function invocationIn(context: Context, article?: string): Invocation {
  return { options: NO_OPTIONS, filter: { ...NO_FILTER_OPTIONS, article }, note: '', context };
}

/** Reads an article, which may have been removed since it was listed, or damaged. */
async function opened({ id }: ArticleSummary, { library, say }: Context): Promise<Lookup<AttributedArticle>> {
  const article = await library.article(id);
  return article === undefined ? notFound(notice(say('searching.gone'))) : found(article);
}

/** Returns the article with a link, if there is one; `undefined` if something else was typed. */
export async function articlesOfLink(
  typed: string,
  { library }: Pick<Context, 'library'>,
): Promise<readonly ArticleSummary[] | undefined> {
  const link = parseLink(typed);
  if (link.kind === 'refused') return undefined;
  const there = await library.already({ ...UNKNOWN_METADATA, url: link.url.href }, '');
  return there === undefined ? [] : [there.listed];
}

/** Returns the articles that a title may mean. */
async function articlesCalled(value: string, { search }: Context): Promise<readonly ArticleSummary[]> {
  const named = await search.articles(value);
  const entitled = named.filter(({ title }) => title?.toLowerCase() === value.trim().toLowerCase());
  const titled = entitled.length === 1 ? entitled : await search.titled(value);
  return titled.length > 0 ? titled : named;
}

/** Looks up the one article that somebody means by what they typed or chose. */
export async function findArticle(value: string, context: Context): Promise<Lookup<AttributedArticle>> {
  const exact = await articleOfValue(value, context);
  if (exact !== undefined) return found(exact);
  const like = (await articlesOfLink(value, context)) ?? (await articlesCalled(value, context));
  const [only] = like;
  const { say, commandIds } = context;
  const title = typed(value, say);
  if (only === undefined)
    return notFound(notice(say('searching.no-article', { title, list: mention('article list', commandIds) })));
  if (like.length === 1) return await opened(only, context);
  const titles = articleChoices(like.slice(0, MOST_SUGGESTED), say).map(({ name }) => bold(escapeMarkdown(name)));
  return notFound(notice(say('searching.articles', { title, titles: listIn(say.language, 'or', titles) })));
}

export function emptyLibrary({ commandIds, say }: Pick<Context, 'commandIds' | 'say'>): Reply {
  return notice(say('searching.empty', { add: mention('article add', commandIds) }));
}

/** Looks up the article that somebody means; the newest if they typed nothing. */
export async function articleOrNewest(typed: string, context: Context): Promise<Lookup<AttributedArticle>> {
  if (typed !== '') return await findArticle(typed, context);
  const [newest] = await context.library.newest(0, 1);
  return newest === undefined ? notFound(emptyLibrary(context)) : await opened(newest, context);
}

/** Returns the article that has this value among an option's choices. */
export async function articleOfValue(value: string, { library }: Context): Promise<AttributedArticle | undefined> {
  const article = await library.article(value);
  if (article !== undefined || !value.startsWith('#')) return article;
  return await library.articleOfCode(value.slice(1));
}

type PersonCount = Pick<PersonMatch, 'appearances' | 'said'>;

/** Lists people, each with how often they are quoted, and those of one name together. */
function listPeople(
  people: readonly PersonCount[],
  say: Say,
  nameOf: (person: PersonCount) => string = boldName,
): string {
  const names = [...Map.groupBy(people, nameOf)].map(([name, called]) =>
    say('searching.person', { name, said: called.reduce((sum, { said }) => sum + said, 0) }),
  );
  return listIn(say.language, 'or', names.slice(0, MOST_SUGGESTED));
}

/** Returns how many names people have. */
function countNames(people: readonly PersonCount[]): number {
  return new Set(people.map(boldName)).size;
}

function areSeveral(people: readonly PersonCount[]): boolean {
  return countNames(people) > 1;
}

/** Returns a name in bold, with what the article says of them if what was typed isn't like their name. */
function nearName(called: string, { appearances }: PersonCount, say: Say): string {
  const name = boldName({ appearances });
  const { from, speaker } = bestDescribed(appearances);
  const described = descriptionOf(from, speaker);
  const { text } = from.article;
  const isLike = readName(called, false).match(termsOf(slice(text, speaker.name))).cover > 0;
  if (described === undefined || isLike) return name;
  return `${name}${say('list.clause')}${typed(slice(text, described), say)}`;
}

/** The options that narrow a search to some articles. */
export const ARTICLE_FILTERS = ['article', 'outlet', 'after', 'before'] as const;

/** Returns a notice that nobody has this name, with similar ones. */
export function nobodyCalled(
  called: string,
  near: readonly PersonMatch[],
  { options, context: { commandIds, say } }: Invocation,
): Reply {
  const name = typed(called, say);
  if (near.length > 0) {
    const people = listPeople(near, say, each => nearName(called, each, say));
    return notice(say('searching.nobody-near', { name, people }));
  }
  const narrow = narrowing(options, ARTICLE_FILTERS, say);
  if (narrow === '') return notice(say('searching.nobody', { name, speakers: mention('speakers', commandIds) }));
  return notice(say('searching.nobody-there', { name, options: narrow }));
}

/** Returns a notice that somebody who isn't known as a speaker is only mentioned, or that nobody has this name. */
async function nobodyQuoted(called: string, near: readonly PersonMatch[], invocation: Invocation): Promise<Reply> {
  const { filter, context } = invocation;
  const named = await context.search.naming(called, filter);
  if (named.length === 0) return nobodyCalled(called, near, invocation);
  const name = typed(called, context.say);
  if (named.some(({ from }) => isUnread(from))) return notice(context.say('person.named-unread', { name }));
  return onlyMentioned(name, new Set(named.map(({ from }) => from.article.id)).size, context);
}

/** Returns a notice that somebody is mentioned but not quoted. `name` is Markdown. */
function onlyMentioned(name: string, articles: number, { commandIds, say }: Context): Reply {
  return notice(say('searching.says-nothing', { name, articles, who: mention('who is', commandIds) }));
}

/** Lists those of the options that were filled in, by the names that the user sees. */
export function narrowing(options: Options, names: readonly OptionName[], say: Say): string {
  const filled = names.filter(name => textOf(options, name) !== undefined);
  return listIn(
    say.language,
    'and',
    filled.map(name => `\`${say(`option.${name}`)}\``),
  );
}

/** Reads the options `after` and `before`, both inclusive. */
export function daysOf(
  options: Options,
  { say }: Pick<Context, 'say'>,
): Lookup<Pick<FilterOptions, 'after' | 'before'>> {
  const [after, before] = [textOf(options, 'after'), textOf(options, 'before')];
  const now = new Date();
  const first = after === undefined ? undefined : parseDays(after, now)?.first;
  const last = before === undefined ? undefined : parseDays(before, now)?.last;
  for (const [value, day] of [
    [after, first],
    [before, last],
  ]) {
    if (value === undefined || day !== undefined) continue;
    const key = isWrittenAsDay(value) ? 'searching.no-such-date' : 'searching.no-date';
    return notFound(notice(say(key, { day: typed(value, say) })));
  }
  return first !== undefined && last !== undefined && first > last
    ? notFound(notice(say('searching.no-days', { after: typed(after ?? '', say), before: typed(before ?? '', say) })))
    : found({ after: first, before: last });
}

/** A person who is quoted, looked up by name. */
export interface PersonLookup {
  readonly person: PersonMatch;
  /** True if an article states that the name is theirs; false if that was inferred. */
  readonly isStated: boolean;
  /** A sentence on who else may be meant, or an empty string. */
  readonly note: string;
  /** Everybody who has the name, or just the one person. */
  readonly namesakes: readonly [PersonMatch, ...PersonMatch[]];
}

function isSame(one: PersonCount, other: PersonCount): boolean {
  return (
    one.appearances[0].from === other.appearances[0].from && one.appearances[0].speaker === other.appearances[0].speaker
  );
}

/** Returns a sentence that a name means several people, who are all shown, or an empty string. */
export function severalNote(name: string, people: readonly PersonCount[], say: Say): string {
  if (!areSeveral(people)) return '';
  return say('person.several', { name: typed(name, say), people: listPeople(people, say), count: countNames(people) });
}

/** Returns whom else the phrase may mean in the articles of the first of these people. */
export function alsoCalled(phrase: string, people: readonly [PersonMatch, ...PersonMatch[]]): readonly PersonCount[] {
  const called = meaningOf(phrase, people[0]).others.map(each => ({
    appearances: [each] as const,
    said: each.attributions.length,
  }));
  return called.filter(each => !people.some(known => isSame(known, each)));
}

/** Returns a sentence on who else may be meant, or an empty string. */
export function couldBeNote(name: string, others: readonly PersonCount[], say: Say): string {
  if (others.length === 0) return '';
  return say('searching.could-be', { name: typed(name, say), people: listPeople(others, say) });
}

/** What to answer if nobody has a name, instead of saying so. */
export type IfNobody = () => Promise<Reply>;

/** Looks up the people that a name may mean, among those who are quoted. */
async function findQuotedPeople(
  name: string,
  invocation: Invocation,
  ifNobody?: IfNobody,
): Promise<Lookup<readonly [PersonMatch, ...PersonMatch[]]>> {
  const { filter, context } = invocation;
  const people = await context.search.people(name, filter);
  const meant = people.filter(each => each.closeness === 'match');
  const [first] = meant;
  if (first === undefined) return notFound(await (ifNobody?.() ?? nobodyQuoted(name, people, invocation)));
  const [person, ...others] = meant.filter(each => each.said > 0);
  if (person !== undefined) return found([person, ...others]);
  return notFound(onlyMentioned(boldName(first), first.articles, context));
}

/** Looks up the person most likely meant by a name, among those who are quoted in any article. */
export async function findQuotedPerson(
  name: string,
  context: Context,
  ifNobody?: IfNobody,
): Promise<Lookup<PersonLookup>> {
  const people = await findQuotedPeople(name, invocationIn(context), ifNobody);
  if (people.kind === 'notice') return people;
  const [person, ...others] = people.value;
  const isStated = meaningOf(name, person).isStated;
  const note = couldBeNote(name, [...others, ...alsoCalled(name, people.value)], context.say);
  const isNamed = ({ appearances: [{ speaker }] }: PersonMatch) => speaker.named;
  const namesakes = [person, ...(isNamed(person) ? others.filter(isNamed) : [])] as const;
  return found({ person, isStated, note, namesakes: areSeveral(namesakes) ? namesakes : [person] });
}

/** Returns the filters filled in so far, without an article or days that are only half typed. */
export async function filterSoFar(options: Options, context: Context): Promise<FilterOptions> {
  const value = textOf(options, 'article');
  const days = daysOf(options, context);
  return {
    ...NO_FILTER_OPTIONS,
    ...(days.kind === 'found' ? days.value : {}),
    article: value && (await articleOfValue(value, context))?.article.id,
    outlet: textOf(options, 'outlet'),
  };
}

/** Returns a sentence that a name means several people, or an empty string. */
export function anyOfNote(name: string, people: readonly PersonCount[], say: Say): string {
  return areSeveral(people) ? say('searching.any-of', { name: typed(name, say), people: listPeople(people, say) }) : '';
}

/** Reads the options that narrow a search; a notice if one can't be read or can't lead to anything. */
export async function invocationOf(options: Options, context: Context): Promise<Lookup<Invocation>> {
  const value = textOf(options, 'article');
  const speaker = textOf(options, 'speaker');
  const days = daysOf(options, context);
  if (days.kind === 'notice') return days;
  const article = value === undefined ? undefined : await findArticle(value, context);
  if (article?.kind === 'notice') return article;
  const filter = {
    ...NO_FILTER_OPTIONS,
    ...days.value,
    article: article?.value.article.id,
    outlet: textOf(options, 'outlet'),
  };
  const invocation = { options, filter, note: '', context };
  if (speaker === undefined) return found(invocation);
  const people = await findQuotedPeople(speaker, invocation);
  if (people.kind === 'notice') return people;
  const note = anyOfNote(speaker, people.value, context.say);
  return found({ ...invocation, filter: { ...filter, speaker }, note });
}

/** Returns a notice that nothing has these words, and which option that may be for. */
async function nothing(asked: string, { options, filter, context }: Invocation): Promise<Reply> {
  const { commandIds, library, say, search } = context;
  const articles = await library.count();
  if (articles === 0) return emptyLibrary(context);
  const words = typed(asked, say);
  const narrow = narrowing(options, ['speaker', ...ARTICLE_FILTERS], say);
  const list = mention('article list', commandIds);
  if (narrow === '') return notice(say('searching.nothing', { words, articles, list }));
  const days = narrowing(options, ['after', 'before'], say);
  const ever = days === '' ? [] : await search.passages(asked, { ...filter, after: undefined, before: undefined });
  const matches = ever.filter(({ closeness }) => closeness === 'match');
  return matches.length > 0 && matches.every(({ from: { article } }) => article.published === undefined)
    ? notice(say('searching.undated', { words, count: matches.length, options: days }))
    : notice(say('searching.nothing-there', { words, options: narrow }));
}

/** Returns why a message that quotes nothing isn't itself a quote; `undefined` if an article has it. */
async function noQuote(result: CheckResult, { search, say, commandIds }: Context): Promise<Reply | undefined> {
  const { words } = result.quote;
  if (mayHaveRemark(result) && isQuestion(words)) {
    return notice(say('checks.question', { ask: mention('ask', commandIds) }));
  }
  if (!isSeveralWords(words)) return notice(say('checks.too-short'));
  if (result.verdict !== 'not found') return undefined;
  return (await onlyTitled(words, search, say)) ?? notice(say('checks.not found'));
}

/**
 * Returns what runs a command with the first words that a message quotes, or with all of it if an article has that, and
 * with a note if the articles' words differ from them. Only the user sees the answer.
 */
export function onQuote(run: (options: Options, context: Context, note: string) => Promise<Reply>) {
  return async ({ target, ...options }: Options, context: Context): Promise<Reply> => {
    const { say, search } = context;
    const [quote] = readQuotes(target?.text ?? '').quotes;
    if (quote === undefined) return notice(say('checks.nothing'));
    const result = await check({ ...quote, credited: undefined }, search);
    const refusal = quote.isUnmarked ? await noQuote(result, context) : undefined;
    if (refusal !== undefined) return refusal;
    const texts = { words: fittingWords(result.quote.words, LONGEST_WORDS) };
    const note = mayHaveRemark(result) ? say('said.differs', { check: say('menu.check quote') }) : '';
    return await run({ ...options, target, texts }, context, note);
  };
}

/** Returns an article whose title has the words side by side. */
export async function titledWith(words: string, search: Context['search']): Promise<ArticleSummary | undefined> {
  const foldOf = (text: string) => {
    const terms = comparedWords(text, { start: 0, end: text.length }).map(({ term }) => term);
    return ` ${terms.join(' ')} `;
  };
  return (await search.titled(words)).find(({ title }) => foldOf(title).includes(foldOf(words)));
}

/** Returns a notice that words are only in a headline, if they are. */
async function onlyTitled(words: string, search: Context['search'], say: Say): Promise<Reply | undefined> {
  const titled = await titledWith(words, search);
  return titled && notice(`${say('checks.in headline')}\n${titleLine(titled, say)}`);
}

/** In UTF-16 units, as in the option. */
const LONGEST_WORDS = 300;

interface Matches {
  readonly words: string;
  readonly matches: readonly [Passage, ...Passage[]];
  /** A sentence on whose words were searched, or an empty string. */
  readonly note: string;
}

/** Looks up passages that match the words of an option. `ask` is the notice if there are no words. */
export async function findMatches(
  options: Options,
  context: Context,
  ask: 'quote.ask' | 'said.ask' | 'card.ask',
): Promise<Lookup<Matches>> {
  const words = textOf(options, 'words');
  if (words === undefined) return notFound(notice(context.say(ask)));
  const invocation = await invocationOf(options, context);
  if (invocation.kind === 'notice') return invocation;
  const { filter, note } = invocation.value;
  const { say, search } = context;
  const passages = await search.passages(words, filter);
  const meant = passages.filter(({ closeness }) => closeness === 'match');
  const [best, ...others] = withoutCopies(meant, passage => passage);
  if (best !== undefined) return found({ words, matches: [best, ...others], note });
  const isNarrow = narrowing(options, ['speaker', ...ARTICLE_FILTERS], say) !== '';
  const titled = isNarrow ? undefined : await onlyTitled(words, search, say);
  if (titled !== undefined) return notFound(titled);
  return notFound(
    passages.length === 0 ? await nothing(words, invocation.value) : didYouMeanReply(words, passages, say),
  );
}
