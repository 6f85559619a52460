import { type APIAttachment, ApplicationCommandOptionType } from 'discord-api-types/v10';
import type { GivenOption, SentFile } from './deed.ts';
import { sizeOfPicture } from './picture-size.ts';
import { safeName, type Upload } from './upload.ts';

interface Surroundings {
  readonly nextId: () => string;
  readonly address: () => string;
}

const mostKept = 50;

/** Files that people gave to commands: in memory only, for the bot to fetch, the latest few. */
export class Attached {
  readonly #surroundings: Surroundings;
  readonly #files = new Map<string, { readonly name: string; readonly upload: Upload }>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Keeps a file under an address of its own. */
  keep(file: SentFile): APIAttachment {
    const id = this.#surroundings.nextId();
    const name = safeName(file.filename);
    const bytes = new Uint8Array(Buffer.from(file.data, 'base64'));
    this.#files.set(id, { name, upload: { name, contentType: file.content_type, bytes } });
    const [oldest] = this.#files.keys();
    if (this.#files.size > mostKept && oldest !== undefined) this.#files.delete(oldest);
    const url = `${this.#surroundings.address()}/page/attachments/${id}/${name}`;
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

/** Options whose files are named by the ids that Discord gives them; a file that did not come along keeps its value. */
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
