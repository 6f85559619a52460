import { existsSync, mkdirSync } from 'node:fs';
import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ApplicationCommandResponseSchema, MessageResponseSchema } from 'discord-api-spec/zod';
import type { APIApplicationCommand, APIMessage } from 'discord-api-types/v10';
import { MessageFlags } from 'discord-api-types/v10';
import { parseJson } from '../json.ts';
import type { Upload } from '../rest/body.ts';
import { type CommandStorage, mediaAsForums } from './commands.ts';
import type { MessageStorage } from './messages.ts';

/** Persistent storage: one file per message, so that a damaged file affects no other. */
export interface Storage {
  readonly messages: MessageStorage;
  readonly commands: CommandStorage;
  /** Resolves when everything is on disk. */
  settled(): Promise<void>;
}

type Report = (message: string) => void;

const NO_STORAGE: Storage = {
  messages: {
    kept: [],
    files: new Map(),
    write: () => undefined,
    writeFile: () => undefined,
    erase: () => undefined,
    eraseFile: () => undefined,
  },
  commands: { kept: [], write: () => undefined },
  settled: () => Promise.resolve(),
};

export async function openStorage(folder: string | undefined, report: Report): Promise<Storage> {
  if (folder === undefined || !makeFolders(folder, report)) return NO_STORAGE;
  const kept = await readMessages(folder, report);
  const files = await readFiles(folder, kept);
  const commands = await readCommands(folder, report);
  const queue = createWriteQueue(folder, report);
  return {
    messages: {
      kept,
      files,
      write(message) {
        // A pending “thinking…” is of no use after a restart.
        if (((message.flags ?? 0) & MessageFlags.Loading) !== 0) return;
        queue.put(join('messages', `${message.id}.json`), JSON.stringify(message));
      },
      writeFile: (id, file) => queue.put(join('files', id), file.bytes),
      erase: id => queue.put(join('messages', `${id}.json`), undefined),
      eraseFile: id => queue.put(join('files', id), undefined),
    },
    commands: { kept: commands, write: all => queue.put('commands.json', JSON.stringify(all)) },
    settled: queue.settled,
  };
}

function makeFolders(folder: string, report: Report): boolean {
  try {
    for (const name of ['messages', 'files']) makeFolder(join(folder, name));
    return true;
  } catch (problem) {
    report(`The playground can't store its messages, so they are lost when it stops: ${describe(problem)}`);
    return false;
  }
}

/** Node's recursive `mkdir` never ends where a folder that exists takes no others, such as `/proc`. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

function describe(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}

const MESSAGE_FILE = /^\d{1,20}\.json$/v;

async function readMessages(folder: string, report: Report): Promise<APIMessage[]> {
  const names = (await readdir(join(folder, 'messages'))).filter(name => MESSAGE_FILE.test(name));
  const read = names.map(name => readChecked(join(folder, 'messages', name), isMessage, report));
  const messages = (await Promise.all(read)).filter(message => message !== undefined);
  return messages.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
}

async function readFiles(folder: string, messages: readonly APIMessage[]): Promise<Map<string, Upload>> {
  const files = new Map<string, Upload>();
  for (const { id, filename, content_type: contentType } of messages.flatMap(message => message.attachments)) {
    const bytes = await readFile(join(folder, 'files', id)).catch(() => undefined);
    if (bytes === undefined) continue;
    files.set(id, {
      name: filename,
      contentType: contentType ?? 'application/octet-stream',
      bytes: new Uint8Array(bytes),
    });
  }
  return files;
}

const isMessage = (value: unknown): value is APIMessage => MessageResponseSchema.safeParse(value).success;

const isCommand = (value: unknown): value is APIApplicationCommand =>
  ApplicationCommandResponseSchema.safeParse(mediaAsForums(value)).success;

const isCommandList = (value: unknown): value is APIApplicationCommand[] =>
  Array.isArray(value) && value.every(isCommand);

async function readCommands(folder: string, report: Report): Promise<APIApplicationCommand[]> {
  return (await readChecked(join(folder, 'commands.json'), isCommandList, report)) ?? [];
}

/** Reads and validates a JSON file. A damaged file is renamed to `.broken`. */
async function readChecked<T>(
  path: string,
  isRight: (value: unknown) => value is T,
  report: Report,
): Promise<T | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const value = parseJson(text);
  if (isRight(value)) return value;
  await rename(path, `${path}.broken`);
  report(`${path} is damaged. It was renamed to ${path}.broken, and everything else was loaded.`);
  return undefined;
}

interface WriteQueue {
  /** Writes the file, or deletes it if `content` is undefined. */
  put(name: string, content: string | Uint8Array | undefined): void;
  settled(): Promise<void>;
}

/** Writes files one at a time, in order. Only the latest version of a file is written. */
function createWriteQueue(folder: string, report: Report): WriteQueue {
  const waiting = new Map<string, string | Uint8Array | undefined>();
  let working: Promise<void> = Promise.resolve();
  async function work(): Promise<void> {
    for (const [name, content] of waiting) {
      waiting.delete(name);
      await write(join(folder, name), content).catch((error: unknown) => {
        report(`The playground couldn't write ${name}: ${describe(error)}`);
      });
    }
  }
  return {
    put(name, content) {
      const isIdle = waiting.size === 0;
      waiting.set(name, content);
      if (isIdle) working = working.then(work);
    },
    settled: () => working,
  };
}

async function write(path: string, content: string | Uint8Array | undefined): Promise<void> {
  if (content === undefined) {
    await rm(path, { force: true });
    return;
  }
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}
