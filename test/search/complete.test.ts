import { describe, expect, test } from 'vitest';
import { NO_FILTER_OPTIONS } from '../../src/search/filter.ts';
import { searchOf } from '../../src/search/search.ts';
import { openTestLibrary } from '../library/test-libraries.ts';
import { buildArticle, buildSeed } from './build-article.ts';

const seed = buildSeed();
const search = searchOf(await openTestLibrary([seed]));

describe('phrases while typing', () => {
  test.each([
    ['open li', 'open lines of communication,'],
    ['open lines of communication b', 'open lines of communication between the United States and China'],
    ['they dont sh', 'they don’t share common systems,'],
    ['rat', 'ration packs, underlining'],
    ['it really is a proj', 'It really is a project of [Chinese President] Xi Jinping (習近平).'],
    ['习', '習近平'],
  ])('%s', async (typed, begins) => {
    const [phrase] = await search.completeWords(typed, NO_FILTER_OPTIONS);
    expect(phrase?.startsWith(begins)).toBe(true);
  });

  test('every prefix of a quotation leads to it', async () => {
    const quotation = 'how you define success';
    for (let length = 8; length <= quotation.length; length += 1) {
      expect((await search.completeWords(quotation.slice(0, length), NO_FILTER_OPTIONS))[0]).toMatch(
        /^how you define success/v,
      );
    }
  });

  test('two common words, the second unfinished, lead to where they are adjacent, however many texts have them apart', async () => {
    const inRow = Array.from({ length: 40 }, (_, at) => `They waited at gate ${at}, so we went home.`);
    const apart = Array.from({ length: 2500 }, (_, at) => `It was at gate ${at} and so the bus left.`);
    const many = searchOf(await openTestLibrary([buildArticle('many', [...inRow, ...apart].join('\n'))]));
    const phrases = await many.completeWords('so w', NO_FILTER_OPTIONS);
    expect(phrases[0]).toBe('so we went home.');
    expect(phrases.filter(phrase => !phrase.startsWith('so w'))).toEqual([]);
  });

  test('suggests the openings of quotations if nothing is typed', async () => {
    const phrases = await search.completeWords('', NO_FILTER_OPTIONS);
    expect(phrases).toContain(
      'Both sides understand that they don’t share common systems, and so that makes it problematic,',
    );
    expect(phrases.length).toBe(5);
  });

  test('all are verbatim, whole words, at most 100 characters, without duplicates', async () => {
    for (const typed of ['', 'a', 'the', 'russia', 'china', 'an intense se', 'official']) {
      const phrases = await search.completeWords(typed, NO_FILTER_OPTIONS);
      expect(phrases.length).toBeGreaterThan(0);
      expect(new Set(phrases).size).toBe(phrases.length);
      for (const phrase of phrases) {
        const at = seed.article.text.indexOf(phrase);
        expect(at).toBeGreaterThanOrEqual(0);
        expect(phrase.length).toBeLessThanOrEqual(100);
        expect(seed.article.text.slice(at + phrase.length)).not.toMatch(/^[a-z]/v);
      }
    }
  });

  test('offers whole clauses that end with the quotation', async () => {
    const text =
      '“That is simply not true,” she said, adding that “we have waited for years”, and left.\nThe council “will never, ever, under any circumstances that anybody in this town can think of today, tomorrow or ever, sell” it.';
    const notes = searchOf(await openTestLibrary([buildArticle('note', text)]));
    const offered = async (typed: string) => await notes.completeWords(typed, NO_FILTER_OPTIONS);
    expect(await offered('simply not tr')).toEqual(['simply not true,']);
    expect(await offered('tru')).toEqual(['That is simply not true,']);
    expect(await offered('for ye')).toEqual(['we have waited for years']);
    expect(await offered('will never, ev')).toEqual([
      'will never, ever, under any circumstances that anybody in this town can think of today,',
    ]);
  });

  test('in a sentence without end, goes no further than fits', async () => {
    const words = 'and then the ferry left ';
    const text = `${words.repeat(500)}“without saying a word”, which the ${words.repeat(500)}`;
    const endless = searchOf(await openTestLibrary([buildArticle('endless', text)]));
    expect(await endless.completeWords('without say', NO_FILTER_OPTIONS)).toEqual(['without saying a word']);
    const [phrase = ''] = await endless.completeWords('which th', NO_FILTER_OPTIONS);
    expect(phrase).toMatch(/^which the and then the ferry left .* left and then the$/v);
  });

  test('suggests the same phrase from two articles once', async () => {
    const articles = ['one', 'other'].map(id => buildArticle(id, 'The ration packs came late.'));
    const two = searchOf(await openTestLibrary(articles));
    expect(await two.completeWords('ration', NO_FILTER_OPTIONS)).toEqual(['ration packs came late.']);
  });

  test('within a speaker, only their words', async () => {
    const phrases = await search.completeWords('', { ...NO_FILTER_OPTIONS, speaker: 'senior US official' });
    expect(phrases.map(phrase => phrase.slice(0, 9))).toEqual(['It was an', 'I suppose']);
  });

  test('suggests nothing if nothing is similar', async () => {
    expect(await search.completeWords('zzz', NO_FILTER_OPTIONS)).toEqual([]);
  });
});

describe('speakers while typing', () => {
  test('nothing typed: most quoted first, each name once', async () => {
    const names = await search.completeSpeakers('', NO_FILTER_OPTIONS);
    expect(names.slice(0, 2)).toEqual(['a senior US official', 'another US official familiar with the discussions']);
    expect(names).toContain('Yang Jiechi');
  });

  test.each([
    ['su', 'Jake Sullivan'],
    ['us off', 'US officials'],
    ['yan', 'Yang Jiechi'],
    ['習', 'Xi Jinping'],
  ])('%s', async (typed, name) => {
    expect((await search.completeSpeakers(typed, NO_FILTER_OPTIONS))[0]).toBe(name);
  });
});
