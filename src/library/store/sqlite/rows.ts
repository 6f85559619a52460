import type { Listed } from '../../library.ts';
import type { ArticleText, DerivedCounts } from '../derived.ts';
import type { Keys } from '../keys.ts';
import type { ArticleLookup, ArticleRef, ArticleRow, Versions } from '../store.ts';
import { checksum, dayOf, readListed, readText, storeText } from '../stored.ts';
import type { SqliteConnection, SqliteRow } from './connection.ts';
import { fromJson, toOptionalNumber, toOptionalText, toText } from './values.ts';

const pointer = 'SELECT id, number, revision FROM articles';
const listedColumns = 'articles.id, updated, paragraphs, attributions, speakers, masthead, masthead_checksum';

/** Articles, their words and what was read out of them; not their index. Statements alone: the caller makes the transactions. */
export class SqliteRows {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  count(): number {
    return Number(this.#connection.get('SELECT articles FROM totals')?.articles ?? 0);
  }

  find({ by, values }: ArticleLookup): ArticleRef[] {
    const asked = by === 'id' ? values.map(id => JSON.stringify(id)) : values;
    const among = `${by} IN (SELECT value FROM json_each(?))`;
    const rows = this.#connection.all(`${pointer} WHERE ${among} AND removed_at IS NULL`, JSON.stringify(asked));
    return rows.map(toPointer);
  }

  /** Those of the library and removed ones, in any order. */
  read(numbers: readonly number[]): (ArticleRow | 'damaged')[] {
    const sql = `SELECT articles.*, masthead, text, checksum, derived, derived_checksum FROM json_each(?) AS asked
      CROSS JOIN articles ON articles.number = asked.value JOIN texts USING (number) LEFT JOIN derived USING (number)`;
    return this.#connection.all(sql, JSON.stringify(numbers)).map(toRow);
  }

  numbersAfter(number: number, most: number): number[] {
    const sql = 'SELECT number FROM articles WHERE removed_at IS NULL AND number > ? ORDER BY number LIMIT ?';
    return this.#connection.all(sql, number, most).map(row => Number(row.number));
  }

  newest(from: number, most: number): Listed[] {
    const numbers = 'SELECT number FROM articles WHERE removed_at IS NULL ORDER BY number DESC LIMIT ? OFFSET ?';
    const sql = `SELECT ${listedColumns} FROM articles JOIN texts USING (number) WHERE number IN (${numbers}) ORDER BY number DESC`;
    return this.#connection.all(sql, most, from).flatMap(toListed);
  }

  listed(ids: readonly string[]): Listed[] {
    const asked = JSON.stringify(ids.map(id => JSON.stringify(id)));
    const sql = `SELECT ${listedColumns} FROM json_each(?) AS asked CROSS JOIN articles ON articles.id = asked.value
      JOIN texts USING (number) WHERE removed_at IS NULL ORDER BY asked.key`;
    const rows = this.#connection.all(sql, asked).flatMap(toListed);
    return [...new Map(rows.map(each => [each.id, each])).values()];
  }

  same({ text }: Keys): ArticleRef | undefined {
    return this.#one(`${pointer} WHERE text_key = ? AND removed_at IS NULL`, text);
  }

  findLink({ link }: Keys): ArticleRef | undefined {
    return this.#one(`${pointer} WHERE link_key = ? AND removed_at IS NULL`, link ?? null);
  }

  findRemoved(id: string, since: number): ArticleRef | undefined {
    return this.#one(`${pointer} WHERE id = ? AND removed_at > ?`, JSON.stringify(id), since);
  }

  /** When the first of the removed articles was removed. */
  firstRemoval(): number | undefined {
    const row = this.#connection.get('SELECT min(removed_at) AS first FROM articles WHERE removed_at IS NOT NULL');
    return toOptionalNumber(row?.first ?? null);
  }

