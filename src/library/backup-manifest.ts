import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, CannotKeep } from './faults.ts';
import { isObject, type Json, parseJson } from './json.ts';
import type { Sum } from './library-rows.ts';
import type { Noted } from './store.ts';

/** A library in a backup. */
export interface BackedUp extends Sum {
  readonly name: string;
  /** The checksum of its file. */
  readonly file: string;
}

/** What a backup says of itself. It is written last: one that was cut short has none. */
export interface Manifest {
  readonly version: number;
  /** ISO 8601. */
  readonly made: string;
  /** From a database, the files are without an index: restoring makes it. */
  readonly from: 'files' | 'database';
  readonly libraries: readonly BackedUp[];
  readonly leaving: readonly Noted[];
}

export const manifestVersion = 1;
const fileName = 'backup.json';
const name = /^(?:server|person)-[1-9]\d{0,19}$/v;

export function writeManifest(folder: string, manifest: Manifest): void {
  at(folder, () => {
    const file = openSync(join(folder, fileName), 'wx', 0o600);
    writeFileSync(file, `${JSON.stringify(manifest, undefined, 2)}\n`);
    fsyncSync(file);
    closeSync(file);
  });
}

/** Throws CannotKeep where the folder holds no whole backup that this version can read. */
export function readManifest(folder: string): Manifest {
  const path = join(folder, fileName);
  // Whoever may not look into a folder finds nothing in it, either.
  const isThere = at(folder, () => existsSync(folder) && readdirSync(folder).includes(fileName));
  if (!isThere) {
    throw new CannotKeep(`There is no whole backup in ${folder}: it has no ${fileName}, which is written last.`);
  }
  const manifest = parseJson(at(path, () => readFileSync(path, 'utf8')));
  if (isObject(manifest) && Number(manifest.version) > manifestVersion) {
    throw new CannotKeep('This backup was made by a newer version of Verbatim: update it, then restore.');
  }
  if (!isManifest(manifest)) throw new CannotKeep(`${path} is damaged, so nothing was restored.`);
  return manifest;
}

function isManifest(value: unknown): value is Manifest {
  if (!isObject(value) || value.version !== manifestVersion || typeof value.made !== 'string') return false;
  if (value.from !== 'files' && value.from !== 'database') return false;
  return isListOf(value.libraries, isBackedUp) && isListOf(value.leaving, isNoted);
}

function isBackedUp(each: Json): boolean {
  return (
    isName(each.name) &&
    typeof each.articles === 'number' &&
    typeof each.checksum === 'string' &&
    typeof each.file === 'string'
  );
}

function isNoted(each: Json): boolean {
  return isName(each.library) && typeof each.moment === 'number';
}

/** No name leads out of the folder. */
function isName(value: unknown): boolean {
  return typeof value === 'string' && name.test(value);
}

function isListOf(value: unknown, is: (each: Json) => boolean): boolean {
  return Array.isArray(value) && value.every(each => isObject(each) && is(each));
}
