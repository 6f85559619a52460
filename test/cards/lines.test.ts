import { expect, test } from 'vitest';
import { breakEvenly, breakLines, splitAtBreaks, textOfLine } from '../../src/cards/fit-words.ts';
import { fc } from '../fast-check.ts';

/** All characters are equally wide. */
function measured(text: string) {
  return { pieces: splitAtBreaks(text).map(piece => ({ ...piece, width: piece.text.length })), spaceWidth: 1 };
}

const broken = (text: string, width: number) => breakLines(measured(text), width).map(textOfLine);

test.each([
  ['We will rebuild, she said.', ['We', 'will', 'rebuild,', 'she', 'said.']],
  ['a well-known “new normal” (2022)', ['a', 'well-', 'known', '“new', 'normal”', '(2022)']],
  ['yes—or no…', ['yes—', 'or', 'no…']],
  ['$5 and 10\u00a0km, it’s 3.5%', ['$5', 'and', '10\u00a0km,', 'it’s', '3.5%']],
  ['我們說：「對話」，很好。', ['我們', '說：', '「對話」，', '很好。']],
  ['在Springfield的桥', ['在', 'Springfield', '的', '桥']],
  ['', []],
])('%s is cut where lines may break', (text, pieces) => {
  expect(splitAtBreaks(text).map(piece => piece.text)).toEqual(pieces);
});

test('lines are filled, and break where the text has line breaks', () => {
  expect(broken('one two three four', 9)).toEqual(['one two', 'three', 'four']);
  expect(broken('one\ntwo three', 9)).toEqual(['one', 'two three']);
  expect(broken('a longerthantheline b', 6)).toEqual(['a', 'longerthantheline', 'b']);
});

test('balanced lines leave no word alone', () => {
  const text = measured('aaaa bbbb cccc dddd');
  expect(breakLines(text, 15).map(textOfLine)).toEqual(['aaaa bbbb cccc', 'dddd']);
  expect(breakEvenly(text, 15).map(textOfLine)).toEqual(['aaaa bbbb', 'cccc dddd']);
});

test('lines hold the whole text in order, and balancing adds no line', () => {
  const anyText = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.lorem({ maxCount: 40 }));
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 60 }), (text, width) => {
      const lines = breakLines(measured(text), width);
      const even = breakEvenly(measured(text), width);
      const letters = (all: readonly string[]) => all.join('').replaceAll(/\s/gv, '');
      expect(letters(lines.map(textOfLine))).toBe(text.replaceAll(/\s/gv, ''));
      expect(letters(even.map(textOfLine))).toBe(text.replaceAll(/\s/gv, ''));
      expect(even.length).toBe(lines.length);
    }),
  );
});
