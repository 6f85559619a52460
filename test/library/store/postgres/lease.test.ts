import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { takeLease } from '../../../../src/library/store/postgres/lease.ts';
import { makeEmptyDatabase } from '../../../postgres/database.ts';

const names = ['shard 0 of 2', 'shard 1 of 2'];

/** Breaks all other connections of the kind that hold leases. */
async function breakLeases(client: Client): Promise<void> {
  await client.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'verbatim shards'",
  );
}

test('a name has one holder, who gets it back after a lost connection, unless another was faster', async () => {
  const url = await makeEmptyDatabase();
  const lost: string[] = [];
  const lease = await takeLease(url, names, name => lost.push(name));
  const others = takeLease(url, ['shard 1 of 2'], () => undefined);
  // Another shard isn't in the way.
  const another = await takeLease(url, ['shard 2 of 4'], () => undefined);
  await another.release();
  await expect(others).rejects.toThrow('Another process on this database already runs shard 1 of 2. Stop it first.');
  const client = new Client(url);
  await client.connect();
  const held = async () =>
    (
      await client.query(
        "SELECT 1 FROM pg_locks JOIN pg_database ON oid = database WHERE locktype = 'advisory' AND granted AND datname = current_database()",
      )
    ).rowCount;
  await breakLeases(client);
  await expect.poll(held).toBe(names.length);
  expect(lost).toEqual([]);
  await lease.release();
  await expect.poll(held).toBe(0);
  const next = await takeLease(url, names, () => undefined);
  await next.release();
  await client.end();
});

test('what is released while it is taken again after a lost connection stays free', async () => {
  const url = await makeEmptyDatabase();
  const client = new Client(url);
  await client.connect();
  for (let milliseconds = 0; milliseconds < 24; milliseconds += 2) {
    const lease = await takeLease(url, names, () => undefined);
    await breakLeases(client);
    await pause(milliseconds);
    await lease.release();
  }
  const next = await takeLease(url, names, () => undefined);
  await next.release();
  await client.end();
});
