import {
  ContextMenuCommandBuilder,
  type SharedNameAndDescription,
  type SlashCommandBooleanOption,
  SlashCommandBuilder,
  type SlashCommandChannelOption,
  type SlashCommandOptionsOnlyBuilder,
  type SlashCommandStringOption,
  type SlashCommandSubcommandBuilder,
} from '@discordjs/builders';
import {
  type APIApplicationCommandOptionChoice,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Locale,
  type LocalizationMap,
} from 'discord-api-types/v10';
import { LONGEST_SUBJECT } from '../replies/custom-id.ts';
import { type Language, languageOf } from '../wording/languages.ts';
import type { ChoiceName, Key, MenuName, OptionName, Path } from '../wording/messages.ts';
import { sayIn } from '../wording/say.ts';
import type { Options } from './command.ts';
import { POST_TYPES } from './posting-rights.ts';

type DescriptionKey = `command.${Path}` | `option.${OptionName}`;
/** Some options have a description of their own in some commands: `option.words.subject`. */
type DoesKey = `${DescriptionKey}.does` | Exclude<Extract<Key, `option.${string}`>, DescriptionKey>;

/** Discord's locales that have a language of their own here; all others are shown English. */
const LOCALES = Object.values(Locale)
  .map(locale => ({ locale, language: languageOf(locale) }))
  .filter(({ language }) => language !== 'en');

function inOthers(textIn: (language: Language) => string): LocalizationMap {
  return Object.fromEntries(LOCALES.map(({ locale, language }) => [locale, textIn(language)]));
}

/** The name of a subcommand is the last word of its path. */
function nameIn(language: Language, key: DescriptionKey): string {
  const name = sayIn(language)(key);
  return key.startsWith('command.') ? name.slice(name.lastIndexOf(' ') + 1) : name;
}

/** Names and describes a command, a subcommand or an option in every language. */
export function described<Builder extends SharedNameAndDescription>(
  builder: Builder,
  key: DescriptionKey,
  does: DoesKey = `${key}.does`,
): Builder {
  return builder
    .setName(nameIn('en', key))
    .setNameLocalizations(inOthers(language => nameIn(language, key)))
    .setDescription(sayIn('en')(does))
    .setDescriptionLocalizations(inOthers(language => sayIn(language)(does)));
}

/** Returns a choice with its name in every language; the English name is the value. */
export function choice(value: ChoiceName): APIApplicationCommandOptionChoice<string> {
  const key = `choice.${value}` as const;
  return { name: sayIn('en')(key), name_localizations: inOthers(language => sayIn(language)(key)), value };
}

/** Makes a command usable in servers, in direct messages and by people who have installed it for themselves. */
export function usableEverywhere<Builder extends SlashCommandBuilder | ContextMenuCommandBuilder>(
  builder: Builder,
): Builder {
  builder
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel)
    .setIntegrationTypes(ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall);
  return builder;
}

/** Returns a builder with the command's name and description. */
export function slashCommand(path: Path): SlashCommandBuilder {
  return described(usableEverywhere(new SlashCommandBuilder()), `command.${path}`);
}

/** Returns a builder of a command in the menu of a message. */
export function messageCommand(name: MenuName): ContextMenuCommandBuilder {
  const key = `menu.${name}` as const;
  return usableEverywhere(new ContextMenuCommandBuilder())
    .setType(ApplicationCommandType.Message)
    .setName(sayIn('en')(key))
    .setNameLocalizations(inOthers(language => sayIn(language)(key)));
}

interface TextOption {
  /** The key of its description, unless that is the option's own. */
  readonly does?: DoesKey;
  /** In UTF-16 units. */
  readonly maxLength?: number;
  readonly isRequired?: boolean;
  /** True if choices are offered while it is typed. */
  readonly isCompleted?: boolean;
}

/** Returns what adds an option that takes text. */
export function textOption(
  key: `option.${OptionName}`,
  { does, maxLength, isRequired = false, isCompleted = false }: TextOption = {},
) {
  return (option: SlashCommandStringOption): SlashCommandStringOption => {
    if (maxLength !== undefined) option.setMaxLength(maxLength);
    if (isCompleted) option.setAutocomplete(true);
    return described(option, key, does).setRequired(isRequired);
  };
}

/** Returns what adds an option with fixed choices. */
export function choiceOption(
  key: `option.${OptionName}`,
  choices: readonly APIApplicationCommandOptionChoice<string>[],
) {
  return (option: SlashCommandStringOption): SlashCommandStringOption => described(option, key).addChoices(...choices);
}

const WORDS = { maxLength: 300, isRequired: true, isCompleted: true } as const;
/** A name, a title or a day. */
const NAME = { maxLength: 100, isCompleted: true } as const;

export const wordsOption = textOption('option.words', WORDS);
export const questionOption = textOption('option.question', WORDS);
export const nameOption = textOption('option.name', { ...NAME, isRequired: true });
export const speakerOption = textOption('option.speaker', NAME);
/** The speaker that a command is about. */
export const oneSpeakerOption = textOption('option.speaker', {
  ...NAME,
  isRequired: true,
  does: 'option.name.does',
});
/** Two people to compare. */
export const personOptionA = textOption('option.a', { ...NAME, isRequired: true });
export const personOptionB = textOption('option.b', { ...NAME, isRequired: true });
export const subjectOption = textOption('option.words', {
  maxLength: LONGEST_SUBJECT,
  isCompleted: true,
  does: 'option.words.subject',
});
export const articleOption = textOption('option.article', NAME);
/** The one article that a command is about. */
export const oneArticleOption = textOption('option.article', {
  ...NAME,
  isRequired: true,
  does: 'option.article.which',
});
const outletOption = textOption('option.outlet', NAME);
export const afterOption = textOption('option.after', NAME);
export const beforeOption = textOption('option.before', NAME);

/** Returns what adds an option that takes a channel of some types. */
export function channelOption(
  key: 'option.post-in' | 'option.in' | 'option.channel' | 'option.reports',
  types: readonly (typeof POST_TYPES)[number][] = POST_TYPES,
) {
  return (option: SlashCommandChannelOption): SlashCommandChannelOption =>
    described(option, key).addChannelTypes(...types);
}

export function privateOption(option: SlashCommandBooleanOption): SlashCommandBooleanOption {
  return described(option, 'option.private');
}

/** Adds the filters of a search, and who sees the answer. */
export function withFilters<Builder extends SlashCommandOptionsOnlyBuilder | SlashCommandSubcommandBuilder>(
  builder: Builder,
): Builder {
  for (const option of [articleOption, outletOption, afterOption, beforeOption]) builder.addStringOption(option);
  builder.addBooleanOption(privateOption);
  return builder;
}

/** Returns what was typed into an option, trimmed; `undefined` if that is empty. */
export function textOf(options: Options, name: string): string | undefined {
  return options.texts[name]?.toWellFormed().trim() || undefined;
}
