import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { countArticles } from '../../../../src/library/store/articles.ts';
import { putArticle } from '../../../../src/library/store/changes.ts';
import { StorageError } from '../../../../src/library/store/errors.ts';
import {
  changeLibrarySettings,
  DEFAULT_SETTINGS,
  readLibrarySettings,
} from '../../../../src/library/store/library-settings.ts';
import { SqliteBackend } from '../../../../src/library/store/sqlite/backend.ts';
import { LATEST_VERSION, openOrCreate } from '../../../../src/library/store/sqlite/schema.ts';
import type { Store } from '../../../../src/library/store/store.ts';
import { FIRST_STATEMENTS } from '../../../../src/library/store/tables.ts';
import { buildNews, rowOf } from '../../rows.ts';

/** What later versions could change. */
const later = [
  "ALTER TABLE choices ADD COLUMN added TEXT NOT NULL DEFAULT 'none'",
  "CREATE TABLE added (word TEXT) STRICT; INSERT INTO added VALUES ('rain')",
];

let folder = '';
let path = '';
let backend: SqliteBackend;

const noSeeds = () => Promise.reject(new Error('a library needs no seeds'));

async function withLibrary<Result>(work: (store: Store) => Promise<Result>): Promise<Result> {
  const store = await backend.open('server-1', noSeeds);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Opens the file as a later version would. */
function openLater(migrations: readonly string[]): void {
  openOrCreate(path, () => undefined, undefined, migrations).close();
}

/** Runs SQL on the file and returns the rows of its last statement. */
function look(sql: string): unknown {
  const database = new DatabaseSync(path);
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}

const versionIn = () => look('PRAGMA user_version');

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'verbatim-migration-'));
  path = join(folder, 'server-1.sqlite');
  backend = new SqliteBackend(folder);
  const store = await backend.open('server-1', () => Promise.resolve([]));
  await store.write(putArticle, rowOf(buildNews('rain', [{ who: 'Ann Lee', says: 'Rain fell' }])), 10);
  await store.write(changeLibrarySettings, { privacy: 'public', language: 'zh-CN', accent: 7 });
  await store.close();
});

afterEach(async () => {
  await backend.close();
  rmSync(folder, { recursive: true });
});

test('a file is migrated by all that is missing, once, and keeps what it holds', () => {
  openLater(later.slice(0, 1));
  expect(versionIn()).toEqual([{ user_version: LATEST_VERSION + 1 }]);
  openLater(later);
  openLater(later);
  expect(versionIn()).toEqual([{ user_version: LATEST_VERSION + 2 }]);
  expect(look('SELECT word, privacy, choices.added FROM added, choices')).toEqual([
    { word: 'rain', privacy: 'public', added: 'none' },
  ]);
  expect(look('SELECT id FROM articles')).toEqual([{ id: '"rain"' }]);
});

test('what people said before statements were stored is known at once', () => {
  const stored = look('SELECT * FROM statements');
  expect(stored).toMatchObject([{ day: '~', certainty: 2 }]);
  look('DELETE FROM statements');
  look(FIRST_STATEMENTS.replaceAll(/verbatim\.|library, /gv, ''));
  expect(look('SELECT * FROM statements')).toEqual(stored);
});

test('a migration that fails leaves the file as it was, and is done the next time', async () => {
  expect(() => openLater([...later, 'CREATE TABLE added (word TEXT)'])).toThrow('already exists');
  expect(versionIn()).toEqual([{ user_version: LATEST_VERSION }]);
  expect(await withLibrary(store => store.read(countArticles))).toBe(1);
  openLater(later);
  expect(versionIn()).toEqual([{ user_version: LATEST_VERSION + 2 }]);
});

test('a file that another process is changing isn’t migrated, and one of a newer version isn’t opened', async () => {
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  expect(() => openLater(later)).toThrow(StorageError);
  other.exec('ROLLBACK');
  other.close();
  openLater(later);
  await expect(withLibrary(store => store.read(countArticles))).rejects.toThrow(/newer version/v);
  expect(versionIn()).toEqual([{ user_version: LATEST_VERSION + 2 }]);
});

test('damaged settings count as defaults, but answers are private and mentions aren’t answered', async () => {
  look("UPDATE choices SET privacy = 'all', language = 'xx', accent = -1, mentions = '[1]'");
  expect(await withLibrary(store => store.read(readLibrarySettings))).toEqual({
    ...DEFAULT_SETTINGS,
    privacy: 'private',
    mentions: [],
  });
});
