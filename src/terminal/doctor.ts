/**
 * `npm run doctor`: checks everything that the bot needs and prints a line for each, with what to do. Exits with 1 on
 * an error.
 */
import { readEnvFile, readSettings, tooOpen } from '../settings.ts';
import { examineDiscord } from './doctor/discord.ts';
import { type Finding, lineOf } from './doctor/finding.ts';
import {
  examineFolder,
  examineFonts,
  examineNode,
  examinePorts,
  examineReader,
  examineSeeds,
} from './doctor/machine.ts';
import { examineStore } from './doctor/store.ts';

async function* findings(): AsyncGenerator<Finding> {
  yield examineNode(process.versions.node);
  const outcome = readSettings();
  if (outcome.kind === 'problems') {
    for (const sentence of outcome.problems) yield { kind: 'bad', about: 'settings', sentence };
    return;
  }
  const { kind, path } = readEnvFile(process.cwd());
  const source = kind === 'none' ? `the environment alone (there is no ${path})` : `${path} and the environment`;
  yield { kind: 'good', about: 'settings', sentence: `All settings are valid. They come from ${source}.` };
  const warning = tooOpen();
  if (warning !== undefined) yield { kind: 'doubtful', about: '.env', sentence: warning };
  yield* await examineDiscord(outcome.settings);
  yield* await examinePorts(outcome.settings);
  yield* examineFolder(outcome.settings);
  yield* await examineStore(outcome.settings);
  yield examineSeeds();
  yield await examineFonts();
  yield await examineReader();
}

for await (const finding of findings()) {
  console.log(lineOf(finding));
  if (finding.kind === 'bad') process.exitCode = 1;
}
