/**
 * `npm run -s export -- --server ID > FILE`: a server's articles, one JSON object a line, each text character for
 * character. `npm run import` takes such a file.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { CannotKeep } from '../library/faults.ts';
import type { OpenLibrary } from '../library/library.ts';
import { openKept, run, serverOf } from './keeping.ts';

const usage = 'npm run -s export -- --server ID > FILE';

function* withLineEnds(library: OpenLibrary): Generator<string> {
  for (const line of library.lines()) yield `${line}\n`;
}

await run(async () => {
  const { values } = parseArgs({ options: { server: { type: 'string' } } });
  const owner = serverOf(values.server, usage);
  const libraries = openKept(1);
  try {
    if (!libraries.has(owner)) throw new CannotKeep(`There is no library of the server ${owner.id}.`);
    await pipeline(Readable.from(withLineEnds(await libraries.open(owner))), process.stdout);
  } finally {
    await libraries.close();
  }
});
