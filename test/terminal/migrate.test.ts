import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Encodes } from '../../src/answering/networks/encoder.ts';
import { MODEL_ID } from '../../src/answering/networks/model.ts';
import { follow } from '../../src/following/following.ts';
import { type Libraries, openLibraries } from '../../src/library/libraries.ts';
import type { Owner } from '../../src/library/owner.ts';
import { readVectors } from '../../src/library/store/articles.ts';
import { readAllDisputes } from '../../src/library/store/dispute-rows.ts';
import { readFollowers } from '../../src/library/store/following/feeds.ts';
import { readFollows, readMarks } from '../../src/library/store/following/following.ts';
import { deletePosts, groupPosts, readPosts } from '../../src/library/store/following/outbox.ts';
import { readWatches, saveWatch } from '../../src/library/store/following/watches.ts';
import { NO_FILTER } from '../../src/library/store/library-index.ts';
import { readTopSpeakers } from '../../src/library/store/people.ts';
import { attributeHere } from '../library/attribute-in-process.ts';
import { disputeAndDecide } from '../library/dispute-contract.ts';
import { metadataOf, textOf, untitled } from '../library/numbered-texts.ts';
import { wordEncoder } from '../library/word-vectors.ts';
import { makeDatabase, makeEmptyDatabase } from '../postgres/database.ts';
import { outcomeOf, runCommand, startCommand } from './commands.ts';

