import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../playground/person.ts';
import { readFeedDocument } from '../../src/following/parse.ts';
import { Poller } from '../../src/following/poller.ts';
import { readDocument } from '../../src/reading/document.ts';
import { makeNet } from '../../src/reading/fetch.ts';
import { type FeedServer, startFeedServer } from '../following/feed-server.ts';
import { rss } from '../following/feeds.ts';
import { pageOf } from '../following/polling.ts';
import { messageText } from './message-text.ts';
import { startVerbatim, type Verbatim } from './start-verbatim.ts';

let verbatim: Verbatim;
let site: FeedServer;
let ada: Person;
beforeEach(async () => {
  verbatim = await startVerbatim();
  site = await startFeedServer();
  ada = verbatim.playground.person;
});
afterEach(async () => {
  await verbatim.stop();
  await site.close();
});

function feedAt(path: string): string {
  const items = [1, 2, 3, 4].map(day => ({
    guid: `${day}`,
    link: `https://news.example/${day}`,
    title: `@everyone *Story* ${day}`,
    date: `Tue, 0${day} Sep 2026 08:00:00 GMT`,
  }));
  site.play(path, { kind: 'send', body: rss(items) });
  return site.address + path;
}

async function textAfter(path: string, options: Parameters<Person['command']>[1] = {}): Promise<string> {
  const { message, failed } = await ada.command(path, options);
  return failed ?? messageText(message);
}

async function follow(url: string): Promise<string> {
  const { message } = await ada.command('feed follow', { url });
  if (message === undefined) throw new Error('There is no question.');
  return messageText((await ada.press(message, 'Follow')).message);
}

