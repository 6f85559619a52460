import type { MessageBody } from 'discord-api-spec/zod';
import {
  type APIAttachment,
  type APIMessage,
  type APIMessageInteractionMetadata,
  ApplicationCommandType,
  ComponentType,
  InteractionType,
  MessageFlags,
  MessageReferenceType,
  MessageType,
} from 'discord-api-types/v10';
import { isRecord } from '../json.ts';
import { sizeOfPicture } from '../world/attachments.ts';
import type { Interaction } from '../world/interactions.ts';
import { composeContext, type Platform } from '../world/platform.ts';
import { APPLICATION_ID, BOT, ownersOf } from '../world/servers.ts';
import { safeName, type Upload, withoutNothings } from './body.ts';
import { allComponents, type Found } from './components.ts';

/** Discord's defaults for each component type. */
const DEFAULTS: Readonly<Record<number, Readonly<Record<string, unknown>>>> = {
  [ComponentType.StringSelect]: { min_values: 1, max_values: 1 },
  [ComponentType.File]: { name: null, size: null, spoiler: false },
  [ComponentType.Separator]: { spacing: 1, divider: true },
  [ComponentType.Container]: { accent_color: null, spoiler: false },
};

/** Adds what Discord adds to a message: component ids, defaults and media URLs. Mutates `message`. */
function complete(message: APIMessage, nextId: () => string): void {
  const files = new Map(message.attachments.map(attachment => [`attachment://${attachment.filename}`, attachment]));
  for (const [index, found] of allComponents(message.components).entries()) {
    addDefaults(found.component, { id: index + 1, ...DEFAULTS[Number(found.component.type)] });
    for (const media of mediaOf(found)) {
      addDefaults(media, { id: nextId() });
      locate(media, files);
    }
  }
}

function mediaOf({ component }: Found): object[] {
  const items: readonly unknown[] = Array.isArray(component.items) ? component.items : [];
  for (const item of items) if (isRecord(item)) addDefaults(item, { description: null, spoiler: false });
  const holders = [component, ...items];
  return holders.flatMap(holder => (isRecord(holder) ? [holder.media, holder.file].filter(isRecord) : []));
}

function addDefaults(component: object, values: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(values)) {
    if (Reflect.get(component, key) === undefined) Reflect.set(component, key, value);
  }
}

/** Replaces an `attachment://` URL by the file's URL. */
function locate(media: object, files: ReadonlyMap<string, APIAttachment>): void {
  const file = files.get(String(Reflect.get(media, 'url')));
  if (file === undefined) return;
  Object.assign(media, { url: file.url, proxy_url: file.url, attachment_id: file.id, content_type: file.content_type });
}

interface Composed {
  readonly message: APIMessage;
  /** New files by attachment id. */
  readonly files: ReadonlyMap<string, Upload>;
}

export interface ComposeContext {
  readonly nextId: () => string;
  readonly address: string;
  readonly now: number;
}

type Bare = Pick<APIMessage, 'id' | 'channel_id' | 'type' | 'author'>;

/** Returns an empty message. */
export function blankMessage(bare: Bare, now: number): APIMessage {
  return {
    ...bare,
    content: '',
    timestamp: new Date(now).toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    components: [],
    pinned: false,
    flags: flagsAfter(0, 0),
  };
}

/** Returns how a message refers to another. */
export function referenceTo({ id, channel_id }: APIMessage, type = MessageReferenceType.Default) {
  return { type, channel_id, message_id: id };
}

/** Returns an empty message of the bot. */
function blankAnswer(bare: Omit<Bare, 'author'>, now: number): APIMessage {
  return { ...blankMessage({ ...bare, author: BOT }, now), application_id: APPLICATION_ID, webhook_id: APPLICATION_ID };
}

const SETTABLE = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2;

/** Returns the message with the fields of `body` replaced; absent fields stay. */
export function fill(
  message: APIMessage,
  body: MessageBody,
  uploads: ReadonlyMap<string, Upload>,
  frame: ComposeContext,
): Composed {
  const { attachments, files } = attach(message, body, uploads, frame);
  const filled: APIMessage = {
    ...message,
    content: body.content === undefined ? message.content : (body.content ?? '').trim(),
    components: body.components === undefined ? (message.components ?? []) : withoutNothings(body.components ?? []),
    attachments,
    flags: flagsAfter(message.flags ?? 0, body.flags ?? 0),
  };
  complete(filled, frame.nextId);
  return { message: filled, files };
}

/** Filling a message ends its loading state. The Components V2 flag can be added but never removed. */
function flagsAfter(before: number, asked: number): number {
  return (before | (asked & SETTABLE)) & ~MessageFlags.Loading;
}

function attach(message: APIMessage, body: MessageBody, uploads: ReadonlyMap<string, Upload>, frame: ComposeContext) {
  const described =
    body.attachments ?? [...uploads.keys()].map(id => ({ id, description: undefined, filename: undefined }));
  const keepsAll = body.attachments === undefined || body.attachments === null;
  const kept = message.attachments.filter(({ id }) => keepsAll || described.some(one => String(one.id) === id));
  const files = new Map<string, Upload>();
  const added = described.flatMap(({ id, description, filename }): APIAttachment[] => {
    const upload = uploads.get(String(id));
    if (upload === undefined) return [];
    const attachmentId = frame.nextId();
    files.set(attachmentId, upload);
    const name = safeName(filename ?? upload.name);
    const url = `${frame.address}/page/attachments/${attachmentId}/${name}`;
    return [
      {
        id: attachmentId,
        filename: name,
        size: upload.bytes.length,
        url,
        proxy_url: url,
        content_type: upload.contentType,
        ...sizeOfPicture(upload.bytes),
        ...(description ? { description } : {}),
        ...((message.flags ?? 0) & MessageFlags.Ephemeral ? { ephemeral: true } : {}),
      },
    ];
  });
  return { attachments: [...kept, ...added], files };
}

/** Posts an interaction's response or a follow-up. */
export function postAnswer(
  platform: Platform,
  interaction: Interaction,
  body: MessageBody,
  files: ReadonlyMap<string, Upload>,
): APIMessage {
  const isPrivate = ((body.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  const { message, files: added } = fill(
    frameAnswer(platform, interaction, isPrivate),
    body,
    files,
    composeContext(platform),
  );
  platform.messages.post({ message, reader: isPrivate ? interaction.actor.user.id : undefined }, added);
  return message;
}

/** Posts “Verbatim is thinking…”. Only the ephemeral flag applies. */
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
    channel_id: actor.location.channel.id,
    type: isFirst && interaction.command !== undefined ? messageType(platform, interaction) : MessageType.Reply,
  };
  const replied = source?.id ?? interaction.original;
  return {
    ...blankAnswer(bare, platform.clock.now()),
    flags: isPrivate ? MessageFlags.Ephemeral : FLAGLESS,
    interaction_metadata: metadataOf(interaction),
    ...(replied === undefined
      ? {}
      : { message_reference: { type: 0, channel_id: bare.channel_id, message_id: replied } }),
  };
}

const FLAGLESS: number = 0;

function messageType(platform: Platform, interaction: Interaction): MessageType {
  const command = platform.commands.named(interaction.command ?? '');
  return command === undefined || command.type === ApplicationCommandType.ChatInput
    ? MessageType.ChatInputCommand
    : MessageType.ContextMenuCommand;
}

/** Discord includes the command's name, which its types omit and the page shows. */
function metadataOf(interaction: Interaction): APIMessageInteractionMetadata {
  const { id, actor, source } = interaction;
  const base = { id, user: actor.user, authorizing_integration_owners: ownersOf(actor, source) };
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
