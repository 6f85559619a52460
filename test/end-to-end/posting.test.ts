import {
  type APIMessage,
  GatewayDispatchEvents,
  Locale,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { describe, type TestContext, test } from 'vitest';
import type { Person } from '../../playground/person.ts';
import { follow } from '../../src/following/following.ts';
import type { OpenLibrary } from '../../src/library/library.ts';
import { readNextPost } from '../../src/library/store/following/outbox.ts';
import { readWatches, saveWatch, type Watch } from '../../src/library/store/following/watches.ts';
import { UNKNOWN_METADATA } from '../../src/news/article.ts';
import { messageText } from './message-text.ts';
import { startVerbatim, type Verbatim } from './start-verbatim.ts';

/** A bot of one test: they run at once, since posts wait some seconds for more. */
interface Started {
  /** Of the test, since there are several at a time. */
  readonly expect: TestContext['expect'];
  readonly verbatim: Verbatim;
  readonly ada: Person;
  readonly general: string;
  readonly library: OpenLibrary;
}

/** The bot stops after the test; `refused` is what Discord refuses it until then. */
async function start({ expect, onTestFinished }: TestContext, refused: readonly number[] = []): Promise<Started> {
  const verbatim = await startVerbatim();
  onTestFinished(() => verbatim.stopRefused(refused));
  const { playground, libraries } = verbatim;
  const library = await libraries.open({ kind: 'server', id: playground.servers()[0] ?? '' });
  return { expect, verbatim, ada: playground.person, general: playground.channels.first(0), library };
}

const feed = 'https://news.example/feed';

/** Adds an article as if a feed had brought it. */
async function take(library: OpenLibrary, at: number, channel?: string, title = `Story ${at}`): Promise<void> {
  const metadata = {
    ...UNKNOWN_METADATA,
    title,
    titleIsDescriptive: false,
    outlet: 'Harbour Post',
    url: `https://news.example/${at}`,
  };
  const text = `The bridge fell in year ${at}.\n\n“We will rebuild the bridge before winter,” said Mara Lindqvist, the mayor.`;
  await library.add(metadata, text, undefined, { feed, keys: [`${at}`], channel });
}

async function followIn({ verbatim, library }: Started, channel: string, ping?: string): Promise<void> {
  const choices = {
    feed,
    title: 'Harbour Post',
    channel,
    only: undefined,
    keepDays: undefined,
    ping,
    addedBy: '7',
  };
  await follow(library, verbatim.libraries.feeds, choices);
}

/** Returns a watch without its id. */
function watchOf(speaker: string, channel: string): Omit<Watch, 'id'> {
  const rest = { words: undefined, ping: undefined, every: undefined, disabled: undefined };
  return { speaker, channel, addedBy: '7', locale: 'en', addedAt: 0, ...rest };
}

/** Waits until the first channel has this many messages. */
async function posted({ expect, verbatim, general }: Started, count: number): Promise<readonly APIMessage[]> {
  const messages = () => verbatim.playground.channels.messages(general);
  await expect.poll(messages, { interval: 100 }).toHaveLength(count);
  return messages();
}

function labels(message: APIMessage | undefined): readonly string[] {
  return [...JSON.stringify(message?.components).matchAll(/"label":"(?<label>[^"]+)"/gv)].map(
    ({ groups }) => groups?.label ?? '',
  );
}

