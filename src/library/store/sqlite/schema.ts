import { existsSync, renameSync, statSync } from 'node:fs';
import type { Metadata } from '../../../news/article.ts';
import { message } from '../../../wording/say.ts';
import { toOptionalNumber, toOptionalText, toText } from '../columns.ts';
import { countDerived, type DerivedCounts } from '../derived.ts';
import { damageError, StorageError, withStorageErrors } from '../errors.ts';
import { codeOf } from '../keys.ts';
import { all, first, type Row, type Script } from '../script.ts';
import type { StorageMonitor } from '../store.ts';
import { checksum, dayOf } from '../stored.ts';
import { DISPUTES_TABLE, FIRST_STATEMENTS, SHARED_TABLES, STATEMENTS_TABLE } from '../tables.ts';
import { LAST_COMMON } from '../tokens.ts';
import { eraseFile, HEADER, readHeader, SqliteConnection, sizeOf } from './connection.ts';

/**
 * The tables of one library. Ids, metadata, texts, names and derived data are JSON, since SQLite's text can't hold lone
 * surrogates or NUL. Words have a checksum, because a changed one would be quoted. Long columns have tables of their own,
 * so that lists and searches read fewer pages.
 */
const BASELINE = `
  CREATE TABLE articles (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    code TEXT NOT NULL,
    link_key TEXT UNIQUE,
    text_key TEXT NOT NULL UNIQUE,
    updated INTEGER NOT NULL,
    removed_at INTEGER,
    revision INTEGER NOT NULL,
    attribution_version INTEGER NOT NULL,
    index_version INTEGER NOT NULL,
    paragraphs INTEGER NOT NULL,
    attributions INTEGER NOT NULL,
    speakers INTEGER NOT NULL,
    published TEXT,
    outlet TEXT,
    -- The model that made the article's vectors.
    encoded_by TEXT NOT NULL DEFAULT ''
  ) STRICT;
  CREATE INDEX articles_by_code ON articles (code);
  CREATE INDEX articles_in_library ON articles (number) WHERE removed_at IS NULL;
  CREATE INDEX articles_by_removal ON articles (removed_at) WHERE removed_at IS NOT NULL;
  CREATE INDEX articles_by_version ON articles (attribution_version, index_version) WHERE removed_at IS NULL;
  CREATE INDEX articles_by_day ON articles (published) WHERE published IS NOT NULL;
  CREATE INDEX articles_by_outlet ON articles (outlet) WHERE outlet IS NOT NULL;
  CREATE INDEX articles_by_outlet_and_day ON articles (outlet, published) WHERE outlet IS NOT NULL;
  CREATE INDEX articles_by_encoder ON articles (encoded_by, number) WHERE removed_at IS NULL;
  CREATE TABLE texts (
    number INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    masthead TEXT NOT NULL,
    masthead_checksum TEXT NOT NULL,
    text TEXT NOT NULL,
    checksum TEXT NOT NULL
  ) STRICT;
  CREATE TABLE derived (
    number INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    derived TEXT NOT NULL,
    derived_checksum TEXT NOT NULL
  ) STRICT;
  -- article, term and form are the last numbers given.
  CREATE TABLE totals (
    articles INTEGER NOT NULL,
    units INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    article INTEGER NOT NULL,
    term INTEGER NOT NULL,
    form INTEGER NOT NULL
  ) STRICT;
  INSERT INTO totals VALUES (0, 0, 0, 0, ${LAST_COMMON}, 0);

  CREATE TABLE terms (
    number INTEGER PRIMARY KEY,
    term TEXT NOT NULL UNIQUE,
    bare TEXT,
    length INTEGER NOT NULL,
    reversed TEXT,
    in_text INTEGER NOT NULL,
    in_names INTEGER NOT NULL,
    text_magnitude INTEGER,
    name_magnitude INTEGER
  ) STRICT;
  CREATE INDEX terms_by_bare ON terms (bare) WHERE bare IS NOT NULL;
  CREATE INDEX terms_by_beginning ON terms (length, term);
  CREATE INDEX terms_by_end ON terms (length, reversed);
  CREATE INDEX terms_of_text ON terms (text_magnitude, term) WHERE text_magnitude IS NOT NULL;
  CREATE INDEX terms_of_names ON terms (name_magnitude, term) WHERE name_magnitude IS NOT NULL;
  CREATE TABLE units (
    number INTEGER PRIMARY KEY,
    paragraph INTEGER NOT NULL,
    attribution INTEGER,
    speaker INTEGER,
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    words BLOB NOT NULL
  ) STRICT;
  CREATE INDEX units_of_somebody ON units (number) WHERE attribution IS NOT NULL;
  CREATE INDEX units_by_speaker ON units (speaker) WHERE speaker IS NOT NULL;
  CREATE VIRTUAL TABLE unit_words USING fts5 (words, content = '', columnsize = 0, detail = full, tokenize = 'ascii');
  INSERT INTO unit_words (unit_words, rank) VALUES ('secure-delete', 1);
  CREATE TABLE speakers (
    number INTEGER PRIMARY KEY,
    shown TEXT NOT NULL,
    said INTEGER NOT NULL,
    keys TEXT NOT NULL
  ) STRICT;
  CREATE INDEX speakers_by_said ON speakers (said, number);
  CREATE TABLE keys (
    key TEXT,
    speaker INTEGER,
    said INTEGER NOT NULL,
    published TEXT,
    PRIMARY KEY (key, speaker)
  ) STRICT, WITHOUT ROWID;
  -- What somebody said, by day, so that a page of it reads no more than that.
  CREATE INDEX keys_by_day ON keys (key, published, speaker, said) WHERE said > 0;
  CREATE TABLE forms (
    number INTEGER PRIMARY KEY,
    spelling TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    words TEXT NOT NULL,
    bearers INTEGER NOT NULL,
    said INTEGER NOT NULL
  ) STRICT;
  -- If many spellings match what was typed, those of people quoted most are compared.
  CREATE INDEX forms_by_said ON forms (said);
  CREATE TABLE bearers (
    form INTEGER,
    said INTEGER,
    speaker INTEGER,
    weight REAL NOT NULL,
    PRIMARY KEY (form, said, speaker)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX bearers_by_speaker ON bearers (speaker);
  CREATE TABLE vectors (number INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE, vectors BLOB NOT NULL) STRICT;
  -- A scan for the nearest vectors reads the signs alone.
  CREATE TABLE signs (block INTEGER PRIMARY KEY, signs BLOB NOT NULL) STRICT;

  -- No row means default settings. There is never more than one.
  CREATE TABLE choices (privacy TEXT NOT NULL, language TEXT NOT NULL, accent INTEGER) STRICT;
  ${translateTables(SHARED_TABLES)}
`;

