import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attribute } from '../../src/attribution/attribute.ts';
import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import { memoryLibrary } from '../../src/library/memory.ts';
import { toArticle } from '../../src/news/build.ts';
import { createSearch, type Search } from '../../src/search/search.ts';

const everywhere = { article: undefined, speaker: undefined };

function articleOf(id: string, title: string, text: string): AttributedArticle {
  const unknown = { outlet: undefined, byline: undefined, published: undefined, url: undefined };
  return attribute(toArticle(id, { title, titleIsDescriptive: false, ...unknown }, text));
}

const dam = articleOf('dam', 'Dam at Morva holds', '“The dam will hold through the winter,” said Ilse Brandt.');
const mill = articleOf('mill', 'The mill opens', '“We bake for the whole valley,” said Olga Marek.');
const laterMill = articleOf('mill', 'The mill shuts', '“We stopped baking at dawn,” said Jan Kolar.');

/** All that one can ask for, of each article. */
function answers(search: Search) {
  const asked = [
    'the dam will hold',
    'we bake for the valley',
    'we stopped baking',
    'Brandt',
    'Marek',
    'Kolar',
    'the mill opens',
  ];
  return [undefined, 'dam', 'mill'].flatMap(article => {
    const scope = { article, speaker: undefined };
    return asked.flatMap(words => [
      search.passages(words, scope).map(({ from, excerpt, closeness }) => [from.article.title, excerpt, closeness]),
      search.speakers(words, scope).map(({ from, closeness }) => [from.article.title, closeness]),
      search.articles(words).map(({ article: { title } }) => title),
      search.completeWords(words, scope),
      search.completeWords('', scope),
      search.completeSpeakers(words, scope),
      search.completeSpeakers('', scope),
    ]);
  });
}

describe('a search that grows', () => {
  test('answers as one that read everything at once', () => {
    const grown = createSearch(memoryLibrary([]));
    grown.add(dam);
    grown.add(mill);
    expect(answers(grown)).toEqual(answers(createSearch(memoryLibrary([dam, mill]))));
  });

  test('finds what was added at once, also what was asked for before', () => {
    const search = createSearch(memoryLibrary([dam]));
    expect(search.completeSpeakers('Mar', everywhere)).toEqual([]);
    search.add(mill);
    expect(search.completeSpeakers('Mar', everywhere)).toEqual(['Olga Marek']);
    expect(search.passages('we bake for the whole valley', everywhere)[0]?.from).toBe(mill);
  });

  test('hides what was removed at once, in every way to ask', () => {
    const search = createSearch(memoryLibrary([dam, mill]));
    search.remove('mill');
    expect(JSON.stringify(answers(search))).not.toContain('mill ');
    expect(search.completeWords('', { article: 'mill', speaker: undefined })).toEqual([]);
    expect(search.completeSpeakers('', everywhere)).toEqual(['Ilse Brandt']);
  });

  test('shows what came back once, not twice', () => {
    const search = createSearch(memoryLibrary([dam, mill]));
    const before = answers(search);
    search.remove('mill');
    search.add(mill);
    expect(answers(search)).toEqual(before);
  });

  test('of two articles with one id finds the newer alone', () => {
    const search = createSearch(memoryLibrary([dam, mill]));
    search.remove('mill');
    search.add(laterMill);
    expect(search.passages('we stopped baking at dawn', everywhere)[0]?.from).toBe(laterMill);
    expect(search.speakers('Olga Marek', everywhere)).toEqual([]);
    expect(search.completeWords('we bake for', everywhere)).not.toContain('We bake for the whole valley');
  });
});

interface Step {
  readonly adds: boolean;
  readonly from: AttributedArticle;
}

/** A search after some steps, and what must be in it. */
function walk(steps: readonly Step[]): { search: Search; there: readonly AttributedArticle[] } {
  const search = createSearch(memoryLibrary([]));
  const there = new Map<string, AttributedArticle>();
  for (const { adds, from } of steps) {
    const { id } = from.article;
    there.delete(id);
    if (adds) there.set(id, from);
    if (adds) search.add(from);
    if (!adds) search.remove(id);
  }
  return { search, there: [...there.values()] };
}

test('in whatever order articles come and go, what is found is there, and what is there is found', () => {
  const words: readonly (readonly [AttributedArticle, string])[] = [
    [dam, 'the dam will hold through the winter'],
    [mill, 'we bake for the whole valley'],
    [laterMill, 'we stopped baking at dawn'],
  ];
  const step = fc.record({ adds: fc.boolean(), from: fc.constantFrom(dam, mill, laterMill) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), steps => {
      const { search, there } = walk(steps);
      for (const [from, asked] of words) {
        const found = search.passages(asked, everywhere);
        expect(found.every(passage => there.includes(passage.from))).toBe(true);
        expect(found[0]?.from === from).toBe(there.includes(from));
      }
    }),
    { numRuns: 200 },
  );
});
