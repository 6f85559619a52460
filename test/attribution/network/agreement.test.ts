import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bestTags } from '../../../src/attribution/network/chain.ts';
import { cutStretches, tokenFeaturesOf } from '../../../src/attribution/network/features.ts';
import { Model } from '../../../src/attribution/network/model.ts';
import { toWindows } from '../../../src/attribution/network/windows.ts';
import { pairQuotations } from '../../../src/news/quotations.ts';

/** What PyTorch makes of these paragraphs before weights are rounded, written by training/reports/fixture.py. */
interface Expected {
  readonly text: string;
  readonly ids: readonly number[];
  readonly cues: readonly (readonly number[])[];
  readonly head: number;
  readonly emissions: readonly (readonly number[])[];
  readonly odds: readonly number[];
}

const expected: readonly Expected[] = JSON.parse(readFileSync(new URL('fixture.json', import.meta.url), 'utf8'));
const model = await Model.load();

function furthest(found: readonly ArrayLike<number>[], wanted: readonly (readonly number[])[]): number {
  expect(found.length).toBe(wanted.length);
  const apart = wanted.flatMap((line, row) =>
    line.map((value, column) => Math.abs(value - (found[row]?.[column] ?? 9))),
  );
  return Math.max(...apart);
}

describe('the network reads the same as in PyTorch', () => {
  test.each(expected)('$text', async ({ text, ids, cues, head, emissions, odds }) => {
    const paragraph = { start: 0, end: text.length };
    const [window] = toWindows(cutStretches(tokenFeaturesOf(text, paragraph, pairQuotations(text, [paragraph]))));
    if (window === undefined) throw new Error('There is no window.');
    expect(window.ids).toEqual(ids);
    const reading = await model.read(window);
    // Weights of 8 bits are off by a little.
    expect(furthest(reading.cues, cues)).toBeLessThan(0.2);
    const [verdict] = await reading.ask([head]);
    expect(furthest([verdict?.odds ?? []], [odds])).toBeLessThan(0.2);
    const tags = bestTags(verdict?.emissions ?? [], model.chain);
    expect(tags).toEqual(
      bestTags(
        emissions.map(each => Float32Array.from(each)),
        model.chain,
      ),
    );
  });
});
