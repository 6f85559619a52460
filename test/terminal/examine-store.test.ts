import { createHash } from 'node:crypto';
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openBackend } from '../../src/library/store/backends.ts';
import { claimFeed, registerFollower, saveFeed } from '../../src/library/store/following/feeds.ts';
import type { Backend } from '../../src/library/store/store.ts';
import { checkSettings, type Settings } from '../../src/settings.ts';
import { examineFolder } from '../../src/terminal/doctor/machine.ts';
import { examineStore } from '../../src/terminal/doctor/store.ts';
import { message } from '../../src/wording/say.ts';
import { buildNews, rowOf } from '../library/rows.ts';
import { makeEmptyDatabase, sharedPostgres } from '../postgres/database.ts';
import { startTransactionPooler } from '../postgres/transaction-pooler.ts';

let dataDir = '';
let folder = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'verbatim-examined-'));
  folder = join(dataDir, 'libraries');
});
afterEach(() => rmSync(dataDir, { recursive: true }));

function settingsOf(environment: Readonly<Record<string, string>>): Settings {
  const outcome = checkSettings({ DATA_DIR: dataDir, ...environment }, {});
  if (outcome.kind === 'problems') throw new Error(outcome.problems.join());
  return outcome.settings;
}

const examined = (environment: Readonly<Record<string, string>> = {}) => examineStore(settingsOf(environment));

const failed = {
  kind: 'doubtful',
  about: 'feeds',
  sentence: "2 feeds are followed, of which 1 can't be read: https://a.example/feed (The site is having problems.).",
};

/** Follows two feeds, of which one fails. */
async function failSome({ feeds }: Backend): Promise<void> {
  const lease = { claimant: 'one', now: 1000, milliseconds: 0 };
  for (const name of ['a', 'b']) await feeds(registerFollower, `https://${name}.example/feed`, 'server-1', 1000);
  const claimed = await feeds(claimFeed, lease);
  if (claimed === undefined) throw new Error('not claimed');
  await feeds(
    saveFeed,
    { ...claimed, next: 2000, state: { ...claimed.state, failures: 1, problem: message('reading.trouble') } },
    lease,
  );
}

const pathOf = (number: number) => join(folder, `server-${number}.sqlite`);

async function makeLibraries(number: number): Promise<void> {
  const place = await openBackend({ folder, databaseUrl: undefined });
  for (let at = 1; at <= number; at += 1) await (await place.open(`server-${at}`, () => Promise.resolve([]))).close();
  await place.close();
}

/** Returns names and contents of all files. */
function everything(): readonly string[] {
  return readdirSync(dataDir, { recursive: true, withFileTypes: true }).map(entry => {
    const path = join(entry.parentPath, entry.name);
    return `${path} ${entry.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : ''}`;
  });
}

