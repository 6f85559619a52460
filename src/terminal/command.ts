import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Encodes } from '../answering/networks/encoder.ts';
import { type Libraries, openLibraries } from '../library/libraries.ts';
import { LIBRARY_NAME, type Owner } from '../library/owner.ts';
import { loadSeeds } from '../library/seeds.ts';
import type { StorageLocation } from '../library/store/backends.ts';
import { StorageError } from '../library/store/errors.ts';
import { loadSettings, type Settings } from '../settings.ts';
import { storageProblem } from '../start-failure.ts';
import { Crashed } from '../workers.ts';
import { addDecided, exportOf, type LibrariesAccess, reachBot } from './control-socket.ts';

/** A command can't run. Its message is for the person who ran it. */
export class Refusal extends Error {}

/** Prints a problem that no caller handles, without its cause, which may contain an address. */
export function report(sentence: string): void {
  console.error(sentence);
}

/** Returns where the libraries are, given the data folder. */
export function locationIn(dataDir: string, databaseUrl: string | undefined): StorageLocation {
  return { folder: join(dataDir, 'libraries'), databaseUrl };
}

/** Waits for what opens the libraries. Throws `Refusal` with what the operator can do if their database can't be used. */
export async function opened<Result>({ databaseUrl }: StorageLocation, opening: Promise<Result>): Promise<Result> {
  try {
    return await opening;
  } catch (error) {
    throw error instanceof StorageError ? new Refusal(storageProblem(error, databaseUrl)) : error;
  }
}

/** Returns the settings. Throws `Refusal` if they are wrong. */
export function settingsOrRefusal(): Settings {
  const outcome = loadSettings();
  if (outcome.kind === 'problems') throw new Refusal(outcome.problems.join('\n'));
  return outcome.settings;
}

/**
 * Throws `Refusal` if there are no libraries: the settings are probably wrong, and an empty copy would look like a good
 * one.
 */
export function refuseNothing(names: readonly string[], { dataDir, databaseUrl }: Settings): void {
  if (names.length > 0) return;
  const { folder } = locationIn(dataDir, databaseUrl);
  const place = databaseUrl === undefined ? resolve(folder) : 'the database in DATABASE_URL';
  const chosen = databaseUrl === undefined ? ` DATA_DIR is ${dataDir}.` : '';
  const path = resolve('.env');
  const source = existsSync(path) ? `${path} and the environment` : `the environment alone (there is no ${path})`;
  throw new Refusal(
    `There are no libraries in ${place}, so nothing was copied.${chosen} The settings come from ${source}. Run this with the bot's settings.`,
  );
}

/** Says that a library was not copied because the target has another one of its name. `way` says how to replace it. */
export function alreadyThere(name: string, way: string): string {
  return `${name} already exists there with other contents and was left alone. To replace it, ${way}.`;
}

/**
 * Opens the libraries in the settings, through the bot if it runs and has the files open. Creates vectors only if there
 * is an encoder.
 */
export async function reachLibraries(processes: number, encoder?: Encodes): Promise<LibrariesAccess> {
  const { dataDir, databaseUrl, maxArticles } = settingsOrRefusal();
  const location = locationIn(dataDir, databaseUrl);
  const reached = databaseUrl === undefined ? await reachBot(location.folder) : undefined;
  if (reached !== undefined) return reached;
  const { articles: seeds } = loadSeeds(join(import.meta.dirname, '../../seeds'));
  const opening = openLibraries({
    ...location,
    seeds,
    mostArticles: maxArticles,
    mostOpen: 1,
    processes,
    processesForOne: processes,
    ...(encoder && { encoder }),
    report,
  });
  return accessTo(await opened(location, opening));
}

function accessTo(libraries: Libraries): LibrariesAccess {
  return {
    has: owner => libraries.has(owner),
    open: async owner => {
      const library = await libraries.open(owner);
      return {
        add: (metadata, text, decided) => addDecided(library, metadata, text, decided),
        encoding: () => library.encoding(),
        export: () => exportOf(library),
      };
    },
    close: () => libraries.close(),
  };
}

/** The options that name a library's owner. Exactly one must be given. */
export const OWNER_OPTIONS = { server: { type: 'string' }, person: { type: 'string' } } as const;

interface OwnerValues {
  readonly server?: string | undefined;
  readonly person?: string | undefined;
}

/** Returns the owner that the options name. Throws `Refusal` with the usage if they name none, or no possible one. */
export function ownerOf({ server, person }: OwnerValues, usage: string): Owner {
  if ((server === undefined) === (person === undefined)) throw new Refusal(usage);
  const owner =
    server === undefined ? { kind: 'person' as const, id: person } : { kind: 'server' as const, id: server };
  if (owner.id === undefined || !LIBRARY_NAME.test(`${owner.kind}-${owner.id}`)) throw new Refusal(noId(owner));
  return { kind: owner.kind, id: owner.id };
}

function noId({ kind, id }: { readonly kind: Owner['kind']; readonly id: string | undefined }): string {
  const way = `Discord shows it with the developer mode on: right-click the ${kind}, then Copy ${kind === 'server' ? 'Server' : 'User'} ID.`;
  return `${id} isn't the id of a ${kind}, which is a number. ${way}`;
}

/**
 * Runs a command, or prints its usage for `--help`. An expected error is printed to standard error, and the exit code
 * is 1.
 */
export async function run(usage: string, command: () => Promise<void>): Promise<void> {
  if (isHelpWanted(usage)) return;
  // Backups and exports contain whole libraries: nobody else may read them.
  process.umask(0o077);
  try {
    await command();
  } catch (error) {
    if (!(error instanceof Error) || !isExpected(error)) throw error;
    console.error(sentenceFor(error, usage));
    process.exitCode = 1;
  }
}

function sentenceFor(error: Error, usage: string): string {
  if (error instanceof Crashed) return `${error.message} To see what this machine lacks, run: npm run doctor`;
  // Only the first sentence of Node's is about what was typed.
  return isAboutOptions(error) ? `${error.message.replace(/\.\s.*$/sv, '')}.\n\n${usage}` : error.message;
}

/** Prints the usage if the command was given `--help`, and returns whether it was. */
export function isHelpWanted(usage: string): boolean {
  const isWanted = process.argv.slice(2).some(each => each === '--help' || each === '-h');
  if (isWanted) console.log(usage);
  return isWanted;
}

/** True for an error whose message is for whoever ran the command; that includes Node's about options and files. */
function isExpected(error: Error): boolean {
  const isOurs = [Refusal, StorageError, Crashed].some(kind => error instanceof kind);
  return isOurs || 'syscall' in error || isAboutOptions(error);
}

function isAboutOptions(error: Error): boolean {
  return String(Reflect.get(error, 'code')).startsWith('ERR_PARSE_ARGS');
}
