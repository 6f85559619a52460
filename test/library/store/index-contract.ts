import { beforeEach, describe, expect, test } from 'vitest';
import { putArticle, removeArticle } from '../../../src/library/store/changes.ts';
import { matchUnits } from '../../../src/library/store/index-queries.ts';
import {
  type Appearances,
  type Filter,
  NO_FILTER,
  type SpeakerFilter,
  type TimelineRange,
} from '../../../src/library/store/library-index.ts';
import {
  findNamedArticles,
  findNamedSpeakers,
  readOutlets,
  readSpellings,
  readTopSpellings,
} from '../../../src/library/store/names.ts';
import { readAppearances, readTimeline, readTopSpeakers } from '../../../src/library/store/people.ts';
import type { Store } from '../../../src/library/store/store.ts';
import { findMisspellings, findTerms, findTermsWithPrefix } from '../../../src/library/store/terms.ts';
import { countUnits, readNewestQuotes, readUnitRows } from '../../../src/library/store/units.ts';
import { buildArticle } from '../../search/build-article.ts';
import { buildNews, rowOf } from '../rows.ts';

const many = 100;
const lee = 'Ann Lee';
const cho = 'Bo Cho';
const articles = [
  buildNews(
    'rain',
    [
      { who: lee, role: 'mayor', says: 'The harbour will not open in the rain' },
      { who: cho, says: 'Don’t wait for the harbour' },
      'The rain fell on the harbour master.',
    ],
    { title: 'Rain over Morva', outlet: 'The Post', byline: 'Eve Stone', published: '2022-03-14T08:00:00Z' },
  ),
  buildNews(
    'sun',
    [
      { who: lee, says: 'The harbour opened' },
      { who: 'Harbour Board', kind: 'organisation', says: 'Open the harbour, the Board will' },
      { who: 'an official', named: false, kind: 'group', says: 'Nobody knows the cantankerous harbour' },
    ],
    { title: 'Sun over Morva', outlet: 'THE POST', published: '2023-01-02' },
  ),
  buildNews('snow', [{ who: 'an official', named: false, kind: 'group', says: 'Snow fell' }, '習近平在北京。'], {
    title: 'Snow',
    outlet: 'Daily News',
    published: undefined,
  }),
];

