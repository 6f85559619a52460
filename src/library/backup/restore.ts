import { copyFileSync, lstatSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openBackend, type StorageLocation } from '../store/backends.ts';
import { isDamage, StorageError, withErrorsAt, withStorageErrors, withStorageErrorsAsync } from '../store/errors.ts';
import { registerFollows } from '../store/following/feeds.ts';
import { readFollows } from '../store/following/following.ts';
import { makeFolder } from '../store/make-folder.ts';
import { fileOf } from '../store/sqlite/backend.ts';
import { eraseFile } from '../store/sqlite/connection.ts';
import { SqliteStore } from '../store/sqlite/store.ts';
import type { Backend, Reporter } from '../store/store.ts';
import { type BackedUp, checksumOf, type Manifest, readManifest } from './backup.ts';
import { copyStore, isUsed, sumOf } from './copy.ts';

const noSeeds = () => Promise.resolve([]);

/**
 * Result of restoring one library. `replaced`: another library of its name was erased for it. `taken`: another library
 * of its name exists and was left unchanged. `left out`: its file is damaged or it couldn't be stored.
 */
export type Restored =
  | { readonly kind: 'restored' | 'replaced' | 'taken'; readonly library: BackedUp }
  | { readonly kind: 'left out'; readonly library: BackedUp; readonly path: string; readonly reason: string };

interface RestoreOptions {
  readonly tell: (restored: Restored) => void;
  /** Whether to erase a library of the same name with other contents. Default: false */
  readonly replaces?: boolean;
  readonly report?: Reporter;
}

/**
 * Restores a backup of either store into either store. Nothing is overwritten unless `replaces` is true. A damaged file
 * doesn't stop the other libraries. A restore that was interrupted continues when it is run again.
 */
export async function restore(
  folder: string,
  to: StorageLocation,
  { tell, replaces = false, report }: RestoreOptions,
): Promise<Manifest> {
  const manifest = readManifest(folder);
  const backend = await openBackend(to, report);
  try {
    const workshop = openWorkshop(to.folder);
    for (const library of manifest.libraries) {
      tell(await tryOne(folder, library, { backend, to, from: manifest.from, workshop, replaces }));
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
  const copy = fileOf(target.workshop, library.name);
  try {
    await takeCopy(path, copy, library);
    return { kind: await restoreOne(copy, library, target), library };
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return { kind: 'left out', library, path, reason: error.message };
  } finally {
    eraseFile(copy);
  }
}

/** Copies a file of the backup, since opening it changes it. The copy is verified, so nobody can exchange it later. */
async function takeCopy(path: string, copy: string, { file }: BackedUp): Promise<void> {
  const stats = withErrorsAt(path, () => lstatSync(path, { throwIfNoEntry: false }));
  if (stats?.isFile() === false) throw new StorageError("It isn't a regular file, as everything in a backup is.");
  if (stats !== undefined) withErrorsAt(copy, () => copyFileSync(path, copy));
  const isWhole = stats !== undefined && (await withStorageErrorsAsync(() => checksumOf(copy))) === file;
  if (!isWhole) throw new StorageError('The file was changed since the backup. Restore this library from another one.');
}

interface Target {
  readonly backend: Backend;
  readonly to: StorageLocation;
  readonly from: Manifest['from'];
  /** Folder for unfinished files. */
  readonly workshop: string;
  readonly replaces: boolean;
}

async function restoreOne(copy: string, library: BackedUp, target: Target): Promise<'restored' | 'replaced' | 'taken'> {
  const { backend, to, from, replaces } = target;
  const { name } = library;
  const isNew = !(await backend.has(name));
  const isMoved = isNew && from === 'files' && to.databaseUrl === undefined;
  const path = fileOf(to.folder, name);
  if (isMoved) {
    // The log of a file that was deleted without it.
    eraseFile(path);
    withErrorsAt(path, () => renameSync(copy, path));
  } else if (!(await copyInto(copy, library, target, isNew))) {
    if (!replaces) return 'taken';
    await backend.erase(name);
    await restoreOne(copy, library, target);
    return 'replaced';
  }
  try {
    await compare(library, backend);
    return 'restored';
  } catch (error) {
    // It may be no library at all.
    if (isMoved) await backend.erase(name);
    throw error;
  }
}

async function compare({ name, articles, checksum }: BackedUp, backend: Backend): Promise<void> {
  await using store = await backend.open(name, noSeeds);
  const sum = await sumOf(store);
  if (sum.checksum !== checksum || sum.articles !== articles) {
    throw new StorageError(
      `${name} differs from the backup. If something is changing the libraries, stop it and run this again.`,
    );
  }
  await backend.feeds(registerFollows, await store.read(readFollows), name, Date.now());
}

/** Makes a folder next to the restored files, on the same disk. Removes what an interrupted restore left in it. */
function openWorkshop(folder: string): string {
  const workshop = join(resolve(folder), 'restoring');
  withErrorsAt(workshop, () => {
    rmSync(workshop, { recursive: true, force: true });
    makeFolder(workshop);
  });
  return workshop;
}

/** Returns false, and copies nothing, if there is another library of this name. */
async function copyInto(
  path: string,
  { name, articles }: BackedUp,
  { backend, to }: Target,
  isNew: boolean,
): Promise<boolean> {
  await using source = new SqliteStore(path, [], undefined);
  try {
    await using target = await backend.open(name, noSeeds);
    if (!isNew && (await isUsed(source, target, articles))) return false;
    return (await copyStore(source, target)).kind === 'copied';
  } catch (error) {
    if (isNew || to.databaseUrl !== undefined || !(error instanceof StorageError && isDamage(error))) throw error;
    // The source was verified.
    const way = `Move ${resolve(fileOf(to.folder, name))} out of its folder and run this again.`;
    throw new StorageError(`The library that is there already is damaged. ${way}`, { cause: error });
  }
}
