import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { atOnce, inPieces, mapInPieces, piecesOf } from '../../../src/library/store/in-pieces.ts';

const numbers = Array.from({ length: 1700 }, (_, at) => at);
const double = (number: number) => 2 * number;

test('the result in batches is the same as at once', async () => {
  expect(atOnce(mapInPieces(numbers, double))).toEqual(numbers.map(double));
  expect(await inPieces(mapInPieces(numbers, double))).toEqual(numbers.map(double));
  expect(await inPieces(mapInPieces([], double))).toEqual([]);
});

test('yields between long batches, and rejects with what is thrown', async () => {
  const turns: string[] = [];
  const others = (async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      await setImmediate();
      turns.push('other');
    }
  })();
  const slow = mapInPieces(numbers, number => {
    if (number % 500 !== 0) return;
    turns.push('piece');
    const started = performance.now();
    while (performance.now() - started < 15);
  });
  await inPieces(slow);
  await others;
  expect(turns.slice(0, 4)).toEqual(['piece', 'other', 'piece', 'other']);
  const failing = mapInPieces(numbers, number => {
    if (number === 1200) throw new Error('1200');
  });
  await expect(inPieces(failing)).rejects.toThrow('1200');
});

test('batches have every item once, in order', () => {
  expect(piecesOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(piecesOf([], 2)).toEqual([]);
  expect(piecesOf(numbers).map(({ length }) => length)).toEqual([500, 500, 500, 200]);
});
