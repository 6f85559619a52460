import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type BackupResult, backUp } from '../library/backup/backup.ts';
import { openBackupSource } from '../library/backup/source.ts';
import { locationIn, opened, Refusal, refuseNothing, report, run, settingsOrRefusal } from './command.ts';
import { articles, libraries } from './progress.ts';

function print(progress: BackupResult): void {
  if (progress.kind === 'left out') {
    console.error(`${progress.name} was skipped. ${progress.reason}`);
    process.exitCode = 1;
    return;
  }
  const { library, damaged } = progress;
  const lost = damaged === 0 ? '' : `, ${damaged} damaged and skipped`;
  console.log(`${library.name}: ${articles(library.articles)}${lost}.`);
  if (damaged > 0) process.exitCode = 1;
}

const USAGE = `Usage: npm run backup -- --to FOLDER

Copies all libraries to files with checksums, while the bot runs. npm run restore reads them.

  --to FOLDER   a folder that is empty or doesn't exist yet`;

await run(USAGE, async () => {
  const { values } = parseArgs({ options: { to: { type: 'string' } } });
  if (values.to === undefined || values.to === '') throw new Refusal(USAGE);
  const settings = settingsOrRefusal();
  const folder = resolve(values.to);
  const there = locationIn(settings.dataDir, settings.databaseUrl);
  const source = await opened(there, openBackupSource(there, report));
  try {
    refuseNothing(await source.names(), settings);
    const { libraries: all } = await backUp(source, folder, print);
    const sum = all.reduce((total, library) => total + library.articles, 0);
    console.log(`Backed up ${libraries(all.length)} with ${articles(sum)} to ${folder}.`);
  } finally {
    await source.close();
  }
});
