/**
 * `npm run restore -- --from FOLDER`: what `npm run backup` wrote, to where the settings say that libraries are kept. It compares every
 * article, overwrites nothing, and goes on where it was stopped.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Restored, restore } from '../library/restore.ts';
import { placeIn, Refusal, run, settingsOrRefusal } from './keeping.ts';

function tell({ kind, library }: Restored): void {
  if (kind === 'restored') {
    console.log(`${library.name}: ${library.articles} articles.`);
    return;
  }
  console.error(`${library.name}: there is another library of this name already, which was left as it is.`);
  process.exitCode = 1;
}

await run(async () => {
  const { values } = parseArgs({ options: { from: { type: 'string' } } });
  if (values.from === undefined || values.from === '') throw new Refusal('npm run restore -- --from FOLDER');
  const { dataDir, databaseUrl } = settingsOrRefusal();
  const { made, libraries } = await restore(resolve(values.from), placeIn(dataDir, databaseUrl), tell);
  const shown = `${made.slice(0, 16).replace('T', ' ')} UTC`;
  if (process.exitCode === undefined) console.log(`All ${libraries.length} libraries are as they were at ${shown}.`);
});
