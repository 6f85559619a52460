import { Locale } from 'discord-api-types/v10';
import { bold } from '../replies/parts/markdown.ts';
import { nameOf } from '../replies/parts/speaker.ts';
import { mention, notice, type Reply, typed } from '../replies/reply.ts';
import { type FilterOptions, noFilterOptions } from '../search/filter.ts';
import type { Passage } from '../search/passages.ts';
import { meaningOf, type PersonMatch } from '../search/people.ts';
import { type Language, languageOf, listIn } from '../wording/languages.ts';
import type { ChoiceName, Key, MenuName, OptionName, Path } from '../wording/messages.ts';
import { type Say, sayIn } from '../wording/say.ts';
import type { Context, Options } from './command.ts';
import { found, mostSuggested, type Outcome, oneArticle, told } from './find.ts';
import { readDays, textOf } from './options.ts';

/** What is told of somebody who may be meant. */
type Somebody = Pick<PersonMatch, 'appearances' | 'said'>;

/** Those who may be meant, each with how much is quoted of them. */
function eitherOf(people: readonly Somebody[], say: Say): string {
  const names = people.map(({ appearances: [{ from, speaker }], said }) =>
    say('searching.person', { name: bold(nameOf(from.article, speaker)), said }),
  );
  return listIn(say.language, 'or', [...new Set(names)].slice(0, mostSuggested));
}

/** The options that narrow a search to some articles. */
const articleFilters = ['article', 'outlet', 'after', 'before'] as const;

/** Nobody is called that; those whose names come near. */
export function nobodyCalled(
  called: string,
  near: readonly PersonMatch[],
  options: Options,
  { commandIds, say }: Context,
): Reply {
  const name = typed(called, say);
  if (near.length > 0) return notice(say('searching.nobody-near', { name, people: eitherOf(near, say) }));
  const narrow = narrowing(options, articleFilters, say);
  if (narrow === '') return notice(say('searching.nobody', { name, summary: mention('summary', commandIds) }));
  return notice(say('searching.nobody-there', { name, options: narrow }));
}

