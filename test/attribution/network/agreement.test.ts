import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bestTags, TAGS } from '../../../src/attribution/network/chain.ts';
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
  /** Of a source that is the last token, with the first one as its content: the share of each token, and of none. */
  readonly shares: readonly number[];
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

/** Returns the score of a reading: the log of its probability, but for a constant. */
function scoreOf(tags: readonly number[], emissions: readonly Float32Array[]): number {
  const { starts, transitions, ends } = model.chain;
  const steps = tags.map((tag, at) => {
    const before = tags[at - 1];
    return (emissions[at]?.[tag] ?? 0) + ((before === undefined ? starts[tag] : transitions[before * TAGS + tag]) ?? 0);
  });
  return steps.reduce((sum, each) => sum + each, 0) + (ends[tags.at(-1) ?? 0] ?? 0);
}

describe('the network reads the same as in PyTorch', () => {
  test.each(expected)('$text', async ({ text, ids, cues, head, emissions, odds, shares }) => {
    const paragraph = { start: 0, end: text.length };
    const [window] = toWindows(cutStretches(tokenFeaturesOf(text, paragraph, pairQuotations(text, [paragraph]))));
    if (window === undefined) throw new Error('There is no window.');
    expect(window.ids).toEqual(ids);
    const reading = await model.read(window);
    // Rounding the weights moves these by .13 at most, whatever the processor.
    expect(furthest(reading.cues, cues)).toBeLessThan(0.2);
    const [verdict] = await reading.ask([head]);
    expect(furthest([verdict?.odds ?? []], [odds])).toBeLessThan(0.2);
    // Emissions are up to .5 apart, so two readings may change places whose scores are that close.
    const exact = emissions.map(each => Float32Array.from(each));
    const found = bestTags(verdict?.emissions ?? [], model.chain);
    const behind = scoreOf(bestTags(exact, model.chain), exact) - scoreOf(found, exact);
    expect(behind).toBeLessThan(0.5);
    const last = window.tokens.length - 1;
    const all = window.tokens.map((_, at) => at);
    const asked = { first: last, last, content: 0, isUnsourced: false };
    const [scores = new Float32Array()] = await model.point(await reading.antecedents(), all, [asked]);
    const powers = Array.from(scores, score => Math.exp(score));
    const whole = powers.reduce((sum, power) => sum + power, 0);
    expect(furthest([powers.map(power => power / whole)], [shares])).toBeLessThan(0.2);
  });
});
