import { MODEL_ID } from '../../answering/networks/model.ts';
import type { Dispute } from '../../attribution/attribution.ts';
import { countArticles, findArticleRefs, findByLink, findByText } from './articles.ts';
import { decodeText, toOptionalText } from './columns.ts';
import { countDisputesBy, replaceDisputes } from './dispute-rows.ts';
import { afterPut, type PutEffects } from './following/following.ts';
import { insertNewPost, type NewPost } from './following/outbox.ts';
import { addToIndex, dropFromIndex, outletKeyOf } from './indexing.ts';
import { codeOf } from './keys.ts';
import { rangeOf } from './numbers.ts';
import * as postgresVectors from './postgres/vectors.ts';
import { all, byDatabase, first, insert, long, place, type Row, type Script } from './script.ts';
import * as sqliteVectors from './sqlite/vectors.ts';
import type { ArticleRef, Derivation, NewArticleRow, PutResult } from './store.ts';
import { checksum, dayOf, encodeArticleText } from './stored.ts';
import { takeNumbers } from './terms.ts';
import { toVectors } from './vectors.ts';

/** Removing a unit from SQLite's full-text index without a trace costs as much as adding this many. */
const COST_OF_DROPPING = 40;
/** In added units, about 30 ms of work on SQLite: more would block the event loop for too long. */
const MAX_COST = 300;

/** Replaces an article's signs; `vectors` are empty if scans are to leave it out. */
const setSigns = byDatabase({ sqlite: sqliteVectors.setSigns, postgres: postgresVectors.setSigns });

/**
 * Adds an article, unless its text is in the library (`same`) or the library has `limit` articles (`full`). If its link
 * or id is in the library, the article replaces that one, keeping its id and number (`updated`, and `text.updated` is
 * stored as true). A removed article with its id or keys is deleted for good. The item's mark is stored unless the
 * library is full; posts only with a new article.
 */
export const putArticle = long(
  'putArticle',
  function* (row: NewArticleRow, limit: number, effects?: PutEffects): Script<PutResult> {
    const put = yield* putRow(row, limit);
    yield* afterPut(put, effects);
    return put;
  },
  function* (row: NewArticleRow): Script<boolean> {
    return yield* isCostly(row.indexed.units.length, yield* findFormer(row));
  },
);

/** Removes an article from the library and its index, not its text. Returns false if it wasn't there. */
export const removeArticle = long(
  'removeArticle',
  function* (id: string, moment: number): Script<boolean> {
    const article = yield* findById(id);
    if (article === undefined) return false;
    yield* hide(article.number);
    const sql = 'UPDATE {articles} SET removed_at = ?1, revision = ?2 WHERE {here} AND number = ?3';
    yield* all(sql, moment, yield* nextRevision(-1), article.number);
    return true;
  },
  function* (id: string): Script<boolean> {
    return yield* isCostly(0, yield* findById(id));
  },
);

/** Restores a removed article. Returns `undefined` if it has changed since. */
export const restoreArticle = long(
  'restoreArticle',
  function* (ref: ArticleRef, derivation: Derivation, limit: number): Script<'restored' | 'full' | undefined> {
    const row = yield* findUnchanged(ref, 'IS NOT NULL');
    if (row === undefined) return undefined;
    if ((yield* countArticles()) >= limit) return 'full';
    yield* all('UPDATE {articles} SET removed_at = NULL WHERE {here} AND number = ?1', ref.number);
    yield* replaceDerivation({ ...ref, revision: yield* nextRevision(1) }, row, derivation);
    return 'restored';
  },
  (_ref: ArticleRef, { indexed }: Derivation) => isCostly(indexed.units.length, undefined),
);

/** An article's new disputes, and what is stored with them. */
export interface DisputeChange {
  readonly disputes: readonly Dispute[];
  /** Who disputes something, and how much they may since then. */
  readonly reporter?: { readonly id: string; readonly since: number; readonly most: number } | undefined;
  readonly post?: (NewPost & { readonly since: number }) | undefined;
}

/**
 * Stores what was derived again, and perhaps the article's disputes. Stores nothing if the article has changed since its
 * revision or was removed (`changed`), or if somebody disputes too much (`too many`).
 */
