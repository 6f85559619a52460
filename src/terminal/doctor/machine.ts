import { accessSync, constants, statfsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, join, resolve } from 'node:path';
import { Encoder, type Encodes } from '../../answering/networks/encoder.ts';
import { attribute } from '../../attribution/attribute.ts';
import type { FontFile } from '../../cards/typefaces.ts';
import { loadSeeds } from '../../library/seeds.ts';
import { nearestFolder } from '../../library/store/sqlite/schedule.ts';
import { toArticle, UNKNOWN_METADATA } from '../../news/article.ts';
import type { Settings } from '../../settings.ts';
import { startFailure } from '../../start-failure.ts';
import { format } from '../../wording/say.ts';
import { counted } from '../progress.ts';

/** Something that `npm run doctor` checked: a sentence about it and, unless it is good, what to do. */
export interface Finding {
  readonly kind: 'good' | 'doubtful' | 'bad';
  readonly about: string;
  readonly sentence: string;
}

/** Returns what makes findings about one thing. */
export function findingsAbout(about: string) {
  const of =
    (kind: Finding['kind']) =>
    (sentence: string): Finding => ({ kind, about, sentence });
  return { good: of('good'), doubtful: of('doubtful'), bad: of('bad') };
}

const LABELS = { good: 'ok   ', doubtful: 'warn ', bad: 'ERROR' } as const;
const LABEL_WIDTH = 'commands'.length;

export function lineOf({ kind, about, sentence }: Finding): string {
  return `${LABELS[kind]}  ${about.padEnd(LABEL_WIDTH)}  ${sentence}`;
}

const OLDEST_NODE = 24;
const MEBIBYTE = 1024 * 1024;
/** Free space in mebibytes. A library of 2,000 articles takes about 40. */
const [LEAST_SPACE, COMFORTABLE_SPACE] = [100, 1024];

export function examineNode(version: string): Finding {
  const { good, bad } = findingsAbout('node');
  if (Number(version.split('.')[0]) >= OLDEST_NODE) return good(`Node ${version}.`);
  const way = 'Run npm ci, which installs it, and start with npm.';
  return bad(`This is Node ${version}, but Verbatim needs ${OLDEST_NODE}. ${way}`);
}

export function examineSeeds(folder = join(import.meta.dirname, '../../../seeds')): Finding {
  const { good, bad } = findingsAbout('seeds');
  try {
    const { articles, problems } = loadSeeds(folder);
    const [first] = problems;
    if (first === undefined)
      return good(`New libraries start with ${counted(articles.length, 'article', 'articles')}.`);
    const places = problems.map(({ file, line }) => `${file}:${line}`).join(', ');
    return bad(`Some files in seeds/ can't be read (${places}). ${format(first.expected, 'en')}`);
  } catch {
    return bad(`${folder} can't be read. Restore it (git checkout seeds) or clone Verbatim again.`);
  }
}

function spaceIn(folder: string): Finding {
  const { bavail, bsize } = statfsSync(folder);
  const free = Math.floor((bavail * bsize) / MEBIBYTE);
  const { good, doubtful, bad } = findingsAbout('space');
  const shown = `${free.toLocaleString('en')} MiB free in ${folder}.`;
  if (free >= COMFORTABLE_SPACE) return good(shown);
  return (free < LEAST_SPACE ? bad : doubtful)(`Only ${shown} Free up space before it runs out.`);
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
  const { good, doubtful, bad } = findingsAbout('folder');
  const stats = statSync(folder);
  if (!stats.isDirectory())
    return bad(`${folder} isn't a folder. Set DATA_DIR to a folder, or to a path that doesn't exist yet.`);
  if (!isMine(folder)) {
    const way = "Run this as the bot's user, give the folder to that user, or set DATA_DIR to another one.";
    return bad(`This user can't write to ${folder}. ${way}`);
  }
  const { uid } = stats;
  const me = process.getuid?.() ?? uid;
  if (me === uid) return good(`${folder} is writable.`);
  const way = `If the bot runs as user ${uid}, run every command as that user: the bot can't open files that this one creates.`;
  return doubtful(`${folder} belongs to user ${uid}, and this is user ${me}. ${way}`);
}

/** Checks that the data folder is writable and has space. With a database and Discord nothing is stored in it. */
export function examineFolder({ dataDir, databaseUrl, discordToken }: Settings): readonly Finding[] {
  if (databaseUrl !== undefined && discordToken !== undefined) return [];
  const folder = nearestFolder(resolve(dataDir));
  const rights = rightsIn(folder);
  return databaseUrl === undefined ? [rights, spaceIn(folder)] : [rights];
}

const ABOUT_FONTS = findingsAbout('fonts');
/** A character of each script on cards. */
const SAMPLE_LETTERS = { Latin: 'é', Chinese: '新', emoji: '\u{1f600}' };
const FONT_ADVICE = 'Run npm ci to install them. Until then, cards are wrong or missing.';

