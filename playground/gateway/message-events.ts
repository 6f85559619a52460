import {
  type APIMessage,
  ChannelType,
  GatewayDispatchEvents,
  GatewayIntentBits,
  MessageReferenceType,
} from 'discord-api-types/v10';
import type { Channels } from '../world/channels.ts';
import type { Events } from '../world/events.ts';
import type { Messages } from '../world/messages.ts';
import { BOT, membership } from '../world/servers.ts';
import type { Gateway } from './gateway.ts';

interface Relay {
  readonly events: Events;
  readonly gateway: Gateway;
  readonly messages: Messages;
  readonly channels: Channels;
}

const EVENT_NAMES = {
  posted: GatewayDispatchEvents.MessageCreate,
  changed: GatewayDispatchEvents.MessageUpdate,
  removed: GatewayDispatchEvents.MessageDelete,
} as const;

/** Sends the sessions what happens to messages that everybody in a channel sees. */
export function relayMessages({ events, gateway, messages, channels }: Relay): void {
  events.subscribe(event => {
    if (event.kind === 'commands' || event.kind === 'bot' || event.kept.reader !== undefined) return;
    const { message } = event.kept;
    const guildId = channels.find(message.channel_id)?.guildId;
    const intent = guildId === undefined ? GatewayIntentBits.DirectMessages : GatewayIntentBits.GuildMessages;
    const place = guildId === undefined ? {} : { guild_id: guildId };
    const payload =
      event.kind === 'removed'
        ? { id: message.id, channel_id: message.channel_id, ...place }
        : { ...withReferenced(message, messages, guildId), ...place };
    gateway.dispatch(EVENT_NAMES[event.kind], payload, guildId, intent);
  });
}

function withReferenced(message: APIMessage, messages: Messages, guildId: string | undefined) {
  const { message_reference: reference } = message;
  const isDirect = guildId === undefined;
  const where = isDirect
    ? { channel_type: ChannelType.DM }
    : { channel_type: ChannelType.GuildText, member: membership() };
  const shown = { ...shownToBot(message, isDirect), ...where };
  if (reference === undefined || reference.type === MessageReferenceType.Forward) return shown;
  const referenced = messages.findIn(message.channel_id, reference.message_id);
  return { ...shown, referenced_message: referenced === undefined ? null : shownToBot(referenced, isDirect) };
}

/**
 * Returns what a bot without the privileged intent Message Content sees of a message: nothing of what it says, unless it
 * is the bot's own, mentions the bot, or is direct. The gateway refuses that intent.
 */
function shownToBot(message: APIMessage, isDirect: boolean): APIMessage {
  const isShown = isDirect || message.author.id === BOT.id || message.mentions.some(({ id }) => id === BOT.id);
  if (isShown) return message;
  const { message_snapshots: _, ...others } = message;
  return { ...others, content: '', embeds: [], attachments: [], components: [] };
}
