import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { MODEL_ID } from '../../../answering/networks/model.ts';
import { fileOf, namesIn } from './backend.ts';
import { HEADER, readHeader, sizeOf } from './connection.ts';
import { LATEST_VERSION } from './schema.ts';

/** The state of a SQLite file, as far as it can be told without changing anything. */
type FileState = 'of this version' | 'of an older version' | 'of a newer version' | 'damaged' | 'unreadable';

interface FileReport {
  readonly path: string;
  readonly state: FileState;
}

export interface FolderReport {
  /** True if another process uses the libraries. */
  readonly isHeld: boolean;
  readonly libraries: readonly FileReport[];
  /** Articles without vectors in the files that were read completely. */
  readonly unencoded: number;
  /** How many files were read completely. Of the others, only the header was. */
  readonly readThrough: number;
  /** The file of scheduled tasks; `undefined` if there is none yet. */
  readonly register: FileReport | undefined;
  /** Files of another user than the folder's, which the bot can't open. */
  readonly foreign: readonly string[];
}

const SQLITE_BUSY = 5;
const MEBIBYTE = 1024 * 1024;
/** For all files together, some seconds. */
const MOST_READ_THROUGH = 256 * MEBIBYTE;

const MAGIC = 'SQLite format 3\0';
const LARGEST_PAGE = 65_536;

/**
 * Inspects a folder of libraries, which may be in use, without creating, writing or locking anything for more than a
 * moment. Returns `undefined` if there is no folder. Throws the system's error if it can't be read.
 */
export function inspectFolder(folder: string): FolderReport | undefined {
  if (!existsSync(folder)) return undefined;
  const entries = readdirSync(folder);
  const isHeld = isLocked(join(folder, 'lock.sqlite'));
  const register = join(folder, 'register.sqlite');
  const seen = namesIn(entries).map(name => inspectFile(fileOf(folder, name)));
  const { libraries, readThrough, unencoded } = isHeld
    ? { libraries: seen, readThrough: 0, unencoded: 0 }
    : readSome(seen);
  return {
    isHeld,
    libraries,
    readThrough,
    unencoded,
    register: existsSync(register) ? inspectFile(register) : undefined,
    foreign: foreignIn(folder, entries),
  };
}

/**
 * Reads as many files completely as takes a few seconds; not those that have a log, because they are being written, or
 * were when a process was killed.
 */
function readSome(seen: readonly FileReport[]): Pick<FolderReport, 'libraries' | 'readThrough' | 'unencoded'> {
  let left = MOST_READ_THROUGH;
  let readThrough = 0;
  let unencoded = 0;
  const libraries = seen.map(file => {
    if (file.state !== 'of this version' || sizeOf(`${file.path}-wal`) > 0) return file;
    left -= sizeOf(file.path);
    if (left < 0) return file;
    readThrough += 1;
    const missing = readThroughFile(file.path);
    unencoded += missing ?? 0;
    return missing === undefined ? ({ ...file, state: 'damaged' } as const) : file;
  });
  return { libraries, readThrough, unencoded };
}

/**
 * Returns how many articles of a file have no vectors; `undefined` if it is damaged. Even reading would otherwise create
 * a file beside it.
 */
function readThroughFile(path: string): number | undefined {
  const address = pathToFileURL(path);
  address.searchParams.set('immutable', '1');
  using database = new DatabaseSync(address, { readOnly: true });
  try {
    if (database.prepare('PRAGMA quick_check(1)').get()?.quick_check !== 'ok') return undefined;
    const sql = 'SELECT count(*) AS articles FROM articles WHERE removed_at IS NULL AND encoded_by <> ?';
    return Number(database.prepare(sql).get(MODEL_ID)?.articles);
  } catch {
    return undefined;
  }
}

function inspectFile(path: string): FileReport {
  try {
    return { path, state: stateOf(path, readHeader(path)) };
  } catch {
    return { path, state: 'unreadable' };
  }
}

function stateOf(path: string, bytes: Buffer): FileState {
  if (bytes.length < HEADER.length || bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) return 'damaged';
  // Everything may still be in the log, newer than the file.
  const hasLog = sizeOf(`${path}-wal`) > 0;
  if (!hasLog && isCut(path, bytes)) return 'damaged';
  const version = bytes.readUInt32BE(HEADER.version);
  if (version > LATEST_VERSION) return 'of a newer version';
  return version === LATEST_VERSION || hasLog ? 'of this version' : 'of an older version';
}

function isCut(path: string, bytes: Buffer): boolean {
  // If they differ, an old version of SQLite wrote last, and the page count isn't valid.
  if (bytes.readUInt32BE(HEADER.changes) !== bytes.readUInt32BE(HEADER.validFor)) return false;
  const pageSize = bytes.readUInt16BE(HEADER.pageSize);
  return sizeOf(path) < bytes.readUInt32BE(HEADER.pages) * (pageSize === 1 ? LARGEST_PAGE : pageSize);
}

function isLocked(path: string): boolean {
  if (!existsSync(path)) return false;
  try {
    using database = new DatabaseSync(path, { readOnly: true });
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return false;
  } catch (error) {
    return error instanceof Error && Reflect.get(error, 'errcode') === SQLITE_BUSY;
  }
}

function foreignIn(folder: string, entries: readonly string[]): readonly string[] {
  const { uid } = statSync(folder);
  const paths = entries.map(entry => join(folder, entry));
  return paths.filter(path => (statSync(path, { throwIfNoEntry: false })?.uid ?? uid) !== uid);
}
