import { expect, test } from 'vitest';
import { probability } from '../../src/meaning/trees.ts';

test('a value at the threshold goes with those below it', () => {
  const trees = [[1, 0.5, -2, [0, 3, 1, 2]]] as const;
  const logit = (features: readonly number[]) => {
    const chance = probability(trees, features);
    return Math.log(chance / (1 - chance));
  };
  expect(logit([9, 0.5])).toBeCloseTo(-2);
  expect(logit([3, 0.6])).toBeCloseTo(1);
  expect(logit([3.1, 0.6])).toBeCloseTo(2);
});

test('trees add up', () => {
  expect(probability([], [])).toBe(0.5);
  expect(probability([1, 1, -0.5], [])).toBeCloseTo(1 / (1 + Math.exp(-1.5)));
});