/** Translates tables of PostgreSQL. Those with a body have long rows, which would make an index of the key slow. */
function translateTables(sql: string): string {
  const types = sql.replaceAll('bigint', 'integer').replaceAll('double precision', 'real');
  const single = types.replaceAll(/verbatim\.|library text, |library, | COLLATE "C"/gv, '');
  return single.replaceAll(/(?<table>CREATE TABLE [^;]+);/gv, (table: string) => {
    const options = table.includes(' body text') ? 'STRICT' : 'STRICT, WITHOUT ROWID';
    return `${table.slice(0, -1)} ${options};`;
  });
}

/** The `user_version` of the baseline. That of the files of version 0.1.0 is 1, and that of new files is 0. */
const BASELINE_VERSION = 2;

/** Statements that bring a file from the baseline to the latest version. Never change a released one; add another. */
const MIGRATIONS: readonly string[] = [
  // Filled when the articles are indexed again.
  `ALTER TABLE speakers ADD COLUMN clear INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE speakers ADD COLUMN uncertain INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE people ADD COLUMN clear INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE people ADD COLUMN uncertain INTEGER NOT NULL DEFAULT 0;
  DROP INDEX speakers_by_said;
  DROP INDEX people_by_said;
  CREATE INDEX speakers_by_clear ON speakers (clear, said, number);
  CREATE INDEX people_by_clear ON people (clear, said, key);`,
  'ALTER TABLE choices ADD COLUMN mentions TEXT',
  `${translateTables(DISPUTES_TABLE)} ALTER TABLE choices ADD COLUMN reports TEXT;`,
  `${translateTables(STATEMENTS_TABLE + FIRST_STATEMENTS)}
  UPDATE people SET (said, clear, uncertain) = (SELECT count(*), count(*) FILTER (WHERE certainty = 2),
    count(*) FILTER (WHERE certainty = 1) FROM statements WHERE statements.key = people.key);`,
];

/** The version of files that this code reads and writes. */
export const LATEST_VERSION = BASELINE_VERSION + MIGRATIONS.length;

const NO_COUNTS: DerivedCounts = { paragraphs: 0, attributions: 0, speakers: 0 };

/** Migrates a file in one transaction; `fill` adds the first content to a new one. */
function migrate(connection: SqliteConnection, fill: () => void, migrations: readonly string[]): void {
  const version = versionOf(connection);
  const latest = BASELINE_VERSION + migrations.length;
  // Unreleased versions from before the baseline, which lack this table of it, had the same numbers.
  const hasBaseline = connection.run(first("SELECT 1 FROM sqlite_schema WHERE name = 'keys'")) !== undefined;
  if (version >= BASELINE_VERSION && !hasBaseline) throw new StorageError(message('keeping.unreleased'));
  if (version > latest) throw new StorageError(message('keeping.newer'));
  if (version === latest) return;
  connection.transaction(() => {
    // Another process may have migrated it meanwhile.
    if (versionOf(connection) !== version) return;
    if (version === 0) connection.execute(BASELINE);
    else if (version < BASELINE_VERSION) upgradeFirst(connection);
    for (const statements of migrations.slice(Math.max(0, version - BASELINE_VERSION))) connection.execute(statements);
    if (version === 0) fill();
    connection.execute(`PRAGMA user_version = ${latest}`);
  });
}

function versionOf(connection: SqliteConnection): number {
  return Number(connection.run(first('PRAGMA user_version'))?.user_version);
}

