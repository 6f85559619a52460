import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { attribute } from '../../src/attribution/attribute.ts';
import { loadSeeds } from '../../src/library/seeds.ts';
import { type Span, slice } from '../../src/news/span.ts';
import { NO_FILTER_OPTIONS } from '../../src/search/filter.ts';
import { searchOf } from '../../src/search/search.ts';
import { summarize } from '../../src/summary/summarize.ts';
import { openTestLibrary } from '../library/test-libraries.ts';

/** Questions about the seed article, from its file to the answer, with nothing made by hand. */
const [seed] = await Promise.all(loadSeeds(join(import.meta.dirname, '../../seeds')).articles.map(attribute));
const search = searchOf(await openTestLibrary(seed === undefined ? [] : [seed]));
const text = seed?.article.text ?? '';
const cut = (span: Span | undefined) => (span === undefined ? undefined : slice(text, span));

describe('words', () => {
  test.each([
    ['open lines of communication', 'a senior US official', [4, 5]],
    ['it really is a project of Xi', 'another US official familiar with the discussions', [12]],
    ['they dont share comon systems', 'another US official familiar with the discussions', [9]],
    ['what did CNN report', 'CNN', [10]],
    ['ration packs', 'CNN', [10]],
    ['what did officials say about drones', 'US officials', [1]],
  ])('%s: %s', async (words, speaker, paragraphs) => {
    const found = (await search.passages(words, NO_FILTER_OPTIONS)).slice(0, paragraphs.length);
    expect(found.map(({ paragraph }) => paragraph.number)).toEqual(paragraphs);
    for (const { attribution, closeness } of found) {
      expect(cut(attribution?.speaker?.name)).toBe(speaker);
      expect(closeness).toBe('match');
    }
  });

  test.each([
    ['had not expected the Chinese diplomats to negotiate', 3],
    ['walked away pessimistic', 6],
    ['Russian military shopping list', 8],
    ['pessimism in Washington', 11],
  ])('the article’s own: %s', async (words, number) => {
    const [passage] = await search.passages(words, NO_FILTER_OPTIONS);
    expect(passage?.paragraph.number).toBe(number);
    expect(passage?.attribution).toBeUndefined();
  });

  test('“intense” is the senior official’s in ¶4, and nobody’s in ¶2', async () => {
    const found = await search.passages('intense', NO_FILTER_OPTIONS);
    const told = found.map(({ paragraph, attribution }) => [paragraph.number, cut(attribution?.speaker?.name)]);
    expect(told).toEqual([
      [4, 'a senior US official'],
      [2, undefined],
    ]);
  });
});

describe('people', () => {
  test.each([
    ['Jake Sullivan', 'Jake Sullivan', [2]],
    ['CNN', 'CNN', [10]],
    ['US officials', 'US officials', [1]],
  ])('%s', async (typed, name, paragraphs) => {
    const [match] = await search.people(typed, NO_FILTER_OPTIONS);
    const appearance = match?.appearances[0];
    expect(cut(appearance?.speaker.name)).toBe(name);
    const places = appearance?.from.article.paragraphs.filter(paragraph =>
      appearance.attributions.some(
        ({ content }) => content[0].start >= paragraph.start && content[0].start < paragraph.end,
      ),
    );
    expect(places?.map(({ number }) => number)).toEqual(paragraphs);
  });

  test.each([
    ['Yang Jiechi', 'Yang Jiechi'],
    ['杨洁篪', 'Yang Jiechi'],
    ['習近平', 'Xi Jinping'],
    ['习近平', 'Xi Jinping'],
  ])('%s is mentioned but not quoted', async (typed, name) => {
    const [match] = await search.people(typed, NO_FILTER_OPTIONS);
    const appearance = match?.appearances[0];
    expect(cut(appearance?.speaker.name)).toBe(name);
    expect(appearance?.attributions).toEqual([]);
  });
});

test('a summary keeps every speaker with their sentence', () => {
  const sentences = seed === undefined ? [] : summarize(seed, 'medium');
  expect(sentences[0]?.sentence.start).toBe(0);
  expect(sentences[0]?.attributions.map(({ speaker }) => cut(speaker?.name))).toEqual(['US officials']);
});
