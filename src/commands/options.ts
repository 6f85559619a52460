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
import { limits } from '../replies/limits.ts';
import type { Context, Options } from './command.ts';
import { described } from './named.ts';

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
