import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inventedArticles } from '../../playground/playground.ts';
import { attribute } from '../../src/attribution/attribute.ts';
import type { Derives } from '../../src/library/attributor.ts';
import { derivedLine, loadSeeds, SeedRows } from '../../src/library/seeds.ts';
import { encodeDerived } from '../../src/library/store/derived.ts';
import { attributeHere } from './attribute-in-process.ts';

const shipped = join(import.meta.dirname, '../../seeds');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verbatim-seeds-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the article that ships with the bot loads without a problem', () => {
  const { articles, problems } = loadSeeds(shipped);
  expect(problems).toEqual([]);
  expect(articles.find(({ id }) => id === 'us-china-rome-meeting')?.paragraphs.length).toBe(12);
});

describe('what was derived from the articles is stored with them', () => {
  // Scores differ between processors in their last digits.
  const rounded = (derived: string) =>
    derived.replaceAll(/"score":[\d.]+/gv, score => score.slice(0, '"score":0.12'.length));
  const refuses: Derives = { derive: () => Promise.reject(new Error('It derives.')), close: () => Promise.resolve() };
  const rain = 'Rain fell, said Ann Lee.';
  const rows = (attributor: Derives) => new SeedRows(loadSeeds(folder).articles, attributor).all();

  test.each([
    ['seeds', shipped],
    ['playground/articles', inventedArticles],
  ])('and the same as now: else run node training/derive-seeds.ts (%s)', async (_name, at) => {
    for (const seed of loadSeeds(at).articles) {
      expect(rounded(seed.derived ?? 'nothing')).toBe(rounded(encodeDerived(await attribute(seed))));
    }
  });

  test('so it isn’t derived again, unless the text or the version is another', async () => {
    const path = join(folder, 'rain.txt');
    const stored = join(folder, 'derived.jsonl');
    writeFileSync(path, rain);
    const [seed] = loadSeeds(folder).articles;
    if (seed === undefined) throw new Error('no seed');
    const line = derivedLine(await attribute(seed));
    const expected = await rows(attributeHere);
    await expect(rows(refuses)).rejects.toThrow('It derives.');
    writeFileSync(stored, `damaged\n${line}`);
    expect(await rows(refuses)).toEqual(expected);
    writeFileSync(stored, line.replace(/"attribution":\d+/v, '"attribution":1'));
    await expect(rows(refuses)).rejects.toThrow('It derives.');
    writeFileSync(stored, line);
    writeFileSync(path, `${rain} Snow fell.`);
    await expect(rows(refuses)).rejects.toThrow('It derives.');
  });
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