describe.concurrent('posts of a feed', () => {
  test('a new article is posted with title, outlet, link and who is quoted, and leads to more', async own => {
    const started = await start(own);
    const { ada, expect, general, library } = started;
    await followIn(started, general);
    await take(library, 1, general, '@everyone **free** [gifts](https://evil.example)');
    const [message] = await posted(started, 1);
    const text = messageText(message);
    expect(text).toContain(String.raw`\@everyone \*\*free\*\* \[gifts\]`);
    expect(text).toContain('(<https://news.example/1>)');
    expect(text).toContain('Harbour Post');
    expect(text).toContain('Quoted: **Mara Lindqvist**');
    expect(message?.flags).toBe(MessageFlags.IsComponentsV2);
    expect([message?.mention_everyone, message?.mentions]).toEqual([false, []]);
    expect(labels(message)).toEqual(['Summary', 'Quotes']);
    if (message === undefined) throw new Error('Nothing was posted.');
    const { message: summary } = await ada.press(message, 'Summary');
    const { message: quotes } = await ada.press(message, 'Quotes');
    if (summary === undefined || quotes === undefined) throw new Error('A button answered nothing.');
    expect(messageText(summary)).toContain('In the article’s own words');
    expect(messageText(quotes)).toContain('> “We will rebuild the bridge');
    const onlyForAda = MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral;
    expect([summary.flags, quotes.flags]).toEqual([onlyForAda, onlyForAda]);
    // The post is deleted once Discord has confirmed it.
    await expect.poll(() => library.read(readNextPost)).toBeUndefined();
  });

  test('more than five become one digest, and five more are posted alone later', async own => {
    const started = await start(own);
    const { expect, general, library } = started;
    await followIn(started, general);
    for (let at = 1; at <= 6; at += 1) await take(library, at, general);
    const [digest] = await posted(started, 1);
    expect(messageText(digest)).toContain('### 6 new posts\n- [Story 1](<https://news.example/1>)');
    expect(messageText(digest).match(/Story/gv)).toHaveLength(6);
  });

  test('posts are in the language of their server', async own => {
    const started = await start(own);
    const { expect, general, library, verbatim } = started;
    const { faults, servers } = verbatim.playground;
    const data = { id: servers()[0], name: 'Newsroom', preferred_locale: Locale.ChineseTW };
    faults.sendPacket({ t: GatewayDispatchEvents.GuildUpdate, d: data });
    await followIn(started, general);
    await take(library, 1, general);
    const [message] = await posted(started, 1);
    expect(messageText(message)).toMatch(/\p{sc=Han}/v);
  });

  test('a post whose confirmation is lost, that is refused for a while or limited, is posted once', async own => {
    const started = await start(own);
    const { expect, general, library } = started;
    const { faults } = started.verbatim.playground;
    faults.next('lost', { route: 'POST /channels', times: 1 });
    faults.next('429', { route: 'POST /channels', milliseconds: 1500 });
    faults.next('502', { route: 'POST /channels', times: 1 });
    await followIn(started, general);
    await take(library, 1, general);
    await posted(started, 1);
    await expect.poll(() => library.read(readNextPost)).toBeUndefined();
    expect(await posted(started, 1)).toHaveLength(1);
  });
});

