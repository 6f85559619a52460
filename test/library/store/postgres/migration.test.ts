import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { StorageError } from '../../../../src/library/store/errors.ts';
import { openPostgresBackend } from '../../../../src/library/store/postgres/backend.ts';
import { latestVersion, migrations } from '../../../../src/library/store/postgres/schema.ts';
import { times } from '../../../depth.ts';
import { startCuttingProxy } from '../../../postgres/cutting-proxy.ts';
import { makeDatabase } from '../../../postgres/database.ts';
import { partitionTables } from '../../../postgres/partition.ts';

const rows = times(2_000, 200_000);

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

async function openAndClose(url: string): Promise<string[]> {
  const reported: string[] = [];
  const backend = await openPostgresBackend(url, sentence => reported.push(sentence));
  await backend.close();
  return reported;
}

/** Makes a database of version 2 with many keys, whose tables may be partitioned. */
async function makeOldDatabase(
  partitions: number | undefined,
): Promise<{ readonly url: string; readonly client: pg.Client }> {
  const url = await makeDatabase();
  await openAndClose(url);
  const client = await connect(url);
  await client.query(`
    DROP INDEX verbatim.keys_by_day, verbatim.forms_by_said, verbatim.articles_by_encoder;
    CREATE INDEX forms_by_said ON verbatim.forms (library, said);
    DROP TABLE verbatim.claims, verbatim.drafts, verbatim.erasing, verbatim.signs;
    DROP TABLE verbatim.follows, verbatim.feed_items, verbatim.watches, verbatim.outbox;
    DROP TABLE verbatim.posting, verbatim.feeds, verbatim.followers;
    ALTER TABLE verbatim.articles DROP COLUMN encoded_by, DROP COLUMN vectors;
    DELETE FROM verbatim.migrations WHERE version > 2;
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
  const url = await makeDatabase();
  await openAndClose(url);
  const last = new Map(
    migrations.flatMap(each => (each.kind === 'indexes' ? each.indexes : [])).map(each => [each.name, each]),
  );
  const found = await definitionsIn(await connect(url));
  for (const { name, definition } of last.values()) {
    expect(found.find(each => each.name === name)?.definition.endsWith(definition)).toBe(true);
  }
});

test('several processes that start with a new database report nothing', async () => {
  const url = await makeDatabase();
  expect(await Promise.all([openAndClose(url), openAndClose(url), openAndClose(url)])).toEqual([[], [], []]);
});

test.each([
  { partitions: undefined, written: 'keys', invalid: [/^keys_by_day_/v] },
  // The other partitions have their indexes by then.
  { partitions: 3, written: 'keys_2', invalid: [/^keys_2_/v, /^keys_by_day_/v] },
])(
  'migrating outlasts every time limit, is continued after a failure, and neither blocks others nor is done twice (with $partitions partitions)',
  {
    timeout: 120_000,
  },
  async ({ partitions, written, invalid }) => {
    const { url, client } = await makeOldDatabase(partitions);
    const before = await definitionsIn(client);
    await client.query(`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET statement_timeout = 50`);
    const writer = await connect(url);
    // Building an index waits for older writers of the table, however long they take.
    await writer.query(`BEGIN; LOCK TABLE verbatim.${written} IN ROW EXCLUSIVE MODE`);
    const broken = openAndClose(url).catch((error: unknown) => error);
    await isAtIndex(client, 100);
    await client.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_progress_create_index WHERE datname = current_database()',
    );
    expect(await broken).toBeInstanceOf(StorageError);
    const left = (await definitionsIn(client)).filter(({ isValid }) => !isValid);
    expect(left.map(({ name }) => name)).toEqual(invalid.map(name => expect.stringMatching(name)));

    const [one, other] = [openAndClose(url), openAndClose(url)];
    await isAtIndex(client, 100);
    await client.query("INSERT INTO verbatim.keys VALUES ('server-1', 'new', 1, 'a', NULL, NULL, 1)");
    await writer.query('COMMIT');
    const reports = [await one, await other].sort((first, second) => second.length - first.length);
    expect(reports[0]).toEqual(
      Array.from(
        { length: latestVersion - 2 },
        (_, at) => `Migrating the database to version ${at + 3} of ${latestVersion}.`,
      ),
    );
    // It waited, too shortly to say so.
    expect(reports[1]).toEqual([]);

    const after = await definitionsIn(client);
    expect(after.filter(({ isValid }) => !isValid)).toEqual([]);
    const namesOf = (indexes: typeof after) => indexes.flatMap(({ name, isPartition }) => (isPartition ? [] : [name]));
    expect(namesOf(after)).toEqual(
      [
        ...new Set([
          ...namesOf(before),
          ...['articles_by_encoder', 'claims_pkey', 'drafts_pkey', 'erasing_pkey', 'keys_by_day', 'signs_pkey'],
          ...['feed_items_pkey', 'feed_items_taken', 'follows_pkey', 'outbox_pkey', 'watches_pkey'],
          ...[
            'feeds_by_claim',
            'feeds_by_next',
            'feeds_pkey',
            'followers_by_library',
            'followers_pkey',
            'posting_pkey',
          ],
        ]),
      ].sort(),
    );
    expect(after.find(({ name }) => name === 'forms_by_said')?.definition).toContain('(library, said, number)');
    expect(await openAndClose(url)).toEqual([]);
  },
);

test('a migration of partitioned tables that is cut off again and again, a step later each time, ends like any other', {
  timeout: 120_000,
}, async () => {
  const [cut, uncut] = [await makeOldDatabase(2), await makeOldDatabase(2)];
  const proxy = await startCuttingProxy(cut.url);
  onTestFinished(() => proxy.close());
  // Fewer messages don't get as far as the migration.
  for (let messages = 15; ; messages += 1) {
    proxy.cutEvery(messages);
    const outcome = await openAndClose(proxy.url).catch((error: unknown) => error);
    if (!(outcome instanceof Error)) break;
    expect(outcome).toBeInstanceOf(StorageError);
  }
  expect(proxy.cuts).toBeGreaterThan(5);
  await openAndClose(uncut.url);
  expect(await definitionsIn(cut.client)).toEqual(await definitionsIn(uncut.client));
});
