/**
 * `npm run backup -- --to FOLDER`: all libraries, as files with checksums, while the bot runs. `npm run restore` brings them back,
 * to files or to a database.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { backUp, type Told } from '../library/backup.ts';
import { openBacking } from '../library/places.ts';
import { placeIn, Refusal, refuseNothing, run, settingsOrRefusal } from './keeping.ts';

function tell(told: Told): void {
  if (told.kind === 'left out') {
    console.error(`${told.name} was left out. ${told.reason}`);
    process.exitCode = 1;
    return;
  }
  const { library, damaged } = told;
  const lost = damaged === 0 ? '' : `, and ${damaged} damaged`;
  console.log(`${library.name}: ${library.articles} articles${lost}.`);
  if (damaged > 0) process.exitCode = 1;
}

await run(async () => {
  const { values } = parseArgs({ options: { to: { type: 'string' } } });
  if (values.to === undefined || values.to === '') throw new Refusal('npm run backup -- --to FOLDER');
  const settings = settingsOrRefusal();
  const folder = resolve(values.to);
  const backing = await openBacking(placeIn(settings.dataDir, settings.databaseUrl));
  try {
    refuseNothing(await backing.names(), settings);
    const { libraries } = await backUp(backing, folder, tell);
    const articles = libraries.reduce((sum, library) => sum + library.articles, 0);
    console.log(`${folder} holds ${libraries.length} libraries with ${articles} articles.`);
  } finally {
    await backing.close();
  }
});