/** Tests what every index promises, on the words of these articles. */
export function describeIndex(storeOf: () => Store): void {
  describe('its index', () => {
    let store: Store;
    beforeEach(async () => {
      store = storeOf();
      for (const from of articles) await store.write(putArticle, rowOf(from), many);
    });

    const termNumber = async (word: string, of: 'text' | 'name' = 'text') => {
      const [term] = await store.read(findTerms, of, [word], []);
      if (term === undefined) throw new Error(`no term ${word}`);
      return term.number;
    };
    const termNumbers = (words: string) => Promise.all(words.split(' ').map(word => termNumber(word)));
    /** Returns article and paragraph of the units with the words. */
    const placesOf = async (words: string, phrase = false, filter: Filter = NO_FILTER) => {
      const all = (await termNumbers(words)).map(number => [number]);
      const rows = await store.read(readUnitRows, await store.read(matchUnits, { all, phrase }, filter, many), filter);
      return rows.map(({ article, paragraph }) => `${article} ${paragraph}`).sort();
    };
    /** Returns the numbers of the spellings with exactly these words. */
    const formsOf = async (words: string) => {
      const numbers = await Promise.all(words.split(' ').map(word => termNumber(word, 'name')));
      const forms = await store.read(readSpellings, numbers, many);
      return forms.filter(({ terms }) => terms.join(' ') === words).map(({ number }) => number);
    };

    test('counts units, and the units that contain a term', async () => {
      expect(await store.read(countUnits)).toBe(8);
      const terms = await store.read(findTerms, 'text', ['harbour', 'the', 'rain', 'none', "' OR 1", '', '\0'], []);
      const found = terms.map(({ term, frequency }) => [term, frequency]);
      expect(found.sort()).toEqual([
        ['harbour', 6],
        ['rain', 2],
        ['the', 6],
      ]);
      expect(await store.read(findTerms, 'text', [], [])).toEqual([]);
    });

    test('finds a word without its apostrophe, but only then', async () => {
      const byBare = await store.read(findTerms, 'text', [], ['dont']);
      expect(byBare.map(({ term }) => term)).toEqual(["don't"]);
      expect(await store.read(findTerms, 'text', ['dont'], ['harbour'])).toEqual([]);
    });

    test('keeps words of names and titles separate from those of texts', async () => {
      const found = await store.read(findTerms, 'name', ['morva', 'lee', 'wait', 'stone'], []);
      expect(found.map(({ term }) => term).sort()).toEqual(['lee', 'morva', 'stone']);
      expect(await store.read(findTerms, 'text', ['morva', 'stone'], [])).toEqual([]);
      expect(await termNumber('lee')).toBe(await termNumber('lee', 'name'));
    });

    test('completes a word, most frequent first', async () => {
      const begun = await store.read(findTermsWithPrefix, 'text', 'o', many);
      expect(begun.map(({ frequency }) => frequency)).toEqual(
        begun.map(({ frequency }) => frequency).sort((one, other) => other - one),
      );
      expect(begun.map(({ term }) => term).sort()).toEqual(['official', 'on', 'open', 'opened']);
      expect((await store.read(findTermsWithPrefix, 'text', 'harb', 1)).map(({ term }) => term)).toEqual(['harbour']);
      expect(await store.read(findTermsWithPrefix, 'text', '%', many)).toEqual([]);
      expect(await store.read(findTermsWithPrefix, 'text', '_', many)).toEqual([]);
      expect((await store.read(findTermsWithPrefix, 'text', '习', many)).map(({ term }) => term)).toEqual(['习近']);
    });

    test.each([
      ['harbuor', 'harbour', 1],
      ['arbour', 'harbour', 1],
      ['harbourx', 'harbour', 1],
      ['hxrbour', 'harbour', 1],
      ['harbouz', 'harbour', 1],
      ['cantancerous', 'cantankerous', 1],
      ['kantancerous', 'cantankerous', 2],
      ['cantakerouss', 'cantankerous', 2],
      ['canntankeruos', 'cantankerous', 2],
      ['acntankerosu', 'cantankerous', 2],
      ['rian', 'rain', 1],
    ])('takes %s for %s', async (word, term, edits) => {
      const [found = [], none = []] = await store.read(findMisspellings, 'text', [word, 'zzzzzzzz'], 10);
      expect(found[0]).toMatchObject({ term, edits });
      expect(none).toEqual([]);
    });

    test('takes no word for one that is too different for its length, nor for itself', async () => {
      const found = await store.read(findMisspellings, 'text', ['ra', 'ryyn', 'kantancerouz', 'rain', ''], 10);
      expect(found.map(each => each.map(({ term }) => term))).toEqual([[], [], [], [], []]);
    });

    test('finds units with one word of each group, and no others', async () => {
      expect(await placesOf('harbour rain')).toEqual(['rain 0', 'rain 2']);
      expect(await placesOf('snow harbour')).toEqual([]);
      const [rain = 0, snow = 0, fell = 0] = await termNumbers('rain snow fell');
      const found = await store.read(matchUnits, { all: [[rain, snow], [fell]], phrase: false }, NO_FILTER, many);
      const rows = await store.read(readUnitRows, found, NO_FILTER);
      expect(rows.map(({ article }) => article).sort()).toEqual(['rain', 'snow']);
      expect(await store.read(matchUnits, { all: [[rain, snow], [fell]], phrase: false }, NO_FILTER, 1)).toHaveLength(
        1,
      );
      expect(await store.read(matchUnits, { all: [[999_999]], phrase: false }, NO_FILTER, many)).toEqual([]);
    });

    test('finds a phrase by consecutive words', async () => {
      expect(await placesOf('the harbour', true)).toEqual(['rain 0', 'rain 1', 'rain 2', 'sun 0', 'sun 1']);
      expect(await placesOf('the rain', true)).toEqual(['rain 0', 'rain 2']);
      expect(await placesOf('harbour the', true)).toEqual(['sun 1']);
      const [the = 0, rain = 0, harbour = 0] = await termNumbers('the rain harbour');
      const found = await store.read(matchUnits, { all: [[the], [rain, harbour]], phrase: true }, NO_FILTER, many);
      expect(found).toHaveLength(5);
    });

    test('returns a unit with its position and words', async () => {
      const holders = await store.read(
        matchUnits,
        { all: [await termNumbers('wait')], phrase: false },
        NO_FILTER,
        many,
      );
      const [unit] = await store.read(readUnitRows, holders, NO_FILTER);
      const text = articles[0]?.article.text ?? '';
      expect(unit).toMatchObject({ article: 'rain', paragraph: 1, attribution: 1 });
      expect(text.slice(unit?.span.start, unit?.span.end)).toBe('“Don’t wait for the harbour,” said Bo Cho.');
      expect([...(unit?.terms ?? [])].slice(1, 3)).toEqual(await termNumbers('wait for'));
      expect(unit?.terms).toHaveLength(8);
      expect(await store.read(readUnitRows, [...holders, 123_456_789], NO_FILTER)).toHaveLength(1);
      expect(await store.read(readUnitRows, [], NO_FILTER)).toEqual([]);
    });

    test.each<[string, Partial<Filter>, readonly string[]]>([
      ['an article', { article: 'sun' }, ['sun 0', 'sun 1', 'sun 2']],
      ['no such article', { article: "x' OR 1" }, []],
      ['an outlet, however it is written', { outlet: 'the post' }, ['rain', 'sun']],
      ['from a day on', { after: '2022-03-15' }, ['sun']],
      ['up to a day, it included', { before: '2022-03-14' }, ['rain']],
      ['between days', { after: '2022-03-14', before: '2022-12-31' }, ['rain']],
      ['nobody’s words', { speakers: { rows: [], keys: [] } }, []],
    ])('searches only in %s', async (_name, some, places) => {
      const filter = { ...NO_FILTER, ...some };
      const found = await placesOf('harbour', false, filter);
      const all = await placesOf('harbour');
      expect(found).toEqual(all.filter(place => places.some(each => place === each || place.startsWith(`${each} `))));
      const [harbour = 0] = await termNumbers('harbour');
      const unfiltered = await store.read(matchUnits, { all: [[harbour]], phrase: false }, NO_FILTER, many);
      expect(await store.read(readUnitRows, unfiltered, filter)).toHaveLength(found.length);
    });

    /** Returns the speakers of articles by a spelling of their name. */
    const rowsOf = async (spelling: string) => {
      const bearers = await store.read(findNamedSpeakers, await formsOf(spelling), NO_FILTER, many);
      return [...new Map(bearers.map(row => [row.number, row])).values()];
    };
    test.each<[string, () => Promise<SpeakerFilter>, readonly string[]]>([
      ['speakers of articles', async () => ({ rows: await rowsOf('ann lee'), keys: [] }), ['rain 0', 'sun 0']],
      ['a person in all articles', async () => ({ rows: [], keys: ['person ann lee'] }), ['rain 0', 'sun 0']],
      ['a person who says little', async () => ({ rows: [], keys: ['person bo cho'] }), ['rain 1']],
      [
        'several people',
        async () => ({ rows: [], keys: ['person bo cho', 'person ann lee', 'person nobody'] }),
        ['rain 0', 'rain 1', 'sun 0'],
      ],
      [
        'a person and a speaker',
        async () => ({ rows: await rowsOf('an official'), keys: ['person bo cho'] }),
        ['rain 1', 'sun 2'],
      ],
      ['people of no known key', async () => ({ rows: [], keys: ['person', 'person ann', "' OR 1"] }), []],
    ])('searches only in the words of %s', async (_name, speakersOf, places) => {
      const filter = { ...NO_FILTER, speakers: await speakersOf() };
      expect(await placesOf('harbour', false, filter)).toEqual(places);
      expect(await placesOf('the harbour', true, filter)).toEqual(places.filter(place => place !== 'sun 2'));
      const inSun = places.filter(place => place.startsWith('sun'));
      expect(await placesOf('harbour', false, { ...filter, article: 'sun' })).toEqual(inSun);
      expect(await placesOf('harbour', false, { ...filter, after: '2022-03-15' })).toEqual(inSun);
      const [harbour = 0] = await termNumbers('harbour');
      const all = await store.read(matchUnits, { all: [[harbour]], phrase: false }, NO_FILTER, many);
      expect(await store.read(readUnitRows, all, filter)).toHaveLength(places.length);
      expect(await store.read(matchUnits, { all: [[harbour]], phrase: false }, filter, 1)).toHaveLength(
        Math.min(1, places.length),
      );
    });

    test('starts with somebody’s own words, in the newest articles', async () => {
      const begin = async (filter: Partial<Filter>) => {
        const openings = await store.read(readNewestQuotes, { ...NO_FILTER, ...filter }, many);
        return openings.map(({ article, paragraph }) => `${article} ${paragraph}`);
      };
      const speakers = { rows: await rowsOf('an official'), keys: ['person ann lee', 'person ann lee'] };
      expect(await begin({ speakers })).toEqual(['snow 0', 'sun 0', 'sun 2', 'rain 0']);
      expect(await begin({ speakers, before: '2023-01-02' })).toEqual(['sun 0', 'sun 2', 'rain 0']);
      expect(await begin({ speakers: { rows: [], keys: [] } })).toEqual([]);
      expect(await store.read(readNewestQuotes, { ...NO_FILTER, speakers }, 1)).toHaveLength(1);
    });

    test('starts with somebody’s words in the newest articles', async () => {
      const openings = await store.read(readNewestQuotes, NO_FILTER, many);
      expect(openings.map(({ article }) => article)).toEqual(['snow', 'sun', 'sun', 'sun', 'rain', 'rain']);
      expect(openings.every(({ attribution }) => attribution !== undefined)).toBe(true);
      expect(await store.read(readNewestQuotes, { ...NO_FILTER, outlet: 'the post' }, 1)).toMatchObject([
        { article: 'sun' },
      ]);
    });

    test('finds who goes by a spelling, most quoted first', async () => {
      const bearers = await store.read(findNamedSpeakers, await formsOf('ann lee'), NO_FILTER, many);
      const shown = bearers.map(({ article, place, shown, said }) => [article, place, shown, said]);
      expect(shown.sort()).toEqual([
        ['rain', 0, lee, 1],
        ['sun', 0, lee, 1],
      ]);
      expect(bearers.every(({ weight, keys }) => weight === 1 && keys.join() === 'person ann lee')).toBe(true);
      const days = bearers.map(({ published }) => published).sort();
      expect(days).toEqual(['2022-03-14', '2023-01-02']);
      expect(await store.read(findNamedSpeakers, [], NO_FILTER, many)).toEqual([]);
      const sun = { ...NO_FILTER, article: 'sun', speakers: { rows: [], keys: [] } };
      expect(await store.read(findNamedSpeakers, await formsOf('ann lee'), sun, many)).toMatchObject([
        { article: 'sun' },
      ]);
      expect(
        (await store.read(findNamedSpeakers, await formsOf('mayor ann lee'), NO_FILTER, many))[0]?.weight,
      ).toBeLessThan(1);
    });

    test('finds spellings by their words, those that match more first', async () => {
      const numbers = await Promise.all([termNumber('bo', 'name'), termNumber('cho', 'name')]);
      const forms = await store.read(readSpellings, numbers, many);
      expect(forms[0]?.terms).toEqual(['bo', 'cho']);
      expect(await store.read(readSpellings, [], many)).toEqual([]);
      expect((await store.read(readTopSpellings, 1))[0]?.terms.join(' ')).toMatch(/^(?:ann lee|an official)$/v);
      const all = (await store.read(readTopSpellings, many)).map(({ terms }) => terms.join(' '));
      expect(all).toEqual(expect.arrayContaining(['ann lee', 'bo cho', 'harbour board', 'mayor ann lee']));
      expect(new Set(all).size).toBe(all.length);
    });

    test('follows a person through articles, newest first', async () => {
      const all = await store.read(readAppearances, ['person ann lee'], NO_FILTER, 0, many);
      expect(all).toMatchObject({ articles: 2, said: 2, rows: [{ article: 'sun' }, { article: 'rain' }] });
      const second = await store.read(readAppearances, ['person ann lee', 'person nobody'], NO_FILTER, 1, 1);
      expect(second).toMatchObject({ articles: 2, said: 2, rows: [{ article: 'rain', shown: lee }] });
      const before = await store.read(
        readAppearances,
        ['person ann lee'],
        { ...NO_FILTER, before: '2022-12-31' },
        0,
        many,
      );
      expect(before).toMatchObject({ articles: 1, said: 1, rows: [{ article: 'rain' }] });
      expect(await store.read(readAppearances, [], NO_FILTER, 0, many)).toEqual({ rows: [], articles: 0, said: 0 });
      expect(await store.read(readAppearances, ['person bo'], NO_FILTER, 0, many)).toEqual({
        rows: [],
        articles: 0,
        said: 0,
      });
    });

    test('counts an article once if two in it have the same name', async () => {
      const text = '“Rain fell,” said Ann Lee.\n“Snow fell,” said Ann Lee.';
      const namesakes = ['one', 'other'].map(id => ({ id, name: lee }));
      const said = { source: lee, cue: 'said' };
      const both = buildArticle('both', text, namesakes, [
        { ...said, paragraph: 1, content: ['Rain fell,'], speaker: 'one' },
        { ...said, paragraph: 2, content: ['Snow fell,'], speaker: 'other' },
      ]);
      const countLee = () => store.read(readAppearances, ['person ann lee'], NO_FILTER, 0, 0);
      await storeOf().write(putArticle, rowOf(both), many);
      expect(await countLee()).toMatchObject({ articles: 3, said: 4 });
      await storeOf().write(removeArticle, 'both', 0);
      expect(await countLee()).toMatchObject({ articles: 2, said: 2 });
    });

    test('follows a person first through articles they speak in, then the others', async () => {
      const silent = buildNews('silent', [{ who: lee, says: 'Nothing' }], { published: '2024-01-01' });
      await storeOf().write(putArticle, rowOf({ ...silent, attributions: [] }), many);
      const all = await store.read(readAppearances, ['person ann lee'], NO_FILTER, 0, many);
      expect(all).toMatchObject({ articles: 3, said: 2 });
      const articlesOf = ({ rows }: Appearances) => rows.map(({ article }) => article);
      expect(articlesOf(all)).toEqual(['sun', 'rain', 'silent']);
      expect(articlesOf(await store.read(readAppearances, ['person ann lee'], NO_FILTER, 1, 1))).toEqual(['rain']);
      expect(articlesOf(await store.read(readAppearances, ['person ann lee'], NO_FILTER, 2, 5))).toEqual(['silent']);
      expect(articlesOf(await store.read(readAppearances, ['person ann lee'], NO_FILTER, 0, 0))).toEqual([]);
      const late = await store.read(
        readAppearances,
        ['person ann lee'],
        { ...NO_FILTER, after: '2023-06-01' },
        0,
        many,
      );
      expect(late).toMatchObject({ articles: 1, said: 0, rows: [{ article: 'silent' }] });
      const told = await store.read(readTimeline, ['person ann lee'], NO_FILTER, {
        order: 'oldest',
        offset: 0,
        limit: many,
      });
      expect(told.map(({ article }) => article)).toEqual(['rain', 'sun']);
    });

    test('returns part of what a person says in order of days, undated last', async () => {
      const thrice = ['One', 'Two', 'Three'].map(says => ({ who: lee, says }));
      await storeOf().write(putArticle, rowOf(buildNews('thrice', thrice, { published: '2021-05-05' })), many);
      await storeOf().write(
        putArticle,
        rowOf(buildNews('undated', [{ who: lee, says: 'Four' }], { published: undefined })),
        many,
      );
      await storeOf().write(
        putArticle,
        rowOf(buildNews('same day', [{ who: lee, says: 'Five' }], { published: '2022-03-14' })),
        many,
      );
      const tell = async (
        part: TimelineRange,
        filter: Partial<Filter> = {},
        keys: readonly string[] = ['person ann lee'],
      ) => {
        const told = await store.read(readTimeline, keys, { ...NO_FILTER, ...filter }, part);
        return told.map(({ article, attribution }) => `${article} ${attribution}`);
      };
      const whole = { offset: 0, limit: many };
      const thriceSaid = ['thrice 0', 'thrice 1', 'thrice 2'];
      const oldest = [...thriceSaid, 'rain 0', 'same day 0', 'sun 0', 'undated 0'];
      expect(await tell({ ...whole, order: 'oldest' })).toEqual(oldest);
      expect(await tell({ ...whole, order: 'oldest' }, {}, ['person ann lee', 'person ann lee'])).toEqual(oldest);
      const newest = ['sun 0', 'same day 0', 'rain 0', ...thriceSaid, 'undated 0'];
      expect(await tell({ ...whole, order: 'newest' })).toEqual(newest);
      expect(await tell({ order: 'oldest', offset: 2, limit: 2 })).toEqual(['thrice 2', 'rain 0']);
      expect(await tell({ order: 'newest', offset: 4, limit: 9 })).toEqual(['thrice 1', 'thrice 2', 'undated 0']);
      expect(await tell({ order: 'oldest', offset: 7, limit: 3 })).toEqual([]);
      expect(await tell({ ...whole, order: 'oldest' }, { after: '2022-01-01' })).toEqual([
        'rain 0',
        'same day 0',
        'sun 0',
      ]);
      expect(await tell({ ...whole, order: 'newest' }, { outlet: 'the post' })).toEqual(['sun 0', 'rain 0']);
      const both = ['person bo cho', 'person ann lee'];
      expect(await tell({ order: 'oldest', offset: 3, limit: 2 }, {}, both)).toEqual(['rain 0', 'rain 1']);
      expect(await tell({ ...whole, order: 'oldest' }, {}, [])).toEqual([]);
    });

    test('lists the most quoted, each person once, unnamed ones separately for each article', async () => {
      const loudest = await store.read(readTopSpeakers, NO_FILTER, many);
      expect(loudest.map(({ shown }) => shown).sort()).toEqual([
        lee,
        cho,
        'Harbour Board',
        'an official',
        'an official',
      ]);
      expect(loudest.filter(({ shown }) => shown === lee)).toHaveLength(1);
      expect(await store.read(readTopSpeakers, { ...NO_FILTER, article: 'snow' }, many)).toMatchObject([
        { shown: 'an official' },
      ]);
      expect(await store.read(readTopSpeakers, NO_FILTER, 1)).toHaveLength(1);
    });

    test('finds articles by title, outlet and author', async () => {
      const entitled = await store.read(findNamedArticles, await formsOf('the post'), many);
      expect(entitled.map(({ article }) => article)).toEqual(['sun', 'rain']);
      expect(entitled.every(({ weight }) => weight === 0.9)).toBe(true);
      expect(await store.read(findNamedArticles, await formsOf('eve stone'), many)).toMatchObject([
        { article: 'rain' },
      ]);
      expect(await store.read(findNamedArticles, await formsOf('rain over morva'), many)).toMatchObject([
        { article: 'rain', weight: 1 },
      ]);
      expect(await store.read(findNamedArticles, await formsOf('ann lee'), many)).toEqual([]);
    });

    test('counts outlets whatever their spelling, shown as the newest article spells them', async () => {
      expect(await store.read(readOutlets, many)).toEqual([
        { shown: 'THE POST', folded: 'the post', articles: 2 },
        { shown: 'Daily News', folded: 'daily news', articles: 1 },
      ]);
      expect(await store.read(readOutlets, 1)).toHaveLength(1);
    });

    test('finds nothing by made-up numbers', async () => {
      for (const number of [-1, 0.5, Number.MAX_SAFE_INTEGER, 2 ** 31]) {
        expect(await store.read(readUnitRows, [number], NO_FILTER)).toEqual([]);
        expect(await store.read(findNamedSpeakers, [number], NO_FILTER, many)).toEqual([]);
      }
    });
  });
}
