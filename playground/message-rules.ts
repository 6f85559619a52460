import type { MessageBody } from 'discord-api-spec/zod';
import { ButtonStyle, ComponentType, MessageFlags } from 'discord-api-types/v10';
import { allComponents, type Found } from './components.ts';
import { badSchemes, missingFiles } from './link-rules.ts';
import type { FieldError } from './refusal.ts';
import { isRecord, required } from './schema.ts';

/** What Discord refuses though its published schemas let it through. Each rule names the fields it objects to. */
interface MessageRule {
  readonly name: string;
  readonly objections: (message: Draft) => readonly FieldError[];
}

/** A message that fits the schema, with all its components. */
export interface Draft {
  readonly body: MessageBody;
  /** With the flag for Components V2, set now or earlier. */
  readonly isV2: boolean;
  readonly components: readonly Found[];
  readonly fileNames: readonly string[];
}

const rules: readonly MessageRule[] = [
  { name: 'V2 goes without content and embeds', objections: legacyFields },
  { name: 'V2 components need the flag', objections: unflagged },
  { name: 'at most 5 rows without the flag', objections: tooManyRows },
  { name: 'at most 40 components, nested ones counted', objections: tooManyComponents },
  { name: 'at most 4,000 characters of text', objections: tooMuchText },
  { name: 'each custom_id once', objections: repeatedCustomIds },
  { name: 'buttons lead somewhere', objections: uselessButtons },
  { name: 'a select fills its row', objections: crowdedRows },
  { name: 'each select value once', objections: repeatedValues },
  { name: 'no blank text', objections: blankText },
  { name: 'URLs of known schemes', objections: badSchemes },
  { name: 'attachment:// names a file that came along', objections: missingFiles },
  { name: 'embeds of 6,000 characters in all', objections: bigEmbeds },
];

/** Fields against the rules, first rule first; `[]` when Discord would take it. */
export function objectToMessage(
  body: MessageBody,
  wasV2: boolean,
  fileNames: readonly string[],
): readonly FieldError[] {
  const isV2 = wasV2 || isFlagged(body);
  const draft: Draft = { body, isV2, components: allComponents(body.components), fileNames };
  return rules.flatMap(rule => rule.objections(draft));
}

export function isFlagged(body: MessageBody): boolean {
  return ((body.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
}

/** 3,500 Chinese characters already bring Discord itself down: HTTP 500 instead of a refusal. */
export function bringsDiscordDown(body: MessageBody): boolean {
  const bytes = textDisplays(allComponents(body.components)).map(text => Buffer.byteLength(text) + 12);
  return bytes.reduce((sum, size) => sum + size, 0) > 10_170;
}

function legacyFields({ body, isV2 }: Draft): readonly FieldError[] {
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

function unflagged({ body, isV2 }: Draft): readonly FieldError[] {
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

function tooManyRows({ body, isV2 }: Draft): readonly FieldError[] {
  if (isV2 || (body.components ?? []).length <= 5) return [];
  return [{ path: ['components'], code: 'BASE_TYPE_BAD_LENGTH', message: 'Must be between 1 and 5 in length.' }];
}

function tooManyComponents({ components }: Draft): readonly FieldError[] {
  if (components.length <= 40) return [];
  const message = 'The number of components in this message exceeds the maximum of 40.';
  return [{ path: ['components'], code: 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', message }];
}

function textDisplays(components: readonly Found[]): string[] {
  return components.flatMap(({ component }) =>
    component.type === ComponentType.TextDisplay ? [String(component.content)] : [],
  );
}

function tooMuchText({ components }: Draft): readonly FieldError[] {
  const length = textDisplays(components).reduce((sum, text) => sum + text.length, 0);
  if (length <= 4000) return [];
  const message = 'The total displayable text size in this message exceeds the maximum of 4000.';
  return [{ path: ['components'], code: 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED', message }];
}

function repeatedCustomIds({ components }: Draft): readonly FieldError[] {
  return repeats(components, ({ component }) => component.custom_id).map(({ path }) => ({
    path: [...path, 'custom_id'],
    code: 'COMPONENT_CUSTOM_ID_DUPLICATED',
    message: 'Component custom id cannot be duplicated',
  }));
}

function uselessButtons({ components }: Draft): readonly FieldError[] {
  return components.flatMap(({ component, path }) => {
    if (component.type !== ComponentType.Button || component.style === ButtonStyle.Premium) return [];
    const target = component.style === ButtonStyle.Link ? 'url' : 'custom_id';
    const missing = isBlank(component[target]) ? [{ path: [...path, target], ...required }] : [];
    if (!isBlank(component.label) || isRecord(component.emoji)) return missing;
    return [...missing, { path: [...path, 'label'], ...required }];
  });
}

function crowdedRows({ components }: Draft): readonly FieldError[] {
  return components.flatMap(({ component, path }) => {
    const inRow = component.type === ComponentType.ActionRow ? component.components : undefined;
    if (!Array.isArray(inRow) || inRow.length < 2 || inRow.every(inner => inner.type === ComponentType.Button))
      return [];
    const message = 'The specified component exceeds the maximum width';
    return [{ path: [...path, 'components', 1], code: 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', message }];
  });
}

function repeatedValues({ components }: Draft): readonly FieldError[] {
  return components.flatMap(({ component, path }) => {
    const options: readonly unknown[] = Array.isArray(component.options) ? component.options : [];
    const found = options.flatMap((option, index) =>
      isRecord(option) ? [{ component: option, path: [...path, 'options', index, 'value'] }] : [],
    );
    return repeats(found, option => option.component.value).map(option => ({
      path: option.path,
      code: 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
      message: 'The specified option value is already used',
    }));
  });
}

function repeats(found: readonly Found[], key: (one: Found) => unknown): readonly Found[] {
  const seen = new Set<unknown>();
  return found.filter(one => {
    const name = key(one);
    if (typeof name !== 'string') return false;
    if (seen.has(name)) return true;
    seen.add(name);
    return false;
  });
}

function blankText({ body, components }: Draft): readonly FieldError[] {
  const texts = components
    .filter(({ component }) => component.type === ComponentType.TextDisplay)
    .map(({ component, path }) => ({ path: [...path, 'content'], text: component.content }));
  const fields = (body.embeds ?? []).flatMap((embed, index) =>
    (embed.fields ?? []).flatMap((field, order) => [
      { path: ['embeds', index, 'fields', order, 'name'], text: field.name },
      { path: ['embeds', index, 'fields', order, 'value'], text: field.value },
    ]),
  );
  return [...texts, ...fields].filter(({ text }) => isBlank(text)).map(({ path }) => ({ path, ...required }));
}

function isBlank(text: unknown): boolean {
  return typeof text !== 'string' || text.trim() === '';
}

function bigEmbeds({ body }: Draft): readonly FieldError[] {
  const size = (body.embeds ?? []).reduce((sum, embed) => sum + embedLength(embed), 0);
  if (size <= 6000) return [];
  return [{ path: ['embeds'], code: 'MAX_EMBED_SIZE_EXCEEDED', message: 'Embed size exceeds maximum size of 6000' }];
}

function embedLength(embed: NonNullable<MessageBody['embeds']>[number]): number {
  const fields = (embed.fields ?? []).flatMap(field => [field.name, field.value]);
  const texts = [embed.title, embed.description, embed.footer?.text, embed.author?.name, ...fields];
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
}
