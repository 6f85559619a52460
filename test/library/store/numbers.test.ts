import { expect, test } from 'vitest';
import { packNumbers, unpackNumbers } from '../../../src/library/store/numbers.ts';
import { LAST_COMMON, pairTokensOf } from '../../../src/library/store/tokens.ts';

const numbers = [0, 1, 127, 128, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];

test('numbers of up to 32 bits are unpacked as they were packed', () => {
  expect([...unpackNumbers(packNumbers(numbers))]).toEqual(numbers);
});

test('of words in a row, only two common ones are indexed as a pair', () => {
  const words = [1, LAST_COMMON, LAST_COMMON + 1, 2];
  expect(pairTokensOf(words)).toEqual(['p1x1023']);
});
