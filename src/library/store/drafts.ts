import type { Masthead } from '../../news/article.ts';
import { isObject, type Json, parseJson } from '../json.ts';
import { checksum } from './stored.ts';

/** An article that was read and shown, and that nobody has said yet to keep. */
export interface Draft {
  readonly masthead: Masthead;
  readonly text: string;
  /** What it was offered with, as far as JSON can hold it. Whoever offers it checks it when it comes back. */
  readonly offer: unknown;
}

/** A draft as both stores have it. The checksum is there since a wrong word would be kept as the article's own. */
export interface StoredDraft {
  readonly id: string;
  /** The id of the one person that it is for. */
  readonly asker: string;
  /** Milliseconds since 1970: from then on it is over. */
  readonly until: number;
  readonly body: string;
  readonly checksum: string;
}

/** What strangers can make a library remember has an end: the oldest drafts make room for a new one. */
export interface DraftLimits {
  /** Those that are over by then go first. */
  readonly now: number;
  /** How many a person has. */
  readonly perPerson: number;
  /** How much all bodies together are, in UTF-8. The newest draft stays, however long it is. */
  readonly bytes: number;
}

export function storeDraft(id: string, asker: string, until: number, { masthead, text, offer }: Draft): StoredDraft {
  const body = JSON.stringify({ masthead, text, offer });
  return { id, asker, until, body, checksum: sumOf({ id, asker, until, body }) };
}

/** `undefined` where it is not what was stored, or was stored by something else. */
export function readDraft(stored: StoredDraft): Draft | undefined {
  if (stored.checksum !== sumOf(stored)) return undefined;
  const body = parseJson(stored.body);
  if (!isObject(body) || typeof body.text !== 'string' || !isObject(body.masthead)) return undefined;
  const masthead = readMasthead(body.masthead);
  return masthead && { masthead, text: body.text, offer: body.offer };
}

function sumOf({ id, asker, until, body }: Omit<StoredDraft, 'checksum'>): string {
  return checksum(id, asker, String(until), body);
}

function readMasthead({ title, titleIsDescriptive, outlet, byline, published, url }: Json): Masthead | undefined {
  if (typeof title !== 'string' || typeof titleIsDescriptive !== 'boolean') return undefined;
  if (!(isTextOrNothing(outlet) && isTextOrNothing(byline) && isTextOrNothing(published) && isTextOrNothing(url)))
    return undefined;
  return { title, titleIsDescriptive, outlet, byline, published, url };
}

/** JSON has no `undefined`: what is not known is left out of it. */
function isTextOrNothing(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}
