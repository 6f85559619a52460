import type { MessageBody } from 'discord-api-spec/zod';
import { type APIAttachment, type APIMessage, MessageFlags } from 'discord-api-types/v10';
import { complete } from './complete.ts';
import { sizeOfPicture } from './picture-size.ts';
import { safeName, type Upload, withoutNothings } from './upload.ts';
import { applicationId, bot } from './world.ts';

export interface Composed {
  readonly message: APIMessage;
  /** New files by the id of their attachment. */
  readonly files: ReadonlyMap<string, Upload>;
}

export interface Frame {
  readonly nextId: () => string;
  readonly address: string;
  readonly now: number;
}

type Bare = Pick<APIMessage, 'id' | 'channel_id' | 'type' | 'author'>;

/** A message with nothing in it yet. */
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

/** The bot's message, still without words. */
export function blankAnswer(bare: Omit<Bare, 'author'>, now: number): APIMessage {
  return { ...blankMessage({ ...bare, author: bot }, now), application_id: applicationId, webhook_id: applicationId };
}

const settable = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2;

/** The message with the body's fields in place of its own; fields that the body leaves out stay. */
export function fill(
  message: APIMessage,
  body: MessageBody,
  uploads: ReadonlyMap<string, Upload>,
  frame: Frame,
): Composed {
  const { attachments, files } = attach(message, body, uploads, frame);
  const filled: APIMessage = {
    ...message,
    content: body.content === undefined ? message.content : (body.content ?? '').trim(),
    embeds: body.embeds === undefined ? message.embeds : withoutNothings(body.embeds ?? []),
    components: body.components === undefined ? (message.components ?? []) : withoutNothings(body.components ?? []),
    attachments,
    flags: flagsAfter(message.flags ?? 0, body.flags ?? 0),
  };
  complete(filled, frame.nextId);
  return { message: filled, files };
}

/** An answer stops loading once it has words; the flag for Components V2 can be added, never removed. */
function flagsAfter(before: number, asked: number): number {
  return (before | (asked & settable)) & ~MessageFlags.Loading;
}

function attach(message: APIMessage, body: MessageBody, uploads: ReadonlyMap<string, Upload>, frame: Frame) {
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
    const url = `${frame.address}/page/attachments/${message.id}/${name}`;
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
