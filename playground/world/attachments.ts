import { type APIAttachment, ApplicationCommandOptionType, ComponentType } from 'discord-api-types/v10';
import type { GivenOption, SentFile } from '../client/actions.ts';
import { isRecord } from '../json.ts';
import { safeName, type Upload } from '../rest/body.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The PNG signature, then the length and name of the first chunk. */
const PNG_START = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];

/** Returns a PNG's width and height in pixels, or `{}` for other files. */
export function sizeOfPicture(bytes: Uint8Array): Size | Record<string, never> {
  if (bytes.length < PNG_START.length + 8 || PNG_START.some((byte, at) => bytes[at] !== byte)) return {};
  const header = new DataView(bytes.buffer, bytes.byteOffset + PNG_START.length, 8);
  return { width: header.getUint32(0), height: header.getUint32(4) };
}

interface AttachmentOptions {
  readonly nextId: () => string;
  readonly address: () => string;
}

const MAX_FILES = 50;

/** The latest files that people attached to commands, in memory, for the bot to download. */
export class Attached {
  readonly #options: AttachmentOptions;
  readonly #files = new Map<string, { readonly name: string; readonly upload: Upload }>();

  constructor(options: AttachmentOptions) {
    this.#options = options;
  }

  /** Stores a file and returns it as an attachment with a URL. */
  keep(file: SentFile): APIAttachment {
    const id = this.#options.nextId();
    const name = safeName(file.filename);
    const bytes = new Uint8Array(Buffer.from(file.data, 'base64'));
    this.#files.set(id, { name, upload: { name, contentType: file.content_type, bytes } });
    const [oldest] = this.#files.keys();
    if (this.#files.size > MAX_FILES && oldest !== undefined) this.#files.delete(oldest);
    const url = `${this.#options.address()}/page/attachments/${id}/${name}`;
    const contentType = file.content_type === '' ? {} : { content_type: file.content_type };
    const about = { ...contentType, ...sizeOfPicture(bytes) };
    return { id, filename: name, size: bytes.length, url, proxy_url: url, ...about, ephemeral: true };
  }

  find(id: string, name: string): Upload | undefined {
    const kept = this.#files.get(id);
    return kept?.name === name ? kept.upload : undefined;
  }
}

interface Given {
  readonly options: readonly GivenOption[];
  readonly attachments: Readonly<Record<string, APIAttachment>>;
}

/**
 * Stores the files of attachment options and replaces the options' values by attachment ids. Options without a file
 * stay.
 */
export function attachFiles(options: readonly GivenOption[], files: readonly SentFile[], attached: Attached): Given {
  const attachments: Record<string, APIAttachment> = {};
  const toGiven = (option: GivenOption): GivenOption => {
    if (option.options !== undefined) return { ...option, options: option.options.map(toGiven) };
    const file = files.find(({ id }) => id === option.value);
    if (option.type !== ApplicationCommandOptionType.Attachment || file === undefined) return option;
    const attachment = attached.keep(file);
    attachments[attachment.id] = attachment;
    return { ...option, value: attachment.id };
  };
  return { options: options.map(toGiven), attachments };
}

interface FilledForm {
  readonly components: readonly unknown[];
  readonly attachments: Readonly<Record<string, APIAttachment>>;
}

/** Stores the files of a form's upload fields and replaces their values by attachment ids. */
export function attachToForm(
  components: readonly unknown[],
  files: readonly SentFile[],
  attached: Attached,
): FilledForm {
  const attachments: Record<string, APIAttachment> = {};
  const toId = (value: unknown) => {
    const file = files.find(({ id }) => id === value);
    if (file === undefined) return value;
    const attachment = attached.keep(file);
    attachments[attachment.id] = attachment;
    return attachment.id;
  };
  const filled = components.map(part => {
    if (!(isRecord(part) && isRecord(part.component))) return part;
    const { type, values } = part.component;
    if (type !== ComponentType.FileUpload || !Array.isArray(values)) return part;
    return { ...part, component: { ...part.component, values: values.map(toId) } };
  });
  return { components: filled, attachments };
}
