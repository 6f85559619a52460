import type { MessageBody } from 'discord-api-spec/zod';
import { type APIMessage, ComponentType, MessageFlags } from 'discord-api-types/v10';
import type { ZodMiniType } from 'zod/mini';
import { isRecord } from '../json.ts';
import { safeName, type Upload } from './body.ts';
import { allComponents, type Found, repeated, repeatedCustomIds, unmodelled } from './components.ts';
import { apiError, EMPTY_MESSAGE, type FieldError } from './responses.ts';
import { type Checked, checkBody, REQUIRED, refused } from './schema.ts';

/** A rule that Discord enforces although its published schemas don't. Returns the invalid fields. */
interface MessageRule {
  readonly name: string;
  readonly errors: (message: MessageDraft) => readonly FieldError[];
}

/** A message that matches the schema, with all its components. */
interface MessageDraft {
  readonly body: MessageBody;
  /** True if the Components V2 flag is set, now or earlier. */
  readonly isV2: boolean;
  readonly components: readonly Found[];
  readonly fileNames: readonly string[];
}

const RULES: readonly MessageRule[] = [
  { name: 'no content or embeds with V2', errors: legacyFields },
  { name: 'V2 components need the flag', errors: unflagged },
  { name: 'at most 5 rows without the flag', errors: tooManyRows },
  { name: 'at most 40 components, nested ones counted', errors: tooManyComponents },
  { name: 'at most 4,000 characters of text', errors: tooMuchText },
  { name: 'custom_ids are unique', errors: ({ components }) => repeatedCustomIds(components) },
  { name: 'buttons have an id and a label', errors: uselessButtons },
  { name: 'a select fills its row', errors: crowdedRows },
  { name: 'select values are unique', errors: repeatedValues },
  { name: 'no blank text', errors: blankText },
  { name: 'media are uploaded files', errors: missingFiles },
  { name: 'only components that the page shows', errors: ({ components }) => unmodelled(components, MODELLED_TYPES) },
  { name: 'no embeds, which the page doesn’t show', errors: embeds },
];

/** Returns the fields that break a rule, in the order of the rules. */
function messageErrors(body: MessageBody, wasV2: boolean, fileNames: readonly string[]): readonly FieldError[] {
  const isV2 = wasV2 || isFlagged(body);
  const draft: MessageDraft = { body, isV2, components: allComponents(body.components), fileNames };
  return RULES.flatMap(rule => rule.errors(draft));
}

