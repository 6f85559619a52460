import {
  ApplicationCommandOptionType,
  type Attachment as Attached,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  type Message,
  type MessageContextMenuCommandInteraction,
} from 'discord.js';
import type { Attachment, Options, Target } from '../commands/command.ts';
import { readFile } from '../reading/file.ts';
import { type Reading, refuse } from '../reading/reading.ts';
import { message } from '../wording/say.ts';

/** A link where a message holds one, without what closes a sentence or a bracket after it. */
const linkPattern = /https?:\/\/[^\s<>"“”]+/giv;
const closing = /[\).,;:!?'’\]\}\|*_~]/v;

function attachmentOf({ name, contentType, size, url }: Attached): Attachment {
  return { name, contentType: contentType ?? undefined, size, url };
}

/** What the message says, links to and holds, or the one that it forwards. */
function targetOf(message: Message): Target {
  const forwarded = message.messageSnapshots?.first();
  const all = [message, ...(forwarded === undefined ? [] : [forwarded])];
  const text = all.map(({ content }) => content).find(content => content !== '') ?? '';
  const written = all.flatMap(({ content }) =>
    [...content.matchAll(linkPattern)].map(([link]) => withoutClosing(link)),
  );
  const embedded = all.flatMap(({ embeds }) =>
    embeds.flatMap(({ url }) => (url !== null && isOfWeb(url) ? [url] : [])),
  );
  const attachments = all.flatMap(each => each.attachments.map(attachmentOf));
  return { text, links: [...new Set([...written, ...embedded])], attachments };
}

function isOfWeb(url: string): boolean {
  return /^https?:/v.test(url);
}

/** Backwards, since a pattern bound to the end is tried from every sign on. */
function withoutClosing(link: string): string {
  let end = link.length;
  while (end > 0 && closing.test(link.charAt(end - 1))) end -= 1;
  return link.slice(0, end);
}

type Filled = (ChatInputCommandInteraction | AutocompleteInteraction)['options']['data'];

/** The options that hold a value: those of the subcommand, where there is one. */
function filled(options: Filled): Filled {
  const [first] = options;
  return first?.type === ApplicationCommandOptionType.Subcommand ? (first.options ?? []) : options;
}

/** What somebody filled in, as plain values. */
export function optionsOf(interaction: ChatInputCommandInteraction | AutocompleteInteraction): Options {
  const values = filled(interaction.options.data);
  return {
    subcommand: interaction.options.getSubcommand(false) ?? undefined,
    texts: Object.fromEntries(
      values.flatMap(({ name, value }) => (typeof value === 'string' ? [[name, value] as const] : [])),
    ),
    flags: Object.fromEntries(
      values.flatMap(({ name, value }) => (typeof value === 'boolean' ? [[name, value] as const] : [])),
    ),
    attachments: Object.fromEntries(
      values.flatMap(({ name, attachment }) => (attachment ? [[name, attachmentOf(attachment)] as const] : [])),
    ),
    target: undefined,
  };
}

/** The option that somebody is typing; `undefined` where there is none, or none that takes words. */
export function typedOf(interaction: AutocompleteInteraction): { name: string; words: string } | undefined {
  const option = filled(interaction.options.data).find(({ focused }) => focused === true);
  return typeof option?.value === 'string' ? { name: option.name, words: option.value } : undefined;
}

/** The same for all that one person types, letter by letter, into one option of one command in one place. */
export function typingOf(interaction: AutocompleteInteraction): string {
  const { user, channelId, commandId, options } = interaction;
  return [user.id, channelId, commandId, options.getSubcommand(false), typedOf(interaction)?.name].join(' ');
}

/** What a command was used on. */
export function optionsOnMessage({ options }: MessageContextMenuCommandInteraction): Options {
  const message = options.getMessage('message');
  const target = message === null ? undefined : targetOf(message);
  return { subcommand: undefined, texts: {}, flags: {}, attachments: {}, target };
}

/** In bytes. A longer text is no article. */
const most = 2_000_000;
const patience = 10_000;
const hosts: ReadonlySet<string> = new Set(['cdn.discordapp.com', 'media.discordapp.net']);

const tooLarge = refuse(message('reading.file-too-large', { megabytes: String(most / 1_000_000) }));
const notHere = refuse(message('reading.file-not-here'));

/** Only what Discord itself keeps: its own addresses, or those of the stand-in that takes its place. */
function isDiscords(url: URL, apiUrl: string | undefined): boolean {
  if (apiUrl !== undefined && url.origin === URL.parse(apiUrl)?.origin) return true;
  return url.protocol === 'https:' && url.port === '' && hosts.has(url.hostname);
}

/** The bytes, or `undefined` once they are too many: what was said of the size may be untrue. */
async function bytesOf(response: Response): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.length;
    if (size > most) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** The file's bytes; `undefined` where they are too many. Rejects where they do not come. */
async function fetchFile(url: URL): Promise<Uint8Array | undefined> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(patience) });
  if (!response.ok) throw new Error(`Discord answered with ${response.status}`);
  return await bytesOf(response);
}

/** An article out of a file that somebody attached. `apiUrl` undefined: Discord itself. */
export async function readAttachment(attachment: Attachment, apiUrl: string | undefined): Promise<Reading> {
  const { name, contentType, size, url } = attachment;
  const address = URL.parse(url);
  if (address === null || !isDiscords(address, apiUrl)) return notHere;
  if (size > most) return tooLarge;
  const fetched = await fetchFile(address).then(
    bytes => (bytes === undefined ? tooLarge : { bytes }),
    () => notHere,
  );
  return 'bytes' in fetched ? readFile({ name, contentType, bytes: fetched.bytes }) : fetched;
}