let database = '';
let folder = '';
beforeEach(async () => {
  database = await makeDatabase();
  folder = mkdtempSync(join(tmpdir(), 'verbatim-migrate-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

type Settings = Readonly<Record<'DATA_DIR', string> & Partial<Record<'DATABASE_URL' | 'TARGET_DATABASE_URL', string>>>;

const server = { kind: 'server', id: '1' } as const;
const person = { kind: 'person', id: '1' } as const;
const inFiles = (dataDir = 'data') => ({ DATA_DIR: dataDir });
const inDatabase = () => ({ DATA_DIR: 'none', DATABASE_URL: database });
const migrate = (settings: Settings, ...args: readonly string[]) =>
  runCommand(folder, { ...settings }, 'migrate', ...args);

/** Opens the libraries of a bot with these settings while `use` runs. */
async function withLibraries<Result>(
  { DATA_DIR, DATABASE_URL }: Settings,
  use: (libraries: Libraries) => Promise<Result>,
  encoder?: Encodes,
): Promise<Result> {
  const options = { seeds: [], mostArticles: 100, mostOpen: 2, attributor: attributeHere, ...(encoder && { encoder }) };
  const place = { folder: join(folder, DATA_DIR, 'libraries'), databaseUrl: DATABASE_URL };
  const libraries = await openLibraries({ ...place, ...options });
  return await use(libraries).finally(() => libraries.close());
}

/** Adds that many articles to a library in files. */
async function fill(owner: Owner, count: number): Promise<void> {
  await withLibraries(inFiles(), async libraries => {
    const library = await libraries.open(owner);
    for (let number = 0; number < count; number += 1) await library.add(metadataOf(number), textOf(number));
  });
}

/** Returns the exports of both owners' libraries. */
async function exportsOf(settings: Settings): Promise<readonly string[][]> {
  return await withLibraries(settings, async libraries => {
    const lines: string[][] = [[], []];
    for (const [at, owner] of [server, person].entries()) {
      for await (const line of (await libraries.open(owner)).lines()) lines[at]?.push(line);
    }
    return lines;
  });
}

/** Returns what is disputed in the server's library, and how often the index has somebody quoted. */
const disputesIn = (settings: Settings) =>
  withLibraries(settings, async libraries => {
    const library = await libraries.open(server);
    const said = (await library.read(readTopSpeakers, NO_FILTER, 10)).map(({ shown, said: times }) => [shown, times]);
    expect(said).toContainEqual(['Bo Cho', 1]);
    expect(said.reduce((sum, [, times]) => sum + Number(times), 0)).toBe(1);
    return await library.read(readAllDisputes);
  });

test('copies all libraries to an empty database and back, complete and in order', async () => {
  database = await makeEmptyDatabase();
  await fill(server, 5);
  await fill(person, 3);
  const chosen = { privacy: 'private', language: 'zh-TW', accent: 0, mentions: ['5'], reports: '12' } as const;
  await withLibraries(inFiles(), async libraries => {
    const library = await libraries.open(server);
    // Another version of an address: the flag that it was updated goes along.
    await library.add(metadataOf(0), 'Hail fell.');
    await library.add(untitled, 'Half \ud800 \0.');
    await library.choose(chosen);
    await disputeAndDecide(library);
  });
  const before = await exportsOf(inFiles());
  const there = await migrate(inFiles(), '--to', database);
  expect(there).toEqual({
    out: [
      'person-1: 3 articles, 3 copied now.',
      'server-1: 7 articles, 7 copied now.',
      'Copied and compared 2 libraries with 10 articles.\n',
    ].join('\n'),
    err: '',
    code: 0,
  });
  expect(await exportsOf(inDatabase())).toEqual(before);
  expect(await exportsOf(inFiles())).toEqual(before);
  expect((await migrate(inDatabase(), '--to', 'back')).out).toContain('compared 2 libraries with 10 articles');
  expect(await disputesIn(inDatabase())).toEqual(await disputesIn(inFiles()));
  expect(await exportsOf(inFiles('back'))).toEqual(before);
  expect(await disputesIn(inFiles('back'))).toEqual(await disputesIn(inFiles()));
  expect(await withLibraries(inFiles('back'), libraries => libraries.choices(server))).toEqual(chosen);
  const again = await migrate(inFiles(), '--to', database);
  expect(again.out).toContain('server-1: 7 articles, 0 copied now.');
});

test('a library that is to be erased, since the bot left its server, is due there at the same time', async () => {
  await fill(server, 1);
  await fill(person, 1);
  const left = Date.UTC(2026, 10, 1);
  await withLibraries(inFiles(), libraries => libraries.scheduleErasure(server, left));
  await migrate(inFiles(), '--to', database);
  await migrate(inDatabase(), '--to', 'back');
  const days = (count: number) => left + count * 24 * 60 * 60 * 1000;
  for (const settings of [inDatabase(), inFiles('back')]) {
    const announced = await withLibraries(settings, async libraries => {
      const found: string[] = [];
      for (const now of [days(29), days(31)])
        await libraries.eraseDue(
          now,
          () => true,
          (id, when) => found.push(`${id} ${when} ${now === days(31)}`),
        );
      return found;
    });
    expect(announced).toEqual(['1 tomorrow true']);
  }
});

test('copies what a library follows and watches, and what it has to post, which is due there', async () => {
  const feed = 'https://news.example/feed';
  const chosen = {
    feed,
    title: 'The Post',
    channel: '12',
    only: undefined,
    keepDays: 30,
    ping: '98',
    addedBy: '7',
  };
  const watched = {
    speaker: 'Ann Lee',
    words: undefined,
    channel: '12',
    addedBy: '7',
    locale: undefined,
    ping: '98',
    every: undefined,
    addedAt: 0,
  };
  await withLibraries(inFiles(), async libraries => {
    const library = await libraries.open(server);
    await follow(library, libraries.feeds, chosen, 5);
    await library.write(saveWatch, { id: 'w', ...watched, disabled: undefined }, 10);
    for (const number of [1, 2, 3]) {
      const item = { feed, keys: [`${number}`], channel: '12' };
      await library.add(metadataOf(number), textOf(number), undefined, item);
    }
    const [one, other] = await library.read(readPosts, Number.MAX_SAFE_INTEGER, 10);
    await library.write(groupPosts, [one?.id ?? '', other?.id ?? ''], 'nonce');
  });
  const followed = async (libraries: Libraries) => {
    const library = await libraries.open(server);
    const delivering: Owner[] = [];
    await libraries.deliver(
      () => true,
      ({ owner }) => {
        delivering.push(owner);
        return Promise.resolve(() => Promise.resolve(0));
      },
    );
    return {
      follows: await library.read(readFollows),
      watches: await library.read(readWatches),
      posts: await library.read(readPosts, Number.MAX_SAFE_INTEGER, 10),
      marks: await library.read(readMarks, feed, ['1', '2', '3']),
      followers: await libraries.feeds(readFollowers, feed),
      delivering,
    };
  };
  const before = await withLibraries(inFiles(), followed);
  expect(before.posts.map(({ nonce }) => nonce)).toEqual(['nonce', 'nonce', undefined]);
  expect([before.follows.length, before.marks.size, before.delivering]).toEqual([1, 3, [server]]);
  for (let times = 0; times < 2; times += 1) {
    await migrate(inFiles(), '--to', database);
    expect(await withLibraries(inDatabase(), followed)).toEqual(before);
  }
  await withLibraries(inDatabase(), async libraries => {
    const library = await libraries.open(server);
    await library.write(
      deletePosts,
      before.posts.map(({ id }) => id),
    );
  });
  // What was posted meanwhile isn't posted again.
  await migrate(inDatabase(), '--to', 'data');
  expect((await withLibraries(inFiles(), followed)).posts).toEqual([]);
});

test('copies vectors, and articles that have none yet without', async () => {
  await fill(server, 3);
  const vectorsIn = async (libraries: Libraries) => {
    const library = await libraries.open(server);
    return await library.read(
      readVectors,
      (await library.newest(0, 9)).map(({ id }) => id),
      MODEL_ID,
    );
  };
  const vectors = await withLibraries(
    inFiles(),
    async libraries => {
      for await (const left of (await libraries.open(server)).encoding()) expect(left).toBeLessThanOrEqual(3);
      return await vectorsIn(libraries);
    },
    wordEncoder,
  );
  await withLibraries(inFiles(), async libraries => (await libraries.open(server)).add(untitled, 'Hail fell.'));
  expect(vectors.size).toBe(3);
  await migrate(inFiles(), '--to', database);
  expect(await withLibraries(inDatabase(), vectorsIn)).toEqual(vectors);
  await migrate(inDatabase(), '--to', 'back');
  expect(await withLibraries(inFiles('back'), vectorsIn)).toEqual(vectors);
});

test('leaves a library alone if the target has it with other contents, and copies the others', async () => {
  await fill(server, 2);
  await fill(person, 1);
  await withLibraries(inDatabase(), async libraries => (await libraries.open(server)).add(untitled, 'Something else.'));
  const [before] = await exportsOf(inDatabase());
  const outcome = await migrate(inFiles(), '--to', database);
  expect(outcome).toMatchObject({ code: 1, out: expect.stringContaining('person-1: 1 article') });
  expect(outcome.err).toMatch(
    /^server-1 already exists there with other contents and was left alone\. To replace it, erase/v,
  );
  expect((await exportsOf(inDatabase()))[0]).toEqual(before);
});

test('continues after it was killed', async () => {
  await fill(server, 30);
  const client = new pg.Client(database);
  await client.connect();
  onTestFinished(() => client.end());
  const copied = () => client.query('SELECT FROM verbatim.articles').then(({ rowCount }) => rowCount ?? 0);
  for (const articles of [1, 12, 24]) {
    const migrating = startCommand(folder, inFiles(), 'migrate', '--to', database);
    const outcome = outcomeOf(migrating);
    await vi.waitUntil(async () => (await copied()) >= articles, { timeout: 30_000, interval: 10 });
    migrating.kill('SIGKILL');
    await outcome;
  }
  expect((await migrate(inFiles(), '--to', database)).out).toContain('compared 1 library with 30 articles');
  expect((await exportsOf(inDatabase()))[0]).toEqual((await exportsOf(inFiles()))[0]);
});

test('a source without libraries is not copied, and neither place is created', async () => {
  const outcome = await migrate(inFiles('nowhere'), '--to', 'there');
  expect(outcome).toMatchObject({ out: '', code: 1 });
  expect(outcome.err).toContain(
    `There are no libraries in ${join(folder, 'nowhere/libraries')}, so nothing was copied`,
  );
  expect(readdirSync(folder)).toEqual([]);
});

test('a damaged file is named and left out, and the others are copied', async () => {
  await fill(server, 2);
  for (const [name, rest] of [
    ['person-5', ''],
    ['server-9', 'rubbish '.repeat(1000)],
  ] as const) {
    writeFileSync(join(folder, `data/libraries/${name}.sqlite`), rest);
  }
  const { code, out, err } = await migrate(inFiles(), '--to', 'there');
  expect([code, out]).toEqual([1, expect.stringContaining('Copied and compared 1 library with 2 articles.')]);
  const lines = err.trim().split('\n');
  for (const [number, name] of ['person-5', 'server-9'].entries()) {
    expect(lines[number]).toContain(`data/libraries/${name}.sqlite was skipped. This library’s file is damaged`);
  }
});

test('says which damaged articles are left behind', async () => {
  await fill(server, 3);
  const file = new DatabaseSync(join(folder, 'data/libraries/server-1.sqlite'));
  file.exec(`UPDATE texts SET text = '"Rain rose."' WHERE number = 2`);
  file.close();
  expect(await migrate(inFiles(), '--to', database)).toMatchObject({
    code: 1,
    out: expect.stringContaining('server-1: 2 articles, 2 copied now, 1 damaged and skipped.'),
  });
});

test('an impossible request gives a sentence, without the password', async () => {
  expect((await migrate(inFiles())).err).toMatch(/^Usage: npm run migrate -- --to/v);
  for (const [settings, to] of [
    [inFiles(), 'data/'],
    [inDatabase(), database],
  ] as const) {
    expect(await migrate(settings, '--to', to)).toEqual({
      out: '',
      err: 'The libraries are there already. Choose another target.\n',
      code: 1,
    });
  }
  for (const to of ['mysql://me:secret@127.0.0.1/none', 'Postgres.old://me:secret@127.0.0.1/none']) {
    const refused = await migrate(inFiles(), '--to', to);
    expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining('PostgreSQL or in files, not at') });
    expect(refused.err).not.toContain('secret');
  }
  expect(readdirSync(folder)).toEqual([]);
  await fill(server, 1);
  const hidden = await migrate({ ...inFiles(), TARGET_DATABASE_URL: database });
  expect(hidden).toMatchObject({ code: 0, out: expect.stringContaining('compared 1 library with 1 article') });
  const nowhere = await migrate(inFiles(), '--to', 'postgres://me:secret@127.0.0.1:1/none');
  expect(nowhere).toMatchObject({ code: 1, out: '' });
  expect(nowhere.err).toMatch(/^127\.0\.0\.1:1 can't be reached \(ECONNREFUSED\)\. .*DATABASE_URL\.\n$/v);
});
