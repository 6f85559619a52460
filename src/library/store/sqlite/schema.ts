import { closeSync, existsSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import type { SQLOutputValue } from 'node:sqlite';
import type { Metadata } from '../../../news/article.ts';
import { message } from '../../../wording/say.ts';
import { countDerived } from '../derived.ts';
import { damageError, StorageError, withStorageErrors } from '../errors.ts';
import { codeOf } from '../keys.ts';
import type { StorageMonitor } from '../store.ts';
import { checksum, dayOf } from '../stored.ts';
import { eraseFile, SqliteConnection, sizeOf } from './connection.ts';

/**
 * The versions of a library's file; its `user_version` is how many of them it has. Never change a published one; add
 * another. Ids, metadata, texts, names and derived data are JSON, since SQLite's text can't hold lone surrogates or
 * NUL. Words have a checksum, because a changed one would be quoted.
 */
export const migrations: readonly string[] = [
  `CREATE TABLE articles (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    link_key TEXT UNIQUE,
    text_key TEXT NOT NULL UNIQUE,
    updated INTEGER NOT NULL,
    masthead TEXT NOT NULL,
    text TEXT NOT NULL,
    checksum TEXT NOT NULL,
    removed_at INTEGER
  ) STRICT;
  CREATE INDEX removed ON articles (removed_at) WHERE removed_at IS NOT NULL;
  CREATE TABLE derived (
    number INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    made_by INTEGER NOT NULL,
    derived TEXT NOT NULL,
    derived_checksum TEXT NOT NULL
  ) STRICT;`,

  // Long columns get tables of their own, so that lists and searches read fewer pages. `defineFunctions` defines the
  // functions.
  `ALTER TABLE derived RENAME TO former_derived;
  ALTER TABLE articles RENAME TO former_articles;
  DROP INDEX removed;

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
    outlet INTEGER,
    titles BLOB
  ) STRICT;
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
  CREATE TABLE totals (articles INTEGER NOT NULL, units INTEGER NOT NULL, revision INTEGER NOT NULL) STRICT;

  CREATE TABLE terms (
    number INTEGER PRIMARY KEY,
    term TEXT NOT NULL UNIQUE,
    bare TEXT,
    length INTEGER NOT NULL,
    reversed TEXT NOT NULL,
    in_text INTEGER NOT NULL,
    in_names INTEGER NOT NULL,
    text_magnitude INTEGER,
    name_magnitude INTEGER
  ) STRICT;
  CREATE TABLE units (
    number INTEGER PRIMARY KEY,
    paragraph INTEGER NOT NULL,
    attribution INTEGER,
    speaker INTEGER,
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    words BLOB NOT NULL
  ) STRICT;
  CREATE VIRTUAL TABLE unit_words USING fts5 (words, content = '', columnsize = 0, detail = full, tokenize = 'ascii');
  INSERT INTO unit_words (unit_words, rank) VALUES ('secure-delete', 1);
  CREATE TABLE speakers (
    number INTEGER PRIMARY KEY,
    shown TEXT NOT NULL,
    said INTEGER NOT NULL,
    keys TEXT NOT NULL,
    names BLOB NOT NULL
  ) STRICT;
  CREATE TABLE person_keys (key TEXT, speaker INTEGER, said INTEGER NOT NULL, PRIMARY KEY (key, speaker)) STRICT, WITHOUT ROWID;
  CREATE TABLE forms (number INTEGER PRIMARY KEY, spelling TEXT NOT NULL UNIQUE, words BLOB NOT NULL) STRICT;
  CREATE TABLE form_words (term INTEGER, form INTEGER, PRIMARY KEY (term, form)) STRICT, WITHOUT ROWID;
  CREATE TABLE bearers (
    form INTEGER,
    said INTEGER,
    speaker INTEGER,
    weight INTEGER NOT NULL,
    PRIMARY KEY (form, said, speaker)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE titled (form INTEGER, article INTEGER, weight INTEGER NOT NULL, PRIMARY KEY (form, article)) STRICT, WITHOUT ROWID;
  CREATE TABLE outlets (number INTEGER PRIMARY KEY, folded TEXT NOT NULL UNIQUE, articles INTEGER NOT NULL) STRICT;

  INSERT INTO articles
    SELECT number, quote_json(id), code_of(id), link_key, text_key, updated, removed_at, number, coalesce(made_by, 0), 0,
      count_of('paragraphs', derived, derived_checksum), count_of('attributions', derived, derived_checksum),
      count_of('speakers', derived, derived_checksum), day_of(masthead, text, checksum), NULL, NULL
    FROM former_articles LEFT JOIN former_derived USING (number);
  INSERT INTO texts
    SELECT number, masthead, masthead_checksum_of(masthead, text, checksum), text, checksum
    FROM former_articles;
  INSERT INTO derived SELECT number, derived, derived_checksum FROM former_derived;
  INSERT INTO totals
    SELECT count(*) FILTER (WHERE removed_at IS NULL), 0, coalesce(max(number), 0) FROM articles;
  DROP TABLE former_derived;
  DROP TABLE former_articles;

  CREATE INDEX articles_by_code ON articles (code);
  CREATE INDEX articles_in_library ON articles (number) WHERE removed_at IS NULL;
  CREATE INDEX articles_by_removal ON articles (removed_at) WHERE removed_at IS NOT NULL;
  CREATE INDEX articles_by_version ON articles (attribution_version, index_version) WHERE removed_at IS NULL;
  CREATE INDEX articles_by_day ON articles (published) WHERE published IS NOT NULL;
  CREATE INDEX articles_by_outlet ON articles (outlet) WHERE outlet IS NOT NULL;
  CREATE INDEX articles_by_outlet_and_day ON articles (outlet, published) WHERE outlet IS NOT NULL;
  CREATE INDEX terms_by_bare ON terms (bare) WHERE bare IS NOT NULL;
  CREATE INDEX terms_by_beginning ON terms (length, term);
  CREATE INDEX terms_by_end ON terms (length, reversed);
  CREATE INDEX terms_of_text ON terms (text_magnitude, term) WHERE text_magnitude IS NOT NULL;
  CREATE INDEX terms_of_names ON terms (name_magnitude, term) WHERE name_magnitude IS NOT NULL;
  CREATE INDEX units_of_somebody ON units (number) WHERE attribution IS NOT NULL;
  CREATE INDEX units_by_speaker ON units (speaker) WHERE speaker IS NOT NULL;
  CREATE INDEX speakers_by_said ON speakers (said, number);
  CREATE INDEX outlets_by_articles ON outlets (articles);`,

  // People quoted a little in each of many articles may be quoted most: adding that up for each answer would read all
  // of them.
  `CREATE TABLE people (key TEXT PRIMARY KEY, speakers INTEGER NOT NULL, said INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO people SELECT key, count(*), sum(said) FROM person_keys GROUP BY key;
  CREATE INDEX people_by_said ON people (said);`,

  // No row means default settings. There is never more than one.
  `CREATE TABLE choices (privacy TEXT NOT NULL, language TEXT NOT NULL, accent INTEGER) STRICT;`,
  // What somebody said is indexed by day, and their articles are counted, so that no answer reads all of them.
  `ALTER TABLE person_keys ADD COLUMN published TEXT;
  UPDATE person_keys SET published = (SELECT published FROM articles WHERE number = speaker >> 20);
  CREATE INDEX person_keys_by_day ON person_keys (key, published, speaker, said) WHERE said > 0;
  ALTER TABLE people ADD COLUMN articles INTEGER NOT NULL DEFAULT 0;
  UPDATE people SET articles = (SELECT count(DISTINCT speaker >> 20) FROM person_keys WHERE person_keys.key = people.key);`,

  // Previewed articles, which expire within minutes unless they are saved.
  `CREATE TABLE drafts (
    id TEXT PRIMARY KEY,
    asker TEXT NOT NULL,
    until INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT;`,

  // If many spellings match what was typed, those of people quoted most are compared.
  `ALTER TABLE forms ADD COLUMN said INTEGER NOT NULL DEFAULT 0;
  UPDATE forms SET said = (SELECT coalesce(sum(bearers.said), 0) FROM bearers WHERE form = number);
  CREATE INDEX forms_by_said ON forms (said);`,

  // `encoded_by` names the model that made the article's vectors. A scan reads the signs alone.
  `ALTER TABLE articles ADD COLUMN encoded_by TEXT NOT NULL DEFAULT '';
  CREATE INDEX articles_by_encoder ON articles (encoded_by, number) WHERE removed_at IS NULL;
  CREATE TABLE vectors (number INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE, vectors BLOB NOT NULL) STRICT;
  CREATE TABLE signs (block INTEGER PRIMARY KEY, signs BLOB NOT NULL) STRICT;`,

  // Feeds that are followed and what became of their items; whom the library is watched for; what has to be posted.
  `CREATE TABLE follows (feed TEXT PRIMARY KEY, body TEXT NOT NULL, taken INTEGER NOT NULL, skipped TEXT NOT NULL) STRICT;
  CREATE TABLE feed_items (
    feed TEXT,
    item TEXT,
    outcome TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    moment INTEGER NOT NULL,
    article TEXT,
    PRIMARY KEY (feed, item)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX feed_items_taken ON feed_items (moment) WHERE article IS NOT NULL;
  CREATE TABLE watches (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    since INTEGER NOT NULL,
    due INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT;`,

  // The nonce of the message that posts are sent in, so that the same message is sent again.
  `ALTER TABLE outbox ADD COLUMN nonce TEXT;`,

  // An item that is retried, which may leave its feed meanwhile.
  `ALTER TABLE feed_items ADD COLUMN kept TEXT;`,
];

/** Migrates a file in one transaction; `fill` adds the first content to a new one. */
function migrate(connection: SqliteConnection, fill: () => void): void {
  const version = Number(connection.get('PRAGMA user_version')?.user_version);
  if (version > migrations.length) {
    throw new StorageError(message('keeping.newer'));
  }
  if (version === migrations.length) return;
  defineFunctions(connection);
  connection.transaction(() => {
    for (const statements of migrations.slice(version)) connection.execute(statements);
    if (version === 0) fill();
    connection.execute(`PRAGMA user_version = ${migrations.length}`);
  });
}

/** Functions for the migrations. They skip damaged data. */
function defineFunctions(connection: SqliteConnection): void {
  connection.defineFunction('quote_json', text => JSON.stringify(text));
  connection.defineFunction('code_of', id => codeOf(String(id)));
  connection.defineFunction('count_of', (what, derived, expected) => {
    const isWhole = typeof derived === 'string' && checksum(derived) === expected;
    const counts: Record<string, number> = isWhole ? { ...countDerived(derived) } : {};
    return counts[String(what)] ?? 0;
  });
  connection.defineFunction('day_of', (masthead, text, expected) => {
    if (!isWhole(masthead, text, expected)) return null;
    const { published }: Metadata = JSON.parse(String(masthead));
    return dayOf(published) ?? null;
  });
  connection.defineFunction('masthead_checksum_of', (masthead, text, expected) =>
    isWhole(masthead, text, expected) ? checksum(String(masthead)) : '',
  );
}

function isWhole(masthead: SQLOutputValue, text: SQLOutputValue, expected: SQLOutputValue): boolean {
  return checksum(String(masthead), String(text)) === expected;
}

/**
 * Opens a library's file and migrates it, or creates it with the content that `fill` adds. A new file gets its name
 * when it is complete. So an empty file has lost its content, as happens in power failures: that is reported as damage,
 * and the file stays as it is.
 */
export function openOrCreate(
  path: string,
  fill: (connection: SqliteConnection) => void,
  monitor?: StorageMonitor,
): SqliteConnection {
  const isThere = withStorageErrors(() => existsSync(path));
  if (isThere && withStorageErrors(() => statSync(path).size) === 0) throw damageError(new Error('The file is empty.'));
  if (!isThere) create(path, fill);
  return openMigrated(path, lost, monitor);
}

function lost(): void {
  throw damageError(new Error('The file holds nothing.'));
}

/** Migrates a library's file. */
export function migrateFile(path: string): void {
  openMigrated(path, lost).close();
}

/** A larger file is migrated in a thread. A library of 200 articles has about 4 MiB. */
const maxBytesHere = 4 * 1024 * 1024;
/** Where the header of a file has its `user_version` (https://www.sqlite.org/fileformat.html). */
const versionAt = 60;

/** Returns true if opening the file would block the event loop for long, because it has to be migrated. */
export function isLongToMigrate(path: string): boolean {
  return withStorageErrors(() => {
    if (sizeOf(path) <= maxBytesHere) return false;
    const version = Buffer.alloc(4);
    const file = openSync(path, 'r');
    try {
      readSync(file, version, 0, version.length, versionAt);
    } finally {
      closeSync(file);
    }
    // The log may have a later version than the file; then there is nothing to migrate.
    return version.readUInt32BE() < migrations.length;
  });
}

function create(path: string, fill: (connection: SqliteConnection) => void): void {
  const unfinished = `${path}.new`;
  // From an attempt that was interrupted.
  eraseFile(unfinished);
  try {
    const connection = openMigrated(unfinished, fill);
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
  monitor?: StorageMonitor,
): SqliteConnection {
  const connection = new SqliteConnection(path, undefined, monitor);
  try {
    migrate(connection, () => fill(connection));
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}
