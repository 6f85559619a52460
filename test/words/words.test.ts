import { describe, expect, test } from 'vitest';
import { slice } from '../../src/news/span.ts';
import { wordsOf } from '../../src/words/words.ts';
import { anyCodePoint, fc } from '../fast-check.ts';

const terms = (text: string) => wordsOf(text).map(word => word.term);

describe('two spellings of the same word fold to the same term', () => {
  test.each([
    ['don’t', "don't"],
    ['SEVEN-HOUR', 'seven hour'],
    ['U.S. officials', 'US officials'],
    ['Ångström naïve', 'angstrom naive'],
    ['Straße', 'STRASSE'],
    ['Bjørn Łukasz ĐỖ', 'bjorn lukasz do'],
    ['Æsir œuvre Guðrún Þór', 'aesir oeuvre gudrun thor'],
    ['Bjo\u0338rn', 'Bjørn'],
    ['Yıldız', 'Yildiz'],
    ['ﬁnance', 'finance'],
    ['1,000', '1000'],
    ['習近平', '习近平'],
    ['Cafe\u0301', 'café'],
    ['Ｆｕｌｌ', 'full'],
  ])('%s = %s', (one, other) => {
    expect(terms(one)).toEqual(terms(other));
  });
});

test('Chinese characters are paired, each pair with its own position', () => {
  const text = 'Xi (習近平) said';
  expect(terms(text)).toEqual(['xi', '习近', '近平', '平', 'said']);
  expect(wordsOf(text).map(word => slice(text, word))).toEqual(['Xi', '習', '近', '平', 'said']);
});

test('keeps points, hyphens and possessives within a word', () => {
  expect(terms('Amazon.com’s 3.5% (R-Ky.), e.g. this')).toEqual(['amazon', "com's", '3.5', 'r', 'ky', 'eg', 'this']);
});

describe('any text', () => {
  const odd = fc.constantFrom(
    'ß',
    'ﬁ',
    'İ',
    'e\u0301',
    '習',
    '近',
    '😀',
    '𠮷',
    '한',
    '각',
    'ก็',
    '\u0301',
    '’',
    '.',
    ' ',
    'A',
  );
  const texts = fc.oneof(
    fc.string({ unit: anyCodePoint }),
    fc.array(odd).map(some => some.join('')),
  );

  test('gives words inside it, in order, separate, not empty, and never half a character', () => {
    fc.assert(
      fc.property(texts, text => {
        let end = 0;
        for (const word of wordsOf(text)) {
          expect(word.start).toBeGreaterThanOrEqual(end);
          expect(word.end).toBeGreaterThan(word.start);
          expect(word.term).not.toBe('');
          if (text.isWellFormed()) expect(slice(text, word).isWellFormed()).toBe(true);
          end = word.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  test('a word folds alone as it does in its text, and each term keeps its position', () => {
    fc.assert(
      fc.property(texts, text => {
        for (const word of wordsOf(text).filter(({ sign }) => !sign)) {
          expect(terms(slice(text, word))).toEqual([word.term]);
        }
      }),
    );
  });

  test('a part gives the offsets of the whole', () => {
    fc.assert(
      fc.property(texts, fc.nat(8), (text, before) => {
        const moved = wordsOf(`${'-'.repeat(before)} ${text}`, { start: before + 1, end: before + 1 + text.length });
        const shifted = wordsOf(text).map(word => ({
          ...word,
          start: word.start + before + 1,
          end: word.end + before + 1,
        }));
        expect(moved).toEqual(shifted);
      }),
    );
  });
});
