import { expect, test } from 'vitest';
import { PageCaches } from '../../../../src/library/store/sqlite/connection.ts';

/** Returns caches of these sizes under one limit, and the names of those that were released, in order. */
function cachesOf(most: number, sizes: Readonly<Record<string, number>>) {
  const caches = new PageCaches(most);
  const shrunk: string[] = [];
  const all = new Map(
    Object.entries(sizes).map(([name, size]) => [name, { extent: () => size, shrink: () => void shrunk.push(name) }]),
  );
  const each = (does: 'use' | 'forget', names: string) => {
    for (const name of names) caches[does](all.get(name) ?? { extent: () => 0, shrink: () => undefined });
  };
  return { use: (names: string) => each('use', names), forget: (names: string) => each('forget', names), shrunk };
}

test('releases the least recently used before the limit is exceeded', () => {
  const { use, shrunk } = cachesOf(10, { a: 4, b: 4, c: 4 });
  use('abab');
  expect(shrunk).toEqual([]);
  use('bac');
  expect(shrunk).toEqual(['b']);
  use('b');
  expect(shrunk).toEqual(['b', 'a']);
});

test('a large one replaces several, and stays itself', () => {
  const { use, shrunk } = cachesOf(10, { a: 3, b: 3, c: 3, B: 30 });
  use('abc');
  expect(shrunk).toEqual([]);
  use('BB');
  expect(shrunk).toEqual(['a', 'b', 'c']);
  use('a');
  expect(shrunk).toEqual(['a', 'b', 'c', 'B']);
});

test('a closed one no longer counts, and is not asked to release', () => {
  const { use, forget, shrunk } = cachesOf(10, { a: 4, b: 4, c: 4 });
  use('ab');
  forget('ab');
  use('c');
  use('a');
  expect(shrunk).toEqual([]);
});