describe.concurrent('posts in a forum', () => {
  test('each article is a post with its title, and its outlet as its tag', async own => {
    const started = await start(own);
    const { ada, expect, library, verbatim } = started;
    const { channels } = verbatim.playground;
    const forum = channels.addForum(0, 'stories', ['Sport', 'harbour post']);
    await followIn(started, `#${forum}`);
    expect(messageText((await ada.command('feed list')).message)).toContain(`posts in <#${forum}>`);
    const long = `@everyone  reads **how <@&${forum}> rose**\u202e ${'when nobody was looking '.repeat(5)}`;
    await take(library, 1, `#${forum}`, long);
    for (let at = 2; at <= 7; at += 1) await take(library, at, `#${forum}`);
    await expect.poll(() => channels.posts(forum), { interval: 100, timeout: 20_000 }).toHaveLength(7);
    const posts = channels.posts(forum).toSorted((one, other) => one.name.length - other.name.length);
    expect(
      posts
        .slice(0, 6)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([2, 3, 4, 5, 6, 7].map(at => `Story ${at}`));
    expect(posts[6]?.name).toBe(`＠everyone reads **how <＠&${forum}> rose** when nobody was looking when nobody was…`);
    expect(new Set(posts.flatMap(({ tags }) => tags))).toEqual(new Set(['harbour post']));
    const [first] = channels.messages(posts[0]?.id ?? '');
    expect(labels(first)).toEqual(['Summary', 'Quotes']);
    await expect.poll(() => library.read(readNextPost)).toBeUndefined();
  });

  test('tags are those that anyone may use, with the first twenty characters of an outlet', async own => {
    const { ada, expect, library, verbatim } = await start(own);
    const { channels } = verbatim.playground;
    const moderated = ['The Post'];
    const forum = channels.addForum(0, 'stories', ['The International Ha', ...moderated], { moderated });
    await ada.command('watch add', { speaker: 'Mara Lindqvist', in: forum });
    for (const outlet of ['The International Harbour Gazette', 'The Post']) {
      const text = `The bridge of ${outlet} fell.\n\n“We will rebuild the bridge,” said Mara Lindqvist, the mayor.`;
      await library.add({ ...UNKNOWN_METADATA, title: outlet, outlet }, text);
    }
    await expect.poll(() => channels.posts(forum), { interval: 100 }).toHaveLength(2);
    expect(new Map(channels.posts(forum).map(({ name, tags }) => [name, tags]))).toEqual(
      new Map([
        ['The International Harbour Gazette', ['The International Ha']],
        ['The Post', []],
      ]),
    );
  });

  test('a post whose confirmation is lost is posted once, even if its role is gone', { timeout: 90_000 }, async own => {
    const started = await start(own, [10_011, 50_001]);
    const { expect, library, verbatim } = started;
    const { channels, faults, roles } = verbatim.playground;
    const forum = channels.addForum(0, 'stories', []);
    const role = roles.add(0, 'Readers', true);
    faults.next('lost', { route: `/channels/${forum}/threads` });
    await followIn(started, `#${forum}`, role);
    await take(library, 1, `#${forum}`);
    await expect.poll(() => channels.posts(forum), { interval: 100 }).toHaveLength(1);
    const [first] = channels.messages(channels.posts(forum)[0]?.id ?? '');
    expect(first?.mention_roles).toEqual([role]);
    roles.delete(0, role);
    // Its name is enough if the bot can't read it.
    channels.permit(channels.posts(forum)[0]?.id ?? '', PermissionFlagsBits.ViewChannel);
    await take(library, 2, `#${forum}`);
    await expect.poll(() => library.read(readNextPost), { interval: 500, timeout: 60_000 }).toBeUndefined();
    expect(channels.posts(forum).map(({ name }) => name)).toEqual(['Story 1', 'Story 2']);
    expect(channels.messages(channels.posts(forum)[1]?.id ?? '')[0]?.mention_roles).toEqual([]);
  });

  test('a watch posts there, too, and says which permission it needs', async own => {
    const { ada, expect, library, verbatim } = await start(own);
    const { channels } = verbatim.playground;
    const forum = channels.addForum(0, 'stories', ['Sport']);
    const watch = { speaker: 'Mara Lindqvist', in: forum };
    channels.permit(forum, PermissionFlagsBits.ViewChannel);
    expect(messageText((await ada.command('watch add', watch)).message)).toBe(
      `I can’t post in <#${forum}> yet. Give me **Create Posts** in that channel’s settings, then try again.`,
    );
    channels.permit(forum, PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages);
    expect(messageText((await ada.command('watch add', watch)).message)).toContain(`I’ll post it in <#${forum}>`);
    await take(library, 1);
    await expect.poll(() => channels.posts(forum), { interval: 100 }).toHaveLength(1);
    expect(channels.posts(forum)[0]).toMatchObject({ name: 'Story 1', tags: [] });
    expect(messageText(channels.messages(channels.posts(forum)[0]?.id ?? '')[0])).toContain('### Mara Lindqvist');
  });

  test('a forum that requires a tag is named before, and stops the posts that have none', async own => {
    const started = await start(own, [40067]);
    const { ada, expect, library, verbatim } = started;
    const { channels } = verbatim.playground;
    const forum = channels.addForum(0, 'stories', ['Sport'], { needsTag: true });
    const { message } = await ada.command('watch add', { speaker: 'Mara Lindqvist', in: forum });
    expect(messageText(message)).toContain(`Every post in <#${forum}> needs a tag.`);
    await take(library, 1);
    await expect.poll(async () => (await library.read(readWatches)).map(({ disabled }) => disabled)).toEqual([40_067]);
    expect(messageText((await ada.command('watch list')).message)).toContain(
      `**Posting has stopped**: every post in <#${forum}> needs a tag`,
    );
    expect(await library.read(readNextPost)).toBeUndefined();
  });

  test('but reports of wrong speakers aren’t', async own => {
    const { ada, expect, verbatim } = await start(own);
    const forum = verbatim.playground.channels.addForum(0, 'stories', []);
    expect(messageText((await ada.command('settings', { reports: forum })).message)).toContain(
      'I can only post in a text channel or thread',
    );
  });
});

describe.concurrent('posts that ping', () => {
  test('mention their role and nobody else, whatever their titles say', async own => {
    const started = await start(own);
    const { ada, expect, general, library, verbatim } = started;
    const { roles } = verbatim.playground;
    const [readers, others] = [roles.add(0, 'Readers', true), roles.add(0, 'Others', true)];
    const { message: added } = await ada.command('watch add', { speaker: 'Mara Lindqvist', ping: readers });
    expect(messageText(added)).toContain(`Each post will ping <@&${readers}>.`);
    expect(messageText((await ada.command('watch list')).message)).toContain(
      `posts in <#${general}> · pings <@&${readers}>`,
    );
    await take(library, 1, undefined, `@everyone <@&${others}> <@${ada.id}>`);
    const [message] = await posted(started, 1);
    expect(message?.mention_roles).toEqual([readers]);
    expect([message?.mention_everyone, message?.mentions]).toEqual([false, []]);
    expect(messageText(message).split('\n')[0]).toBe(`<@&${readers}>`);
    expect(messageText(message)).not.toContain(`<@&${others}>`);
    const { message: again } = await ada.command('watch add', { speaker: 'Mara Lindqvist' });
    expect(messageText(again)).toContain(`Posts will no longer ping <@&${readers}>.`);
    await take(library, 2);
    const [, second] = await posted(started, 2);
    expect(second?.mention_roles).toEqual([]);
    expect(messageText(second)).not.toContain('<@&');
  });

  test('go out without the ping once their role was deleted', async own => {
    const started = await start(own, [10_011]);
    const { ada, expect, library, verbatim } = started;
    const role = verbatim.playground.roles.add(0, 'Readers', true);
    await ada.command('watch add', { speaker: 'Mara Lindqvist', ping: role });
    verbatim.playground.roles.delete(0, role);
    await take(library, 1);
    const [message] = await posted(started, 1);
    expect(messageText(message)).toContain('> “We will rebuild the bridge before winter,”');
    expect(messageText(message)).not.toContain('<@&');
  });

  test('need Manage Server, a channel, and a role that may be mentioned', async own => {
    const started = await start(own);
    const { ada, expect, library, verbatim } = started;
    const { playground } = verbatim;
    const staff = playground.roles.add(0, 'Staff', false);
    const ben = playground.personOf({ name: 'Ben', where: 0, isManager: false });
    const personal = { speaker: 'Mara Lindqvist', 'direct-messages': true, ping: staff };
    const answer = async (person: Person, options: Parameters<Person['command']>[1]) =>
      messageText((await person.command('watch add', options)).message);
    expect(await answer(ben, personal)).toContain('**Manage Server**');
    expect(await answer(ada, personal)).toContain('I can only ping a role in a channel of this server.');
    expect(await answer(ada, { speaker: 'Lee', ping: playground.servers()[0] ?? '' })).toContain(
      'I don’t ping everyone.',
    );
    expect(await answer(ada, { speaker: 'Lee', ping: staff })).toContain(`I can’t ping <@&${staff}> yet.`);
    const rights = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages;
    const announced = playground.channels.add(0, 'announced');
    playground.channels.permit(announced, rights | PermissionFlagsBits.MentionEveryone);
    expect(await answer(ada, { speaker: 'Lee', ping: staff, in: announced })).toContain('Each post will ping');
    expect(await library.read(readWatches)).toHaveLength(1);
  });
});

describe.concurrent('channels in which nothing can be posted', () => {
  test('a channel that is forbidden stops the feed’s posts and says so, until it is resumed', async own => {
    const started = await start(own, [50013]);
    const { ada, expect, general, library } = started;
    const { channels } = started.verbatim.playground;
    await followIn(started, general);
    channels.permit(general, PermissionFlagsBits.ViewChannel);
    await take(library, 1, general);
    await expect.poll(() => library.read(readNextPost)).toBeUndefined();
    const list = async () => messageText((await ada.command('feed list')).message);
    expect(await list()).toContain(`**Posting has stopped**: I’m not allowed to post in <#${general}>.`);
    expect(await list()).toMatch(
      /Give me \*\*View Channel\*\* and \*\*Send Messages\*\* there\.\nThen use <\/feed resume:\d+> to post again\./v,
    );
    await ada.command('feed resume', { feed: 'Harbour Post' });
    expect(await list()).not.toContain('Posting has stopped');
  });

  test('a channel that is gone stops its watches and feeds, which say so', async own => {
    const started = await start(own, [10003]);
    const { ada, expect, library } = started;
    const { channels } = started.verbatim.playground;
    const news = channels.add(0, 'news');
    await ada.command('watch add', { speaker: 'Lindqvist', in: news });
    await followIn(started, news);
    channels.delete(news);
    await take(library, 1);
    await expect.poll(() => library.read(readNextPost)).toBeUndefined();
    const list = messageText((await ada.command('watch list')).message);
    expect(list).toContain('**Posting has stopped**: the channel no longer exists.');
    expect(messageText((await ada.command('feed list')).message)).toMatch(
      /the channel no longer exists.\nTo post in another channel, follow this feed again with <\/feed follow:\d+>\./v,
    );
    await take(library, 2);
    expect(await library.read(readNextPost)).toBeUndefined();
  });
});

describe.concurrent('/watch', () => {
  test('a quote by somebody is posted with the citation, and opens its context and a card', async own => {
    const started = await start(own);
    const { ada, expect, general, library } = started;
    const { message: added } = await ada.command('watch add', { speaker: 'Mara Lindqvist' });
    expect(messageText(added)).toContain(`Watching for quotes by **Mara Lindqvist**.`);
    expect(messageText(added)).toContain('Nobody here is called');
    await take(library, 1);
    const [message] = await posted(started, 1);
    const text = messageText(message);
    expect(text).toContain('-# Watching for quotes by **Mara Lindqvist**');
    expect(text).toContain('### Mara Lindqvist');
    expect(text).toContain('> “We will rebuild the bridge before winter,” said Mara Lindqvist');
    expect(text).toContain('¶2');
    expect(labels(message)).toEqual([
      'Context',
      'Card',
      'More like this',
      'More by Mara Lindqvist',
      'Ask about this article',
      'Wrong speaker',
    ]);
    if (message === undefined) throw new Error('Nothing was posted.');
    // The post belongs to everybody, so it stays as it is.
    const { message: context } = await ada.press(message, 'Context');
    expect(messageText(context)).toContain('The bridge fell');
    if (context === undefined) throw new Error('Nothing was answered.');
    expect(context.id).not.toBe(message.id);
    expect(context.flags).toBe(MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral);
    expect(started.verbatim.playground.channels.messages(general)[0]?.components).toEqual(message.components);
    expect(labels(context)).toContain('Share');
    expect((await ada.press(context, 'Just the quote')).message?.id).toBe(context.id);
  });

  test('words are found as /quote finds them, and other words aren’t', async own => {
    const started = await start(own);
    const { ada, expect, library } = started;
    await ada.command('watch add', { words: 'rebuild the brige before winter' });
    await ada.command('watch add', { words: 'tear down the bridge' });
    await ada.command('watch add', { words: 'rebuild the bridge', speaker: 'Somebody Else' });
    await take(library, 1);
    const messages = await posted(started, 1);
    expect(messages.map(messageText).join('\n')).toContain('quotes like “rebuild the brige before winter”');
    // The post is deleted once Discord has confirmed it.
    await expect.poll(() => library.read(readNextPost)).toBeUndefined();
  });

  test('is listed, and removed by a name that completes as it is typed', async own => {
    const { ada, expect, general } = await start(own);
    for (const nothing of [{}, { speaker: '\u200b' }, { words: '\u2060 ' }]) {
      const { message } = await ada.command('watch add', nothing);
      expect(messageText(message)).toContain('Fill in `speaker`, `words` or both');
    }
    await ada.command('watch add', { words: 'the *harbour*', speaker: 'Lee' });
    expect(messageText((await ada.command('watch list')).message)).toContain(
      String.raw`- quotes by **Lee** like “the \*harbour\*” · posts in <#${general}>`,
    );
    const [choice] = await ada.autocomplete('watch remove', 'watch', 'lee');
    expect(choice?.name).toBe('Lee · “the *harbour*”');
    expect(messageText((await ada.command('watch remove', { watch: String(choice?.value) })).message)).toContain(
      'No longer watching for quotes by **Lee**',
    );
    expect(messageText((await ada.command('watch list')).message)).toContain('I’m not watching for anything here yet.');
  });

  test('is completed by a name that can be chosen, even if what was stored has no visible character', async own => {
    const { ada, expect, general, library } = await start(own);
    await library.write(saveWatch, { ...watchOf('\u200b', general), id: 'invisible' }, 50);
    await ada.command('watch add', { speaker: 'Lee' });
    const names = (await ada.autocomplete('watch remove', 'watch', '')).map(({ name }) => name);
    expect([...names].sort()).toEqual(['?', 'Lee']);
  });

  test('of a channel is for managers to remove; anybody hears that there is no such watch', async own => {
    const { ada, expect, verbatim } = await start(own);
    const ben = verbatim.playground.personOf({ name: 'Ben', where: 0, isManager: false });
    await ada.command('watch add', { speaker: 'Ann Lee' });
    await ben.command('watch add', { speaker: 'Mara Lindqvist', 'direct-messages': true });
    const removed = async (watch: string) => messageText((await ben.command('watch remove', { watch })).message);
    expect(await removed('Mara Lindkvist')).toContain('I’m not watching for “Mara Lindkvist” here.');
    expect(await removed('Ann Lee')).toContain('Manage Server');
    expect(await removed('Mara Lindqvist')).toContain('No longer watching');
  });

  test('for one person is theirs alone: no list that everyone sees has it, whoever shares it or turns its page', async own => {
    const { ada, expect, general, library, verbatim } = await start(own);
    const ben = verbatim.playground.personOf({ name: 'Ben', where: 0, isManager: false });
    for (const [person, name] of [
      [ada, 'Ada’s secret'],
      [ben, 'Ben’s secret'],
    ] as const) {
      await person.command('watch add', { speaker: name, 'direct-messages': true });
      const { message } = await person.command('watch list');
      expect(messageText(message)).toContain(name);
      expect(labels(message)).not.toContain('Share');
    }
    for (let at = 1; at <= 10; at += 1) {
      await library.write(saveWatch, { ...watchOf(`Speaker ${at}`, general), id: `${at}` }, 50);
    }
    const { message: mine } = await ada.command('watch list');
    const { message: shared } = mine === undefined ? {} : await ada.press(mine, 'Share');
    if (shared === undefined) throw new Error('Nothing was shared');
    const { message: turned, updated } = await ben.press(shared, 'Next');
    expect(updated).toBe(true);
    for (const each of [shared, turned]) {
      expect(messageText(each)).toContain('Speaker ');
      expect(messageText(each)).not.toContain('secret');
    }
  });

  test('in direct messages a person watches their own library, in their language', async own => {
    const started = await start(own);
    const { expect } = started;
    const cleo = started.verbatim.playground.personOf({ name: 'Cleo', where: 'direct', isManager: false });
    const { message } = await cleo.speaking(Locale.ChineseTW).command('watch add', { speaker: 'Lindqvist' });
    expect(messageText(message)).toContain('正在您的文庫裡關注**Lindqvist**的引文');
    await take(started.library, 1);
    await take(await started.verbatim.libraries.open({ kind: 'person', id: cleo.id }), 2);
    await expect.poll(() => cleo.sees().map(messageText).join('\n')).toContain('關注：');
    expect(cleo.sees().map(messageText).join('\n')).not.toContain('news.example/1');
    const bob = started.verbatim.playground.personOf({ name: 'Bob', where: 0, isManager: true, installedBy: 'person' });
    expect(messageText((await bob.command('watch add', { speaker: 'Lee' })).message)).toContain(
      'Watches on your own library come to you by direct message.',
    );
  });

  test('anybody watches for themselves in direct messages, until they stop it or leave the server', async own => {
    const started = await start(own, [10_007]);
    const { ada, expect, library, verbatim } = started;
    const ben = verbatim.playground.personOf({ name: 'Ben', where: 0, isManager: false });
    const cleo = verbatim.playground.personOf({ name: 'Cleo', where: 'direct', isManager: false });
    const refused = await ben.command('watch add', { speaker: 'Mara Lindqvist' });
    expect(messageText(refused.message)).toContain('Manage Server');
    const personal = { speaker: 'Mara Lindqvist', 'direct-messages': true };
    expect(messageText((await ben.command('watch add', personal)).message)).toContain('for you alone');
    expect(messageText((await ada.command('watch list')).message)).toContain('I’m not watching for anything here yet.');
    expect(messageText((await ben.command('watch list')).message)).toContain('sent to you');
    await take(library, 1);
    const sent = () => verbatim.playground.channels.messages(`${BigInt(ben.id) + 500_000n}`);
    await expect.poll(sent, { interval: 100 }).toHaveLength(1);
    const [message] = sent();
    if (message === undefined) throw new Error('It was sent');
    expect(messageText(message)).toContain('> “We will rebuild the bridge before winter,” said Mara Lindqvist');
    expect(labels(message)).toEqual(['Stop']);
    expect(messageText((await cleo.press(message, 'Stop')).message)).not.toContain('No longer watching');
    const stopped = await ben.alone('direct').press(message, 'Stop');
    expect(messageText(stopped.message)).toContain('No longer watching for quotes by');
    await ben.command('watch add', personal);
    verbatim.playground.leave(ben.id);
    await take(library, 2);
    await expect.poll(async () => (await library.read(readWatches)).map(({ disabled }) => disabled)).toEqual([10_007]);
    expect(sent()).toHaveLength(1);
  });

  test('a watch posts in a thread, where it needs another permission', async own => {
    const { ada, expect, general, library, verbatim } = await start(own);
    const { channels } = verbatim.playground;
    const thread = channels.add(0, 'the bridge', general);
    const watch = { speaker: 'Mara Lindqvist', in: thread };
    channels.permit(thread, PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages);
    expect(messageText((await ada.command('watch add', watch)).message)).toContain('Send Messages in Threads');
    channels.permit(thread, PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessagesInThreads);
    expect(messageText((await ada.command('watch add', watch)).message)).toContain(`I’ll post it in <#${thread}>`);
    await take(library, 1);
    await expect.poll(() => channels.messages(thread), { interval: 100 }).toHaveLength(1);
  });

  test('names what to grant where it may not post', async own => {
    const started = await start(own);
    const { ada, expect, general } = started;
    const { channels } = started.verbatim.playground;
    const news = channels.add(0, 'news');
    channels.permit(news, 0n);
    expect(messageText((await ada.command('watch add', { words: 'bridge', in: news })).message)).toBe(
      `I can’t post in <#${news}> yet. Give me **View Channel** and **Send Messages** in that channel’s settings, then try again.`,
    );
    channels.permit(general, PermissionFlagsBits.ViewChannel);
    expect(messageText((await ada.command('watch add', { words: 'bridge' })).message)).toContain('**Send Messages**');
  });
});

describe.concurrent('twenty channels that fail', () => {
  const faults = [
    ['answer with 500', '500', 0],
    ['never answer', 'late', 600_000],
  ] as const;
  for (const [name, fault, milliseconds] of faults) {
    test(`hold up no other if they ${name}`, async own => {
      const started = await start(own);
      const { expect, general, library, verbatim } = started;
      const { faults: planned, channels } = verbatim.playground;
      for (let at = 1; at <= 20; at += 1) {
        const channel = channels.add(0, `failing-${at}`);
        planned.next(fault, { route: `/channels/${channel}/messages`, times: 1000, milliseconds });
        await library.write(saveWatch, { ...watchOf('Mara Lindqvist', channel), id: channel }, 50);
      }
      await take(library, 1);
      await followIn(started, general);
      await take(library, 2, general);
      await expect.poll(() => channels.messages(general), { interval: 100, timeout: 40_000 }).toHaveLength(1);
    }, 60_000);
  }
});
