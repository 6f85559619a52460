import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { inspect } from 'node:util';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { countArticles, listNewest } from '../../../../src/library/store/articles.ts';
import { putArticle, removeArticle } from '../../../../src/library/store/changes.ts';
import { StorageError } from '../../../../src/library/store/errors.ts';
import { openPostgresBackend } from '../../../../src/library/store/postgres/backend.ts';
import { isRetryable } from '../../../../src/library/store/postgres/connection.ts';
import { requireUsable } from '../../../../src/library/store/postgres/migrate.ts';
import type { Backend, PutResult, Store } from '../../../../src/library/store/store.ts';
import { findTerms } from '../../../../src/library/store/terms.ts';
import { countUnits } from '../../../../src/library/store/units.ts';
import { EXIT_CODES, startFailure } from '../../../../src/start-failure.ts';
import { startCuttingProxy } from '../../../postgres/cutting-proxy.ts';
import { makeDatabase, makeEmptyDatabase } from '../../../postgres/database.ts';
import { createDatabase, startPostgres, type TestServer } from '../../../postgres/server.ts';
import { startTransactionPooler } from '../../../postgres/transaction-pooler.ts';
import { buildNews, rowOf } from '../../rows.ts';

const many = 1000;
const noSeeds = () => Promise.resolve([]);

let url = '';
beforeEach(async () => {
  url = await makeDatabase();
});

async function withPlace<Result>(
  address: string,
  work: (store: Store, place: Backend) => Promise<Result>,
): Promise<Result> {
  const place = await openPostgresBackend(address);
  try {
    return await work(await place.open('server-1', noSeeds), place);
  } finally {
    await place.close();
  }
}

function put(store: Store, number: number, most = many): Promise<PutResult> {
  return store.write(
    putArticle,
    rowOf(buildNews(`a${number}`, [{ who: 'Ann Lee', says: `Rain fell ${number} times` }])),
    most,
  );
}

/** Returns the articles that are there, each found by its words, and nothing of any other. */
async function numbersKept(store: Store): Promise<number[]> {
  const ids = (await store.read(listNewest, 0, many))
    .map(({ id }) => Number(id.slice(1)))
    .sort((one, other) => one - other);
  const found = await store.read(findTerms, 'text', ids.map(String), []);
  expect(found.map(({ term }) => Number(term)).sort((one, other) => one - other)).toEqual(ids);
  expect([await store.read(countArticles), await store.read(countUnits)]).toEqual([ids.length, ids.length]);
  return ids;
}

async function failure(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('it worked');
}

describe('a server of its own', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    url = await createDatabase(server.url);
  });

  test('a stopped server gives one sentence, and the next command works once it is back', async () => {
    await withPlace(url, async store => {
      await put(store, 1);
      await server.halt();
      const errors = await Promise.all([failure(() => put(store, 2)), failure(() => openPostgresBackend(url))]);
      await server.start();
      for (const error of errors) {
        expect(error).toBeInstanceOf(StorageError);
        expect(String(error)).toMatch(/isn’t responding, so nothing was changed\. .*then try again\.$/v);
        expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/pass(?:\/|%2F)word/v);
      }
      expect((await put(store, 3)).kind).toBe('added');
      expect(await numbersKept(store)).toEqual([1, 3]);
    });
  });

  test('nobody notices a server that restarts at once', async () => {
    await withPlace(url, async store => {
      await put(store, 1);
      const puts = [2, 3, 4].map(number => put(store, number));
      await server.halt();
      const counted = store.read(countArticles);
      await server.start();
      expect((await Promise.all(puts)).map(({ kind }) => kind)).toEqual(['added', 'added', 'added']);
      expect(await counted).toBeGreaterThan(0);
      expect(await numbersKept(store)).toEqual([1, 2, 3, 4]);
    });
  });
});

test('a server without TLS where the URL asks for it, and one that breaks it, give one sentence', async () => {
  const babbling = createServer(socket => {
    socket.on('error', () => undefined);
    // It claims to have TLS, and then sends something else.
    socket.once('data', () => {
      socket.write('S');
      socket.once('data', () => socket.write('rubbish '.repeat(9)));
    });
  });
  await new Promise<void>(resolve => babbling.listen(0, '127.0.0.1', resolve));
  const address = babbling.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const refused = [
    [`${url}?sslmode=verify-full`, /^NO_AGREEMENT$/v],
    [`postgres://me:secret@127.0.0.1:${port}/none?sslmode=verify-full`, /^(?:EPROTO|ERR_SSL_\w+)$/v],
  ] as const;
  const errors = await Promise.all(refused.map(([where]) => failure(() => openPostgresBackend(where))));
  for (const [at, [, code]] of refused.entries()) {
    const error = errors[at];
    expect(error).toBeInstanceOf(StorageError);
    expect(String(error)).toMatch(/needs to check (?:it|its settings and permissions); then try again\.$/v);
    expect(error).toMatchObject({ cause: { code: expect.stringMatching(code) } });
  }
  babbling.close();
});

