import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { putArticle } from '../../../../src/library/store/changes.ts';
import { StorageError } from '../../../../src/library/store/errors.ts';
import { openPostgresBackend } from '../../../../src/library/store/postgres/backend.ts';
import { PostgresConnection } from '../../../../src/library/store/postgres/connection.ts';
import { migrate } from '../../../../src/library/store/postgres/migrate.ts';
import { MIGRATIONS, type Migration } from '../../../../src/library/store/postgres/schema.ts';
import { FIRST_STATEMENTS } from '../../../../src/library/store/tables.ts';
import { times } from '../../../depth.ts';
import { startCuttingProxy } from '../../../postgres/cutting-proxy.ts';
import { makeEmptyDatabase } from '../../../postgres/database.ts';
import { partitionTables } from '../../../postgres/partition.ts';
import { buildNews, rowOf } from '../../rows.ts';

const rows = times(2_000, 200_000);

/** What a later version could change. */
const later: readonly Migration[] = [
  ...MIGRATIONS,
  { kind: 'statements', sql: 'CREATE TABLE verbatim.added (library text PRIMARY KEY); SELECT 1' },
  {
    kind: 'indexes',
    indexes: [
      {
        name: 'keys_by_article',
        table: 'keys',
        definition: 'USING btree (library, article, speaker) WHERE (said > 0)',
      },
      { name: 'forms_by_said', table: 'forms', definition: 'USING btree (library, said, bearers, number)' },
    ],
  },
  { kind: 'statements', sql: 'ALTER TABLE verbatim.choices ADD COLUMN added text' },
];

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

/** Migrates a database as a later version would, and returns what is reported. */
async function migrateLater(url: string): Promise<string[]> {
  const reported: string[] = [];
  const connection = new PostgresConnection(url);
  try {
    await migrate(url, connection, sentence => reported.push(sentence), later);
  } finally {
    await connection.close();
  }
  return reported;
}

async function openAndClose(url: string): Promise<string[]> {
  const reported: string[] = [];
  const backend = await openPostgresBackend(url, sentence => reported.push(sentence));
  await backend.close();
  return reported;
}

/** Makes a database of this version with many keys, whose tables may be partitioned. */
async function makeFilledDatabase(
  partitions: number | undefined,
): Promise<{ readonly url: string; readonly client: pg.Client }> {
  const url = await makeEmptyDatabase();
  await openAndClose(url);
  const client = await connect(url);
  await client.query(`
    INSERT INTO verbatim.keys SELECT 'server-1', 'key ' || number % 100, number, 'a', '2026-01-02', NULL, 1
      FROM generate_series(1, ${rows}) AS number`);
  if (partitions !== undefined) await partitionTables(url, partitions);
  return { url, client };
}

async function definitionsIn(client: pg.Client) {
  const sql = `SELECT relname AS name, pg_get_indexdef(oid) AS definition, indisvalid AS "isValid",
      relispartition AS "isPartition"
    FROM pg_class JOIN pg_index ON indexrelid = oid WHERE relnamespace = 'verbatim'::regnamespace ORDER BY relname`;
  interface Index {
    readonly name: string;
    readonly definition: string;
    readonly isValid: boolean;
    readonly isPartition: boolean;
  }
  return (await client.query<Index>(sql)).rows;
}

