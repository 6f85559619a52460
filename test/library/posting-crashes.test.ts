import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { matchNewArticles } from '../../src/following/watch.ts';
import { StoredLibraries } from '../../src/library/libraries.ts';
import type { OpenLibrary } from '../../src/library/library.ts';
import { openBackend } from '../../src/library/store/backends.ts';
import { saveFollow } from '../../src/library/store/following/following.ts';
import { deletePosts, postponePosts, readNextPost, readPosts } from '../../src/library/store/following/outbox.ts';
import { saveWatch } from '../../src/library/store/following/watches.ts';
import type { Backend } from '../../src/library/store/store.ts';
import { UNKNOWN_METADATA } from '../../src/news/article.ts';
import { message } from '../../src/wording/say.ts';
import { attributeHere } from './attribute-in-process.ts';

const minute = 60_000;
const owner = { kind: 'server', id: '1' } as const;
const watch = {
  id: 'w',
  speaker: 'Ann Lee',
  words: undefined,
  channel: '12',
  addedBy: '7',
  locale: undefined,
  ping: undefined,
  every: undefined,
  addedAt: 0,
};
const unexpected = (sentence: string, cause: unknown) => {
  throw new Error(sentence, { cause });
};

/** A backend that stays open and calls these with each other use of it. */
function observed(
  backend: Backend,
  { before, after }: { before: () => void; after: (use: string) => Promise<void> },
): Backend {
  return new Proxy(backend, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (name === 'close') return async () => undefined;
      if (typeof value !== 'function') return value;
      return async (...given: readonly unknown[]) => {
        before();
        const result: unknown = await Reflect.apply(value, target, given);
        await after(String(name));
        return result;
      };
    },
  });
}

/** A backend that stays open and fails after this many uses, like one whose process has ended. */
function endingAfter(
  backend: Backend,
  last: number,
  after: (use: string) => Promise<void> = async () => undefined,
): Backend {
  let uses = 0;
  const before = () => {
    uses += 1;
    if (uses > last) throw new Error('The process has ended.');
  };
  return observed(backend, { before, after });
}

