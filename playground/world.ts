import {
  type APIAuthorizingIntegrationOwnersMap,
  type APIInteractionGuildMember,
  type APIUser,
  ChannelType,
  type GatewayGuildCreateDispatchData,
  GuildDefaultMessageNotifications,
  GuildExplicitContentFilter,
  GuildMFALevel,
  GuildNSFWLevel,
  GuildPremiumTier,
  GuildVerificationLevel,
  Locale,
  PermissionFlagsBits,
} from 'discord-api-types/v10';

const none: number = 0;

/** Fixed, so that what was written down before a restart still fits. */
export const applicationId = '1180000000000000001';

const plain = { discriminator: '0', avatar: null, public_flags: none, flags: none, primary_guild: null };

export const bot: APIUser = { ...plain, id: applicationId, username: 'Verbatim', global_name: null, bot: true };

/** Where somebody writes: a guild's channel, or a direct message when there is no guild. */
export interface Place {
  readonly guild: GatewayGuildCreateDispatchData | undefined;
  readonly channel: { readonly id: string; readonly name: string };
}

/** Somebody at a place, with the permissions they have there. */
export interface Actor {
  readonly user: APIUser;
  readonly permissions: bigint;
  readonly place: Place;
  /** Who has installed the bot where they use it: the server, or they for themselves. */
  readonly installedBy: 'server' | 'person';
  /** The language of their Discord. */
  readonly locale: Locale;
}

/** Discord's map of who installed the bot, by the kind of installation. */
export function ownersOf({ user, place, installedBy }: Actor): APIAuthorizingIntegrationOwnersMap {
  if (place.guild === undefined) return { 0: '0' };
  return installedBy === 'server' ? { 0: place.guild.id } : { 1: user.id };
}

const started = '2025-01-01T00:00:00.000000+00:00';

const everyday =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.UseExternalEmojis |
  PermissionFlagsBits.UseApplicationCommands;

export const memberPermissions = everyday;
export const managerPermissions = everyday | PermissionFlagsBits.ManageGuild | PermissionFlagsBits.ManageMessages;
export const botPermissions = everyday;

export const ada: APIUser = { ...plain, id: '1180000000000000002', username: 'ada', global_name: 'Ada' };

/** Further people, for tests that need several. */
export function personCalled(name: string, id: string): APIUser {
  return { ...plain, id, username: name.toLowerCase(), global_name: name };
}

export function makePlace(order: number): Place {
  // Shards are told apart by the upper bits, so that each further guild falls to the next shard.
  const id = `${1_180_000_000_000_000_003n + (BigInt(order) << 22n)}`;
  const channel = { id: `${BigInt(id) + 1n}`, name: 'general' };
  const name = order === 0 ? 'Newsroom' : `Newsroom ${order + 1}`;
  return { guild: makeGuild(id, name, channel), channel };
}

export function directPlace(user: APIUser): Place {
  return { guild: undefined, channel: { id: `${BigInt(user.id) + 500_000n}`, name: user.username } };
}

const guildDefaults: GuildDefaults = {
  icon: null,
  splash: null,
  discovery_splash: null,
  afk_channel_id: null,
  afk_timeout: 300,
  verification_level: GuildVerificationLevel.None,
  default_message_notifications: GuildDefaultMessageNotifications.OnlyMentions,
  explicit_content_filter: GuildExplicitContentFilter.Disabled,
  emojis: [],
  features: [],
  mfa_level: GuildMFALevel.None,
  application_id: null,
  system_channel_id: null,
  system_channel_flags: none,
  rules_channel_id: null,
  vanity_url_code: null,
  description: null,
  banner: null,
  premium_tier: GuildPremiumTier.None,
  preferred_locale: Locale.EnglishUS,
  public_updates_channel_id: null,
  nsfw_level: GuildNSFWLevel.Default,
  premium_progress_bar_enabled: false,
  safety_alerts_channel_id: null,
  stickers: [],
  hub_type: null,
  incidents_data: null,
  joined_at: started,
  large: false,
  voice_states: [],
  threads: [],
  presences: [],
  stage_instances: [],
  guild_scheduled_events: [],
  soundboard_sounds: [],
};

function makeGuild(id: string, name: string, channel: Place['channel']): GatewayGuildCreateDispatchData {
  return {
    ...structuredClone(guildDefaults),
    id,
    name,
    owner_id: ada.id,
    roles: [everyoneRole(id)],
    member_count: 2,
    members: [membership(bot), membership(ada)],
    channels: [
      {
        id: channel.id,
        type: ChannelType.GuildText,
        name: channel.name,
        position: 0,
        guild_id: id,
        permission_overwrites: [],
        nsfw: false,
        topic: null,
      },
    ],
  };
}

type GuildDefaults = Omit<
  GatewayGuildCreateDispatchData,
  'id' | 'name' | 'owner_id' | 'roles' | 'member_count' | 'members' | 'channels'
>;

function everyoneRole(guildId: string): GatewayGuildCreateDispatchData['roles'][number] {
  return {
    id: guildId,
    name: '@everyone',
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    position: 0,
    permissions: everyday.toString(),
    managed: false,
    mentionable: false,
    flags: none,
  };
}

function membership(user: APIUser) {
  return { user, nick: null, avatar: null, roles: [], joined_at: started, deaf: false, mute: false, flags: none };
}

/** The member as an interaction carries it. */
export function interactingMember(actor: Actor): APIInteractionGuildMember {
  return { ...membership(actor.user), permissions: actor.permissions.toString() };
}
