import { metadataOf } from '../../news/article.ts';
import { decodeText, encodeText, toOptionalNumber, toOptionalText, toText } from './columns.ts';
import { type DisputeRow, purgeDisputes, readDisputes } from './dispute-rows.ts';
import type { Keys } from './keys.ts';
import { all, first, jsonTexts, type Row, type Script } from './script.ts';
import type { ArticleLookup, ArticleRef, ArticleRow, Versions } from './store.ts';
import { type ArticleSummary, checksum, isIntact } from './stored.ts';
import { toVectors } from './vectors.ts';

const REFS = 'SELECT id, number, revision FROM {articles} WHERE {here}';
const SUMMARIES = `SELECT id, updated, paragraphs, attributions, speakers, masthead, {masthead_checksum}
  FROM {articles_with_metadata} WHERE {here}`;

/** Returns the number of articles, not counting removed ones. */
export function* countArticles(): Script<number> {
  return Number((yield* first('SELECT articles FROM {totals} WHERE {here}'))?.articles ?? 0);
}

/** Returns how many articles were in the library and are no longer. */
export function* countRemoved(): Script<number> {
  return Number((yield* first('SELECT article - articles AS removed FROM {totals} WHERE {here}'))?.removed ?? 0);
}

/** Returns the articles that are in the library, in any order. */
export function* findArticleRefs({ by, values }: ArticleLookup): Script<readonly ArticleRef[]> {
  const asked = by === 'id' ? jsonTexts(values) : values.map(encodeText);
  return (yield* all(`${REFS} AND {${by} in ?1} AND removed_at IS NULL`, asked)).map(toRef);
}

/** Returns the article in the library with the same text. */
export function* findByText({ text }: Keys): Script<ArticleRef | undefined> {
  return toOptionalRef(yield* first(`${REFS} AND text_key = ?1 AND removed_at IS NULL`, text));
}

/** Returns the article in the library with the same link. */
export function* findByLink({ link }: Keys): Script<ArticleRef | undefined> {
  return toOptionalRef(yield* first(`${REFS} AND link_key = ?1 AND removed_at IS NULL`, link ?? null));
}

/** Returns the removed article with this id if it was removed after `since`. */
export function* findRemoved(id: string, since: number): Script<ArticleRef | undefined> {
  return toOptionalRef(yield* first(`${REFS} AND id = ?1 AND removed_at > ?2`, { json: id }, since));
}

/** Returns the rows by number, including removed ones; `damaged` for a row whose text fails its checksum. */
export function* readArticleRows(numbers: readonly number[]): Script<readonly (ArticleRow | 'damaged')[]> {
  const sql = `SELECT number, revision, id, link_key, text_key, updated, masthead, text, checksum, removed_at,
    attribution_version, index_version, derived, derived_checksum FROM {articles_with_text} WHERE {here} AND {number in ?1}
    ORDER BY number`;
  const rows = yield* all(sql, numbers.filter(Number.isSafeInteger));
  const disputes = Map.groupBy(yield* readDisputes(rows.map(({ id }) => decodeText(id))), ({ article }) => article);
  return rows.map(row => toArticleRow(row, disputes.get(decodeText(row.id)) ?? []));
}

/** Returns the numbers of the next articles in the library, oldest first. */
export function* readNumbersAfter(number: number, limit: number): Script<readonly number[]> {
  const sql =
    'SELECT number FROM {articles} WHERE {here} AND removed_at IS NULL AND number > ?1 ORDER BY number LIMIT ?2';
  return (yield* all(sql, number, limit)).map(toNumber);
}

/** Returns the articles in the library, newest first. */
export function* listNewest(from: number, limit: number): Script<readonly ArticleSummary[]> {
  // Only the listed articles' metadata is read, not that of the skipped ones.
  const numbers =
    'SELECT number FROM {articles} WHERE {here} AND removed_at IS NULL ORDER BY number DESC LIMIT ?1 OFFSET ?2';
  return (yield* all(`${SUMMARIES} AND number IN (${numbers}) ORDER BY number DESC`, limit, from)).flatMap(toSummary);
}

/** Returns the articles in the library with these ids, each once, in any order. */
export function* listByIds(ids: readonly string[]): Script<readonly ArticleSummary[]> {
  const sql = `${SUMMARIES} AND {id in ?1} AND removed_at IS NULL`;
  return (yield* all(sql, jsonTexts(ids))).flatMap(toSummary);
}

/**
 * Returns the numbers of the next articles in the library that were derived by other versions. Usually all versions are
 * the same, and an index shows that without being read to its end.
 */
