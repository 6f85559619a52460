import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checksumOf } from './backup.ts';
import { type BackedUp, type Manifest, readManifest } from './backup-manifest.ts';
import { copyStore } from './copy-library.ts';
import { CannotKeep, onDisk } from './faults.ts';
import { sumOf } from './library-rows.ts';
import { openPlace, type WhereKept } from './places.ts';
import { fileOf } from './sqlite-place.ts';
import { SqliteStore } from './sqlite-store.ts';
import type { Place } from './store.ts';

const noSeeds = () => Promise.resolve([]);

/** What became of one library of a backup: it is there as it was, or another one of its name is, which was left as it is. */
export interface Restored {
  readonly kind: 'restored' | 'taken';
  readonly library: BackedUp;
}

/**
 * Brings what a backup holds to where libraries are kept, files or database alike. Nothing is overwritten; nothing at all is
 * written where a file of the backup is not as it was made. One that was stopped goes on when it is started again.
 */
export async function restore(folder: string, to: WhereKept, tell: (restored: Restored) => void): Promise<Manifest> {
  const manifest = readManifest(folder);
  await verify(folder, manifest);
  const place = await openPlace(to);
  try {
    for (const library of manifest.libraries) {
      const kind = await restoreOne(fileOf(folder, library.name), library, { place, to, from: manifest.from });
      tell({ kind, library });
    }
    for (const { library, moment } of manifest.leaving) await place.note('leaving', library, moment);
    return manifest;
  } finally {
    await place.close();
  }
}

async function verify(folder: string, { libraries }: Manifest): Promise<void> {
  for (const { name, file } of libraries) {
    const path = fileOf(folder, name);
    const isWhole = onDisk(() => existsSync(path)) && (await checksumOf(path)) === file;
    if (!isWhole) throw new CannotKeep(`${path} is not as it was made, so nothing was restored: use another backup.`);
  }
}

interface Target {
  readonly place: Place;
  readonly to: WhereKept;
  readonly from: Manifest['from'];
}

async function restoreOne(path: string, library: BackedUp, target: Target): Promise<Restored['kind']> {
  const { place, to, from } = target;
  const { name } = library;
  const isCopied = from === 'files' && to.databaseUrl === undefined && !(await place.has(name));
  if (isCopied) copyWhole(path, fileOf(to.folder, name));
  const isSame = isCopied || (await fill(path, name, place));
  if (!isSame) return 'taken';
  const store = await place.open(name, noSeeds);
  try {
    const sum = await sumOf(store);
    if (sum.checksum === library.checksum && sum.articles === library.articles) return 'restored';
  } finally {
    await store.close();
  }
  throw new CannotKeep(
    `${name} is not what the backup holds: does something change the libraries? Stop it, start again.`,
  );
}

/** The file appears under its name when it is whole. */
function copyWhole(from: string, to: string): void {
  onDisk(() => {
    copyFileSync(from, `${to}.restoring`);
    renameSync(`${to}.restoring`, to);
  });
}

/** Through a copy of the file, since opening one changes it. Whether nothing else was there. */
async function fill(path: string, name: string, place: Place): Promise<boolean> {
  const folder = onDisk(() => mkdtempSync(join(tmpdir(), 'verbatim-restore-')));
  const copy = join(folder, 'library.sqlite');
  try {
    onDisk(() => copyFileSync(path, copy));
    return await copyInto(copy, name, place);
  } finally {
    onDisk(() => rmSync(folder, { recursive: true }));
  }
}

async function copyInto(path: string, name: string, place: Place): Promise<boolean> {
  const source = new SqliteStore(path, [], undefined);
  try {
    const target = await place.open(name, noSeeds);
    const copied = await copyStore(source, target).finally(() => target.close());
    return copied.kind === 'copied';
  } finally {
    await source.close();
  }
}
