import { decodeText, toOptionalNumber, toOptionalText, toText } from './columns.ts';
import type { DraftLimits, StoredDraft } from './drafts.ts';
import { type FollowingStore, followingStore, type PutEffects } from './following.ts';
import type { Keys } from './keys.ts';
import type { Filter, LibraryIndex } from './library-index.ts';
import { decodeSettings, type LibrarySettings } from './library-settings.ts';
import { all, first, type Row, type Script } from './script.ts';
import type {
  ArticleLookup,
  ArticleRef,
  ArticleRow,
  Derivation,
  NewArticleRow,
  PutResult,
  Store,
  Versions,
} from './store.ts';
import type { ArticleSummary } from './stored.ts';
import { checksum, decodeArticleText, decodeSummary } from './stored.ts';
import { type NearParagraph, toVectors } from './vectors.ts';

const refs = 'SELECT id, number, revision FROM {articles} WHERE {here}';
const summaries = `SELECT id, updated, paragraphs, attributions, speakers, masthead, {masthead_checksum}
  FROM {articles_with_metadata} WHERE {here}`;

export function* countArticles(): Script<number> {
  return Number((yield* first('SELECT articles FROM {totals} WHERE {here}'))?.articles ?? 0);
}

export function* findArticles({ by, values }: ArticleLookup): Script<readonly ArticleRef[]> {
  const asked = by === 'id' ? values.map(json => ({ json })) : values;
  return (yield* all(`${refs} AND {${by} in ?1} AND removed_at IS NULL`, asked)).map(toRef);
}

export function* findByText({ text }: Keys): Script<ArticleRef | undefined> {
  return toOptionalRef(yield* first(`${refs} AND text_key = ?1 AND removed_at IS NULL`, text));
}

export function* findByLink({ link }: Keys): Script<ArticleRef | undefined> {
  return toOptionalRef(yield* first(`${refs} AND link_key = ?1 AND removed_at IS NULL`, link ?? null));
}

function* findRemoved(id: string, since: number): Script<ArticleRef | undefined> {
  return toOptionalRef(yield* first(`${refs} AND id = ?1 AND removed_at > ?2`, { json: id }, since));
}

function* readRows(numbers: readonly number[]): Script<readonly (ArticleRow | 'damaged')[]> {
  const sql = `SELECT number, revision, id, link_key, text_key, updated, masthead, text, checksum, removed_at,
    attribution_version, index_version, derived, derived_checksum FROM {articles_with_text} WHERE {here} AND {number in ?1}
    ORDER BY number`;
  return (yield* all(sql, numbers.filter(Number.isSafeInteger))).map(toArticleRow);
}

function* numbersAfter(number: number, limit: number): Script<readonly number[]> {
  const sql =
    'SELECT number FROM {articles} WHERE {here} AND removed_at IS NULL AND number > ?1 ORDER BY number LIMIT ?2';
  return (yield* all(sql, number, limit)).map(toNumber);
}

function* listNewest(from: number, limit: number): Script<readonly ArticleSummary[]> {
  // Only the listed articles' metadata is read, not that of the skipped ones.
  const numbers =
    'SELECT number FROM {articles} WHERE {here} AND removed_at IS NULL ORDER BY number DESC LIMIT ?1 OFFSET ?2';
  return (yield* all(`${summaries} AND number IN (${numbers}) ORDER BY number DESC`, limit, from)).flatMap(toSummary);
}

function* listByIds(ids: readonly string[]): Script<readonly ArticleSummary[]> {
  const sql = `${summaries} AND {id in ?1} AND removed_at IS NULL`;
  const found = (yield* all(
    sql,
    ids.map(json => ({ json })),
  )).flatMap(toSummary);
  const byId = new Map(found.map(each => [each.id, each]));
  return [...new Set(ids)].flatMap(id => byId.get(id) ?? []);
}

