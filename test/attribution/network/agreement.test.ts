import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { describeTokens } from '../../../src/attribution/network/features.ts';
import { askCue, loadModel, readCues } from '../../../src/attribution/network/model.ts';
import { pairQuotations } from '../../../src/news/quotations.ts';

/** PyTorch's output for these paragraphs, written by training/fixture.py. */
interface Expected {
  readonly text: string;
  readonly cues: readonly (readonly number[])[];
  readonly head: number;
  readonly emissions: readonly (readonly number[])[];
  readonly odds: readonly number[];
}

const expected: readonly Expected[] = JSON.parse(readFileSync(new URL('fixture.json', import.meta.url), 'utf8'));

function expectClose(
  found: readonly ArrayLike<number>[],
  wanted: readonly (readonly number[])[],
  tolerance: number,
): void {
  expect(found.length).toBe(wanted.length);
  const furthest = wanted.flatMap((line, row) =>
    line.map((value, column) => Math.abs(value - (found[row]?.[column] ?? 9))),
  );
  expect(Math.max(...furthest)).toBeLessThan(tolerance);
}

describe.each([
  { kernel: 'WebAssembly', plain: false },
  { kernel: 'plain TypeScript', plain: true },
])('with $kernel, the network gives the same output as PyTorch', ({ plain }) => {
  const model = loadModel(plain);

  test.each(expected)('$text', ({ text, cues, head, emissions, odds }) => {
    const paragraph = { start: 0, end: text.length };
    const features = describeTokens(text, paragraph, pairQuotations(text, [paragraph]));
    expectClose(readCues(model, features), cues, 0.001);
    const verdict = askCue(model, head, 0, features.tokens.length);
    expectClose(verdict.emissions, emissions, 0.01);
    expectClose([verdict.odds], [odds], 0.001);
  });
});

test('both kernels agree bit for bit', () => {
  const text = expected[0]?.text ?? '';
  const features = describeTokens(text, { start: 0, end: text.length }, []);
  expect(readCues(loadModel(true), features)).toEqual(readCues(loadModel(false), features));
});
