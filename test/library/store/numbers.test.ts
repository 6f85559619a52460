import { expect, test } from 'vitest';
import { packNumbers, unpackNumbers } from '../../../src/library/store/numbers.ts';
import { Tokens } from '../../../src/library/store/postgres/units.ts';
import { LAST_COMMON, tokensOf } from '../../../src/library/store/tokens.ts';

const numbers = [0, 1, 127, 128, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];

test('numbers of up to 32 bits are unpacked as they were packed', () => {
  expect([...unpackNumbers(packNumbers(numbers))]).toEqual(numbers);
});

test('of words in a row, only two common ones are indexed as a pair', () => {
  const words = [1, LAST_COMMON, LAST_COMMON + 1, 2];
  expect(tokensOf(words, []).match(/p\S+/gv)).toEqual(['p1x1023']);
  expect(new Tokens('mark').vectorOf(words, [], undefined, undefined).match(/P\S+/gv)).toEqual(['P1Psf']);
});
