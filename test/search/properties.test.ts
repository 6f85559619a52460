import { describe, expect, test } from 'vitest';
import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import { contains, overlaps, slice } from '../../src/news/span.ts';
import { NO_FILTER_OPTIONS } from '../../src/search/filter.ts';
import { markWords } from '../../src/search/mark.ts';
import { type Search, searchOf } from '../../src/search/search.ts';
import { wordsOf } from '../../src/words/words.ts';
import { times } from '../depth.ts';
import { anyCodePoint, fc } from '../fast-check.ts';
import { openTestLibrary } from '../library/test-libraries.ts';
import { buildArticle } from './build-article.ts';

const pieces = fc.constantFrom(
  ...['rain', 'rains', 'don’t', 'dont', 'Rain’s', 'U.S.', 'the', 'dam', 're-evaluate', '習近平', '习', 'ﬁne', 'Straße'],
  ...['“', '”', '"', '.', '\n', '?', '😀', '\u0301', 'a', 'seven-hour', '**', '@everyone', '__proto__', 'constructor'],
);
const texts = fc.oneof(
  fc.array(pieces, { maxLength: 40 }).map(some => some.join(' ')),
  fc.array(pieces, { maxLength: 40 }).map(some => some.join('')),
  fc.string({ unit: anyCodePoint }),
);

/** Returns an article in which every second paragraph is spoken. */
function spoken(id: string, text: string): AttributedArticle {
  const made = buildArticle(id, text);
  const paragraphs = made.article.paragraphs.filter(({ number }) => number % 2 === 1);
  const speakers = paragraphs.map(({ start, end, number }) => ({
    id: `speaker-${number}`,
    name: { start, end },
    kind: 'person' as const,
    named: true,
    role: undefined,
    aliases: [],
    mentions: [{ start, end }],
  }));
  const attributions = paragraphs.map(({ start, end }, at) => ({
    type: 'direct' as const,
    content: [{ start, end }] as const,
    cue: undefined,
    source: undefined,
    rule: 'every second',
    score: 1,
    doubtful: false,
    reportedBy: undefined,
    speaker: speakers[at],
    certainty: 'stated' as const,
  }));
  return { ...made, attributions, speakers };
}

/** Returns the search of a library with one article. Opening uses the disk, so there are fewer runs than elsewhere. */
async function searchIn(text: string): Promise<Search> {
  return searchOf(await openTestLibrary([spoken('one', text)]));
}
const numRuns = times(20, 600);

describe('any article and any words', () => {
  test('passages lie in their paragraph, with whole words marked in order, and are always the same', async () => {
    await fc.assert(
      fc.asyncProperty(texts, texts, async (text, words) => {
        const passages = await (await searchIn(text)).passages(words, NO_FILTER_OPTIONS);
        expect(passages.length).toBeLessThanOrEqual(25);
        expect(await (await searchIn(text)).passages(words, NO_FILTER_OPTIONS)).toEqual(passages);
        for (const { paragraph, excerpt, matches, attribution, score } of passages) {
          expect(contains(paragraph, excerpt)).toBe(true);
          expect(matches.length).toBeGreaterThan(0);
          expect(score).toBeGreaterThan(0);
          expect(score).toBeLessThanOrEqual(1);
          for (const match of matches) expect(contains(excerpt, match)).toBe(true);
          if (attribution !== undefined) expect(attribution.content.some(piece => overlaps(piece, excerpt))).toBe(true);
        }
      }),
      { numRuns },
    );
  });

  test('marks are whole words, in order and separate', () => {
    fc.assert(
      fc.property(texts, texts, (text, words) => {
        const all = wordsOf(text);
        let end = -1;
        for (const mark of markWords(text, { start: 0, end: text.length }, words)) {
          expect(mark.start).toBeGreaterThan(end);
          expect(all.some(word => word.start === mark.start)).toBe(true);
          expect(all.some(word => word.end === mark.end)).toBe(true);
          end = mark.end;
        }
      }),
    );
  });

  test('the exact words of a passage find it', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async text => {
        const article = spoken('one', text);
        const search = await searchIn(text);
        for (const paragraph of article.article.paragraphs) {
          const words = slice(article.article.text, paragraph);
          if (wordsOf(words).length === 0) continue;
          for (const filter of [NO_FILTER_OPTIONS, { ...NO_FILTER_OPTIONS, article: 'one' }]) {
            const [best] = await search.passages(words, filter);
            expect(best?.score ?? 0).toBeGreaterThan(0.9);
          }
        }
      }),
      { numRuns },
    );
  });

  test('names, titles and suggestions never throw, and suggestions are verbatim', async () => {
    await fc.assert(
      fc.asyncProperty(texts, texts, async (text, typed) => {
        const search = await searchIn(text);
        const filter = { ...NO_FILTER_OPTIONS, speaker: typed };
        for (const phrase of await search.completeWords(typed, NO_FILTER_OPTIONS)) {
          expect(text).toContain(phrase);
          expect(phrase.length).toBeLessThanOrEqual(100);
        }
        for (const name of await search.completeSpeakers(typed, filter)) expect(text).toContain(name);
        for (const { score } of await search.people(typed, filter)) expect(score).toBeLessThanOrEqual(1);
        expect((await search.articles(typed)).length).toBeLessThanOrEqual(1);
        expect(await search.completeOutlets(typed)).toEqual([]);
        for (const { attribution } of await search.passages(typed, filter)) expect(attribution).toBeDefined();
        expect(await search.passages(typed, { ...NO_FILTER_OPTIONS, outlet: typed })).toEqual([]);
      }),
      { numRuns },
    );
  });
});
