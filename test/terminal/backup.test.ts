import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MODEL_ID } from '../../src/answering/networks/model.ts';
import { follow, unfollow } from '../../src/following/following.ts';
import { checksumOf } from '../../src/library/backup/backup.ts';
import { type Libraries, openLibraries } from '../../src/library/libraries.ts';
import type { OpenLibrary } from '../../src/library/library.ts';
import type { Owner } from '../../src/library/owner.ts';
import { readVectors } from '../../src/library/store/articles.ts';
import type { StorageLocation } from '../../src/library/store/backends.ts';
import { readAllDisputes } from '../../src/library/store/dispute-rows.ts';
import { readFollowers } from '../../src/library/store/following/feeds.ts';
import { changeFollow, markItems, readFollows, readMarks } from '../../src/library/store/following/following.ts';
import { readPosts } from '../../src/library/store/following/outbox.ts';
import { deleteWatch, readWatches, saveWatch } from '../../src/library/store/following/watches.ts';
import { DEFAULT_SETTINGS } from '../../src/library/store/library-settings.ts';
import { countUnits } from '../../src/library/store/units.ts';
import { attributeHere } from '../library/attribute-in-process.ts';
import { disputeAndDecide } from '../library/dispute-contract.ts';
import { metadataOf, textOf } from '../library/numbered-texts.ts';
import { startAdding } from '../library/start-adding.ts';
import { wordEncoder } from '../library/word-vectors.ts';
import { makeDatabase, makeEmptyDatabase } from '../postgres/database.ts';
import { type Outcome, outcomeOf, runCommand, startCommand } from './commands.ts';

const server = { kind: 'server', id: '1' } as const;
const person = { kind: 'person', id: '1' } as const;
const leaving = { kind: 'server', id: '2' } as const;
const another = { kind: 'server', id: '3' } as const;

let database = '';
let folder = '';
let libraries: Libraries;

beforeEach(async () => {
  database = await makeDatabase();
  folder = mkdtempSync(join(tmpdir(), 'verbatim-backup-'));
  libraries = await openLibraries({ folder: join(folder, 'data/libraries'), databaseUrl: undefined, ...few });
});
afterEach(async () => {
  await libraries.close();
  rmSync(folder, { recursive: true });
});

const few = { seeds: [], mostArticles: 100, mostOpen: 2, attributor: attributeHere };
const noLink = { ...metadataOf(40), url: undefined };
const inFiles = (dataDir = 'data') => ({ DATA_DIR: dataDir });
const inDatabase = () => ({ DATA_DIR: 'none', DATABASE_URL: database });
const backUp = (settings: Readonly<Record<string, string>>, to: string) =>
  runCommand(folder, settings, 'backup', '--to', to);
const restore = (settings: Readonly<Record<string, string>>, from: string) =>
  runCommand(folder, settings, 'restore', '--from', from);
const exportOf = (settings: Readonly<Record<string, string>>, owner = '--server'): Promise<Outcome> =>
  runCommand(folder, settings, 'export', owner, '1');

async function add(owner: Owner, ...numbers: readonly number[]) {
  const library = await libraries.open(owner);
  for (const number of numbers) await library.add(metadataOf(number), textOf(number));
  return library;
}

const feed = 'https://news.example/feed';
const watch = {
  id: 'w',
  speaker: 'Ann Lee',
  words: undefined,
  channel: '12',
  addedBy: '7',
  locale: undefined,
  disabled: undefined,
  ping: '98',
  every: undefined,
  addedAt: 0,
};

const choices = {
  feed,
  title: 'The Post',
  channel: '12',
  only: undefined,
  keepDays: 30,
  ping: '98',
  addedBy: '7',
};

/** Follows a feed, of which an article was taken that is still to be posted. */
async function followAndTake(library: OpenLibrary): Promise<void> {
  await follow(library, libraries.feeds, choices, 5);
  await library.write(saveWatch, watch, 10);
  await library.write(markItems, feed, [{ keys: ['old'], outcome: 'there', attempts: 1, moment: 6 }], true);
  await library.add(metadataOf(8), textOf(8), undefined, { feed, keys: ['guid', 'link'], channel: '12' });
}