test.each([false, true])(
  'posts are found after a restart, whenever the process ends (another one posts meanwhile: %s)',
  async areOthersPosting => {
    const folder = mkdtempSync(join(tmpdir(), 'verbatim-posting-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const clock = { now: Date.UTC(2026, 10, 27) };
    const options = { seeds: [], mostArticles: 1000, mostOpen: 5, attributor: attributeHere, now: () => clock.now };
    const posted: string[] = [];
    const postAll = (libraries: StoredLibraries) =>
      libraries.deliver(
        () => true,
        async library => {
          await matchNewArticles(library, unexpected);
          const posts = await library.read(readPosts, clock.now, 1000);
          posted.push(...posts.map(({ article, reason }) => `${reason.kind} ${article}`));
          await library.write(
            deletePosts,
            posts.map(({ id }) => id),
          );
          return () => library.read(readNextPost);
        },
      );
    const restart = async (last: number): Promise<boolean> => {
      const backend = await openBackend({ folder, databaseUrl: undefined });
      const other = new StoredLibraries(observed(backend, { before: () => undefined, after: async () => undefined }), {
        ...options,
      });
      const after = async (use: string) => {
        if (areOthersPosting && use === 'schedule') await postAll(other);
      };
      const libraries = new StoredLibraries(endingAfter(backend, last, after), options);
      const work = async () => {
        const library = await libraries.open(owner);
        const from = { feed: 'https://a.example/', keys: [`${last}`], channel: '12' };
        await library.write(saveWatch, { ...watch, disabled: undefined }, 10);
        const text = `“It rained ${last} times,” said Ann Lee, the mayor.`;
        await library.add({ ...UNKNOWN_METADATA, title: `Story ${last}` }, text, undefined, from);
        await libraries.deliver(
          () => true,
          async each => {
            await matchNewArticles(each, unexpected);
            const ids = (await each.read(readPosts, clock.now, 1000)).map(({ id }) => id);
            await each.write(postponePosts, ids, clock.now + minute);
            return () => each.read(readNextPost);
          },
        );
      };
      const [outcome] = await Promise.allSettled([work()]);
      await libraries.close();
      await other.close();
      await backend.close();
      return outcome.status === 'fulfilled';
    };

    let isWhole = false;
    for (let last = 0; !isWhole; last += 1) {
      isWhole = await restart(last);
      clock.now += 2 * minute;
      const libraries = new StoredLibraries(await openBackend({ folder, databaseUrl: undefined }), options);
      await postAll(libraries);
      const there = (await libraries.has(owner)) ? await (await libraries.open(owner)).newest(0, 1000) : [];
      const expected = there.flatMap(({ id }) => [`article ${id}`, `watch ${id}`]);
      expect(posted.toSorted()).toEqual(expected.sort());
      await libraries.close();
    }
    expect(posted.length).toBeGreaterThan(2);
  },
);

const first = 'https://a.example/';
const second = 'https://b.example/';

test.each<[string, (library: OpenLibrary, article: string, key: string) => Promise<void>]>([
  [
    'an article that another feed brought',
    (library, article, key) => library.takeThere(article, { feed: second, keys: [key], channel: '13' }),
  ],
  ['a feed that fails', library => library.announceFailure(second, message('reading.trouble'))],
])('a post about %s is found after a restart, whenever the process ends', async (_, announce) => {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-posting-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const clock = { now: Date.UTC(2026, 10, 27) };
  const options = { seeds: [], mostArticles: 1000, mostOpen: 5, attributor: attributeHere, now: () => clock.now };
  let posted = 0;
  /** Opens the libraries in a process of their own. */
  const inProcess = async <Result>(
    work: (libraries: StoredLibraries) => Promise<Result>,
    last = Number.POSITIVE_INFINITY,
  ) => {
    const backend = await openBackend({ folder, databaseUrl: undefined });
    const libraries = new StoredLibraries(endingAfter(backend, last), options);
    const [outcome] = await Promise.allSettled([work(libraries)]);
    await libraries.close();
    await backend.close();
    return outcome;
  };
  const postAll = (libraries: StoredLibraries) =>
    libraries.deliver(
      () => true,
      async library => {
        const posts = await library.read(readPosts, clock.now, 1000);
        posted += posts.length;
        await library.write(
          deletePosts,
          posts.map(({ id }) => id),
        );
        return () => library.read(readNextPost);
      },
    );
  const article = await inProcess(async libraries => {
    const library = await libraries.open(owner);
    const unposted = { title: '', ping: undefined, only: undefined, keepDays: undefined, disabled: undefined };
    const followed = { ...unposted, isPaused: false, isNew: false, addedBy: '7', addedAt: 0 };
    await library.write(saveFollow, { ...followed, feed: first, channel: '12' }, 5);
    await library.write(saveFollow, { ...followed, feed: second, channel: '13' }, 5);
    const from = { feed: first, keys: ['1'], channel: '12' };
    const added = await library.add(UNKNOWN_METADATA, '“It rained,” said Ann Lee.', undefined, from);
    await postAll(libraries);
    return added.kind === 'added' ? added.article.article.id : expect.fail(added.kind);
  });
  if (article.status === 'rejected') throw article.reason;

  let isWhole = false;
  for (let last = 0; !isWhole; last += 1) {
    const work = async (libraries: StoredLibraries) => {
      await announce(await libraries.open(owner), article.value, `at ${last}`);
    };
    isWhole = (await inProcess(work, last)).status === 'fulfilled';
    clock.now += 2 * minute;
    const left = await inProcess(async libraries => {
      await postAll(libraries);
      return await (await libraries.open(owner)).read(readPosts, Number.MAX_SAFE_INTEGER, 1000);
    });
    expect(left).toEqual({ status: 'fulfilled', value: [] });
  }
  expect(posted).toBeGreaterThan(1);
});
