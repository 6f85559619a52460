import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type DatabaseReport, inspectDatabase } from '../../library/store/postgres/inspect.ts';
import { type FolderReport, inspectFolder } from '../../library/store/sqlite/inspect.ts';
import type { Settings } from '../../settings.ts';
import type { Finding } from './finding.ts';
import { nearest } from './machine.ts';

const about = 'store';
const mebibyte = 1024 * 1024;
/** More of a kind are counted. */
const mostNamed = 3;

function good(sentence: string): Finding {
  return { kind: 'good', about, sentence };
}

function bad(sentence: string): Finding {
  return { kind: 'bad', about, sentence };
}

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : 'no code';
}

/** What keeps the libraries, looked at and not changed: nothing is made, locked or brought to this version. */
export async function examineStore({ dataDir, databaseUrl }: Settings): Promise<readonly Finding[]> {
  if (databaseUrl !== undefined) return await examineDatabase(databaseUrl);
  const folder = resolve(join(dataDir, 'libraries'));
  try {
    const seen = inspectFolder(folder);
    if (seen !== undefined) return told(folder, seen);
    // Below a file nothing can be made, which is told of the folder for data.
    return statSync(nearest(folder)).isDirectory()
      ? [good(`There are no libraries yet: npm start makes ${folder}.`)]
      : [];
  } catch (error) {
    return [bad(`${folder} cannot be read (${codeOf(error)}): run this as the user that the bot runs as.`)];
  }
}

function numberOf(libraries: number): string {
  return libraries === 1 ? 'one library' : `${libraries.toLocaleString('en')} libraries`;
}

function list(paths: readonly string[]): string {
  const more = paths.length > mostNamed ? ` and ${paths.length - mostNamed} more` : '';
  return `${paths.slice(0, mostNamed).join(', ')}${more}`;
}

/** What is to be done about files of a kind. */
const advice = {
  damaged: 'put a backup in the place of each, or delete it to begin again',
  'of a newer version': 'update the bot',
  unreadable: 'run this as the user that the bot runs as, and look at the disk',
} as const;

function told(folder: string, seen: FolderReport): readonly Finding[] {
  const found: Finding[] = [];
  for (const state of ['damaged', 'of a newer version', 'unreadable'] as const) {
    const paths = seen.libraries.filter(file => file.state === state).map(({ path }) => path);
    if (paths.length > 0) found.push(bad(`${numberOf(paths.length)} ${state} (${list(paths)}): ${advice[state]}.`));
  }
  if (seen.register !== undefined && ['damaged', 'unreadable'].includes(seen.register.state)) {
    const way = 'put a backup in its place, or delete it: then the bot forgets which servers it has left';
    found.push(bad(`${seen.register.path} is ${seen.register.state}: ${way}.`));
  }
  if (seen.foreign.length > 0) {
    const way = `give it to the owner of the folder (chown -R --reference=${folder} ${folder})`;
    found.push(bad(`The bot cannot open what belongs to another user (${list(seen.foreign)}): ${way}.`));
  }
  return found.length > 0 ? found : [summary(folder, seen)];
}

function summary(folder: string, { isHeld, libraries, readThrough }: FolderReport): Finding {
  const older = libraries.filter(({ state }) => state === 'of an older version').length;
  const of = older === 0 ? 'of this version' : `of this version or an older one (${older}), brought to it when opened`;
  const depth = `${readThrough.toLocaleString('en')} read through, of the others the beginning`;
  const shown = `${numberOf(libraries.length)} in ${folder}, ${of}; ${depth}`;
  if (!isHeld) return good(`${shown}.`);
  return { kind: 'doubtful', about, sentence: `Another process has ${shown}. If that is the bot, all is well.` };
}

/** Where it is, without the password. */
function placeOf(databaseUrl: string) {
  const { hostname, port, pathname, username, searchParams } = new URL(databaseUrl);
  const host = hostname || searchParams.get('host') || 'localhost';
  return {
    server: `${host}:${port || searchParams.get('port') || '5432'}`,
    name: decodeURIComponent(pathname.slice(1)),
    user: decodeURIComponent(username) || 'that it is asked as',
  };
}

async function examineDatabase(databaseUrl: string): Promise<readonly Finding[]> {
  const place = placeOf(databaseUrl);
  try {
    const seen = await inspectDatabase(databaseUrl);
    return [...foundIn(place, seen), spaceOf(place, seen)];
  } catch (error) {
    return [bad(refusalOf(place, error))];
  }
}

type PlaceShown = ReturnType<typeof placeOf>;

function refusalOf({ server, name, user }: PlaceShown, error: unknown): string {
  const code = codeOf(error);
  // SQLSTATE, else the system's code.
  if (code === '28P01') return `${server} refuses the password of the user ${user} (${code}): check DATABASE_URL.`;
  if (code.startsWith('28'))
    return `${server} does not let the user ${user} in (${code}): check DATABASE_URL, and pg_hba.conf of the server.`;
  if (code === '3D000') return `${server} has no database ${name} (${code}): make it, or check DATABASE_URL.`;
  if (code === '42501') return `${server} gives the user ${user} no right to ${name} (${code}): make them its owner.`;
  if (code === '53300') return `${server} has no connection left (${code}): raise its max_connections.`;
  if (code === '57P03') return `${server} is just starting or stopping (${code}): try again in a minute.`;
  if (error instanceof Error && error.message.includes('SSL'))
    return `${server} offers no TLS, which DATABASE_URL asks for: switch it on there, or take sslmode out.`;
  return `${server} could not be asked (${code}): check that PostgreSQL runs there and can be reached, and DATABASE_URL.`;
}

function foundIn({ server, name, user }: PlaceShown, seen: DatabaseReport): readonly Finding[] {
  const shown = `The database ${name} at ${server}`;
  if (!seen.isUtf8) return [bad(`${shown} must have the encoding UTF8: make one with it, and name that.`)];
  if (seen.isReadOnly) return [bad(`${shown} takes no changes just now: is it a copy of another one? Name that.`)];
  if (!seen.mayWrite) return [bad(`${shown} gives the user ${user} no right to change it: make them its owner.`)];
  if (seen.behind === undefined) return [good(`${shown} answers and is empty: npm start makes its tables.`)];
  if (seen.behind < 0) return [bad(`${shown} was written by a newer version: update the bot.`)];
  const older =
    seen.behind === 0 ? 'is of this version' : 'is of an older version, to be brought to this one at the start';
  return [good(`${shown} answers, can be written and ${older}.`)];
}

function spaceOf({ server }: PlaceShown, { bytes }: DatabaseReport): Finding {
  const taken = `The database takes ${Math.ceil(bytes / mebibyte).toLocaleString('en')} MiB`;
  return { kind: 'good', about: 'space', sentence: `${taken}; what is free at ${server} is not to be seen from here.` };
}
