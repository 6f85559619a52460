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

export { fc };