test('a database with another character encoding is refused in one sentence', async () => {
  const client = new Client(url);
  await client.connect();
  await client.query("CREATE DATABASE plain ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0");
  await client.end();
  const error = await failure(() => openPostgresBackend(url.replace(/[^\/]+$/v, 'plain')));
  expect(error).toBeInstanceOf(StorageError);
  expect(String(error)).toContain('must have the encoding UTF8');
  expect(reasonFor(error)).toMatchObject({ exitCode: misconfigured });
});

test('a server that is too old is refused in one sentence', async () => {
  const error = await failure(async () => requireUsable({ encoding: 'UTF8', release: 13 }));
  expect(String(error)).toContain('PostgreSQL 13, but the bot needs 14 or later');
  expect(reasonFor(error)).toMatchObject({ exitCode: misconfigured });
  expect(() => requireUsable({ encoding: 'UTF8', release: 14 })).not.toThrow();
});

test('a database of a newer version is refused until the bot is updated', async () => {
  await having('INSERT INTO verbatim.migrations VALUES (999)', () => Promise.resolve());
  const error = await failure(() => openPostgresBackend(url));
  expect(reasonFor(error)).toMatchObject({
    message: expect.stringContaining('newer version'),
    exitCode: misconfigured,
  });
});

test('a pooler that mixes sessions, where locks wouldn’t hold, is refused', async () => {
  const pooler = await startTransactionPooler(url);
  const error = await failure(() => openPostgresBackend(pooler.url));
  pooler.close();
  expect(reasonFor(error)).toMatchObject({
    message: expect.stringContaining('pooler in transaction mode'),
    exitCode: misconfigured,
  });
});

test('a database that accepts no connections, perhaps for a while, is named', async () => {
  await having('CREATE DATABASE closed ALLOW_CONNECTIONS false', () => Promise.resolve());
  url = url.replace(/[^\/]+$/v, 'closed');
  expect(reasonFor(await failure(() => openPostgresBackend(url)))).toMatchObject({
    message: expect.stringContaining('accepts no connections (55000). '),
    exitCode: failed,
  });
});

test('a client that lost its connection before a query is replaced', () => {
  const lost = new Error('Client has encountered a connection error and is not queryable');
  expect(isRetryable(lost)).toBe(true);
});

test.each(['before', 'after'] as const)(
  'if a connection is lost %s the server committed, stores once and says so',
  async when => {
    const proxy = await startCuttingProxy(url);
    await withPlace(proxy.url, async store => {
      await put(store, 1);
      proxy.cut(when, 'COMMIT');
      expect((await put(store, 2)).kind).toBe('added');
      proxy.cut(when, 'COMMIT');
      expect(await store.write(removeArticle, 'a1', 5)).toBe(true);
      expect(proxy.cuts).toBe(2);
      expect(await numbersKept(store)).toEqual([2]);
    });
    await proxy.close();
  },
);

test('lost connections, again and again, lose nothing and store nothing twice', async () => {
  const proxy = await startCuttingProxy(url);
  await withPlace(proxy.url, async store => {
    proxy.cutEvery(60);
    const numbers = Array.from({ length: 12 }, (_, number) => number);
    for (const number of numbers) expect((await put(store, number)).kind).toBe('added');
    proxy.cutEvery(Number.POSITIVE_INFINITY);
    expect(proxy.cuts).toBeGreaterThan(2);
    expect(await numbersKept(store)).toEqual(numbers);
  });
  await proxy.close();
});

test('two processes never both add one text, nor the last article that fits', async () => {
  await withPlace(url, (first, one) =>
    withPlace(url, async (second, other) => {
      const both = await Promise.all([put(first, 1), put(second, 1)]);
      expect(both.map(({ kind }) => kind).sort()).toEqual(['added', 'same']);
      const puts = [2, 3, 4, 5, 6, 7].map(number => put(number % 2 === 0 ? first : second, number, 4));
      expect((await Promise.all(puts)).filter(({ kind }) => kind === 'full')).toHaveLength(3);
      expect(await numbersKept(second)).toHaveLength(4);
      const made = await Promise.all(
        [one, other].map(place => place.open('server-2', async () => [rowOf(buildNews('s', ['Snow.']))])),
      );
      expect(await Promise.all(made.map(store => store.read(countArticles)))).toEqual([1, 1]);
    }),
  );
});

test('readers do not wait for writers', async () => {
  await withPlace(url, async (store, place) => {
    const second = await place.open('server-2', noSeeds);
    await put(second, 1);
    const client = new Client({ connectionString: url });
    await client.connect();
    // Writers wait for this lock, as for a slow writer.
    await client.query('BEGIN; LOCK TABLE verbatim.articles IN SHARE ROW EXCLUSIVE MODE');
    const puts = Array.from({ length: 30 }, (_, number) => put(store, number));
    expect(await Promise.all([second.read(countArticles), second.read(countUnits), store.read(countArticles)])).toEqual(
      [1, 1, 0],
    );
    await client.query('COMMIT');
    await client.end();
    await Promise.all(puts);
    expect(await numbersKept(store)).toHaveLength(30);
  });
});

