import { DiscordAPIError, RateLimitError } from 'discord.js';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import type { SendPost } from '../../src/discord/channels.ts';
import { Poster, type PostsOf } from '../../src/discord/posting.ts';
import type { OpenLibrary } from '../../src/library/library.ts';
import { StorageError } from '../../src/library/store/errors.ts';
import type { Follow } from '../../src/library/store/following/following.ts';
import { changeFollow, deleteFollow, readFollows, saveFollow } from '../../src/library/store/following/following.ts';
import { newPost, type Post, readPosts, replacePosts } from '../../src/library/store/following/outbox.ts';
import type { Watch } from '../../src/library/store/following/watches.ts';
import { deleteWatch, readWatches, saveWatch } from '../../src/library/store/following/watches.ts';
import { DEFAULT_SETTINGS } from '../../src/library/store/library-settings.ts';
import type { Run } from '../../src/library/store/script.ts';
import { UNKNOWN_METADATA } from '../../src/news/article.ts';
import { message } from '../../src/wording/say.ts';
import { messageText } from '../end-to-end/message-text.ts';
import { openTestLibraries } from '../library/test-libraries.ts';

interface Sent {
  readonly channel: string;
  readonly nonce: string;
  readonly text: string;
  readonly name: string;
  readonly outlets: readonly string[];
  readonly pings: readonly string[];
}

const minute = 60_000;

const followed: Follow = {
  feed: 'f',
  title: 'The Post',
  channel: '12',
  only: undefined,
  keepDays: undefined,
  ping: undefined,
  isPaused: false,
  isNew: false,
  disabled: undefined,
  addedBy: '7',
  addedAt: 1000,
};

const watch: Watch = {
  id: 'w',
  speaker: 'Lee',
  words: undefined,
  channel: '12',
  addedBy: '7',
  locale: 'en',
  disabled: undefined,
  ping: undefined,
  every: undefined,
  addedAt: 0,
};

/** Returns a poster on a clock of its own, whose messages go through `answer`. */
async function startPosting(
  answer: (channel: string) => Promise<void> = () => Promise.resolve(),
  choices = () => Promise.resolve(DEFAULT_SETTINGS),
) {
  const { libraries, end } = await openTestLibraries([]);
  onTestFinished(end);
  const library = await libraries.open({ kind: 'server', id: '7600000000000000001' });
  await library.write(saveFollow, followed, 10);
  const sent: Sent[] = [];
  const tried: string[] = [];
  const looked: string[] = [];
  const clock = { ahead: 0 };
  let isStopping = false;
  let server: { name: string; preferredLocale: string } | undefined;
  const send: SendPost = async (channel, { components, name, outlets, pings }, nonce) => {
    tried.push(nonce);
    await answer(channel);
    sent.push({ channel, nonce, text: messageText({ components }), name, outlets, pings });
  };
  const start = () =>
    new Poster({
      send,
      isThere: (channel, { components }) => {
        looked.push(channel);
        return Promise.resolve(
          sent.some(each => each.channel === channel && each.text === messageText({ components })),
        );
      },
      commandIds: new Map(),
      log: pino({ level: 'silent' }),
      choices,
      serverOf: () => server,
      isStopping: () => isStopping,
      now: () => Date.now() + clock.ahead,
    });
  let poster = start();
  /** Lets time pass, and posts what is due then. */
  const pass = async (milliseconds: number, from: PostsOf = library) => {
    clock.ahead += milliseconds;
    return await (await poster.prepare(from))();
  };
  return {
    library,
    sent,
    tried,
    looked,
    pass,
    /** From now on, what fails was interrupted. */
    stop: () => {
      isStopping = true;
    },
    /** Starts another poster, which remembers nothing. */
    restart: () => {
      isStopping = false;
      poster = start();
    },
    /** Lets Discord send the library's server. */
    arrive: (name: string) => {
      server = { name, preferredLocale: 'en-US' };
    },
    left: async () => (await library.read(readPosts, Date.now() + 1e12, 200)).length,
  };
}

async function take(library: OpenLibrary, from: number, count: number, channel = '12'): Promise<void> {
  for (let at = from; at < from + count; at += 1) {
    const metadata = {
      ...UNKNOWN_METADATA,
      title: `Story ${at} of the floods in the valley of the two rivers`,
      titleIsDescriptive: false,
    };
    await library.add(metadata, `Rain fell on day ${at}.`, undefined, { feed: 'f', keys: [`${at}`], channel });
  }
}

