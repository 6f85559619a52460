import { join } from 'node:path';
import { CannotKeep } from '../library/faults.ts';
import { type Inspected, type Libraries, openLibraries } from '../library/libraries.ts';
import type { Owner } from '../library/library.ts';
import { loadSeeds } from '../library/seeds.ts';
import { readSettings } from '../settings.ts';

/** What a command at the terminal is refused with: a sentence. */
class Refusal extends Error {}

/** The libraries of the folder that the settings name. The bot must not run: it holds them itself. */
export function openKept(processes: number): Libraries & Inspected {
  const outcome = readSettings();
  if (outcome.kind === 'problems') throw new Refusal(outcome.problems.join('\n'));
  const { dataDir, maxArticles } = outcome.settings;
  const { articles: seeds } = loadSeeds(join(import.meta.dirname, '../../seeds'));
  return openLibraries({
    folder: join(dataDir, 'libraries'),
    seeds,
    mostArticles: maxArticles,
    mostOpen: 1,
    processes,
    report: sentence => console.error(sentence),
  });
}

export function serverOf(id: string | undefined, usage: string): Owner {
  if (id === undefined) throw new Refusal(usage);
  return { kind: 'server', id };
}

/** Does the command; what is refused is a sentence on standard error, and the exit code is 1. */
export async function run(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    if (!(error instanceof Error) || !isExpected(error)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** Options that are not known are the person's mistake, too. */
function isExpected(error: Error): boolean {
  if (error instanceof Refusal || error instanceof CannotKeep) return true;
  return String(Reflect.get(error, 'code')).startsWith('ERR_PARSE_ARGS');
}
