import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { type Libraries, openLibraries } from '../../../../src/library/libraries.ts';
import type { Owner } from '../../../../src/library/owner.ts';
import { putArticle } from '../../../../src/library/store/changes.ts';
import { openPostgresBackend } from '../../../../src/library/store/postgres/backend.ts';
import { PostgresConnection, runScript } from '../../../../src/library/store/postgres/connection.ts';
import { TABLES } from '../../../../src/library/store/postgres/schema.ts';
import { NO_FILTER_OPTIONS } from '../../../../src/search/filter.ts';
import { searchOf } from '../../../../src/search/search.ts';
import { isDeep } from '../../../depth.ts';
import { connectToEmpty, makeDatabase } from '../../../postgres/database.ts';
import { partitionTables } from '../../../postgres/partition.ts';
import { attributeHere } from '../../attribute-in-process.ts';
import { describeLibraries } from '../../contract.ts';
import { metadataOf, server, textOf } from '../../numbered-texts.ts';
import { buildNews, rowOf } from '../../rows.ts';
import { describeBackend } from '../backend-contract.ts';

const partitions = 4;
const databaseUrl = await makeDatabase();
await (await openPostgresBackend(databaseUrl)).close();
await partitionTables(databaseUrl, partitions);
const clear = await connectToEmpty(databaseUrl);