function apiError(status: number, code: number): DiscordAPIError {
  return new DiscordAPIError({ code, message: 'No' }, code, status, 'POST', '/channels', { files: [], body: {} });
}

function rateLimited(retryAfter: number): RateLimitError {
  const where = { hash: 'h', majorParameter: '12', method: 'POST', route: '/channels', url: '/channels' };
  const limit = { global: false, limit: 5, retryAfter, scope: 'user', sublimitTimeout: 0, timeToReset: 0 } as const;
  return new RateLimitError({ ...where, ...limit });
}

test('five are posted alone, once what belongs together has arrived', async () => {
  const { library, sent, pass, left } = await startPosting();
  await take(library, 1, 5);
  await pass(0);
  expect(sent).toEqual([]);
  await pass(4000);
  expect(sent.map(({ channel }) => channel)).toEqual(Array(5).fill('12'));
  expect(new Set(sent.map(({ nonce }) => nonce)).size).toBe(5);
  expect(await left()).toBe(0);
});

test('more within ten minutes become a digest, and what follows it waits ten minutes', async () => {
  const { library, sent, pass } = await startPosting();
  await take(library, 1, 3);
  await pass(4000);
  await take(library, 4, 3);
  await pass(minute);
  expect(sent.slice(3).map(({ text }) => text.split('\n')[0])).toEqual(['### 3 new posts']);
  await take(library, 7, 2);
  await pass(minute);
  await pass(8 * minute);
  expect(sent).toHaveLength(4);
  await pass(minute);
  expect(sent.slice(4).map(({ text }) => /Story \d/v.exec(text)?.[0])).toEqual(['Story 7', 'Story 8']);
});

test('posts that arrive one by one become a digest, too', async () => {
  const { library, sent, pass, left } = await startPosting();
  for (let at = 1; at <= 20; at += 1) {
    await take(library, at, 1);
    await pass(10_000);
  }
  expect(sent).toHaveLength(6);
  await pass(10 * minute);
  expect(sent.slice(6).map(({ text }) => text.split('\n')[0])).toEqual(['### 14 new posts']);
  expect(await left()).toBe(0);
});

test('a hundred posts fit into a digest, which says how many aren’t shown', async () => {
  const { library, sent, pass, left } = await startPosting();
  await take(library, 1, 100);
  await pass(minute);
  const text = sent[0]?.text ?? '';
  expect(text).toContain('### 100 new posts');
  const shown = text.match(/^- /gmv)?.length ?? 0;
  expect(text).toContain(`And ${100 - shown} more in`);
  expect([sent.length, await left()]).toEqual([1, 0]);
});

const day = 24 * 60 * minute;

test('a digest pings each role of its feeds once, and has room for that', async () => {
  const { library, sent, pass } = await startPosting();
  const roles = Array.from({ length: 20 }, (_, at) => `${1_180_000_000_000_000_000 + 1000 * at}`);
  await library.write(deleteFollow, 'f');
  for (const [at, ping] of [...roles, ...roles].entries()) {
    const feed = `f${at}`;
    await library.write(saveFollow, { ...followed, feed, ping }, 50);
    const metadata = { ...UNKNOWN_METADATA, title: `Story ${at} ${'of the floods '.repeat(20)}` };
    await library.add(metadata, `Rain fell on day ${at}.`, undefined, { feed, keys: [`${at}`], channel: '12' });
  }
  await pass(minute);
  expect(sent.map(({ pings }) => pings.toSorted())).toEqual([roles]);
  const mentions = roles.map(role => `<@&${role}> `).join('');
  expect(sent[0]?.text).toContain('40 new posts');
  expect(`${sent[0]?.text}${mentions}`.length).toBeLessThan(4000);
});

