import { expect, test } from 'vitest';
import { ArticleCache } from '../../src/library/caches.ts';
import { buildArticle } from '../search/build-article.ts';

const article = buildArticle('one', 'Rain fell.');
const pointer = (number: number, revision = 1) => ({ id: 'one', number, revision });

test('keeps articles by library, number and revision', () => {
  const read = new ArticleCache(10, 1000);
  read.keep('server-1', pointer(1), article);
  expect(read.get('server-1', pointer(1))).toBe(article);
  expect(read.get('server-11', pointer(1))).toBeUndefined();
  expect(read.get('server-1', pointer(1, 2))).toBeUndefined();
  expect(read.get('server-1', { ...pointer(1), id: 'two' })).toBeUndefined();
});

test('evicts the least recently used, by number or by length', () => {
  for (const read of [new ArticleCache(2, 1000), new ArticleCache(10, 2 * article.article.text.length)]) {
    for (const number of [1, 2]) read.keep('server-1', pointer(number), article);
    read.get('server-1', pointer(1));
    read.keep('server-1', pointer(3), article);
    expect([1, 2, 3].map(number => read.get('server-1', pointer(number)) !== undefined)).toEqual([true, false, true]);
  }
});

test('forgets one library only', () => {
  const read = new ArticleCache(10, 1000);
  for (const library of ['server-1', 'server-12']) read.keep(library, pointer(1), article);
  read.forget('server-1');
  expect(read.get('server-1', pointer(1))).toBeUndefined();
  expect(read.get('server-12', pointer(1))).toBe(article);
  expect(() => new ArticleCache(10, 1).keep('server-1', pointer(1), article)).not.toThrow();
});
