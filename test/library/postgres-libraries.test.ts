import { expect, onTestFinished, test } from 'vitest';
import type { Encodes } from '../../src/answering/networks/encoder.ts';
import { MODEL_ID } from '../../src/answering/networks/model.ts';
import { UNDO_MILLISECONDS } from '../../src/library/context.ts';
import { openLibraries, StoredLibraries } from '../../src/library/libraries.ts';
import { countUnencoded } from '../../src/library/store/articles.ts';
import { openBackend } from '../../src/library/store/backends.ts';
import { StorageError } from '../../src/library/store/errors.ts';
import { DEFAULT_SETTINGS } from '../../src/library/store/library-settings.ts';
import { connectToEmpty, makeDatabase } from '../postgres/database.ts';
import { createDatabase, startPostgres } from '../postgres/server.ts';
import { attributeByHand } from './attribute-by-hand.ts';
import { describeLibraries } from './contract.ts';
import { metadataOf, server as owner, textOf } from './numbered-texts.ts';
import { wordEncoder } from './word-vectors.ts';

const databaseUrl = await makeDatabase();
const clear = await connectToEmpty(databaseUrl);

describeLibraries('PostgreSQL', () => Promise.resolve({ kept: { folder: '', databaseUrl }, clear }));

test('settings changed in one process reach another within half a minute, and take effect at once where they were changed', async () => {
  const kept = { folder: '', databaseUrl: await makeDatabase() };
  let now = 0;
  const options = { ...kept, seeds: [], mostArticles: 3, mostOpen: 2, attributor: attributeByHand, now: () => now };
  const [one, two] = await Promise.all([openLibraries(options), openLibraries(options)]);
  const [mine, theirs] = await Promise.all([one.open(owner), two.open(owner)]);
  expect(await two.choices(owner)).toEqual(DEFAULT_SETTINGS);
  await mine.choose({ privacy: 'private' });
  now = 30_000;
  expect(await two.choices(owner)).toEqual({ ...DEFAULT_SETTINGS, privacy: 'private' });
  await theirs.choose({ accent: 3 });
  expect(await two.choices(owner)).toEqual({ ...DEFAULT_SETTINGS, privacy: 'private', accent: 3 });
  await Promise.all([one.close(), two.close()]);
});

test('of two processes with wrong clocks, one erases the library of a server that left, when it is due', async () => {
  const kept = { folder: '', databaseUrl: await makeDatabase() };
  const month = 30 * 24 * 60 * 60_000;
  const options = { ...kept, seeds: [], mostArticles: 3, mostOpen: 2, attributor: attributeByHand };
  const [ahead, behind] = await Promise.all([
    openLibraries({ ...options, now: () => 100 * month }),
    openLibraries({ ...options, now: () => -100 * month }),
  ]);
  const leaver = { kind: 'server', id: '7600000000000000001' } as const;
  await ahead.open(leaver);
  await behind.scheduleErasure(leaver, 0);
  const erased: number[] = [];
  for (const time of [0, month - 1, month, 2 * month]) {
    // At the same moment, each may claim what the other needs: then the next look erases it.
    erased.push((await ahead.eraseDue(time, () => true)) + (await behind.eraseDue(time, () => true)));
  }
  expect(erased).toEqual([0, 0, 0, 1]);
  expect(await ahead.has(leaver)).toBe(false);
  await Promise.all([ahead.close(), behind.close()]);
});

test('an article whose vectors can’t be stored during an outage has them after the next one is added', async () => {
  const server = await startPostgres();
  onTestFinished(() => server.stop());
  const asked = Promise.withResolvers<void>();
  const stopped = Promise.withResolvers<void>();
  const failed = Promise.withResolvers<void>();
  const libraries = await openLibraries({
    ...{ folder: '', databaseUrl: await createDatabase(server.url) },
    ...{ seeds: [], mostArticles: 3, mostOpen: 2, attributor: attributeByHand },
    report: () => failed.resolve(),
    encoder: {
      ...wordEncoder,
      async encodePassages(name, passages) {
        asked.resolve();
        await stopped.promise;
        return await wordEncoder.encodePassages(name, passages);
      },
    },
  });
  const library = await libraries.open(owner);
  await library.add(metadataOf(1), textOf(1));
  await asked.promise;
  await server.halt();
  stopped.resolve();
  await failed.promise;
  await server.start();
  await library.add(metadataOf(2), textOf(2));
  await expect.poll(() => library.read(countUnencoded, MODEL_ID), { timeout: 20_000 }).toBe(0);
  await libraries.close();
});