test('a watch for digests posts once a day, at its hour, what is new, and nothing on quiet days', async () => {
  const { library, sent, pass, left } = await startPosting();
  const addedAt = Date.now() - day / 2;
  await library.write(saveWatch, { ...watch, speaker: 'Ann Lee', every: 'day', addedAt }, 10);
  const report = async (at: number) => {
    await library.add({ ...UNKNOWN_METADATA, title: `Rain ${at}` }, `“Rain fell on valley ${at},” said Ann Lee.`);
  };
  for (let at = 1; at <= 12; at += 1) await report(at);
  await pass(minute);
  expect([sent, await left()]).toEqual([[], 12]);
  await pass(day / 2);
  expect(sent.map(({ text }) => text.split('\n')[0])).toEqual(['### In the last day: quotes by **Ann Lee**']);
  expect(sent[0]?.text.match(/^> “Rain fell on valley \d+,” said Ann Lee\.$/gmv)).toHaveLength(10);
  expect(sent[0]?.text).toContain('And 2 more in');
  await pass(3 * day);
  expect([sent.length, await left()]).toEqual([1, 0]);
});

test('what somebody gets in direct messages says which server has the rest, not their own library’s list', async () => {
  const { library, sent, pass, arrive } = await startPosting();
  await library.write(saveWatch, { ...watch, speaker: 'Ann Lee', channel: '@7' }, 10);
  const report = async (valley: number) => {
    await library.add(
      { ...UNKNOWN_METADATA, title: `Rain ${valley}` },
      `“Rain fell on valley ${valley},” said Ann Lee.`,
    );
  };
  for (let valley = 1; valley <= 12; valley += 1) await report(valley);
  await pass(minute);
  arrive('The *Newsroom*');
  for (let valley = 13; valley <= 24; valley += 1) await report(valley);
  await pass(11 * minute);
  expect(sent.map(({ text }) => text.split('\n').at(-1))).toEqual([
    'And 2 more.',
    String.raw`And 2 more in **/article list** on **The \*Newsroom\***.`,
  ]);
});

test('in a forum, each article is a post of its own, named after it, however many there are', async () => {
  const { library, sent, pass, left } = await startPosting();
  await library.write(changeFollow, 'f', { channel: '#12' });
  await take(library, 1, 8, '#12');
  await pass(4000);
  await take(library, 9, 2, '#12');
  await pass(4000);
  const names = Array.from({ length: 10 }, (_, at) => `Story ${at + 1} of the floods in the valley of the two rivers`);
  expect(sent.map(({ name }) => name).sort()).toEqual(names.sort());
  expect(await left()).toBe(0);
});

test('before a post is sent to a forum again, which has no nonces, the bot looks whether it is there', async () => {
  let isLost = true;
  const { library, tried, looked, sent, pass, left } = await startPosting(() =>
    isLost ? Promise.reject(new Error('Lost')) : Promise.resolve(),
  );
  await library.write(changeFollow, 'f', { channel: '#12' });
  await take(library, 1, 1, '#12');
  await pass(4000);
  expect([tried.length, looked]).toEqual([1, []]);
  isLost = false;
  await pass(40_000);
  expect([tried.length, looked, sent.length, await left()]).toEqual([2, ['#12'], 1, 0]);
});

test('a digest is one post of a forum, named after its watch and the day, with the outlets it quotes', async () => {
  const { library, sent, pass } = await startPosting();
  const words = `rain ${'and more rain '.repeat(10)}`;
  const weekly = { ...watch, speaker: undefined, words, channel: '#12', every: 'week', addedAt: 0 } as const;
  await library.write(saveWatch, weekly, 10);
  for (const [at, outlet] of ['Post', 'Globe', 'Post'].entries()) {
    const text = `“${words} fell on valley ${at},” said Ann Lee.`;
    await library.add({ ...UNKNOWN_METADATA, title: 'Rain', outlet }, text);
  }
  await pass(8 * day);
  expect(sent).toHaveLength(1);
  expect(sent[0]?.name).toMatch(/^“rain and more rain .*… · \d{1,2} [A-Z][a-z]+ \d{4}$/v);
  expect(sent[0]?.name.length).toBeLessThanOrEqual(100);
  expect(sent[0]?.outlets.toSorted()).toEqual(['Globe', 'Post']);
});

test('a post that lacks the tag that its forum requires stops its own feed or watch alone', async () => {
  const { library, tried, pass, left } = await startPosting(() => Promise.reject(apiError(400, 40_067)));
  await library.write(changeFollow, 'f', { channel: '#12' });
  await library.write(saveFollow, { ...followed, feed: 'g', channel: '#12' }, 10);
  await library.write(saveWatch, { ...watch, channel: '#12' }, 10);
  await take(library, 1, 2, '#12');
  await pass(4000);
  await pass(60 * minute);
  expect([tried.length, await left()]).toEqual([1, 0]);
  const follows = await library.read(readFollows);
  expect(follows.filter(({ disabled }) => disabled === 40_067).map(({ feed }) => feed)).toEqual(['f']);
  expect((await library.read(readWatches)).map(({ disabled }) => disabled)).toEqual([undefined]);
});