export const updateDerived = long(
  'updateDerived',
  function* (
    ref: Pick<ArticleRef, 'number' | 'revision'>,
    derivation: Derivation,
    change?: DisputeChange,
  ): Script<'stored' | 'changed' | 'too many'> {
    const row = yield* findUnchanged(ref, 'IS NULL');
    if (row === undefined) return 'changed';
    if (change !== undefined) {
      const { disputes, reporter, post } = change;
      if (reporter !== undefined && (yield* countDisputesBy(reporter.id, reporter.since)) >= reporter.most) {
        return 'too many';
      }
      yield* replaceDisputes(decodeText(row.id), disputes);
      if (post !== undefined) yield* insertNewPost(post, post.since);
    }
    yield* dropFromIndex(ref.number);
    yield* replaceDerivation({ ...ref, revision: yield* nextRevision(0) }, row, derivation);
    return 'stored';
  },
  (ref: Pick<ArticleRef, 'number' | 'revision'>, { indexed }: Derivation, _change?: DisputeChange) =>
    isCostly(indexed.units.length, ref),
);

/**
 * Stores the vectors of an article's paragraphs, or of the first ones, unless it has changed since. They are deleted with
 * its text, and kept when it is derived again if the number of paragraphs stays the same.
 */
export function* saveVectors(ref: ArticleRef, model: string, vectors: Int8Array): Script<void> {
  if ((yield* findUnchanged(ref, 'IS NULL')) === undefined) return;
  const bytes = Buffer.from(vectors.buffer, vectors.byteOffset, vectors.byteLength);
  if ((yield* place()).database === 'sqlite') {
    yield* all('UPDATE articles SET encoded_by = ?1 WHERE number = ?2', model, ref.number);
    yield* all('INSERT OR REPLACE INTO vectors (number, vectors) VALUES (?1, ?2)', ref.number, bytes);
  } else {
    const sql = 'UPDATE {articles} SET encoded_by = ?1, vectors = ?2 WHERE {here} AND number = ?3';
    yield* all(sql, model, bytes, ref.number);
  }
  yield* setSigns(ref.number, vectors);
}

function* putRow(row: NewArticleRow, limit: number): Script<PutResult> {
  const same = yield* findByText(row.keys);
  if (same !== undefined) return { kind: 'same', ref: same };
  const former = yield* findFormer(row);
  if (former === undefined && (yield* countArticles()) >= limit) return { kind: 'full' };
  if (former !== undefined) yield* hide(former.number);
  const id = former?.id ?? row.text.id;
  const { link, text: textKey } = row.keys;
  yield* all(
    `DELETE FROM {articles} WHERE {here} AND number IN (SELECT number FROM {articles} WHERE {here} AND id = ?1
      UNION SELECT number FROM {articles} WHERE {here} AND text_key = ?2
      UNION SELECT number FROM {articles} WHERE {here} AND link_key = ?3)`,
    ...[{ json: id }, textKey, link ?? null],
  );
  const revision = yield* nextRevision(former === undefined ? 1 : 0);
  const ref = { id, number: former?.number ?? (yield* takeNumbers('article', 1))[0] ?? 0, revision };
  const text = { ...row.text, id, updated: row.text.updated || former !== undefined };
  yield* insertArticle(ref, { ...row, text });
  yield* addToIndex({ number: ref.number, id, day: dayOf(text.published), indexed: row.indexed });
  if (row.vectors !== undefined) yield* saveVectors(ref, MODEL_ID, row.vectors);
  return { kind: former === undefined ? 'added' : 'updated', ref };
}

/** No other row may have its number, id or keys. */
function* insertArticle({ number, revision }: ArticleRef, { text, keys, ...derivation }: NewArticleRow): Script<void> {
  const { id, updated } = text;
  const { masthead, text: words, checksum: sum } = encodeArticleText(text);
  // A long article blocks the event loop for a while at each of these steps.
  yield [];
  const article = {
    ...{ number, revision, id: { json: id }, code: codeOf(id), link_key: keys.link ?? null, text_key: keys.text },
    ...{
      updated,
      published: dayOf(text.published) ?? null,
      outlet: outletKeyOf(derivation.indexed) ?? null,
      ...derivation.counts,
    },
    ...{ attribution_version: derivation.madeBy.attribution, index_version: derivation.madeBy.index },
  };
  const derived = { derived: derivation.derived, derived_checksum: checksum(derivation.derived) };
  if ((yield* place()).database === 'sqlite') {
    yield* insert('articles', article);
    yield* insert('texts', { number, masthead, masthead_checksum: checksum(masthead), text: words, checksum: sum });
    yield* insert('derived', { number, ...derived });
  } else {
    yield* insert('articles', { ...article, masthead, text: words, checksum: sum, ...derived });
  }
}

