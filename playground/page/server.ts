import type { Command } from './discord.ts';
import { language, translate } from './language.ts';
import { localise } from './localise.ts';
import type { Interaction, Outcome, PageEvent, State, UploadedFile } from './state.ts';

const UNREACHABLE: Outcome = { failed: translate('unreachable'), unreachable: true };

/** Returns the address of something for the person and the server that the page's own address names. */
export function addressFor(path: string): string {
  return path + location.search;
}

const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** Sends an interaction. Network errors are an `Outcome` too. */
export async function interact(interaction: Interaction, signal?: AbortSignal): Promise<Outcome> {
  const files = 'files' in interaction ? (interaction.files ?? []) : [];
  if (files.some(({ size }) => size > MAX_FILE_BYTES)) return { failed: translate('fileTooLarge') };
  return await post('/page/interactions', { ...interaction, locale: language }, signal);
}

/** What a message replies to, and whether it mentions the author of that. */
export interface ReplyTo {
  readonly replyTo: string;
  readonly isPinging: boolean;
}

export async function sendMessage(content: string, reply: ReplyTo | undefined): Promise<Outcome> {
  return await post('/page/messages', { content, ...reply });
}

/** Dismisses an ephemeral message, or deletes one's own. */
export async function dismissMessage(id: string): Promise<Outcome> {
  return await request(`/page/messages/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

async function post(path: string, body: unknown, signal: AbortSignal | null = null): Promise<Outcome> {
  const headers = { 'content-type': 'application/json' };
  return await request(path, { method: 'POST', headers, body: JSON.stringify(body), signal });
}

async function request(path: string, options: RequestInit): Promise<Outcome> {
  try {
    const response = await fetch(addressFor(path), options);
    return await response.json();
  } catch {
    return UNREACHABLE;
  }
}

interface Listener {
  readonly state: (state: State) => void;
  readonly event: (event: PageEvent) => void;
  readonly connected: (connected: boolean) => void;
}

/** Localises the commands. */
function localised<Data extends State | PageEvent>(data: Data): Data {
  if (!('commands' in data)) return data;
  const inLanguage = (commands: readonly Command[]) => commands.map(command => localise(command, language));
  return { ...data, commands: inLanguage(data.commands), hidden: inLanguage(data.hidden) };
}

const RETRY_MILLISECONDS = 1000;

/** Listens forever. Reloads the whole state each time the stream opens, in case of a restart. */
export function listen(listener: Listener): void {
  const source = new EventSource(addressFor('/page/events'));
  source.addEventListener('open', async () => {
    const response = await fetch(addressFor('/page/state')).catch(() => undefined);
    if (!response?.ok) return;
    listener.state(localised(await response.json()));
    listener.connected(true);
  });
  source.addEventListener('message', message => listener.event(localised(JSON.parse(message.data))));
  source.addEventListener('error', () => {
    listener.connected(false);
    // The browser itself doesn't retry a closed stream.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(listener), RETRY_MILLISECONDS);
  });
}

/** Reads a file for upload as JSON. */
export async function readUpload(id: string, file: File): Promise<UploadedFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const content_type = file.type || 'application/octet-stream';
  return { id, filename: file.name, content_type, size: file.size, data: encode(bytes) };
}

const CHUNK = 0x8000;

/** Encodes in chunks, since the number of arguments of a call is limited. */
function encode(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK)));
  }
  return btoa(pieces.join(''));
}
