import { beforeEach, describe, expect, test } from 'vitest';
import { DIMENSIONS } from '../../../src/answering/networks/model.ts';
import type { AttributedArticle } from '../../../src/attribution/attribution.ts';
import {
  countUnencoded,
  findArticleRefs,
  findRemoved,
  findUnencoded,
  purgeArticles,
  readVectors,
} from '../../../src/library/store/articles.ts';
import {
  putArticle,
  removeArticle,
  restoreArticle,
  saveVectors,
  updateDerived,
} from '../../../src/library/store/changes.ts';
import { derivationOf } from '../../../src/library/store/derived.ts';
import { findNearest } from '../../../src/library/store/index-queries.ts';
import { type Filter, NO_FILTER } from '../../../src/library/store/library-index.ts';
import type { ArticleRef, Backend, Store } from '../../../src/library/store/store.ts';
import { slice } from '../../../src/news/span.ts';
import { buildArticle } from '../../search/build-article.ts';
import { buildNews, rowOf } from '../rows.ts';
import { wordVector, wordVectors } from '../word-vectors.ts';

const model = 'words.1';
const many = 100;
const url = 'https://news.example/harbour';
const harbour = buildNews('harbour', ['The harbour opened on Monday.', 'Wheat was loaded at night.'], {
  url,
  outlet: 'The Post',
  published: '2022-03-14',
});
const rain = buildNews('rain', ['Rain fell on the hills.', 'Wheat prices rose.', 'Nobody spoke.'], {
  outlet: 'Daily News',
  published: '2022-05-01',
});
const snow = buildNews('snow', ['Snow fell on the hills.']);
const wind = buildNews('wind', ['Wind blew.']);

function vectorsFor({ article }: AttributedArticle): Int8Array {
  return wordVectors(article.paragraphs.map(paragraph => slice(article.text, paragraph)));
}