export function* findStale({ attribution, index }: Versions, after: number, limit: number): Script<readonly number[]> {
  const others = [
    'attribution_version < ?1',
    'attribution_version > ?1',
    'attribution_version = ?1 AND index_version < ?2',
    'attribution_version = ?1 AND index_version > ?2',
  ].map(other => `EXISTS (SELECT 1 FROM {articles} WHERE {here} AND removed_at IS NULL AND ${other})`);
  const any = yield* first(`SELECT 1 AS stale WHERE ${others.join(' OR ')}`, attribution, index);
  if (any === undefined) return [];
  const sql = `SELECT number FROM {articles} WHERE {here} AND removed_at IS NULL
    AND (attribution_version <> ?1 OR index_version <> ?2) AND number > ?3 ORDER BY number LIMIT ?4`;
  return (yield* all(sql, attribution, index, after, limit)).map(toNumber);
}

/**
 * Returns articles in the library that have no vectors of this model, newest first; those with other vectors last. Reads
 * them in index order, so that none is read only to be skipped.
 */
export function* findUnencoded(model: string, limit: number): Script<readonly ArticleRef[]> {
  const those = `${REFS} AND removed_at IS NULL AND encoded_by`;
  const found = [...(yield* all(`${those} = '' ORDER BY number DESC LIMIT ?1`, limit))];
  for (const other of [
    `> '' AND encoded_by < ?2 ORDER BY encoded_by DESC, number DESC`,
    '> ?2 ORDER BY encoded_by, number',
  ]) {
    // Even if some were never encoded: they may be those that can't be.
    if (found.length < limit) found.push(...(yield* all(`${those} ${other} LIMIT ?1`, limit - found.length, model)));
  }
  return found.map(toRef);
}

/** Returns the number of articles in the library that have no vectors of this model. */
export function* countUnencoded(model: string): Script<number> {
  const [less, greater] = ['<', '>'].map(
    than => `(SELECT count(*) FROM {articles} WHERE {here} AND removed_at IS NULL AND encoded_by ${than} ?1)`,
  );
  return Number((yield* first(`SELECT ${less} + ${greater} AS articles`, model))?.articles ?? 0);
}

/** Returns vectors by article; the components of an article's paragraphs follow one another. */
export function* readVectors(ids: readonly string[], model: string): Script<ReadonlyMap<string, Int8Array>> {
  const sql = `SELECT id, encoded_by, vectors FROM {articles_with_vectors} WHERE {here} AND {id in ?1}
    AND removed_at IS NULL`;
  // As a condition, SQLite would look through all articles that the model has encoded.
  const rows = (yield* all(sql, jsonTexts(ids))).filter(({ encoded_by }) => encoded_by === model);
  return new Map(rows.map(({ id, vectors }) => [decodeText(id), toVectors(vectors) ?? new Int8Array()]));
}

/** Deletes articles removed up to then. Returns when the next one was removed. */
export function* purgeArticles(before: number): Script<number | undefined> {
  yield* all('DELETE FROM {articles} WHERE {here} AND removed_at <= ?1', before);
  yield* purgeDisputes();
  const sql = 'SELECT min(removed_at) AS first FROM {articles} WHERE {here} AND removed_at IS NOT NULL';
  return toOptionalNumber((yield* first(sql))?.first ?? null);
}

function toNumber({ number }: Row): number {
  return Number(number);
}

function toRef({ id, number, revision }: Row): ArticleRef {
  return { id: decodeText(id), number: Number(number), revision: Number(revision) };
}

function toOptionalRef(row: Row | undefined): ArticleRef | undefined {
  return row && toRef(row);
}

/** Nothing if the metadata is damaged. */
function toSummary({
  id,
  updated,
  masthead,
  masthead_checksum,
  paragraphs,
  attributions,
  speakers,
}: Row): ArticleSummary[] {
  const metadata = toText(masthead);
  if (!isIntact(metadata, masthead_checksum)) return [];
  const counts = {
    paragraphs: Number(paragraphs),
    attributions: Number(attributions),
    speakers: Number(speakers),
  };
  return [{ id: decodeText(id), ...metadataOf(JSON.parse(metadata)), updated: Boolean(updated), ...counts }];
}

function toArticleRow(row: Row, disputes: readonly DisputeRow[]): ArticleRow | 'damaged' {
  const [metadata, words] = [toText(row.masthead), toText(row.text)];
  if (checksum(metadata, words) !== row.checksum) return 'damaged';
  const isReadable = typeof row.derived === 'string' && checksum(row.derived) === row.derived_checksum;
  return {
    number: Number(row.number),
    revision: Number(row.revision),
    text: {
      ...metadataOf(JSON.parse(metadata)),
      ...{ id: decodeText(row.id), updated: Boolean(row.updated), text: JSON.parse(words) },
    },
    keys: { link: toOptionalText(row.link_key), text: toText(row.text_key) },
    disputes: disputes.map(({ dispute }) => dispute),
    removedAt: toOptionalNumber(row.removed_at),
    derived: isReadable ? toText(row.derived) : undefined,
    madeBy: { attribution: Number(row.attribution_version), index: Number(row.index_version) },
  };
}
