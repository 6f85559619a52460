import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { ATTRIBUTION_VERSION } from '../../src/attribution/attribution.ts';
import { type Libraries, type LibrariesOptions, openLibraries } from '../../src/library/libraries.ts';
import type { OpenLibrary } from '../../src/library/library.ts';
import type { Owner } from '../../src/library/owner.ts';
import { StorageError } from '../../src/library/store/errors.ts';
import { attributeHere } from './attribute-in-process.ts';
import { metadataOf, server } from './numbered-texts.ts';

const other: Owner = { kind: 'person', id: '42' };
/** Long enough to need pages of its own, with the word on each of them. */
const secret = `“Quagmire zeppelin,” said Ann Lee. ${'drip'.repeat(500)} `.repeat(6);
const quoted = '“Rain,” said Ann Lee.';
const words = ['Quagmire', 'news.example'];
const MINUTE = 60_000;

let folder = '';
let now = 0;
let libraries: Libraries;
let reported: string[] = [];

async function start(more: Partial<LibrariesOptions> = { attributor: attributeHere }): Promise<void> {
  const report = (sentence: string) => reported.push(sentence);
  const settings = { folder, databaseUrl: undefined, seeds: [], mostArticles: 100, mostOpen: 4 };
  libraries = await openLibraries({ ...settings, now: () => now, report, ...more });
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'verbatim-files-'));
  now = Date.UTC(2026, 0, 1);
  reported = [];
  await start();
});
afterEach(async () => {
  await libraries.close();
  rmSync(folder, { recursive: true });
});

async function restart(): Promise<OpenLibrary> {
  await libraries.close();
  await start();
  return libraries.open(server);
}

async function addTo(library: OpenLibrary, number: number, text: string): Promise<string> {
  const added = await library.add(metadataOf(number), text);
  if (!('article' in added)) throw new Error(added.kind);
  return added.article.article.id;
}

async function articlesIn(library: OpenLibrary) {
  const listed = await library.newest(0, 100);
  return library.articles(listed.map(({ id }) => id));
}

const fileOf = ({ kind, id }: Owner) => join(folder, `${kind}-${id}.sqlite`);

/** Returns which of the words appear in any file of the folder. */
function wordsOnDisk(wanted = words): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const bytes = files.map(entry => readFileSync(join(entry.parentPath, entry.name)));
  return wanted.filter(word => bytes.some(each => each.includes(word) || each.includes(Buffer.from(word, 'utf16le'))));
}

/** Changes the closed file of the server's library. */
async function change(sql: string, ...values: readonly (string | number)[]): Promise<void> {
  await libraries.close();
  const database = new DatabaseSync(fileOf(server));
  expect(database.prepare(sql).run(...values).changes).toBeGreaterThan(0);
  database.close();
  await start();
}

/** Opens the libraries again, with articles attributed in processes. */
async function startProcesses(): Promise<void> {
  await libraries.close();
  await start({});
}

test('erasing leaves no file and no byte', async () => {
  const library = await libraries.open(server);
  await library.remove(await addTo(library, 1, secret));
  await addTo(library, 2, `${secret}More.`);
  expect(wordsOnDisk([...words, server.id])).toEqual([...words, server.id]);
  await library.erase();
  expect(readdirSync(folder).filter(name => !name.startsWith('register.') && !name.startsWith('lock.'))).toEqual([]);
  expect(wordsOnDisk([...words, server.id])).toEqual([]);
});

test('10 minutes after a removal no byte is left while the library is open', async () => {
  const library = await libraries.open(server);
  await library.remove(await addTo(library, 1, secret));
  now += 10 * MINUTE - 1;
  await libraries.maintain();
  expect(wordsOnDisk()).toEqual(words);
  now += 1;
  // Otherwise it would be closed as idle.
  expect(await (await libraries.open(server)).count()).toBe(0);
  await libraries.maintain();
  expect(wordsOnDisk()).toEqual([]);
  expect(await (await libraries.open(server)).count()).toBe(0);
});

test('nor if nobody opens the library again after a restart', async () => {
  const library = await libraries.open(server);
  await library.remove(await addTo(library, 1, secret));
  await libraries.close();
  expect(wordsOnDisk()).toEqual(words);
  now += 10 * MINUTE;
  await start();
  await libraries.maintain();
  expect(wordsOnDisk()).toEqual([]);
});

