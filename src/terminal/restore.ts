import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { backUp, readManifest } from '../library/backup/backup.ts';
import { type Restored, restore } from '../library/backup/restore.ts';
import { openBackupSource } from '../library/backup/source.ts';
import type { StorageLocation } from '../library/store/backends.ts';
import { fileOf } from '../library/store/sqlite/backend.ts';
import { alreadyThere, locationIn, opened, Refusal, report, run, settingsOrRefusal } from './command.ts';
import { articles, libraries as count } from './progress.ts';

const USAGE = `Usage: npm run restore -- --from FOLDER [--replace]

Restores a backup to where the settings keep the libraries, and compares every article. With files, stop the bot first.
It can be stopped and run again.

  --from FOLDER   what npm run backup wrote
  --replace       replace libraries that are there with other contents, after a backup of them`;

function print(restored: Restored): void {
  const { library } = restored;
  if (restored.kind === 'restored' || restored.kind === 'replaced') {
    console.log(`${library.name}: ${articles(library.articles)}${restored.kind === 'replaced' ? ', replaced' : ''}.`);
    return;
  }
  const { name } = library;
  const way = 'run this again with --replace, which backs it up first';
  console.error('reason' in restored ? `${restored.path} was skipped. ${restored.reason}` : alreadyThere(name, way));
  process.exitCode = 1;
}

/**
 * Backs up the libraries that a backup would replace. Returns the folder; `undefined` if there are none. Throws
 * `Refusal` if one of them can't be read.
 */
async function backUpFirst(from: string, dataDir: string, there: StorageLocation): Promise<string | undefined> {
  const wanted = new Set(readManifest(from).libraries.map(({ name }) => name));
  const source = await opened(there, openBackupSource(there, report));
  try {
    const names = (await source.names()).filter(name => wanted.has(name));
    if (names.length === 0) return undefined;
    // To the millisecond: two restores in the same second must not share a folder.
    const moment = new Date().toISOString().slice(0, -1).replaceAll(/[.:T]/gv, '-');
    const folder = resolve(join(dataDir, 'backups', `before-restore-${moment}`));
    await backUp({ ...source, names: () => Promise.resolve(names) }, folder, told => {
      if (told.kind !== 'left out') return;
      const { name, reason } = told;
      const file = resolve(fileOf(there.folder, name));
      const way =
        there.databaseUrl === undefined ? ` If it's damaged, move ${file} out of its folder and run this again.` : '';
      throw new Refusal(`${name} can't be backed up, so nothing was replaced. ${reason}${way}`);
    });
    return folder;
  } finally {
    await source.close();
  }
}

await run(USAGE, async () => {
  const { values } = parseArgs({ options: { from: { type: 'string' }, replace: { type: 'boolean', default: false } } });
  if (values.from === undefined || values.from === '') throw new Refusal(USAGE);
  const { dataDir, databaseUrl } = settingsOrRefusal();
  const from = resolve(values.from);
  const there = locationIn(dataDir, databaseUrl);
  const before = values.replace ? await backUpFirst(from, dataDir, there) : undefined;
  let isReplaced = false;
  const tell = (restored: Restored) => {
    isReplaced ||= restored.kind === 'replaced';
    print(restored);
  };
  const { made, libraries } = await opened(there, restore(from, there, { tell, replaces: values.replace, report }));
  const shown = `${made.slice(0, 16).replace('T', ' ')} UTC`;
  if (process.exitCode === undefined) console.log(`Restored ${count(libraries.length)} as of ${shown}.`);
  if (before === undefined) return;
  const what = isReplaced ? 'What was there before' : 'Nothing was replaced. A backup of what was there';
  console.log(`${what} is in ${before}.`);
});
