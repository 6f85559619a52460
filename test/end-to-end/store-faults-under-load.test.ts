import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, type MockInstance, test, vi } from 'vitest';
import type { TestStorage } from '../library/test-libraries.ts';
import { createDatabase, startPostgres, type TestServer } from '../postgres/server.ts';
import {
  allAnswer,
  apologiesIn,
  type BotUnderLoad,
  type Done,
  expectNothingLost,
  SteadyLoad,
  servers,
  startBotUnderLoad,
} from './steady-load.ts';

const { exec: real } = DatabaseSync.prototype;
const mostConnections = 20;
const unknownInteraction = 10_062;

let server: TestServer;
let folder = '';
let url = '';
/** Records what this process does with files. */
let exec: MockInstance<DatabaseSync['exec']>;
beforeAll(async () => {
  server = await startPostgres([`max_connections=${mostConnections}`]);
});
afterAll(() => server.stop());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'verbatim-stricken-'));
  url = await createDatabase(server.url);
  exec = vi.spyOn(DatabaseSync.prototype, 'exec');
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** Ends the fault. */
type Heal = () => Promise<void> | void;

interface Row {
  readonly name: string;
  readonly storage: () => TestStorage;
  /** Causes the fault; `library` is that of the first server. */
  readonly strike: (library: string) => Promise<Heal> | Heal;
  /** What users are told; if left out, they notice nothing. */
  readonly sentence?: RegExp;
  readonly concerns: 'the first server' | 'all servers';
  /** True if questions are still answered. */
  readonly isForChanges?: true;
  /** True if the fault lasts longer than Discord waits for suggestions. */
  readonly isAway?: true;
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** Returns the open connections to a file. */
function connectionsTo(path: string): ReadonlySet<DatabaseSync> {
  const all = exec.mock.contexts.filter(each => each instanceof DatabaseSync);
  return new Set(all.filter(database => database.isOpen && database.location() === path));
}

/** Allows no more pages, which gives the same SQLite error as a full disk. */
const noMore = 'PRAGMA max_page_count = 1';
const asManyAsItLikes = 'PRAGMA max_page_count = 4294967294';

function fillFile(library: string): Heal {
  const limit = (pages: string) => {
    const own = connectionsTo(join(folder, `${library}.sqlite`));
    expect(own.size).toBe(1);
    for (const database of own) database.exec(pages);
  };
  limit(noMore);
  return () => limit(asManyAsItLikes);
}

/**
 * The same for every file, including those opened meanwhile. The shared-memory file ("-shm") has no room either: it is
 * replaced by a link that nobody can open, whatever their privileges.
 */
function fillDisk(): Heal {
  const files = () => readdirSync(folder).filter(name => /^server-\d+\.sqlite$/v.test(name));
  const limitAll = (pages: string) => {
    for (const name of files()) for (const database of connectionsTo(join(folder, name))) real.call(database, pages);
  };
  limitAll(noMore);
  exec.mockImplementation(function limited(this: DatabaseSync, sql: string) {
    real.call(this, sql);
    if (this.isOpen && dirname(this.location() ?? '') === folder) real.call(this, noMore);
  });
  const shared = files()
    .map(name => join(folder, `${name}-shm`))
    .filter(path => !existsSync(path));
  for (const path of shared) symlinkSync(path, path);
  return () => {
    for (const path of shared) unlinkSync(path);
    exec.mockImplementation(real);
    limitAll(asManyAsItLikes);
  };
}

/** Root can read files without permissions, so the file is replaced by something that nobody can read as one. */
function hideFile(library: string): Heal {
  const path = join(folder, `${library}.sqlite`);
  const aside = join(folder, 'aside');
  renameSync(path, aside);
  mkdirSync(path);
  return () => {
    rmdirSync(path);
    renameSync(aside, path);
  };
}

/**
 * Makes the server raise its out-of-space error, for one library or for all. The trigger stays and is made harmless:
 * dropping it would lock out readers, which a full disk doesn't.
 */
async function fillTable(library?: string): Promise<Heal> {
  const which = library === undefined ? '' : `WHEN (NEW.library = '${library}')`;
  const room = (does: string) =>
    `CREATE OR REPLACE FUNCTION room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${does}; END $$;`;
  const isFull = `RAISE EXCEPTION 'could not extend file "base/5/16384": No space left on device' USING ERRCODE = 'disk_full'`;
  await onServer(`${room(isFull)}
    CREATE TRIGGER room BEFORE INSERT ON verbatim.articles FOR EACH ROW ${which} EXECUTE FUNCTION room();`);
  return () => onServer(room('RETURN NEW'));
}

async function restart(): Promise<Heal> {
  await server.halt();
  await server.start();
  return () => undefined;
}

/** Takes all of the server's connections, including the bot's. */
async function takeConnections(): Promise<Heal> {
  const taken: pg.Client[] = [];
  while (taken.length < mostConnections) {
    const client = new pg.Client({ connectionString: url, application_name: 'others' });
    const isIn = await client.connect().then(
      () => true,
      () => false,
    );
    if (isIn) taken.push(client);
    else await pause(20);
    const sql = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'verbatim'`;
    await taken[0]?.query(sql);
  }
  return async () => {
    await Promise.all(taken.map(client => client.end()));
  };
}

const inFiles = () => ({ libraryFolder: folder });
const inDatabase = () => ({ databaseUrl: url });

const anySentence = /nothing was changed/v;

const noRoomInFiles = /^The disk with the library is full, so nothing was changed\./v;
const noRoomInDatabase = /^The library’s database is full, so nothing was changed\./v;

const rows: readonly Row[] = [
  {
    name: 'files: the disk is full for one library',
    storage: inFiles,
    strike: fillFile,
    sentence: noRoomInFiles,
    isForChanges: true,
    concerns: 'the first server',
  },
  {
    name: 'files: the disk is full for all libraries',
    // Few, so that libraries are opened while the disk is full.
    storage: () => ({ libraryFolder: folder, mostOpen: 2 }),
    strike: fillDisk,
    sentence: noRoomInFiles,
    isForChanges: true,
    concerns: 'all servers',
  },
  {
    name: 'files: one library cannot be read',
    // Few, so that libraries are opened again and again.
    storage: () => ({ libraryFolder: folder, mostOpen: 2 }),
    strike: hideFile,
    sentence: /^The library can’t be read or written, so nothing was changed\./v,
    concerns: 'the first server',
  },
  { name: 'PostgreSQL is started again', storage: inDatabase, strike: restart, concerns: 'all servers', isAway: true },
  {
    name: 'PostgreSQL has no connection left',
    storage: inDatabase,
    strike: takeConnections,
    sentence: /^The library’s database has no free connections, so nothing was changed\./v,
    concerns: 'all servers',
    isAway: true,
  },
  {
    name: 'PostgreSQL has no room left for one library',
    storage: inDatabase,
    strike: fillTable,
    sentence: noRoomInDatabase,
    isForChanges: true,
    concerns: 'the first server',
  },
  {
    name: 'PostgreSQL has no room left for any library',
    storage: inDatabase,
    strike: () => fillTable(),
    sentence: noRoomInDatabase,
    isForChanges: true,
    concerns: 'all servers',
  },
];

/** Returns the servers in which users got the message. */
function toldIn(done: readonly Done[], sentence: RegExp): ReadonlySet<number> {
  return new Set(done.filter(({ said }) => said.some(text => sentence.test(text))).map(({ where }) => where));
}

function concernedBy({ concerns }: Row): readonly number[] {
  return Array.from({ length: concerns === 'all servers' ? servers : 1 }, (_, where) => where);
}

function isTyping({ action, failed }: Done): boolean {
  return (
    (action === 'completing' || action === 'removing') && failed?.startsWith('The application did not respond') === true
  );
}

async function strikeInTheMiddle({ playground }: BotUnderLoad, load: SteadyLoad, row: Row) {
  const { strike, sentence } = row;
  const many = concernedBy(row).length;
  const [first = ''] = playground.servers();
  await load.more(3);
  const heal = await strike(`server-${first}`);
  const before = load.count;
  if (sentence !== undefined) await load.until(() => toldIn(load.done(before), sentence).size === many);
  if (many < servers) await load.more(3);
  await heal();
  await allAnswer(playground);
  await load.more(3);
  return await load.end();
}

test.each(rows)('$name', async row => {
  const busy = await startBotUnderLoad(row.storage());
  const load = new SteadyLoad(busy.playground);
  const done = await strikeInTheMiddle(busy, load, row);
  await expectNothingLost(load, done, busy.libraries);
  const failed = done.filter(each => each.failed !== undefined);
  expect(failed.filter(each => row.isAway !== true || !isTyping(each))).toEqual([]);
  expect(apologiesIn(done)).toEqual([]);
  expect(done.filter(({ said }) => said.filter(text => anySentence.test(text)).length > 1)).toEqual([]);
  expect([...toldIn(done, anySentence)].sort()).toEqual(row.sentence === undefined ? [] : concernedBy(row));
  const told = done.filter(({ said }) => said.some(text => anySentence.test(text))).map(({ action }) => action);
  if (row.isForChanges) expect(told.filter(action => action !== 'adding' && action !== 'removing')).toEqual([]);
  const codes = new Set(busy.playground.refusals.map(({ code }) => code));
  expect([...codes]).toEqual(failed.length === 0 ? [] : [unknownInteraction]);
  await busy.stop();
});
