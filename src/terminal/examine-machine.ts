import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { loadSeeds } from '../library/seeds.ts';
import type { Settings } from '../settings.ts';
import { tell } from '../wording/say.ts';
import type { Finding } from './finding.ts';

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

/** What every new library begins with; a sentence where it is not there. */
function readSeeds(folder: string) {
  try {
    return loadSeeds(folder);
  } catch {
    return `${folder} cannot be read: install Verbatim whole (git checkout seeds, or a new clone).`;
  }
}

export function examineSeeds(folder = join(import.meta.dirname, '../../seeds')): Finding {
  const about = 'seeds';
  const seeds = readSeeds(folder);
  if (typeof seeds === 'string') return { kind: 'bad', about, sentence: seeds };
  const { articles, problems } = seeds;
  const [first] = problems;
  if (first === undefined) {
    const number = articles.length === 1 ? 'one article' : `${articles.length} articles`;
    return { kind: 'good', about, sentence: `A new library begins with ${number}.` };
  }
  const places = problems.map(({ file, line }) => `${file}:${line}`).join(', ');
  return { kind: 'bad', about, sentence: `Of seeds/ some cannot be read (${places}): ${tell(first.expected, 'en')}.` };
}

/** The folder itself, or where there is none yet, the nearest above it. */
export function nearest(folder: string): string {
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

function isMine(folder: string): boolean {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function rightsIn(folder: string): Finding {
  const about = 'folder';
  const { uid } = statSync(folder);
  if (!statSync(folder).isDirectory()) {
    return {
      kind: 'bad',
      about,
      sentence: `${folder} is no folder: set DATA_DIR to one, or to one that is not there yet.`,
    };
  }
  if (!isMine(folder)) {
    const way = `run this as the user that the bot runs as, make it theirs, or set DATA_DIR to another folder`;
    return { kind: 'bad', about, sentence: `${folder} cannot be written by this user: ${way}.` };
  }
  const me = process.getuid?.() ?? uid;
  if (me === uid) return { kind: 'good', about, sentence: `${folder} can be written.` };
  const way = `if the bot runs as that one, run every command as it, too: it cannot open what this one makes`;
  return {
    kind: 'doubtful',
    about,
    sentence: `${folder} belongs to another user (${uid}) than this one (${me}): ${way}.`,
  };
}

/** Whether what must not be lost can be written, and has room. With a database and Discord nothing is kept there. */
export function examineFolder({ dataDir, databaseUrl, discordToken }: Settings): readonly Finding[] {
  if (databaseUrl !== undefined && discordToken !== undefined) return [];
  const folder = nearest(resolve(dataDir));
  const rights = rightsIn(folder);
  return databaseUrl === undefined ? [rights, spaceIn(folder)] : [rights];
}
