import { type AttributedArticle, attributionVersion } from '../attribution/attribution.ts';
import { derivationOf } from './derivation.ts';
import { readDerived, readingDerived } from './derived.ts';
import type { Desk } from './desk.ts';
import { inPieces } from './in-pieces.ts';
import type { Derivation, Pointer, Row } from './store.ts';

/** Indexing longer texts here would hold up everybody's commands. */
const LONGEST_HERE = 50_000;

/** What the code that runs now reads out of a row. */
export function deriveRow({ attributor, name }: Desk, { text, derived, madeBy }: Row): Promise<Derivation> {
  const isRead = derived !== undefined && madeBy.attribution === attributionVersion;
  return isRead && text.text.length <= LONGEST_HERE
    ? Promise.resolve(derivationOf(readDerived(text, derived)))
    : attributor.derive(name, text);
}

/** The articles of these rows that are in the library, by id. One whose words are damaged is left out and reported. */
export async function readRows(
  desk: Desk,
  pointers: readonly Pointer[],
): Promise<ReadonlyMap<string, AttributedArticle>> {
  const found = new Map<string, AttributedArticle>();
  const unread: Pointer[] = [];
  for (const pointer of pointers) {
    const article = desk.read.get(desk.name, pointer);
    if (article === undefined) unread.push(pointer);
    else found.set(pointer.id, article);
  }
  if (unread.length === 0) return found;
  const rows = await desk.lend(store => store.rows(unread.map(({ number }) => number)));
  for (const row of rows) {
    if (row === 'damaged') desk.reportDamage();
    else if (row.removedAt === undefined) found.set(row.text.id, await readRow(desk, row));
  }
  return found;
}

async function readRow(desk: Desk, row: Row): Promise<AttributedArticle> {
  const { number, revision, text } = row;
  const derived = row.derived ?? (await deriveAnew(desk, row));
  const article = await inPieces(readingDerived(text, derived));
  desk.read.keep(desk.name, { id: text.id, number, revision }, article);
  return article;
}

/** What was derived is damaged, which is no loss. */
async function deriveAnew(desk: Desk, row: Row): Promise<string> {
  const derivation = await deriveRow(desk, row);
  await desk.lend(store => store.derive(row.number, row.revision, derivation));
  return derivation.derived;
}
