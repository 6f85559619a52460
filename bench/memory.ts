/**
 * `npm run bench:memory -- [--libraries N] [--articles A] [--open M]`: memory of a process with M of N SQLite libraries open, after two
 * rounds of questions in each, and the time that these took.
 *
 * `npm run bench:memory -- --rich-servers N`: memory of a bot that has logged in to N servers with 60 channels, 40 roles
 * and 50 emojis each, compared with one of a single plain server.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ChannelType } from 'discord-api-types/v10';
import { type PlaygroundOptions, startPlayground } from '../playground/playground.ts';
import { openLibraries } from '../src/library/libraries.ts';
import type { OpenLibrary } from '../src/library/library.ts';
import { NO_FILTER_OPTIONS } from '../src/search/filter.ts';
import { searchOf } from '../src/search/search.ts';
import { fillLibraries } from './load/libraries.ts';
import type { MadeUpArticle } from './made-up-news.ts';

const { values } = parseArgs({
  options: {
    libraries: { type: 'string', default: '100' },
    articles: { type: 'string', default: '200' },
    open: { type: 'string', default: '100' },
    'rich-servers': { type: 'string' },
  },
});
const mebibyte = 1024 * 1024;

type Usage = Pick<NodeJS.MemoryUsage, 'rss' | 'heapUsed' | 'external'>;

function shown({ rss, heapUsed, external }: Usage): string {
  const [all, heap, outside] = [rss, heapUsed, external].map(bytes => (bytes / mebibyte).toFixed(0));
  return `${all} MiB (heap ${heap}, buffers ${outside})`;
}

const people = ['Abara', 'Brandt', 'Cheng', 'Dufour', 'Eriksen', 'Falk', 'Garza', 'Hale'];
const asked = 3;
const questionsEach = 4;

/** Asks a bit of everything. */
async function askIn(library: OpenLibrary, news: readonly MadeUpArticle[], round: number): Promise<void> {
  const search = searchOf(library);
  for (let at = 0; at < asked; at += 1) {
    const { id, text } = news[(round * 31 + at * 17) % news.length] ?? { id: '', text: '' };
    const words = text.split(' ');
    await search.passages(words.slice(at, at + 4).join(' '), NO_FILTER_OPTIONS);
    await search.completeWords(`${words[at]} ${words[at + 1]?.slice(0, 2)}`, NO_FILTER_OPTIONS);
    await search.people(people[at] ?? '', NO_FILTER_OPTIONS);
    await library.article(id);
  }
}

async function measureLibraries(folder: string): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collectGarbage: unknown = runInNewContext('gc');
  const show = (what: string, milliseconds: number) => {
    if (typeof collectGarbage === 'function') collectGarbage();
    console.log(`${what}: ${shown(process.memoryUsage())}, ${milliseconds.toFixed(1)} ms a question`);
  };
  const number = Number(values.libraries);
  const ids = Array.from({ length: number }, (_, at) => String(1_180_000_000_000_000_000n + BigInt(at)));
  const news = await fillLibraries({ folder, databaseUrl: undefined }, ids, Number(values.articles));
  const libraries = await openLibraries({
    folder,
    databaseUrl: undefined,
    seeds: [],
    mostArticles: 100_000,
    mostOpen: Number(values.open),
  });
  show('before', 0);
  for (let round = 1; round <= 2; round += 1) {
    const began = performance.now();
    for (const id of ids) await askIn(await libraries.open({ kind: 'server', id }), news, round);
    show(`round ${round}`, (performance.now() - began) / (number * asked * questionsEach));
  }
  await libraries.close();
}

type Guild = Parameters<NonNullable<PlaygroundOptions['furnish']>>[0];

function idsOf(guild: Guild, first: bigint, number: number): string[] {
  return Array.from({ length: number }, (_, at) => `${BigInt(guild.id) + first + BigInt(at)}`);
}

/** Adds 60 channels, 40 roles and 50 emojis, as they are in a large community. */
function furnish(guild: Guild): Guild {
  const [everyone] = guild.roles;
  if (everyone === undefined) throw new Error('A server has a role.');
  const roles = idsOf(guild, 100n, 40).map((id, at) => ({
    ...everyone,
    id,
    name: `Role ${at} of ${guild.name}`,
    position: at,
  }));
  const overwrites = roles.slice(0, 4).map(({ id }) => ({ id, type: 0, allow: '1024', deny: '2048' }));
  const channels = idsOf(guild, 200n, 60).map((id, position) => ({
    id,
    type: ChannelType.GuildText as const,
    name: `channel-${position}-of-${id}`,
    position,
    guild_id: guild.id,
    parent_id: null,
    permission_overwrites: overwrites,
    nsfw: false,
    topic: `What channel ${position} is for, in the words of whoever made it, as people read it above the messages.`,
    rate_limit_per_user: 0,
    last_message_id: id,
  }));
  const emojis = idsOf(guild, 300n, 50).map((id, at) => ({
    id,
    name: `emoji_${at}`,
    roles: [],
    require_colons: true,
    managed: false,
    animated: false,
    available: true,
  }));
  return { ...guild, roles: [everyone, ...roles], channels: [...guild.channels, ...channels], emojis };
}

/** Returns the memory of a bot in a playground once it has answered a command, which comes after all servers. */
async function memoryIn(playgroundOptions: Partial<PlaygroundOptions>, folder: string): Promise<Usage> {
  const playground = await startPlayground({ port: 0, folder: undefined, ...playgroundOptions });
  const { token, apiUrl } = playground;
  const program = join(import.meta.dirname, 'bot.ts');
  const bot = fork(program, [token, apiUrl, folder, '127.0.0.1:9'], { execArgv: [] });
  await once(bot, 'message');
  // Until it has read about all servers, an answer would be late.
  while ((await playground.person.command('help')).failed !== undefined);
  const measured = once(bot, 'message');
  bot.send('memory');
  const [usage] = await measured;
  bot.kill('SIGKILL');
  await playground.close();
  return usage;
}

async function measureServers(servers: number, folder: string): Promise<void> {
  const idle = await memoryIn({}, folder);
  console.log(`one plain server: ${shown(idle)}`);
  const rich = await memoryIn({ guilds: servers, furnish }, folder);
  console.log(`${servers} rich servers: ${shown(rich)}`);
  const more = {
    rss: rich.rss - idle.rss,
    heapUsed: rich.heapUsed - idle.heapUsed,
    external: rich.external - idle.external,
  };
  console.log(`more: ${shown(more)}`);
}

const folder = mkdtempSync(join(tmpdir(), 'bench-memory-'));
const servers = values['rich-servers'];
await (servers === undefined ? measureLibraries(folder) : measureServers(Number(servers), folder));
rmSync(folder, { recursive: true });
