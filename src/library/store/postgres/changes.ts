import { setImmediate } from 'node:timers/promises';
import { message } from '../../../wording/say.ts';
import { decodeText, encodeText } from '../columns.ts';
import { countDerived } from '../derived.ts';
import { StorageError } from '../errors.ts';
import { codeOf, digestOf, type Keys } from '../keys.ts';
import type { Script } from '../script.ts';
import { findArticles, findByLink, findByText } from '../sql-store.ts';
import type { ArticleRef, Derivation, NewArticleRow, PutResult } from '../store.ts';
import { checksum, dayOf, encodeArticleText } from '../stored.ts';
import { lastCommon } from '../tokens.ts';
import { type Query, runScript } from './connection.ts';
import { addToIndex, dropFromIndex } from './indexing.ts';

type CounterColumns = Readonly<Record<'revision' | 'article' | 'term' | 'form' | 'articles' | 'units', number>>;

/** A library's counters: the numbers assigned last, and how much there is. Read and written once per transaction. */
export class Counters {
  readonly library: string;
  readonly #ask: Query;
  #revision: number;
  #article: number;
  #term: number;
  #form: number;
  articles: number;
  units: number;

  private constructor(library: string, ask: Query, counters: CounterColumns) {
    this.library = library;
    this.#ask = ask;
    this.#revision = counters.revision;
    this.#article = counters.article;
    this.#term = counters.term;
    this.#form = counters.form;
    this.articles = counters.articles;
    this.units = counters.units;
  }

  /**
   * Creates a library. Revisions start at the current time, so that a library that was erased and created again never
   * reuses one that a cache may still hold. Returns false if the library exists.
   */
  static async make(library: string, ask: Query): Promise<boolean> {
    const rows = await ask(
      `INSERT INTO verbatim.libraries VALUES ($1, $2, 0, $3, 0, 0, 0) ON CONFLICT DO NOTHING RETURNING library`,
      ...[library, Date.now(), lastCommon],
    );
    return rows.length > 0;
  }

  /** The caller holds the library's lock. */
  static async open(library: string, ask: Query): Promise<Counters> {
    const [row] = await ask<CounterColumns>('SELECT * FROM verbatim.libraries WHERE library = $1', library);
    if (row === undefined) throw new StorageError(message('keeping.erased-unchanged'));
    return new Counters(library, ask, row);
  }

  nextRevision(): number {
    this.#revision += 1;
    return this.#revision;
  }

  nextArticle(): number {
    this.#article += 1;
    return this.#article;
  }

  nextTerm(): number {
    this.#term += 1;
    return this.#term;
  }

  nextForm(): number {
    this.#form += 1;
    return this.#form;
  }

  async write(): Promise<void> {
    await this.#ask(
      `UPDATE verbatim.libraries SET revision = $2, article = $3, term = $4, form = $5, articles = $6, units = $7
        WHERE library = $1`,
      ...[this.library, this.#revision, this.#article, this.#term, this.#form, this.articles, this.units],
    );
  }
}

/** Adds an article, as `Store.put` describes. The caller holds the library's lock and writes the ledger. */
export async function putRow(ask: Query, ledger: Counters, row: NewArticleRow, limit: number): Promise<PutResult> {
  const find = <Result>(script: Script<Result>) => runScript(ask, ledger.library, script);
  const same = await find(findByText(row.keys));
  if (same !== undefined) return { kind: 'same', ref: same };
  const former =
    (await find(findByLink(row.keys))) ?? (await find(findArticles({ by: 'id', values: [row.text.id] })))[0];
  if (former === undefined && ledger.articles >= limit) return { kind: 'full' };
  if (former === undefined) ledger.articles += 1;
  else await dropFromIndex(ask, ledger, former.number);
  const id = former?.id ?? row.text.id;
  await deleteLike(ask, ledger.library, id, row.keys);
  const ref = { id, number: former?.number ?? ledger.nextArticle(), revision: ledger.nextRevision() };
  const text = { ...row.text, id, updated: row.text.updated || former !== undefined };
  await insertRow(ask, ledger.library, ref, { ...row, text });
  await addToIndex(ask, ledger, { number: ref.number, id, day: dayOf(text.published), indexed: row.indexed });
  return { kind: former === undefined ? 'added' : 'updated', ref: ref };
}

