import type { IndexedUnit } from '../../../indexing/index-article.ts';
import { type ArticleText, countDerived } from '../derived.ts';
import { afterPut, type PutEffects } from '../following.ts';
import { codeOf, type Keys } from '../keys.ts';
import { rangeOf } from '../numbers.ts';
import { countArticles, findArticles, findByLink, findByText } from '../sql-store.ts';
import type { ArticleRef, Derivation, NewArticleRow, PutResult } from '../store.ts';
import { checksum, dayOf, encodeArticleText } from '../stored.ts';
import type { SqliteConnection } from './connection.ts';
import { SqliteIndexing } from './indexing.ts';
import { SqliteVectors } from './vectors.ts';

/** A change of one article, as `Store` describes it; a message that any thread can carry out. */
export type Change =
  | {
      readonly kind: 'put';
      readonly row: NewArticleRow;
      readonly limit: number;
      readonly effects: PutEffects | undefined;
    }
  | { readonly kind: 'remove'; readonly id: string; readonly moment: number }
  | { readonly kind: 'restore'; readonly ref: ArticleRef; readonly derivation: Derivation; readonly limit: number }
  | { readonly kind: 'derive'; readonly number: number; readonly revision: number; readonly derivation: Derivation };

/** The result of a change. */
export type Changed =
  | { readonly kind: 'put'; readonly put: PutResult }
  | { readonly kind: 'remove'; readonly wasThere: boolean }
  | { readonly kind: 'restore'; readonly restored: 'restored' | 'full' | undefined }
  | { readonly kind: 'derive' };

/** Splits the article's units off a change. */
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

/** Removing a unit from the full-text index without a trace costs as much as adding this many. */
const costOfDropping = 40;

/** Changes the articles of one library and their index. */
export class SqliteChanges {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  /** Carries out a change in one transaction. */
  make(change: Change): Changed {
    return this.#connection.transaction(() => this.#make(change));
  }

