import { describe, expect, test } from 'vitest';
import { memoryLibrary } from '../../src/library/memory.ts';
import { createSearch } from '../../src/search/search.ts';
import { buildArticle, buildSeed } from './build.ts';

const seed = buildSeed();
const search = createSearch(memoryLibrary([seed]));
const everywhere = { article: undefined, speaker: undefined };

describe('phrases as one types', () => {
  test.each([
    ['open li', 'open lines of communication,'],
    ['open lines of communication b', 'open lines of communication between the United States and China'],
    ['they dont sh', 'they don’t share common systems,'],
    ['rat', 'ration packs, underlining'],
    ['it really is a proj', 'It really is a project of [Chinese President] Xi Jinping (習近平).'],
    ['习', '習近平'],
  ])('%s', (typed, begins) => {
    const [phrase] = search.completeWords(typed, everywhere);
    expect(phrase?.startsWith(begins)).toBe(true);
  });

  test('every letter of a quotation typed leads to it', () => {
    const quotation = 'how you define success';
    for (let length = 8; length <= quotation.length; length += 1) {
      expect(search.completeWords(quotation.slice(0, length), everywhere)[0]).toMatch(/^how you define success/v);
    }
  });

  test('nothing typed offers the openings of quotations', () => {
    const phrases = search.completeWords('', everywhere);
    expect(phrases).toContain(
      'Both sides understand that they don’t share common systems, and so that makes it problematic,',
    );
    expect(phrases.length).toBe(5);
  });

  test('all are verbatim, whole words, at most 100 characters, none twice', () => {
    for (const typed of ['', 'a', 'the', 'russia', 'china', 'an intense se', 'official']) {
      const phrases = search.completeWords(typed, everywhere);
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

  test('the same phrase out of two articles is offered once', () => {
    const articles = ['one', 'other'].map(id => buildArticle(id, 'The ration packs came late.'));
    const two = createSearch(memoryLibrary(articles));
    expect(two.completeWords('ration', everywhere)).toEqual(['ration packs came late.']);
  });

  test('within a speaker only their words', () => {
    const phrases = search.completeWords('', { article: undefined, speaker: 'senior US official' });
    expect(phrases.map(phrase => phrase.slice(0, 9))).toEqual(['It was an', 'I suppose']);
  });

  test('nothing like it offers nothing', () => {
    expect(search.completeWords('zzz', everywhere)).toEqual([]);
  });
});

describe('speakers as one types', () => {
  test('nothing typed: whoever says most first, and each name once', () => {
    const names = search.completeSpeakers('', everywhere);
    expect(names.slice(0, 2)).toEqual(['another US official familiar with the discussions', 'a senior US official']);
    expect(names).toContain('Yang Jiechi');
  });

  test.each([
    ['su', 'Jake Sullivan'],
    ['us off', 'US officials'],
    ['yan', 'Yang Jiechi'],
    ['習', 'Xi Jinping'],
  ])('%s', (typed, name) => {
    expect(search.completeSpeakers(typed, everywhere)[0]).toBe(name);
  });
});