/** Somebody who is there, but of whom nothing is quoted. */
function saysNothing({ appearances: [{ from, speaker }], articles }: PersonMatch, { commandIds, say }: Context): Reply {
  const name = bold(nameOf(from.article, speaker));
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

/** The days between which to look; `after` and `before` are among them. */
export function daysOf(
  options: Options,
  { say }: Pick<Context, 'say'>,
): Outcome<Pick<FilterOptions, 'after' | 'before'>> {
  const [after, before] = [textOf(options, 'after'), textOf(options, 'before')];
  const now = new Date();
  const first = after === undefined ? undefined : readDays(after, now)?.first;
  const last = before === undefined ? undefined : readDays(before, now)?.last;
  for (const [value, day] of [
    [after, first],
    [before, last],
  ]) {
    if (value !== undefined && day === undefined) return told(say('searching.no-date', { day: typed(value, say) }));
  }
  return first !== undefined && last !== undefined && first > last
    ? told(say('searching.no-days', { after: typed(after ?? '', say), before: typed(before ?? '', say) }))
    : found({ after: first, before: last });
}

/** Somebody who says something. */
export interface Meant {
  readonly person: PersonMatch;
  /** Whether they go by the name, or it was concluded that it means them. */
  readonly isStated: boolean;
  /** Who else may be meant; a sentence, or nothing. */
  readonly note: string;
}

function isSame(one: Somebody, other: Somebody): boolean {
  return (
    one.appearances[0].from === other.appearances[0].from && one.appearances[0].speaker === other.appearances[0].speaker
  );
}

/** Whom the articles of the first of these call by the same phrase, or may: whom else it may mean. */
export function calledSo(phrase: string, people: readonly [PersonMatch, ...PersonMatch[]]): readonly Somebody[] {
  const called = meaningOf(phrase, people[0]).others.map(each => ({
    appearances: [each] as const,
    said: each.attributions.length,
  }));
  return called.filter(each => !people.some(known => isSame(known, each)));
}

/** A sentence, or nothing where it can be nobody else. */
export function couldBe(name: string, others: readonly Somebody[], say: Say): string {
  if (others.length === 0) return '';
  return say('searching.could-be', { name: typed(name, say), people: eitherOf(others, say) });
}

/** Whoever is meant by a name, of several the likeliest; those of whom nothing is quoted are not. */
export async function personCalled(name: string, options: Options, context: Context): Promise<Outcome<Meant>> {
  const people = await context.search.people(name, noFilterOptions);
  const meant = people.filter(each => each.closeness === 'match');
  const [first] = meant;
  if (first === undefined) return { kind: 'notice', reply: nobodyCalled(name, people, options, context) };
  const [person, ...others] = meant.filter(each => each.said > 0);
  if (person === undefined) return { kind: 'notice', reply: saysNothing(first, context) };
  const isStated = meaningOf(name, person).isStated;
  const note = couldBe(name, [...others, ...calledSo(name, [person, ...others])], context.say);
  return found({ person, isStated, note });
}

/** Reads the options that narrow a search; a notice if one can't be read or can't lead to anything. */
export async function filterOptionsOf(options: Options, context: Context): Promise<Outcome<FilterOptions>> {
  const value = textOf(options, 'article');
  const speaker = textOf(options, 'speaker');
  const days = daysOf(options, context);
  if (days.kind === 'notice') return days;
  const article = value === undefined ? undefined : await oneArticle(value, context);
  if (article?.kind === 'notice') return article;
  const filter = {
    ...noFilterOptions,
    ...days.value,
    article: article?.value.article.id,
    outlet: textOf(options, 'outlet'),
  };
  if (speaker === undefined) return found(filter);
  const people = await context.search.people(speaker, filter);
  const meant = people.filter(each => each.closeness === 'match');
  const [first] = meant;
  if (first === undefined) return { kind: 'notice', reply: nobodyCalled(speaker, people, options, context) };
  return meant.some(each => each.said > 0)
    ? found({ ...filter, speaker })
    : { kind: 'notice', reply: saysNothing(first, context) };
}

function nothing(asked: string, options: Options, { commandIds, say }: Context): Reply {
  const words = typed(asked, say);
  const narrow = narrowing(options, ['speaker', ...articleFilters], say);
  if (narrow === '') return notice(say('searching.nothing', { words, list: mention('article list', commandIds) }));
  return notice(say('searching.nothing-there', { words, options: narrow }));
}

/** The passages that hold the words, or else those that come near. */
export async function passagesFor(
  words: string,
  options: Options,
  context: Context,
): Promise<Outcome<{ readonly matches: readonly Passage[]; readonly near: readonly Passage[] }>> {
  const filter = await filterOptionsOf(options, context);
  if (filter.kind === 'notice') return filter;
  const passages = await context.search.passages(words, filter.value);
  if (passages.length === 0) return { kind: 'notice', reply: nothing(words, options, context) };
  return found({
    matches: passages.filter(passage => passage.closeness === 'match'),
    near: passages.filter(passage => passage.closeness === 'near'),
  });
}

type Described = `command.${Path}` | `option.${OptionName}`;
type NameKey = Described | `menu.${MenuName}` | `choice.${ChoiceName}`;
/** An option may be for something else than usual: `option.words.subject`. */
type DoesKey = `${Described}.does` | Exclude<Extract<Key, `option.${string}`>, Described>;

type Localizations = Partial<Record<`${Locale}`, string>>;

interface Nameable {
  setName(name: string): unknown;
  setNameLocalizations(names: Localizations): unknown;
}

interface Describable extends Nameable {
  setDescription(description: string): unknown;
  setDescriptionLocalizations(descriptions: Localizations): unknown;
}

interface Choosable {
  readonly name: string;
  readonly name_localizations: Localizations;
  readonly value: string;
}

/** Discord's locales that have a language of their own here; all others are shown English. */
const locales = Object.values(Locale).filter(locale => languageOf(locale) !== 'en');

function inOthers(textIn: (language: Language) => string): Localizations {
  return Object.fromEntries(locales.map(locale => [locale, textIn(languageOf(locale))]));
}

/** A subcommand is called by the last word of its path. */
function nameIn(language: Language, key: NameKey): string {
  const name = sayIn(language)(key);
  return key.startsWith('command.') ? name.slice(name.lastIndexOf(' ') + 1) : name;
}

/** A command in the menu of a message, in every language. */
export function named<Builder extends Nameable>(builder: Builder, key: `menu.${MenuName}` | Described): Builder {
  builder.setName(nameIn('en', key));
  builder.setNameLocalizations(inOthers(language => nameIn(language, key)));
  return builder;
}

/** A command, a subcommand or an option, and what it does or is for, in every language. */
export function described<Builder extends Describable>(
  builder: Builder,
  key: Described,
  does: DoesKey = `${key}.does`,
): Builder {
  builder.setDescription(sayIn('en')(does));
  builder.setDescriptionLocalizations(inOthers(language => sayIn(language)(does)));
  return named(builder, key);
}

/** A value that can be chosen, called by its name in every language; in English that is itself. */
export function choice(value: ChoiceName): Choosable {
  const key = `choice.${value}` as const;
  return { name: nameIn('en', key), name_localizations: inOthers(language => nameIn(language, key)), value };
}
