import { describe, expect, test } from 'vitest';
import { NO_FILTER_OPTIONS } from '../../src/search/filter.ts';
import type { PersonMatch } from '../../src/search/people.ts';
import { searchOf } from '../../src/search/search.ts';
import { buildNews } from '../library/rows.ts';
import { openTestLibrary } from '../library/test-libraries.ts';

const lee = 'Ann Lee';
const official = { who: 'a senior official', named: false } as const;
const articles = [
  buildNews(
    'march',
    [
      { who: lee, role: 'Mayor', says: 'The bridge will open in spring' },
      { ...official, says: 'We wait' },
    ],
    {
      title: 'The bridge',
      outlet: 'The Post',
      published: '2022-03-14',
    },
  ),
  buildNews(
    'may',
    [
      { who: lee, says: 'The bridge is late' },
      { who: lee, says: 'It is worth the wait' },
    ],
    {
      title: 'The late bridge',
      outlet: 'Daily News',
      published: '2022-05-02T09:30:00Z',
    },
  ),
  buildNews(
    'june',
    [
      { who: 'Lee', says: 'The bridge is a gift' },
      { ...official, says: 'The bridge is safe' },
    ],
    {
      title: 'The gift',
      outlet: 'Daily News',
      published: '2022-06-01',
    },
  ),
  buildNews('undated', [{ who: 'Bo Lee', says: 'The bridge sways' }], { title: 'The swaying bridge' }),
];
const library = await openTestLibrary(articles);
const search = searchOf(library);
const idsOf = (match: PersonMatch | undefined) => match?.appearances.map(({ from }) => from.article.id);
const find = async (words: string, filter: Partial<typeof NO_FILTER_OPTIONS>) => {
  const found = await search.passages(words, { ...NO_FILTER_OPTIONS, ...filter });
  return [...new Set(found.map(({ from }) => from.article.id))].toSorted();
};

