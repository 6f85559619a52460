import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TroubledFeeds } from '../../library/store/following/feeds.ts';
import { type DatabaseReport, inspectDatabase } from '../../library/store/postgres/inspect.ts';
import { OLDEST_RELEASE } from '../../library/store/postgres/migrate.ts';
import { type FolderReport, inspectFolder } from '../../library/store/sqlite/inspect.ts';
import { nearestFolder, REGISTER_ADVICE, readTroubledFeedsIn } from '../../library/store/sqlite/schedule.ts';
import type { Settings } from '../../settings.ts';
import { type DatabaseAddress, databaseAddressOf, databaseProblem, errorCodeOf } from '../../start-failure.ts';
import { format } from '../../wording/say.ts';
import { counted, libraries as librariesOf } from '../progress.ts';
import { type Finding, findingsAbout } from './machine.ts';

const { good, doubtful, bad } = findingsAbout('store');
const MEBIBYTE = 1024 * 1024;
/** Maximum number of files named; the rest are counted. */
const MOST_NAMED = 3;

/** Checks the store of the libraries without changing it: nothing is created, locked or migrated. */
export async function examineStore({ dataDir, databaseUrl }: Settings): Promise<readonly Finding[]> {
  if (databaseUrl !== undefined) return await examineDatabase(databaseUrl);
  const folder = resolve(join(dataDir, 'libraries'));
  try {
    const seen = inspectFolder(folder);
    if (seen !== undefined)
      return [...findingsIn(folder, seen), ...aboutFeeds(readTroubledFeedsIn(folder, MOST_NAMED))];
    // If the parent is a file, the finding about the data folder says so.
    return statSync(nearestFolder(folder)).isDirectory()
      ? [good(`There are no libraries yet. npm start creates ${folder}.`)]
      : [];
  } catch (error) {
    return [bad(`${folder} can't be read (${errorCodeOf(error)}). Run this as the bot's user.`)];
  }
}

function list(paths: readonly string[]): string {
  const more = paths.length > MOST_NAMED ? ` and ${paths.length - MOST_NAMED} more` : '';
  return `${paths.slice(0, MOST_NAMED).join(', ')}${more}`;
}

/** What to do about files in each state. */
const ADVICE = {
  damaged: 'Move each out of the folder. Then restore it from a backup, or start again without it.',
  'of a newer version': 'Update the bot.',
  unreadable: "Run this as the bot's user, and check the disk.",
} as const;

function findingsIn(folder: string, seen: FolderReport): readonly Finding[] {
  const found: Finding[] = [];
  for (const state of ['damaged', 'of a newer version', 'unreadable'] as const) {
    const paths = seen.libraries.filter(file => file.state === state).map(({ path }) => path);
    if (paths.length > 0) found.push(bad(`${librariesOf(paths.length)} ${state} (${list(paths)}). ${ADVICE[state]}`));
  }
  if (seen.register !== undefined && ['damaged', 'unreadable'].includes(seen.register.state)) {
    found.push(bad(`${seen.register.path} is ${seen.register.state}. ${REGISTER_ADVICE}`));
  }
  if (seen.foreign.length > 0) {
    const way = `Run chown -R --reference=${folder} ${folder}.`;
    found.push(bad(`The bot can't open files of another user (${list(seen.foreign)}). ${way}`));
  }
  return found.length > 0 ? found : [summary(folder, seen), ...vectorsOf(seen.unencoded)];
}

function summary(folder: string, { isHeld, libraries, readThrough }: FolderReport): Finding {
  const older = libraries.filter(({ state }) => state === 'of an older version').length;
  const upgrade = older === 0 ? '' : `, ${older} of an older version (upgraded when opened)`;
  const depth =
    readThrough === libraries.length
      ? 'all checked in full'
      : `${readThrough.toLocaleString('en')} checked in full, the others at their start`;
  const shown = `${librariesOf(libraries.length)} in ${folder}${upgrade}; ${depth}.`;
  return isHeld ? doubtful(`${shown} Another process has them open. If that's the bot, all is well.`) : good(shown);
}

/** Missing vectors aren't an error. The bot creates them. */
function vectorsOf(unencoded: number): readonly Finding[] {
  if (unencoded === 0) return [];
  const number = counted(unencoded, 'article has', 'articles have');
  const sentence = `${number} no vectors yet, so /ask finds them by their words alone. npm start makes them.`;
  return [findingsAbout('vectors').good(sentence)];
}

async function examineDatabase(databaseUrl: string): Promise<readonly Finding[]> {
  const place = databaseAddressOf(databaseUrl);
  try {
    const seen = await inspectDatabase(databaseUrl);
    return [
      ...foundIn(place, seen),
      ...vectorsOf(seen.unencoded ?? 0),
      spaceOf(place, seen),
      ...aboutFeeds(seen.feeds),
    ];
  } catch (error) {
    return [bad(databaseProblem(databaseUrl, error))];
  }
}

/** Says which feeds fail. Nothing if none is followed. */
function aboutFeeds(seen: TroubledFeeds | undefined): readonly Finding[] {
  if (seen === undefined || seen.feeds === 0) return [];
  const { feeds, failing, troubled } = seen;
  const followed = counted(feeds, 'feed is followed', 'feeds are followed');
  const about = findingsAbout('feeds');
  if (failing === 0) return [about.good(`${followed}, and none fails.`)];
  const named = troubled.map(({ feed, state: { ended, problem } }) => {
    const said = problem && FIRST_SENTENCE.exec(format(problem, 'en'))?.[0];
    const reason = ended === 'gone' ? 'Its site says that it is gone.' : said;
    return reason === undefined ? feed : `${feed} (${reason})`;
  });
  const more = failing > named.length ? ` and ${failing - named.length} more` : '';
  const number = failing.toLocaleString('en');
  return [about.doubtful(`${followed}, of which ${number} can't be read: ${named.join(', ')}${more}.`)];
}

const FIRST_SENTENCE = /^.*?\.(?= |$)/v;

function foundIn({ server, name, user }: DatabaseAddress, seen: DatabaseReport): readonly Finding[] {
  const shown = `The database ${name} at ${server}`;
  if (seen.release < OLDEST_RELEASE) {
    return [bad(`${server} runs PostgreSQL ${seen.release}. Upgrade it to ${OLDEST_RELEASE} or later.`)];
  }
  if (!seen.isUtf8) return [bad(`${shown} must have the encoding UTF8. Create one that does.`)];
  if (seen.isPooledByTransaction)
    return [
      bad(`${server} is a connection pooler in transaction mode. Use its session mode, or the server's own address.`),
    ];
  if (seen.isReadOnly) return [bad(`${shown} is read-only. If it's a replica, use the primary.`)];
  if (!seen.mayWrite) return [bad(`${shown} can't be written by user ${user}. Make that user its owner.`)];
  if (seen.behind === undefined) return [good(`${shown} is reachable and empty. npm start creates its tables.`)];
  if (seen.behind < 0) return [bad(`${shown} was written by a newer version. Update the bot.`)];
  const upgrade = seen.behind === 0 ? '' : ' npm start upgrades it to this version.';
  return [good(`${shown} is reachable and writable.${upgrade}`)];
}

function spaceOf({ server }: DatabaseAddress, { bytes }: DatabaseReport): Finding {
  const size = `The database takes ${Math.ceil(bytes / MEBIBYTE).toLocaleString('en')} MiB.`;
  return findingsAbout('space').good(`${size} How much is free on ${server} can't be seen from here.`);
}