test('a server with too many threads gets its posts once some were archived', async () => {
  let isFull = true;
  const { library, sent, pass } = await startPosting(() =>
    isFull ? Promise.reject(apiError(400, 160_006)) : Promise.resolve(),
  );
  await library.write(changeFollow, 'f', { channel: '#12' });
  await take(library, 1, 1, '#12');
  await pass(4000);
  isFull = false;
  await pass(minute);
  expect(sent).toHaveLength(1);
});

test('a digest that Discord may have got is sent again as the same message', async () => {
  let error: Error | undefined = apiError(500, 0);
  const { library, sent, tried, pass, restart } = await startPosting(() =>
    error === undefined ? Promise.resolve() : Promise.reject(error),
  );
  await library.write(saveWatch, { ...watch, every: 'week', addedAt: Date.now() }, 10);
  await library.add({ ...UNKNOWN_METADATA, title: 'Rain' }, '“Rain fell in the valley,” said Ann Lee.');
  await library.add({ ...UNKNOWN_METADATA, title: 'Hail' }, '“Hail fell in the valley,” said Ann Lee.');
  await pass(7 * day + minute);
  error = undefined;
  restart();
  await pass(10 * minute);
  expect([new Set(tried).size, sent.length]).toEqual([1, 1]);
});

test('what stopping interrupts is sent at the next start, however old it is', async () => {
  let interrupt: () => void = () => undefined;
  const { library, sent, pass, stop, restart, left } = await startPosting(async () => interrupt());
  await take(library, 1, 1);
  interrupt = () => {
    stop();
    throw new DOMException('This operation was aborted', 'AbortError');
  };
  await pass(2 * day);
  expect([sent, await left()]).toEqual([[], 1]);
  interrupt = () => undefined;
  restart();
  await pass(0);
  expect([sent.length, await left()]).toEqual([1, 0]);
});

test('what fails is sent again, later and later, and dropped after a day', async () => {
  let error: Error = new Error('Broken');
  const { library, sent, pass, left } = await startPosting(() => Promise.reject(error));
  await take(library, 1, 1);
  const next = await pass(4000);
  expect(next).toBeGreaterThan(Date.now() + 30_000);
  expect(await left()).toBe(1);
  await pass(12 * 60 * minute);
  expect(await left()).toBe(1);
  error = apiError(503, 0);
  await pass(13 * 60 * minute);
  expect([await left(), sent]).toEqual([0, []]);
});

test('once Discord doesn’t answer for a channel, nothing else is tried there until the next retry', async () => {
  let isDown = true;
  const { library, sent, tried, pass, left } = await startPosting(() =>
    isDown ? Promise.reject(new Error('Down')) : Promise.resolve(),
  );
  await library.write(saveWatch, { ...watch, channel: '13' }, 10);
  await library.add({ ...UNKNOWN_METADATA, title: 'Rain' }, '“Rain fell in the valley,” said Ann Lee.');
  await take(library, 1, 3);
  await pass(4000);
  expect(tried).toHaveLength(2);
  await pass(20_000);
  expect(tried).toHaveLength(2);
  isDown = false;
  await pass(minute);
  expect([sent.length, await left()]).toEqual([4, 0]);
});

test.each([
  ['answers with 500', () => Promise.reject(apiError(500, 0))],
  ['doesn’t answer', () => new Promise<void>(() => undefined)],
])('a channel that %s holds up no other, even of the same server', async (_, answer) => {
  const { library, sent, pass } = await startPosting(channel => (channel === '12' ? answer() : Promise.resolve()));
  await library.write(saveWatch, { ...watch, channel: '13' }, 10);
  await take(library, 1, 9);
  await library.add({ ...UNKNOWN_METADATA, title: 'Rain' }, '“Rain fell in the valley,” said Ann Lee.');
  void pass(4000);
  await expect.poll(() => sent.map(({ channel }) => channel)).toEqual(['13']);
});