  /** Call it within a transaction. */
  put(row: NewArticleRow, limit: number): PutResult {
    const same = this.#connection.runScript(findByText(row.keys));
    if (same !== undefined) return { kind: 'same', ref: same };
    const former = this.#formerOf(row);
    if (former === undefined && this.#connection.runScript(countArticles()) >= limit) return { kind: 'full' };
    if (former !== undefined) this.#drop(former.number);
    const id = former?.id ?? row.text.id;
    this.#deleteLike(id, row.keys);
    const revision = this.#nextRevision(former === undefined ? 1 : 0);
    const text = { ...row.text, id, updated: row.text.updated || former !== undefined };
    const number = this.#insert(text, row.keys, former?.number, revision);
    this.#derive(number, revision, row);
    return { kind: former === undefined ? 'added' : 'updated', ref: { id, number, revision } };
  }

  /** Stores an article's vectors in one transaction, unless it has changed. */
  saveVectors({ number, revision }: ArticleRef, model: string, vectors: Int8Array): void {
    this.#connection.transaction(() => {
      const sql = 'SELECT 1 FROM articles WHERE number = ? AND revision = ? AND removed_at IS NULL';
      if (this.#connection.get(sql, number, revision) === undefined) return;
      new SqliteVectors(this.#connection).save(number, model, vectors);
    });
  }

  /** The cost of a change, in added units. */
  costOf(change: Change): number {
    if (change.kind === 'put')
      return change.row.indexed.units.length + this.#costOfDropping(this.#formerOf(change.row)?.number);
    if (change.kind === 'remove') return this.#costOfDropping(this.#find(change.id)?.number);
    const added = change.derivation.indexed.units.length;
    return change.kind === 'restore' ? added : added + this.#costOfDropping(change.number);
  }

  #make(change: Change): Changed {
    switch (change.kind) {
      case 'put':
        return { kind: 'put', put: this.#putWith(change.row, change.limit, change.effects) };
      case 'remove':
        return { kind: 'remove', wasThere: this.#remove(change.id, change.moment) };
      case 'restore':
        return { kind: 'restore', restored: this.#restore(change.ref, change.derivation, change.limit) };
      case 'derive':
        this.#deriveAnew(change.number, change.revision, change.derivation);
        return { kind: 'derive' };
    }
  }

  #putWith(row: NewArticleRow, limit: number, effects: PutEffects | undefined): PutResult {
    const put = this.put(row, limit);
    this.#connection.runScript(afterPut(put, effects));
    return put;
  }

  #remove(id: string, moment: number): boolean {
    const article = this.#find(id);
    if (article === undefined) return false;
    this.#drop(article.number);
    const sql = 'UPDATE articles SET removed_at = ?, revision = ? WHERE number = ?';
    this.#connection.run(sql, moment, this.#nextRevision(-1), article.number);
    return true;
  }

  #restore({ number, revision }: ArticleRef, derivation: Derivation, limit: number): 'restored' | 'full' | undefined {
    const sql = 'SELECT 1 FROM articles WHERE number = ? AND revision = ? AND removed_at IS NOT NULL';
    if (this.#connection.get(sql, number, revision) === undefined) return undefined;
    if (this.#connection.runScript(countArticles()) >= limit) return 'full';
    this.#connection.run('UPDATE articles SET removed_at = NULL WHERE number = ?', number);
    this.#derive(number, this.#nextRevision(1), derivation);
    return 'restored';
  }

  #deriveAnew(number: number, revision: number, derivation: Derivation): void {
    const sql = 'SELECT removed_at FROM articles WHERE number = ? AND revision = ?';
    const row = this.#connection.get(sql, number, revision);
    if (row === undefined) return;
    if (row.removed_at === null) new SqliteIndexing(this.#connection).drop(number);
    this.#derive(number, this.#nextRevision(0), derivation);
  }

  /** Deletes the article with this id and those with one of these keys, removed ones included. */
  #deleteLike(id: string, { link, text }: Keys): void {
    const sql = 'DELETE FROM articles WHERE id = ? OR link_key = ? OR text_key = ?';
    this.#connection.run(sql, JSON.stringify(id), link ?? null, text);
  }

  /** Returns the article's number, a new one if `number` is undefined. */
  #insert(text: ArticleText, keys: Keys, number: number | undefined, revision: number): number {
    const { id, updated, masthead, text: words, checksum: sum } = encodeArticleText(text);
    const inserted = this.#connection.run(
      `INSERT INTO articles (number, id, code, link_key, text_key, updated, revision, published,
        attribution_version, index_version, paragraphs, attributions, speakers) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0)`,
      ...[number ?? null, JSON.stringify(id), codeOf(id), keys.link ?? null, keys.text],
      ...[Number(updated), revision, dayOf(text.published) ?? null],
    );
    const sql = 'INSERT INTO texts (number, masthead, masthead_checksum, text, checksum) VALUES (?, ?, ?, ?, ?)';
    this.#connection.run(sql, inserted, masthead, checksum(masthead), words, sum);
    return inserted;
  }

  /** Stores what is derived from an article that isn't in the index, and indexes it. */
  #derive(number: number, revision: number, { derived, indexed, madeBy }: Derivation): void {
    const { paragraphs, attributions, speakers } = countDerived(derived);
    const sql = 'INSERT OR REPLACE INTO derived (number, derived, derived_checksum) VALUES (?, ?, ?)';
    this.#connection.run(sql, number, derived, checksum(derived));
    this.#connection.run(
      `UPDATE articles SET encoded_by = CASE WHEN paragraphs = ?1 THEN encoded_by ELSE '' END, paragraphs = ?1,
        attributions = ?2, speakers = ?3, revision = ?4, attribution_version = ?5, index_version = ?6 WHERE number = ?7`,
      ...[paragraphs, attributions, speakers, revision, madeBy.attribution, madeBy.index, number],
    );
    new SqliteIndexing(this.#connection).add(number, indexed);
    new SqliteVectors(this.#connection).settle(number);
  }

  /** Takes an article out of what searches read. */
  #drop(number: number): void {
    new SqliteIndexing(this.#connection).drop(number);
    new SqliteVectors(this.#connection).drop(number);
  }

  /** Returns a revision that was never used, and counts `more` articles. */
  #nextRevision(more: number): number {
    const sql = 'UPDATE totals SET revision = revision + 1, articles = articles + ? RETURNING revision';
    return Number(this.#connection.get(sql, more)?.revision);
  }

  #find(id: string): ArticleRef | undefined {
    return this.#connection.runScript(findArticles({ by: 'id', values: [id] }))[0];
  }

  /** The article that this one replaces. */
  #formerOf({ keys, text }: NewArticleRow): ArticleRef | undefined {
    return this.#connection.runScript(findByLink(keys)) ?? this.#find(text.id);
  }

  #costOfDropping(article: number | undefined): number {
    if (article === undefined) return 0;
    const sql = 'SELECT count(*) AS units FROM units WHERE number BETWEEN ? AND ?';
    return costOfDropping * Number(this.#connection.get(sql, ...rangeOf(article))?.units);
  }
}
