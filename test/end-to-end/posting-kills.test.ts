import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type APIMessage, PermissionFlagsBits } from 'discord-api-types/v10';
import { describe, test } from 'vitest';
import { type Playground, startPlayground } from '../../playground/playground.ts';
import { openLibraries } from '../../src/library/libraries.ts';
import type { StorageLocation } from '../../src/library/store/backends.ts';
import { saveFollow } from '../../src/library/store/following.ts';
import { UNKNOWN_METADATA } from '../../src/news/article.ts';
import { attributeHere } from '../library/attribute-in-process.ts';
import { makeDatabase } from '../postgres/database.ts';
import { messageText } from './message-text.ts';
import { startProgram } from './program.ts';
import { anyPort } from './start-verbatim.ts';

const FEED = 'https://news.example/feed';
const STORIES = [1, 2, 3].map(at => `Story ${at}`);
const LONGEST = 180_000;

/** Adds articles as if a feed had brought them, to be posted in a channel. */
async function takeAll(location: StorageLocation, server: string, channel: string): Promise<void> {
  const libraries = await openLibraries({
    ...location,
    ...{ seeds: [], mostArticles: 100, mostOpen: 10, attributor: attributeHere },
  });
  const library = await libraries.open({ kind: 'server', id: server });
  const followed = {
    feed: FEED,
    title: 'Post',
    channel,
    only: undefined,
    keepDays: undefined,
    ping: undefined,
    addedBy: '7',
  };
  const state = { isPaused: false, isNew: false, disabled: undefined, addedAt: 1 };
  await library.write(saveFollow, { ...followed, ...state }, 10);
  for (const title of STORIES) {
    const metadata = { ...UNKNOWN_METADATA, title, titleIsDescriptive: false, url: `https://news.example/${title}` };
    await library.add(metadata, `It rained on ${title}.`, undefined, { feed: FEED, keys: [title], channel });
  }
  await libraries.close();
}

interface Place {
  /** As it is stored. */
  readonly channel: string;
  /** Creates a message there. */
  readonly route: string;
  readonly messages: () => readonly APIMessage[];
  readonly afterKill: () => void;
}

function textChannel({ channels, faults }: Playground, isForgotten: boolean): Place {
  const channel = channels.first(0);
  const messages = () => channels.messages(channel);
  const afterKill = () => (isForgotten ? faults.forgetNonces() : undefined);
  return { channel, route: 'POST /channels', messages, afterKill };
}

function forum({ channels }: Playground, isArchived: boolean): Place {
  const id = channels.addForum(0, 'stories', []);
  const messages = () => channels.posts(id).flatMap(post => channels.messages(post.id));
  const afterKill = () => {
    if (isArchived) for (const post of channels.posts(id)) channels.archive(post.id);
  };
  return { channel: `#${id}`, route: `/channels/${id}/threads`, messages, afterKill };
}

const PLACES: Readonly<Record<string, (playground: Playground) => Place>> = {
  'channel that the bot can’t read': playground => {
    const rights = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages;
    playground.channels.permit(playground.channels.first(0), rights);
    return textChannel(playground, false);
  },
  'channel of which Discord forgets the nonces': playground => textChannel(playground, true),
  forum: playground => forum(playground, false),
  'forum whose posts are archived meanwhile': playground => forum(playground, true),
};

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

describe.concurrent.each(stores)('killed between Discord’s answer and the mark, on %s', (_, makeLocation) => {
  test.for(Object.entries(PLACES))(
    'it posts everything once within a minute of the restart, in a %s',
    { timeout: LONGEST },
    async ([, prepare], { expect }) => {
      const location = await makeLocation();
      const playground = await startPlayground({ port: anyPort, folder: undefined });
      const place = prepare(playground);
      await takeAll(location, playground.servers()[0] ?? '', place.channel);
      const settings = {
        DISCORD_TOKEN: playground.token,
        DISCORD_API_URL: playground.apiUrl,
        ...(location.databaseUrl === undefined
          ? { DATA_DIR: dirname(location.folder) }
          : { DATABASE_URL: location.databaseUrl, SHARD_IDS: '0', SHARD_COUNT: '1' }),
      };
      const titles = () => place.messages().map(each => /Story \d/v.exec(messageText(each))?.[0] ?? '');
      for (let kills = 1; kills <= 2; kills += 1) {
        playground.faults.next('held', { route: place.route, after: kills === 1 ? 0 : 1 });
        const program = startProgram(settings);
        await expect.poll(() => playground.faults.met, { timeout: 60_000, interval: 20 }).toBe(kills);
        program.signal('SIGKILL');
        await program.ended;
        place.afterKill();
      }
      const program = startProgram(settings);
      await program.firstLine;
      await expect.poll(() => titles().length, { timeout: 60_000, interval: 100 }).toBeGreaterThanOrEqual(3);
      // Long enough for what the killed process had claimed to be tried again.
      await pause(20_000);
      program.signal('SIGTERM');
      await program.ended;
      expect(titles().sort()).toEqual(STORIES);
      await playground.close();
      if (location.databaseUrl === undefined) rmSync(dirname(location.folder), { recursive: true });
    },
  );
});
