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
import { codeOf } from '../library/keys.ts';
import { longestSubject } from '../replies/custom-id.ts';
import { limits } from '../replies/limits.ts';
import type { Context, Options } from './command.ts';

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
  return option
    .setName('words')
    .setDescription('What was said, as well as you remember it')
    .setRequired(true)
    .setMaxLength(longestWords)
    .setAutocomplete(true);
}

export function nameOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return option
    .setName('name')
    .setDescription('A name, a role or a group')
    .setRequired(true)
    .setMaxLength(longestName)
    .setAutocomplete(true);
}

export function speakerOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return option
    .setName('speaker')
    .setDescription('Only what this person or group said')
    .setMaxLength(longestName)
    .setAutocomplete(true);
}

/** Of two people who are compared. */
export function personOption(name: string, description: string) {
  return (option: SlashCommandStringOption): SlashCommandStringOption =>
    option.setName(name).setDescription(description).setRequired(true).setMaxLength(longestName).setAutocomplete(true);
}

export function subjectOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return option
    .setName('words')
    .setDescription('Only what was said on this')
    .setMaxLength(longestSubject)
    .setAutocomplete(true);
}

export function articleOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return option
    .setName('article')
    .setDescription('Only in this article')
    .setMaxLength(longestName)
    .setAutocomplete(true);
}

export function privateOption(option: SlashCommandBooleanOption): SlashCommandBooleanOption {
  return option.setName('private').setDescription('Show the answer to you alone');
}

function outletOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return option
    .setName('outlet')
    .setDescription('Only in articles of this outlet')
    .setMaxLength(longestName)
    .setAutocomplete(true);
}

export function afterOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return option
    .setName('after')
    .setDescription('Only in articles of this day or later: 2022-03-14, March 2022, 2022, yesterday')
    .setMaxLength(longestName)
    .setAutocomplete(true);
}

export function beforeOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return option
    .setName('before')
    .setDescription('Only in articles of this day or earlier: 2022-03-14, March 2022, 2022, yesterday')
    .setMaxLength(longestName)
    .setAutocomplete(true);
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