export async function removeRow(ask: Query, ledger: Counters, id: string, moment: number): Promise<boolean> {
  const [row] = await ask<{ number: number }>(
    `UPDATE verbatim.articles SET removed_at = $3, revision = $4
      WHERE library = $1 AND id = $2 AND removed_at IS NULL RETURNING number`,
    ...[ledger.library, encodeText(id), moment, ledger.nextRevision()],
  );
  if (row === undefined) return false;
  ledger.articles -= 1;
  await dropFromIndex(ask, ledger, row.number);
  return true;
}

export async function restoreRow(
  ask: Query,
  ledger: Counters,
  { number, revision }: ArticleRef,
  derivation: Derivation,
  limit: number,
): Promise<'restored' | 'full' | undefined> {
  const sql = `${unchanged} AND removed_at IS NOT NULL`;
  if ((await ask(sql, ledger.library, number, revision)).length === 0) return undefined;
  if (ledger.articles >= limit) return 'full';
  ledger.articles += 1;
  await storeDerivation(ask, ledger, number, derivation);
  return 'restored';
}

/** Does nothing if the row has changed since the revision, or was removed: restoring it derives it anew. */
export async function deriveRow(
  ask: Query,
  ledger: Counters,
  { number, revision }: Omit<ArticleRef, 'id'>,
  derivation: Derivation,
): Promise<void> {
  const sql = `${unchanged} AND removed_at IS NULL`;
  if ((await ask(sql, ledger.library, number, revision)).length === 0) return;
  await dropFromIndex(ask, ledger, number);
  await storeDerivation(ask, ledger, number, derivation);
}

const unchanged = 'SELECT 1 AS one FROM verbatim.articles WHERE library = $1 AND number = $2 AND revision = $3';

/** Stores what is derived from an article that isn't in the index, indexes it, and puts it into the library. */
async function storeDerivation(
  ask: Query,
  ledger: Counters,
  number: number,
  { derived, indexed, madeBy }: Derivation,
): Promise<void> {
  const { paragraphs, attributions, speakers } = countDerived(derived);
  const [row] = await ask<{ id: string; published: string | null }>(
    `UPDATE verbatim.articles SET removed_at = NULL, revision = $3, outlet = $4, paragraphs = $5, attributions = $6,
        speakers = $7, attribution_version = $8, index_version = $9, derived = $10, derived_checksum = $11
      WHERE library = $1 AND number = $2 RETURNING id, published`,
    ...[ledger.library, number, ledger.nextRevision()],
    ...[indexed.outlet === undefined ? null : digestOf(indexed.outlet), paragraphs, attributions, speakers],
    ...[madeBy.attribution, madeBy.index, derived, checksum(derived)],
  );
  if (row === undefined) return;
  await addToIndex(ask, ledger, { number, id: decodeText(row.id), day: row.published ?? undefined, indexed });
}

/** Deletes the article with this id and those with one of these keys, removed ones included. */
async function deleteLike(ask: Query, library: string, id: string, { link, text }: Keys): Promise<void> {
  await ask(
    `DELETE FROM verbatim.articles WHERE library = $1 AND number = ANY (ARRAY(
      SELECT number FROM verbatim.articles WHERE library = $1 AND id = $2
      UNION SELECT number FROM verbatim.articles WHERE library = $1 AND text_key = $3
      UNION SELECT number FROM verbatim.articles WHERE library = $1 AND link_key = $4))`,
    ...[library, encodeText(id), text, link ?? null],
  );
}

/** No other row may have its number, id or keys. */
async function insertRow(ask: Query, library: string, ref: ArticleRef, row: NewArticleRow): Promise<void> {
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
  await ask(
    `INSERT INTO verbatim.articles (${columns.join()})
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
    ...[library, ref.number, ref.revision, encodeText(id), codeOf(id), row.keys.link ?? null, row.keys.text],
    ...[updated, masthead, text, sum, dayOf(row.text.published) ?? null],
    ...[outlet === undefined ? null : digestOf(outlet), paragraphs, attributions, speakers],
    ...[row.madeBy.attribution, row.madeBy.index, row.derived, checksum(row.derived)],
  );
}
