import {
  type APIApplicationCommand,
  type APIBaseInteraction,
  type APIMessage,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ChannelFlags,
  ChannelType,
  ComponentType,
  GatewayDispatchEvents,
  InteractionContextType,
  InteractionType,
} from 'discord-api-types/v10';
import { isRecord } from '../json.ts';
import { allComponents, type Found } from '../rest/components.ts';
import { attachFiles, attachToForm } from '../world/attachments.ts';
import type { Interaction } from '../world/interactions.ts';
import type { Platform } from '../world/platform.ts';
import { type Actor, APPLICATION_ID, interactingMember, ownersOf } from '../world/servers.ts';
import type { Action, CommandAction, ComponentAction, GivenOption, ModalAction } from './actions.ts';
import { fullName, modalAnswersError, optionsError } from './input-rules.ts';

const ATTACHMENT_SIZE_LIMIT = 10 * 1024 * 1024;

/** Returns the payload of INTERACTION_CREATE. */
function interactionPayload(
  { channels }: Platform,
  interaction: Interaction,
  data: unknown,
  message: APIMessage | undefined,
) {
  return {
    id: interaction.id,
    application_id: APPLICATION_ID,
    type: interaction.type,
    token: interaction.token,
    version: 1,
    data,
    ...(message === undefined ? {} : { message }),
    ...location(interaction.actor, channels.find(interaction.actor.location.channel.id)?.parentId),
    authorizing_integration_owners: ownersOf(interaction.actor, interaction.source),
    app_permissions: String(channels.find(interaction.actor.location.channel.id)?.permissions ?? 0n),
    locale: interaction.actor.locale,
    entitlements: [],
    attachment_size_limit: ATTACHMENT_SIZE_LIMIT,
  } satisfies APIBaseInteraction<InteractionType, unknown>;
}

type LocationFields = Pick<
  APIBaseInteraction<InteractionType, unknown>,
  'guild_id' | 'guild' | 'guild_locale' | 'member' | 'user' | 'channel_id' | 'channel' | 'context'
>;

/** `parent` is the channel of the thread that somebody is in. */
function location(actor: Actor, parent: string | undefined): LocationFields {
  const { guild, channel } = actor.location;
  if (guild === undefined) {
    return {
      user: actor.user,
      channel_id: channel.id,
      channel: {
        id: channel.id,
        type: ChannelType.DM,
        flags: NONE,
        last_message_id: null,
        recipients: [actor.user],
      },
      context: InteractionContextType.BotDM,
    };
  }
  return {
    guild_id: guild.id,
    guild: { id: guild.id, locale: guild.preferred_locale, features: [] },
    guild_locale: guild.preferred_locale,
    member: interactingMember(actor),
    channel_id: channel.id,
    channel: { ...textChannel(actor, guild.id), ...threadOf(parent) },
    context: InteractionContextType.Guild,
  };
}

function threadOf(parent: string | undefined) {
  return parent === undefined ? {} : { type: ChannelType.PublicThread as const, parent_id: parent };
}

function textChannel({ location: { channel }, permissions }: Actor, guildId: string) {
  return {
    id: channel.id,
    type: ChannelType.GuildText as const,
    name: channel.name,
    guild_id: guildId,
    position: 0,
    nsfw: false,
    topic: null,
    last_message_id: null,
    flags: NONE,
    // Discord sends this field, though its types omit it.
    permissions: permissions.toString(),
  };
}

const NONE: number = 0;

export type Performed =
  | { readonly kind: 'sent'; readonly interaction: Interaction }
  | { readonly kind: 'failed'; readonly reason: string };

/** Performs a person's action: sends the interaction to the bot, unless Discord's client would have rejected it. */
export function perform(platform: Platform, actor: Actor, action: Action): Performed {
  switch (action.kind) {
    case 'command':
    case 'autocomplete':
      return useCommand(platform, actor, action);
    case 'component':
      return useComponent(platform, actor, action);
    case 'modal':
      return submitModal(platform, actor, action);
  }
}

function failed(reason: string): Performed {
  return { kind: 'failed', reason };
}

