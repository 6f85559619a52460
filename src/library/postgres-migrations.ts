import { CannotKeep } from './faults.ts';
import type { PostgresConnection } from './postgres-connection.ts';
import { createIndex, orderEquals, orderSpoken } from './postgres-index-schema.ts';
import { createArticles, createChoices, createClaims, createDrafts, createLists } from './postgres-schema.ts';

/** What makes the database, version by version. Never change one that was published; add another. */
const migrations: readonly string[] = [
  [createLists, createArticles, createIndex].join('\n'),
  createChoices,
  orderSpoken,
  createClaims,
  createDrafts,
  orderEquals,
];

export const latestVersion = migrations.length;

/** Brings the database to the version of this code, once, however many processes begin at a time. */
export async function migrate(connection: PostgresConnection): Promise<void> {
  await connection.writing('migrations', async ask => {
    const [database] = await ask<{ encoding: string }>("SELECT current_setting('server_encoding') AS encoding");
    // In others a letter is not a letter, and nothing that is not English would be found.
    if (database?.encoding !== 'UTF8') {
      throw new CannotKeep('The database must have the encoding UTF8: whoever runs the bot must make it so.');
    }
    for (const sql of ['CREATE SCHEMA IF NOT EXISTS verbatim', tableOfVersions]) await ask(sql);
    const [row] = await ask<{ version: number }>(
      'SELECT coalesce(max(version), 0) AS version FROM verbatim.migrations',
    );
    const version = row?.version ?? 0;
    if (version > migrations.length) {
      throw new CannotKeep('The database was written by a newer version of the bot: whoever runs it must update it.');
    }
    for (const [at, statements] of migrations.entries()) {
      if (at < version) continue;
      for (const statement of statements.split(';')) if (statement.trim() !== '') await ask(statement);
      await ask('INSERT INTO verbatim.migrations VALUES ($1)', at + 1);
    }
  });
}

const tableOfVersions = 'CREATE TABLE IF NOT EXISTS verbatim.migrations (version integer PRIMARY KEY)';