/** What a library follows and watches, what became of some items, and who follows the feed. */
async function followedIn(kept: StorageLocation) {
  const there = await openLibraries({ ...kept, ...few });
  const library = await there.open(server);
  const marks = await library.read(readMarks, feed, ['old', 'guid', 'link', 'new']);
  const posts = await library.read(readPosts, Number.MAX_SAFE_INTEGER, 10);
  const followed = [
    await library.read(readFollows),
    await library.read(readWatches),
    await there.feeds(readFollowers, feed),
    posts,
    marks,
  ];
  await there.close();
  return followed;
}

async function choicesIn(kept: StorageLocation) {
  const there = await openLibraries({ ...kept, ...few });
  return await there.choices(server).finally(() => there.close());
}

async function disputesIn(kept: StorageLocation) {
  const there = await openLibraries({ ...kept, ...few });
  const library = await there.open(server);
  return await library.read(readAllDisputes).finally(() => there.close());
}

/** Returns each library's articles and their checksum from a backup, not those of the file. */
function sumsIn(backup: string): unknown {
  const { libraries: all, leaving: left } = JSON.parse(readFileSync(join(folder, backup, 'backup.json'), 'utf8'));
  return { left, all: all.map(({ file, ...sum }: Record<string, unknown>) => ({ ...sum, isFile: typeof file })) };
}

const wordsIn = (backup: string) =>
  readdirSync(join(folder, backup)).map(name => readFileSync(join(folder, backup, name)).toString('latin1'));

test('from files to an empty database and back, while the bot is running: every checksum is the same', {
  timeout: 240_000,
}, async () => {
  database = await makeEmptyDatabase();
  const library = await add(server, 1, 2, 3, 4);
  await library.add(noLink, 'Half \ud800 \0.');
  await library.add(metadataOf(1), 'The second text of the first address.');
  await disputeAndDecide(library);
  await add(person, 1, 2);
  await add(leaving, 7);
  await libraries.scheduleErasure(leaving, Date.now());
  const removed = await library.add(noLink, 'Whisperings were withdrawn.');
  if ('article' in removed) await library.remove(removed.article.article.id);
  const offer = { rest: [], total: 1 };
  const draft = { metadata: noLink, text: 'Murmurings are not kept yet.', offer, derivation: undefined };
  const held = await library.holdDraft(draft, '1');
  await library.choose({ privacy: 'private', language: 'zh-CN', accent: 0x5865f2 });
  const disputes = await library.read(readAllDisputes);

  expect(await outcomeOf(startCommand(folder, inFiles(), 'backup', '--to', 'first'))).toEqual({
    out: [
      'person-1: 2 articles.',
      'server-1: 6 articles.',
      'server-2: 1 article.',
      `Backed up 3 libraries with 9 articles to ${join(folder, 'first')}.\n`,
    ].join('\n'),
    err: '',
    code: 0,
  });
  expect(readdirSync(join(folder, 'first')).sort()).toEqual([
    'backup.json',
    'person-1.sqlite',
    'server-1.sqlite',
    'server-2.sqlite',
  ]);
  expect(wordsIn('first').filter(words => /whisperings|murmurings/iv.test(words))).toEqual([]);
  expect(await library.draft(held, '1')).toEqual(draft);
  // The bot goes on meanwhile, and what it adds is not in the backup.
  await add(server, 9);

  const { out } = await outcomeOf(startCommand(folder, inDatabase(), 'restore', '--from', 'first'));
  expect(out).toContain('Restored 3 libraries as of 2');
  const chosen = await libraries.choices(server);
  expect(await choicesIn({ folder: '', databaseUrl: database })).toEqual(chosen);
  const restored = await exportOf(inDatabase());
  expect(restored.out.trim().split('\n')).toHaveLength(6);
  expect(await disputesIn({ folder: '', databaseUrl: database })).toEqual(disputes);
  expect((await backUp(inDatabase(), 'second')).code).toBe(0);
  expect(sumsIn('second')).toEqual(sumsIn('first'));

  for (const backup of ['first', 'second']) {
    expect(await restore(inFiles(`from-${backup}`), backup)).toMatchObject({ code: 0, err: '' });
    expect(await exportOf(inFiles(`from-${backup}`))).toEqual(restored);
    expect((await backUp(inFiles(`from-${backup}`), `of-${backup}`)).code).toBe(0);
    expect(sumsIn(`of-${backup}`)).toEqual(sumsIn('first'));
    const place = { folder: join(folder, `from-${backup}/libraries`), databaseUrl: undefined };
    expect(await choicesIn(place)).toEqual(chosen);
    expect(await disputesIn(place)).toEqual(disputes);
  }
});

