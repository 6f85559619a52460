import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, dirname, join, resolve } from 'node:path';
import type { FontFile } from '../../cards/typefaces.ts';
import { loadSeeds } from '../../library/seeds.ts';
import type { Settings } from '../../settings.ts';
import { startFailure } from '../../start-failure.ts';
import { format } from '../../wording/say.ts';
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
  return {
    kind: 'bad',
    about,
    sentence: `Of seeds/ some cannot be read (${places}): ${format(first.expected, 'en')}.`,
  };
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

const about = 'fonts';
/** A letter of each kind that cards are drawn with. */
const letters = { Latin: 'é', Chinese: '新', emoji: '\u{1f600}' };
const advice = 'run npm ci, which brings them; until then cards are drawn wrong or not at all.';

/** Whether the drawer of cards can load what it draws with: its canvas, and the typefaces that ship. */
export async function examineFonts(text = Object.values(letters).join('')): Promise<Finding> {
  try {
    // Where the canvas is not made for this machine, or a typeface is missing, this fails, and nothing else here must.
    const [{ unloadable }, typefaces] = await Promise.all([
      import('../../cards/typefaces.ts'),
      import('../../cards/typefaces.ts'),
    ]);
    return findingOf(typefaces.lettersWithoutFont([text]), unloadable(typefaces.fontFilesFor([text])));
  } catch (error) {
    const [first] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { kind: 'bad', about, sentence: `The drawer of cards cannot be loaded (${first}): ${advice}` };
  }
}

/** What is to be told of letters that no typeface has, and of files that cannot be loaded. */
export function findingOf(missing: readonly string[], broken: readonly FontFile[]): Finding {
  const kinds = Object.keys(letters).join(', ');
  if (missing.length === 0 && broken.length === 0) {
    return { kind: 'good', about, sentence: `Cards can be drawn: ${kinds}.` };
  }
  const named = [...missing.map(letter => `of ${letter}`), ...broken.map(({ path }) => basename(path))].join(', ');
  return { kind: 'bad', about, sentence: `Typefaces cannot be loaded (${named}): ${advice}` };
}

interface Address {
  readonly host: string;
  readonly port: number;
}

const patience = 2000;

/** Takes a port for a moment; resolves to what the system says where it cannot be had. */
function tryPort({ host, port }: Address): Promise<Error | undefined> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', resolve);
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

/** Whether a bot shows its figures there. */
async function isShown({ host, port }: Address): Promise<boolean> {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  const address = `http://${name.includes(':') ? `[${name}]` : name}:${port}/healthz`;
  const text = await fetch(address, { signal: AbortSignal.timeout(patience) }).then(
    response => response.text(),
    () => '',
  );
  return text === 'alive\n';
}

async function examineFigures(at: Address, settings: Settings): Promise<Finding> {
  const about = 'figures';
  const error = await tryPort(at);
  if (error === undefined)
    return { kind: 'good', about, sentence: `They can be shown at ${at.host}, port ${at.port}.` };
  if (await isShown(at)) {
    return { kind: 'good', about, sentence: `A bot that runs shows them at ${at.host}, port ${at.port}.` };
  }
  return { kind: 'bad', about, sentence: startFailure(error, settings)?.message ?? sentenceOf(at, error) };
}

function sentenceOf({ host, port }: Address, error: Error): string {
  return `Port ${port} of ${host} cannot be had (${String(Reflect.get(error, 'code'))}): choose another one.`;
}

/** Whether what the settings say can be listened at. A taken port of the playground is the bot itself, most often. */
export async function examinePorts(settings: Settings): Promise<readonly Finding[]> {
  const { metrics, discordToken, playgroundPort } = settings;
  const found: Finding[] = [];
  if (metrics !== undefined) found.push(await examineFigures(metrics, settings));
  if (discordToken !== undefined || playgroundPort === undefined) return found;
  const at = { host: '127.0.0.1', port: playgroundPort };
  const error = await tryPort(at);
  if (error === undefined) return found;
  const sentence = `${startFailure(error, settings)?.message ?? sentenceOf(at, error)} If that is the bot, all is well.`;
  return [...found, { kind: 'doubtful', about: 'page', sentence }];
}
