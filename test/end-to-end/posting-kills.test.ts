import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type APIMessage, PermissionFlagsBits } from 'discord-api-types/v10';
import pg from 'pg';
import { test } from 'vitest';
import { type Playground, startPlayground } from '../../playground/playground.ts';
import { openLibraries } from '../../src/library/libraries.ts';
import type { StorageLocation } from '../../src/library/store/backends.ts';
import { saveFollow } from '../../src/library/store/following/following.ts';
import { UNKNOWN_METADATA } from '../../src/news/article.ts';
import { attributeHere } from '../library/attribute-in-process.ts';
import { wordEncoder } from '../library/word-vectors.ts';
import { makeDatabase } from '../postgres/database.ts';
import { messageText } from './message-text.ts';
import { startProgram } from './program.ts';
import { anyPort } from './start-verbatim.ts';

const STORIES = [1, 2, 3];
const LONGEST = 180_000;

/** A channel that is posted in. */
interface Place {
  /** As it is stored. */
  readonly channel: string;
  /** Creates a message there. */
  readonly route: string;
  readonly messages: () => readonly APIMessage[];
  readonly afterKill: () => void;
}

function textChannel({ channels, faults }: Playground, channel: string, isForgotten: boolean): Place {
  return {
    channel,
    route: `POST /channels/:channel/messages /api/v10/channels/${channel}/`,
    messages: () => channels.messages(channel),
    afterKill: () => (isForgotten ? faults.forgetNonces(channel) : undefined),
  };
}

function forum({ channels }: Playground, name: string, isArchived: boolean): Place {
  const id = channels.addForum(0, name, []);
  const messages = () => channels.posts(id).flatMap(post => channels.messages(post.id));
  const afterKill = () => {
    if (isArchived) for (const post of channels.posts(id)) channels.archive(post.id);
  };
  return { channel: `#${id}`, route: `/channels/${id}/threads`, messages, afterKill };
}

function placesIn(playground: Playground): Readonly<Record<string, Place>> {
  const { channels } = playground;
  const [unreadable, forgetful] = [channels.first(0), channels.add(0, 'forgetful')];
  channels.permit(unreadable, PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages);
  return {
    'channel that the bot can’t read': textChannel(playground, unreadable, false),
    'channel of which Discord forgets the nonces': textChannel(playground, forgetful, true),
    forum: forum(playground, 'stories', false),
    'forum whose posts are archived meanwhile': forum(playground, 'archive', true),
  };
}

const titlesFor = (channel: string) => STORIES.map(story => `Story ${story} for ${channel.replace('#', '')}`);

/** Adds articles as if feeds had brought them, with vectors, to be posted in these channels. */
async function takeAll(location: StorageLocation, server: string, channels: readonly string[]): Promise<void> {
  const libraries = await openLibraries({
    ...location,
    ...{ seeds: [], mostArticles: 100, mostOpen: 10, attributor: attributeHere, encoder: wordEncoder },
  });
  const library = await libraries.open({ kind: 'server', id: server });
  for (const channel of channels) {
    const feed = `https://news.example/feed?for=${channel.replace('#', '')}`;
    const followed = { feed, title: 'Post', channel, only: undefined, keepDays: undefined, ping: undefined };
    const state = { addedBy: '7', isPaused: false, isNew: false, disabled: undefined, addedAt: 1 };
    await library.write(saveFollow, { ...followed, ...state }, 10);
    for (const title of titlesFor(channel)) {
      const metadata = { ...UNKNOWN_METADATA, title, titleIsDescriptive: false, url: `https://news.example/${title}` };
      await library.add(metadata, `It rained on ${title}.`, undefined, { feed, keys: [title], channel });
    }
  }
  // Or each bot would load the networks to make them.
  for await (const left of library.encoding()) if (left === 0) break;
  await libraries.close();
}

const stores = [
  [
    'files',
    () =>
      Promise.resolve({
        folder: join(mkdtempSync(join(tmpdir(), 'verbatim-kills-')), 'libraries'),
        databaseUrl: undefined,
      }),
  ],
  ['PostgreSQL', async () => ({ folder: '', databaseUrl: await makeDatabase() })],
] as const;

/** Returns how many posts a library still has to send, while a bot runs. */
async function countLeft({ folder, databaseUrl }: StorageLocation, server: string): Promise<number> {
  if (databaseUrl === undefined) {
    const library = new DatabaseSync(join(folder, `server-${server}.sqlite`), { readOnly: true });
    const row = library.prepare('SELECT count(*) AS posts FROM outbox').get();
    library.close();
    return Number(row?.posts);
  }
  const client = new pg.Client(databaseUrl);
  await client.connect();
  const { rows } = await client.query('SELECT count(*) AS posts FROM verbatim.outbox');
  await client.end();
  return Number(rows[0]?.posts);
}

test.concurrent.for(stores)(
  'killed between Discord’s answers and the marks, on %s, it posts everything once within a minute of the restart',
  { timeout: LONGEST },
  async ([, makeLocation], { expect }) => {
    const location = await makeLocation();
    const playground = await startPlayground({ port: anyPort, folder: undefined });
    // All in one bot, since starting it takes longest here. They are posted in at the same time.
    const places = placesIn(playground);
    const all = Object.values(places);
    const channels = all.map(({ channel }) => channel);
    const [server = ''] = playground.servers();
    await takeAll(location, server, channels);
    const settings = {
      DISCORD_TOKEN: playground.token,
      DISCORD_API_URL: playground.apiUrl,
      ...(location.databaseUrl === undefined
        ? { DATA_DIR: dirname(location.folder) }
        : { DATABASE_URL: location.databaseUrl, SHARD_IDS: '0', SHARD_COUNT: '1' }),
    };
    const titles = ({ messages }: Place) =>
      messages().map(each => /Story \d for \d+/v.exec(messageText(each))?.[0] ?? '');
    for (let kills = 1; kills <= 2; kills += 1) {
      for (const { route } of all) playground.faults.next('held', { route, after: kills === 1 ? 0 : 1 });
      const program = startProgram(settings);
      await expect.poll(() => playground.faults.met, { timeout: 60_000, interval: 20 }).toBe(kills * all.length);
      program.signal('SIGKILL');
      await program.ended;
      for (const { afterKill } of all) afterKill();
    }
    const program = startProgram(settings);
    await program.firstLine;
    // What is no longer in the outbox is never sent again. What the killed process had claimed is tried again later.
    await expect.poll(() => countLeft(location, server), { timeout: 60_000, interval: 500 }).toBe(0);
    program.signal('SIGTERM');
    await program.ended;
    for (const [name, place] of Object.entries(places)) {
      expect([name, titles(place).sort()]).toEqual([name, titlesFor(place.channel)]);
    }
    await playground.close();
    if (location.databaseUrl === undefined) rmSync(dirname(location.folder), { recursive: true });
  },
);
