import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import type { SendPost } from '../../src/discord/channels.ts';
import { Poster } from '../../src/discord/posting.ts';
import { follow } from '../../src/following/following.ts';
import { type Libraries, openLibraries } from '../../src/library/libraries.ts';
import { readNextPost } from '../../src/library/store/following/outbox.ts';
import { DEFAULT_SETTINGS } from '../../src/library/store/library-settings.ts';
import { attributeHere } from '../library/attribute-in-process.ts';
import { metadataOf, textOf } from '../library/numbered-texts.ts';
import { makeDatabase } from '../postgres/database.ts';
import { messageText } from './message-text.ts';

const feed = 'https://news.example/feed';
const servers = ['1', '2'];
const rounds = 4;
const newEach = 6;
const minute = 60_000;

test('two processes that post from one database at once, and restart, post everything exactly once', async () => {
  const databaseUrl = await makeDatabase();
  const clock = { ahead: 0 };
  const now = () => Date.now() + clock.ahead;
  const open = async () => {
    const options = { seeds: [], mostArticles: 100, mostOpen: 10, attributor: attributeHere, now };
    const libraries = await openLibraries({ folder: '', databaseUrl, ...options });
    onTestFinished(() => libraries.close());
    return libraries;
  };
  // As in Discord, the second message with a nonce is dropped.
  const posted = new Map<string, string>();
  let tries = 0;
  const send: SendPost = (channel, { components }, nonce) => {
    if (!posted.has(nonce)) posted.set(nonce, `${channel}: ${messageText({ components })}`);
    tries += 1;
    return tries % 3 === 0 ? Promise.resolve() : Promise.reject(new Error('The confirmation is lost'));
  };
  const deliver = async (libraries: Libraries) => {
    const log = pino({ level: 'silent' });
    const choices = () => Promise.resolve(DEFAULT_SETTINGS);
    // A new one each time, which remembers nothing.
    const poster = new Poster({
      send,
      isThere: () => Promise.resolve(false),
      commandIds: new Map(),
      log,
      choices,
      serverOf: () => undefined,
      isStopping: () => false,
      now,
    });
    await libraries.deliver(
      () => true,
      library => poster.prepare(library),
    );
  };
  const [one, other] = [await open(), await open()];
  const both = () => Promise.all([deliver(one), deliver(other)]);
  const take = async (id: string, round: number) => {
    const library = await one.open({ kind: 'server', id });
    for (let at = newEach * round; at < newEach * (round + 1); at += 1) {
      const metadata = { ...metadataOf(at), title: `Story ${id}-${at}.`, titleIsDescriptive: false };
      await library.add(metadata, textOf(at), undefined, { feed, keys: [`${at}`], channel: `12${id}` });
    }
  };
  for (const id of servers) {
    const choices = {
      feed,
      title: 'The Post',
      channel: `12${id}`,
      only: undefined,
      keepDays: undefined,
      ping: undefined,
      addedBy: '7',
    };
    await follow(await one.open({ kind: 'server', id }), one.feeds, choices);
  }
  for (let round = 0; round < rounds; round += 1) {
    await Promise.all([...servers.map(id => take(id, round)), both()]);
    clock.ahead += minute;
    await both();
  }
  const left = async (id: string) => await (await one.open({ kind: 'server', id })).read(readNextPost);
  for (const id of servers) {
    while ((await left(id)) !== undefined) {
      clock.ahead += 60 * minute;
      await both();
    }
  }
  const expected = servers.flatMap(id =>
    Array.from({ length: newEach * rounds }, (_, at) => `12${id}: Story ${id}-${at}.`),
  );
  const shown = [...posted.values()].flatMap(text => {
    const channel = text.slice(0, text.indexOf(':'));
    return (text.match(/Story \d-\d+\./gv) ?? []).map(story => `${channel}: ${story}`);
  });
  expect(shown.sort()).toEqual(expected.sort());
  expect([...posted.values()].join('\n')).toContain(' new posts');
  expect(tries).toBeGreaterThan(posted.size);
});