describe('/feed', () => {
  test('shows a feed’s title and newest three items, follows it, and lists it', async () => {
    const url = feedAt('/feed');
    const general = verbatim.playground.channels.first(0);
    const options = { url, 'post-in': general, only: 'story', keep: 30 };
    const { message, ephemeral } = await ada.command('feed follow', options);
    const question = messageText(message);
    expect(ephemeral).toBe(true);
    expect(question).toContain('### Follow this feed?\n**The Harbour Post**');
    expect(question).toContain(String.raw`- [\@everyone \*Story\* 4](<https://news.example/4>) · 4 September 2026`);
    expect(question).toContain('Story\\* 2');
    expect(question).not.toContain('Story\\* 1');
    expect(question).toContain('I’ll add the ones with “story” now, and new ones as they appear.');
    expect(question).not.toContain('I’ll add these now');
    expect(question).toContain(`I’ll post each new article in <#${general}>.`);
    expect(question).toContain('after 30 days');
    if (message === undefined) throw new Error('There is no question.');
    const { message: followed, updated } = await ada.press(message, 'Follow');
    expect(updated).toBe(true);
    expect(messageText(followed)).toContain('Following **The Harbour Post**. I’ll read it in the next minute or two.');
    const list = await textAfter('feed list');
    expect(list).toContain('### 1 feed\n**The Harbour Post**\nFirst read: any moment now.');
    expect(list).toContain(`0 articles added · posts in <#${general}> · only with “story” · kept for 30 days`);
  });

  test('finds the feed that a page names', async () => {
    feedAt('/news.xml');
    const page =
      '<html><head><link rel="alternate" type="application/rss+xml" href="/news.xml"></head><body>Hi</body></html>';
    site.play('/', { kind: 'send', body: page, type: 'text/html' });
    expect(await textAfter('feed follow', { url: `${site.address}/` })).toContain('news.xml');
    expect(await follow(`${site.address}/`)).toContain('Following **The Harbour Post**.');
  });

  test('is cancelled, paused, resumed and removed, by a name that completes as it is typed', async () => {
    const url = feedAt('/feed');
    const { message } = await ada.command('feed follow', { url });
    if (message === undefined) throw new Error('There is no question.');
    expect(messageText((await ada.press(message, 'Cancel')).message)).toBe('Nothing was changed.');
    expect(await textAfter('feed list')).toContain('No feeds here yet.');
    await follow(url);
    const again = await textAfter('feed follow', { url });
    expect(again).toContain('### Change how you follow this feed?');
    expect(again).toContain('Not changed yet.');
    const [choice, ...others] = await ada.autocomplete('feed pause', 'feed', 'harb');
    expect([choice?.name, others]).toEqual(['The Harbour Post', []]);
    const feed = String(choice?.value);
    expect(await textAfter('feed pause', { feed })).toContain('Paused **The Harbour Post**.');
    expect(await textAfter('feed list')).toContain('Paused. To start again, use');
    expect(await textAfter('feed resume', { feed: 'harbour' })).toContain('Resumed **The Harbour Post**.');
    expect(await textAfter('feed remove', { feed: 'No such' })).toContain('I’m not following “No such” here.');
    expect(await textAfter('feed remove', { feed })).toContain('No longer following **The Harbour Post**.');
    expect(await textAfter('feed list')).toContain('No feeds here yet.');
  });

  test('following again in another way says what changes, before and after', async () => {
    const url = feedAt('/feed');
    const general = verbatim.playground.channels.first(0);
    const news = verbatim.playground.channels.add(0, 'news');
    const again = async (options: Parameters<Person['command']>[1]) => {
      const { message } = await ada.command('feed follow', { url, ...options });
      if (message === undefined) throw new Error('There is no question.');
      return [messageText(message), messageText((await ada.press(message, 'Follow')).message)];
    };
    await again({ 'post-in': general, keep: 30 });
    const moved = `I’ll post its new articles in <#${news}>, no longer in <#${general}>.`;
    for (const text of await again({ 'post-in': news, keep: 30 })) {
      expect(text).toContain(moved);
      expect(text).not.toContain('days');
    }
    const [, after] = await again({ only: 'rain' });
    expect(after).toBe(
      `Changed how you follow **The Harbour Post**.\nI’ll no longer post its new articles in <#${news}>.\nI’ll only add articles with “rain”.\nI’ll keep its articles for good.`,
    );
    expect((await again({ only: 'rain' }))[1]).toBe('No changes: you already follow it this way.');
    await textAfter('feed pause', { feed: 'harbour' });
    expect((await again({ only: 'rain' }))[1]).toContain('It’s no longer paused.');
  });

  test('mentions a role in its posts, says so, and following again says what changes', async () => {
    const url = feedAt('/feed');
    const { channels, roles, servers } = verbatim.playground;
    const general = channels.first(0);
    const [readers, staff] = [roles.add(0, 'Readers', true), roles.add(0, 'Staff', false)];
    const asked = async (options: Parameters<Person['command']>[1]) =>
      await textAfter('feed follow', { url, ...options });
    expect(await asked({ ping: readers })).toContain('I can only ping a role in a channel of this server.');
    expect(await asked({ 'post-in': general, ping: servers()[0] ?? '' })).toBe(
      'I don’t ping everyone. Choose a role for those who want to be notified.',
    );
    expect(await asked({ 'post-in': general, ping: staff })).toContain(`I can’t ping <@&${staff}> yet.`);
    channels.permit(general, ~0n);
    expect(await asked({ 'post-in': general, ping: staff })).toContain(`Each post will ping <@&${staff}>.`);
    const { message } = await ada.command('feed follow', { url, 'post-in': general, ping: readers });
    if (message === undefined) throw new Error('There is no question.');
    expect(messageText(message)).toContain(`Each post will ping <@&${readers}>.`);
    await ada.press(message, 'Follow');
    expect(await textAfter('feed list')).toContain(`posts in <#${general}> · pings <@&${readers}>`);
    expect(await asked({ 'post-in': general, ping: readers })).toContain('No changes: you already');
    expect(await asked({ 'post-in': general, ping: staff })).toContain(`Each post will ping <@&${staff}>.`);
    const { message: again } = await ada.command('feed follow', { url, 'post-in': general });
    if (again === undefined) throw new Error('There is no question.');
    expect(messageText(again)).toContain(`Posts will no longer ping <@&${readers}>.`);
    expect(messageText((await ada.press(again, 'Follow')).message)).toContain('no longer ping');
    expect(await textAfter('feed list')).not.toContain('pings');
  });

  test('imports the feeds of an OPML file, and exports them again', async () => {
    const [one, other] = [feedAt('/one'), feedAt('/other')];
    await follow(one);
    const opml = `<opml version="2.0"><body>${[one, other, `${other}2`].map((url, at) => `<outline text="Feed *${at}*" xmlUrl="${url}"/>`).join('')}<outline xmlUrl="ftp://a.example"/></body></opml>`;
    const file = { name: 'mine.opml', contentType: 'text/x-opml', bytes: Buffer.from(opml) };
    const { message } = await ada.command('feed import', {}, { file });
    if (message === undefined) throw new Error('There is no question.');
    expect(messageText(message)).toContain('### Follow these 2 feeds?\n- **Feed \\*1\\***\n- **Feed \\*2\\***');
    expect(messageText(message)).toContain('1 more is already followed.');
    expect(messageText(message)).toContain('I left out 1:');
    expect(messageText((await ada.press(message, 'Follow')).message)).toContain('Following 2 feeds.');
    expect(await textAfter('feed list')).toContain('### 3 feeds');
    const again = await ada.command('feed import', {}, { file });
    expect(messageText(again.message)).toContain('You already follow every feed in that file.');
    const none = { ...file, bytes: Buffer.from('<rss/>') };
    expect(messageText((await ada.command('feed import', {}, { file: none })).message)).toContain(
      'no feeds in that file',
    );
    const { message: exported } = await ada.command('feed export');
    expect(messageText(exported)).toContain('All 3 feeds followed here');
    expect(JSON.stringify(exported)).toContain('feeds.opml');
  });

  test.each([
    ['an address that is none', () => 'nonsense', 'That isn’t a complete link.'],
    ['a page without a feed', () => page('<p>Hello</p>'), 'There’s no news feed at that address.'],
    ['a page that isn’t there', () => `${site.address}/none`, 'There’s nothing at the feed’s address.'],
    [
      'a page whose feed isn’t there',
      () => page('<link rel="alternate" type="application/rss+xml" href="/none">'),
      'There’s nothing at the feed’s address.',
    ],
  ])('%s is refused with a next step', async (_, urlOf, told) => {
    expect(await textAfter('feed follow', { url: urlOf() })).toContain(told);
  });

  test('names what to grant where it may not post', async () => {
    const { channels } = verbatim.playground;
    const news = channels.add(0, 'news');
    const url = feedAt('/feed');
    channels.permit(news, PermissionFlagsBits.ViewChannel);
    expect(await textAfter('feed follow', { url, 'post-in': news })).toBe(
      `I can’t post in <#${news}> yet. Give me **Send Messages** in that channel’s settings, then try again.`,
    );
    channels.permit(news, 0n);
    expect(await textAfter('feed follow', { url, 'post-in': news })).toContain(
      '**View Channel** and **Send Messages**',
    );
    expect(site.asked).toEqual([]);
  });

  test('needs Manage Server, and each server has its own', async () => {
    const url = feedAt('/feed');
    const bob = verbatim.playground.personOf({ name: 'Bob', where: 0, isManager: false });
    expect((await bob.command('feed follow', { url })).failed).toBe('You don’t have permission to use this command.');
    await follow(url);
    const cleo = verbatim.playground.personOf({ name: 'Cleo', where: 'direct', isManager: false });
    expect(messageText((await cleo.command('feed list')).message)).toContain('No feeds here yet.');
  });

  test('a person follows ten feeds at most', async () => {
    const cleo = verbatim.playground.personOf({ name: 'Cleo', where: 'direct', isManager: false });
    for (let at = 0; at < 10; at += 1) {
      const { message } = await cleo.command('feed follow', { url: feedAt(`/${at}`) });
      if (message === undefined) throw new Error('There is no question.');
      await cleo.press(message, 'Follow');
    }
    const { message } = await cleo.command('feed follow', { url: feedAt('/10') });
    expect(messageText(message)).toContain('You’ve reached the limit of 10 feeds here.');
    const list = await cleo.command('feed list');
    expect(messageText(list.message)).toContain('### 10 feeds');
    if (list.message === undefined) throw new Error('There is no list.');
    expect(messageText((await cleo.press(list.message, 'Next')).message).match(/Harbour/gv)).toHaveLength(2);
  }, 30_000);
});

