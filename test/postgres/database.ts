import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { createDatabase } from './server.ts';

/**
 * Returns the URL of the server that all test files share, or of a migrated database on it. It starts if it doesn't run
 * yet, since most test files don't need it.
 */
export async function sharedPostgres(database: 'postgres' | 'migrated' = 'postgres'): Promise<string> {
  const response = await fetch(new URL(database, inject('postgres')));
  const answer = await response.text();
  if (!response.ok) throw new Error(answer);
  return answer;
}

/** Creates an empty database there, and returns its URL. */
export async function makeEmptyDatabase(): Promise<string> {
  return await createDatabase(await sharedPostgres());
}

/** Creates a database without libraries there, and returns its URL. Copying it takes a quarter of migrating an empty one. */
export async function makeDatabase(): Promise<string> {
  return await createDatabase(await sharedPostgres(), await sharedPostgres('migrated'));
}

/**
 * Returns a function that deletes every row that the bot stored, which is faster than creating another database. It uses
 * one connection, until the end of the test file: a new one would plan everything again.
 */
export async function connectToEmpty(url: string): Promise<() => Promise<void>> {
  const client = new pg.Client(url);
  await client.connect();
  afterAll(() => client.end());
  return async () => {
    await client.query(DELETE_ROWS);
  };
}

const DELETE_ROWS = `
  DO $$ DECLARE each text; BEGIN
    FOR each IN SELECT relname FROM pg_class WHERE relnamespace = 'verbatim'::regnamespace AND relkind IN ('r', 'p')
      AND NOT relispartition AND relname <> 'migrations' LOOP
      EXECUTE format('DELETE FROM verbatim.%I', each);
    END LOOP;
  END $$`;
