import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadSeeds } from '../../src/library/seeds.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verbatim-seeds-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the article that ships with the bot loads without a problem', () => {
  const { articles, problems } = loadSeeds(join(import.meta.dirname, '../../seeds'));
  expect(problems).toEqual([]);
  expect(articles.find(({ id }) => id === 'us-china-rome-meeting')?.paragraphs.length).toBe(12);
});

test('loads by name, and only text files', () => {
  for (const name of ['b.txt', 'a.txt', 'README.md']) writeFileSync(join(folder, name), `Rain fell on ${name}.`);
  const { articles, problems } = loadSeeds(folder);
  expect(articles.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(problems).toEqual([]);
});

test('a file that isn’t an article is reported by name; the others load', () => {
  writeFileSync(join(folder, 'bad.txt'), Uint8Array.of(0xff, 0xfe, 0xff));
  writeFileSync(join(folder, 'empty.txt'), '');
  writeFileSync(join(folder, 'good.txt'), 'Rain fell.');
  const { articles, problems } = loadSeeds(folder);
  expect(articles.map(({ id }) => id)).toEqual(['good']);
  expect(new Set(problems.map(({ file }) => file))).toEqual(new Set(['bad.txt', 'empty.txt']));
});

test('a missing folder is an error that names it', () => {
  expect(() => loadSeeds(join(folder, 'missing'))).toThrow(/missing/v);
});