test('a library that is closed before its lease can be given back is encoded once it is opened again', async () => {
  const backend = await openBackend({ folder: '', databaseUrl: await makeDatabase() });
  const options = { seeds: [], mostArticles: 3, mostOpen: 1, attributor: attributeByHand, encoder: wordEncoder };
  const libraries = new StoredLibraries(backend, options);
  const release = backend.release.bind(backend);
  const refused = Promise.withResolvers<void>();
  backend.release = () => {
    refused.resolve();
    return Promise.reject(new StorageError('The database is away.'));
  };
  await (await libraries.open(owner)).add(metadataOf(1), textOf(1));
  await refused.promise;
  backend.release = release;
  await libraries.open({ kind: 'server', id: '7600000000000000002' });
  const library = await libraries.open(owner);
  await library.add(metadataOf(2), textOf(2));
  await expect.poll(() => library.read(countUnencoded, MODEL_ID), { timeout: 20_000 }).toBe(0);
  await libraries.close();
});

test('nobody is warned if another process erases a library right before it is purged', async () => {
  const backend = await openBackend({ folder: '', databaseUrl: await makeDatabase() });
  const reports: string[] = [];
  let now = 0;
  const libraries = new StoredLibraries(backend, {
    ...{ seeds: [], mostArticles: 3, mostOpen: 2, attributor: attributeByHand, now: () => now },
    report: sentence => void reports.push(sentence),
  });
  const library = await libraries.open(owner);
  const added = await library.add(metadataOf(1), textOf(1));
  if ('article' in added) await library.remove(added.article.article.id);
  now = UNDO_MILLISECONDS;
  const has = backend.has.bind(backend);
  backend.has = async name => {
    const isThere = await has(name);
    await backend.erase(name);
    return isThere;
  };
  await libraries.maintain();
  expect(reports).toEqual([]);
  expect(await backend.due('purging', Number.MAX_SAFE_INTEGER)).toEqual([]);
  await libraries.close();
});

test('two processes on one database see each other’s changes', async () => {
  const kept = { folder: '', databaseUrl: await makeDatabase() };
  const options = { ...kept, seeds: [], mostArticles: 3, mostOpen: 2, attributor: attributeByHand };
  const [one, two] = await Promise.all([openLibraries(options), openLibraries(options)]);
  const [mine, theirs] = await Promise.all([one.open(owner), two.open(owner)]);
  const added = await mine.add(metadataOf(1), textOf(1));
  if (!('article' in added)) throw new Error(added.kind);
  const { id } = added.article.article;
  expect(await theirs.article(id)).toStrictEqual(added.article);
  expect((await theirs.add(metadataOf(1), textOf(2))).kind).toBe('updated');
  expect((await mine.article(id))?.article.text).toBe(textOf(2));
  await mine.remove(id);
  expect(await theirs.article(id)).toBeUndefined();
  expect((await theirs.restore(id))?.article.text).toBe(textOf(2));
  const many = [2, 3, 4, 5].flatMap(number => [mine, theirs].map(each => each.add(metadataOf(number), textOf(number))));
  const kinds = (await Promise.all(many)).map(({ kind }) => kind);
  expect(kinds.filter(kind => kind === 'added')).toHaveLength(2);
  expect(await mine.count()).toBe(3);
  await mine.erase();
  await expect(theirs.add(metadataOf(1), textOf(1))).rejects.toThrow(StorageError);
  const anew = await two.open(owner);
  expect(await anew.count()).toBe(0);
  expect((await anew.add(metadataOf(1), textOf(3))).kind).toBe('added');
  expect((await (await one.open(owner)).article(id))?.article.text).toBe(textOf(3));
  await Promise.all([one.close(), two.close()]);
});

test('two processes on one database encode each article once, and one goes on where the other has stopped', async () => {
  const kept = { folder: '', databaseUrl: await makeDatabase() };
  const options = { ...kept, seeds: [], mostArticles: 30, mostOpen: 2, attributor: attributeByHand };
  const before = await openLibraries(options);
  const library = await before.open(owner);
  for (let number = 0; number < 20; number += 1) await library.add(metadataOf(number), textOf(number));
  await before.close();
  const encoded: string[] = [];
  const stopping = Promise.withResolvers<void>();
  const encoder: Encodes = {
    ...wordEncoder,
    encodePassages: (name, passages) => {
      encoded.push(...passages);
      if (encoded.length > 10) stopping.resolve();
      return wordEncoder.encodePassages(name, passages);
    },
  };
  const [one, two] = await Promise.all([
    openLibraries({ ...options, encoder }),
    openLibraries({ ...options, encoder }),
  ]);
  const theirs = await two.open(owner);
  await Promise.all([one.encodeAll(), two.encodeAll(), stopping.promise.then(() => one.close())]);
  for await (const left of theirs.encoding()) expect(left).toBeLessThanOrEqual(20);
  expect(await theirs.read(countUnencoded, MODEL_ID)).toBe(0);
  // Those that were being encoded when the first process stopped may have been encoded again.
  expect(encoded.length - new Set(encoded).size).toBeLessThanOrEqual(4);
  expect(new Set(encoded).size).toBe(20);
  await two.close();
});
