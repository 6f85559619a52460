import type { APIMessage } from 'discord-api-types/v10';
import type { Happenings } from './happenings.ts';
import type { Upload } from './upload.ts';

/** A message as it stands, with who may read it. */
export interface Kept {
  readonly message: APIMessage;
  /** The one user who sees an ephemeral message; undefined: everybody in the channel. */
  readonly reader: string | undefined;
}

export interface Messages {
  /** Of one channel, oldest first, with those that only this reader sees. */
  list(channelId: string, reader: string): readonly APIMessage[];
  find(id: string): Kept | undefined;
  post(kept: Kept, files: ReadonlyMap<string, Upload>): void;
  change(message: APIMessage, files: ReadonlyMap<string, Upload>): void;
  remove(id: string): void;
  /** A file by the message's id and the file's name. */
  file(messageId: string, name: string): Upload | undefined;
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

/** Files are known by the id of their attachment. */
export function createMessages(happenings: Happenings, shelf: MessageShelf): Messages {
  const all = new Map<string, Kept>(shelf.kept.map(message => [message.id, { message, reader: undefined }]));
  const files = new Map(shelf.files);

  function addFiles(kept: Kept, added: ReadonlyMap<string, Upload>): void {
    for (const [id, file] of added) {
      files.set(id, file);
      if (kept.reader === undefined) shelf.writeFile(id, file);
    }
  }
  function drop(kept: Kept): void {
    all.delete(kept.message.id);
    for (const { id } of kept.message.attachments) files.delete(id);
    if (kept.reader === undefined) shelf.erase(kept.message);
  }
  function dropOldest(): void {
    const [oldest] = all.values();
    if (all.size > mostKept && oldest !== undefined) drop(oldest);
  }

  return {
    list: (channelId, reader) =>
      [...all.values()]
        .filter(kept => kept.message.channel_id === channelId && (kept.reader ?? reader) === reader)
        .map(kept => kept.message),
    find: id => all.get(id),
    post(kept, added) {
      all.set(kept.message.id, kept);
      addFiles(kept, added);
      if (kept.reader === undefined) shelf.write(kept.message);
      dropOldest();
      happenings.announce({ kind: 'posted', kept });
    },
    change(message, added) {
      const before = all.get(message.id);
      if (before === undefined) return;
      const kept = { message, reader: before.reader };
      all.set(message.id, kept);
      addFiles(kept, added);
      if (kept.reader === undefined) shelf.write(message);
      happenings.announce({ kind: 'changed', kept });
    },
    remove(id) {
      const kept = all.get(id);
      if (kept === undefined) return;
      drop(kept);
      happenings.announce({ kind: 'removed', kept });
    },
    file(messageId, name) {
      const attachment = all.get(messageId)?.message.attachments.find(({ filename }) => filename === name);
      return attachment && files.get(attachment.id);
    },
  };
}