test('what a library follows is restored and polled, but what it has to post isn’t posted again', async () => {
  const library = await add(server, 1);
  await followAndTake(library);
  const marks = await library.read(readMarks, feed, ['old', 'guid', 'link']);
  expect([marks.size, (await library.read(readPosts, Number.MAX_SAFE_INTEGER, 10)).length]).toEqual([3, 1]);
  const expected = [await library.read(readFollows), [watch], ['server-1'], [], marks];
  await backUp(inFiles(), 'first');
  await restore(inDatabase(), 'first');
  expect(await followedIn({ folder: '', databaseUrl: database })).toEqual(expected);
  await backUp(inDatabase(), 'second');
  for (const backup of ['first', 'second']) {
    await restore(inFiles(`from-${backup}`), backup);
    const kept = { folder: join(folder, `from-${backup}/libraries`), databaseUrl: undefined };
    expect(await followedIn(kept)).toEqual(expected);
  }
});

test('vectors are backed up from either store and restored into either', async () => {
  const vectorsIn = async (library: OpenLibrary) =>
    await library.read(
      readVectors,
      (await library.newest(0, 9)).map(({ id }) => id),
      MODEL_ID,
    );
  const vectorsAt = async (kept: StorageLocation) => {
    const there = await openLibraries({ ...kept, ...few });
    return await vectorsIn(await there.open(server)).finally(() => there.close());
  };
  await libraries.close();
  libraries = await openLibraries({
    folder: join(folder, 'data/libraries'),
    databaseUrl: undefined,
    ...{ ...few, encoder: wordEncoder },
  });
  const library = await add(server, 1, 2);
  for await (const left of library.encoding()) expect(left).toBeLessThanOrEqual(2);
  const vectors = await vectorsIn(library);
  expect(vectors.size).toBe(2);
  await backUp(inFiles(), 'first');
  await restore(inDatabase(), 'first');
  expect(await vectorsAt({ folder: '', databaseUrl: database })).toEqual(vectors);
  await backUp(inDatabase(), 'second');
  await restore(inFiles('there'), 'second');
  expect(await vectorsAt({ folder: join(folder, 'there/libraries'), databaseUrl: undefined })).toEqual(vectors);
});

test('restored articles are found, and a repeated restore changes nothing', async () => {
  await add(server, 1, 2);
  await backUp(inFiles(), 'copy');
  await restore(inDatabase(), 'copy');
  expect((await restore(inDatabase(), 'copy')).out).toContain('server-1: 2 articles.');
  const kept = await openLibraries({ folder: '', databaseUrl: database, ...few });
  try {
    const [before, after] = [await libraries.open(server), await kept.open(server)];
    expect(await after.read(countUnits)).toBe(await before.read(countUnits));
  } finally {
    await kept.close();
  }
});

/** Writes a library of version 0.1.0, which had no settings. */
function writeReleased(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(readFileSync(join(import.meta.dirname, '../library/released/0.1.0-library.sql'), 'utf8'));
  database.close();
}

test('a backup from before settings is restored without any, and settings made later stay', async () => {
  writeReleased(join(folder, 'data/libraries/server-1.sqlite'));
  await backUp(inFiles(), 'copy');
  const file = join(folder, 'copy/server-1.sqlite');
  rmSync(file);
  writeReleased(file);
  const manifest = JSON.parse(readFileSync(join(folder, 'copy/backup.json'), 'utf8'));
  manifest.libraries[0].file = await checksumOf(file);
  writeFileSync(join(folder, 'copy/backup.json'), JSON.stringify(manifest));
  for (const [settings, kept] of [
    [inDatabase(), { folder: '', databaseUrl: database }],
    [inFiles('later'), { folder: join(folder, 'later/libraries'), databaseUrl: undefined }],
  ] as const) {
    expect(await restore(settings, 'copy')).toMatchObject({ code: 0, err: '' });
    expect(await choicesIn(kept)).toEqual(DEFAULT_SETTINGS);
    const there = await openLibraries({ ...kept, ...few });
    await (await there.open(server)).choose({ privacy: 'private' });
    await there.close();
    expect(await restore(settings, 'copy')).toMatchObject({ code: 1, err: expect.stringContaining('left alone') });
    expect(await choicesIn(kept)).toEqual({ ...DEFAULT_SETTINGS, privacy: 'private' });
  }
});