/** Tests what a store promises about the vectors of paragraphs. */
export function describeVectors(storeOf: () => Store, backendOf: () => Backend): void {
  describe('vectors', () => {
    let store: Store;
    let refs: Map<string, ArticleRef>;
    beforeEach(() => {
      store = storeOf();
      refs = new Map();
    });

    const put = async (from: AttributedArticle) => {
      const outcome = await store.write(putArticle, rowOf(from), many);
      if (outcome.kind === 'full') throw new Error('full');
      refs.set(from.article.id, outcome.ref);
      return outcome.ref;
    };
    const save = async (from: AttributedArticle, as = model) => {
      const ref = refs.get(from.article.id);
      if (ref === undefined) throw new Error('not put');
      await store.write(saveVectors, ref, as, vectorsFor(from));
    };
    const encode = async (from: AttributedArticle) => {
      await put(from);
      await save(from);
    };
    const missing = async (of = model) => [
      (await store.read(findUnencoded, of, many)).map(({ id }) => id),
      await store.read(countUnencoded, of),
    ];
    const ask = async (question: string, filter: Partial<Filter> = {}, count = 2, of = model) => {
      const found = await store.read(findNearest, of, wordVector(question), count, { ...NO_FILTER, ...filter });
      return found.map(({ article, paragraph }) => `${article} ${paragraph}`);
    };

    test('are missing until they are saved, the newest article’s first', async () => {
      for (const from of [harbour, rain, snow]) await put(from);
      expect(await missing()).toEqual([['snow', 'rain', 'harbour'], 3]);
      expect((await store.read(findUnencoded, model, 1)).map(({ id }) => id)).toEqual(['snow']);
      expect(await store.read(findUnencoded, model, 1)).toEqual([refs.get('snow')]);
      for (const from of [rain, snow]) await save(from);
      expect(await missing()).toEqual([['harbour'], 1]);
      expect(await store.read(readVectors, ['rain', 'harbour', 'none'], model)).toEqual(
        new Map([['rain', vectorsFor(rain)]]),
      );
    });

    test('find the nearest paragraphs, best first, with their cosines', async () => {
      for (const from of [harbour, rain, snow]) await encode(from);
      expect(await ask('Snow fell on hills')).toEqual(['snow 0', 'rain 0']);
      expect(await ask('wheat loaded', {}, 1)).toEqual(['harbour 1']);
      expect(await ask('wheat', {}, 0)).toEqual([]);
      const [first] = await store.read(findNearest, model, wordVector('Nobody spoke.'), 1, NO_FILTER);
      expect(first).toMatchObject({ article: 'rain', paragraph: 2 });
      expect(first?.cosine).toBeCloseTo(1, 1);
      expect(await ask('wheat', {}, many)).toHaveLength(6);
    });

    test.each<[Partial<Filter>, string[]]>([
      [{ article: 'rain' }, ['rain 1']],
      [{ article: 'none' }, []],
      [{ outlet: 'the post' }, ['harbour 1']],
      [{ outlet: 'nobody' }, []],
      [{ after: '2022-04-01' }, ['rain 1']],
      [{ before: '2022-03-14' }, ['harbour 1']],
      [{ after: '2023-01-01' }, []],
      [{ outlet: 'daily news', before: '2022-03-14' }, []],
    ])('are looked for only in articles that pass %j', async (filter, expected) => {
      for (const from of [harbour, rain, snow]) await encode(from);
      expect(await ask('wheat', filter, 1)).toEqual(expected);
    });

    test('find the best of more paragraphs than are compared in full', async () => {
      const filler = Array.from({ length: 700 }, (_, at) => `Harbour number ${at}.`);
      for (const id of ['one', 'two', 'three']) await encode(buildNews(id, [...filler, `It was ${id}.`]));
      await encode(rain);
      expect(await ask('wheat prices', {}, 1)).toEqual(['rain 1']);
      expect(await ask('it was two', {}, 1)).toEqual(['two 700']);
      expect(await ask('it was two', { article: 'one' }, 1)).toEqual(['one 700']);
      expect(await ask('harbour', {}, 1000)).toHaveLength(1000);
    });

    test('of another model are not used, and are made again after those that never were', async () => {
      for (const from of [harbour, rain]) await encode(from);
      await put(snow);
      expect(await missing('words.2')).toEqual([['snow', 'rain', 'harbour'], 3]);
      expect((await store.read(findUnencoded, 'words.2', 2)).map(({ id }) => id)).toEqual(['snow', 'rain']);
      await save(snow, 'words.0');
      await save(rain, 'words.3');
      await put(wind);
      expect(await missing('words.2')).toEqual([['wind', 'harbour', 'snow', 'rain'], 4]);
      await store.write(removeArticle, 'wind', 5000);
      expect(await ask('wheat', {}, many, 'words.2')).toEqual([]);
      expect(await store.read(readVectors, ['rain'], 'words.2')).toEqual(new Map());
      for (const other of ['words.2', 'a']) {
        for (const from of [snow, rain]) await save(from, other);
        expect(await missing(other)).toEqual([['harbour'], 1]);
        expect(await ask('wheat', {}, many, other)).toHaveLength(4);
        expect(await missing()).toEqual([expect.arrayContaining(['rain', 'snow']), 2]);
      }
    });

    test('are gone with a replaced text, and are not saved for one that has changed', async () => {
      await encode(harbour);
      const before = refs.get('harbour');
      const newer = buildNews('newer', ['Cargo ships left.'], { url });
      await put(newer);
      expect([await ask('wheat'), await missing()]).toEqual([[], [['harbour'], 1]]);
      expect(await store.read(readVectors, ['harbour'], model)).toEqual(new Map());
      if (before !== undefined) await store.write(saveVectors, before, model, vectorsFor(harbour));
      expect([await ask('wheat'), await missing()]).toEqual([[], [['harbour'], 1]]);
    });

    test('are not found while their article is removed, and are there again when it is restored', async () => {
      for (const from of [harbour, rain]) await encode(from);
      await store.write(removeArticle, 'rain', 5000);
      expect(await ask('wheat', {}, many)).toEqual(['harbour 1', 'harbour 0']);
      expect([await store.read(readVectors, ['rain'], model), await missing()]).toEqual([new Map(), [[], 0]]);
      const removed = await store.read(findRemoved, 'rain', 0);
      if (removed === undefined) throw new Error('not found');
      await store.write(saveVectors, removed, model, wordVectors(['Too late.']));
      await store.write(restoreArticle, removed, derivationOf(rain), many);
      expect(await ask('wheat prices')).toEqual(['rain 1', 'harbour 1']);
      expect(await missing()).toEqual([[], 0]);
      expect(await store.read(readVectors, ['rain'], model)).toEqual(new Map([['rain', vectorsFor(rain)]]));
    });

    test('of removed articles don’t take the place of others', async () => {
      await encode(rain);
      await encode(buildNews('wheat', [...Array.from({ length: 1100 }, () => 'Wheat prices.'), 'The end.']));
      await store.write(removeArticle, 'wheat', 5000);
      expect(await ask('wheat prices')).toEqual(['rain 1', 'rain 2']);
    });

    test('are gone when a removed article is purged or added again', async () => {
      for (const from of [harbour, rain]) await encode(from);
      for (const id of ['harbour', 'rain']) await store.write(removeArticle, id, 5000);
      await put(rain);
      await store.erase(purgeArticles, 5000);
      await put(harbour);
      expect([await ask('wheat', {}, many), await store.read(countUnencoded, model)]).toEqual([[], 2]);
    });

    test('are kept when an article is derived again, unless its paragraphs are others', async () => {
      for (const from of [harbour, rain]) await encode(from);
      const ref = refs.get('rain') ?? { number: 0, revision: 0 };
      await store.write(updateDerived, ref, derivationOf(rain));
      expect([await ask('wheat prices', {}, 1), await missing()]).toEqual([['rain 1'], [[], 0]]);
      const [again] = await store.read(findArticleRefs, { by: 'id', values: ['rain'] });
      const other = buildArticle('rain', 'Rain fell.');
      await store.write(updateDerived, again ?? ref, derivationOf(other));
      expect([await ask('wheat', {}, many), await missing()]).toEqual([
        ['harbour 1', 'harbour 0'],
        [['rain'], 1],
      ]);
      expect(await store.read(readVectors, ['rain'], model)).toEqual(new Map());
    });

    test('may be none, and may be saved again', async () => {
      const ref = await put(rain);
      await store.write(saveVectors, ref, model, new Int8Array());
      expect([await ask('wheat', {}, many), await missing()]).toEqual([[], [[], 0]]);
      await store.write(saveVectors, ref, model, vectorsFor(rain).subarray(0, DIMENSIONS));
      expect(await ask('wheat', {}, many)).toEqual(['rain 0']);
      await store.write(saveVectors, ref, model, vectorsFor(rain));
      expect(await ask('wheat', {}, many)).toHaveLength(3);
    });

    test('of one library are not another’s, and are erased with it', async () => {
      await encode(harbour);
      const other = await backendOf().open('server-2', () => Promise.resolve([]));
      const outcome = await other.write(putArticle, rowOf(rain), many);
      if (outcome.kind === 'full') throw new Error('full');
      await other.write(saveVectors, outcome.ref, model, vectorsFor(rain));
      expect(await ask('wheat', {}, many)).toEqual(['harbour 1', 'harbour 0']);
      await other.close();
      await backendOf().erase('server-2');
      const again = await backendOf().open('server-2', () => Promise.resolve([rowOf(snow)]));
      expect(await again.read(findNearest, model, wordVector('wheat'), many, NO_FILTER)).toEqual([]);
      expect(await again.read(countUnencoded, model)).toBe(1);
      await again.close();
    });
  });
}
