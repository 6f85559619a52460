import * as z from 'zod/mini';
import { type Metadata, metadataOf } from '../../news/article.ts';
import { parseJson } from './json.ts';
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
  /** The user id of the one person whom it is for. */
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

const optional = z.optional(z.string());

const bodyShape = z.object({
  masthead: z.object({
    title: z.string(),
    titleIsDescriptive: z.boolean(),
    outlet: optional,
    byline: optional,
    published: optional,
    url: optional,
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
