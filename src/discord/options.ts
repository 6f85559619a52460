import {
  ApplicationCommandOptionType,
  type Attachment as Attached,
  type AutocompleteInteraction,
  ChannelFlags,
  ChannelFlagsBitField,
  type ChatInputCommandInteraction,
  type Message,
  type MessageContextMenuCommandInteraction,
  type ModalSubmitInteraction,
} from 'discord.js';
import {
  type Attachment,
  type Channel,
  type FilledForm,
  NO_OPTIONS,
  type Options,
  type Target,
} from '../commands/command.ts';
import { kindOfChannel } from '../commands/posting-rights.ts';
import { linksIn } from '../news/links.ts';

function attachmentOf({ name, contentType, size, url }: Attached): Attachment {
  return { name, contentType: contentType ?? undefined, size, url };
}

/** Returns text, links and attachments of a message and of the one that it forwards. */
function targetOf(message: Message): Target {
  const forwarded = message.messageSnapshots?.first();
  const all = [message, ...(forwarded === undefined ? [] : [forwarded])];
  const text = all.map(({ content }) => content).find(content => content !== '') ?? '';
  const written = all.flatMap(({ content }) => linksIn(content));
  const embedded = all.flatMap(({ embeds }) =>
    embeds.flatMap(({ url }) => (url !== null && isOfWeb(url) ? [url] : [])),
  );
  const attachments = all.flatMap(each => each.attachments.map(attachmentOf));
  return { text, links: [...new Set([...written, ...embedded])], attachments };
}

function isOfWeb(url: string): boolean {
  return /^https?:/v.test(url);
}

type Filled = (ChatInputCommandInteraction | AutocompleteInteraction)['options']['data'];

/** Returns the options with a value, those of the subcommand if there is one. */
function filled(options: Filled): Filled {
  const [first] = options;
  return first?.type === ApplicationCommandOptionType.Subcommand ? (first.options ?? []) : options;
}

type Chosen = NonNullable<Filled[number]['channel']>;

function channelOf(chosen: Chosen): Channel {
  const may = 'appPermissions' in chosen ? chosen.appPermissions : null;
  const flags = new ChannelFlagsBitField('flags' in chosen ? chosen.flags : undefined);
  const needsTag = flags.has(ChannelFlags.RequireTag);
  return { id: chosen.id, kind: kindOfChannel(chosen.type), needsTag, permissions: may?.bitfield };
}

/** Returns what somebody filled in. */
export function optionsOf(interaction: ChatInputCommandInteraction | AutocompleteInteraction): Options {
  const given = filled(interaction.options.data);
  const byName = <Value>(pick: (option: Filled[number]) => Value | undefined) =>
    Object.fromEntries(
      given.flatMap(option => {
        const value = pick(option);
        return value === undefined ? [] : [[option.name, value] as const];
      }),
    );
  return {
    subcommand: interaction.options.getSubcommand(false) ?? undefined,
    texts: byName(({ value }) => (typeof value === 'string' ? value : undefined)),
    flags: byName(({ value }) => (typeof value === 'boolean' ? value : undefined)),
    numbers: byName(({ value }) => (typeof value === 'number' ? value : undefined)),
    channels: byName(({ channel }) => (channel ? channelOf(channel) : undefined)),
    roles: byName(({ role }) => (role ? { id: role.id, isMentionable: role.mentionable } : undefined)),
    attachments: byName(({ attachment }) => (attachment ? attachmentOf(attachment) : undefined)),
    target: undefined,
  };
}

/** Returns what was filled into a form: text by field, and the first file of each. */
export function filledForm({ fields }: ModalSubmitInteraction): FilledForm {
  const all = [...fields.fields.values()];
  const files = all.flatMap(field => {
    const file = 'attachments' in field ? field.attachments?.first() : undefined;
    return file === undefined ? [] : [[field.customId, attachmentOf(file)] as const];
  });
  return {
    fields: Object.fromEntries(all.map(field => [field.customId, 'value' in field ? String(field.value) : ''])),
    files: Object.fromEntries(files),
  };
}

/** Returns the option that is being typed; `undefined` if there is none that takes text. */
export function typedOf(interaction: AutocompleteInteraction): { name: string; words: string } | undefined {
  const option = filled(interaction.options.data).find(({ focused }) => focused === true);
  return typeof option?.value === 'string' ? { name: option.name, words: option.value } : undefined;
}

/** Returns a key that is the same for everything one person types into one option of one command in one channel. */
export function typingOf(interaction: AutocompleteInteraction): string {
  const { user, channelId, commandId, options } = interaction;
  return [user.id, channelId, commandId, options.getSubcommand(false), typedOf(interaction)?.name].join(' ');
}

/** Returns the message that a command was used on. */
export function optionsOnMessage({ options }: MessageContextMenuCommandInteraction): Options {
  const message = options.getMessage('message');
  return { ...NO_OPTIONS, target: message === null ? undefined : targetOf(message) };
}