describe('one person', () => {
  test('is found by full name in several articles, newest first, with all quotes counted', async () => {
    const [match] = await search.people('Ann Lee', NO_FILTER_OPTIONS);
    expect(idsOf(match)).toEqual(['may', 'march']);
    expect([match?.articles, match?.said, match?.closeness]).toEqual([2, 3, 'match']);
    expect(match?.appearances.map(({ attributions }) => attributions.length)).toEqual([2, 1]);
  });

  test('is found by a role that only one article gives', async () => {
    const [match] = await search.people('mayor', NO_FILTER_OPTIONS);
    expect(idsOf(match)).toEqual(['may', 'march']);
  });

  test('is not merged with others by surname only', async () => {
    const found = (await search.people('Lee', NO_FILTER_OPTIONS)).filter(({ closeness }) => closeness === 'match');
    expect(found.map(idsOf).toSorted()).toEqual([['june'], ['may', 'march'], ['undated']].toSorted());
  });

  test('is separate for each unnamed official', async () => {
    const found = (await search.people('senior official', NO_FILTER_OPTIONS)).filter(
      ({ closeness }) => closeness === 'match',
    );
    expect(found.map(idsOf).toSorted()).toEqual([['june'], ['march']]);
    expect(found.map(({ articles: count, said }) => [count, said])).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  test('is counted only within a filter', async () => {
    const [match] = await search.people('Ann Lee', { ...NO_FILTER_OPTIONS, outlet: 'The Post' });
    expect([idsOf(match), match?.articles, match?.said]).toEqual([['march'], 1, 1]);
    expect(await search.people('Ann Lee', { ...NO_FILTER_OPTIONS, article: 'undated' })).not.toContainEqual(
      expect.objectContaining({ closeness: 'match' }),
    );
  });

  test('is found from one article, with the others; without a full name, in that one only', async () => {
    const [march, , june] = articles;
    if (march === undefined || june === undefined) throw new Error('The articles are there.');
    expect(idsOf(await search.person(march, 0))).toEqual(['may', 'march']);
    expect(idsOf(await search.person(march, 1))).toEqual(['march']);
    expect(idsOf(await search.person(june, 0))).toEqual(['june']);
    expect(await search.person(march, 9)).toBeUndefined();
  });
});

test.each(['Any', 'Lea'])('%s is nobody, though one letter from a name', async name => {
  expect((await search.people(name, NO_FILTER_OPTIONS)).filter(({ closeness }) => closeness === 'match')).toEqual([]);
});

test.each(['Tom William', 'Tom Wiliams'])('%s is Tom Williams, whose name is a letter longer', async name => {
  const { people } = searchOf(await openTestLibrary([buildNews('rain', [{ who: 'Tom Williams', says: 'Rain' }])]));
  const [match] = await people(name, NO_FILTER_OPTIONS);
  expect([idsOf(match), match?.closeness]).toEqual([['rain'], 'match']);
});

describe('beside somebody with the whole name, nobody is meant', () => {
  const namedIn = async (typed: string, ...who: string[]) => {
    const { people, completeSpeakers } = searchOf(
      await openTestLibrary(who.map(each => buildNews(each, [{ who: each, says: 'Rain' }]))),
    );
    const found = await people(typed, NO_FILTER_OPTIONS);
    const meant = found.filter(({ closeness, isCalledSo }) => closeness === 'match' || isCalledSo);
    return [meant.map(idsOf), await completeSpeakers(typed, NO_FILTER_OPTIONS)];
  };

  test.each([
    ['Ali', 'Mo Ali', 'Alison Grey'],
    ['Ali Grey', 'Ali Grey', 'Alison Grey'],
    ['Ali Grey', 'Ali M. Grey', 'Alison Grey'],
  ])('%s: %s, not %s, who is only suggested', async (typed, one, other) => {
    const [meant, suggested] = await namedIn(typed, other, one);
    expect(meant).toEqual([[one]]);
    expect(suggested).toEqual([one, other]);
  });

  test('but Ali Grey may be Alison Grey if there is no other', async () => {
    const [meant] = await namedIn('Ali Grey', 'Alison Grey', 'Mo Ali');
    expect(meant).toEqual([['Alison Grey']]);
  });
});

describe('filters', () => {
  test('limit a speaker’s words to theirs, in all articles', async () => {
    expect(await find('bridge', { speaker: 'Ann Lee' })).toEqual(['march', 'may']);
    expect(await find('bridge', { speaker: 'mayor' })).toEqual(['march', 'may']);
    expect(await find('bridge', { speaker: 'Macron' })).toEqual([]);
  });

  test('look at everybody whom a title fits', async () => {
    const kims = Array.from({ length: 30 }, (_, at) => buildNews(`kim-${at}`, [{ who: 'Kim', says: `Rain ${at}` }]));
    const { passages } = searchOf(await openTestLibrary(kims));
    const found = kims.map((_, at) => passages(`Rain ${at}`, { ...NO_FILTER_OPTIONS, speaker: 'Mr Kim' }));
    const best = (await Promise.all(found)).map(([first]) => first?.from.article.id);
    expect(best).toEqual(kims.map(({ article }) => article.id));
  });

  test.each([
    ['daily news', ['june', 'may']],
    ['Dayly News', ['june', 'may']],
    ['the post', ['march']],
    ['Le Monde', []],
    ['', []],
  ])('the outlet %j', async (outlet, ids) => {
    expect(await find('bridge', { outlet })).toEqual(ids);
  });

  test.each([
    [{ after: '2022-05-02' }, ['june', 'may']],
    [{ before: '2022-05-02' }, ['march', 'may']],
    [{ after: '2022-03-15', before: '2022-05-31' }, ['may']],
    [{ after: '2023-01-01' }, []],
    [{ after: '2022-05-01', outlet: 'Daily News', speaker: 'Ann Lee' }, ['may']],
  ])('%j: leave out undated articles', async (filter, ids) => {
    expect(await find('bridge', filter)).toEqual(ids);
  });

  test('apply to suggestions', async () => {
    expect(await search.completeSpeakers('', { ...NO_FILTER_OPTIONS, outlet: 'The Post' })).toEqual([
      official.who,
      lee,
    ]);
    expect(await search.completeSpeakers('lee', { ...NO_FILTER_OPTIONS, before: '2022-04-01' })).toEqual([lee]);
    const phrases = await search.completeWords('the bridge', { ...NO_FILTER_OPTIONS, after: '2022-06-01' });
    expect(phrases.length).toBeGreaterThan(0);
    for (const phrase of phrases) expect(phrase).toMatch(/^The bridge is (?:a gift|safe)/v);
  });
});

test.each([
  ['', ['Daily News', 'The Post']],
  ['dai', ['Daily News']],
  ['post', ['The Post']],
  ['zebra', []],
])('suggests outlets for %j', async (typed, outlets) => {
  expect(await search.completeOutlets(typed)).toEqual(outlets);
});