test('a replaced text is gone too', async () => {
  const library = await libraries.open(server);
  await addTo(library, 1, secret);
  await addTo(library, 1, 'Nothing.');
  await libraries.maintain();
  expect(wordsOnDisk()).toEqual(['news.example']);
});

test('no byte of drafts is left after 15 minutes, whatever became of them, with the library open or after a restart', async () => {
  const library = await libraries.open(server);
  const offer = { rest: [{ kind: 'link', address: 'https://news.example/next' }], total: 2 };
  const hold = (asker: string) =>
    library.holdDraft({ metadata: metadataOf(1), text: secret, offer, derivation: undefined }, asker);
  await library.dropDraft(await hold('1'));
  await library.replaceDraft(
    await hold('2'),
    { metadata: metadataOf(2), text: 'Nothing.', offer: 1, derivation: undefined },
    '2',
  );
  for (let held = 0; held < 6; held += 1) await hold('3');
  now += 15 * MINUTE - 1;
  await libraries.maintain();
  expect(wordsOnDisk()).toEqual(words);
  now += 1;
  expect(await (await libraries.open(server)).count()).toBe(0);
  await libraries.maintain();
  expect(wordsOnDisk()).toEqual([]);
  expect(await (await libraries.open(server)).count()).toBe(0);
  await hold('4');
  await libraries.close();
  expect(wordsOnDisk()).toEqual(words);
  now += 15 * MINUTE;
  await start();
  await libraries.maintain();
  expect(wordsOnDisk()).toEqual([]);
});

test('a draft delays no other purge', async () => {
  const library = await libraries.open(server);
  const id = await addTo(library, 1, secret);
  await libraries.maintain();
  await library.holdDraft({ metadata: metadataOf(2), text: 'Zephyr.', offer: 1, derivation: undefined }, '1');
  await addTo(library, 1, 'Nothing.');
  await libraries.maintain();
  expect(wordsOnDisk([...words, 'Zephyr'])).toEqual(['news.example', 'Zephyr']);
  await addTo(library, 1, secret);
  await library.remove(id);
  now += 10 * MINUTE;
  await libraries.maintain();
  expect(wordsOnDisk(['Quagmire', 'Zephyr'])).toEqual(['Zephyr']);
  now += 5 * MINUTE;
  await libraries.maintain();
  expect(wordsOnDisk([...words, 'Zephyr'])).toEqual([]);
});

test('a draft whose words were changed on disk is gone', async () => {
  const library = await libraries.open(server);
  const id = await library.holdDraft(
    { metadata: metadataOf(1), text: 'Rain fell.', offer: 1, derivation: undefined },
    '1',
  );
  await change(`UPDATE drafts SET body = replace(body, 'fell', 'rose')`);
  expect(await (await libraries.open(server)).draft(id, '1')).toBeUndefined();
  await change(`UPDATE drafts SET body = replace(body, 'rose', 'fell')`);
  expect(await (await libraries.open(server)).draft(id, '1')).toBeDefined();
});

test('a file that isn’t a library is an error of that library only, stays as it is, and can be erased', async () => {
  await addTo(await libraries.open(server), 1, 'Rain.');
  await addTo(await libraries.open(other), 1, 'Rain.');
  await libraries.close();
  const rubbish = 'This is no database. '.repeat(1000);
  writeFileSync(fileOf(server), rubbish);
  await start();
  for (let time = 0; time < 2; time += 1) await expect(libraries.open(server)).rejects.toThrow(StorageError);
  await expect(libraries.open(server)).rejects.toThrow(/damaged/v);
  expect(readFileSync(fileOf(server), 'utf8')).toBe(rubbish);
  expect(await (await libraries.open(other)).count()).toBe(1);
  await libraries.erase(server);
  expect(await (await libraries.open(server)).count()).toBe(0);
});

test.each([
  ['of no bytes, as after the power went', ''],
  ['of zeros', '\0'.repeat(20_000)],
])('a file %s is reported as damaged, stays as it is, and is no new library', async (_, rest) => {
  await addTo(await libraries.open(server), 1, 'Rain.');
  await libraries.close();
  writeFileSync(fileOf(server), rest);
  await start();
  for (let time = 0; time < 2; time += 1) await expect(libraries.open(server)).rejects.toThrow(/damaged/v);
  expect(readFileSync(fileOf(server), 'latin1')).toBe(rest);
  await libraries.erase(server);
  expect(await (await libraries.open(server)).count()).toBe(0);
});

