import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import { memoryLibrary } from '../../src/library/memory.ts';
import { contains, overlaps, slice } from '../../src/news/span.ts';
import { markWords } from '../../src/search/mark.ts';
import { createSearch } from '../../src/search/search.ts';
import { wordsOf } from '../../src/indexing/words.ts';
import { buildArticle } from './build.ts';

const pieces = fc.constantFrom(
  ...['rain', 'rains', 'don’t', 'dont', 'Rain’s', 'U.S.', 'the', 'dam', 're-evaluate', '習近平', '习', 'ﬁne', 'Straße'],
  ...['“', '”', '"', '.', '\n', '?', '😀', '\u0301', 'a', 'seven-hour', '**', '@everyone', '__proto__', 'constructor'],
);
const texts = fc.oneof(
  fc.array(pieces, { maxLength: 40 }).map(some => some.join(' ')),
  fc.array(pieces, { maxLength: 40 }).map(some => some.join('')),
  fc.string({ unit: 'binary' }),
);

/** An article whose every second paragraph somebody says. */
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

describe('any article and any words', () => {
  test('passages lie in their paragraph, with whole words marked in order, and always the same', () => {
    fc.assert(
      fc.property(texts, texts, (text, words) => {
        const scope = { article: undefined, speaker: undefined };
        const search = createSearch(memoryLibrary([spoken('one', text)]));
        const passages = search.passages(words, scope);
        expect(passages.length).toBeLessThanOrEqual(25);
        expect(createSearch(memoryLibrary([spoken('one', text)])).passages(words, scope)).toEqual(passages);
        for (const { paragraph, excerpt, matches, attribution, score } of passages) {
          expect(contains(paragraph, excerpt)).toBe(true);
          expect(matches.length).toBeGreaterThan(0);
          expect(score).toBeGreaterThan(0);
          expect(score).toBeLessThanOrEqual(1);
          for (const match of matches) expect(contains(excerpt, match)).toBe(true);
          if (attribution !== undefined) expect(attribution.content.some(piece => overlaps(piece, excerpt))).toBe(true);
        }
      }),
    );
  });

  test('marks are whole words, ordered and apart', () => {
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

  test('the words of a passage, asked for as they stand, find it', () => {
    fc.assert(
      fc.property(texts, text => {
        const article = spoken('one', text);
        const search = createSearch(memoryLibrary([article]));
        for (const paragraph of article.article.paragraphs) {
          const words = slice(article.article.text, paragraph);
          if (wordsOf(words).length === 0) continue;
          const [best] = search.passages(words, { article: 'one', speaker: undefined });
          expect(best?.score ?? 0).toBeGreaterThan(0.9);
        }
      }),
    );
  });

  test('names, titles and suggestions never throw, and suggestions are verbatim', () => {
    fc.assert(
      fc.property(texts, texts, (text, typed) => {
        const search = createSearch(memoryLibrary([spoken('one', text)]));
        const scope = { article: undefined, speaker: typed };
        for (const phrase of search.completeWords(typed, { ...scope, speaker: undefined })) {
          expect(text).toContain(phrase);
          expect(phrase.length).toBeLessThanOrEqual(100);
        }
        for (const name of search.completeSpeakers(typed, scope)) expect(text).toContain(name);
        for (const { score } of search.speakers(typed, scope)) expect(score).toBeLessThanOrEqual(1);
        expect(search.articles(typed).length).toBeLessThanOrEqual(1);
        for (const { attribution } of search.passages(typed, scope)) expect(attribution).toBeDefined();
      }),
    );
  });
});