test('a post that always fails waits longer than the others of its channel', async () => {
  let isPoison = true;
  const { library, sent, tried, pass } = await startPosting(() =>
    isPoison ? Promise.reject(apiError(500, 0)) : Promise.resolve(),
  );
  await take(library, 1, 1);
  await pass(4000);
  for (let times = 0; times < 3; times += 1) await pass(5 * minute);
  await take(library, 2, 1);
  isPoison = false;
  await pass(5 * minute);
  await pass(60 * minute);
  expect(new Set(tried).size).toBe(2);
  expect(sent.map(({ text }) => /Story \d/v.exec(text)?.[0])).toEqual(['Story 2', 'Story 1']);
});

test('a channel that is rate-limited isn’t tried again with its other posts, and other channels are', async () => {
  const channels: string[] = [];
  const { library, pass } = await startPosting(channel => {
    channels.push(channel);
    return channel === '12' ? Promise.reject(rateLimited(minute)) : Promise.resolve();
  });
  await library.write(saveWatch, { ...watch, channel: '13' }, 10);
  await library.add({ ...UNKNOWN_METADATA, title: 'Rain' }, '“Rain fell in the valley,” said Ann Lee.');
  await take(library, 1, 3);
  await pass(4000);
  expect(channels.sort()).toEqual(['12', '13']);
});

test('only failures count as attempts: waiting for a rate limit or for the next digest doesn’t', async () => {
  let error: Error | undefined;
  const { library, tried, pass } = await startPosting(() =>
    error === undefined ? Promise.resolve() : Promise.reject(error),
  );
  const attempts = async () => (await library.read(readPosts, 1e15, 10)).map(each => each.attempts);
  await take(library, 1, 6);
  await pass(4000);
  await take(library, 7, 1);
  await pass(4000);
  expect([tried.length, await attempts()]).toEqual([1, [0]]);
  error = rateLimited(minute);
  await pass(10 * minute);
  expect([tried.length, await attempts()]).toEqual([2, [0]]);
  error = new Error('Down');
  await pass(minute);
  expect([tried.length, await attempts()]).toEqual([3, [1]]);
});

test('posts that are sent again together have the same nonce', async () => {
  let isBroken = true;
  const { library, tried, pass } = await startPosting(() =>
    isBroken ? Promise.reject(new Error('Broken')) : Promise.resolve(),
  );
  await take(library, 1, 7);
  await pass(4000);
  isBroken = false;
  await pass(minute);
  expect(tried).toEqual([tried[0], tried[0]]);
  expect(tried[0]?.length).toBeLessThanOrEqual(25);
});

test('posts whose confirmation is lost are sent again as they were, after a restart and beside newer ones', async () => {
  let isLost = true;
  const { library, tried, pass, restart, left, sent } = await startPosting(() =>
    isLost ? Promise.reject(apiError(504, 0)) : Promise.resolve(),
  );
  for (let at = 1; at <= 3; at += 1) {
    await take(library, at, 1);
    await pass(4000);
    restart();
  }
  const alone = [...new Set(tried.splice(0))];
  expect(alone).toHaveLength(3);
  await take(library, 4, 7);
  await pass(4000);
  const [digest] = tried;
  expect(tried).toHaveLength(1);
  restart();
  isLost = false;
  tried.length = 0;
  await take(library, 11, 1);
  await pass(10 * minute);
  await pass(10 * minute);
  expect(tried).toEqual(expect.arrayContaining([...alone, digest]));
  const stories = sent.flatMap(({ text }) => text.match(/Story \d+/gv) ?? []);
  expect(stories.sort()).toEqual(Array.from({ length: 11 }, (_, at) => `Story ${at + 1}`).sort());
  expect([tried.length, await left()]).toEqual([5, 0]);
});

test('before a message is sent again after a restart or a minute, the bot looks whether it is there', async () => {
  let isLost = true;
  const { library, tried, looked, sent, pass, restart, left } = await startPosting(channel => {
    if (!isLost) return Promise.resolve();
    sent.push({ channel, nonce: '', text: arrived, name: '', outlets: [], pings: [] });
    return Promise.reject(new Error('Lost'));
  });
  let arrived = 'something else';
  await take(library, 1, 1);
  await pass(4000);
  expect(looked).toEqual([]);
  await pass(30_000);
  expect([tried.length, looked]).toEqual([2, []]);
  restart();
  await pass(2 * minute);
  expect([tried.length, looked]).toEqual([3, ['12']]);
  isLost = false;
  await pass(5 * minute);
  expect([tried.length, looked, await left()]).toEqual([4, ['12', '12'], 0]);
  isLost = true;
  arrived = sent.at(-1)?.text.replaceAll('1', '2') ?? '';
  await take(library, 2, 1);
  await pass(4000);
  restart();
  await pass(minute);
  expect([tried.length, looked, await left()]).toEqual([5, ['12', '12', '12'], 0]);
});

