import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Inspected, type Libraries, openLibraries } from '../library/libraries.ts';
import type { Owner } from '../library/library.ts';
import { loadSeeds } from '../library/seeds.ts';
import type { StorageLocation } from '../library/store/backends.ts';
import { StorageError } from '../library/store/errors.ts';
import { readSettings, type Settings } from '../settings.ts';
import { exportOf } from './door.ts';
import { type Reached, throughDoor } from './through-door.ts';

/** What a command at the terminal is refused with: a sentence. */
export class Refusal extends Error {}

/** Where libraries are, under a folder for data. */
export function placeIn(dataDir: string, databaseUrl: string | undefined): StorageLocation {
  return { folder: join(dataDir, 'libraries'), databaseUrl };
}

export function settingsOrRefusal(): Settings {
  const outcome = readSettings();
  if (outcome.kind === 'problems') throw new Refusal(outcome.problems.join('\n'));
  return outcome.settings;
}

/**
 * Where no library is, the settings are most often those of another place, and a copy of nothing would look like a good one for years:
 * it is refused. Nothing is made or changed to find it out.
 */
export function refuseNothing(names: readonly string[], { dataDir, databaseUrl }: Settings): void {
  if (names.length > 0) return;
  const { folder } = placeIn(dataDir, databaseUrl);
  const place = databaseUrl === undefined ? resolve(folder) : 'the database of DATABASE_URL';
  const chosen = databaseUrl === undefined ? ` DATA_DIR is ${dataDir}.` : '';
  const path = resolve('.env');
  const read = existsSync(path) ? `${path} and the environment` : `the environment alone (there is no ${path})`;
  throw new Refusal(
    `There are no libraries in ${place}, so nothing was copied.${chosen} The settings were read from ${read}: start this with those of the bot.`,
  );
}

/** What is said of a library that was left as it is because another one of its name is where it was to go. */
export function taken(name: string): string {
  const way = 'To have this one there, erase that one (/library erase on Discord), then start this again.';
  return `${name}: there is another library of this name already, which was left as it is. ${way}`;
}

/** The libraries that the settings name, whether or not the bot runs. */
export async function reachKept(processes: number): Promise<Reached> {
  const { dataDir, databaseUrl } = settingsOrRefusal();
  const { folder } = placeIn(dataDir, databaseUrl);
  const reached = databaseUrl === undefined ? await throughDoor(folder) : undefined;
  return reached ?? inPlace(await openKept(processes));
}

function inPlace(libraries: Libraries): Reached {
  return {
    has: owner => libraries.has(owner),
    open: async owner => {
      const library = await libraries.open(owner);
      return { add: (metadata, text) => library.add(metadata, text), export: () => exportOf(library) };
    },
    close: () => libraries.close(),
  };
}

/**
 * The libraries that the settings name. In files the bot must not run, since it holds them itself; beside a database it
 * may.
 */
function openKept(processes: number): Promise<Libraries & Inspected> {
  const { dataDir, databaseUrl, maxArticles } = settingsOrRefusal();
  const { articles: seeds } = loadSeeds(join(import.meta.dirname, '../../seeds'));
  return openLibraries({
    ...placeIn(dataDir, databaseUrl),
    seeds,
    mostArticles: maxArticles,
    mostOpen: 1,
    processes,
    processesForOne: processes,
    report: sentence => console.error(sentence),
  });
}

/** The options that say whose library is meant: one of them. */
export const ownerOptions = { server: { type: 'string' }, person: { type: 'string' } } as const;

interface OwnerValues {
  readonly server?: string | undefined;
  readonly person?: string | undefined;
}

export function ownerOf({ server, person }: OwnerValues, usage: string): Owner {
  if (server !== undefined && person === undefined) return { kind: 'server', id: server };
  if (person !== undefined && server === undefined) return { kind: 'person', id: person };
  throw new Refusal(usage);
}

/** Does the command; what is refused is a sentence on standard error, and the exit code is 1. */
export async function run(command: () => Promise<void>): Promise<void> {
  // What is written here is for whoever wrote it: libraries, whole ones.
  process.umask(0o077);
  try {
    await command();
  } catch (error) {
    if (!(error instanceof Error) || !isExpected(error)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** Options that are not known are the person's mistake, too. */
function isExpected(error: Error): boolean {
  if (error instanceof Refusal || error instanceof StorageError) return true;
  return String(Reflect.get(error, 'code')).startsWith('ERR_PARSE_ARGS');
}
