import { describe, expect, test } from 'vitest';
import { align } from '../../src/words/align.ts';
import { countEdits } from '../../src/words/spellings.ts';

/** Aligns one row of letters with another, each letter a word of weight 1. */
function lay(query: string, text: string) {
  const rows = [...text].map(letter =>
    [...query].flatMap((other, asked) => (other === letter ? [{ asked, likeness: 1 }] : [])),
  );
  return align(
    [...query].map(() => 1),
    rows,
  );
}

describe('aligning a query with a text', () => {
  test('the same words in the same order match fully', () => {
    expect(lay('abcd', 'xxabcdxx')).toMatchObject({ cover: 1, order: 1 });
  });

  test('a wrong, a missing and an added word cost a little each', () => {
    for (const text of ['abzde', 'abde', 'abzcde']) {
      expect(lay('abcde', text).order).toBeGreaterThan(0.7);
      expect(lay('abcde', text).order).toBeLessThan(1);
    }
  });

  test('order counts: shuffled words are covered, but not in order', () => {
    const shuffled = lay('abcd', 'dcba');
    expect(shuffled.cover).toBe(1);
    expect(shuffled.order).toBeLessThan(0.5);
  });

  test('a wide gap costs more than a narrow one', () => {
    expect(lay('abcd', 'abxcd').order).toBeGreaterThan(lay('abcd', 'abxxxxcd').order);
  });

  test('the path names the matched words, in order', () => {
    expect(lay('abc', 'xaybc').path).toEqual([
      { asked: 0, at: 1 },
      { asked: 1, at: 3 },
      { asked: 2, at: 4 },
    ]);
  });

  test('an empty query or text has no match', () => {
    expect(lay('', 'abc')).toEqual({ cover: 0, order: 0, path: [] });
    expect(lay('abc', '')).toEqual({ cover: 0, order: 0, path: [] });
  });
});

describe('edits', () => {
  test.each([
    ['sullivan', 'sulivan', 1],
    ['common', 'comon', 1],
    ['share', 'shaer', 1],
    ['share', 'stare', 1],
    ['official', 'ofifcal', 2],
    ['rain', 'rain', 0],
    ['rain', 'dam', 3],
    ['', 'abcdef', 3],
  ])('%s -> %s: %i', (one, other, edits) => {
    expect(countEdits(one, other, 2)).toBe(edits);
    expect(countEdits(other, one, 2)).toBe(edits);
  });
});