test('one process does what is due, and it stays due if it is scheduled again meanwhile', async () => {
  await withPlace(url, (_first, one) =>
    withPlace(url, async (_second, other) => {
      await one.schedule('purging', 'server-1', 10);
      expect([await one.due('purging', 20), await other.due('purging', 20)]).toEqual([['server-1'], []]);
      await other.schedule('purging', 'server-1', 15);
      await one.complete('purging', 'server-1');
      expect(await other.due('purging', 20)).toEqual(['server-1']);
      await other.complete('purging', 'server-1');
      expect(await one.due('purging', 20)).toEqual([]);
    }),
  );
});

test('a library that another process erased takes nothing more, and its numbers are never used again', async () => {
  await withPlace(url, (first, one) =>
    withPlace(url, async (second, other) => {
      const before = await put(first, 1);
      await other.erase('server-1');
      await expect(put(first, 2)).rejects.toThrow('The library was just erased');
      expect([await first.read(countArticles), await first.read(listNewest, 0, many)]).toEqual([0, []]);
      await setTimeout(2);
      await one.open('server-1', noSeeds);
      const after = await put(second, 1);
      if (before.kind === 'full' || after.kind === 'full') throw new Error('full');
      expect(after.ref.revision).not.toBe(before.ref.revision);
    }),
  );
});

test.each([
  ['no address', () => 'postgres://me:secret@[broken', /The database's address isn't valid/v],
  ['another password', () => url.replace(/:pass[^@]*@/v, ':secret@'), /refused the connection/v],
])('%s gives one sentence without the URL', async (_name, addressOf, sentence) => {
  const error = await failure(() => openPostgresBackend(addressOf()));
  expect(error).toBeInstanceOf(StorageError);
  expect(String(error)).toMatch(sentence);
  expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/:secret|pass(?:\/|%2F)word/v);
});

/** Runs statements on the test's database as its owner, and keeps the connection open until `then` has ended. */
async function having(sql: string, then: () => Promise<unknown>): Promise<unknown> {
  const client = new Client(url);
  await client.connect();
  await client.query(sql);
  const result = await then();
  await client.end();
  return result;
}

const name = () => new URL(url).pathname.slice(1);
const { misconfigured, failed } = EXIT_CODES;

/** Returns what whoever starts the bot reads. */
function reasonFor(error: unknown) {
  return startFailure(error, { metrics: undefined, databaseUrl: url });
}

test.each([
  ['a wrong password', '28P01', 'rejects the password', misconfigured, () => url.replace(/:pass[^@]*@/v, ':secret@')],
  ['no such database', '3D000', 'has no database', misconfigured, () => url.replace(/test_\w+$/v, 'missing')],
  ['an unknown option', '42704', "doesn't know a setting", misconfigured, () => `${url}?options=-c%20unheard%3Dof`],
  ['an option’s bad value', '22023', 'DATABASE_URL', misconfigured, () => `${url}?options=-c%20work_mem%3Dmuch`],
  [
    'no right to create tables',
    '42501',
    'no access',
    misconfigured,
    () => url.replace(/\/\/[^@]*@/v, '//weak:secret@'),
  ],
])('%s: whoever starts the bot reads the code, and that it needs fixing', async (_, code, words, exitCode, address) => {
  url = await makeEmptyDatabase();
  const error = await having("CREATE ROLE weak LOGIN PASSWORD 'secret'", () =>
    failure(() => openPostgresBackend(address())),
  );
  await having('DROP ROLE weak', () => Promise.resolve());
  const reason = startFailure(error, { metrics: undefined, databaseUrl: address() });
  expect(reason).toMatchObject({ message: expect.stringContaining(`(${code}). `), exitCode });
  expect(reason?.message).toContain(words);
  expect(reason?.message).not.toContain('secret');
});

test('a read-only database and a locked one are named as such, to whoever starts the bot and to users', async () => {
  const alter = `ALTER DATABASE ${name()} SET`;
  await withPlace(url, () => Promise.resolve());
  await having(`${alter} lock_timeout = '100ms'`, () => Promise.resolve());
  const locked = await having('BEGIN; LOCK TABLE verbatim.migrations IN ACCESS EXCLUSIVE MODE', () =>
    failure(() => openPostgresBackend(url)),
  );
  expect(String(locked)).toContain('Another program is using this library');
  expect(reasonFor(locked)).toMatchObject({ message: expect.stringContaining('is locked by another program (55P03)') });
  const readOnly = await having(`${alter} default_transaction_read_only = on`, () =>
    failure(() => withPlace(url, store => put(store, 1))),
  );
  expect(String(readOnly)).toContain('The library is read-only');
  expect(reasonFor(readOnly)).toMatchObject({
    message: expect.stringContaining('is read-only (25006)'),
    exitCode: failed,
  });
});
