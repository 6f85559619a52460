import {
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  type MessageContextMenuCommandInteraction,
} from 'discord.js';
import type { Options } from '../commands/command.ts';
import { attachmentOf, targetOf } from './target.ts';

type Filled = (ChatInputCommandInteraction | AutocompleteInteraction)['options']['data'];

/** The options that hold a value: those of the subcommand, where there is one. */
function filled(options: Filled): Filled {
  const [first] = options;
  return first?.type === ApplicationCommandOptionType.Subcommand ? (first.options ?? []) : options;
}

/** What somebody filled in, as plain values. */
export function optionsOf(interaction: ChatInputCommandInteraction | AutocompleteInteraction): Options {
  const values = filled(interaction.options.data);
  return {
    subcommand: interaction.options.getSubcommand(false) ?? undefined,
    texts: Object.fromEntries(
      values.flatMap(({ name, value }) => (typeof value === 'string' ? [[name, value] as const] : [])),
    ),
    flags: Object.fromEntries(
      values.flatMap(({ name, value }) => (typeof value === 'boolean' ? [[name, value] as const] : [])),
    ),
    attachments: Object.fromEntries(
      values.flatMap(({ name, attachment }) => (attachment ? [[name, attachmentOf(attachment)] as const] : [])),
    ),
    target: undefined,
  };
}

/** The option that somebody is typing; `undefined` where there is none, or none that takes words. */
export function typedOf(interaction: AutocompleteInteraction): { name: string; words: string } | undefined {
  const option = filled(interaction.options.data).find(({ focused }) => focused === true);
  return typeof option?.value === 'string' ? { name: option.name, words: option.value } : undefined;
}

/** The same for all that one person types, letter by letter, into one option of one command in one place. */
export function typingOf(interaction: AutocompleteInteraction): string {
  const { user, channelId, commandId, options } = interaction;
  return [user.id, channelId, commandId, options.getSubcommand(false), typedOf(interaction)?.name].join(' ');
}

/** What a command was used on. */
export function optionsOnMessage({ options }: MessageContextMenuCommandInteraction): Options {
  const message = options.getMessage('message');
  const target = message === null ? undefined : targetOf(message);
  return { subcommand: undefined, texts: {}, flags: {}, attachments: {}, target };
}
