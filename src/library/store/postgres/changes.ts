import { message } from '../../../wording/say.ts';
import { countDerived } from '../derived.ts';
import { StorageError } from '../errors.ts';
import { digestOf, type Keys } from '../keys.ts';
import type { ArticleRef, Derivation, NewArticleRow, PutResult } from '../store.ts';
import { checksum, dayOf } from '../stored.ts';
import { lastCommon } from '../tokens.ts';
import type { Ask } from './connection.ts';
import { addToIndex, dropFromIndex } from './indexing.ts';
import { insertRow, type PointerColumns, toPointer } from './rows.ts';
import { fromColumn, toColumn } from './values.ts';

type Counters = Readonly<Record<'revision' | 'article' | 'term' | 'form' | 'articles' | 'units', number>>;

/** What a library counts: the numbers that were given out last, and how much there is. Read and written once a transaction. */
export class Ledger {
  readonly library: string;
  readonly #ask: Ask;
  #revision: number;
  #article: number;
  #term: number;
  #form: number;
  /** How many articles are in the library. */
  articles: number;
  units: number;

  private constructor(library: string, ask: Ask, counters: Counters) {
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
   * Begins to count for a library that was not there. Revisions begin with the moment: a library that was erased and is made again
   * never uses one twice, whoever still remembers it. Whether it was made.
   */
  static async make(library: string, ask: Ask): Promise<boolean> {
    const rows = await ask(
      `INSERT INTO verbatim.libraries VALUES ($1, $2, 0, $3, 0, 0, 0) ON CONFLICT DO NOTHING RETURNING library`,
      ...[library, Date.now(), lastCommon],
    );
    return rows.length > 0;
  }

  /** The caller has the library's turn to write. */
  static async open(library: string, ask: Ask): Promise<Ledger> {
    const [row] = await ask<Counters>('SELECT * FROM verbatim.libraries WHERE library = $1', library);
    if (row === undefined) throw new StorageError(message('keeping.erased-unchanged'));
    return new Ledger(library, ask, row);
  }

  /** Another one for every change of a row. */
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

type Known = PointerColumns & {
  readonly link_key: string | null;
  readonly text_key: string;
  readonly removed_at: number | null;
  readonly outlet: string | null;
};

const known = 'number, revision, id, link_key, text_key, removed_at, outlet';

/** Takes an article in, as `Store.put` says. The caller has the library's turn to write, and writes the ledger. */
export async function putRow(ask: Ask, ledger: Ledger, row: NewArticleRow, most: number): Promise<PutResult> {
  const alike = await rowsLike(ask, ledger.library, row.text.id, row.keys);
  const there = alike.filter(({ removed_at }) => removed_at === null);
  const same = there.find(({ text_key }) => text_key === row.keys.text);
  if (same !== undefined) return { kind: 'same', pointer: toPointer(same) };
  const byLink = there.find(({ link_key }) => link_key !== null && link_key === row.keys.link);
  const former = byLink ?? there.find(({ id }) => id === toColumn(row.text.id));
  if (former === undefined && ledger.articles >= most) return { kind: 'full' };
  const id = former === undefined ? row.text.id : fromColumn(former.id);
  const gone = alike.filter(({ removed_at, number }) => removed_at !== null || number === former?.number);
  await deleteRows(
    ask,
    ledger.library,
    gone.map(({ number }) => number),
  );
  if (former === undefined) ledger.articles += 1;
  if (former !== undefined) await dropFromIndex(ask, ledger, former);
  const pointer = { id, number: former?.number ?? ledger.nextArticle(), revision: ledger.nextRevision() };
  const text = { ...row.text, id, updated: row.text.updated || former !== undefined };
  await insertRow(ask, ledger.library, pointer, { ...row, text });
  const day = dayOf(text.published);
  await addToIndex(ask, ledger, { number: pointer.number, id, day, indexed: row.indexed });
  return { kind: former === undefined ? 'added' : 'updated', pointer };
}

export async function removeRow(ask: Ask, ledger: Ledger, id: string, moment: number): Promise<boolean> {
  const [row] = await ask<Known>(
    `UPDATE verbatim.articles SET removed_at = $3, revision = $4 WHERE library = $1 AND id = $2 AND removed_at IS NULL
      RETURNING ${known}`,
    ...[ledger.library, toColumn(id), moment, ledger.nextRevision()],
  );
  if (row === undefined) return false;
  ledger.articles -= 1;
  await dropFromIndex(ask, ledger, row);
  return true;
}

export async function restoreRow(
  ask: Ask,
  ledger: Ledger,
  pointer: ArticleRef,
  derivation: Derivation,
  most: number,
): Promise<'restored' | 'full' | undefined> {
  const [row] = await ask<Known>(
    `SELECT ${known} FROM verbatim.articles
      WHERE library = $1 AND number = $2 AND revision = $3 AND removed_at IS NOT NULL`,
    ...[ledger.library, pointer.number, pointer.revision],
  );
  if (row === undefined) return undefined;
  if (ledger.articles >= most) return 'full';
  ledger.articles += 1;
  await storeDerivation(ask, ledger, row.number, derivation);
  return 'restored';
}

/** Nothing where the row has changed since the revision, or was removed: whoever brings it back reads it anew. */
export async function deriveRow(
  ask: Ask,
  ledger: Ledger,
  pointer: Omit<ArticleRef, 'id'>,
  derivation: Derivation,
): Promise<void> {
  const [row] = await ask<Known>(
    `SELECT ${known} FROM verbatim.articles WHERE library = $1 AND number = $2 AND revision = $3 AND removed_at IS NULL`,
    ...[ledger.library, pointer.number, pointer.revision],
  );
  if (row === undefined) return;
  await dropFromIndex(ask, ledger, row);
  await storeDerivation(ask, ledger, row.number, derivation);
}

/** The row is in no index, and is in the library from now on. */
async function storeDerivation(
  ask: Ask,
  ledger: Ledger,
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
  await addToIndex(ask, ledger, { number, id: fromColumn(row.id), day: row.published ?? undefined, indexed });
}

/** All that have the id or one of the keys, removed ones too. */
function rowsLike(ask: Ask, library: string, id: string, { link, text }: Keys): Promise<readonly Known[]> {
  return ask<Known>(
    `SELECT ${known} FROM verbatim.articles WHERE library = $1 AND id = $2
      UNION SELECT ${known} FROM verbatim.articles WHERE library = $1 AND text_key = $3
      UNION SELECT ${known} FROM verbatim.articles WHERE library = $1 AND link_key = $4`,
    ...[library, toColumn(id), text, link ?? null],
  );
}

async function deleteRows(ask: Ask, library: string, numbers: readonly number[]): Promise<void> {
  if (numbers.length === 0) return;
  await ask('DELETE FROM verbatim.articles WHERE library = $1 AND number = ANY ($2::bigint[])', library, numbers);
}
