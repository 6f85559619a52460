import { localise } from './localise.ts';
import type { Interaction, Outcome, PageEvent, State, UploadedFile } from './state.ts';
import { language, word } from './words.ts';

const UNREACHABLE: Outcome = { failed: word('unreachable'), unreachable: true };

/** What the bot made of it; a fault on the way is an outcome like any other, so that the page can say so. */
export async function interact(interaction: Interaction, signal?: AbortSignal): Promise<Outcome> {
  return await post('/page/interactions', { ...interaction, locale: language }, signal);
}

export async function sendMessage(content: string): Promise<Outcome> {
  return await post('/page/messages', { content });
}

export async function dismissMessage(id: string): Promise<void> {
  await fetch(`/page/messages/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

async function post(path: string, body: unknown, signal?: AbortSignal): Promise<Outcome> {
  const headers = { 'content-type': 'application/json' };
  try {
    const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body), signal: signal ?? null });
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

/** Commands are called as in the page's language from here on. */
function inLanguage<Told extends State | PageEvent>(told: Told): Told {
  return 'commands' in told ? { ...told, commands: told.commands.map(command => localise(command, language)) } : told;
}

const RETRY_MILLISECONDS = 1000;

/** Listens for ever. Each time the stream opens the whole state is read again, so that a restart loses nothing. */
export function listen(listener: Listener): void {
  const source = new EventSource('/page/events');
  source.addEventListener('open', async () => {
    const response = await fetch('/page/state').catch(() => undefined);
    if (!response?.ok) return;
    listener.state(inLanguage(await response.json()));
    listener.connected(true);
  });
  source.addEventListener('message', message => listener.event(inLanguage(JSON.parse(message.data))));
  source.addEventListener('error', () => {
    listener.connected(false);
    // The browser retries by itself only while it thinks that the stream may come back.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(listener), RETRY_MILLISECONDS);
  });
}

/** Reads a chosen file for the playground, which takes JSON only. */
export async function readUpload(id: string, file: File): Promise<UploadedFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const content_type = file.type || 'application/octet-stream';
  return { id, filename: file.name, content_type, size: file.size, data: encode(bytes) };
}

const CHUNK = 0x8000;

/** A call takes only so many arguments, so the bytes become a string in pieces. */
function encode(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK)));
  }
  return btoa(pieces.join(''));
}
