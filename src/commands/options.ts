import type {
  ContextMenuCommandBuilder,
  SlashCommandBooleanOption,
  SlashCommandBuilder,
  SlashCommandOptionsOnlyBuilder,
  SlashCommandStringOption,
  SlashCommandSubcommandBuilder,
} from '@discordjs/builders';
import { ApplicationIntegrationType, InteractionContextType } from 'discord-api-types/v10';
import type { AttributedArticle } from '../attribution/attribution.ts';
import { codeOf } from '../library/store/keys.ts';
import { longestSubject } from '../replies/custom-id.ts';
import { limits } from '../replies/reply.ts';
import type { Context, Options } from './command.ts';
import { described } from './filter.ts';

const longestWords = 300;
const longestName = 100;

/** Usable in servers, in direct messages and wherever somebody has installed it for themselves. */
export function usableEverywhere<Builder extends SlashCommandBuilder | ContextMenuCommandBuilder>(
  builder: Builder,
): Builder {
  builder
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel)
    .setIntegrationTypes(ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall);
  return builder;
}

export function wordsOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return described(option, 'option.words').setRequired(true).setMaxLength(longestWords).setAutocomplete(true);
}

/** For a name, a title or a day: a short text that completes as one types. */
function completed(option: SlashCommandStringOption): SlashCommandStringOption {
  return option.setMaxLength(longestName).setAutocomplete(true);
}

export function nameOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return completed(described(option, 'option.name')).setRequired(true);
}

export function speakerOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return completed(described(option, 'option.speaker'));
}

/** The one whom a command is about. */
export function oneSpeakerOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return completed(described(option, 'option.speaker', 'option.speaker.wanted')).setRequired(true);
}

/** Of two people who are compared. */
export function personOption(key: 'option.a' | 'option.b') {
  return (option: SlashCommandStringOption): SlashCommandStringOption =>
    completed(described(option, key)).setRequired(true);
}

export function subjectOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return described(option, 'option.words', 'option.words.subject').setMaxLength(longestSubject).setAutocomplete(true);
}

export function articleOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return completed(described(option, 'option.article'));
}

/** The one article that a command is about. */
export function oneArticleOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return completed(described(option, 'option.article', 'option.article.which')).setRequired(true);
}

export function privateOption(option: SlashCommandBooleanOption): SlashCommandBooleanOption {
  return described(option, 'option.private');
}

function outletOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return completed(described(option, 'option.outlet'));
}

export function afterOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return completed(described(option, 'option.after'));
}

export function beforeOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return completed(described(option, 'option.before'));
}

/** Where to look for words, and for whom to show it: the options that close a command. */
export function withFilters<Builder extends SlashCommandOptionsOnlyBuilder | SlashCommandSubcommandBuilder>(
  builder: Builder,
): Builder {
  for (const option of [articleOption, outletOption, afterOption, beforeOption]) builder.addStringOption(option);
  builder.addBooleanOption(privateOption);
  return builder;
}

/** What was typed into an option, without the space around it; `undefined` where that leaves nothing. */
export function textOf(options: Options, name: string): string | undefined {
  return options.texts[name]?.toWellFormed().trim() || undefined;
}

/** What an article is called among an option's values: its id, or a code where that is too long. */
export function choiceOf({ id }: { readonly id: string }): string {
  return id.length < limits.choice ? id : `#${codeOf(id)}`;
}

/** The article that a choice stands for, exactly. */
export async function articleOfValue(value: string, { library }: Context): Promise<AttributedArticle | undefined> {
  const called = await library.article(value);
  if (called !== undefined || !value.startsWith('#')) return called;
  return await library.articleOfCode(value.slice(1));
}

/** Days from the first to the last, as `2022-03-14`. */
interface Days {
  readonly first: string;
  readonly last: string;
}

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
/** In every language at once: whoever reads Chinese may still type English. */
const today: ReadonlySet<string> = new Set(['today', '今天', '今日']);
const yesterday: ReadonlySet<string> = new Set(['yesterday', '昨天', '昨日']);
const dayLength = 24 * 60 * 60 * 1000;

const numbers = /^(?<year>\d{4})(?:-(?<month>\d{1,2})(?:-(?<day>\d{1,2}))?)?$/v;
const chinese = /^(?<year>\d{4})\s*年(?:\s*(?<month>\d{1,2})\s*月(?:\s*(?<day>\d{1,2})\s*[日號号])?)?$/v;
const dayFirst = /^(?:(?<day>\d{1,2})(?:st|nd|rd|th)?\s+)?(?<name>[a-z]{3,9})\.?,?\s+(?<year>\d{4})$/v;
const monthFirst = /^(?<name>[a-z]{3,9})\.?\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<year>\d{4})$/v;

function written(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** A year, a month of it from 1, or a day of that; `undefined` where the calendar has none such. */
function daysOf(year: number, month: number | undefined, day: number | undefined): Days | undefined {
  const first = new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1));
  const isThere = first.getUTCMonth() === (month ?? 1) - 1 && first.getUTCDate() === (day ?? 1);
  if (!isThere || year < 1000) return undefined;
  if (day !== undefined) return { first: written(first), last: written(first) };
  // Day 0 is the last one of the month before.
  const last = new Date(month === undefined ? Date.UTC(year, 12, 0) : Date.UTC(year, month, 0));
  return { first: written(first), last: written(last) };
}

/** From 1; `sep` and `sept` will do. */
function monthCalled(name: string): number | undefined {
  const at = months.findIndex(month => month.startsWith(name));
  return at < 0 ? undefined : at + 1;
}

/**
 * The days that somebody means: `2022-03-14`, `2022-03`, `2022`, `14 March 2022`, `March 2022`, `2022年3月14日`, `today`,
 * `昨天` and the like.
 * `undefined` for anything else. Days are those of UTC, since nobody tells where they are.
 */
export function readDays(typed: string, now: Date): Days | undefined {
  const words = typed.trim().toLowerCase();
  if (today.has(words)) return { first: written(now), last: written(now) };
  if (yesterday.has(words)) return readDays('today', new Date(now.getTime() - dayLength));
  const { year, month, day, name } =
    [numbers, chinese, dayFirst, monthFirst].map(form => form.exec(words)?.groups).find(found => found) ?? {};
  if (year === undefined) return undefined;
  const called = name === undefined ? undefined : monthCalled(name);
  if (name !== undefined && called === undefined) return undefined;
  return daysOf(
    Number(year),
    called ?? (month === undefined ? undefined : Number(month)),
    day === undefined ? undefined : Number(day),
  );
}
