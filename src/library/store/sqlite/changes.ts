import type { IndexedUnit } from '../../../indexing/index-article.ts';
import { countDerived } from '../derived.ts';
import { codeOf } from '../keys.ts';
import { rangeOf } from '../numbers.ts';
import type { ArticleRef, Derivation, NewArticleRow, PutResult } from '../store.ts';
import type { SqliteConnection } from './connection.ts';
import { SqliteIndexing } from './indexing.ts';
import { SqliteRows } from './rows.ts';

/** What may be done to an article of a library, as `Store` says; a message that any thread can do. */
export type Change =
  | { readonly kind: 'put'; readonly row: NewArticleRow; readonly most: number }
  | { readonly kind: 'remove'; readonly id: string; readonly moment: number }
  | { readonly kind: 'restore'; readonly pointer: ArticleRef; readonly derivation: Derivation; readonly most: number }
  | { readonly kind: 'derive'; readonly number: number; readonly revision: number; readonly derivation: Derivation };

/** What came of it. */
export type Changed =
  | { readonly kind: 'put'; readonly put: PutResult }
  | { readonly kind: 'remove'; readonly wasThere: boolean }
  | { readonly kind: 'restore'; readonly restored: 'restored' | 'full' | undefined }
  | { readonly kind: 'derive' };

/** A change without its article's units, and these. */
export function takeUnits(change: Change): { readonly units: readonly IndexedUnit[]; readonly rest: Change } {
  if (change.kind === 'remove') return { units: [], rest: change };
  const { units } = change.kind === 'put' ? change.row.indexed : change.derivation.indexed;
  return { units, rest: withUnits(change, []) };
}

export function withUnits(change: Change, units: readonly IndexedUnit[]): Change {
  if (change.kind === 'remove') return change;
  const add = <Some extends Derivation>(some: Some): Some => ({ ...some, indexed: { ...some.indexed, units } });
  return change.kind === 'put'
    ? { ...change, row: add(change.row) }
    : { ...change, derivation: add(change.derivation) };
}

/** In units that are added: taking one out of the full-text index, where nothing of it may be left, costs as much as adding so many. */
const costOfDropping = 40;

/** Changes one library's articles and their index. Each method is to be within one transaction. */
export class SqliteChanges {
  readonly #connection: SqliteConnection;
  readonly #rows: SqliteRows;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
    this.#rows = new SqliteRows(connection);
  }

  /** One transaction: all of it or nothing. */
  make(change: Change): Changed {
    return this.#connection.transaction(() => this.#make(change));
  }

  put(row: NewArticleRow, most: number): PutResult {
    const same = this.#rows.same(row.keys);
    if (same !== undefined) return { kind: 'same', pointer: same };
    const former = this.#formerOf(row);
    if (former === undefined && this.#rows.count() >= most) return { kind: 'full' };
    if (former !== undefined) new SqliteIndexing(this.#connection).drop(former.number);
    const id = former?.id ?? row.text.id;
    this.#rows.drop(id, row.keys);
    const revision = this.#revise(former === undefined ? 1 : 0);
    const text = { ...row.text, id, updated: row.text.updated || former !== undefined };
    const number = this.#rows.insert(text, row.keys, codeOf(id), former?.number, revision);
    this.#derive(number, revision, row);
    return { kind: former === undefined ? 'added' : 'updated', pointer: { id, number, revision } };
  }

  /** How much work a change is, in units that are added. */
  effortOf(change: Change): number {
    if (change.kind === 'put')
      return change.row.indexed.units.length + this.#effortOfDropping(this.#formerOf(change.row)?.number);
    if (change.kind === 'remove') return this.#effortOfDropping(this.#find(change.id)?.number);
    const added = change.derivation.indexed.units.length;
    return change.kind === 'restore' ? added : added + this.#effortOfDropping(change.number);
  }

  #make(change: Change): Changed {
    switch (change.kind) {
      case 'put':
        return { kind: 'put', put: this.put(change.row, change.most) };
      case 'remove':
        return { kind: 'remove', wasThere: this.#remove(change.id, change.moment) };
      case 'restore':
        return { kind: 'restore', restored: this.#restore(change.pointer, change.derivation, change.most) };
      case 'derive':
        this.#deriveAnew(change.number, change.revision, change.derivation);
        return { kind: 'derive' };
    }
  }

  #remove(id: string, moment: number): boolean {
    const pointer = this.#find(id);
    if (pointer === undefined) return false;
    new SqliteIndexing(this.#connection).drop(pointer.number);
    const sql = 'UPDATE articles SET removed_at = ?, revision = ? WHERE number = ?';
    this.#connection.run(sql, moment, this.#revise(-1), pointer.number);
    return true;
  }

  #restore({ number, revision }: ArticleRef, derivation: Derivation, most: number): 'restored' | 'full' | undefined {
    const sql = 'SELECT 1 FROM articles WHERE number = ? AND revision = ? AND removed_at IS NOT NULL';
    if (this.#connection.get(sql, number, revision) === undefined) return undefined;
    if (this.#rows.count() >= most) return 'full';
    this.#connection.run('UPDATE articles SET removed_at = NULL WHERE number = ?', number);
    this.#derive(number, this.#revise(1), derivation);
    return 'restored';
  }

  #deriveAnew(number: number, revision: number, derivation: Derivation): void {
    const sql = 'SELECT removed_at FROM articles WHERE number = ? AND revision = ?';
    const row = this.#connection.get(sql, number, revision);
    if (row === undefined) return;
    if (row.removed_at === null) new SqliteIndexing(this.#connection).drop(number);
    this.#derive(number, this.#revise(0), derivation);
  }

  /** What is derived from a row that is in no index, and its index where it is in the library. */
  #derive(number: number, revision: number, { derived, indexed, madeBy }: Derivation): void {
    this.#rows.setDerived(number, derived, countDerived(derived), madeBy, revision);
    new SqliteIndexing(this.#connection).add(number, indexed);
  }

  /** A revision that was never there; the library holds so many more articles. */
  #revise(more: number): number {
    const sql = 'UPDATE totals SET revision = revision + 1, articles = articles + ? RETURNING revision';
    return Number(this.#connection.get(sql, more)?.revision);
  }

  #find(id: string): ArticleRef | undefined {
    return this.#rows.find({ by: 'id', values: [id] })[0];
  }

  /** Whose place an article takes. */
  #formerOf({ keys, text }: NewArticleRow): ArticleRef | undefined {
    return this.#rows.findLink(keys) ?? this.#find(text.id);
  }

  #effortOfDropping(article: number | undefined): number {
    if (article === undefined) return 0;
    const sql = 'SELECT count(*) AS units FROM units WHERE number BETWEEN ? AND ?';
    return costOfDropping * Number(this.#connection.get(sql, ...rangeOf(article))?.units);
  }
}