/** Stores what is derived from an article that isn't indexed, and indexes it. Keeps its vectors if they still fit. */
function* replaceDerivation(
  { number, revision }: Pick<ArticleRef, 'number' | 'revision'>,
  { id, published }: Row,
  derivation: Derivation,
): Script<void> {
  const { derived, indexed, counts, madeBy } = derivation;
  const { paragraphs, attributions, speakers } = counts;
  const isSqlite = (yield* place()).database === 'sqlite';
  yield* all(
    `UPDATE {articles} SET encoded_by = CASE WHEN paragraphs = ?1 THEN encoded_by ELSE '' END, paragraphs = ?1,
      attributions = ?2, speakers = ?3, revision = ?4, attribution_version = ?5, index_version = ?6, outlet = ?7
      WHERE {here} AND number = ?8`,
    ...[paragraphs, attributions, speakers, revision, madeBy.attribution, madeBy.index],
    ...[outletKeyOf(indexed) ?? null, number],
  );
  if (isSqlite) {
    const sql = 'INSERT OR REPLACE INTO derived (number, derived, derived_checksum) VALUES (?1, ?2, ?3)';
    yield* all(sql, number, derived, checksum(derived));
    const unused = "SELECT number FROM articles WHERE number = ?1 AND encoded_by = ''";
    yield* all(`DELETE FROM vectors WHERE number IN (${unused})`, number);
  } else {
    const sql = `UPDATE {articles} SET derived = ?1, derived_checksum = ?2,
      vectors = CASE WHEN encoded_by <> '' THEN vectors END WHERE {here} AND number = ?3`;
    yield* all(sql, derived, checksum(derived), number);
  }
  yield* addToIndex({ number, id: decodeText(id), day: toOptionalText(published), indexed });
  const row = yield* first('SELECT vectors FROM {articles_with_vectors} WHERE {here} AND number = ?1', number);
  yield* setSigns(number, toVectors(row?.vectors) ?? new Int8Array());
}

/** Takes an article out of what searches read. */
function* hide(number: number): Script<void> {
  yield* dropFromIndex(number);
  yield* setSigns(number, new Int8Array());
}

/** Returns an article's id and day if it has this revision. */
function* findUnchanged(
  { number, revision }: Pick<ArticleRef, 'number' | 'revision'>,
  removed: 'IS NULL' | 'IS NOT NULL',
): Script<Row | undefined> {
  const sql = `SELECT id, published FROM {articles}
    WHERE {here} AND number = ?1 AND revision = ?2 AND removed_at ${removed}`;
  return yield* first(sql, number, revision);
}

/** Returns the article that this one replaces. */
function* findFormer({ keys, text }: NewArticleRow): Script<ArticleRef | undefined> {
  return (yield* findByLink(keys)) ?? (yield* findById(text.id));
}

function* findById(id: string): Script<ArticleRef | undefined> {
  return (yield* findArticleRefs({ by: 'id', values: [id] }))[0];
}

/** Returns a revision that was never used, and counts `more` articles. */
function* nextRevision(more: number): Script<number> {
  const sql = `UPDATE {totals} SET revision = revision + 1, articles = articles + ?1 WHERE {here} RETURNING revision`;
  return Number((yield* first(sql, more))?.revision);
}

/** Returns true if adding these units and removing those of an article would block for long on SQLite. */
function* isCostly(added: number, removed: Pick<ArticleRef, 'number'> | undefined): Script<boolean> {
  if (added > MAX_COST || removed === undefined) return added > MAX_COST;
  const row = yield* first(
    'SELECT count(*) AS units FROM units WHERE number BETWEEN ?1 AND ?2',
    ...rangeOf(removed.number),
  );
  return added + COST_OF_DROPPING * Number(row?.units) > MAX_COST;
}
