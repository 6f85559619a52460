import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { Encoder } from '../answering/networks/encoder.ts';
import type { Owner } from '../library/owner.ts';
import { countBytes, findFiles, type ImportItem, loadItems } from './article-sources.ts';
import { OWNER_OPTIONS, ownerOf, Refusal, reachLibraries, run } from './command.ts';
import type { LibraryAccess } from './control-socket.ts';
import { Progress } from './progress.ts';

const USAGE = `Usage: npm run import -- --server ID PATH…

Adds articles to a library. Paths are .txt, .md, .html, .jsonl and .jsonl.gz files, and folders of them. It can be
stopped and run again: articles that are already there aren't added twice.

  --server ID   the library of this server
  --person ID   the library of this person, in direct messages
  --create      make the library if there is none; otherwise you're asked`;
const PROCESSES = availableParallelism();

/** The last addition of each URL, so that two versions of an article are added in order. */
const pending = new Map<string, Promise<unknown>>();
let isStopped = false;

async function addItem(library: LibraryAccess, { place, reading }: ImportItem, progress: Progress): Promise<void> {
  if (reading.kind === 'refused') {
    progress.refuse(place, reading.reason);
    return;
  }
  const key = reading.metadata.url ?? '';
  const before = key === '' ? undefined : pending.get(key);
  const adding = Promise.resolve(before).then(() => library.add(reading.metadata, reading.text, reading.decided));
  pending.set(key, adding);
  const added = await adding;
  if (pending.get(key) === adding) pending.delete(key);
  if (added.kind === 'refused') progress.refuse(place, added.reason);
  else if (added.kind === 'too long') progress.refuse(place, `the text is longer than ${added.most} bytes`);
  else if (added.kind === 'too slow')
    progress.refuse(place, 'attributing the text took too long; try again when the machine is less busy');
  else if (added.kind === 'full') stopFull(place, added.most, progress);
  else progress.count(added.kind);
}

function stopFull(place: string, most: number, progress: Progress): void {
  isStopped = true;
  progress.refuse(place, `the library is full (${most} articles, see MAX_ARTICLES)`);
}

async function addAll(library: LibraryAccess, files: readonly string[], progress: Progress): Promise<void> {
  const items = loadItems(files);
  const lane = async () => {
    for (let next = await items.next(); next.done !== true && !isStopped; next = await items.next()) {
      await addItem(library, next.value, progress);
      progress.reach(next.value.bytesRead);
    }
  };
  const stop = (error: unknown) => {
    isStopped = true;
    throw error;
  };
  // One more than there are processes, so that none is idle while an article is written.
  await Promise.all(Array.from({ length: PROCESSES + 1 }, () => lane().catch(stop)));
}

/** Waits until all articles have vectors. A running bot makes them anyway, but without one, this process has to. */
async function encodeAll(library: LibraryAccess, progress: Progress): Promise<void> {
  for await (const left of library.encoding()) {
    if (isStopped) return;
    progress.encode(left);
  }
}

function stopOnSignal(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      isStopped = true;
      console.error('Stopping. Run the import again to continue.');
      process.exitCode = 1;
    });
  }
}

/** Makes sure that a new library is meant: a mistyped id would get one that nobody sees. Throws `Refusal` otherwise. */
async function confirmNew({ kind, id }: Owner): Promise<void> {
  const sentence = `There is no library for the ${kind} ${id} yet.`;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new Refusal(`${sentence} To make one, add --create.`);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const asking = terminal.question(`${sentence} Make one? [y/N] `);
  // Ctrl-C and Ctrl-D reject it.
  const answer = await asking.catch(() => '').finally(() => terminal.close());
  if (!/^y(?:es)?$/iv.test(answer.trim())) throw new Refusal('Nothing was imported.');
}

await run(USAGE, async () => {
  const options = { ...OWNER_OPTIONS, create: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const owner = ownerOf(positionals.length === 0 ? {} : values, USAGE);
  const files = findFiles(positionals);
  if (files.length === 0) {
    const where = positionals.join(', ');
    throw new Refusal(`There is nothing to import in ${where}: no .txt, .md, .html, .jsonl or .jsonl.gz files.`);
  }
  const libraries = await reachLibraries(PROCESSES, new Encoder(PROCESSES));
  try {
    if (!values.create && !(await libraries.has(owner))) await confirmNew(owner);
    stopOnSignal();
    const library = await libraries.open(owner);
    const progress = new Progress(countBytes(files));
    const importing = addAll(library, files, progress).then(() => encodeAll(library, progress));
    await importing.finally(() => progress.end());
  } finally {
    await libraries.close();
  }
});
