import { relative } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { times } from './depth.ts';

const seed = Number(process.env.SEED);

// Runs the same cases every time unless a seed is given; new ones each time in `npm run test:deep`.
fc.configureGlobal({
  seed,
  numRuns: times(100),
  reporter: details => {
    if (!details.failed) return;
    const file = relative(process.cwd(), expect.getState().testPath ?? '');
    const again = `Repeat with: SEED=${seed} npx vitest run ${file} --mode ${process.env.DEPTH}`;
    throw new Error(`${fc.defaultReportMessage(details)}\n\n${again}`, { cause: details.errorInstance });
  },
});

/**
 * Any code point, often of ASCII, like the unit `binary`, for which fast-check first makes tables of all of them for a
 * second. Half a character isn't one.
 */
export const anyCodePoint: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 15, arbitrary: fc.integer({ min: 0, max: 0x10_f7_ff }) },
    { weight: 1, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) },
  )
  .map(at => String.fromCodePoint(at < 0xd8_00 ? at : at + 0x8_00));

export { fc };