test('a file whose log is gone, with everything in it, is damaged', async () => {
  const empty = new DatabaseSync(fileOf(server));
  empty.exec('PRAGMA journal_mode = WAL');
  empty.close();
  await expect(libraries.open(server)).rejects.toThrow(/damaged/v);
});

test('what remains of an unfinished file is in nobody’s way, and a finished one leaves nothing behind', async () => {
  mkdirSync(dirname(fileOf(server)), { recursive: true });
  for (const ending of ['', '-wal']) writeFileSync(`${fileOf(server)}.new${ending}`, 'rubbish');
  await addTo(await libraries.open(server), 1, 'Rain.');
  await libraries.close();
  expect(readdirSync(dirname(fileOf(server))).filter(name => name.includes('.new'))).toEqual([]);
  await start();
  expect(await (await libraries.open(server)).count()).toBe(1);
});

test('the log of a file that somebody deleted is no part of a new one', async () => {
  await addTo(await libraries.open(server), 1, 'Rain.');
  const log = readFileSync(`${fileOf(server)}-wal`);
  expect(log.length).toBeGreaterThan(0);
  await libraries.close();
  rmSync(fileOf(server));
  writeFileSync(`${fileOf(server)}-wal`, log);
  await start();
  expect(await articlesIn(await libraries.open(server))).toEqual([]);
});

test('a file with a destroyed page is an error, not a library with fewer articles', async () => {
  const library = await libraries.open(server);
  for (let number = 0; number < 20; number += 1) await addTo(library, number, `${number} ${'drip'.repeat(1400)}`);
  await libraries.close();
  const file = openSync(fileOf(server), 'r+');
  for (let page = 4; page < fstatSync(file).size / 4096; page += 3) {
    writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, page * 4096);
  }
  closeSync(file);
  await start();
  const outcome = await libraries
    .open(server)
    .then(articlesIn)
    .then(
      articles => articles.length,
      (error: unknown) => error instanceof StorageError,
    );
  // If only words were hit, the other articles are still there, and the damage is reported.
  expect(outcome === true || (outcome !== false && outcome < 20 && reported.length === 1)).toBe(true);
});

test('an article whose words were changed on disk is not shown, and can be added again', async () => {
  const library = await libraries.open(server);
  const id = await addTo(library, 1, 'Rain fell.');
  await addTo(library, 2, 'Sun.');
  await change(`UPDATE texts SET text = '"Rain rose."' WHERE number = 1`);
  const opened = await libraries.open(server);
  for (let time = 0; time < 2; time += 1) {
    expect((await articlesIn(opened)).map(({ article }) => article.text)).toEqual(['Sun.']);
  }
  expect(reported).toEqual([`Skipped damaged articles of server-${server.id}`]);
  const exported: unknown[] = [];
  for await (const line of (await restart()).lines()) exported.push(JSON.parse(line).text);
  expect([exported, reported.length]).toEqual([['Sun.'], 2]);
  await addTo(await libraries.open(server), 1, 'Rain fell.');
  expect((await (await restart()).article(id))?.article.text).toBe('Rain fell.');
});

test('damaged derived data is derived again', async () => {
  const library = await libraries.open(server);
  const id = await addTo(library, 1, quoted);
  const before = await library.article(id);
  await change(`UPDATE derived SET derived = '{}'`);
  for (let time = 0; time < 2; time += 1) {
    expect(await (await restart()).article(id)).toStrictEqual(before);
  }
});

test('data derived by other code is used until it is derived again in the background', async () => {
  const library = await libraries.open(server);
  const id = await addTo(library, 1, quoted);
  const before = await library.article(id);
  const derived = '{"paragraphs":[],"speakers":[],"attributions":[]}';
  const checksum = createHash('sha256').update(derived).digest('hex');
  await change('UPDATE derived SET derived = ?, derived_checksum = ?', derived, checksum);
  await change('UPDATE articles SET attribution_version = 0');
  await startProcesses();
  const opened = await libraries.open(server);
  expect(await opened.article(id)).toMatchObject({ attributions: [], article: { paragraphs: [], text: quoted } });
  await vi.waitUntil(async () => (await opened.article(id))?.attributions.length === 1, { timeout: 20_000 });
  expect(await opened.article(id)).toStrictEqual(before);
  await libraries.close();
  const database = new DatabaseSync(fileOf(server));
  expect(database.prepare('SELECT attribution_version AS version FROM articles').all()).toEqual([
    { version: ATTRIBUTION_VERSION },
  ]);
  database.close();
});