function useCommand(platform: Platform, actor: Actor, action: CommandAction): Performed {
  const command = platform.commands.all.find(({ id }) => id === action.commandId);
  if (command === undefined) return failed('This command is outdated; reload the page.');
  const barred = barrier(command, actor);
  if (barred !== undefined) return failed(barred);
  const { options: given, attachments } = attachFiles(action.data.options ?? [], action.files ?? [], platform.attached);
  const isComplete = action.kind === 'command';
  const error = optionsError(command.options ?? [], given, isComplete);
  if (error !== undefined) return failed(error);
  const target = targetOf(platform, command, actor, action.data.target_id);
  if (target === undefined) return failed('This command needs a message to act on.');
  const type = isComplete ? InteractionType.ApplicationCommand : InteractionType.ApplicationCommandAutocomplete;
  const channels = channelsIn(platform, actor, given);
  if (channels === undefined) return failed('Choose one of the channels of this server.');
  const roles = rolesIn(actor, given);
  if (roles === undefined) return failed('Choose one of the roles of this server.');
  const resolved = { ...filledIn({ attachments }), ...filledIn({ channels }), ...filledIn({ roles }) };
  const { id, name } = command;
  const payload = {
    id,
    name,
    type: command.type,
    ...(given.length > 0 ? { options: given } : {}),
    ...filledIn({ resolved }),
    ...target,
  };
  return send(platform, { type, actor, command: fullName(command.name, given), source: undefined }, payload);
}

/** Leaves out what is empty. */
function filledIn(fields: Readonly<Record<string, object>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => Object.keys(value).length > 0));
}

/** Returns the channels that options refer to, by id; undefined if one isn't in this server. */
function channelsIn(platform: Platform, actor: Actor, given: readonly GivenOption[]): object | undefined {
  const guildId = actor.location.guild?.id;
  const ids = idsIn(given, ApplicationCommandOptionType.Channel);
  const known = ids.flatMap(id => {
    const channel = platform.channels.find(id);
    return guildId === undefined || channel?.guildId !== guildId ? [] : [[id, channel] as const];
  });
  if (known.length < ids.length) return undefined;
  return Object.fromEntries(
    known.map(([id, { name, parentId, forum, permissions }]) => {
      const there = { ...actor, location: { ...actor.location, channel: { id, name } } };
      const flags = forum?.needsTag === true ? ChannelFlags.RequireTag : NONE;
      const kind = forum === undefined ? threadOf(parentId) : { type: ChannelType.GuildForum, flags };
      return [id, { ...textChannel(there, guildId ?? ''), ...kind, app_permissions: permissions.toString() }];
    }),
  );
}

/** Returns the roles that options refer to, by id; undefined if one isn't in this server. */
function rolesIn({ location }: Actor, given: readonly GivenOption[]): object | undefined {
  const ids = idsIn(given, ApplicationCommandOptionType.Role);
  const known = location.guild?.roles.filter(({ id }) => ids.includes(id)) ?? [];
  return known.length < ids.length ? undefined : Object.fromEntries(known.map(role => [role.id, role]));
}

function idsIn(given: readonly GivenOption[], wanted: ApplicationCommandOptionType): string[] {
  return given.flatMap(({ type, value, options }) =>
    type === wanted ? [String(value)] : idsIn(options ?? [], wanted),
  );
}

/** Returns why this person can't use the command here. */
function barrier(command: APIApplicationCommand, actor: Actor): string | undefined {
  if (!isForHere(command, actor)) return 'This command can’t be used here.';
  return isPermitted(command, actor) ? undefined : 'You don’t have permission to use this command.';
}

/** True if a command is for this kind of place: a server or a direct message. */
export function isForHere({ contexts }: APIApplicationCommand, { location }: Actor): boolean {
  return contexts?.includes(location.guild === undefined ? 1 : 0) ?? true;
}

/** True if a person has the permissions that a command needs. Discord hides it from others. */
export function isPermitted({ default_member_permissions }: APIApplicationCommand, actor: Actor): boolean {
  const needed = BigInt(default_member_permissions ?? '0');
  return actor.location.guild === undefined || (actor.permissions & needed) === needed;
}

