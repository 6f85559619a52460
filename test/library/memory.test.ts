import { expect, test } from 'vitest';
import { memoryLibrary } from '../../src/library/memory.ts';
import { buildArticle } from '../search/build.ts';

test('gives each article by its id, and nothing for an id that a stranger made up', () => {
  const [one, other] = [buildArticle('one', 'Rain.'), buildArticle('other', 'Sun.')];
  const library = memoryLibrary([one, other]);
  expect(library.articles).toEqual([one, other]);
  expect(library.article('other')).toBe(other);
  for (const id of ['', 'third', '__proto__', 'constructor', '../one']) expect(library.article(id)).toBeUndefined();
});

test('keeps one article of each id: the newer', () => {
  const newer = buildArticle('one', 'Snow.');
  const library = memoryLibrary([buildArticle('one', 'Rain.'), newer]);
  expect(library.articles).toEqual([newer]);
  expect(library.article('one')).toBe(newer);
});