describeBackend(
  'partitioned tables',
  () => Promise.resolve({ open: () => openPostgresBackend(databaseUrl), clear }),
  isDeep ? 'all' : 'part',
);
if (isDeep) {
  describeLibraries('partitioned tables', () => Promise.resolve({ kept: { folder: '', databaseUrl }, clear }));
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

/** The tables of a database, without partitions, by what they are: `r` plain, `p` partitioned. */
async function tablesIn(client: pg.Client): Promise<Readonly<Partial<Record<string, readonly string[]>>>> {
  const sql = `SELECT relname AS name, relkind AS kind FROM pg_class
    WHERE relnamespace = 'verbatim'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`;
  const { rows } = await client.query<{ name: string; kind: string }>(sql);
  const byKind = Map.groupBy(rows, ({ kind }) => kind);
  return Object.fromEntries([...byKind].map(([kind, those]) => [kind, those.map(({ name }) => name).sort()]));
}

/** All rows of a database, by table. */
async function rowsIn(client: pg.Client): Promise<Readonly<Record<string, readonly string[]>>> {
  const all: Record<string, readonly string[]> = {};
  for (const name of Object.values(await tablesIn(client)).flat()) {
    const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM verbatim.${name} AS t ORDER BY 1`);
    all[name ?? ''] = rows.map(({ row }) => row);
  }
  return all;
}

/** Makes a database that belongs to a user with no rights in others, and returns its URL for that user. */
async function makeDatabaseOfUser(client: pg.Client): Promise<string> {
  const name = `bot_${randomBytes(6).toString('hex')}`;
  await client.query(`CREATE ROLE ${name} LOGIN PASSWORD '${name}'`);
  await client.query(`CREATE DATABASE ${name} OWNER ${name}`);
  const url = new URL(databaseUrl);
  return Object.assign(url, { username: name, password: name, pathname: name }).href;
}

const local = ['claims', 'erasing', 'feeds', 'followers', 'leaving', 'migrations', 'posting', 'purging'];
/** Those that have each library's rows together. */
const partitioned = TABLES.filter(name => !local.includes(name)).sort();
const DAY = 24 * 60 * 60_000;

test('a database in use keeps everything when its tables are partitioned, even if that is interrupted, and goes on', async () => {
  const url = await makeDatabaseOfUser(await connect(databaseUrl));
  const anybodys = new URL(new URL(url).pathname, databaseUrl).href;
  let now = Date.UTC(2026, 0, 1);
  const options = {
    folder: '',
    databaseUrl: url,
    seeds: [],
    mostArticles: 100,
    mostOpen: 9,
    attributor: attributeHere,
  };
  const start = () => openLibraries({ ...options, now: () => now });
  const people = ['1', '2'].map(id => ({ kind: 'person', id }) as const);
  const owners: readonly Owner[] = [server, ...people];
  const drafts = new Map<Owner, string>();
  const look = async (libraries: Libraries) =>
    await Promise.all(
      owners.map(async owner => {
        const library = await libraries.open(owner);
        const search = searchOf(library);
        const [passages, [lee], settings, draft, listed] = await Promise.all([
          search.passages('rain fell', NO_FILTER_OPTIONS),
          search.people('Ann Lee', NO_FILTER_OPTIONS),
          libraries.choices(owner),
          library.draft(drafts.get(owner) ?? '', '1'),
          library.newest(0, 10),
        ]);
        const found = passages.map(({ from }) => from.article.id);
        return { found, appearances: lee?.appearances.map(({ from }) => from.article.id), settings, draft, listed };
      }),
    );
  const idOf = async (libraries: Libraries, owner: Owner) =>
    (await (await libraries.open(owner)).newest(0, 1))[0]?.id ?? '';

  const before = await start();
  for (const [accent, owner] of owners.entries()) {
    const library = await before.open(owner);
    for (const number of [1, 2, 3]) await library.add(metadataOf(number), textOf(number));
    await library.choose({ accent });
    const draft = { metadata: metadataOf(9), text: textOf(9), offer: undefined, derivation: undefined };
    drafts.set(owner, await library.holdDraft(draft, '1'));
  }
  await before.scheduleErasure(server, now);
  const removed = await idOf(before, server);
  await (await before.open(server)).remove(removed);
  const seen = await look(before);
  expect(seen.map(({ found, listed }) => [found.length, listed.length])).toEqual([[2, 2], ...people.map(() => [3, 3])]);
  await before.close();
  const client = await connect(anybodys);
  const rows = await rowsIn(client);

  const reader = await connect(url);
  await reader.query('BEGIN; LOCK TABLE verbatim.people IN ACCESS SHARE MODE');
  await expect(partitionTables(`${anybodys}?options=-c%20lock_timeout%3D50`, partitions)).rejects.toThrow(
    'lock timeout',
  );
  await reader.query('ROLLBACK');
  expect((await tablesIn(client)).r).toEqual(
    ['people', 'signs', 'speakers', 'statements', 'terms', 'titles', 'units', 'unmatched', 'watches', ...local].sort(),
  );
  const halfway = await start();
  expect(await look(halfway)).toEqual(seen);
  await halfway.close();
  await partitionTables(anybodys, partitions);
  expect(await tablesIn(client)).toEqual({ p: partitioned, r: local });
  expect(await rowsIn(client)).toEqual(rows);
  expect(await partitionTables(anybodys, partitions)).toEqual([]);

  const after = await start();
  expect(await look(after)).toEqual(seen);
  expect((await (await after.open(server)).restore(removed))?.article.id).toBe(removed);
  for (const owner of owners) {
    const library = await after.open(owner);
    expect((await library.add(metadataOf(1), textOf(11))).kind).toBe('updated');
    expect((await library.add(metadataOf(4), textOf(4))).kind).toBe('added');
    expect(await searchOf(library).passages('rain fell on 11', NO_FILTER_OPTIONS)).not.toEqual([]);
  }
  now += 30 * DAY;
  expect(await after.eraseDue(now, () => true)).toBe(0);
  now += DAY;
  expect(await after.eraseDue(now, () => true)).toBe(1);
  expect(await after.has(server)).toBe(false);
  await after.close();
  expect(JSON.stringify(await rowsIn(client))).not.toContain(server.id);
  expect((await rowsIn(client)).libraries).toHaveLength(people.length);
});

test('tables are partitioned neither while the bot is connected nor before a migration is finished', async () => {
  const url = await makeDatabase();
  const backend = await openPostgresBackend(url);
  await expect(partitionTables(url, 2)).rejects.toThrow('Stop all of its processes');
  await backend.close();
  const client = await connect(url);
  const setValid = "UPDATE pg_index SET indisvalid = $1 WHERE indexrelid = 'verbatim.keys_by_day'::regclass";
  await client.query(setValid, [false]);
  await expect(partitionTables(url, 2)).rejects.toThrow('Start the bot once');
  await client.query(setValid, [true]);
  expect(await tablesIn(client)).toEqual({ r: [...partitioned, ...local].sort() });
});

test('tables that an update adds can be partitioned too, with their options and indexes', async () => {
  const client = await connect(databaseUrl);
  await client.query(`
    CREATE TABLE verbatim.added (library text, number bigint, twice bigint GENERATED ALWAYS AS (2 * number) STORED,
      PRIMARY KEY (library, number)) WITH (fillfactor = 80);
    CREATE INDEX added_twice ON verbatim.added (library, twice) WHERE number > 0;
    ALTER TABLE verbatim.added ALTER COLUMN library SET (n_distinct = 1);
    INSERT INTO verbatim.added SELECT 'person-' || number, number FROM generate_series(1, 100) AS number`);
  const before = (await rowsIn(client)).added;
  expect(await partitionTables(databaseUrl, 2)).toEqual([expect.stringMatching(/^added: 100 rows in 2 partitions/v)]);
  expect((await rowsIn(client)).added).toEqual(before);
  const { rows } = await client.query(`
    SELECT relname, reloptions, attoptions, (SELECT array_agg(indexrelid::regclass::text ORDER BY indexrelid) FROM pg_index
      WHERE indrelid = pg_class.oid) AS indexes
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'library'
    WHERE relkind IN ('r', 'p') AND relname LIKE 'added%' ORDER BY relname`);
  const each = { reloptions: ['fillfactor=80'], attoptions: ['n_distinct=1'] };
  expect(rows).toEqual([
    { relname: 'added', reloptions: null, attoptions: null, indexes: ['added_pkey', 'added_twice'] },
    { relname: 'added_0', ...each, indexes: ['added_0_pkey', 'added_0_library_twice_idx'] },
    { relname: 'added_1', ...each, indexes: ['added_1_pkey', 'added_1_library_twice_idx'] },
  ]);
  await client.query('DROP TABLE verbatim.added');
});

test('statements are planned for their values only where Citus is', async () => {
  const url = await makeDatabase();
  const planMode = async () => {
    const connection = new PostgresConnection(url);
    const [row] = await connection.read<{ mode: string }>("SELECT current_setting('plan_cache_mode') AS mode");
    await connection.close();
    return row?.mode;
  };
  expect(await planMode()).toBe('force_generic_plan');
  const client = await connect(url);
  await client.query(`SET allow_system_table_mods = on;
    INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
      SELECT 1, 'citus', oid, 'pg_catalog'::regnamespace, false, '14.0' FROM pg_roles WHERE rolname = current_user`);
  expect(await planMode()).toBe('force_custom_plan');
});

test('for Citus, the same tables are distributed together, once (by functions in place of Citus’s, which isn’t here)', async () => {
  const url = await makeDatabase();
  await (await openPostgresBackend(url)).close();
  const client = await connect(url);
  await client.query(`
    CREATE TABLE pg_dist_partition (logicalrelid regclass, distribution_column text, colocate_with text, is_truncated boolean);
    CREATE FUNCTION create_distributed_table(table_name regclass, distribution_column text, colocate_with text) RETURNS void
      LANGUAGE sql AS 'INSERT INTO pg_dist_partition VALUES ($1, $2, $3, false)';
    CREATE FUNCTION truncate_local_data_after_distributing_table(table_name regclass) RETURNS void
      LANGUAGE sql AS 'UPDATE pg_dist_partition SET is_truncated = true WHERE logicalrelid = $1'`);
  const sql = readFileSync(join(import.meta.dirname, '../../../../deploy/citus.sql'), 'utf8');
  for (const _ of ['once', 'again']) await client.query(sql);
  const { rows } = await client.query(`
    SELECT relname AS name, distribution_column AS by, colocate_with AS with, is_truncated AS moved
    FROM pg_dist_partition JOIN pg_class ON oid = logicalrelid ORDER BY pg_dist_partition.ctid`);
  const others = partitioned.filter(name => name !== 'libraries');
  expect(rows).toEqual([
    { name: 'libraries', by: 'library', with: 'none', moved: true },
    ...others.map(name => ({ name, by: 'library', with: 'verbatim.libraries', moved: true })),
  ]);
});

test('changing an article needs no more locks than the documented setting has room for', async () => {
  const backend = await openPostgresBackend(databaseUrl);
  await backend.open('server-1', () => Promise.resolve([]));
  await backend.close();
  const connection = new PostgresConnection(databaseUrl);
  const locks: number[] = [];
  for (const says of ['Rain fell', 'Snow fell']) {
    const row = rowOf(
      buildNews('a', [{ who: 'Ann Lee', says }], { url: 'https://news.example/a', outlet: 'The Post' }),
    );
    await connection.transaction('library server-1', async query => {
      await runScript(query, 'server-1', putArticle(row, 1));
      const held = await query<{ count: number }>('SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid()');
      locks.push(...held.map(({ count }) => count));
    });
  }
  await connection.close();
  await clear();
  expect(locks).toHaveLength(2);
  expect(Math.max(...locks)).toBeLessThan(64 * (partitions + 1));
});