  stale({ attribution, index }: Versions, after: number, most: number): number[] {
    const isOther = 'removed_at IS NULL AND (attribution_version <> ? OR index_version <> ?)';
    if (!this.#isAnyOther(attribution, index)) return [];
    const sql = `SELECT number FROM articles WHERE ${isOther} AND number > ? ORDER BY number LIMIT ?`;
    return this.#connection.all(sql, attribution, index, after, most).map(row => Number(row.number));
  }

  /** Leaves nothing of an article of this id, nor of one of these keys. */
  drop(id: string, { link, text }: Keys): void {
    const sql = 'DELETE FROM articles WHERE id = ? OR link_key = ? OR text_key = ?';
    this.#connection.run(sql, JSON.stringify(id), link ?? null, text);
  }

  /** The number that it has now. */
  insert(text: ArticleText, keys: Keys, code: string, number: number | undefined, revision: number): number {
    const { id, updated, masthead, text: words, checksum: sum } = storeText(text);
    const inserted = this.#connection.run(
      `INSERT INTO articles (number, id, code, link_key, text_key, updated, revision, published,
        attribution_version, index_version, paragraphs, attributions, speakers) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0)`,
      ...[number ?? null, JSON.stringify(id), code, keys.link ?? null, keys.text],
      ...[Number(updated), revision, dayOf(text.published) ?? null],
    );
    const sql = 'INSERT INTO texts (number, masthead, masthead_checksum, text, checksum) VALUES (?, ?, ?, ?, ?)';
    this.#connection.run(sql, inserted, masthead, checksum(masthead), words, sum);
    return inserted;
  }

  setDerived(number: number, derived: string, counts: DerivedCounts, madeBy: Versions, revision: number): void {
    const sql = 'INSERT OR REPLACE INTO derived (number, derived, derived_checksum) VALUES (?, ?, ?)';
    this.#connection.run(sql, number, derived, checksum(derived));
    this.#connection.run(
      `UPDATE articles SET revision = ?, attribution_version = ?, index_version = ?, paragraphs = ?, attributions = ?,
        speakers = ? WHERE number = ?`,
      ...[revision, madeBy.attribution, madeBy.index, counts.paragraphs, counts.attributions, counts.speakers, number],
    );
  }

  /** Looks into the index of versions alone: nearly always all are the same, and it would be read to its end for nothing. */
  #isAnyOther(attribution: number, index: number): boolean {
    const sql = ['attribution_version < ?1', 'attribution_version > ?1'];
    sql.push('attribution_version = ?1 AND index_version < ?2', 'attribution_version = ?1 AND index_version > ?2');
    const anyOf = sql.map(where => `EXISTS (SELECT 1 FROM articles WHERE removed_at IS NULL AND ${where})`);
    return this.#connection.get(`SELECT ${anyOf.join(' OR ')} AS isAny`, attribution, index)?.isAny === 1;
  }

  #one(sql: string, ...values: readonly (string | number | null)[]): ArticleRef | undefined {
    const row = this.#connection.get(sql, ...values);
    return row === undefined ? undefined : toPointer(row);
  }
}

function toPointer({ id, number, revision }: SqliteRow): ArticleRef {
  return { id: fromJson(id), number: Number(number), revision: Number(revision) };
}

function toListed(row: SqliteRow): Listed[] {
  const masthead = toText(row.masthead);
  if (checksum(masthead) !== row.masthead_checksum) return [];
  const counts = {
    paragraphs: Number(row.paragraphs),
    attributions: Number(row.attributions),
    speakers: Number(row.speakers),
  };
  return [readListed({ id: fromJson(row.id), updated: row.updated === 1, masthead }, counts)];
}

function toRow(row: SqliteRow): ArticleRow | 'damaged' {
  const text = readText({
    id: fromJson(row.id),
    updated: row.updated === 1,
    masthead: toText(row.masthead),
    text: toText(row.text),
    checksum: toText(row.checksum),
  });
  if (text === 'damaged') return 'damaged';
  const isWhole = typeof row.derived === 'string' && checksum(row.derived) === row.derived_checksum;
  return {
    number: Number(row.number),
    revision: Number(row.revision),
    text,
    keys: { link: toOptionalText(row.link_key), text: toText(row.text_key) },
    removedAt: toOptionalNumber(row.removed_at),
    derived: isWhole ? toText(row.derived) : undefined,
    madeBy: { attribution: Number(row.attribution_version), index: Number(row.index_version) },
  };
}
