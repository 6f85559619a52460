import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { INVENTED_ARTICLES } from '../../playground/playground.ts';
import { Encoder } from '../../src/answering/networks/encoder.ts';
import { cosine, DIMENSIONS, MODEL_ID } from '../../src/answering/networks/model.ts';
import { passagesOf } from '../../src/answering/networks/passages.ts';
import { attribute } from '../../src/attribution/attribute.ts';
import type { Derives } from '../../src/library/attributor.ts';
import { derivedLine, loadSeeds, SeedRows } from '../../src/library/seeds.ts';
import { encodeDerived } from '../../src/library/store/derived.ts';
import { attributeHere } from './attribute-in-process.ts';
import { wordVectors } from './word-vectors.ts';

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
  const score = /"score":(?<score>[\d.]+)/gv;
  const withoutScores = (derived: string) => derived.replaceAll(score, '"score":0');
  const scoresIn = (derived: string) => [...derived.matchAll(score)].map(({ groups }) => Number(groups?.score));
  const refuses: Derives = { derive: () => Promise.reject(new Error('It derives.')), close: () => Promise.resolve() };
  const encoder = new Encoder();
  afterAll(() => encoder.close());
  const rain = 'Rain fell, said Ann Lee.';
  const rows = (attributor: Derives) => new SeedRows(loadSeeds(folder).articles, attributor).all();

  test.each([
    ['seeds', shipped],
    ['playground/articles', INVENTED_ARTICLES],
  ])('and the same as now: else run node training/derive-seeds.ts (%s)', async (_name, at) => {
    for (const seed of loadSeeds(at).articles) {
      const attributed = await attribute(seed);
      const [now, then] = [encodeDerived(attributed), seed.derived ?? 'nothing'];
      expect(withoutScores(then)).toBe(withoutScores(now));
      // Scores differ between processors in their last digits.
      const scores = scoresIn(then);
      for (const [order, each] of scoresIn(now).entries()) expect(each).toBeCloseTo(scores[order] ?? 0, 1);
      const vectors = await encoder.encodePassages('seeds', passagesOf(attributed));
      const alike = Array.from({ length: vectors.length / DIMENSIONS }, (_, order) => {
        const [one, other] = [vectors, seed.vectors ?? new Int8Array(vectors.length)].map(each =>
          each.subarray(order * DIMENSIONS, (order + 1) * DIMENSIONS),
        );
        return cosine(one ?? vectors, other ?? vectors);
      });
      expect(seed.vectors?.length).toBe(vectors.length);
      expect(Math.min(...alike)).toBeGreaterThan(0.99);
    }
  });

  test('so it isn’t derived again, unless the text or the version is another', async () => {
    const path = join(folder, 'rain.txt');
    const stored = join(folder, 'derived.jsonl');
    writeFileSync(path, rain);
    const [seed] = loadSeeds(folder).articles;
    if (seed === undefined) throw new Error('no seed');
    const attributed = await attribute(seed);
    const made = wordVectors(passagesOf(attributed));
    const line = derivedLine(attributed, made);
    const expected = await rows(attributeHere);
    expect(expected.map(({ vectors }) => vectors)).toEqual([undefined]);
    await expect(rows(refuses)).rejects.toThrow('It derives.');
    writeFileSync(stored, `damaged\n${line}`);
    expect(await rows(refuses)).toEqual(expected.map(row => ({ ...row, vectors: made })));
    writeFileSync(stored, line.replace(MODEL_ID, 'another'));
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