function targetOf(
  platform: Platform,
  command: APIApplicationCommand,
  actor: Actor,
  target: string | undefined,
): object | undefined {
  if (command.type === ApplicationCommandType.ChatInput) return {};
  const message = readable(platform, actor, target ?? '');
  return message && { target_id: message.id, resolved: { messages: { [message.id]: message } } };
}

function readable(platform: Platform, actor: Actor, id: string): APIMessage | undefined {
  const kept = platform.messages.find(id);
  const isHere = kept?.message.channel_id === actor.location.channel.id;
  return isHere && (kept.reader ?? actor.user.id) === actor.user.id ? kept.message : undefined;
}

function useComponent(platform: Platform, actor: Actor, action: ComponentAction): Performed {
  const message = readable(platform, actor, action.messageId);
  const found = allComponents(message?.components).find(({ component }) => component.custom_id === action.customId);
  if (message === undefined || found === undefined || !offers(found, action)) return failed('This interaction failed');
  return sendComponent(platform, actor, action, message, found.component.id);
}

/** Sends the press of a button that no message has, as a malicious client could. */
export function forgePress(platform: Platform, actor: Actor, message: APIMessage, customId: string): Performed {
  const action = { kind: 'component', messageId: message.id, customId, componentType: ComponentType.Button } as const;
  return sendComponent(platform, actor, action, message, 1);
}

/** An interaction that a malicious client could send. `message` is the one with the component. */
export interface Forged {
  readonly type: InteractionType;
  readonly payload: unknown;
  readonly message: APIMessage | undefined;
}

/** Sends an interaction without validation. */
export function forgeInteraction(platform: Platform, actor: Actor, { type, payload, message }: Forged): Performed {
  return send(platform, { type, actor, command: undefined, source: message }, payload);
}

function offers({ component }: Found, action: ComponentAction): boolean {
  if (component.disabled === true || component.type !== action.componentType) return false;
  const options: readonly unknown[] | undefined = Array.isArray(component.options) ? component.options : undefined;
  if (options === undefined) return action.values === undefined;
  const [value, ...others] = action.values ?? [];
  return others.length === 0 && options.some(option => isRecord(option) && option.value === value);
}

function sendComponent(
  platform: Platform,
  actor: Actor,
  action: ComponentAction,
  message: APIMessage,
  id: unknown,
): Performed {
  const opening = { type: InteractionType.MessageComponent, actor, command: undefined, source: message };
  const payload = {
    custom_id: action.customId,
    component_type: action.componentType,
    id,
    ...(action.values === undefined ? {} : { values: action.values }),
  };
  return send(platform, opening, payload);
}

function submitModal(platform: Platform, actor: Actor, action: ModalAction): Performed {
  const opener = platform.interactions.byId(action.interactionId);
  const modal = opener?.modal;
  if (
    opener === undefined ||
    modal === undefined ||
    modal.custom_id !== action.customId ||
    opener.actor.user.id !== actor.user.id
  ) {
    return failed('This form is no longer open.');
  }
  const { components, attachments } = attachToForm(action.components, action.files ?? [], platform.attached);
  const error = modalAnswersError(modal, components);
  if (error !== undefined) return failed(error);
  opener.modal = undefined;
  const opening = { type: InteractionType.ModalSubmit, actor, command: opener.command, source: opener.source };
  const resolved = filledIn({ attachments });
  return send(platform, opening, { custom_id: action.customId, components, ...filledIn({ resolved }) });
}

function send(
  platform: Platform,
  opening: Parameters<Platform['interactions']['open']>[0],
  payload: unknown,
): Performed {
  const { gateway, interactions } = platform;
  const reason = () =>
    gateway.isOnline() ? 'The application did not respond' : 'The application did not respond: it is offline';
  platform.channels.know(opening.actor.location);
  const interaction = interactions.open(opening, reason);
  const source = opening.source && (platform.messages.find(opening.source.id)?.message ?? opening.source);
  const guildId = opening.actor.location.guild?.id;
  const event = interactionPayload(platform, interaction, payload, source);
  if (!gateway.dispatch(GatewayDispatchEvents.InteractionCreate, event, guildId)) {
    interactions.fail(interaction, 'The application did not respond: it is offline');
  }
  return { kind: 'sent', interaction };
}
