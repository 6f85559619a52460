import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { putArticle } from '../../../src/library/store/changes.ts';
import { openPostgresBackend } from '../../../src/library/store/postgres/backend.ts';
import { PostgresConnection } from '../../../src/library/store/postgres/connection.ts';
import { all, allByPlace, pick } from '../../../src/library/store/script.ts';
import { SqliteBackend } from '../../../src/library/store/sqlite/backend.ts';
import { PageCaches, SqliteConnection } from '../../../src/library/store/sqlite/connection.ts';
import type { Backend, StorageMonitor } from '../../../src/library/store/store.ts';
import { findTerms } from '../../../src/library/store/terms.ts';
import { makeEmptyDatabase } from '../../postgres/database.ts';
import { buildNews, rowOf } from '../rows.ts';

const connections = 8;
const milliseconds = 300;
/** Timers may be a millisecond early. */
const least = milliseconds - 1;

interface Seen extends StorageMonitor {
  readonly waits: readonly number[];
  readonly statements: readonly { readonly sql: string; readonly took: number }[];
}

function makeMonitor(): Seen {
  const waits: number[] = [];
  const statements: { sql: string; took: number }[] = [];
  return {
    waits,
    statements,
    waited: wait => waits.push(wait),
    ran: (sql, took) => statements.push({ sql, took }),
  };
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-monitor-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('PostgreSQL: how many queries wait for a connection now, and how long each waited', async () => {
  const seen = makeMonitor();
  const connection = new PostgresConnection(await makeEmptyDatabase(), seen);
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const busy = Array.from({ length: connections }, (_, at) => connection.transaction(`turn ${at}`, () => released));
  await expect.poll(() => seen.waits.length).toBe(connections);
  expect(connection.waiting).toBe(0);
  const waiting = [1, 2, 3].map(() => connection.read('SELECT 1'));
  await expect.poll(() => connection.waiting).toBe(waiting.length);
  await pause(milliseconds);
  release();
  await Promise.all([...busy, ...waiting]);
  expect(connection.waiting).toBe(0);
  expect(seen.waits).toHaveLength(connections + waiting.length);
  expect(seen.waits.slice(connections).every(wait => wait >= least)).toBe(true);
  await connection.close();
});

test('PostgreSQL: a connection that could not be had was waited for, too', async () => {
  const seen = makeMonitor();
  const connection = new PostgresConnection('postgres://nobody:none@127.0.0.1:1/none', seen);
  await expect(connection.read('SELECT 1')).rejects.toThrow();
  expect(seen.waits.length).toBeGreaterThan(0);
  expect(seen.statements).toEqual([]);
  await connection.close();
});

test('PostgreSQL: how long each statement took, also one that failed, without the wait for a turn', async () => {
  const seen = makeMonitor();
  const connection = new PostgresConnection(await makeEmptyDatabase(), seen);
  const slow = 'SELECT pg_sleep($1), $2::text AS words';
  const failing = 'SELECT 1 / length(pg_sleep($1)::text)';
  await connection.read(slow, milliseconds / 1000, 'secret words');
  await connection.transaction('turn', query => query(slow, milliseconds / 1000, 'secret words'));
  await expect(connection.read(failing, milliseconds / 1000)).rejects.toThrow('22012');
  expect(seen.statements.map(({ sql }) => sql)).toEqual([slow, slow, 'COMMIT', failing]);
  expect(seen.statements.filter(({ took }) => took >= least).map(({ sql }) => sql)).toEqual([slow, slow, failing]);
  await connection.close();
});

test('SQLite: how long each statement took', () => {
  const seen = makeMonitor();
  const connection = new SqliteConnection(join(makeFolder(), 'one.sqlite'), new PageCaches(1_000_000), seen);
  // A million rows take longer than 20 ms on any machine.
  const slow = 'WITH RECURSIVE slow (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM slow WHERE n < 1000000)';
  const sql = `${slow} SELECT count(*) FROM slow WHERE n <> ?1`;
  const ways = [
    () => connection.run(all(sql, 'secret words')),
    () => connection.run(allByPlace(sql, 'secret words')),
    () => connection.run(pick(1, () => true, sql, 'secret words')),
    () => connection.execute(`${slow} SELECT count(*) FROM slow`),
    () => connection.transaction(() => 1),
  ];
  for (const way of ways) way();
  expect(seen.statements.map(statement => statement.sql)).toEqual([
    ...[1, 2, 3].map(() => sql),
    `${slow} SELECT count(*) FROM slow`,
    'COMMIT',
  ]);
  expect(seen.statements.slice(0, -1).every(({ took }) => took > 20)).toBe(true);
  connection.close();
});

test.each<[string, (monitor: StorageMonitor) => Promise<Backend>]>([
  ['SQLite', monitor => Promise.resolve(new SqliteBackend(makeFolder(), undefined, monitor))],
  ['PostgreSQL', async monitor => await openPostgresBackend(await makeEmptyDatabase(), undefined, monitor)],
])('%s: a library’s statements are reported, without values', async (_, open) => {
  const seen = makeMonitor();
  const backend = await open(seen);
  const store = await backend.open('server-1', () => Promise.resolve([]));
  await store.write(putArticle, rowOf(buildNews('a1', [{ who: 'Ann Lee', says: 'Rain fell' }])), 10);
  await store.read(findTerms, 'text', ['rain'], []);
  expect(backend.waiting).toBe(0);
  const statements = seen.statements.map(({ sql }) => sql);
  expect(statements).toEqual(expect.arrayContaining([expect.stringMatching(/^INSERT INTO/v), 'COMMIT']));
  expect(statements.join('\n')).not.toMatch(/rain|Ann|server-1/iv);
  await store.close();
  await backend.close();
});
