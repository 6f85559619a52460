import {
  type APIApplicationCommand,
  type APIMessage,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  GatewayDispatchEvents,
  InteractionType,
} from 'discord-api-types/v10';
import { attachFiles } from './attached.ts';
import { focusedType } from './choices.ts';
import { allComponents, type Found } from './components.ts';
import type { CommandDeed, ComponentDeed, Deed, ModalDeed } from './deed.ts';
import type { Interaction } from './interactions.ts';
import { objectToModalAnswers } from './modal-answers.ts';
import { objectToOptions, wholeName } from './options.ts';
import { interactionPayload } from './payloads.ts';
import type { Platform } from './platform.ts';
import { isRecord } from './schema.ts';
import type { Actor } from './world.ts';

export type Act =
  | { readonly kind: 'sent'; readonly interaction: Interaction }
  | { readonly kind: 'failed'; readonly reason: string };

/** Does what a person did on the page: the bot gets its interaction, unless Discord's own client would have stopped it. */
export function act(platform: Platform, actor: Actor, deed: Deed): Act {
  switch (deed.kind) {
    case 'command':
    case 'autocomplete':
      return useCommand(platform, actor, deed);
    case 'component':
      return useComponent(platform, actor, deed);
    case 'modal':
      return submitModal(platform, actor, deed);
  }
}

function failed(reason: string): Act {
  return { kind: 'failed', reason };
}

function useCommand(platform: Platform, actor: Actor, deed: CommandDeed): Act {
  const guildId = actor.place.guild?.id;
  const command = platform.commands.at(guildId).find(({ id }) => id === deed.commandId);
  if (command === undefined) return failed('This command is outdated; reload the page.');
  const barred = barrier(command, actor);
  if (barred !== undefined) return failed(barred);
  const { options: given, attachments } = attachFiles(deed.data.options ?? [], deed.files ?? [], platform.attached);
  const isComplete = deed.kind === 'command';
  const objection = objectToOptions(command.options ?? [], given, isComplete);
  if (objection !== undefined) return failed(objection);
  const target = targetOf(platform, command, actor, deed.data.target_id);
  if (target === undefined) return failed('This command needs a message or a user to act on.');
  const type = isComplete ? InteractionType.ApplicationCommand : InteractionType.ApplicationCommandAutocomplete;
  const opening = {
    type,
    actor,
    command: wholeName(command.name, given),
    source: undefined,
    completing: focusedType(given),
  };
  const { id, name } = command;
  const payload = {
    id,
    name,
    type: command.type,
    ...(given.length > 0 ? { options: given } : {}),
    ...(Object.keys(attachments).length > 0 ? { resolved: { attachments } } : {}),
    ...target,
  };
  return send(platform, opening, guildId === undefined ? payload : { ...payload, guild_id: guildId });
}

/** Why this person does not have the command here. */
function barrier(command: APIApplicationCommand, actor: Actor): string | undefined {
  const context = actor.place.guild === undefined ? 1 : 0;
  const contexts: readonly number[] | undefined = command.contexts ?? undefined;
  if (contexts !== undefined && !contexts.includes(context)) return 'This command cannot be used here.';
  const needed = BigInt(command.default_member_permissions ?? '0');
  const isAllowed = context === 1 || (actor.permissions & needed) === needed;
  return isAllowed ? undefined : 'You do not have permission to use this command.';
}

function targetOf(
  platform: Platform,
  command: APIApplicationCommand,
  actor: Actor,
  target: string | undefined,
): object | undefined {
  if (command.type === ApplicationCommandType.ChatInput) return {};
  if (command.type === ApplicationCommandType.User) {
    return { target_id: actor.user.id, resolved: { users: { [actor.user.id]: actor.user } } };
  }
  const message = readable(platform, actor, target ?? '');
  return message && { target_id: message.id, resolved: { messages: { [message.id]: message } } };
}

function readable(platform: Platform, actor: Actor, id: string): APIMessage | undefined {
  const kept = platform.messages.find(id);
  const isHere = kept?.message.channel_id === actor.place.channel.id;
  return isHere && (kept.reader ?? actor.user.id) === actor.user.id ? kept.message : undefined;
}

