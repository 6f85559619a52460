import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { matchNewArticles } from '../../src/following/watch.ts';
import { StoredLibraries } from '../../src/library/libraries.ts';
import { openBackend } from '../../src/library/store/backends.ts';
import { deletePosts, postponePosts, readNextPost, readPosts } from '../../src/library/store/following/outbox.ts';
import { saveWatch } from '../../src/library/store/following/watches.ts';
import type { Backend } from '../../src/library/store/store.ts';
import { UNKNOWN_METADATA } from '../../src/news/article.ts';
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
      let uses = 0;
      const before = () => {
        uses += 1;
        if (uses > last) throw new Error('The process has ended.');
      };
      const after = async (use: string) => {
        if (areOthersPosting && use === 'schedule') await postAll(other);
      };
      const libraries = new StoredLibraries(observed(backend, { before, after }), options);
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
