import type { MessageBody } from 'discord-api-spec/zod';
import { type APIMessage, MessageFlags } from 'discord-api-types/v10';
import type { ZodMiniType } from 'zod/mini';
import { bringsDiscordDown, isFlagged, objectToMessage } from './message-rules.ts';
import { emptyMessage, type FieldError, type Reply, refuse, refuseForm } from './refusal.ts';
import { checkShape, isRecord } from './schema.ts';
import { safeName, type Upload } from './upload.ts';

export type Verdict<T> =
  | { readonly kind: 'fits'; readonly value: T }
  | { readonly kind: 'refused'; readonly reply: Reply };

interface MessageCheck {
  readonly schema: ZodMiniType<MessageBody>;
  /** Where the message stands in the body: `data` in a first answer. */
  readonly prefix: readonly string[];
  /** The message that is edited. */
  readonly current: APIMessage | undefined;
  readonly files: ReadonlyMap<string, Upload>;
}

const mostBytes = 10 * 1024 * 1024;
const serverError = refuse(500, 0, '500: Internal Server Error');
const tooLarge = refuse(413, 40005, 'Request entity too large');

export function checkMessage(body: unknown, { schema, prefix, current, files }: MessageCheck): Verdict<MessageBody> {
  if ([...files.values()].some(file => file.bytes.length > mostBytes)) return { kind: 'refused', reply: tooLarge };
  const shape = checkShape(schema, body ?? {}, prefix);
  if (shape.kind === 'refused') return { kind: 'refused', reply: refuseForm(shape.fields) };
  const wasV2 = ((current?.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
  const objections = [
    ...objectToAttachments(shape.value, current, files),
    ...objectToMessage(shape.value, wasV2, fileNames(shape.value, current, files)),
  ];
  if (objections.length > 0) return { kind: 'refused', reply: refuseForm(under(prefix, objections)) };
  if (bringsDiscordDown(shape.value)) return { kind: 'refused', reply: serverError };
  if (isEmpty(shape.value, current, files, wasV2)) return { kind: 'refused', reply: emptyMessage };
  return shape;
}

function under(prefix: readonly string[], fields: readonly FieldError[]): readonly FieldError[] {
  return fields.map(field => ({ ...field, path: [...prefix, ...field.path] }));
}

function fileNames(body: MessageBody, current: APIMessage | undefined, files: ReadonlyMap<string, Upload>): string[] {
  const named = (body.attachments ?? []).flatMap(({ filename }) => (filename ? [safeName(filename)] : []));
  const sent = [...files.values()].map(file => safeName(file.name));
  return [...named, ...sent, ...(current?.attachments ?? []).map(({ filename }) => filename)];
}

/** Every attachment is a file of this form or one that the message has already. */
function objectToAttachments(
  body: MessageBody,
  current: APIMessage | undefined,
  files: ReadonlyMap<string, Upload>,
): FieldError[] {
  const known = new Set([...files.keys(), ...(current?.attachments ?? []).map(({ id }) => id)]);
  return (body.attachments ?? []).flatMap(({ id }, index) =>
    known.has(String(id))
      ? []
      : [{ path: ['attachments', index, 'id'], code: 'ATTACHMENT_NOT_FOUND', message: 'The attachment was not found' }],
  );
}

function isEmpty(
  body: MessageBody,
  current: APIMessage | undefined,
  files: ReadonlyMap<string, Upload>,
  wasV2: boolean,
): boolean {
  const content = body.content === undefined ? (current?.content ?? '') : (body.content ?? '');
  const embeds = body.embeds === undefined ? current?.embeds : body.embeds;
  const components = body.components === undefined ? current?.components : body.components;
  const attachments = body.attachments === undefined ? current?.attachments : body.attachments;
  if (wasV2 || isFlagged(body)) return (components ?? []).length === 0;
  const hasMore = (embeds ?? []).length + (attachments ?? []).length + files.size > 0 || isRecord(body.poll);
  return content.trim() === '' && !hasMore;
}
