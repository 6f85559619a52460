import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openBackend, type StorageLocation } from '../store/backends.ts';
import { StorageError, withErrorsAt, withStorageErrors, withStorageErrorsAsync } from '../store/errors.ts';
import { fileOf } from '../store/sqlite/backend.ts';
import { eraseFile } from '../store/sqlite/connection.ts';
import { SqliteStore } from '../store/sqlite/store.ts';
import type { Backend } from '../store/store.ts';
import { type BackedUp, checksumOf, type Manifest, readManifest } from './backup.ts';
import { copyStore, sumOf } from './copy.ts';

const noSeeds = () => Promise.resolve([]);

/**
 * What became of one library of a backup: it is there as it was, or another one of its name is, which was left as it is, or it could not
 * be had out of its file, or not be brought there.
 */
export type Restored =
  | { readonly kind: 'restored' | 'taken'; readonly library: BackedUp }
  | { readonly kind: 'left out'; readonly library: BackedUp; readonly path: string; readonly reason: string };

/**
 * Brings what a backup holds to where libraries are kept, files or database alike. Nothing is overwritten; nothing is written of a
 * file that is not as it was made, and it keeps no other library from being restored. One that was stopped goes on when it is started again.
 */
export async function restore(
  folder: string,
  to: StorageLocation,
  tell: (restored: Restored) => void,
): Promise<Manifest> {
  const manifest = readManifest(folder);
  const place = await openBackend(to);
  try {
    const workshop = openWorkshop(to.folder);
    for (const library of manifest.libraries) {
      tell(await tryOne(folder, library, { place, to, from: manifest.from, workshop }));
    }
    withStorageErrors(() => rmSync(workshop, { recursive: true }));
    for (const { library, moment } of manifest.leaving) await place.schedule('leaving', library, moment);
    return manifest;
  } finally {
    await place.close();
  }
}

async function tryOne(folder: string, library: BackedUp, target: Target): Promise<Restored> {
  const path = fileOf(folder, library.name);
  try {
    await verify(path, library);
    return { kind: await restoreOne(path, library, target), library };
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return { kind: 'left out', library, path, reason: error.message };
  }
}

async function verify(path: string, { file }: BackedUp): Promise<void> {
  const isWhole = existsSync(path) && (await withStorageErrorsAsync(() => checksumOf(path))) === file;
  if (!isWhole) throw new StorageError('The file is not as it was made: take this library from another backup.');
}

interface Target {
  readonly place: Backend;
  readonly to: StorageLocation;
  readonly from: Manifest['from'];
  /** A folder for files that are not ready. */
  readonly workshop: string;
}

async function restoreOne(path: string, library: BackedUp, target: Target): Promise<'restored' | 'taken'> {
  const { place, to, from, workshop } = target;
  const { name } = library;
  const isCopied = from === 'files' && to.databaseUrl === undefined && !(await place.has(name));
  if (isCopied) copyWhole(path, fileOf(workshop, name), fileOf(to.folder, name));
  const isSame = isCopied || (await fill(path, fileOf(workshop, name), name, place));
  if (!isSame) return 'taken';
  const store = await place.open(name, noSeeds);
  try {
    const sum = await sumOf(store);
    if (sum.checksum === library.checksum && sum.articles === library.articles) return 'restored';
  } finally {
    await store.close();
  }
  throw new StorageError(
    `${name} is not what the backup holds: does something change the libraries? Stop it, start again.`,
  );
}

/** The file appears under its name when it is whole. */
function copyWhole(from: string, unfinished: string, to: string): void {
  withErrorsAt(to, () => {
    copyFileSync(from, unfinished);
    renameSync(unfinished, to);
  });
}

/** Through a copy of the file, since opening one changes it. Whether nothing else was there. */
async function fill(path: string, copy: string, name: string, place: Backend): Promise<boolean> {
  try {
    withErrorsAt(copy, () => copyFileSync(path, copy));
    return await copyInto(copy, name, place);
  } finally {
    eraseFile(copy);
  }
}

/** Beside what is restored, where there is room for it as there is for that. What one that was killed has left goes first. */
function openWorkshop(folder: string): string {
  const workshop = join(folder, 'restoring');
  withErrorsAt(workshop, () => {
    rmSync(workshop, { recursive: true, force: true });
    mkdirSync(workshop, { recursive: true, mode: 0o700 });
  });
  return workshop;
}

async function copyInto(path: string, name: string, place: Backend): Promise<boolean> {
  const source = new SqliteStore(path, [], undefined);
  try {
    const target = await place.open(name, noSeeds);
    const copied = await copyStore(source, target).finally(() => target.close());
    return copied.kind === 'copied';
  } finally {
    await source.close();
  }
}
