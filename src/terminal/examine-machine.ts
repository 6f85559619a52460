import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CannotKeep } from '../library/faults.ts';
import { loadSeeds } from '../library/seeds.ts';
import type { Settings } from '../settings.ts';
import { tell } from '../wording/say.ts';
import type { Finding } from './finding.ts';
import { openKept } from './keeping.ts';

const oldestNode = 24;
const mebibyte = 1024 * 1024;
/** In mebibytes. A library of 2,000 articles takes some 40. */
const [least, comfortable] = [100, 1024];

export function examineNode(version: string): Finding {
  const isOld = Number(version.split('.')[0]) < oldestNode;
  const sentence = isOld
    ? `This is Node ${version}, and Verbatim needs ${oldestNode}: run npm ci, which brings it, and start with npm.`
    : `Node ${version}.`;
  return { kind: isOld ? 'bad' : 'good', about: 'node', sentence };
}

export function examineSeeds(): Finding {
  const { articles, problems } = loadSeeds(join(import.meta.dirname, '../../seeds'));
  const about = 'seeds';
  const [first] = problems;
  if (first === undefined) {
    const number = articles.length === 1 ? 'one article' : `${articles.length} articles`;
    return { kind: 'good', about, sentence: `A new library begins with ${number}.` };
  }
  const places = problems.map(({ file, line }) => `${file}:${line}`).join(', ');
  return { kind: 'bad', about, sentence: `Of seeds/ some cannot be read (${places}): ${tell(first.expected, 'en')}.` };
}

/** The folder itself, or where there is none yet, the nearest above it. */
function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}

function spaceIn(folder: string): Finding {
  const { bavail, bsize } = statfsSync(folder);
  const free = Math.floor((bavail * bsize) / mebibyte);
  const about = 'space';
  const shown = `${free.toLocaleString('en')} MiB are free at ${folder}`;
  if (free >= comfortable) return { kind: 'good', about, sentence: `${shown}.` };
  return { kind: free < least ? 'bad' : 'doubtful', about, sentence: `${shown}: make room before it runs out.` };
}

/** Whether what must not be lost can be written, and has room. */
export function examineFolder({ dataDir }: Settings): readonly Finding[] {
  const folder = nearest(resolve(dataDir));
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return [{ kind: 'good', about: 'folder', sentence: `${folder} can be written.` }, spaceIn(folder)];
  } catch {
    const sentence = `${folder} cannot be written by this user: make it theirs, or set DATA_DIR to another folder.`;
    return [{ kind: 'bad', about: 'folder', sentence }];
  }
}

/** Opens what keeps the libraries as the bot would: it is reached, locked, brought to this version and asked something. */
export async function examineStore(): Promise<Finding> {
  const about = 'store';
  try {
    const libraries = await openKept(1);
    await libraries.check().finally(() => libraries.close());
    return { kind: 'good', about, sentence: 'It answers and is of this version.' };
  } catch (error) {
    if (!(error instanceof CannotKeep)) throw error;
    const isTaken = error.message.startsWith('Another process');
    const sentence = isTaken ? `${error.message} If that is the bot, all is well.` : error.message;
    return { kind: isTaken ? 'doubtful' : 'bad', about, sentence };
  }
}
