import {
  type APIAttachment,
  type APIMessage,
  type APIUser,
  MessageReferenceType,
  MessageType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { blankMessage, referenceTo } from '../rest/compose.ts';
import type { Platform } from '../world/platform.ts';
import { type Actor, BOT, MEMBERS } from '../world/servers.ts';

/** What a person sends. */
export interface Draft {
  readonly content: string;
  readonly attachments?: APIAttachment[];
  /** The id of the message that it replies to. */
  readonly replyTo?: string | undefined;
  /** True if a reply mentions the author of that message, as it does unless somebody turns it off. Default: true */
  readonly isPinging?: boolean | undefined;
  /** A message to forward. */
  readonly forwards?: APIMessage | undefined;
}

const MENTION = /<@!?(?<id>\d{1,20})>/gv;
const EVERYBODY = /@(?:everyone|here)\b/v;

/** Posts a person's message: plain text, a reply or a forward. */
export function post(
  platform: Platform,
  actor: Pick<Actor, 'user' | 'location' | 'permissions'>,
  { content, attachments = [], replyTo, isPinging = true, forwards }: Draft,
): APIMessage {
  const { user, location, permissions } = actor;
  platform.channels.know(location);
  const channelId = location.channel.id;
  const replied = platform.messages.findIn(channelId, replyTo);
  const pinged = isPinging && replied !== undefined ? [replied.author] : [];
  const type = replied === undefined ? MessageType.Default : MessageType.Reply;
  const message: APIMessage = {
    ...blankMessage({ id: platform.nextId(), channel_id: channelId, type, author: user }, platform.clock.now()),
    content,
    attachments,
    mentions: unique([...mentionedIn(content, user), ...pinged]),
    mention_everyone: EVERYBODY.test(content) && (permissions & PermissionFlagsBits.MentionEveryone) !== 0n,
    ...(replied === undefined ? {} : { message_reference: referenceTo(replied) }),
    ...(forwards === undefined ? {} : forwarding(forwards)),
  };
  platform.messages.post({ message, reader: undefined }, new Map());
  return message;
}

function mentionedIn(content: string, author: APIUser): readonly APIUser[] {
  const known = [BOT, author, ...MEMBERS.map(({ user }) => user)];
  const ids = [...content.matchAll(MENTION)].map(({ groups }) => groups?.id);
  return known.filter(({ id }) => ids.includes(id));
}

function unique(users: readonly APIUser[]): APIUser[] {
  return users.filter(({ id }, at) => users.findIndex(user => user.id === id) === at);
}

function forwarding(message: APIMessage) {
  const {
    content,
    embeds,
    attachments,
    components,
    timestamp,
    edited_timestamp,
    flags,
    mentions,
    mention_roles,
    type,
  } = message;
  const shown = { content, embeds, attachments, timestamp, edited_timestamp, mentions, mention_roles, type };
  return {
    message_reference: referenceTo(message, MessageReferenceType.Forward),
    message_snapshots: [
      {
        message: {
          ...shown,
          ...(components === undefined ? {} : { components }),
          ...(flags === undefined ? {} : { flags }),
        },
      },
    ],
  };
}
