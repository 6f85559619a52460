import pg from 'pg';
import { expect, test } from 'vitest';
import { putArticle, saveVectors } from '../../../../src/library/store/changes.ts';
import { findNearest } from '../../../../src/library/store/index-queries.ts';
import { NO_FILTER } from '../../../../src/library/store/library-index.ts';
import { openPostgresBackend } from '../../../../src/library/store/postgres/backend.ts';
import { TABLES } from '../../../../src/library/store/postgres/schema.ts';
import { connectToEmpty, makeDatabase } from '../../../postgres/database.ts';
import { buildNews, rowOf } from '../../rows.ts';
import { wordVector, wordVectors } from '../../word-vectors.ts';
import { describeBackend } from '../backend-contract.ts';

const url = await makeDatabase();
const clear = await connectToEmpty(url);

/** Each statement that the contract ran. */
const statements = new Set<string>();
const monitor = { waited: () => undefined, ran: (sql: string) => statements.add(sql) };

describeBackend('PostgreSQL', () =>
  Promise.resolve({ open: () => openPostgresBackend(url, undefined, monitor), clear }),
);

/** Statements on the libraries of all nodes, which Citus plans without their names. */
const onAllNodes = ['SELECT library FROM verbatim.libraries ORDER BY library'];
const distributed = TABLES.filter(table => table !== 'followers');
const isDistributed = new RegExp(`(?:FROM|JOIN|UPDATE|INTO|USING) verbatim\\.(?:${distributed.join('|')})\\b`, 'gv');
/** What says which library's rows a table's are: a condition, or the first value of an insert. */
const isOfOneLibrary = /library = \$1|(?:VALUES \(|SELECT )\$1/gv;

/** Returns why Citus can't plan a statement; `undefined` if it can. */
function problemOf(sql: string): string | undefined {
  const [, returned = ''] = /\bDELETE\b.*?\bRETURNING\b(?<returned>[^\)]*)/sv.exec(sql) ?? [];
  if (returned.includes('(')) return 'a function in RETURNING of a DELETE';
  const named = sql.match(isDistributed)?.length ?? 0;
  return (sql.match(isOfOneLibrary)?.length ?? 0) < named ? 'a table without the library' : undefined;
}

test('each statement can be planned by Citus: it names the library for each table, and a DELETE returns plain columns', () => {
  const found = [...statements]
    .filter(sql => !onAllNodes.includes(sql))
    .flatMap(sql => {
      const problem = problemOf(sql);
      return problem === undefined ? [] : [`${problem}: ${sql}`];
    });
  expect(found).toEqual([]);
  expect(statements.size).toBeGreaterThan(80);
});

test.each([
  'SELECT number FROM verbatim.units JOIN verbatim.articles ON library = $1',
  'DELETE FROM verbatim.forms WHERE number = $1',
  'DELETE FROM verbatim.forms WHERE library = $1 RETURNING array_to_json(words)',
])('that check refuses %s', sql => {
  expect(problemOf(sql)).toBeDefined();
});

test('the nearest paragraphs are found in a library of so many that most are left out by a sample of their signs', async () => {
  const backend = await openPostgresBackend(url);
  const store = await backend.open('server-1', () => Promise.resolve([]));
  const put = await store.write(putArticle, rowOf(buildNews('rain', ['Rain fell.', 'Wheat prices rose.'])), 10);
  if (put.kind === 'full') throw new Error('full');
  await store.write(saveVectors, put.ref, 'words', wordVectors(['Rain fell.', 'Wheat prices rose.']));
  const client = new pg.Client(url);
  await client.connect();
  const digests = [1, 2, 3].map(part => `md5(format('%s %s ${part}', article, paragraph))`).join(' || ');
  await client.query(`UPDATE verbatim.libraries SET article = 3000 WHERE library = 'server-1';
    INSERT INTO verbatim.signs SELECT 'server-1', (article << 20) + paragraph, ('x' || ${digests})::bit(384)
      FROM generate_series(2::bigint, 3000) AS article CROSS JOIN generate_series(0, 15) AS paragraph`);
  await client.end();
  const found = await store.read(findNearest, 'words', wordVector('wheat prices'), 1, NO_FILTER);
  expect(found.map(({ article, paragraph }) => `${article} ${paragraph}`)).toEqual(['rain 1']);
  await store.close();
  await backend.close();
});
