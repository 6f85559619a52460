/**
 * `npm run -s export -- --server ID > FILE` (or `--person ID`): the articles of a library, one JSON object a line, each text
 * character for character. `npm run import` takes such a file.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { StorageError } from '../library/store/errors.ts';
import { ownerOf, ownerOptions, reachKept, run } from './keeping.ts';

const usage = 'npm run -s export -- --server ID > FILE (or --person ID)';

/** Whoever reads may end before all is written, as `head` does. */
function hasEnough(error: unknown): void {
  if (!(error instanceof Error) || Reflect.get(error, 'code') !== 'EPIPE') throw error;
}

await run(async () => {
  const { values } = parseArgs({ options: ownerOptions });
  const owner = ownerOf(values, usage);
  const libraries = await reachKept(1);
  try {
    if (!(await libraries.has(owner))) throw new StorageError(`There is no library of the ${owner.kind} ${owner.id}.`);
    await pipeline(Readable.from((await libraries.open(owner)).export()), process.stdout).catch(hasEnough);
  } finally {
    await libraries.close();
  }
});