/** Checks that the canvas and the bundled fonts for cards can be loaded. */
export async function examineFonts(text = Object.values(SAMPLE_LETTERS).join('')): Promise<Finding> {
  try {
    // Imported here since it fails if the canvas isn't built for this machine or a font is missing.
    const { fontFilesFor, lettersWithoutFont } = await import('../../cards/typefaces.ts');
    const { unloadable } = await import('../../cards/canvas.ts');
    return findingOf(lettersWithoutFont([text]), unloadable(fontFilesFor([text])));
  } catch (error) {
    return ABOUT_FONTS.bad(`The canvas for cards can't be loaded (${firstLine(error)}). ${FONT_ADVICE}`);
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

const NETWORK_ADVICE =
  'If a file in src/ is missing, restore it (git checkout src). Otherwise run npm ci, which installs ONNX Runtime on Linux, and on Macs with Apple silicon.';

/** Checks that articles can be attributed: ONNX Runtime isn't built for every machine. */
export async function examineReader(read: () => Promise<unknown> = readSentence): Promise<Finding> {
  const { good, bad } = findingsAbout('reader');
  try {
    await read();
    return good('Articles can be attributed.');
  } catch (error) {
    return bad(`The network that reads articles can't be loaded (${firstLine(error)}). ${NETWORK_ADVICE}`);
  }
}

async function readSentence(): Promise<void> {
  await attribute(toArticle('doctor', UNKNOWN_METADATA, '“It rained,” Lee said.'));
}

/** Checks that questions can be answered by meaning. */
export async function examineJudge(encoder: Encodes = new Encoder()): Promise<Finding> {
  const { good, bad } = findingsAbout('judge');
  const question = 'Who said it rained?';
  try {
    await encoder.encodeQuestion('doctor', question);
    await encoder.judge('doctor', question, ['“It rained,” Lee said.']);
    return good('Questions can be answered by meaning.');
  } catch (error) {
    const cost = 'Until then, /ask only searches for words.';
    return bad(`Questions can't be answered by meaning. ${firstLine(error)} ${NETWORK_ADVICE} ${cost}`);
  } finally {
    await encoder.close();
  }
}

/** Returns the finding for characters without a font and font files that can't be loaded. */
export function findingOf(missing: readonly string[], broken: readonly FontFile[]): Finding {
  const kinds = Object.keys(SAMPLE_LETTERS).join(', ');
  if (missing.length === 0 && broken.length === 0) return ABOUT_FONTS.good(`Cards can be drawn: ${kinds}.`);
  const named = [...missing.map(letter => `for ${letter}`), ...broken.map(({ path }) => basename(path))].join(', ');
  return ABOUT_FONTS.bad(`Fonts can't be loaded (${named}). ${FONT_ADVICE}`);
}

interface Address {
  readonly host: string;
  readonly port: number;
}

const TIMEOUT = 2000;

/** Listens on a port for a moment; resolves to the error if it can't. */
function tryPort({ host, port }: Address): Promise<Error | undefined> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', resolve);
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

/** Returns whether a bot serves its metrics there. */
async function isServed({ host, port }: Address): Promise<boolean> {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  const address = `http://${name.includes(':') ? `[${name}]` : name}:${port}/healthz`;
  const text = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT) }).then(
    response => response.text(),
    () => '',
  );
  return text === 'alive\n';
}

async function examineMetrics(at: Address, settings: Settings): Promise<Finding> {
  const { good, bad } = findingsAbout('metrics');
  const error = await tryPort(at);
  if (error === undefined) return good(`They can be served at ${at.host}, port ${at.port}.`);
  if (await isServed(at)) return good(`A running bot serves them at ${at.host}, port ${at.port}.`);
  return bad(startFailure(error, settings)?.message ?? sentenceOf(at, error));
}

function sentenceOf({ host, port }: Address, error: Error): string {
  return `Port ${port} of ${host} isn't available (${String(Reflect.get(error, 'code'))}). Choose another one.`;
}

/** Checks the ports in the settings. If the playground's port is in use, it is usually the bot itself. */
export async function examinePorts(settings: Settings): Promise<readonly Finding[]> {
  const { metrics, discordToken, playgroundPort } = settings;
  const found: Finding[] = [];
  if (metrics !== undefined) found.push(await examineMetrics(metrics, settings));
  if (discordToken !== undefined || playgroundPort === undefined) return found;
  const at = { host: '127.0.0.1', port: playgroundPort };
  const error = await tryPort(at);
  if (error === undefined) return found;
  const reason = startFailure(error, settings)?.message ?? sentenceOf(at, error);
  return [...found, findingsAbout('port').doubtful(`${reason} If that's the bot, all is well.`)];
}
