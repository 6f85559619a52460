import { beforeEach, describe, expect, test } from 'vitest';
import { putArticle, removeArticle } from '../../../src/library/store/changes.ts';
import { matchUnits } from '../../../src/library/store/index-queries.ts';
import { type Filter, NO_FILTER, type SpeakerFilter } from '../../../src/library/store/library-index.ts';
import { readOutlets, readSpellings, readTopSpellings } from '../../../src/library/store/names.ts';
import { readTopSpeakers } from '../../../src/library/store/people.ts';
import type { Store } from '../../../src/library/store/store.ts';
import { findMisspellings, findTerms, findTermsWithPrefix } from '../../../src/library/store/terms.ts';
import { readNewestQuotes, readUnitRows } from '../../../src/library/store/units.ts';
import { buildNews, rowOf } from '../rows.ts';

const many = 100;
const lee = { keys: ['person ann lee'], rows: [] };

/** Ten articles, one after the other, in each of which two people say the same. */
const articles = Array.from({ length: 10 }, (_, at) =>
  buildNews(
    `day ${at}`,
    [
      { who: 'Ann Lee', says: 'The harbour will not open' },
      { who: 'Bo Cho', says: 'The harbour will' },
      { who: 'Ann Lee', says: 'The rain fell' },
      `It was day ${at}.`,
    ],
    { title: `Day ${at}`, outlet: at % 2 === 0 ? 'The Post' : 'Daily News', published: `2022-03-1${at}` },
  ),
);

/**
 * Tests what an index promises if there is more than the limit, or if some rank equally: both stores give the same
 * answers.
 */