function useComponent(platform: Platform, actor: Actor, deed: ComponentDeed): Act {
  const message = readable(platform, actor, deed.messageId);
  const found = allComponents(message?.components).find(({ component }) => component.custom_id === deed.customId);
  if (message === undefined || found === undefined || !offers(found, deed)) return failed('This interaction failed');
  return sendComponent(platform, actor, deed, message, found.component.id);
}

/** The press of a button that no message shows: what a forged client could send. */
export function forge(platform: Platform, actor: Actor, message: APIMessage, customId: string): Act {
  const deed = { kind: 'component', messageId: message.id, customId, componentType: ComponentType.Button } as const;
  return sendComponent(platform, actor, deed, message, 1);
}

/** Anything that could come from a client that keeps to no rule; `message` is what a component stands under. */
export interface Forged {
  readonly type: InteractionType;
  readonly payload: unknown;
  readonly message: APIMessage | undefined;
}

/** Sends an interaction that nothing was asked of first. */
export function forgeInteraction(platform: Platform, actor: Actor, { type, payload, message }: Forged): Act {
  const isCompleting = type === InteractionType.ApplicationCommandAutocomplete;
  const completing = isCompleting ? ApplicationCommandOptionType.String : undefined;
  return send(platform, { type, actor, command: undefined, source: message, completing }, payload);
}

function offers({ component }: Found, deed: ComponentDeed): boolean {
  if (component.disabled === true || component.type !== deed.componentType) return false;
  const options: readonly unknown[] | undefined = Array.isArray(component.options) ? component.options : undefined;
  if (options === undefined) return deed.values === undefined;
  const values = deed.values ?? [];
  const least = Number(component.min_values ?? 1);
  const greatest = Number(component.max_values ?? 1);
  const known = new Set(options.map(option => isRecord(option) && option.value));
  return values.length >= least && values.length <= greatest && values.every(value => known.has(value));
}

function sendComponent(platform: Platform, actor: Actor, deed: ComponentDeed, message: APIMessage, id: unknown): Act {
  const opening = {
    type: InteractionType.MessageComponent,
    actor,
    command: undefined,
    source: message,
    completing: undefined,
  };
  const payload = {
    custom_id: deed.customId,
    component_type: deed.componentType,
    id,
    ...(deed.values === undefined ? {} : { values: deed.values }),
  };
  return send(platform, opening, payload);
}

function submitModal(platform: Platform, actor: Actor, deed: ModalDeed): Act {
  const opener = platform.interactions.byId(deed.interactionId);
  const modal = opener?.modal;
  if (
    opener === undefined ||
    modal === undefined ||
    modal.custom_id !== deed.customId ||
    opener.actor.user.id !== actor.user.id
  ) {
    return failed('This form is no longer open.');
  }
  const objection = objectToModalAnswers(modal, deed.components);
  if (objection !== undefined) return failed(objection);
  opener.modal = undefined;
  const opening = {
    type: InteractionType.ModalSubmit,
    actor,
    command: opener.command,
    source: opener.source,
    completing: undefined,
  };
  return send(platform, opening, { custom_id: deed.customId, components: deed.components });
}

function send(platform: Platform, opening: Parameters<Platform['interactions']['open']>[0], payload: unknown): Act {
  const { gateway, interactions } = platform;
  const reason = () =>
    gateway.isOnline() ? 'The application did not respond' : 'The application did not respond: it is offline';
  const interaction = interactions.open(opening, reason);
  const source = opening.source && (platform.messages.find(opening.source.id)?.message ?? opening.source);
  const guildId = opening.actor.place.guild?.id;
  const event = interactionPayload(interaction, payload, source);
  if (!gateway.dispatch(GatewayDispatchEvents.InteractionCreate, event, guildId)) {
    interactions.fail(interaction, 'The application did not respond: it is offline');
  }
  return { kind: 'sent', interaction };
}