test('what a followed feed brings is posted, found by a watch, and counted in the list', async () => {
  const { channels } = verbatim.playground;
  const [general, alerts] = [channels.first(0), channels.add(0, 'alerts')];
  site.play('/story', { kind: 'send', body: pageOf('Harbour floods'), type: 'text/html' });
  site.play('/feed', {
    kind: 'send',
    body: rss([{ guid: '1', link: `${site.address}/story`, title: 'Harbour floods' }]),
  });
  await ada.command('watch add', { speaker: 'Ann Lee', in: alerts });
  const { message } = await ada.command('feed follow', { url: `${site.address}/feed`, 'post-in': general });
  if (message === undefined) throw new Error('There is no question.');
  await ada.press(message, 'Follow');
  const poller = new Poller({
    libraries: verbatim.libraries,
    net: makeNet({ allowLoopback: true }),
    feeds: { read: async document => readFeedDocument(document) },
    documents: { read: async document => readDocument(document) },
    mostPerDay: 200,
    report: () => undefined,
    hostRest: 0,
  });
  await poller.pollDue();
  await expect.poll(() => channels.messages(general), { timeout: 20_000 }).toHaveLength(1);
  await expect.poll(() => channels.messages(alerts), { timeout: 20_000 }).toHaveLength(1);
  await poller.pollDue();
  await poller.stop();
  expect(messageText(channels.messages(general)[0])).toContain('Quoted: **Ann Lee**');
  expect(messageText(channels.messages(alerts)[0])).toContain('### Ann Lee');
  expect(await textAfter('feed list')).toContain('1 article added');
}, 60_000);

function page(body: string): string {
  site.play('/page', { kind: 'send', body: `<html><body>${body}</body></html>`, type: 'text/html' });
  return `${site.address}/page`;
}
