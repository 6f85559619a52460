import { isObject, type Json } from '../library/json.ts';
import type { Draft } from '../library/store/drafts.ts';
import type { Attachment, Context } from './command.ts';

/** What an article is to be read from. */
export type Source =
  | { readonly kind: 'link'; readonly address: string }
  | { readonly kind: 'file'; readonly attachment: Attachment }
  | { readonly kind: 'pasted'; readonly title: string; readonly link: string; readonly text: string };

/** What a draft was offered with. */
export interface Offer {
  /** What was given together with it and comes after. */
  readonly rest: readonly Source[];
  /** How many were given. */
  readonly total: number;
}

/** An article as it was offered: a draft, once it is held. */
export interface Offered extends Draft {
  readonly offer: Offer;
}

/** A draft of whoever asks, in the one library; `undefined` where it is gone, or was offered by code that knew other things. */
export async function findOffered(id: string, { library, asker }: Context): Promise<Offered | undefined> {
  const draft = await library.draft(id, asker.id);
  const offer = readOffer(draft?.offer);
  return draft && offer && { ...draft, offer };
}

/** What came back from where drafts are held. */
export function readOffer(value: unknown): Offer | undefined {
  if (!isObject(value) || !Array.isArray(value.rest)) return undefined;
  const rest = value.rest.map(readSource).filter(source => source !== undefined);
  const { total } = value;
  const isWhole = rest.length === value.rest.length && Number.isSafeInteger(total) && Number(total) > rest.length;
  return isWhole ? { rest, total: Number(total) } : undefined;
}

function readSource(value: unknown): Source | undefined {
  if (!isObject(value)) return undefined;
  const { kind, address, attachment, title, link, text } = value;
  if (kind === 'link' && isText(address)) return { kind, address };
  if (kind === 'pasted' && isText(title) && isText(link) && isText(text)) return { kind, title, link, text };
  const file = kind === 'file' && isObject(attachment) ? readAttachment(attachment) : undefined;
  return file && { kind: 'file', attachment: file };
}

function readAttachment({ name, contentType, size, url }: Json): Attachment | undefined {
  if (!isText(name) || !(contentType === undefined || isText(contentType))) return undefined;
  return typeof size === 'number' && isText(url) ? { name, contentType, size, url } : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
