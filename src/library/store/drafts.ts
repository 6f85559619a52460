import * as z from 'zod/mini';
import { type Metadata, metadataOf } from '../../news/article.ts';
import { toOptionalNumber, toText } from './columns.ts';
import { OPTIONAL_TEXT, parseJson } from './json.ts';
import { all, first, insert, type Script } from './script.ts';
import type { Derivation } from './store.ts';
import { checksum } from './stored.ts';

/** An article that was read and previewed, and is not in the library yet. */
export interface Draft {
  readonly metadata: Metadata;
  readonly text: string;
  /** Any JSON, for the caller to validate when it comes back. */
  readonly offer: unknown;
  /** What the preview derived; drafts of earlier versions have none. */
  readonly derivation: Pick<Derivation, 'derived' | 'madeBy'> | undefined;
}

/** A draft as both stores have it. The checksum prevents a damaged text from being added to the library. */
export interface StoredDraft {
  readonly id: string;
  /** The user id of the only person who may keep it. */
  readonly asker: string;
  /** When it expires, in milliseconds since 1970. */
  readonly until: number;
  readonly body: string;
  readonly checksum: string;
}

/** Limits on drafts. The oldest are dropped first. */
export interface DraftLimits {
  /** Drafts that have expired by then are dropped first. */
  readonly now: number;
  /** Maximum number per person. */
  readonly perPerson: number;
  /** Maximum size of all bodies together, in UTF-8. The newest draft always stays. */
  readonly bytes: number;
}

const bodyShape = z.object({
  masthead: z.object({
    title: z.string(),
    titleIsDescriptive: z.boolean(),
    outlet: OPTIONAL_TEXT,
    byline: OPTIONAL_TEXT,
    published: OPTIONAL_TEXT,
    url: OPTIONAL_TEXT,
  }),
  text: z.string(),
  offer: z.optional(z.unknown()),
  derivation: z.optional(
    z.object({ derived: z.string(), madeBy: z.object({ attribution: z.number(), index: z.number() }) }),
  ),
});

export function encodeDraft(id: string, asker: string, until: number, { metadata, ...rest }: Draft): StoredDraft {
  const body = JSON.stringify({ masthead: metadata, ...rest });
  return { id, asker, until, body, checksum: sumOf({ id, asker, until, body }) };
}

/** Returns `undefined` if it is damaged or was stored by a version with another format. */
export function decodeDraft(stored: StoredDraft): Draft | undefined {
  const body = stored.checksum === sumOf(stored) ? parseJson(bodyShape, stored.body) : undefined;
  if (body === undefined) return undefined;
  const { masthead, text, offer, derivation } = body;
  return { metadata: metadataOf(masthead), text, offer, derivation };
}

function sumOf({ id, asker, until, body }: Omit<StoredDraft, 'checksum'>): string {
  return checksum(id, asker, String(until), body);
}

/** The new draft counts first, even if the clock went backwards. */
const SURPLUS_DRAFTS = `SELECT id FROM (
    SELECT id, until,
      row_number() OVER (ORDER BY id = ?1 DESC, until DESC, id) AS nth,
      row_number() OVER (PARTITION BY asker ORDER BY id = ?1 DESC, until DESC, id) AS nth_of_asker,
      sum(octet_length(body)) OVER (ORDER BY id = ?1 DESC, until DESC, id) AS bytes
    FROM {drafts} WHERE {here}) AS counted
  WHERE nth > 1 AND (until <= ?2 OR nth_of_asker > ?3 OR bytes > ?4)`;

/**
 * Saves a draft, replacing `former` if given; returns false if that one is gone, so that only the first of two
 * simultaneous presses succeeds. Drafts beyond the limits are deleted, oldest first.
 */
export function* saveDraft(draft: StoredDraft, former: string | undefined, limits: DraftLimits): Script<boolean> {
  if (former !== undefined && !(yield* deleteDraft(former))) return false;
  const { id, asker, until, checksum: sum, body } = draft;
  yield* insert('drafts', { id, asker, until, checksum: sum, body });
  const { now, perPerson, bytes } = limits;
  yield* all(`DELETE FROM {drafts} WHERE {here} AND id IN (${SURPLUS_DRAFTS})`, id, now, perPerson, bytes);
  return true;
}

/** An id from a button may be anything, but PostgreSQL's text can't hold everything. */
const DRAFT_ID = /^[\w\-]+$/v;

export function* findDraft(id: string): Script<StoredDraft | undefined> {
  if (!DRAFT_ID.test(id)) return undefined;
  const row = yield* first('SELECT * FROM {drafts} WHERE {here} AND id = ?1', id);
  if (row === undefined) return undefined;
  const texts = { id: toText(row.id), asker: toText(row.asker), body: toText(row.body) };
  return { ...texts, until: Number(row.until), checksum: toText(row.checksum) };
}

/** Returns false if it wasn't there. */
export function* deleteDraft(id: string): Script<boolean> {
  if (!DRAFT_ID.test(id)) return false;
  return (yield* first('DELETE FROM {drafts} WHERE {here} AND id = ?1 RETURNING id', id)) !== undefined;
}

/** Deletes expired drafts. Returns when the next one expires. */
export function* purgeDrafts(now: number): Script<number | undefined> {
  yield* all('DELETE FROM {drafts} WHERE {here} AND until <= ?1', now);
  return toOptionalNumber((yield* first('SELECT min(until) AS first FROM {drafts} WHERE {here}'))?.first ?? null);
}
