import { expect, test } from 'vitest';
import { isSearchByWordsFaster } from '../../../src/library/store/tokens.ts';

test.each<[string, readonly number[], number, number, boolean]>([
  ['rare words of somebody who says much', [20], 50_000, 300, true],
  ['common words of somebody who says little', [60_000], 40, 300, false],
  ['common words together that are rare together', [3_000, 4_000], 20_000, 1_000, true],
  ['words everywhere of somebody everywhere', [90_000], 90_000, 300, true],
  ['words that nothing holds', [0], 5, 300, true],
  ['words of somebody who says nothing', [20], 0, 300, false],
])('%s', (_name, held, said, most, areSooner) => {
  expect(isSearchByWordsFaster({ all: 100_000, held, said }, most)).toBe(areSooner);
});

test('searches an empty library by words', () => {
  expect(isSearchByWordsFaster({ all: 0, held: [0], said: 0 }, 10)).toBe(true);
});
