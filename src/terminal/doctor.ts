/**
 * `npm run doctor`: looks at everything that the bot needs to run, and says in a line each how it is and what to do. Exits with 1
 * where something is bad.
 */
import { readEnvFile, readSettings, tooOpen } from '../settings.ts';
import { examineDiscord } from './doctor/discord.ts';
import { type Finding, lineOf } from './doctor/finding.ts';
import { examineFolder, examineFonts, examineNode, examinePorts, examineSeeds } from './doctor/machine.ts';
import { examineStore } from './doctor/store.ts';

async function* findings(): AsyncGenerator<Finding> {
  yield examineNode(process.versions.node);
  const outcome = readSettings();
  if (outcome.kind === 'problems') {
    for (const sentence of outcome.problems) yield { kind: 'bad', about: 'settings', sentence };
    return;
  }
  const { kind, path } = readEnvFile(process.cwd());
  const from =
    kind === 'none' ? `There is no ${path}: they come from the environment alone` : `Those of ${path} are read`;
  yield { kind: 'good', about: 'settings', sentence: `All of them are known and can be used. ${from}.` };
  const warning = tooOpen();
  if (warning !== undefined) yield { kind: 'doubtful', about: '.env', sentence: warning };
  yield* await examineDiscord(outcome.settings);
  yield* await examinePorts(outcome.settings);
  yield* examineFolder(outcome.settings);
  yield* await examineStore(outcome.settings);
  yield examineSeeds();
  yield await examineFonts();
}

for await (const finding of findings()) {
  console.log(lineOf(finding));
  if (finding.kind === 'bad') process.exitCode = 1;
}
