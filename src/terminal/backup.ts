/**
 * `npm run backup -- --to FOLDER`: all libraries, as files with checksums, while the bot runs. `npm run restore` brings them back,
 * to files or to a database.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { backUp, type Told } from '../library/backup/backup.ts';
import { openBackupSource } from '../library/store/backends.ts';
import { placeIn, Refusal, refuseNothing, run, settingsOrRefusal } from './keeping.ts';
import { articles, libraries } from './progress.ts';

function tell(told: Told): void {
  if (told.kind === 'left out') {
    console.error(`${told.name} was left out. ${told.reason}`);
    process.exitCode = 1;
    return;
  }
  const { library, damaged } = told;
  const lost = damaged === 0 ? '' : `, and ${damaged} damaged`;
  console.log(`${library.name}: ${articles(library.articles)}${lost}.`);
  if (damaged > 0) process.exitCode = 1;
}

await run(async () => {
  const { values } = parseArgs({ options: { to: { type: 'string' } } });
  if (values.to === undefined || values.to === '') throw new Refusal('npm run backup -- --to FOLDER');
  const settings = settingsOrRefusal();
  const folder = resolve(values.to);
  const backing = await openBackupSource(placeIn(settings.dataDir, settings.databaseUrl));
  try {
    refuseNothing(await backing.names(), settings);
    const { libraries: all } = await backUp(backing, folder, tell);
    const sum = all.reduce((total, library) => total + library.articles, 0);
    console.log(`${folder} holds ${libraries(all.length)} with ${articles(sum)}.`);
  } finally {
    await backing.close();
  }
});
