import { expect, test } from 'vitest';
import { cosine, DIMENSIONS, quantised } from '../../../src/answering/networks/model.ts';

const unit = (components: Record<number, number>) => {
  const vector = new Float32Array(DIMENSIONS);
  for (const [at, component] of Object.entries(components)) vector[Number(at)] = component;
  return vector;
};

test('components are rounded and clamped', () => {
  expect([...quantised(unit({ 0: 0.1, 1: -0.1, 2: 0.9, 3: -0.9, 4: 0.0009 })).slice(0, 6)]).toEqual([
    51, -51, 127, -127, 0, 0,
  ]);
});

test('the cosine is that of the vectors', () => {
  const one = new Float32Array(DIMENSIONS).fill(1 / Math.sqrt(DIMENSIONS));
  const other = one.map((component, at) => (at < 96 ? -component : component));
  expect(cosine(quantised(one), quantised(one))).toBeCloseTo(1, 1);
  expect(cosine(quantised(one), quantised(other))).toBeCloseTo(0.5, 1);
});