test('what another process began to post since is left to it', async () => {
  const gate = Promise.withResolvers<void>();
  const waits = [gate.promise];
  let isLost = true;
  const { library, tried, sent, pass, restart } = await startPosting(
    () => (isLost ? Promise.reject(new Error('Lost')) : Promise.resolve()),
    async () => {
      await waits.pop();
      return DEFAULT_SETTINGS;
    },
  );
  await take(library, 1, 7);
  const slow = pass(minute);
  restart();
  await take(library, 8, 1);
  await pass(minute);
  gate.resolve();
  await slow;
  isLost = false;
  await pass(minute);
  expect(tried).toEqual([tried[0], tried[0]]);
  expect(sent.map(({ text }) => text.split('\n')[0])).toEqual(['### 8 new posts']);
});

test('that a feed has failed for a day is posted without advice for pages', async () => {
  const { library, sent, pass } = await startPosting();
  await library.announceFailure('f', message('reading.trouble'));
  await pass(4000);
  expect(sent.map(({ channel, text }) => [channel, text.split('\n')[0]])).toEqual([
    ['12', expect.stringContaining('**The Post** for a day. The site is having problems. I’ll keep trying.')],
  ]);
});

test('an article that is removed before it is posted isn’t posted', async () => {
  const { library, sent, pass, left } = await startPosting();
  await take(library, 1, 1);
  const [article] = await library.newest(0, 1);
  await library.remove(article?.id ?? '');
  await pass(4000);
  expect([sent, await left()]).toEqual([[], 0]);
});

test('settings that can’t be read stop no other posts, and are read again', async () => {
  let isBroken = true;
  const { library, pass, sent } = await startPosting(undefined, () =>
    isBroken ? Promise.reject(new StorageError('Broken')) : Promise.resolve(DEFAULT_SETTINGS),
  );
  await take(library, 1, 1);
  await expect(pass(4000)).rejects.toThrow(StorageError);
  isBroken = false;
  await pass(1000);
  expect(sent).toHaveLength(1);
});

