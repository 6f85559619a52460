/**
 * `npm run restore -- --from FOLDER`: restores a backup to where the settings keep the libraries. Compares every
 * article, overwrites nothing, and can be stopped and run again.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Restored, restore } from '../library/backup/restore.ts';
import { alreadyThere, locationIn, Refusal, report, run, settingsOrRefusal } from './command.ts';
import { articles, libraries as count } from './progress.ts';

function print(restored: Restored): void {
  const { library } = restored;
  if (restored.kind === 'restored') {
    console.log(`${library.name}: ${articles(library.articles)}.`);
    return;
  }
  const { name } = library;
  console.error('reason' in restored ? `${restored.path} was skipped. ${restored.reason}` : alreadyThere(name));
  process.exitCode = 1;
}

await run(async () => {
  const { values } = parseArgs({ options: { from: { type: 'string' } } });
  if (values.from === undefined || values.from === '') throw new Refusal('Usage: npm run restore -- --from FOLDER');
  const { dataDir, databaseUrl } = settingsOrRefusal();
  const { made, libraries } = await restore(resolve(values.from), locationIn(dataDir, databaseUrl), print, report);
  const shown = `${made.slice(0, 16).replace('T', ' ')} UTC`;
  if (process.exitCode === undefined) console.log(`Restored ${count(libraries.length)} as of ${shown}.`);
});