test('nothing is overwritten: another library of the same name stays, and the others are restored', async () => {
  await add(server, 1);
  await add(person, 1);
  await backUp(inFiles(), 'copy');
  expect((await backUp(inFiles(), 'copy')).err).toMatch(/copy isn't empty\. Choose a folder that is empty/v);
  await (await libraries.open(server)).erase();
  await add(server, 2);
  expect((await restore(inFiles(), 'copy')).err).toMatch(/^Another process has the libraries/v);
  await libraries.close();
  const before = await exportOf(inFiles());
  rmSync(join(folder, 'data/libraries/person-1.sqlite'));
  expect(await restore(inFiles(), 'copy')).toEqual({
    out: 'person-1: 1 article.\n',
    err: 'server-1 already exists there with other contents and was left alone. To replace it, run this again with --replace, which backs it up first.\n',
    code: 1,
  });
  expect(await exportOf(inFiles())).toEqual(before);
  expect((await exportOf(inFiles(), '--person')).out).toContain(JSON.stringify(textOf(1)));
});

test('nothing is overwritten that was decided, watched or followed since, even if the articles are the same', async () => {
  const [decided, watched, followed] = [await add(server, 1), await add(person, 1), await add(leaving, 1)];
  await disputeAndDecide(decided);
  await watched.write(saveWatch, watch, 10);
  await follow(followed, libraries.feeds, choices, 5);
  await backUp(inFiles(), 'copy');
  const [row] = await decided.read(readAllDisputes);
  const content = row?.dispute.content ?? { start: 0, end: 0 };
  await decided.decide(row?.article ?? '', { content, speaker: undefined }, true);
  await watched.write(saveWatch, { ...watch, words: 'rain' }, 10);
  await followed.write(changeFollow, feed, { isPaused: true });
  const [disputes, follows] = [await decided.read(readAllDisputes), await followed.read(readFollows)];
  expect(disputes).not.toContainEqual(row);
  await libraries.close();
  const { out, err, code } = await restore(inFiles(), 'copy');
  libraries = await openLibraries({ folder: join(folder, 'data/libraries'), databaseUrl: undefined, ...few });
  expect(await (await libraries.open(server)).read(readAllDisputes)).toEqual(disputes);
  expect(await (await libraries.open(person)).read(readWatches)).toEqual([{ ...watch, words: 'rain' }]);
  expect(await (await libraries.open(leaving)).read(readFollows)).toEqual(follows);
  expect({ out, code }).toEqual({ out: '', code: 1 });
  for (const name of ['server-1', 'person-1', 'server-2']) expect(err).toContain(`${name} already exists`);
});

test('nothing comes back that was removed since, but a library that was begun anew gets everything', async () => {
  const [cut, watched, followed] = [await add(server, 1, 2), await add(person, 1), await add(leaving, 1)];
  const chosen = await add(another, 1);
  await chosen.choose({ accent: 1 });
  await watched.write(saveWatch, watch, 10);
  await follow(followed, libraries.feeds, choices, 5);
  await backUp(inFiles(), 'copy');
  const [newest] = await cut.newest(0, 1);
  await cut.remove(newest?.id ?? '');
  await watched.write(deleteWatch, watch.id);
  await unfollow(followed, libraries.feeds, feed);
  await chosen.choose({ accent: undefined });
  await libraries.close();
  const { out, err, code } = await restore(inFiles(), 'copy');
  libraries = await openLibraries({ folder: join(folder, 'data/libraries'), databaseUrl: undefined, ...few });
  expect(await (await libraries.open(server)).count()).toBe(1);
  expect(await (await libraries.open(person)).read(readWatches)).toEqual([]);
  expect(await (await libraries.open(leaving)).read(readFollows)).toEqual([]);
  expect(await libraries.choices(another)).toEqual(DEFAULT_SETTINGS);
  expect({ out, code }).toEqual({ out: '', code: 1 });
  for (const name of ['server-1', 'person-1', 'server-2', 'server-3']) expect(err).toContain(`${name} already exists`);
  await libraries.erase(server);
  await add(server, 1);
  await libraries.close();
  expect((await restore(inFiles(), 'copy')).out).toBe('server-1: 2 articles.\n');
});

test('with --replace, another library of the same name is backed up and replaced', async () => {
  await add(server, 1);
  await add(person, 1);
  await backUp(inFiles(), 'copy');
  await (await libraries.open(server)).erase();
  await add(server, 2);
  await libraries.close();
  const changed = await exportOf(inFiles());
  const replaced = await runCommand(folder, inFiles(), 'restore', '--from', 'copy', '--replace');
  expect(replaced).toMatchObject({ err: '', code: 0 });
  expect(replaced.out).toContain('person-1: 1 article.\nserver-1: 1 article, replaced.\nRestored 2 libraries as of ');
  expect((await exportOf(inFiles())).out).toContain(JSON.stringify(textOf(1)));
  const before = /is in (?<before>.+)\.\n$/v.exec(replaced.out)?.groups?.before ?? '';
  expect(before.startsWith(join(folder, 'data/backups/before-restore-'))).toBe(true);
  const back = await runCommand(folder, inFiles(), 'restore', '--from', before, '--replace');
  expect(back).toMatchObject({ err: '', code: 0 });
  expect(back.out).toContain('\nWhat was there before is in ');
  expect(await exportOf(inFiles())).toEqual(changed);
  const same = await runCommand(folder, inFiles(), 'restore', '--from', before, '--replace');
  expect(same.out).toMatch(/\nNothing was replaced\. A backup of what was there is in .+\.\n$/v);
  // In a database, too.
  await restore(inDatabase(), 'copy');
  const again = await runCommand(folder, inDatabase(), 'restore', '--from', before, '--replace');
  expect(again.out).toContain('server-1: 1 article, replaced.');
  expect(await exportOf(inDatabase())).toEqual(changed);
});

test('a library that was damaged is named with its file, and restored once that is out of the way', async () => {
  await add(server, 1);
  await add(person, 1);
  await backUp(inFiles(), 'copy');
  await libraries.close();
  const file = join(folder, 'data/libraries/server-1.sqlite');
  writeFileSync(file, 'rubbish '.repeat(1000));
  const refused = await restore(inFiles(), 'copy');
  expect(refused).toEqual({
    out: 'person-1: 1 article.\n',
    err: `${join(folder, 'copy/server-1.sqlite')} was skipped. The library that is there already is damaged. Move ${file} out of its folder and run this again.\n`,
    code: 1,
  });
  const kept = await runCommand(folder, inFiles(), 'restore', '--from', 'copy', '--replace');
  expect(kept).toMatchObject({ out: '', code: 1 });
  expect(kept.err).toMatch(/^server-1 can't be backed up, so nothing was replaced\. /v);
  expect(kept.err).toContain(`If it's damaged, move ${file} out of its folder and run this again.\n`);
  renameSync(file, join(folder, 'damaged.sqlite'));
  expect(await restore(inFiles(), 'copy')).toMatchObject({ err: '', code: 0 });
  expect((await exportOf(inFiles())).out).toContain(JSON.stringify(textOf(1)));
});

test('a library whose file in the backup was changed is named and left out, and the others are restored', async () => {
  await add(server, 1);
  await add(person, 1);
  await add(leaving, 1);
  await backUp(inFiles(), 'copy');
  appendFileSync(join(folder, 'copy/server-1.sqlite'), ' ');
  rmSync(join(folder, 'copy/server-2.sqlite'));
  const reason = 'was skipped. The file was changed since the backup. Restore this library from another one.';
  for (const settings of [inDatabase(), inFiles('there')]) {
    expect(await restore(settings, 'copy')).toEqual({
      out: 'person-1: 1 article.\n',
      err: ['server-1', 'server-2'].map(name => `${join(folder, 'copy', name)}.sqlite ${reason}\n`).join(''),
      code: 1,
    });
    expect((await exportOf(settings)).err).toContain('There is no library');
    expect((await exportOf(settings, '--person')).code).toBe(0);
  }
  // Nothing is left in the staging folder.
  expect(existsSync(join(folder, 'there/libraries/restoring'))).toBe(false);
});

test('links, folders and files that are no library are refused, and no copy of them is left', async () => {
  await add(server, 1);
  await backUp(inFiles(), 'copy');
  const outside = join(folder, 'secret');
  writeFileSync(outside, 'the secret');
  symlinkSync(outside, join(folder, 'copy/server-7.sqlite'));
  mkdirSync(join(folder, 'copy/server-8.sqlite'));
  writeFileSync(join(folder, 'copy/server-9.sqlite'), 'the secret');
  const manifest = JSON.parse(readFileSync(join(folder, 'copy/backup.json'), 'utf8'));
  const file = await checksumOf(outside);
  for (const name of ['server-7', 'server-8', 'server-9']) {
    manifest.libraries.push({ name, articles: 0, checksum: '', file });
  }
  writeFileSync(join(folder, 'copy/backup.json'), JSON.stringify(manifest));
  const { out, err, code } = await restore(inFiles('there'), 'copy');
  expect({ out, code }).toEqual({ out: 'server-1: 1 article.\n', code: 1 });
  expect(err).toMatch(/server-7.sqlite was skipped. It isn't a regular file/v);
  expect(err).toMatch(/server-8.sqlite was skipped. It isn't a regular file/v);
  expect(err).toMatch(/server-9.sqlite was skipped. This library’s file is damaged/v);
  expect(readdirSync(join(folder, 'there/libraries')).filter(name => /[789]|restoring/v.test(name))).toEqual([]);
  renameSync(join(folder, 'copy/backup.json'), join(folder, 'manifest'));
  symlinkSync(join(folder, 'manifest'), join(folder, 'copy/backup.json'));
  expect((await restore(inFiles('there'), 'copy')).err).toMatch(/backup\.json isn't a regular file\.$/mv);
});

test('the remains of a killed restore are gone after the next one', async () => {
  await add(server, 1);
  await backUp(inFiles(), 'copy');
  mkdirSync(join(folder, 'there/libraries/restoring'), { recursive: true });
  writeFileSync(join(folder, 'there/libraries/restoring/server-7.sqlite'), 'words');
  expect((await restore(inFiles('there'), 'copy')).out).toContain('Restored 1 library as of 2');
  expect(readdirSync(join(folder, 'there/libraries')).filter(name => name.startsWith('restoring'))).toEqual([]);
});

test('a backup that ends while its manifest is written is incomplete, not damaged', async () => {
  const module = new URL('../../src/library/backup/backup.ts', import.meta.url).href;
  const script = `
    const { backUp } = await import('${module}');
    const leaving = Array.from({ length: 20_000 }, (_, id) => ({ library: 'server-' + id, moment: id }));
    const empty = { from: 'files', names: async () => [], leaving: async () => leaving };
    await backUp(empty, process.argv[1], () => {});`;
  const copy = join(folder, 'copy');
  const write = (limit: string) => {
    const command = `ulimit -f ${limit}; exec "$0" --input-type=module -e "$1" "$2"`;
    return spawnSync('sh', ['-c', command, process.execPath, script, copy]).status;
  };
  expect(write('1024')).not.toBe(0);
  expect((await restore(inFiles('there'), 'copy')).err).toMatch(/^There is no complete backup in /v);
  rmSync(copy, { recursive: true });
  expect(write('unlimited')).toBe(0);
  expect(readdirSync(copy)).toEqual(['backup.json']);
});

test('only the owner can read a backup, and an unusable place is named', async () => {
  await add(server, 1);
  mkdirSync(join(folder, 'copy'), { mode: 0o755 });
  expect((await backUp(inFiles(), 'copy')).code).toBe(0);
  for (const name of readdirSync(join(folder, 'copy'))) {
    expect(statSync(join(folder, 'copy', name)).mode & 0o077).toBe(0);
  }
  writeFileSync(join(folder, 'file'), '');
  const isNoFolder = `${join(folder, 'file')} can't be used (ENOTDIR). It must be a folder.\n`;
  expect((await backUp(inFiles(), 'file')).err).toBe(isNoFolder);
  expect((await restore(inFiles('there'), 'file')).err).toBe(isNoFolder);
  mkdirSync(join(folder, 'odd/backup.json'), { recursive: true });
  expect((await restore(inFiles('there'), 'odd')).err).toMatch(/odd\/backup\.json isn't a regular file\.$/mv);
});

test('a backup without a manifest restores nothing', async () => {
  await add(server, 1);
  await backUp(inFiles(), 'copy');
  writeFileSync(join(folder, 'copy/backup.json'), '{"version":1,"libraries":[{"name":"../1"}]}');
  expect((await restore(inDatabase(), 'copy')).err).toMatch(/backup.json is damaged, so nothing was restored/v);
  writeFileSync(join(folder, 'copy/backup.json'), '{"version":2}');
  expect((await restore(inDatabase(), 'copy')).err).toMatch(/made by a newer version/v);
  rmSync(join(folder, 'copy/backup.json'));
  expect((await restore(inDatabase(), 'copy')).err).toMatch(/^There is no complete backup in/v);
  expect((await runCommand(folder, inFiles(), 'restore')).err).toMatch(
    /^Usage: npm run restore -- --from FOLDER \[--replace\]\n/v,
  );
});

test('a place without libraries is not backed up: folder and settings are named, and nothing is made', async () => {
  const nowhere = join(folder, 'nowhere');
  const refused = await backUp(inFiles(nowhere), 'copy');
  expect(refused).toEqual({
    out: '',
    err: `There are no libraries in ${nowhere}/libraries, so nothing was copied. DATA_DIR is ${nowhere}. The settings come from the environment alone (there is no ${folder}/.env). Run this with the bot's settings.\n`,
    code: 1,
  });
  writeFileSync(join(folder, '.env'), `DATA_DIR=${nowhere}\n`);
  expect((await backUp({}, 'copy')).err).toContain(`come from ${folder}/.env and the environment`);
  const empty = await backUp(inDatabase(), 'copy');
  expect(empty.err).toMatch(/^There are no libraries in the database in DATABASE_URL, so nothing was copied\. The/v);
  expect(empty.code).toBe(1);
  expect(readdirSync(folder).sort()).toEqual(['.env', 'data']);
});

test('an unreadable library is left out with the reason, and the others are backed up', async () => {
  await add(server, 1);
  await add(person, 1);
  mkdirSync(join(folder, 'data/libraries'), { recursive: true });
  writeFileSync(join(folder, 'data/libraries/server-3.sqlite'), 'rubbish '.repeat(1000));
  writeFileSync(join(folder, 'data/libraries/server-4.sqlite'), '');
  expect(await backUp(inFiles(), 'copy')).toMatchObject({
    out: expect.stringContaining('Backed up 2 libraries with 2 articles'),
    err: expect.stringMatching(
      /^server-3 was skipped. This library’s file is damaged[^\n]+\nserver-4 was skipped. This library’s file is d/v,
    ),
    code: 1,
  });
  expect(readdirSync(join(folder, 'copy')).sort()).toEqual(['backup.json', 'person-1.sqlite', 'server-1.sqlite']);
});

test('an erased library is not brought back by a backup that had it open', async () => {
  await add(server, 1);
  const open = new DatabaseSync(join(folder, 'data/libraries/server-1.sqlite'), { readOnly: true });
  open.prepare('SELECT count(*) FROM articles').get();
  await (await libraries.open(server)).erase();
  await add(server, 2);
  open.close();
  await libraries.close();
  expect(existsSync(join(folder, 'data/libraries/server-1.sqlite'))).toBe(true);
  const { out } = await exportOf(inFiles());
  expect(out).toContain(JSON.stringify(textOf(2)));
  expect(out).not.toContain(JSON.stringify(textOf(1)));
});

test('a backup is consistent while articles are added, and adding still works', async () => {
  const adding = startAdding(join(folder, 'busy/libraries'), 1);
  try {
    await adding.tells(20);
    expect(await backUp(inFiles('busy'), 'copy')).toMatchObject({ code: 0, err: '' });
    const lines = adding.told.length;
    await adding.tells(lines + 10);
    expect(adding.told.filter(line => line.startsWith('refused'))).toEqual([]);
  } finally {
    await adding.kill();
  }
  expect(await restore(inDatabase(), 'copy')).toMatchObject({ code: 0, err: '' });
});

test.each([
  ['backup', '--to', 'copy'],
  ['restore', '--from', 'copy'],
  ['export', '--server', '1'],
  ['migrate', '--to', 'files'],
] as const)('%s from or to a database that refuses the user says so, with the code', async (command, ...args) => {
  await libraries.open(server);
  if (command === 'restore') await runCommand(folder, { DATA_DIR: 'data' }, 'backup', '--to', 'copy');
  const refusing = new URL(database);
  refusing.password = 'wrong';
  const settings = { DATA_DIR: 'none', DATABASE_URL: refusing.href };
  expect(await runCommand(folder, settings, command, ...args)).toEqual({
    out: '',
    err: `${refusing.host} rejects the password of user ${refusing.username} (28P01). Check DATABASE_URL.\n`,
    code: 1,
  });
});
