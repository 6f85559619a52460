import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listByIds, purgeArticles } from '../../../../src/library/store/articles.ts';
import { putArticle, removeArticle } from '../../../../src/library/store/changes.ts';
import { matchUnits } from '../../../../src/library/store/index-queries.ts';
import { NO_FILTER, type TermQuery } from '../../../../src/library/store/library-index.ts';
import { SqliteBackend } from '../../../../src/library/store/sqlite/backend.ts';
import type { Store } from '../../../../src/library/store/store.ts';
import { findTerms } from '../../../../src/library/store/terms.ts';
import { readUnitRows } from '../../../../src/library/store/units.ts';
import { times } from '../../../depth.ts';
import { fc } from '../../../fast-check.ts';
import { buildNews, rowOf } from '../../rows.ts';

const many = 1000;
/** Common words, which are indexed in pairs, and others. */
const words = ['the', 'of', 'in', 'rain', 'sun'];

let folder = '';
let place: SqliteBackend;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'verbatim-phrases-'));
  place = new SqliteBackend(folder);
  store = await place.open('server-1', () => Promise.resolve([]));
});
afterEach(async () => {
  await store.close();
  await place.close();
  rmSync(folder, { recursive: true });
});

const anyWord = fc.constantFrom(...words);
const anyText = fc.array(anyWord, { minLength: 1, maxLength: 8 });
const anyGroups = fc.array(fc.uniqueArray(anyWord, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 });

/** Returns the positions of texts that have one word of each group. */
function holdersOf(texts: readonly (readonly string[])[], groups: readonly (readonly string[])[], phrase: boolean) {
  const inARow = (text: readonly string[]) =>
    text.some((_, at) => groups.every((group, more) => group.includes(text[at + more] ?? '')));
  const anywhere = (text: readonly string[]) => groups.every(group => group.some(word => text.includes(word)));
  return texts.flatMap((text, at) => ((phrase ? inARow(text) : anywhere(text)) ? [at] : []));
}

test('finds words and phrases as a full scan would, common or not', async () => {
  const texts = fc.sample(anyText, { numRuns: 60, seed: 4 });
  for (const [at, text] of texts.entries()) {
    await store.write(
      putArticle,
      rowOf(buildNews(`${at}`, [`${text.join(' ')}`], { published: `2022-0${1 + (at % 9)}-01` })),
      many,
    );
  }
  const terms = await store.read(findTerms, 'text', words, []);
  const numbers = new Map(terms.map(({ term, number }) => [term, number]));
  await fc.assert(
    fc.asyncProperty(anyGroups, fc.boolean(), fc.nat({ max: 9 }), async (groups, phrase, month) => {
      const all = groups.map(group => group.map(word => numbers.get(word) ?? 0));
      const filter =
        month === 0 ? NO_FILTER : { ...NO_FILTER, after: `2022-0${month}-01`, before: `2022-0${month}-28` };
      const asked: TermQuery = { all, phrase };
      const found = await store.read(readUnitRows, await store.read(matchUnits, asked, filter, many), filter);
      const expected = holdersOf(texts, groups, phrase).filter(at => month === 0 || 1 + (at % 9) === month);
      const kept = new Set(
        (
          await store.read(
            listByIds,
            texts.map((_, at) => `${at}`),
          )
        ).map(({ id }) => Number(id)),
      );
      const places = found.map(({ article }) => Number(article)).sort((one, other) => one - other);
      expect(places).toEqual(expected.filter(at => kept.has(at)));
    }),
    { numRuns: times(200) },
  );
});

test('nothing of deleted articles is left in the full-text index', async () => {
  const texts = fc.sample(anyText, { numRuns: 30, seed: 7 });
  for (const [at, text] of texts.entries())
    await store.write(putArticle, rowOf(buildNews(`${at}`, [`${text.join(' ')}`])), many);
  for (const [at] of texts.entries()) await store.write(removeArticle, `${at}`, at);
  expect(await store.erase(purgeArticles, many)).toBeUndefined();
  await store.close();
  const database = new DatabaseSync(join(folder, 'server-1.sqlite'));
  database.exec("INSERT INTO unit_words (unit_words) VALUES ('integrity-check')");
  database.exec('CREATE VIRTUAL TABLE held USING fts5vocab (unit_words, row)');
  expect(database.prepare('SELECT * FROM held').all()).toEqual([]);
  for (const table of [
    'articles',
    'texts',
    'derived',
    'terms',
    'units',
    'speakers',
    'forms',
    'form_words',
    'titles',
    'outlets',
  ]) {
    expect(database.prepare(`SELECT count(*) AS count FROM ${table}`).get()).toEqual({ count: 0 });
  }
  database.close();
  store = await place.open('server-1', () => Promise.resolve([]));
});
