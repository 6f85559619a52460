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
 * Result of restoring one library. `taken`: another library of its name exists and was left unchanged. `left out`: its
 * file is damaged or it couldn't be stored.
 */
export type Restored =
  | { readonly kind: 'restored' | 'taken'; readonly library: BackedUp }
  | { readonly kind: 'left out'; readonly library: BackedUp; readonly path: string; readonly reason: string };

/**
 * Restores a backup of either store into either store. Nothing is overwritten. A damaged file doesn't stop the other
 * libraries. A restore that was interrupted continues when it is run again.
 */
export async function restore(
  folder: string,
  to: StorageLocation,
  tell: (restored: Restored) => void,
): Promise<Manifest> {
  const manifest = readManifest(folder);
  const backend = await openBackend(to);
  try {
    const workshop = openWorkshop(to.folder);
    for (const library of manifest.libraries) {
      tell(await tryOne(folder, library, { backend, to, from: manifest.from, workshop }));
    }
    withStorageErrors(() => rmSync(workshop, { recursive: true }));
    for (const { library, moment } of manifest.leaving) await backend.schedule('leaving', library, moment);
    return manifest;
  } finally {
    await backend.close();
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
  if (!isWhole) throw new StorageError('The file was changed since the backup. Restore this library from another one.');
}

interface Target {
  readonly backend: Backend;
  readonly to: StorageLocation;
  readonly from: Manifest['from'];
  /** Folder for unfinished files. */
  readonly workshop: string;
}

async function restoreOne(path: string, library: BackedUp, target: Target): Promise<'restored' | 'taken'> {
  const { backend, to, from, workshop } = target;
  const { name } = library;
  const isCopied = from === 'files' && to.databaseUrl === undefined && !(await backend.has(name));
  if (isCopied) copyWhole(path, fileOf(workshop, name), fileOf(to.folder, name));
  const isSame = isCopied || (await fill(path, fileOf(workshop, name), name, backend));
  if (!isSame) return 'taken';
  const store = await backend.open(name, noSeeds);
  try {
    const sum = await sumOf(store);
    if (sum.checksum === library.checksum && sum.articles === library.articles) return 'restored';
  } finally {
    await store.close();
  }
  throw new StorageError(
    `${name} differs from the backup. If something is changing the libraries, stop it and run this again.`,
  );
}

/** Copies a file, which appears under its name only when it is complete. */
function copyWhole(from: string, unfinished: string, to: string): void {
  withErrorsAt(to, () => {
    copyFileSync(from, unfinished);
    renameSync(unfinished, to);
  });
}

/**
 * Fills a library from a copy of a file, since opening a file changes it. Returns false if the library holds something
 * else.
 */
async function fill(path: string, copy: string, name: string, backend: Backend): Promise<boolean> {
  try {
    withErrorsAt(copy, () => copyFileSync(path, copy));
    return await copyInto(copy, name, backend);
  } finally {
    eraseFile(copy);
  }
}

/** Makes a folder next to the restored files, on the same disk. Removes what an interrupted restore left in it. */
function openWorkshop(folder: string): string {
  const workshop = join(folder, 'restoring');
  withErrorsAt(workshop, () => {
    rmSync(workshop, { recursive: true, force: true });
    mkdirSync(workshop, { recursive: true, mode: 0o700 });
  });
  return workshop;
}

async function copyInto(path: string, name: string, backend: Backend): Promise<boolean> {
  const source = new SqliteStore(path, [], undefined);
  try {
    const target = await backend.open(name, noSeeds);
    const copied = await copyStore(source, target).finally(() => target.close());
    return copied.kind === 'copied';
  } finally {
    await source.close();
  }
}
