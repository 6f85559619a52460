import { setTimeout as pause, setImmediate } from 'node:timers/promises';
import { ATTRIBUTION_VERSION, type AttributedArticle, type Dispute } from '../attribution/attribution.ts';
import { TooSlow } from './attributor.ts';
import { workThrough } from './background.ts';
import type { LibraryContext } from './context.ts';
import { findStale, readArticleRows } from './store/articles.ts';
import { updateDerived } from './store/changes.ts';
import { type ArticleText, decodeDerived, derivationOf, readingDerived, VERSIONS } from './store/derived.ts';
import { applyDisputes } from './store/disputes.ts';
import { StorageError } from './store/errors.ts';
import { inPieces } from './store/in-pieces.ts';
import type { ArticleRef, ArticleRow, Derivation, Versions } from './store/store.ts';

/** Indexing longer texts in this process would block the event loop for too long. */
const LONGEST_HERE = 50_000;

/** Whether the code that runs now would derive the same attributions. */
export function isCurrent(madeBy: Versions | undefined): boolean {
  return madeBy?.attribution === ATTRIBUTION_VERSION;
}

/** Returns what this version derives from a text. Attributions that are current are not made again. */
export async function derive(
  { attributor, name }: LibraryContext,
  {
    text,
    derived,
    disputes,
    madeBy,
  }: Pick<ArticleRow, 'text' | 'disputes'> & Partial<Pick<ArticleRow, 'derived' | 'madeBy'>>,
  isBackground = false,
): Promise<Derivation> {
  if (derived === undefined || !isCurrent(madeBy))
    return await attributor.derive(name, text, { disputes, isBackground });
  return text.text.length > LONGEST_HERE
    ? await attributor.derive(name, text, { derived, disputes, isBackground })
    : derivationOf(decodeDerived(text, derived), disputes);
}

/**
 * Returns what this version derives from a stored text. If attributing it fails or takes too long, reports that and
 * keeps the attributions that it has, if any.
 */
export async function deriveStored(
  context: LibraryContext,
  row: ArticleRow,
  isBackground = false,
): Promise<Derivation> {
  const { text, derived, disputes } = row;
  try {
    return await derive(context, row, isBackground);
  } catch (error) {
    if (error instanceof StorageError && !(error instanceof TooSlow)) throw error;
    context.report(`Cannot attribute an article of ${context.name} with ${text.text.length} characters`, error);
    const how = derived === undefined ? { isUnattributed: true } : { derived };
    return await context.attributor.derive(context.name, text, { ...how, disputes, isBackground });
  }
}

/** Returns the articles of these rows by id, without removed and damaged ones. Damage is reported. */
export async function readRows(
  context: LibraryContext,
  refs: readonly ArticleRef[],
): Promise<ReadonlyMap<string, AttributedArticle>> {
  const found = new Map<string, AttributedArticle>();
  const unread: ArticleRef[] = [];
  for (const ref of refs) {
    const article = context.articles.get(context.name, ref);
    if (article === undefined) unread.push(ref);
    else found.set(ref.id, article);
  }
  if (unread.length === 0) return found;
  const numbers = unread.map(({ number }) => number);
  for (const row of await context.read(readArticleRows, numbers)) {
    if (row === 'damaged') context.reportDamage();
    if (row === 'damaged' || row.removedAt !== undefined) continue;
    const article = await decodeRow(context, row);
    const ref = { id: row.text.id, number: row.number, revision: row.revision };
    context.articles.keep(context.name, ref, article);
    found.set(ref.id, article);
  }
  return found;
}

/** Returns an article with its derived data, with disputes applied. */
export async function readDerived(
  text: ArticleText,
  derived: string,
  disputes: readonly Dispute[],
): Promise<AttributedArticle> {
  return applyDisputes(await inPieces(readingDerived(text, derived)), disputes);
}

async function decodeRow(context: LibraryContext, row: ArticleRow): Promise<AttributedArticle> {
  return await readDerived(row.text, row.derived ?? (await deriveAnew(context, row)), row.disputes);
}

/**
 * Reads an article without caching it: the cache is for articles that people ask for. Returns `undefined` if it has
 * changed or was removed. Reports damage.
 */
export async function readOnce(
  context: LibraryContext,
  ref: ArticleRef,
): Promise<AttributedArticle | 'damaged' | undefined> {
  const cached = context.articles.get(context.name, ref);
  if (cached !== undefined) return cached;
  const [row] = await context.read(readArticleRows, [ref.number]);
  if (row === 'damaged') context.reportDamage();
  if (row === undefined || row === 'damaged') return row;
  return row.revision === ref.revision ? await decodeRow(context, row) : undefined;
}

/** Derives again what was damaged. */
async function deriveAnew(context: LibraryContext, row: ArticleRow): Promise<string> {
  const derivation = await deriveStored(context, row);
  await context.write(updateDerived, row, derivation);
  return derivation.derived;
}

const ROWS_AT_ONCE = 16;
/** How long to wait before trying again, while another process refreshes articles or the store is out of reach. */
const WAIT_MILLISECONDS = 30_000;

/**
 * Derives articles again, one by one, that another version derived; until then those are used. Only the process that
 * has the lease does this.
 */
export async function refresh(context: LibraryContext, isOpen: () => boolean, wait = WAIT_MILLISECONDS): Promise<void> {
  let after = 0;
  let isReported = false;
  const waitOut = (error: unknown) => {
    if (!isOpen() || !(error instanceof StorageError)) throw error;
    if (!isReported) context.report(`Cannot refresh the articles of ${context.name}: will retry`, error);
    isReported = true;
    return false;
  };
  const work = {
    isOpen,
    claim: () => context.claim('refreshing'),
    release: () => context.release('refreshing'),
    next: () => context.read(findStale, VERSIONS, after, ROWS_AT_ONCE),
    work: async (stale: readonly number[]) => {
      for (const number of stale) await refreshRow(context, number, isOpen);
      after = stale.at(-1) ?? after;
    },
  };
  while (!(await workThrough(work).catch(waitOut))) await pause(wait, undefined, { ref: false });
}

async function refreshRow(context: LibraryContext, number: number, isOpen: () => boolean): Promise<void> {
  // Let other commands run.
  await setImmediate();
  if (!isOpen()) return;
  const [row] = await context.read(readArticleRows, [number]);
  if (row === undefined || row === 'damaged' || row.removedAt !== undefined) return;
  const derivation = await deriveStored(context, row, true);
  if (isOpen()) await context.write(updateDerived, row, derivation);
}
