import type { MessageBody } from 'discord-api-spec/zod';
import {
  type APIMessage,
  type APIMessageInteractionMetadata,
  ApplicationCommandType,
  InteractionType,
  MessageFlags,
  MessageType,
} from 'discord-api-types/v10';
import { blankAnswer, fill } from './compose.ts';
import type { Interaction } from './interactions.ts';
import { frameOf, type Platform } from './platform.ts';
import type { Upload } from './upload.ts';

/** The message that answers an interaction, or follows its answer. */
export function postAnswer(
  platform: Platform,
  interaction: Interaction,
  body: MessageBody,
  files: ReadonlyMap<string, Upload>,
): APIMessage {
  const isPrivate = ((body.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  const { message, files: added } = fill(frameAnswer(platform, interaction, isPrivate), body, files, frameOf(platform));
  platform.messages.post({ message, reader: isPrivate ? interaction.actor.user.id : undefined }, added);
  return message;
}

/** "Verbatim is thinking …" A deferral takes no flag but the ephemeral one. */
export function postThinking(platform: Platform, interaction: Interaction, flags: number): APIMessage {
  const isPrivate = (flags & MessageFlags.Ephemeral) !== 0;
  const blank = frameAnswer(platform, interaction, isPrivate);
  const message = { ...blank, flags: (blank.flags ?? 0) | MessageFlags.Loading };
  platform.messages.post({ message, reader: isPrivate ? interaction.actor.user.id : undefined }, new Map());
  return message;
}

function frameAnswer(platform: Platform, interaction: Interaction, isPrivate: boolean): APIMessage {
  const { actor, source } = interaction;
  const isFirst = interaction.original === undefined;
  const bare = {
    id: platform.nextId(),
    channel_id: actor.place.channel.id,
    type: isFirst && interaction.command !== undefined ? messageType(platform, interaction) : MessageType.Reply,
  };
  const replied = source?.id ?? interaction.original;
  return {
    ...blankAnswer(bare, platform.clock.now()),
    flags: isPrivate ? MessageFlags.Ephemeral : flagless,
    interaction_metadata: metadataOf(interaction),
    ...(interaction.command === undefined ? {} : { interaction: deprecatedMetadata(interaction, interaction.command) }),
    ...(replied === undefined
      ? {}
      : { message_reference: { type: 0, channel_id: bare.channel_id, message_id: replied } }),
  };
}

const flagless: number = 0;

function messageType(platform: Platform, interaction: Interaction): MessageType {
  const command = platform.commands.named(interaction.command ?? '', interaction.actor.place.guild?.id);
  return command === undefined || command.type === ApplicationCommandType.ChatInput
    ? MessageType.ChatInputCommand
    : MessageType.ContextMenuCommand;
}

function deprecatedMetadata({ id, type, actor }: Interaction, name: string) {
  return { id, type, name, user: actor.user };
}

/** Discord sends the command's name along though its types do not say so; the page shows it. */
function metadataOf(interaction: Interaction): APIMessageInteractionMetadata {
  const { id, actor, source } = interaction;
  const owners = actor.place.guild === undefined ? { 1: actor.user.id } : { 0: actor.place.guild.id };
  const base = { id, user: actor.user, authorizing_integration_owners: owners };
  if (interaction.type === InteractionType.MessageComponent) {
    return { ...base, type: InteractionType.MessageComponent, interacted_message_id: source?.id ?? id };
  }
  if (interaction.type === InteractionType.ModalSubmit) {
    const triggering = { ...base, type: InteractionType.ApplicationCommand } as const;
    return { ...base, type: InteractionType.ModalSubmit, triggering_interaction_metadata: triggering };
  }
  const named = { ...base, type: InteractionType.ApplicationCommand, name: interaction.command } as const;
  return named;
}
