import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findFiles, loadItems } from '../../src/terminal/article-sources.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verbatim-sources-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a link to a file counts as that file', () => {
  const news = join(folder, 'news');
  mkdirSync(news);
  writeFileSync(join(folder, 'rain.txt'), 'Rain fell.');
  symlinkSync('../rain.txt', join(news, 'linked.txt'));
  expect(findFiles([news])).toEqual([join(news, 'linked.txt')]);
});

test('a page without an article is refused, in English', async () => {
  const page = join(folder, 'page.html');
  writeFileSync(page, '<p>Rain.</p>');
  const items = [];
  for await (const item of loadItems([page])) items.push(item);
  const reason = expect.stringContaining('no article');
  expect(items).toMatchObject([{ place: page, reading: { kind: 'refused', reason } }]);
});