function isFlagged(body: MessageBody): boolean {
  return ((body.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
}

/** Discord answers 500 instead of an error for very long texts, such as 3,500 Chinese characters. */
function bringsDiscordDown(body: MessageBody): boolean {
  const bytes = textDisplays(allComponents(body.components)).map(text => Buffer.byteLength(text) + 12);
  return bytes.reduce((sum, size) => sum + size, 0) > 10_170;
}

const MODELLED_TYPES: ReadonlySet<unknown> = new Set([
  ComponentType.ActionRow,
  ComponentType.Button,
  ComponentType.StringSelect,
  ComponentType.TextDisplay,
  ComponentType.MediaGallery,
  ComponentType.File,
  ComponentType.Separator,
  ComponentType.Container,
]);

function isEmptyList(list: readonly unknown[] | null | undefined): boolean {
  return (list ?? []).length === 0;
}

function embeds({ body }: MessageDraft): readonly FieldError[] {
  if (isEmptyList(body.embeds)) return [];
  return [{ path: ['embeds'], code: 'NOT_MODELLED', message: 'The playground does not model embeds.' }];
}

function legacyFields({ body, isV2 }: MessageDraft): readonly FieldError[] {
  if (!isV2) return [];
  const legacy = (['content', 'embeds', 'poll'] as const).filter(
    name => body[name] !== undefined && body[name] !== null,
  );
  return legacy.map(name => ({
    path: [name],
    code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    message: `The '${name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
  }));
}

function unflagged({ body, isV2 }: MessageDraft): readonly FieldError[] {
  if (isV2) return [];
  return (body.components ?? []).flatMap((component, index) =>
    component.type === ComponentType.ActionRow
      ? []
      : [
          {
            path: ['components', index],
            code: 'UNION_TYPE_CHOICES',
            message: 'Value of field "type" must be one of (1,).',
          },
        ],
  );
}

function tooManyRows({ body, isV2 }: MessageDraft): readonly FieldError[] {
  if (isV2 || (body.components ?? []).length <= 5) return [];
  return [{ path: ['components'], code: 'BASE_TYPE_BAD_LENGTH', message: 'Must be between 1 and 5 in length.' }];
}

function tooManyComponents({ components }: MessageDraft): readonly FieldError[] {
  if (components.length <= 40) return [];
  const message = 'The number of components in this message exceeds the maximum of 40.';
  return [{ path: ['components'], code: 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', message }];
}

/** Returns the texts of components. */
export function textDisplays(components: readonly Found[]): string[] {
  return components.flatMap(({ component }) =>
    component.type === ComponentType.TextDisplay ? [String(component.content)] : [],
  );
}

function tooMuchText({ components }: MessageDraft): readonly FieldError[] {
  const length = textDisplays(components).reduce((sum, text) => sum + text.length, 0);
  if (length <= 4000) return [];
  const message = 'The total displayable text size in this message exceeds the maximum of 4000.';
  return [{ path: ['components'], code: 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED', message }];
}

function uselessButtons({ components }: MessageDraft): readonly FieldError[] {
  return components.flatMap(({ component, path }) => {
    if (component.type !== ComponentType.Button) return [];
    const missing = ['custom_id', 'label'].filter(key => isBlank(component[key]));
    return missing.map(key => ({ path: [...path, key], ...REQUIRED }));
  });
}

function crowdedRows({ components }: MessageDraft): readonly FieldError[] {
  return components.flatMap(({ component, path }) => {
    const inRow = component.type === ComponentType.ActionRow ? component.components : undefined;
    if (!Array.isArray(inRow) || inRow.length < 2 || inRow.every(inner => inner.type === ComponentType.Button))
      return [];
    const message = 'The specified component exceeds the maximum width';
    return [{ path: [...path, 'components', 1], code: 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', message }];
  });
}

function repeatedValues({ components }: MessageDraft): readonly FieldError[] {
  return components.flatMap(({ component, path }) => {
    const options: readonly unknown[] = Array.isArray(component.options) ? component.options : [];
    const found = options.flatMap((option, index) =>
      isRecord(option) ? [{ component: option, path: [...path, 'options', index, 'value'] }] : [],
    );
    return repeated(found, option => option.component.value).map(option => ({
      path: option.path,
      code: 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
      message: 'The specified option value is already used',
    }));
  });
}

function blankText({ components }: MessageDraft): readonly FieldError[] {
  return components
    .filter(({ component }) => component.type === ComponentType.TextDisplay && isBlank(component.content))
    .map(({ path }) => ({ path: [...path, 'content'], ...REQUIRED }));
}

function isBlank(text: unknown): boolean {
  return typeof text !== 'string' || text.trim() === '';
}

/** Returns the pictures and files that components show. */
function mediaIn({ component, path }: Found): readonly { readonly path: FieldError['path']; readonly url: unknown }[] {
  const items: readonly unknown[] = Array.isArray(component.items) ? component.items : [];
  const media = items.map((item, index) => ({
    path: [...path, 'items', index, 'media', 'url'],
    medium: isRecord(item) && item.media,
  }));
  const all = [...media, { path: [...path, 'file', 'url'], medium: component.file }];
  return all.flatMap(({ path, medium }) => (isRecord(medium) ? [{ path, url: medium.url }] : []));
}

function missingFiles({ components, fileNames }: MessageDraft): readonly FieldError[] {
  return components.flatMap(mediaIn).flatMap(({ path, url }) => {
    if (fileNames.some(name => url === `attachment://${name}`)) return [];
    const message = `The referenced attachment "${url}" was not found`;
    return [{ path, code: 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND', message }];
  });
}

interface MessageCheck {
  readonly schema: ZodMiniType<MessageBody>;
  /** The path of the message in the body: `data` in an initial response. */
  readonly prefix: readonly string[];
  /** The message being edited. */
  readonly current: APIMessage | undefined;
  readonly files: ReadonlyMap<string, Upload>;
}

const MAX_FILE_BYTES = 10 * 1024 * 1024;
const SERVER_ERROR = apiError(500, 0, '500: Internal Server Error');
const TOO_LARGE = apiError(413, 40005, 'Request entity too large');

export function checkMessage(body: unknown, { schema, prefix, current, files }: MessageCheck): Checked<MessageBody> {
  if ([...files.values()].some(file => file.bytes.length > MAX_FILE_BYTES)) return refused(TOO_LARGE);
  const wasV2 = ((current?.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
  const checked = checkBody(schema, body ?? {}, prefix, value => [
    ...attachmentErrors(value, current, files),
    ...messageErrors(value, wasV2, fileNames(value, current, files)),
  ]);
  if (checked.kind === 'refused') return checked;
  if (bringsDiscordDown(checked.value)) return refused(SERVER_ERROR);
  return isEmpty(checked.value, current, files, wasV2) ? refused(EMPTY_MESSAGE) : checked;
}

function fileNames(body: MessageBody, current: APIMessage | undefined, files: ReadonlyMap<string, Upload>): string[] {
  const named = (body.attachments ?? []).flatMap(({ filename }) => (filename ? [safeName(filename)] : []));
  const sent = [...files.values()].map(file => safeName(file.name));
  return [...named, ...sent, ...(current?.attachments ?? []).map(({ filename }) => filename)];
}

/** Every attachment must be uploaded now or already in the message. */
function attachmentErrors(
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
  const components = body.components === undefined ? current?.components : body.components;
  const attachments = body.attachments === undefined ? current?.attachments : body.attachments;
  if (wasV2 || isFlagged(body)) return isEmptyList(components);
  return content.trim() === '' && isEmptyList(attachments) && files.size === 0;
}
