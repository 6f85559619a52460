import type { Inline } from './markdown-inline.ts';

interface Found {
  readonly length: number;
  readonly node: Inline;
}

/** Discord's ids and names are short; the bounds keep every attempt to read one constant in time. */
const TIMESTAMP = /<t:(?<unix>-?\d{1,13})(?::(?<style>[tTdDfFsSR]))?>/vy;
const COMMAND = /<\/(?<name>[\p{L}\p{N}_\-' ]{1,100}):(?<id>\d{1,20})>/vy;
const MENTION = /<(?<sign>@[\!\&]?|#)(?<id>\d{1,20})>/vy;
const EMOJI = /<a?:(?<name>\w{1,32}):\d{1,20}>/vy;
const ANGLED = /<(?<url>https?:\/\/[^\s<>]{1,2048})>/vy;
const BARE = /https?:\/\/[^\s<>]{1,2048}/vy;
const TARGET =
  /\((?:<(?<angled>[^<>\n]{1,2048})>|(?<plain>[^\s<>\(\)]{1,2048}(?:\([^\s<>\(\)]{0,256}\)[^\s<>\(\)]{0,1024})?))\)/vy;

/** Reads `<…>` at this place: a timestamp, a mention, a custom emoji or a link without a preview. */
export function readAngle(text: string, at: number): Found | undefined {
  const timestamp = match(TIMESTAMP, text, at);
  if (timestamp) {
    const node = { type: 'timestamp', unix: Number(timestamp.unix), style: timestamp.style ?? 'f' } as const;
    return found(node, timestamp.written);
  }
  const command = match(COMMAND, text, at);
  if (command) {
    return found({ type: 'command', name: command.name ?? '', id: command.id ?? '' }, command.written);
  }
  const mention = match(MENTION, text, at);
  if (mention) {
    const of = mention.sign === '#' ? 'channel' : mention.sign === '@&' ? 'role' : 'user';
    return found({ type: 'mention', of, id: mention.id ?? '' }, mention.written);
  }
  const emoji = match(EMOJI, text, at);
  return emoji && found({ type: 'emoji', name: emoji.name ?? '' }, emoji.written);
}

type Leaf = Extract<Inline, { type: 'timestamp' | 'command' | 'mention' | 'emoji' }>;
type WithoutText<T> = T extends unknown ? Omit<T, 'text'> : never;

function found(node: WithoutText<Leaf>, written: string): Found {
  return { length: written.length, node: { ...node, text: written } };
}

interface FoundLink {
  readonly length: number;
  readonly url: string;
  readonly label: { readonly start: number; readonly end: number };
  readonly bare: boolean;
}

/** Reads `[label](url)`, `<url>` or a bare url; `close` is where the label's bracket closes. Only http and https. */
export function readLink(text: string, at: number, close: number | undefined): FoundLink | undefined {
  if (close !== undefined) return readMasked(text, at, close);
  const angled = match(ANGLED, text, at);
  if (angled) {
    const url = webAddress(angled.url ?? '');
    const label = { start: at + 1, end: at + angled.written.length - 1 };
    return url === undefined ? undefined : { length: angled.written.length, url, label, bare: true };
  }
  const bare = match(BARE, text, at);
  if (!bare) return undefined;
  const length = trimAddress(bare.written);
  const url = webAddress(bare.written.slice(0, length));
  return url === undefined ? undefined : { length, url, label: { start: at, end: at + length }, bare: true };
}

function readMasked(text: string, at: number, close: number): FoundLink | undefined {
  const target = match(TARGET, text, close + 1);
  const url = webAddress(target?.angled ?? target?.plain ?? '');
  const label = { start: at + 1, end: close };
  if (!target || url === undefined || text.slice(label.start, label.end).trim() === '') return undefined;
  return { length: close + 1 + target.written.length - at, url, label, bare: false };
}

/** The address as the browser reads it, or undefined when it is anything but http or https. */
export function webAddress(written: string): string | undefined {
  const url = URL.parse(written);
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url.href : undefined;
}

/** The length without the sentence's own punctuation; a closing bracket stays when the address opened it. */
function trimAddress(address: string): number {
  let length = address.length;
  let surplus = address.split(')').length - address.split('(').length;
  while (length > 0) {
    const last = address.charAt(length - 1);
    const bracket = last === ')' && surplus > 0;
    if (!bracket && !/^[.,:;"'!?*_~\|\]”’»]$/v.test(last)) return length;
    if (bracket) surplus -= 1;
    length -= 1;
  }
  return length;
}

function match(
  pattern: RegExp,
  text: string,
  at: number,
): (Readonly<Record<string, string | undefined>> & { readonly written: string }) | undefined {
  pattern.lastIndex = at;
  const hit = pattern.exec(text);
  return hit ? { ...hit.groups, written: hit[0] } : undefined;
}
