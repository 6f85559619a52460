import { afterAll, beforeAll, expect, test } from 'vitest';
import { putArticle } from '../../../../src/library/store/changes.ts';
import { matchUnits } from '../../../../src/library/store/index-queries.ts';
import { type Filter, NO_FILTER } from '../../../../src/library/store/library-index.ts';
import { openPostgresBackend } from '../../../../src/library/store/postgres/backend.ts';
import type { Backend, Store } from '../../../../src/library/store/store.ts';
import { findTerms } from '../../../../src/library/store/terms.ts';
import { FREQUENT_WORDS } from '../../../../src/library/store/tokens.ts';
import { readUnitRows } from '../../../../src/library/store/units.ts';
import { times } from '../../../depth.ts';
import { fc } from '../../../fast-check.ts';
import { makeDatabase } from '../../../postgres/database.ts';
import { buildNews, rowOf } from '../../rows.ts';

const words = ['the', 'of', 'to', 'harbour', 'rain'];
const outlets = ['the post', 'daily news'];
const days = ['2021-12-31', '2022-03-14', '2022-03-15', '2023-01-01'];
/** Different sentences of these words, with outlets and days in turn. */
const sentences = [
  ...new Set(
    fc
      .sample(fc.array(fc.constantFrom(...words), { minLength: 2, maxLength: 6 }), { numRuns: 80, seed: 7 })
      .map(sentence => sentence.join(' ')),
  ),
].map((sentence, at) => ({
  sentence: sentence.split(' '),
  outlet: outlets[at % 2] ?? '',
  published: days[at % 4] ?? '',
}));

let place: Backend;
let store: Store;
beforeAll(async () => {
  place = await openPostgresBackend(await makeDatabase());
  store = await place.open('server-1', () => Promise.resolve([]));
  for (const [at, { sentence, ...metadata }] of sentences.entries()) {
    await store.write(
      putArticle,
      rowOf(buildNews(`a${at}`, [`${sentence.join(' ')}.`], { ...metadata, url: `https://x.example/${at}` })),
      1000,
    );
  }
});
afterAll(async () => {
  await place.close();
});

const anyPhrase = fc.array(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 2 }), {
  minLength: 1,
  maxLength: 4,
});
const anyDay = fc.option(fc.constantFrom(...days, '2022-03-01', '1999-01-01'), { nil: undefined });
const anyWhere: fc.Arbitrary<Filter> = fc
  .record({ outlet: fc.option(fc.constantFrom(...outlets, 'none'), { nil: undefined }), after: anyDay, before: anyDay })
  .map(filter => ({ ...NO_FILTER, ...filter }));

function isThere(at: number, phrase: readonly (readonly string[])[], isPhrase: boolean, filter: Filter): boolean {
  const { sentence = [], outlet, published = '' } = sentences[at] ?? {};
  if (filter.outlet !== undefined && filter.outlet !== outlet) return false;
  if (published < (filter.after ?? '') || published > (filter.before ?? '9')) return false;
  if (!isPhrase) return phrase.every(group => group.some(word => sentence.includes(word)));
  return sentence.some((_, from) => phrase.every((group, more) => group.includes(sentence[from + more] ?? '')));
}

test('words, phrases and filters find what a full scan finds', async () => {
  const known = new Map((await store.read(findTerms, 'text', words, [])).map(({ term, number }) => [term, number]));
  const check = fc.asyncProperty(
    anyPhrase,
    fc.boolean(),
    anyWhere,
    fc.constantFrom(3, 1000),
    async (phrase, isPhrase, filter, most) => {
      const all = phrase.map(group => group.map(word => known.get(word) ?? 0));
      const found = await store.read(matchUnits, { all, phrase: isPhrase }, filter, most);
      const articles = (await store.read(readUnitRows, found, NO_FILTER)).map(({ article }) =>
        Number(article.slice(1)),
      );
      const expected = sentences.flatMap((_, at) => (isThere(at, phrase, isPhrase, filter) ? [at] : []));
      expect(articles.filter(at => !expected.includes(at))).toEqual([]);
      expect(articles).toHaveLength(Math.min(most, expected.length));
    },
  );
  await fc.assert(check, { numRuns: times(300) });
});

test('common words are each there once, folded, and fewer than the numbers reserved for them', () => {
  expect(new Set(FREQUENT_WORDS).size).toBe(FREQUENT_WORDS.length);
  expect(FREQUENT_WORDS.filter(word => !/^[a-z]+$/v.test(word))).toEqual([]);
  expect(FREQUENT_WORDS.length).toBeLessThan(1023);
});
