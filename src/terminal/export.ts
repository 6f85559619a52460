/**
 * `npm run -s export -- --server ID > FILE` (or `--person ID`): the articles of a library, one JSON object a line, each text
 * character for character. `npm run import` takes such a file.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { CannotKeep } from '../library/faults.ts';
import type { OpenLibrary } from '../library/library.ts';
import { openKept, ownerOf, ownerOptions, run } from './keeping.ts';

const usage = 'npm run -s export -- --server ID > FILE (or --person ID)';

async function* withLineEnds(library: OpenLibrary): AsyncGenerator<string> {
  for await (const line of library.lines()) yield `${line}\n`;
}

await run(async () => {
  const { values } = parseArgs({ options: ownerOptions });
  const owner = ownerOf(values, usage);
  const libraries = await openKept(1);
  try {
    if (!(await libraries.has(owner))) throw new CannotKeep(`There is no library of the ${owner.kind} ${owner.id}.`);
    await pipeline(Readable.from(withLineEnds(await libraries.open(owner))), process.stdout);
  } finally {
    await libraries.close();
  }
});