test.each([
  ['a newer', 'PRAGMA user_version = 99'],
  ['an unreleased', 'DROP TABLE keys; PRAGMA user_version = 5'],
])('a library of %s version of the bot is left alone', async (kind, change) => {
  await libraries.open(server);
  await libraries.close();
  const database = new DatabaseSync(fileOf(server));
  database.exec(change);
  database.close();
  await start();
  await expect(libraries.open(server)).rejects.toThrow(`written by ${kind} version`);
});

test('an unwritable folder gives one sentence', async () => {
  mkdirSync(fileOf(server));
  for (let time = 0; time < 2; time += 1) {
    await expect(libraries.open(server)).rejects.toThrow(StorageError);
    await expect(libraries.open(server)).rejects.toThrow(/can’t be read or written/v);
  }
  rmSync(fileOf(server), { recursive: true });
  expect(await (await libraries.open(server)).count()).toBe(0);
  const file = join(folder, 'file');
  writeFileSync(file, 'no folder');
  await expect(
    openLibraries({ folder: file, databaseUrl: undefined, seeds: [], mostArticles: 1, mostOpen: 1 }),
  ).rejects.toThrow(StorageError);
});

test('a folder that others could read or write is closed to them at the start, and so are its files, but no others', async () => {
  await libraries.open(server);
  await libraries.close();
  const file = fileOf(server);
  const elsewhere = mkdtempSync(join(tmpdir(), 'verbatim-elsewhere-'));
  onTestFinished(() => rmSync(elsewhere, { recursive: true }));
  const outside = join(elsewhere, 'file');
  writeFileSync(outside, '');
  symlinkSync(outside, join(folder, 'link'));
  chmodSync(outside, 0o644);
  chmodSync(file, 0o666);
  chmodSync(folder, 0o777);
  await start();
  expect([folder, file, outside].map(path => statSync(path).mode & 0o777)).toEqual([0o700, 0o600, 0o644]);
  expect(reported).toEqual([]);
  const theirs = join(elsewhere, 'theirs');
  mkdirSync(theirs);
  chmodSync(elsewhere, 0o755);
  chmodSync(theirs, 0o777);
  const program = join(import.meta.dirname, 'open-as-other-user.ts');
  const { stdout } = spawnSync(process.execPath, [program, theirs], { encoding: 'utf8' });
  // Only root can become another user.
  if (process.getuid?.() === 0) expect(stdout).toContain(`can read ${theirs}, and this user may not change that`);
  else expect(stdout).toBe('');
});

test('stopping does not wait for a long article to be attributed', async () => {
  await startProcesses();
  const library = await libraries.open(server);
  const added = library.add(metadataOf(1), quoted.repeat(40_000)).catch((error: unknown) => error);
  // It must have started, or it would be refused.
  await new Promise(resolve => setTimeout(resolve, 300));
  await libraries.close();
  expect(await added).toBeInstanceOf(StorageError);
});

test('a damaged register gives one sentence that names it', async () => {
  await libraries.close();
  writeFileSync(join(folder, 'register.sqlite'), 'rubbish '.repeat(1000));
  await expect(start()).rejects.toThrow(`${join(folder, 'register.sqlite')} is damaged`);
  rmSync(join(folder, 'register.sqlite'));
  await start();
  expect(existsSync(join(folder, 'register.sqlite'))).toBe(true);
});

test('without its register, a library is still purged and posted from', async () => {
  const library = await libraries.open(server);
  await library.remove(await addTo(library, 1, secret));
  await libraries.close();
  rmSync(join(folder, 'register.sqlite'));
  now = Date.now() + 10 * MINUTE;
  await start();
  await libraries.maintain();
  expect(wordsOnDisk()).toEqual([]);
  const prepared: string[] = [];
  const prepare = ({ owner }: OpenLibrary) => {
    prepared.push(owner.id);
    return Promise.resolve(() => Promise.resolve(undefined));
  };
  for (let time = 0; time < 2; time += 1) await libraries.deliver(() => true, prepare);
  expect(prepared).toEqual([server.id]);
});
