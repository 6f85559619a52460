import {
  type APIBaseInteraction,
  type APIMessage,
  ChannelType,
  InteractionContextType,
  type InteractionType,
} from 'discord-api-types/v10';
import type { Interaction } from './interactions.ts';
import { type Actor, applicationId, botPermissions, interactingMember, ownersOf } from './world.ts';

const attachmentSizeLimit = 10 * 1024 * 1024;

/** INTERACTION_CREATE with everything that Discord sends along. */
export function interactionPayload(interaction: Interaction, data: unknown, message: APIMessage | undefined) {
  return {
    id: interaction.id,
    application_id: applicationId,
    type: interaction.type,
    token: interaction.token,
    version: 1,
    data,
    ...(message === undefined ? {} : { message }),
    ...whereabouts(interaction.actor),
    app_permissions: botPermissions.toString(),
    locale: interaction.actor.locale,
    entitlements: [],
    attachment_size_limit: attachmentSizeLimit,
  } satisfies APIBaseInteraction<InteractionType, unknown>;
}

type Whereabouts = Pick<
  APIBaseInteraction<InteractionType, unknown>,
  | 'guild_id'
  | 'guild'
  | 'guild_locale'
  | 'member'
  | 'user'
  | 'channel_id'
  | 'channel'
  | 'context'
  | 'authorizing_integration_owners'
>;

function whereabouts(actor: Actor): Whereabouts {
  const { guild, channel } = actor.place;
  if (guild === undefined) {
    return {
      user: actor.user,
      channel_id: channel.id,
      channel: { id: channel.id, type: ChannelType.DM, flags: none, last_message_id: null, recipients: [actor.user] },
      context: InteractionContextType.BotDM,
      authorizing_integration_owners: ownersOf(actor),
    };
  }
  return {
    guild_id: guild.id,
    guild: { id: guild.id, locale: guild.preferred_locale, features: [] },
    guild_locale: guild.preferred_locale,
    member: interactingMember(actor),
    channel_id: channel.id,
    channel: textChannel(actor, guild.id),
    context: InteractionContextType.Guild,
    authorizing_integration_owners: ownersOf(actor),
  };
}

function textChannel({ place: { channel }, permissions }: Actor, guildId: string) {
  return {
    id: channel.id,
    type: ChannelType.GuildText as const,
    name: channel.name,
    guild_id: guildId,
    position: 0,
    nsfw: false,
    topic: null,
    last_message_id: null,
    flags: none,
    // Discord's types leave this field out, Discord does not.
    permissions: permissions.toString(),
  };
}

const none: number = 0;
