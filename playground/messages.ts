import type { APIMessage } from 'discord-api-types/v10';
import type { Happenings } from './happenings.ts';
import type { Upload } from './upload.ts';

/** A message as it stands, with who may read it. */
export interface Kept {
  readonly message: APIMessage;
  /** The one user who sees an ephemeral message; undefined: everybody in the channel. */
  readonly reader: string | undefined;
}

/** Where messages are written down; ephemeral ones never are. */
export interface MessageShelf {
  readonly kept: readonly APIMessage[];
  readonly files: ReadonlyMap<string, Upload>;
  write(message: APIMessage): void;
  writeFile(attachmentId: string, file: Upload): void;
  erase(message: APIMessage): void;
}

const mostKept = 500;

/** The messages of all channels, oldest first. Files are known by the id of their attachment. */
export class Messages {
  readonly #happenings: Happenings;
  readonly #shelf: MessageShelf;
  readonly #all: Map<string, Kept>;
  readonly #files: Map<string, Upload>;

  constructor(happenings: Happenings, shelf: MessageShelf) {
    this.#happenings = happenings;
    this.#shelf = shelf;
    this.#all = new Map(shelf.kept.map(message => [message.id, { message, reader: undefined }]));
    this.#files = new Map(shelf.files);
  }

  /** Of one channel, with those that only this reader sees. */
  list(channelId: string, reader: string): readonly APIMessage[] {
    return [...this.#all.values()]
      .filter(kept => kept.message.channel_id === channelId && (kept.reader ?? reader) === reader)
      .map(kept => kept.message);
  }

  find(id: string): Kept | undefined {
    return this.#all.get(id);
  }

  post(kept: Kept, files: ReadonlyMap<string, Upload>): void {
    this.#keep(kept, files);
    const [oldest] = this.#all.values();
    if (this.#all.size > mostKept && oldest !== undefined) this.#drop(oldest);
    this.#happenings.announce({ kind: 'posted', kept });
  }

  change(message: APIMessage, files: ReadonlyMap<string, Upload>): void {
    const before = this.#all.get(message.id);
    if (before === undefined) return;
    const kept = { message, reader: before.reader };
    this.#keep(kept, files);
    this.#happenings.announce({ kind: 'changed', kept });
  }

  remove(id: string): void {
    const kept = this.#all.get(id);
    if (kept === undefined) return;
    this.#drop(kept);
    this.#happenings.announce({ kind: 'removed', kept });
  }

  /** A file by the message's id and the file's name. */
  file(messageId: string, name: string): Upload | undefined {
    const attachment = this.#all.get(messageId)?.message.attachments.find(({ filename }) => filename === name);
    return attachment && this.#files.get(attachment.id);
  }

  #keep(kept: Kept, files: ReadonlyMap<string, Upload>): void {
    this.#all.set(kept.message.id, kept);
    for (const [id, file] of files) this.#files.set(id, file);
    if (kept.reader !== undefined) return;
    for (const [id, file] of files) this.#shelf.writeFile(id, file);
    this.#shelf.write(kept.message);
  }

  #drop({ message, reader }: Kept): void {
    this.#all.delete(message.id);
    for (const { id } of message.attachments) this.#files.delete(id);
    if (reader === undefined) this.#shelf.erase(message);
  }
}
