import { mkdtempSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StorageError } from '../../../../src/library/store/errors.ts';
import { all, allByPlace, first, pick } from '../../../../src/library/store/script.ts';
import { PageCaches, SqliteConnection } from '../../../../src/library/store/sqlite/connection.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verbatim-connection-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a file gives its cached pages back when others are used, and still answers', () => {
  const caches = new PageCaches(50_000);
  const [one, two] = ['one', 'two'].map(name => new SqliteConnection(join(folder, `${name}.sqlite`), caches));
  if (one === undefined || two === undefined) throw new Error('Two were opened');
  for (const each of [one, two]) {
    each.execute('CREATE TABLE words (word TEXT)');
    each.run(all('INSERT INTO words VALUES (?1)', 'rain'.repeat(10_000)));
  }
  expect([one.extent() > 40_000, two.extent() > 40_000]).toEqual([true, true]);
  const shrunk = vi.spyOn(one, 'shrink');
  const ways = [
    () => two.run(all('SELECT word FROM words')),
    () => two.run(allByPlace('SELECT word FROM words')),
    () => two.run(pick(1, () => true, 'SELECT word FROM words')),
    () => two.transaction(() => two.run(all('UPDATE words SET word = word'))),
  ];
  for (const [at, way] of ways.entries()) {
    expect(one.run(first('SELECT length(word) AS length FROM words'))).toEqual({ length: 40_000 });
    way();
    expect(shrunk).toHaveBeenCalledTimes(at + 1);
  }
  two.close();
  one.run(all('SELECT 1'));
  expect(shrunk).toHaveBeenCalledTimes(ways.length);
  one.close();
});

test('without room for shared memory, a file is opened exclusively: it can be read and changed, and is shared again by the next to open it', () => {
  const path = join(folder, 'one.sqlite');
  const open = () => new SqliteConnection(path);
  const before = open();
  before.execute('CREATE TABLE words (word TEXT)');
  before.close();
  // A link that nobody can open, whatever their privileges.
  symlinkSync(`${path}-shm`, `${path}-shm`);
  const alone = open();
  expect(alone.isExclusive).toBe(true);
  alone.transaction(() => alone.run(all('INSERT INTO words VALUES (?1)', 'rain')));
  expect(alone.run(all('SELECT word FROM words'))).toEqual([{ word: 'rain' }]);
  expect(open).toThrow(StorageError);
  alone.close();
  unlinkSync(`${path}-shm`);
  const [one, two] = [open(), open()];
  expect([one.isExclusive, two.isExclusive]).toEqual([false, false]);
  expect(two.run(all('SELECT word FROM words'))).toEqual([{ word: 'rain' }]);
  for (const each of [one, two]) each.close();
});
