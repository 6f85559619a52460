import { createHash } from 'node:crypto';
import { accessSync, constants, createReadStream, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { type BackedUp, type Manifest, manifestVersion, writeManifest } from './backup-manifest.ts';
import { at, CannotKeep, isNoRoom } from './faults.ts';
import { sumOf } from './library-rows.ts';
import { fileOf } from './sqlite-place.ts';
import { SqliteStore } from './sqlite-store.ts';
import type { Noted } from './store.ts';

/** What is backed up: everybody's libraries in one place, which the bot may be changing meanwhile. */
export interface Backing {
  readonly from: Manifest['from'];
  names(): Promise<readonly string[]>;
  /** The servers that the bot was taken out of, and when each library is to be erased. */
  leaving(): Promise<readonly Noted[]>;
  /** Writes a library as it is at one moment into a new file; whether it was still there. */
  write(name: string, path: string): Promise<boolean>;
  close(): Promise<void>;
}

/** What became of one library. */
export type Told =
  | { readonly kind: 'backed up'; readonly library: BackedUp; readonly damaged: number }
  | { readonly kind: 'left out'; readonly name: string; readonly reason: string };

const everything = Number.MAX_SAFE_INTEGER;

/**
 * Writes a backup into a folder that is empty or not there: a SQLite file for each library, whatever keeps them, and last what it
 * holds, with checksums. What was removed from a library, and what nobody has kept yet, is in no backup of it. A library that cannot be read keeps no other
 * one from being backed up.
 */
export async function backUp(backing: Backing, folder: string, tell: (told: Told) => void): Promise<Manifest> {
  makeEmpty(folder);
  const leaving = await backing.leaving();
  const libraries: BackedUp[] = [];
  for (const name of [...(await backing.names())].sort()) {
    const told = await backUpOne(backing, folder, name);
    if (told === undefined) continue;
    if (told.kind === 'backed up') libraries.push(told.library);
    tell(told);
  }
  const made = new Date().toISOString();
  const manifest: Manifest = { version: manifestVersion, made, from: backing.from, libraries, leaving };
  writeManifest(folder, manifest);
  return manifest;
}

/** Of a whole file, as hexadecimal digits. */
export async function checksumOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece);
  return hash.digest('hex');
}

function makeEmpty(folder: string): void {
  at(folder, () => {
    if (existsSync(folder) && readdirSync(folder).length > 0) {
      throw new CannotKeep(`There is something in ${folder}: name a folder that is empty or not there yet.`);
    }
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK);
  });
}

async function backUpOne(backing: Backing, folder: string, name: string): Promise<Told | undefined> {
  try {
    const path = fileOf(folder, name);
    if (!(await backing.write(name, path))) return undefined;
    return { kind: 'backed up', ...(await examine(name, path)) };
  } catch (error) {
    if (!(error instanceof CannotKeep)) throw error;
    // Nothing is written but the backup.
    const reason = isNoRoom(error)
      ? `There is no room left in ${folder}: make room, then begin a new backup.`
      : error.message;
    return { kind: 'left out', name, reason };
  }
}

async function examine(name: string, path: string): Promise<{ library: BackedUp; damaged: number }> {
  const store = new SqliteStore(path, [], undefined);
  try {
    await store.purge(everything);
    await store.purgeDrafts(everything);
    const sum = await sumOf(store);
    const damaged = (await store.count()) - sum.articles;
    await store.close();
    return { library: { name, ...sum, file: await checksumOf(path) }, damaged };
  } finally {
    await store.close();
  }
}
