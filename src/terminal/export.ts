/**
 * `npm run -s export -- --server ID > FILE` (or `--person ID`): writes a library's articles as JSON lines, each text
 * character for character. `npm run import` reads them.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { StorageError } from '../library/store/errors.ts';
import { OWNER_OPTIONS, ownerOf, reachLibraries, run } from './command.ts';

const USAGE = 'Usage: npm run -s export -- --server ID > FILE (or --person ID)';

/** The reader may close the pipe early, as `head` does. */
function ignoreClosedPipe(error: unknown): void {
  if (!(error instanceof Error) || Reflect.get(error, 'code') !== 'EPIPE') throw error;
}

await run(async () => {
  const { values } = parseArgs({ options: OWNER_OPTIONS });
  const owner = ownerOf(values, USAGE);
  const libraries = await reachLibraries(1);
  try {
    if (!(await libraries.has(owner))) throw new StorageError(`There is no library for the ${owner.kind} ${owner.id}.`);
    await pipeline(Readable.from((await libraries.open(owner)).export()), process.stdout).catch(ignoreClosedPipe);
  } finally {
    await libraries.close();
  }
});
