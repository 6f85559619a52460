/**
 * A process that stores articles until it is killed: `node adding-process.ts PLACE FIRST [long]`. PLACE is a folder or
 * a database URL. It adds articles from number FIRST on, four at a time, and removes every fifth again. It prints a
 * line when one is acknowledged: `added 7`, `removed 5`.
 */
import { writeSync } from 'node:fs';
import { openLibraries } from '../../src/library/libraries.ts';
import type { OpenLibrary } from '../../src/library/library.ts';
import { StorageError } from '../../src/library/store/errors.ts';
import { attributeByHand } from './attribute-by-hand.ts';
import { longTextOf, metadataOf, server, textOf } from './numbered-texts.ts';

const [place = '', first = '0', length] = process.argv.slice(2);
const written = length === 'long' ? longTextOf : textOf;
const kept = place.startsWith('postgres')
  ? { folder: '', databaseUrl: place }
  : { folder: place, databaseUrl: undefined };

/** Written synchronously: a killed process has no time to flush a buffer. */
function tell(line: string): void {
  writeSync(1, `${line}\n`);
}

async function addOne(library: OpenLibrary, number: number): Promise<void> {
  const added = await library.add(metadataOf(number), written(number));
  if (!('article' in added)) throw new Error(added.kind);
  tell(`${added.kind} ${number}`);
  if (number % 5 !== 0) return;
  await library.remove(added.article.article.id);
  tell(`removed ${number}`);
}

async function addFrom(number: number, library: OpenLibrary): Promise<void> {
  for (let next = number; ; next += 4) await addOne(library, next);
}

async function run(): Promise<void> {
  const libraries = await openLibraries({
    ...kept,
    seeds: [],
    mostArticles: 100_000,
    mostOpen: 2,
    attributor: attributeByHand,
  });
  const library = await libraries.open(server);
  tell('open');
  await Promise.all([0, 1, 2, 3].map(lane => addFrom(Number(first) + lane, library))).finally(() => libraries.close());
}

await run().catch((error: unknown) => {
  if (!(error instanceof StorageError)) throw error;
  tell(`refused: ${error.message}`);
});