/**
 * Moves the articles of version 0.1.0 into the tables of the baseline. They are indexed once the library is open. Damaged
 * ones are moved as they are.
 */
function upgradeFirst(connection: SqliteConnection): void {
  const rows = connection.run(all('SELECT * FROM articles LEFT JOIN derived USING (number)'));
  connection.execute(`DROP TABLE derived; DROP TABLE articles; ${BASELINE}`);
  for (const row of rows) connection.run(insertFirst(row));
  connection.execute(`UPDATE totals SET (articles, revision, article) = (SELECT count(*) FILTER (WHERE removed_at IS NULL),
    coalesce(max(number), 0), coalesce(max(number), 0) FROM articles)`);
}

function* insertFirst(row: Row): Script<void> {
  const [id, masthead, text, sum] = [toText(row.id), toText(row.masthead), toText(row.text), toText(row.checksum)];
  const [number, derived, derivedSum] = [
    Number(row.number),
    toTextOrNull(row.derived),
    toTextOrNull(row.derived_checksum),
  ];
  const isIntact = checksum(masthead, text) === sum;
  const { published }: Metadata = isIntact ? JSON.parse(masthead) : {};
  const isDerived = derived !== null && checksum(derived) === derivedSum;
  const { paragraphs, attributions, speakers } = isDerived ? countDerived(derived) : NO_COUNTS;
  yield* all(
    `INSERT INTO articles (number, id, code, link_key, text_key, updated, removed_at, revision, published,
      attribution_version, index_version, paragraphs, attributions, speakers)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?1, ?8, ?9, 0, ?10, ?11, ?12)`,
    ...[number, { json: id }, codeOf(id), toTextOrNull(row.link_key), toText(row.text_key), Number(row.updated)],
    ...[toOptionalNumber(row.removed_at) ?? null, dayOf(published) ?? null, Number(row.made_by)],
    ...[paragraphs, attributions, speakers],
  );
  const mastheadSum = isIntact ? checksum(masthead) : '';
  yield* all('INSERT INTO texts VALUES (?1, ?2, ?3, ?4, ?5)', number, masthead, mastheadSum, text, sum);
  if (derived !== null) yield* all('INSERT INTO derived VALUES (?1, ?2, ?3)', number, derived, derivedSum);
}

function toTextOrNull(column: unknown): string | null {
  return toOptionalText(column) ?? null;
}

/**
 * Opens a library's file and migrates it, or creates it with the content that `fill` adds. A new file gets its name
 * when it is complete. So an empty file has lost its content, as happens in power failures: that is reported as damage,
 * and the file stays as it is. `later` are the migrations of a later version, in tests.
 */
export function openOrCreate(
  path: string,
  fill: (connection: SqliteConnection) => void,
  monitor?: StorageMonitor,
  later: readonly string[] = [],
): SqliteConnection {
  const migrations = [...MIGRATIONS, ...later];
  const isThere = withStorageErrors(() => existsSync(path));
  if (isThere && withStorageErrors(() => statSync(path).size) === 0) throw damageError(new Error('The file is empty.'));
  if (!isThere) create(path, fill, migrations);
  return openMigrated(path, lost, migrations, monitor);
}

function lost(): void {
  throw damageError(new Error('The file holds nothing.'));
}

/** Migrates a library's file. */
export function migrateFile(path: string): void {
  openMigrated(path, lost, MIGRATIONS).close();
}

/** A larger file is migrated in a thread. A library of 200 articles has about 4 MiB. */
const MOST_BYTES_HERE = 4 * 1024 * 1024;

/** Returns true if opening the file would block the event loop for long, because it has to be migrated. */
export function isLongToMigrate(path: string): boolean {
  return withStorageErrors(() => {
    if (sizeOf(path) <= MOST_BYTES_HERE) return false;
    // The log may have a later version than the file; then there is nothing to migrate.
    return readHeader(path).readUInt32BE(HEADER.version) < LATEST_VERSION;
  });
}

function create(path: string, fill: (connection: SqliteConnection) => void, migrations: readonly string[]): void {
  const unfinished = `${path}.new`;
  // From an attempt that was interrupted.
  eraseFile(unfinished);
  // SQLite would take the log of a file that was deleted without it for the new one's.
  eraseFile(path);
  try {
    const connection = openMigrated(unfinished, fill, migrations);
    try {
      // The log has another name than the file will have. On a full disk this throws, while closing wouldn't.
      connection.execute('PRAGMA wal_checkpoint(TRUNCATE)');
    } finally {
      connection.close();
    }
    withStorageErrors(() => renameSync(unfinished, path));
  } catch (error) {
    eraseFile(unfinished);
    throw error;
  }
}

/** `fill` is called if the file was empty. */
function openMigrated(
  path: string,
  fill: (connection: SqliteConnection) => void,
  migrations: readonly string[],
  monitor?: StorageMonitor,
): SqliteConnection {
  const connection = new SqliteConnection(path, undefined, monitor);
  try {
    migrate(connection, () => fill(connection), migrations);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}