function change(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

describe('files', () => {
  test('none yet: creates none', async () => {
    expect(await examined()).toMatchObject([{ kind: 'good', sentence: expect.stringContaining('no libraries yet') }]);
    expect(everything()).toEqual([]);
  });

  test('intact ones, read in full and left unchanged', async () => {
    await makeLibraries(3);
    const before = everything();
    const [finding] = await examined();
    expect(finding).toMatchObject({
      kind: 'good',
      sentence: expect.stringMatching(/^3 libraries in .*; all checked in full\.$/v),
    });
    expect(everything()).toEqual(before);
  });

  test.each([
    ['of something else', () => writeFileSync(pathOf(2), 'No database. '.repeat(1000)), 'damaged'],
    ['with a beginning of zeros', () => writeFileSync(pathOf(2), Buffer.alloc(100_000)), 'damaged'],
    ['that is empty', () => truncateSync(pathOf(2)), 'damaged'],
    ['that is cut', () => truncateSync(pathOf(2), 40_960), 'damaged'],
    ['with a page of nonsense', () => spoil(pathOf(2)), 'damaged'],
    ['of a newer version', () => change(pathOf(2), 'PRAGMA user_version = 999'), 'of a newer version'],
  ])('one %s is named with its path, and left as it is', async (_, harm, state) => {
    await makeLibraries(3);
    harm();
    const before = everything();
    expect(await examined()).toMatchObject([
      { kind: 'bad', sentence: expect.stringMatching(new RegExp(`^1 library ${state} \\(${pathOf(2)}\\)\\. `, 'v')) },
    ]);
    expect(everything()).toEqual(before);
  });

  test('with articles that have no vectors: how many, and that the bot makes them', async () => {
    const place = await openBackend({ folder, databaseUrl: undefined });
    const store = await place.open('server-1', () => Promise.resolve([rowOf(buildNews('rain', ['Rain fell.']))]));
    await store.close();
    await place.close();
    expect((await examined())[1]).toMatchObject({
      ...{ kind: 'good', about: 'vectors' },
      sentence: expect.stringContaining('1 article has no vectors yet'),
    });
  });

  test('one of an older version is no fault, and stays one', async () => {
    await makeLibraries(1);
    const fixture = join(import.meta.dirname, '../library/released/0.1.0-library.sql');
    change(pathOf(2), readFileSync(fixture, 'utf8'));
    const before = everything();
    expect(await examined()).toMatchObject([
      { kind: 'good', sentence: expect.stringContaining('1 of an older version') },
    ]);
    expect(everything()).toEqual(before);
  });

  test('feeds that fail are named, with why', async () => {
    const place = await openBackend({ folder, databaseUrl: undefined });
    await failSome(place);
    await place.close();
    expect((await examined()).at(-1)).toEqual(failed);
  });

  test('while in use: damage is found all the same', async () => {
    await makeLibraries(2);
    const place = await openBackend({ folder, databaseUrl: undefined });
    const store = await place.open('server-1', () => Promise.resolve([]));
    expect(await examined()).toMatchObject([
      { kind: 'doubtful', sentence: expect.stringMatching(/^2 libraries .* Another process .* all is well\.$/v) },
    ]);
    truncateSync(pathOf(2));
    expect(await examined()).toMatchObject([{ kind: 'bad', sentence: expect.stringContaining(pathOf(2)) }]);
    await store.close();
    await place.close();
  });

  test('files of another user than the folder’s, as after a command as root, and the current user', async () => {
    await makeLibraries(1);
    const isRoot = process.getuid?.() === 0;
    if (isRoot) for (const path of [dataDir, folder, pathOf(1)]) chownSync(path, 65_534, 65_534);
    const found = [...examineFolder(settingsOf({})), ...(await examined())].map(
      ({ kind, about }) => `${kind} ${about}`,
    );
    expect(found).toEqual(
      isRoot ? ['doubtful folder', 'good space', 'bad store'] : ['good folder', 'good space', 'good store'],
    );
  });

  test('a data folder that is a file', () => {
    const path = join(dataDir, 'note.txt');
    writeFileSync(path, '');
    for (const DATA_DIR of [path, join(path, 'below')]) {
      const [finding, space] = examineFolder(settingsOf({ DATA_DIR }));
      expect(finding).toMatchObject({ kind: 'bad', sentence: expect.stringContaining(`${path} isn't a folder`) });
      expect(space?.about).toBe('space');
    }
  });
});

/** Damages the middle of a file, where only a full read finds it. */
function spoil(path: string): void {
  const bytes = readFileSync(path);
  bytes.fill(0xff, 8192, 12_288);
  writeFileSync(path, bytes);
}

describe('a database', () => {
  async function query(DATABASE_URL: string, sql: string): Promise<readonly unknown[]> {
    const client = new pg.Client(DATABASE_URL);
    await client.connect();
    const { rows } = await client.query(sql);
    await client.end();
    return rows;
  }

  const schemas = "SELECT nspname FROM pg_namespace WHERE nspname = 'verbatim'";

  test('an empty one stays empty; one of this version; one of a newer version', async () => {
    const DATABASE_URL = await makeEmptyDatabase();
    expect(await examined({ DATABASE_URL })).toMatchObject([
      { kind: 'good', sentence: expect.stringContaining('reachable and empty') },
      {
        kind: 'good',
        about: 'space',
        sentence: expect.stringMatching(/^The database takes \d+ MiB\. How much is free/v),
      },
    ]);
    expect(await query(DATABASE_URL, schemas)).toEqual([]);
    await (await openBackend({ folder, databaseUrl: DATABASE_URL })).close();
    expect(await examined({ DATABASE_URL })).toMatchObject([
      { sentence: expect.stringMatching(/reachable and writable\.$/v) },
      {},
    ]);
    const place = await openBackend({ folder, databaseUrl: DATABASE_URL });
    await failSome(place);
    await place.close();
    expect((await examined({ DATABASE_URL })).at(-1)).toEqual(failed);
    await query(DATABASE_URL, 'INSERT INTO verbatim.migrations VALUES (999)');
    expect(await examined({ DATABASE_URL })).toMatchObject([
      { kind: 'bad', sentence: expect.stringContaining('newer') },
      {},
    ]);
  });

  test.each([
    ['a wrong password', 'verbatim:wrong', 'any', 'rejects the password of user verbatim (28P01)'],
    ['no such user', 'somebody:wrong', 'any', 'the password of user somebody (28P01)'],
    ['no such database', 'verbatim:pass%2Fword%20with%20spaces', 'none', 'has no database none (3D000)'],
    ['no TLS', 'verbatim:wrong', 'any?sslmode=require', "doesn't offer TLS"],
  ])('%s: what, where and what to do, without the password', async (_, user, name, told) => {
    const { host } = new URL(await sharedPostgres());
    const DATABASE_URL = `postgres://${user}@${host}/${name}`;
    const [finding, ...others] = await examined({ DATABASE_URL });
    expect(finding).toMatchObject({ kind: 'bad', about: 'store' });
    expect(finding?.sentence).toContain(told);
    expect(finding?.sentence.startsWith(`${host} `)).toBe(true);
    expect(finding?.sentence).not.toMatch(/wrong|pass.word/v);
    expect(others).toEqual([]);
  });

  test('a pooler in transaction mode', async () => {
    const pooler = await startTransactionPooler(await makeEmptyDatabase());
    const [finding] = await examined({ DATABASE_URL: pooler.url });
    pooler.close();
    expect(finding).toMatchObject({ kind: 'bad', sentence: expect.stringContaining('pooler in transaction mode') });
  });

  test('a user without rights to it', async () => {
    const owners = await makeEmptyDatabase();
    await query(owners, "CREATE ROLE reader LOGIN PASSWORD 'reads'");
    const { host, pathname } = new URL(owners);
    const DATABASE_URL = `postgres://reader:reads@${host}${pathname}`;
    expect(await examined({ DATABASE_URL })).toMatchObject([
      { kind: 'bad', sentence: expect.stringContaining("can't be written by user reader") },
      {},
    ]);
  });

  test('nobody listening', async () => {
    const [finding] = await examined({ DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/none' });
    expect(finding?.sentence).toMatch(/^127\.0\.0\.1:1 can't be reached \(ECONNREFUSED\)\. /v);
  });
});