/** Usually all versions are the same, and then an index tells so without being read to its end. */
function* staleArticles({ attribution, index }: Versions, after: number, limit: number): Script<readonly number[]> {
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

/** In orders that an index has, so that no article is read to be skipped. */
function* unencodedArticles(model: string, limit: number): Script<readonly ArticleRef[]> {
  const those = `${refs} AND removed_at IS NULL AND encoded_by`;
  const never = yield* all(`${those} = '' ORDER BY number DESC LIMIT ?1`, limit);
  if (never.length > 0) return never.map(toRef);
  const less = yield* all(`${those} < ?2 ORDER BY encoded_by DESC, number DESC LIMIT ?1`, limit, model);
  if (less.length > 0) return less.map(toRef);
  return (yield* all(`${those} > ?2 ORDER BY encoded_by, number LIMIT ?1`, limit, model)).map(toRef);
}

function* countUnencoded(model: string): Script<number> {
  const [less, greater] = ['<', '>'].map(
    than => `(SELECT count(*) FROM {articles} WHERE {here} AND removed_at IS NULL AND encoded_by ${than} ?1)`,
  );
  return Number((yield* first(`SELECT ${less} + ${greater} AS articles`, model))?.articles ?? 0);
}

function* readVectors(ids: readonly string[], model: string): Script<ReadonlyMap<string, Int8Array>> {
  const sql = `SELECT id, vectors FROM {articles_with_vectors} WHERE {here} AND {id in ?1} AND removed_at IS NULL
    AND encoded_by = ?2`;
  const rows = yield* all(
    sql,
    ids.map(json => ({ json })),
    model,
  );
  return new Map(rows.map(({ id, vectors }) => [decodeText(id), toVectors(vectors) ?? new Int8Array()]));
}

function* purgeArticles(before: number): Script<number | undefined> {
  yield* all('DELETE FROM {articles} WHERE {here} AND removed_at <= ?1', before);
  const sql = 'SELECT min(removed_at) AS first FROM {articles} WHERE {here} AND removed_at IS NOT NULL';
  return toOptionalNumber((yield* first(sql))?.first ?? null);
}

/** The new draft counts first, even if the clock went backwards. */
const surplusDrafts = `SELECT id FROM (
    SELECT id, until,
      row_number() OVER (ORDER BY id = ?1 DESC, until DESC, id) AS nth,
      row_number() OVER (PARTITION BY asker ORDER BY id = ?1 DESC, until DESC, id) AS nth_of_asker,
      sum(octet_length(body)) OVER (ORDER BY id = ?1 DESC, until DESC, id) AS bytes
    FROM {drafts} WHERE {here}) AS counted
  WHERE nth > 1 AND (until <= ?2 OR nth_of_asker > ?3 OR bytes > ?4)`;

function* saveDraft(draft: StoredDraft, former: string | undefined, limits: DraftLimits): Script<boolean> {
  if (former !== undefined && !(yield* deleteDraft(former))) return false;
  const { id, asker, until, checksum, body } = draft;
  yield* all(
    'INSERT INTO {drafts} ({library_column} id, asker, until, checksum, body) VALUES ({library_value} ?1, ?2, ?3, ?4, ?5)',
    ...[id, asker, until, checksum, body],
  );
  const { now, perPerson, bytes } = limits;
  yield* all(`DELETE FROM {drafts} WHERE {here} AND id IN (${surplusDrafts})`, id, now, perPerson, bytes);
  return true;
}

/** An id from a button may be anything, but PostgreSQL's text can't hold everything. */
const draftId = /^[\w\-]+$/v;

function* findDraft(id: string): Script<StoredDraft | undefined> {
  if (!draftId.test(id)) return undefined;
  const row = yield* first('SELECT * FROM {drafts} WHERE {here} AND id = ?1', id);
  if (row === undefined) return undefined;
  const texts = { id: toText(row.id), asker: toText(row.asker), body: toText(row.body) };
  return { ...texts, until: Number(row.until), checksum: toText(row.checksum) };
}

function* deleteDraft(id: string): Script<boolean> {
  if (!draftId.test(id)) return false;
  return (yield* first('DELETE FROM {drafts} WHERE {here} AND id = ?1 RETURNING id', id)) !== undefined;
}

function* purgeDrafts(now: number): Script<number | undefined> {
  yield* all('DELETE FROM {drafts} WHERE {here} AND until <= ?1', now);
  return toOptionalNumber((yield* first('SELECT min(until) AS first FROM {drafts} WHERE {here}'))?.first ?? null);
}

function* readSettings(): Script<LibrarySettings> {
  return decodeSettings(yield* first('SELECT privacy, language, accent FROM {choices} WHERE {here}'));
}

function* changeSettings(changes: Partial<LibrarySettings>): Script<LibrarySettings> {
  const settings = { ...(yield* readSettings()), ...changes };
  yield* all('DELETE FROM {choices} WHERE {here}');
  const sql = 'INSERT INTO {choices} ({library_column} privacy, language, accent) VALUES ({library_value} ?1, ?2, ?3)';
  yield* all(sql, settings.privacy, settings.language, settings.accent ?? null);
  return settings;
}

/** What a store does with the same SQL on both databases. */
export abstract class SqlStore implements Store {
  abstract readonly index: LibraryIndex;
  abstract readonly isExclusive: boolean;
  readonly following: FollowingStore = followingStore(
    script => this.read(script),
    script => this.write(script),
  );

  count = () => this.read(countArticles());
  find = (lookup: ArticleLookup) => this.read(findArticles(lookup));
  rows = (numbers: readonly number[]) => this.read(readRows(numbers));
  numbersAfter = (number: number, limit: number) => this.read(numbersAfter(number, limit));
  listNewest = (from: number, limit: number) => this.read(listNewest(from, limit));
  listByIds = (ids: readonly string[]) => this.read(listByIds(ids));
  findByText = (keys: Keys) => this.read(findByText(keys));
  findByLink = (keys: Keys) => this.read(findByLink(keys));
  findRemoved = (id: string, since: number) => this.read(findRemoved(id, since));
  stale = (versions: Versions, after: number, limit: number) => this.read(staleArticles(versions, after, limit));
  unencoded = (model: string, limit: number) => this.read(unencodedArticles(model, limit));
  countUnencoded = (model: string) => this.read(countUnencoded(model));
  vectorsOf = (ids: readonly string[], model: string) => this.read(readVectors(ids, model));
  purge = (before: number) => this.erase(purgeArticles(before));
  saveDraft = (draft: StoredDraft, former: string | undefined, limits: DraftLimits) =>
    this.write(saveDraft(draft, former, limits));
  findDraft = (id: string) => this.read(findDraft(id));
  deleteDraft = (id: string) => this.write(deleteDraft(id));
  purgeDrafts = (now: number) => this.erase(purgeDrafts(now));
  settings = () => this.read(readSettings());
  changeSettings = (changes: Partial<LibrarySettings>) => this.write(changeSettings(changes));

  abstract put(row: NewArticleRow, limit: number, effects?: PutEffects): Promise<PutResult>;
  abstract remove(id: string, moment: number): Promise<boolean>;
  abstract restore(ref: ArticleRef, derivation: Derivation, limit: number): Promise<'restored' | 'full' | undefined>;
  abstract updateDerived(number: number, revision: number, derivation: Derivation): Promise<void>;
  abstract saveVectors(ref: ArticleRef, model: string, vectors: Int8Array): Promise<void>;
  abstract nearest(
    model: string,
    question: Int8Array,
    count: number,
    filter: Filter,
  ): Promise<readonly NearParagraph[]>;
  abstract close(): Promise<void>;

  /** Runs a script that changes nothing. */
  protected abstract read<Result>(script: Script<Result>): Promise<Result>;
  /** Runs a script in one transaction, after those of other writers. */
  protected abstract write<Result>(script: Script<Result>): Promise<Result>;
  /** Like `write`, and leaves no trace of what was deleted. */
  protected abstract erase<Result>(script: Script<Result>): Promise<Result>;
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

/** Nothing if the metadata is damaged. PostgreSQL has no checksum of the metadata alone. */
function toSummary({
  id,
  updated,
  masthead,
  masthead_checksum,
  paragraphs,
  attributions,
  speakers,
}: Row): ArticleSummary[] {
  const stored = { id: decodeText(id), updated: Boolean(updated), masthead: toText(masthead) };
  if (masthead_checksum !== null && checksum(stored.masthead) !== masthead_checksum) return [];
  const counts = {
    paragraphs: Number(paragraphs),
    attributions: Number(attributions),
    speakers: Number(speakers),
  };
  return [decodeSummary(stored, counts)];
}

function toArticleRow(row: Row): ArticleRow | 'damaged' {
  const text = decodeArticleText({
    id: decodeText(row.id),
    updated: Boolean(row.updated),
    masthead: toText(row.masthead),
    text: toText(row.text),
    checksum: toText(row.checksum),
  });
  if (text === 'damaged') return 'damaged';
  const isIntact = typeof row.derived === 'string' && checksum(row.derived) === row.derived_checksum;
  return {
    number: Number(row.number),
    revision: Number(row.revision),
    text,
    keys: { link: toOptionalText(row.link_key), text: toText(row.text_key) },
    removedAt: toOptionalNumber(row.removed_at),
    derived: isIntact ? toText(row.derived) : undefined,
    madeBy: { attribution: Number(row.attribution_version), index: Number(row.index_version) },
  };
}
