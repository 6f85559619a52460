/**
 * `npm run import -- --server ID PATH…` (or `--person ID`): puts articles into a library. Paths are files (`.txt`, `.md`, `.html`,
 * `.jsonl`, `.jsonl.gz`) and folders of them. What is there already is not added again, so that an import that was
 * stopped can be started anew. Reads on all cores, or, through a bot that holds the files, as that one reads; ends with a count, and with what was refused and why.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { countBytes, findFiles, type Item, readItems } from './article-sources.ts';
import { ownerOf, ownerOptions, reachKept, run } from './keeping.ts';
import { Progress } from './progress.ts';
import type { ReachedLibrary } from './through-door.ts';

const usage = 'npm run import -- --server ID PATH… (or --person ID; folders, .txt, .md, .html, .jsonl, .jsonl.gz)';
const processes = availableParallelism();

/** Two versions of one address keep their order; else what is read first may be added last. */
const inHand = new Map<string, Promise<unknown>>();
let isStopped = false;

async function addItem(library: ReachedLibrary, { place, reading }: Item, progress: Progress): Promise<void> {
  if (reading.kind === 'refused') {
    progress.refuse(place, reading.reason);
    return;
  }
  const key = reading.metadata.url ?? '';
  const before = key === '' ? undefined : inHand.get(key);
  const adding = Promise.resolve(before).then(() => library.add(reading.metadata, reading.text));
  inHand.set(key, adding);
  const added = await adding;
  if (inHand.get(key) === adding) inHand.delete(key);
  if (added.kind === 'refused') progress.refuse(place, added.reason);
  else if (added.kind === 'too long') progress.refuse(place, `expected a text of at most ${added.most} bytes`);
  else if (added.kind === 'full') stopFull(place, added.most, progress);
  else progress.count(added.kind);
}

function stopFull(place: string, most: number, progress: Progress): void {
  isStopped = true;
  progress.refuse(place, `the library is full: it holds ${most} articles (MAX_ARTICLES)`);
}

async function addAll(library: ReachedLibrary, files: readonly string[], progress: Progress): Promise<void> {
  const items = readItems(files);
  const lane = async () => {
    for (let next = await items.next(); next.done !== true && !isStopped; next = await items.next()) {
      progress.reach(next.value.bytesRead);
      await addItem(library, next.value, progress);
    }
  };
  const stop = (error: unknown) => {
    isStopped = true;
    throw error;
  };
  // One more than processes, so that none waits while an article is written.
  await Promise.all(Array.from({ length: processes + 1 }, () => lane().catch(stop)));
}

function stopOnSignal(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      isStopped = true;
      console.error('Stopping. Start the import again to go on.');
      process.exitCode = 1;
    });
  }
}

await run(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: ownerOptions });
  const owner = ownerOf(positionals.length === 0 ? {} : values, usage);
  const files = findFiles(positionals);
  const libraries = await reachKept(processes);
  const progress = new Progress(countBytes(files));
  stopOnSignal();
  try {
    await addAll(await libraries.open(owner), files, progress);
  } finally {
    progress.end();
    await libraries.close();
  }
});
