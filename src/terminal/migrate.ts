import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Copied, copyLibrary } from '../library/backup/copy.ts';
import { openBackupSource } from '../library/backup/source.ts';
import { openBackend, type StorageLocation } from '../library/store/backends.ts';
import { StorageError } from '../library/store/errors.ts';
import { fileOf } from '../library/store/sqlite/backend.ts';
import type { Backend, ScheduledTask } from '../library/store/store.ts';
import { alreadyThere, locationIn, opened, Refusal, refuseNothing, report, run, settingsOrRefusal } from './command.ts';
import { articles, libraries } from './progress.ts';

const USAGE = `Usage: npm run migrate -- --to postgres://…

Copies all libraries to a database or to another data folder, and compares every article. Stop the bot first. It can be
stopped and run again.

  --to postgres://…   a database; TARGET_DATABASE_URL in the environment keeps the password private
  --to FOLDER         a data folder (DATA_DIR)`;
const ADDRESS = /^(?<scheme>[a-z][a-z\d+.\-]*):\/\//iv;
const SCHEMES = ['postgres', 'postgresql'];

function targetOf(to: string | undefined, source: StorageLocation): StorageLocation {
  if (to === undefined || to === '') throw new Refusal(USAGE);
  const scheme = ADDRESS.exec(to)?.groups?.scheme;
  if (scheme !== undefined && !SCHEMES.includes(scheme)) {
    throw new Refusal(`Libraries can be in PostgreSQL or in files, not at ${scheme}://.\n\n${USAGE}`);
  }
  const target = scheme === undefined ? locationIn(to, undefined) : locationIn('', to);
  const isSame = target.databaseUrl === source.databaseUrl && resolve(target.folder) === resolve(source.folder);
  if (isSame || (to === source.databaseUrl && target.databaseUrl !== undefined)) {
    throw new Refusal('The libraries are there already. Choose another target.');
  }
  return target;
}

/** Skips a library that can't be read, so that the others are copied. */
async function copyOne(name: string, from: Backend, to: Backend, source: StorageLocation): Promise<Copied | undefined> {
  try {
    return await copyLibrary(name, from, to);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    const path = source.databaseUrl === undefined ? fileOf(source.folder, name) : name;
    console.error(`${path} was skipped. ${error.message}`);
    process.exitCode = 1;
    return undefined;
  }
}

/** Copies the listed libraries. Those of servers that the bot left are to be erased there on the same dates. */
async function copyAll(from: Backend, to: Backend, source: StorageLocation, listed: Listed): Promise<void> {
  const moments = new Map(listed.leaving.map(({ library, moment }) => [library, moment]));
  const total = { libraries: 0, articles: 0 };
  for (const name of listed.names.toSorted()) {
    const copied = await copyOne(name, from, to, source);
    if (copied === undefined) continue;
    if (copied.kind === 'taken') {
      console.error(alreadyThere(name, 'erase it (/library erase on Discord) and run this again'));
      process.exitCode = 1;
      continue;
    }
    const moment = moments.get(name);
    if (moment !== undefined) await to.schedule('leaving', name, moment);
    const damaged = copied.damaged === 0 ? '' : `, ${copied.damaged} damaged and skipped`;
    console.log(`${name}: ${articles(copied.articles)}, ${copied.added} copied now${damaged}.`);
    if (copied.damaged > 0) process.exitCode = 1;
    total.libraries += 1;
    total.articles += copied.articles;
  }
  console.log(`Copied and compared ${libraries(total.libraries)} with ${articles(total.articles)}.`);
}

interface Listed {
  readonly names: readonly string[];
  readonly leaving: readonly ScheduledTask[];
}

/** Lists libraries as a backup does, which creates no folder. */
async function list(source: StorageLocation): Promise<Listed> {
  const backing = await opened(source, openBackupSource(source, report));
  try {
    return { names: await backing.names(), leaving: await backing.leaving() };
  } finally {
    await backing.close();
  }
}

await run(USAGE, async () => {
  const { values } = parseArgs({ options: { to: { type: 'string' } } });
  const settings = settingsOrRefusal();
  const source = locationIn(settings.dataDir, settings.databaseUrl);
  const target = targetOf(values.to ?? process.env.TARGET_DATABASE_URL, source);
  const listed = await list(source);
  refuseNothing(listed.names, settings);
  const from = await opened(source, openBackend(source, report));
  try {
    const to = await opened(target, openBackend(target, report));
    await copyAll(from, to, source, listed).finally(() => to.close());
  } finally {
    await from.close();
  }
});