export function describeOrder(storeOf: () => Store): void {
  describe('with more results than the limit', () => {
    beforeEach(async () => {
      for (const from of articles) await storeOf().write(putArticle, rowOf(from), many);
    });

    const numbersOf = async (words: string) =>
      await Promise.all(
        words
          .split(' ')
          .map(async word => (await storeOf().read(findTerms, 'text', [word], [])).map(({ number }) => number)),
      );
    const articlesWith = async (words: string, most: number, filter: Partial<Filter> = {}, phrase = false) => {
      const place = { ...NO_FILTER, ...filter };
      const held = await storeOf().read(matchUnits, { all: await numbersOf(words), phrase }, place, most);
      return new Set((await storeOf().read(readUnitRows, held, place)).map(({ article }) => article));
    };
    const newest = new Set(['day 9', 'day 8']);

    test.each<[string, number, Partial<Filter>, boolean]>([
      ['harbour', 4, {}, false],
      ['harbour not', 2, {}, false],
      ['will not', 2, {}, true],
      ['the harbour will not', 2, {}, true],
      ['harbour', 2, { speakers: lee }, false],
      ['rain fell', 2, { speakers: lee }, false],
      ['harbour', 2, { speakers: { keys: ['person ann lee', 'person bo cho'], rows: [] } }, false],
    ])('units with %j, %i of them %j, are from the newest articles', async (words, most, filter, phrase) => {
      const expected = most === 2 && filter.speakers?.keys.length === 2 ? new Set(['day 9']) : newest;
      expect(await articlesWith(words, most, filter, phrase)).toEqual(expected);
    });

    test('so are units with any of some words, and those between days', async () => {
      const [harbour = [], rain = []] = await numbersOf('harbour rain');
      const held = await storeOf().read(matchUnits, { all: [[...harbour, ...rain]], phrase: false }, NO_FILTER, 6);
      expect(new Set((await storeOf().read(readUnitRows, held, NO_FILTER)).map(({ article }) => article))).toEqual(
        newest,
      );
      expect(await articlesWith('harbour', 2, { before: '2022-03-14' })).toEqual(new Set(['day 4']));
      expect(await articlesWith('rain', 2, { outlet: 'daily news' })).toEqual(new Set(['day 9', 'day 7']));
    });

    test('openings are the newest units, including the last article’s, each article’s in order', async () => {
      const begin = async (most: number, speakers?: SpeakerFilter, filter: Partial<Filter> = {}) => {
        const rows = await storeOf().read(readNewestQuotes, { ...NO_FILTER, ...filter, speakers }, most);
        return rows.map(({ article, paragraph }) => `${article} ${paragraph}`);
      };
      expect(await begin(4)).toEqual(['day 9 0', 'day 9 1', 'day 9 2', 'day 8 2']);
      expect(await begin(3, lee)).toEqual(['day 9 0', 'day 9 2', 'day 8 2']);
      expect(await begin(4, undefined, { outlet: 'the post' })).toEqual(['day 8 0', 'day 8 1', 'day 8 2', 'day 6 2']);
    });
  });

  describe('with equal ranks', () => {
    test('outlets and words are in alphabetical order', async () => {
      for (const outlet of ['Zebra', 'Ant', 'Mole']) {
        await storeOf().write(
          putArticle,
          rowOf(buildNews(outlet, [`It was raim or rail or rair, ${outlet}.`], { outlet })),
          many,
        );
      }
      expect((await storeOf().read(readOutlets, 2)).map(({ shown }) => shown)).toEqual(['Ant', 'Mole']);
      expect((await storeOf().read(findTermsWithPrefix, 'text', 'rai', 2)).map(({ term }) => term)).toEqual([
        'rail',
        'raim',
      ]);
      const [near = []] = await storeOf().read(findMisspellings, 'text', ['raix'], 2);
      expect(near.map(({ term }) => term)).toEqual(['rail', 'raim']);
    });

    test('spellings are in order of how often they are quoted, as long as they are', async () => {
      const say = (who: string, times: number) =>
        Array.from({ length: times }, (_, at) => ({ who, says: `Words ${at}` }));
      for (const [id, who, times] of [
        ['a', 'Ann Lee', 1],
        ['b', 'Bo Lee', 3],
        ['c', 'Cy Lee', 2],
      ] as const) {
        await storeOf().write(putArticle, rowOf(buildNews(id, say(who, times), { title: id })), many);
      }
      const [term] = await storeOf().read(findTerms, 'name', ['lee'], []);
      const spellings = async (most: number) =>
        (await storeOf().read(readSpellings, [term?.number ?? 0], most)).map(({ terms }) => terms.join(' '));
      expect(await spellings(many)).toEqual(['bo lee', 'cy lee', 'ann lee']);
      expect(await spellings(1)).toEqual(['bo lee']);
      expect((await storeOf().read(readTopSpellings, 2)).map(({ terms }) => terms.join(' '))).toEqual([
        'bo lee',
        'cy lee',
      ]);
      await storeOf().write(putArticle, rowOf(buildNews('d', say('Ann Lee', 4), { title: 'd' })), many);
      expect(await spellings(1)).toEqual(['ann lee']);
      await storeOf().write(removeArticle, 'd', 1);
      expect(await spellings(2)).toEqual(['bo lee', 'cy lee']);
    });

    test('the most quoted of a filter’s articles are counted in all of them together', async () => {
      const says = (who: string) => ({ who, says: 'Words' });
      const put = async (id: string, who: readonly string[], outlet: string) =>
        await storeOf().write(putArticle, rowOf(buildNews(id, who.map(says), { title: id, outlet })), many);
      await put('a', ['Ann Lee', 'Ann Lee'], 'The Post');
      await put('b', ['Bo Cho', 'Ann Lee'], 'The Post');
      await put('c', ['Bo Cho'], 'The Post');
      await put('d', ['Bo Cho', 'Bo Cho', 'Bo Cho'], 'Daily News');
      const loudest = await storeOf().read(readTopSpeakers, { ...NO_FILTER, outlet: 'the post' }, many);
      expect(loudest.map(({ shown, article }) => [shown, article])).toEqual([
        ['Ann Lee', 'b'],
        ['Bo Cho', 'c'],
      ]);
    });
  });
}
