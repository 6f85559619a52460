import { join } from 'node:path';
import { CannotKeep } from '../library/faults.ts';
import { type Inspected, type Libraries, openLibraries } from '../library/libraries.ts';
import type { Owner } from '../library/library.ts';
import type { WhereKept } from '../library/places.ts';
import { loadSeeds } from '../library/seeds.ts';
import { readSettings, type Settings } from '../settings.ts';
import { exportOf } from './door.ts';
import { type Reached, throughDoor } from './through-door.ts';

/** What a command at the terminal is refused with: a sentence. */
export class Refusal extends Error {}

/** Where libraries are, under a folder for data. */
export function placeIn(dataDir: string, databaseUrl: string | undefined): WhereKept {
  return { folder: join(dataDir, 'libraries'), databaseUrl };
}

export function settingsOrRefusal(): Settings {
  const outcome = readSettings();
  if (outcome.kind === 'problems') throw new Refusal(outcome.problems.join('\n'));
  return outcome.settings;
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
      return { add: (masthead, text) => library.add(masthead, text), export: () => exportOf(library) };
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
  if (error instanceof Refusal || error instanceof CannotKeep) return true;
  return String(Reflect.get(error, 'code')).startsWith('ERR_PARSE_ARGS');
}
