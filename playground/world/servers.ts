import {
  type APIAuthorizingIntegrationOwnersMap,
  type APIInteractionGuildMember,
  type APIMessage,
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

const NONE: number = 0;

/** Fixed, so that messages stored before a restart still match. */
export const APPLICATION_ID = '1180000000000000001';

const PLAIN = { discriminator: '0', avatar: null, public_flags: NONE, flags: NONE, primary_guild: null };

export const BOT: APIUser = { ...PLAIN, id: APPLICATION_ID, username: 'Verbatim', global_name: null, bot: true };

/** A server's channel, or a direct message if there is no guild. */
export interface Location {
  readonly guild: GatewayGuildCreateDispatchData | undefined;
  readonly channel: { readonly id: string; readonly name: string };
}

/** A user in a location, with their permissions there. */
export interface Actor {
  readonly user: APIUser;
  readonly permissions: bigint;
  readonly location: Location;
  /** Who installed the bot: the server or the user. */
  readonly installedBy: 'server' | 'person';
  /** Their Discord language. */
  readonly locale: Locale;
}

/**
 * Returns Discord's map of who installed the bot, by installation type. For a press it is that of the message, whoever
 * presses.
 */
export function ownersOf(
  { user, location, installedBy }: Actor,
  source: APIMessage | undefined,
): APIAuthorizingIntegrationOwnersMap {
  const before = source?.interaction_metadata?.authorizing_integration_owners;
  if (before !== undefined) return before;
  if (location.guild === undefined) return { 0: '0' };
  return installedBy === 'server' ? { 0: location.guild.id } : { 1: user.id };
}

const STARTED = '2025-01-01T00:00:00.000000+00:00';

const BASE_PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.UseExternalEmojis |
  PermissionFlagsBits.UseApplicationCommands;

export const MEMBER_PERMISSIONS = BASE_PERMISSIONS;
export const MANAGER_PERMISSIONS =
  BASE_PERMISSIONS |
  PermissionFlagsBits.ManageGuild |
  PermissionFlagsBits.ManageMessages |
  PermissionFlagsBits.MentionEveryone;
export const BOT_PERMISSIONS = BASE_PERMISSIONS;

const ADA: APIUser = { ...PLAIN, id: '1180000000000000002', username: 'ada', global_name: 'Ada' };
const BEN: APIUser = { ...PLAIN, id: '1180000000000000005', username: 'ben', global_name: 'Ben' };

interface Member {
  readonly user: APIUser;
  readonly permissions: bigint;
}

/** The people that a visitor can act as: one with Manage Server, and one without. */
export const MEMBERS: readonly [Member, ...Member[]] = [
  { user: ADA, permissions: MANAGER_PERMISSIONS },
  { user: BEN, permissions: MEMBER_PERMISSIONS },
];

/** What stands for direct messages with the bot in place of a server's id. */
export const DIRECT = 'direct';

/** Returns a member in a server, by id, or in direct messages; the first of each if there is none with that id. */
export function actorAt(
  locations: readonly Location[],
  { member, server }: { readonly member: string | null; readonly server: string | null },
): Actor {
  const [anywhere] = locations;
  if (anywhere === undefined) throw new RangeError('The playground needs at least one server');
  const { user, permissions } = MEMBERS.find(each => each.user.id === member) ?? MEMBERS[0];
  const inServer = locations.find(({ guild }) => guild?.id === server) ?? anywhere;
  const location = server === DIRECT ? directMessages(user) : inServer;
  return { user, permissions, location, installedBy: 'server', locale: Locale.EnglishUS };
}

export function makeUser(name: string, id: string): APIUser {
  return { ...PLAIN, id, username: name.toLowerCase(), global_name: name };
}

type Guild = NonNullable<Location['guild']>;

export function makeServer(order: number, furnish = (guild: Guild) => guild): Location {
  // The upper bits choose the shard, so each server is on the next shard.
  const id = `${1_180_000_000_000_000_003n + (BigInt(order) << 22n)}`;
  const channel = { id: `${BigInt(id) + 1n}`, name: 'general' };
  const name = order === 0 ? 'Newsroom' : `Newsroom ${order + 1}`;
  return { guild: furnish(makeGuild(id, name, channel)), channel };
}

export function directMessages(user: APIUser): Location {
  return { guild: undefined, channel: { id: `${BigInt(user.id) + 500_000n}`, name: BOT.username } };
}

const GUILD_DEFAULTS: GuildDefaults = {
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
  system_channel_flags: NONE,
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
  joined_at: STARTED,
  large: false,
  voice_states: [],
  threads: [],
  presences: [],
  stage_instances: [],
  guild_scheduled_events: [],
  soundboard_sounds: [],
};

function makeGuild(id: string, name: string, channel: Location['channel']): GatewayGuildCreateDispatchData {
  return {
    ...structuredClone(GUILD_DEFAULTS),
    id,
    name,
    owner_id: ADA.id,
    roles: [everyoneRole(id), { ...everyoneRole(id), id: `${BigInt(id) + 100n}`, name: 'Readers', mentionable: true }],
    member_count: 1 + MEMBERS.length,
    members: [BOT, ...MEMBERS.map(({ user }) => user)].map(user => ({ user, ...membership() })),
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
    permissions: BASE_PERMISSIONS.toString(),
    managed: false,
    mentionable: false,
    flags: NONE,
  };
}

/** Returns a member without the user. */
export function membership() {
  return { nick: null, avatar: null, roles: [], joined_at: STARTED, deaf: false, mute: false, flags: NONE };
}

/** Returns the member object of an interaction. */
export function interactingMember(actor: Actor): APIInteractionGuildMember {
  return { user: actor.user, ...membership(), permissions: actor.permissions.toString() };
}
