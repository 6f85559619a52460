import type { Attachment } from '../commands/command.ts';
import type { ReadsDocuments } from '../reading/document-reader.ts';
import { type Reading, refuse } from '../reading/reading.ts';
import { message } from '../wording/say.ts';

/** In bytes. Nothing longer is an article. */
const most = 2_000_000;
const patience = 10_000;
const hosts: ReadonlySet<string> = new Set(['cdn.discordapp.com', 'media.discordapp.net']);

const tooLarge = refuse(message('reading.file-too-large', { megabytes: String(most / 1_000_000) }));
const notHere = refuse(message('reading.file-not-here'));

/** True for addresses of Discord's attachments, or of the API that stands in for Discord. */
function isDiscords(url: URL, apiUrl: string | undefined): boolean {
  if (apiUrl !== undefined && url.origin === URL.parse(apiUrl)?.origin) return true;
  return url.protocol === 'https:' && url.port === '' && hosts.has(url.hostname);
}

/** Returns the bytes; `undefined` if there are too many, since the stated size may be wrong. */
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

/** Returns a file's bytes; `undefined` if there are too many. Rejects if they can't be fetched. */
async function fetchFile(url: URL): Promise<Uint8Array | undefined> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(patience) });
  if (!response.ok) throw new Error(`Discord answered with ${response.status}`);
  return await bytesOf(response);
}

/** Reads an article from an attachment, when it is the asker's turn. `apiUrl` is `undefined` for Discord itself. */
export async function readAttachment(
  attachment: Attachment,
  asker: string,
  documents: ReadsDocuments,
  apiUrl: string | undefined,
): Promise<Reading> {
  const { name, contentType, size, url } = attachment;
  const address = URL.parse(url);
  if (address === null || !isDiscords(address, apiUrl)) return notHere;
  if (size > most) return tooLarge;
  const fetched = await fetchFile(address).then(
    bytes => (bytes === undefined ? tooLarge : { bytes }),
    () => notHere,
  );
  if (!('bytes' in fetched)) return fetched;
  return await documents.read({ kind: 'file', name, contentType, bytes: fetched.bytes }, asker);
}