test.each([
  { count: 3, posted: ['Story 1', 'Story 3'] },
  { count: 8, posted: ['### 7 new posts'] },
])('of $count posts, one that can’t be shown is dropped and the others are posted', async ({ count, posted }) => {
  const { library, pass, sent, left } = await startPosting();
  await take(library, 1, count);
  const broken = ({ article, ...rest }: AttributedArticle): AttributedArticle => ({
    ...rest,
    article: {
      ...article,
      get title(): string {
        throw new Error('Broken');
      },
    },
  });
  const articles = async (ids: readonly string[]) =>
    (await library.articles(ids)).map(from => (from.article.title.startsWith('Story 2 ') ? broken(from) : from));
  const { owner, read, write } = library;
  await pass(4000, { owner, read, write, articles });
  expect(sent.map(({ text }) => /Story \d|### .*/v.exec(text)?.[0])).toEqual(posted);
  expect(await left()).toBe(0);
});

test.each([{ isPaused: true }, { disabled: 50_013 }, { channel: '13' }, { channel: undefined }])(
  'what waits isn’t posted once the feed has %o',
  async changes => {
    const { library, sent, pass, left } = await startPosting();
    await take(library, 1, 1);
    await library.write(changeFollow, 'f', changes);
    await pass(4000);
    expect([sent, await left()]).toEqual([[], 0]);
  },
);

test('what waits isn’t posted once the feed was removed', async () => {
  const { library, sent, pass, left } = await startPosting();
  await take(library, 1, 1);
  await library.write(deleteFollow, 'f');
  await pass(4000);
  expect([sent, await left()]).toEqual([[], 0]);
});

test.each([
  { status: 403, code: 50_001 },
  { status: 403, code: 50_007 },
  { status: 403, code: 50_013 },
  { status: 403, code: 50_278 },
  { status: 404, code: 10_003 },
])('a channel that refuses with $code is tried once, and everything that posts there is disabled', async answer => {
  const { library, tried, pass, left } = await startPosting(() => Promise.reject(apiError(answer.status, answer.code)));
  await library.write(saveFollow, { ...followed, feed: 'g' }, 10);
  await library.write(saveFollow, { ...followed, feed: 'elsewhere', channel: '13' }, 10);
  for (const [id, channel] of Object.entries({ w: '12', x: '12', elsewhere: '13' })) {
    await library.write(saveWatch, { ...watch, id, channel }, 10);
  }
  await take(library, 1, 3);
  await pass(4000);
  expect(tried).toHaveLength(1);
  expect(await left()).toBe(0);
  const disabled = (list: readonly (Follow | Watch)[]) =>
    list.flatMap(each => (each.disabled === undefined ? [] : [each.disabled]));
  expect(disabled(await library.read(readFollows))).toEqual([answer.code, answer.code]);
  expect(disabled(await library.read(readWatches))).toEqual([answer.code, answer.code]);
});

test('a watch that is removed while its channel is found closed stays removed', async () => {
  let isRefused = false;
  const { library, pass } = await startPosting(() => {
    isRefused = true;
    return Promise.reject(apiError(403, 50_001));
  });
  await library.write(saveWatch, watch, 10);
  await take(library, 1, 1);
  const read: Run = async (script, ...values) => {
    const former = await library.read(script, ...values);
    if (isRefused && Object.is(script, readWatches)) await library.write(deleteWatch, 'w');
    return former;
  };
  const { owner, write } = library;
  await pass(4000, { owner, articles: ids => library.articles(ids), read, write });
  expect(await library.read(readWatches)).toEqual([]);
});

test('what waits for a channel is dropped when it refuses, and what waits for another isn’t', async () => {
  let isShut = false;
  const { library, pass, left } = await startPosting(channel =>
    Promise.reject(isShut && channel === '12' ? apiError(403, 50_001) : apiError(503, 0)),
  );
  await library.write(saveWatch, watch, 10);
  await library.write(saveWatch, { ...watch, id: 'elsewhere', channel: '13' }, 10);
  await library.add({ ...UNKNOWN_METADATA, title: 'Rain' }, '“Rain fell in the valley,” said Ann Lee.');
  await pass(4000);
  expect(await left()).toBe(2);
  await pass(minute);
  expect(await left()).toBe(2);
  isShut = true;
  await take(library, 1, 1);
  await pass(2 * minute);
  expect((await library.read(readPosts, 1e15, 10)).map(({ channel }) => channel)).toEqual(['13']);
});

test('a post of a newer version waits for that version, and the others are sent', async () => {
  const { library, sent, pass } = await startPosting();
  const reason: Post['reason'] = JSON.parse('{"kind":"of a newer version"}');
  const waiting = { ...newPost('12', '', reason), since: 0, attempts: 0, nonce: undefined };
  await library.write(replacePosts, [waiting], []);
  await take(library, 1, 1);
  const soon = Date.now() + 10 * minute;
  expect(await pass(4000)).toBeGreaterThan(soon);
  expect(sent).toHaveLength(1);
  expect(await pass(24 * 60 * minute)).toBeGreaterThan(soon + 24 * 60 * minute);
});

test('a refusal without a code of Discord’s, as by a proxy, disables nothing', async () => {
  const { library, pass, left } = await startPosting(() => Promise.reject(apiError(404, 0)));
  await take(library, 1, 1);
  await pass(4000);
  expect([await left(), (await library.read(readFollows))[0]?.disabled]).toEqual([1, undefined]);
});

test.each([
  { status: 403, code: 40_333 },
  { status: 404, code: 10_015 },
])('a refusal that isn’t about the channel ($code) disables nothing, and the post is sent again', async answer => {
  let isRefused = true;
  const { library, sent, pass, left } = await startPosting(() =>
    isRefused ? Promise.reject(apiError(answer.status, answer.code)) : Promise.resolve(),
  );
  await take(library, 1, 1);
  await pass(4000);
  expect([await left(), (await library.read(readFollows))[0]?.disabled]).toEqual([1, undefined]);
  isRefused = false;
  await pass(minute);
  expect([await left(), sent.length]).toEqual([0, 1]);
});

test('a message that Discord refuses for its content is dropped', async () => {
  const { library, pass, left } = await startPosting(() => Promise.reject(apiError(400, 50035)));
  await take(library, 1, 1);
  await pass(4000);
  expect(await left()).toBe(0);
});
