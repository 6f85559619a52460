import { createWriteStream, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { StorageError } from '../library/store/errors.ts';
import { OWNER_OPTIONS, ownerOf, Refusal, reachLibraries, run } from './command.ts';

const USAGE = `Usage: npm run export -- --server ID --to FILE

Writes a library's articles as JSON lines, which npm run import reads.

  --server ID   the library of this server
  --person ID   the library of this person, in direct messages
  --to FILE     a new file; without it, standard output (npm run -s export -- --server ID > FILE)`;

/** The reader may close the pipe early, as `head` does. */
function ignoreClosedPipe(error: unknown): void {
  if (!(error instanceof Error) || Reflect.get(error, 'code') !== 'EPIPE') throw error;
}

/** Writes to a file that isn't there yet. Leaves nothing of it if that fails. */
async function writeTo(path: string, lines: AsyncIterable<string | Uint8Array>): Promise<void> {
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  try {
    await pipeline(Readable.from(lines), file);
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    if (code === 'EEXIST') throw new Refusal(`${path} already exists. Choose another name.`);
    rmSync(path, { force: true });
    if (typeof code !== 'string' || error instanceof StorageError) throw error;
    throw new Refusal(`${path} can't be written (${code}).`);
  }
}

await run(USAGE, async () => {
  const { values } = parseArgs({ options: { ...OWNER_OPTIONS, to: { type: 'string' } } });
  const owner = ownerOf(values, USAGE);
  const libraries = await reachLibraries(1);
  try {
    if (!(await libraries.has(owner))) throw new StorageError(`There is no library for the ${owner.kind} ${owner.id}.`);
    const lines = (await libraries.open(owner)).export();
    if (values.to === undefined) await pipeline(Readable.from(lines), process.stdout).catch(ignoreClosedPipe);
    else {
      await writeTo(resolve(values.to), lines);
      console.log(`Exported to ${resolve(values.to)}.`);
    }
  } finally {
    await libraries.close();
  }
});
