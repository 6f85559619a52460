import { setImmediate } from 'node:timers/promises';
import { decodeText, encodeText } from '../columns.ts';
import { countDerived } from '../derived.ts';
import { codeOf, digestOf, type Keys } from '../keys.ts';
import { findArticles, findByLink, findByText } from '../sql-store.ts';
import type { ArticleRef, Derivation, NewArticleRow, PutResult } from '../store.ts';
import { checksum, dayOf, encodeArticleText } from '../stored.ts';
import { addToIndex, dropFromIndex } from './indexing.ts';
import type { LibraryTransaction } from './transaction.ts';
import { dropSigns, settleVectors } from './vectors.ts';

/** Adds an article, as `Store.put` describes. */
export async function putRow(transaction: LibraryTransaction, row: NewArticleRow, limit: number): Promise<PutResult> {
  const same = await transaction.play(findByText(row.keys));
  if (same !== undefined) return { kind: 'same', ref: same };
  const former =
    (await transaction.play(findByLink(row.keys))) ??
    (await transaction.play(findArticles({ by: 'id', values: [row.text.id] })))[0];
  if (former === undefined && transaction.articles >= limit) return { kind: 'full' };
  if (former === undefined) transaction.count('articles', 1);
  else await drop(transaction, former.number);
  const id = former?.id ?? row.text.id;
  await deleteLike(transaction, id, row.keys);
  const ref = { id, number: former?.number ?? transaction.next('article'), revision: transaction.next('revision') };
  const text = { ...row.text, id, updated: row.text.updated || former !== undefined };
  await insertRow(transaction, ref, { ...row, text });
  await addToIndex(transaction, { number: ref.number, id, day: dayOf(text.published), indexed: row.indexed });
  return { kind: former === undefined ? 'added' : 'updated', ref: ref };
}

export async function removeRow(transaction: LibraryTransaction, id: string, moment: number): Promise<boolean> {
  const [row] = await transaction.query<{ number: number }>(
    `UPDATE verbatim.articles SET removed_at = $3, revision = $4
      WHERE library = $1 AND id = $2 AND removed_at IS NULL RETURNING number`,
    ...[encodeText(id), moment, transaction.next('revision')],
  );
  if (row === undefined) return false;
  transaction.count('articles', -1);
  await drop(transaction, row.number);
  return true;
}

export async function restoreRow(
  transaction: LibraryTransaction,
  { number, revision }: ArticleRef,
  derivation: Derivation,
  limit: number,
): Promise<'restored' | 'full' | undefined> {
  const sql = `${unchanged} AND removed_at IS NOT NULL`;
  if ((await transaction.query(sql, number, revision)).length === 0) return undefined;
  if (transaction.articles >= limit) return 'full';
  transaction.count('articles', 1);
  await storeDerivation(transaction, number, derivation);
  return 'restored';
}

/** Does nothing if the row has changed since the revision, or was removed: restoring it derives it anew. */
export async function deriveRow(
  transaction: LibraryTransaction,
  { number, revision }: Omit<ArticleRef, 'id'>,
  derivation: Derivation,
): Promise<void> {
  const sql = `${unchanged} AND removed_at IS NULL`;
  if ((await transaction.query(sql, number, revision)).length === 0) return;
  await dropFromIndex(transaction, number);
  await storeDerivation(transaction, number, derivation);
}

/** Takes an article out of what searches read. */
async function drop(transaction: LibraryTransaction, number: number): Promise<void> {
  await dropFromIndex(transaction, number);
  await dropSigns(transaction, number);
}

const unchanged = 'SELECT 1 AS one FROM verbatim.articles WHERE library = $1 AND number = $2 AND revision = $3';

/** Stores what is derived from an article that isn't indexed, indexes it, and restores it if removed. */
async function storeDerivation(
  transaction: LibraryTransaction,
  number: number,
  { derived, indexed, madeBy }: Derivation,
): Promise<void> {
  const { paragraphs, attributions, speakers } = countDerived(derived);
  const [row] = await transaction.query<{ id: string; published: string | null }>(
    `UPDATE verbatim.articles SET removed_at = NULL, revision = $3, outlet = $4, paragraphs = $5, attributions = $6,
        speakers = $7, attribution_version = $8, index_version = $9, derived = $10, derived_checksum = $11,
        encoded_by = CASE WHEN paragraphs = $5 THEN encoded_by ELSE '' END,
        vectors = CASE WHEN paragraphs = $5 THEN vectors END
      WHERE library = $1 AND number = $2 RETURNING id, published`,
    ...[number, transaction.next('revision')],
    ...[indexed.outlet === undefined ? null : digestOf(indexed.outlet), paragraphs, attributions, speakers],
    ...[madeBy.attribution, madeBy.index, derived, checksum(derived)],
  );
  if (row === undefined) return;
  await addToIndex(transaction, { number, id: decodeText(row.id), day: row.published ?? undefined, indexed });
  await settleVectors(transaction, number);
}

/** Deletes the article with this id and those with one of these keys, removed ones included. */
async function deleteLike(transaction: LibraryTransaction, id: string, { link, text }: Keys): Promise<void> {
  await transaction.query(
    `DELETE FROM verbatim.articles WHERE library = $1 AND number = ANY (ARRAY(
      SELECT number FROM verbatim.articles WHERE library = $1 AND id = $2
      UNION SELECT number FROM verbatim.articles WHERE library = $1 AND text_key = $3
      UNION SELECT number FROM verbatim.articles WHERE library = $1 AND link_key = $4))`,
    ...[encodeText(id), text, link ?? null],
  );
}

/** No other row may have its number, id or keys. */
async function insertRow(transaction: LibraryTransaction, ref: ArticleRef, row: NewArticleRow): Promise<void> {
  const { id, updated, masthead, text, checksum: sum } = encodeArticleText(row.text);
  // A long article blocks the event loop for a while at each of these steps.
  await setImmediate();
  const { paragraphs, attributions, speakers } = countDerived(row.derived);
  await setImmediate();
  const { outlet } = row.indexed;
  const columns = [
    'library, number, revision, id, code, link_key, text_key, updated, masthead, text, checksum, published, outlet',
    'paragraphs, attributions, speakers, attribution_version, index_version, derived, derived_checksum',
  ];
  await transaction.query(
    `INSERT INTO verbatim.articles (${columns.join()})
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
    ...[ref.number, ref.revision, encodeText(id), codeOf(id), row.keys.link ?? null, row.keys.text],
    ...[updated, masthead, text, sum, dayOf(row.text.published) ?? null],
    ...[outlet === undefined ? null : digestOf(outlet), paragraphs, attributions, speakers],
    ...[row.madeBy.attribution, row.madeBy.index, row.derived, checksum(row.derived)],
  );
}
