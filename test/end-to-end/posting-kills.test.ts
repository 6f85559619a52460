import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { describe, test } from 'vitest';
import { startPlayground } from '../../playground/playground.ts';
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
  const followed = { feed: FEED, title: 'Post', channel, only: undefined, keepDays: undefined, addedBy: '7' };
  const state = { isPaused: false, isNew: false, disabled: undefined, addedAt: 1 };
  await library.write(saveFollow, { ...followed, ...state }, 10);
  for (const title of STORIES) {
    const metadata = { ...UNKNOWN_METADATA, title, titleIsDescriptive: false, url: `https://news.example/${title}` };
    await library.add(metadata, `It rained on ${title}.`, undefined, { feed: FEED, keys: [title], channel });
  }
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

describe.concurrent.each(stores)('killed between Discord’s answer and the mark, on %s', (_, makeLocation) => {
  test.for([false, true])(
    'it posts everything once within a minute of the restart (Discord forgets the nonce, and lists messages: %s)',
    { timeout: LONGEST },
    async (isForgotten, { expect }) => {
      const location = await makeLocation();
      const playground = await startPlayground({ port: anyPort, folder: undefined });
      const channel = playground.channels.first(0);
      const rights = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages;
      if (!isForgotten) playground.channels.permit(channel, rights);
      await takeAll(location, playground.servers()[0] ?? '', channel);
      const settings = {
        DISCORD_TOKEN: playground.token,
        DISCORD_API_URL: playground.apiUrl,
        ...(location.databaseUrl === undefined
          ? { DATA_DIR: dirname(location.folder) }
          : { DATABASE_URL: location.databaseUrl, SHARD_IDS: '0', SHARD_COUNT: '1' }),
      };
      const titles = () =>
        playground.channels.messages(channel).map(each => /Story \d/v.exec(messageText(each))?.[0] ?? '');
      for (let kills = 1; kills <= 2; kills += 1) {
        playground.faults.next('held', { route: 'POST /channels', after: kills === 1 ? 0 : 1 });
        const program = startProgram(settings);
        await expect.poll(() => playground.faults.met, { timeout: 60_000, interval: 20 }).toBe(kills);
        program.signal('SIGKILL');
        await program.ended;
        if (isForgotten) playground.faults.forgetNonces();
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