/** Waits until the migration has been at an index for so long. */
async function isAtIndex(client: pg.Client, milliseconds: number): Promise<void> {
  const sql = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active'
    AND query LIKE '% INDEX CONCURRENTLY %' AND application_name = 'verbatim migration'
    AND clock_timestamp() - query_start > $1 * interval '1 millisecond'`;
  await expect.poll(async () => (await client.query(sql, [milliseconds])).rowCount, { timeout: 20_000 }).toBe(1);
}

test('indexes are defined as PostgreSQL writes them, or each would be built again', async () => {
  const url = await makeEmptyDatabase();
  await migrateLater(url);
  const last = new Map(
    later.flatMap(each => (each.kind === 'indexes' ? each.indexes : [])).map(each => [each.name, each]),
  );
  const found = await definitionsIn(await connect(url));
  for (const { name, definition } of last.values()) {
    expect(found.find(each => each.name === name)?.definition.endsWith(definition)).toBe(true);
  }
});

test('what people said before statements were stored is known at once', async () => {
  const url = await makeEmptyDatabase();
  const backend = await openPostgresBackend(url);
  const store = await backend.open('server-1', () => Promise.resolve([]));
  const lines = ['Rain fell', 'Snow fell'].map(says => ({ who: 'Ann Lee', says }));
  await store.write(putArticle, rowOf(buildNews('rain', lines, { published: '2022-03-14' })), 10);
  await backend.close();
  const client = await connect(url);
  const look = async () => (await client.query('SELECT * FROM verbatim.statements ORDER BY number')).rows;
  const stored = await look();
  expect(stored).toMatchObject([{ day: '2022-03-14', certainty: 2 }, { certainty: 2 }]);
  await client.query('DELETE FROM verbatim.statements');
  await client.query(FIRST_STATEMENTS);
  expect(await look()).toEqual(stored);
});

test('several processes that start with a new database report nothing', async () => {
  const url = await makeEmptyDatabase();
  expect(await Promise.all([openAndClose(url), openAndClose(url), openAndClose(url)])).toEqual([[], [], []]);
});

test.each([
  { partitions: undefined, written: 'keys', invalid: [/^keys_by_article_/v] },
  // The other partitions have their indexes by then.
  { partitions: 3, written: 'keys_2', invalid: [/^keys_2_/v, /^keys_by_article_/v] },
])(
  'migrating outlasts every time limit, is continued after a failure, and neither blocks others nor is done twice (with $partitions partitions)',
  {
    timeout: 120_000,
  },
  async ({ partitions, written, invalid }) => {
    const { url, client } = await makeFilledDatabase(partitions);
    const before = await definitionsIn(client);
    await client.query(`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET statement_timeout = 50`);
    const writer = await connect(url);
    // Building an index waits for older writers of the table, however long they take.
    await writer.query(`BEGIN; LOCK TABLE verbatim.${written} IN ROW EXCLUSIVE MODE`);
    const broken = migrateLater(url).catch((error: unknown) => error);
    await isAtIndex(client, 100);
    await client.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_progress_create_index WHERE datname = current_database()',
    );
    expect(await broken).toBeInstanceOf(StorageError);
    const left = (await definitionsIn(client)).filter(({ isValid }) => !isValid);
    expect(left.map(({ name }) => name)).toEqual(invalid.map(name => expect.stringMatching(name)));

    const [one, other] = [migrateLater(url), migrateLater(url)];
    await isAtIndex(client, 100);
    await client.query("INSERT INTO verbatim.keys VALUES ('server-1', 'new', 1, 'a', NULL, NULL, 1)");
    await writer.query('COMMIT');
    const reports = [await one, await other].sort((first, second) => second.length - first.length);
    const last = later.length;
    expect(reports[0]).toEqual([last - 1, last].map(each => `Migrating the database to version ${each} of ${last}.`));
    // It waited, too shortly to say so.
    expect(reports[1]).toEqual([]);

    const after = await definitionsIn(client);
    expect(after.filter(({ isValid }) => !isValid)).toEqual([]);
    const namesOf = (indexes: typeof after) => indexes.flatMap(({ name, isPartition }) => (isPartition ? [] : [name]));
    expect(namesOf(after)).toEqual([...namesOf(before), 'added_pkey', 'keys_by_article'].sort());
    expect(after.find(({ name }) => name === 'forms_by_said')?.definition).toContain(
      '(library, said, bearers, number)',
    );
    expect(await migrateLater(url)).toEqual([]);
    await expect(openAndClose(url)).rejects.toThrow('newer version');
  },
);

test('a database of an unreleased version is left alone', async () => {
  const { url, client } = await makeFilledDatabase(undefined);
  await client.query('DROP TABLE verbatim.unmatched; DELETE FROM verbatim.migrations WHERE version > 5');
  await expect(openAndClose(url)).rejects.toThrow('unreleased version');
  expect((await client.query('SELECT max(version) FROM verbatim.migrations')).rows).toEqual([{ max: 5 }]);
});

test('a migration of partitioned tables that is cut off again and again, a step later each time, ends like any other', {
  timeout: 120_000,
}, async () => {
  const [cut, uncut] = [await makeFilledDatabase(2), await makeFilledDatabase(2)];
  const proxy = await startCuttingProxy(cut.url);
  onTestFinished(() => proxy.close());
  // Fewer messages don't get as far as the migration.
  for (let messages = 15; ; messages += 1) {
    proxy.cutEvery(messages);
    const outcome = await migrateLater(proxy.url).catch((error: unknown) => error);
    if (!(outcome instanceof Error)) break;
    expect(outcome).toBeInstanceOf(StorageError);
  }
  expect(proxy.cuts).toBeGreaterThan(5);
  await migrateLater(uncut.url);
  expect(await definitionsIn(cut.client)).toEqual(await definitionsIn(uncut.client));
});
