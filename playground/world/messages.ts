import { type APIMessage, MessageFlags } from 'discord-api-types/v10';
import type { Upload } from '../rest/body.ts';
import type { Events } from './events.ts';

/** A message and who may read it. */
export interface StoredMessage {
  readonly message: APIMessage;
  /** The only user who can see an ephemeral message; `undefined` if everyone in the channel can. */
  readonly reader: string | undefined;
}

/** Persists messages, except ephemeral ones. */
export interface MessageStorage {
  readonly kept: readonly APIMessage[];
  readonly files: ReadonlyMap<string, Upload>;
  write(message: APIMessage): void;
  writeFile(attachmentId: string, file: Upload): void;
  erase(messageId: string): void;
  eraseFile(attachmentId: string): void;
}

const MAX_MESSAGES = 500;
/** How long a nonce is known, in milliseconds. Discord only says “the past few minutes”. */
const NONCE_LIFE = 3 * 60_000;

/** Returns true for a deferred response that hasn't been filled in. */
export function isThinking(message: APIMessage): boolean {
  return ((message.flags ?? 0) & MessageFlags.Loading) !== 0;
}

/** The messages of all channels, oldest first, and their files by attachment id. */
export class Messages {
  readonly #events: Events;
  readonly #storage: MessageStorage;
  readonly #all: Map<string, StoredMessage>;
  readonly #files: Map<string, Upload>;
  /** When the nonces of a channel were last forgotten, in milliseconds since 1970. */
  readonly #forgotten = new Map<string, number>();

  constructor(events: Events, storage: MessageStorage) {
    this.#events = events;
    this.#storage = storage;
    this.#all = new Map(storage.kept.map(message => [message.id, { message, reader: undefined }]));
    this.#files = new Map(storage.files);
  }

  /** Returns a channel's messages that this user can see. */
  list(channelId: string, reader: string): readonly APIMessage[] {
    return [...this.#all.values()]
      .filter(kept => kept.message.channel_id === channelId && (kept.reader ?? reader) === reader)
      .map(kept => kept.message);
  }

  find(id: string): StoredMessage | undefined {
    return this.#all.get(id);
  }

  /** Returns a message of a channel that everybody there sees. */
  findIn(channelId: string, id: string | null | undefined): APIMessage | undefined {
    const kept = this.#all.get(id ?? '');
    return kept?.reader === undefined && kept?.message.channel_id === channelId ? kept.message : undefined;
  }

  /** Returns the message that was posted in a channel with this nonce lately. */
  withNonce(channelId: string, nonce: string | number | null | undefined, now: number): APIMessage | undefined {
    if (nonce === undefined || nonce === null) return undefined;
    const found = [...this.#all.values()].find(
      ({ message }) => message.channel_id === channelId && message.nonce === nonce,
    );
    const forgotten = this.#forgotten.get(channelId) ?? 0;
    const isKnown = Date.parse(found?.message.timestamp ?? '') > Math.max(now - NONCE_LIFE, forgotten);
    return isKnown ? found?.message : undefined;
  }

  /** Forgets the nonces of a channel's messages. */
  forgetNonces(channelId: string, now: number): void {
    this.#forgotten.set(channelId, now);
  }

  post(kept: StoredMessage, files: ReadonlyMap<string, Upload>): void {
    this.#keep(kept, files);
    const oldest = [...this.#all.values()].find(({ message }) => !isThinking(message));
    if (this.#all.size > MAX_MESSAGES && oldest !== undefined) this.#drop(oldest);
    this.#events.emit({ kind: 'posted', kept });
  }

  change(message: APIMessage, files: ReadonlyMap<string, Upload>): void {
    const before = this.#all.get(message.id);
    if (before === undefined) return;
    const kept = { message, reader: before.reader };
    this.#keep(kept, files);
    const stays = new Set(message.attachments.map(({ id }) => id));
    for (const { id } of before.message.attachments) if (!stays.has(id)) this.#dropFile(id, kept);
    this.#events.emit({ kind: 'changed', kept });
  }

  remove(id: string): void {
    const kept = this.#all.get(id);
    if (kept === undefined) return;
    this.#drop(kept);
    this.#events.emit({ kind: 'removed', kept });
  }

  /** Returns the file at a path of its attachment's URL, and the message that it is attached to. */
  file(path: string): { readonly kept: StoredMessage; readonly upload: Upload } | undefined {
    for (const kept of this.#all.values()) {
      const attachment = kept.message.attachments.find(({ url }) => new URL(url).pathname === path);
      const upload = attachment && this.#files.get(attachment.id);
      if (upload !== undefined) return { kept, upload };
    }
    return undefined;
  }

  #keep(kept: StoredMessage, files: ReadonlyMap<string, Upload>): void {
    this.#all.set(kept.message.id, kept);
    for (const [id, file] of files) this.#files.set(id, file);
    if (kept.reader !== undefined) return;
    for (const [id, file] of files) this.#storage.writeFile(id, file);
    this.#storage.write(kept.message);
  }

  #drop(kept: StoredMessage): void {
    const { message, reader } = kept;
    this.#all.delete(message.id);
    for (const { id } of message.attachments) this.#dropFile(id, kept);
    if (reader === undefined) this.#storage.erase(message.id);
  }

  #dropFile(attachmentId: string, { reader }: StoredMessage): void {
    this.#files.delete(attachmentId);
    if (reader === undefined) this.#storage.eraseFile(attachmentId);
  }
}
