import { closeSync, copyFileSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { attributeForLibrary } from '../../src/attribution/attribute.ts';
import { openBackend, type StorageLocation } from '../../src/library/store/backends.ts';
import { putArticle } from '../../src/library/store/changes.ts';
import { derivationOf } from '../../src/library/store/derived.ts';
import { keysOf } from '../../src/library/store/keys.ts';
import { TABLES } from '../../src/library/store/postgres/schema.ts';
import type { NewArticleRow } from '../../src/library/store/store.ts';
import { toArticle } from '../../src/news/article.ts';
import { type MadeUpArticle, makeNews } from '../made-up-news.ts';

const nothingKnown = { titleIsDescriptive: false, byline: undefined, published: undefined };

/**
 * Makes a library for each server, all with the same generated articles, which are attributed once and copied. Returns
 * the articles.
 */
export async function fillLibraries(
  to: StorageLocation,
  servers: readonly string[],
  articles: number,
): Promise<readonly MadeUpArticle[]> {
  const news = makeNews(articles);
  const [first = '', ...others] = servers.map(id => `server-${id}`);
  const backend = await openBackend(to);
  const store = await backend.open(first, () => Promise.resolve([]));
  for (const each of news) await store.write(putArticle, await rowOf(each), articles);
  await store.close();
  await backend.close();
  if (to.databaseUrl === undefined)
    for (const name of others) copySynced(join(to.folder, `${first}.sqlite`), join(to.folder, `${name}.sqlite`));
  else await copyRows(to.databaseUrl, first, others);
  return news;
}

async function rowOf({ id, title, text }: MadeUpArticle): Promise<NewArticleRow> {
  const metadata = { ...nothingKnown, title, outlet: 'Example Wire', url: `https://news.example/${id}` };
  const read = await attributeForLibrary(toArticle(id, metadata, text));
  return { text: { id, ...metadata, text, updated: false }, keys: keysOf(metadata, text), ...derivationOf(read) };
}

/** Syncs the copy, so that it isn't written to disk while answers are timed. */
function copySynced(from: string, to: string): void {
  copyFileSync(from, to);
  const file = openSync(to, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

async function copyRows(url: string, from: string, names: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await copyTables(client, from, names);
    await client.query('VACUUM ANALYZE');
    // Not allowed on a server that isn't ours.
    await client.query('CHECKPOINT').catch(() => undefined);
  } finally {
    await client.end();
  }
}

async function copyTables(client: pg.Client, from: string, names: readonly string[]): Promise<void> {
  for (const table of TABLES) {
    const { rows } = await client.query<{ name: string }>(
      `SELECT quote_ident(column_name) AS name FROM information_schema.columns
        WHERE table_schema = 'verbatim' AND table_name = $1 AND column_name <> 'library' AND is_generated = 'NEVER'`,
      [table],
    );
    const columns = rows.map(({ name }) => name).join();
    const copy = `INSERT INTO verbatim.${table} (library, ${columns})
      SELECT $1, ${columns} FROM verbatim.${table} WHERE library = $2`;
    for (const name of names) await client.query(copy, [name, from]);
  }
}
