import { type APIAttachment, type APIMessage, ComponentType, EmbedType } from 'discord-api-types/v10';
import { allComponents, type Found } from './components.ts';
import { isRecord } from './schema.ts';

const select = { min_values: 1, max_values: 1 };

/** What Discord puts where a component leaves it out. */
const defaults: Readonly<Record<number, Readonly<Record<string, unknown>>>> = {
  [ComponentType.StringSelect]: select,
  [ComponentType.UserSelect]: select,
  [ComponentType.RoleSelect]: select,
  [ComponentType.MentionableSelect]: select,
  [ComponentType.ChannelSelect]: select,
  [ComponentType.Thumbnail]: { description: null, spoiler: false },
  [ComponentType.File]: { name: null, size: null, spoiler: false },
  [ComponentType.Separator]: { spacing: 1, divider: true },
  [ComponentType.Container]: { accent_color: null, spoiler: false },
};

/** Adds what Discord adds to a message: numbers and defaults of components, addresses of media. The message is our own copy, changed in place. */
export function complete(message: APIMessage, nextId: () => string): void {
  const files = new Map(message.attachments.map(attachment => [`attachment://${attachment.filename}`, attachment]));
  for (const embed of message.embeds) {
    embed.type = EmbedType.Rich;
    if (embed.timestamp !== undefined) embed.timestamp = new Date(embed.timestamp).toISOString();
    for (const field of embed.fields ?? []) field.inline ??= false;
    for (const media of [embed.image, embed.thumbnail]) if (media !== undefined) locate(media, files);
  }
  for (const [index, found] of allComponents(message.components).entries()) {
    addDefaults(found.component, { id: index + 1, ...defaults[Number(found.component.type)] });
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

/** A medium of a file that came along gets the file's address. */
function locate(media: object, files: ReadonlyMap<string, APIAttachment>): void {
  const url: unknown = Reflect.get(media, 'url');
  if (typeof url !== 'string') return;
  const file = files.get(url);
  addDefaults(media, file === undefined ? {} : { attachment_id: file.id, content_type: file.content_type });
  Reflect.set(media, 'url', file?.url ?? url);
  addDefaults(media, { proxy_url: file?.url ?? url });
}
