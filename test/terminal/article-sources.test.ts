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

async function reasonsFor(...paths: readonly string[]): Promise<readonly string[]> {
  const reasons: string[] = [];
  for await (const { reading } of loadItems(paths)) if (reading.kind === 'refused') reasons.push(reading.reason);
  return reasons;
}

test('what can’t be read is refused in English, with advice that fits a file', async () => {
  const [page, deep, latin] = ['page.html', 'deep.html', 'latin.txt'].map(name => join(folder, name));
  writeFileSync(page ?? '', '<p>Rain.</p>');
  writeFileSync(deep ?? '', '<div>'.repeat(10_000));
  writeFileSync(latin ?? '', Uint8Array.of(0x52, 0xe9));
  expect(await reasonsFor(page ?? '', deep ?? '', latin ?? '')).toEqual([
    expect.stringMatching(/no article .* Add the article as a \.txt file/v),
    expect.stringMatching(/too deeply nested .* Add the article as a \.txt file/v),
    expect.stringMatching(/Save it as UTF-8 and try again\.$/v),
  ]);
});

test('a path that isn’t there is named as such, whatever its extension', async () => {
  const paths = ['nope', 'nope.txt', 'nope.jsonl'].map(name => join(folder, name));
  expect(await reasonsFor(...paths)).toEqual(paths.map(() => 'there is no such file'));
});
