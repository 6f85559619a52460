import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  createReadStream,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { LIBRARY_NAME } from '../owner.ts';
import { countArticles, purgeArticles } from '../store/articles.ts';
import { purgeDrafts } from '../store/drafts.ts';
import { isDiskFull, StorageError, withErrorsAt } from '../store/errors.ts';
import { replacePosts } from '../store/following/outbox.ts';
import { parseJson } from '../store/json.ts';
import { makeFolder } from '../store/make-folder.ts';
import { fileOf } from '../store/sqlite/backend.ts';
import { eraseFile } from '../store/sqlite/connection.ts';
import { SqliteStore } from '../store/sqlite/store.ts';
import { sumOf } from './copy.ts';
import type { BackupSource } from './source.ts';

/** Of a library. No name leads out of the folder. */
const nameShape = z.string().check(z.regex(LIBRARY_NAME));
/** `file` is the checksum of the library's file. */
const backedUpShape = z.object({ name: nameShape, articles: z.number(), checksum: z.string(), file: z.string() });

const MANIFEST_VERSION = 1;
const FILE_NAME = 'backup.json';

const manifestShape = z.object({
  version: z.literal(MANIFEST_VERSION),
  /** ISO 8601. */
  made: z.string(),
  /** Files from a database have no index: restoring makes it. */
  from: z.enum(['files', 'database']),
  libraries: z.readonly(z.array(backedUpShape)),
  leaving: z.readonly(z.array(z.object({ library: nameShape, moment: z.number() }))),
});

/** A library in a backup. */
export type BackedUp = z.infer<typeof backedUpShape>;

/** The contents of a backup. It is written last, so a backup that was interrupted has none. */
export type Manifest = z.infer<typeof manifestShape>;

function writeManifest(folder: string, manifest: Manifest): void {
  const path = join(folder, FILE_NAME);
  const unfinished = `${path}.new`;
  withErrorsAt(folder, () => {
    writeFileSync(unfinished, `${JSON.stringify(manifest, undefined, 2)}\n`, { flag: 'wx', mode: 0o600, flush: true });
    renameSync(unfinished, path);
  });
}

/** Throws `StorageError` if the folder holds no complete backup that this version can read. */
export function readManifest(folder: string): Manifest {
  const path = join(folder, FILE_NAME);
  // A folder that this user may not look into throws here.
  const isThere = withErrorsAt(folder, () => existsSync(folder) && readdirSync(folder).includes(FILE_NAME));
  if (!isThere) {
    throw new StorageError(
      `There is no complete backup in ${folder}: ${FILE_NAME}, which is written last, is missing.`,
    );
  }
  if (!withErrorsAt(path, () => lstatSync(path).isFile())) throw new StorageError(`${path} isn't a regular file.`);
  const json = withErrorsAt(path, () => readFileSync(path, 'utf8'));
  const manifest = parseJson(manifestShape, json);
  if (manifest !== undefined) return manifest;
  throw new StorageError(
    Number(parseJson(z.object({ version: z.unknown() }), json)?.version) > MANIFEST_VERSION
      ? 'This backup was made by a newer version of Verbatim. Update the bot, then restore it.'
      : `${path} is damaged, so nothing was restored.`,
  );
}

export type BackupResult =
  | { readonly kind: 'backed up'; readonly library: BackedUp; readonly damaged: number }
  | { readonly kind: 'left out'; readonly name: string; readonly reason: string };

const EVERYTHING = Number.MAX_SAFE_INTEGER;

/**
 * Writes a backup into a folder that is empty or missing: a SQLite file per library, whichever store they come from,
 * then the manifest. Removed articles, drafts and posts are left out. A library that can't be read doesn't stop the others.
 */
export async function backUp(
  backing: BackupSource,
  folder: string,
  tell: (told: BackupResult) => void,
): Promise<Manifest> {
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
  const manifest: Manifest = { version: MANIFEST_VERSION, made, from: backing.from, libraries, leaving };
  writeManifest(folder, manifest);
  return manifest;
}

/** Returns the SHA-256 of a file in hexadecimal. */
export async function checksumOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece);
  return hash.digest('hex');
}

function makeEmpty(folder: string): void {
  withErrorsAt(folder, () => {
    if (existsSync(folder) && readdirSync(folder).length > 0) {
      throw new StorageError(`${folder} isn't empty. Choose a folder that is empty or doesn't exist yet.`);
    }
    makeFolder(folder);
    accessSync(folder, constants.R_OK | constants.W_OK);
  });
}

async function backUpOne(backing: BackupSource, folder: string, name: string): Promise<BackupResult | undefined> {
  const path = fileOf(folder, name);
  try {
    if (!(await backing.write(name, path))) return undefined;
    return { kind: 'backed up', ...(await examine(name, path)) };
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    // It may still have removed articles.
    eraseFile(path);
    // Only the backup is written to, so a full disk is the backup's.
    const reason = isDiskFull(error)
      ? `There is no room left in ${folder}: make room, then begin a new backup.`
      : error.message;
    return { kind: 'left out', name, reason };
  }
}

async function examine(name: string, path: string): Promise<{ library: BackedUp; damaged: number }> {
  await using store = new SqliteStore(path, [], undefined);
  await store.erase(purgeArticles, EVERYTHING);
  await store.erase(purgeDrafts, EVERYTHING);
  // A backup that is restored mustn't post again what was posted since.
  await store.write(replacePosts, [], []);
  const sum = await sumOf(store);
  const damaged = (await store.read(countArticles)) - sum.articles;
  await store.close();
  return { library: { name, ...sum, file: await checksumOf(path) }, damaged };
}
