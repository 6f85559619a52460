/**
 * `npm run restore -- --from FOLDER`: what `npm run backup` wrote, to where the settings say that libraries are kept. It compares every
 * article, overwrites nothing, and goes on where it was stopped.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Restored, restore } from '../library/backup/restore.ts';
import { placeIn, Refusal, run, settingsOrRefusal, taken } from './keeping.ts';
import { articles } from './progress.ts';

function tell(restored: Restored): void {
  const { library } = restored;
  if (restored.kind === 'restored') {
    console.log(`${library.name}: ${articles(library.articles)}.`);
    return;
  }
  const { name } = library;
  console.error('reason' in restored ? `${restored.path} was left out. ${restored.reason}` : taken(name));
  process.exitCode = 1;
}

await run(async () => {
  const { values } = parseArgs({ options: { from: { type: 'string' } } });
  if (values.from === undefined || values.from === '') throw new Refusal('npm run restore -- --from FOLDER');
  const { dataDir, databaseUrl } = settingsOrRefusal();
  const { made, libraries } = await restore(resolve(values.from), placeIn(dataDir, databaseUrl), tell);
  const shown = `${made.slice(0, 16).replace('T', ' ')} UTC`;
  if (process.exitCode === undefined)
    console.log(
      `${libraries.length === 1 ? 'The library is as it was' : `All ${libraries.length} libraries are as they were`} at ${shown}.`,
    );
});
