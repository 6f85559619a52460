import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CannotKeep } from '../../src/library/faults.ts';
import type { Libraries, LibrariesOptions } from '../../src/library/libraries.ts';
import type { Change, OpenLibrary, Owner } from '../../src/library/library.ts';
import type { Masthead } from '../../src/news/article.ts';
import { toArticle } from '../../src/news/build.ts';

/** Somewhere that keeps libraries, empty at first, which can be opened again and again. */
interface Place {
  open(options: Omit<LibrariesOptions, 'folder'>): Libraries;
  clear(): Promise<void>;
}

export const untitled: Masthead = {
  title: 'A test',
  titleIsDescriptive: true,
  outlet: undefined,
  byline: undefined,
  published: undefined,
  url: undefined,
};
const linked: Masthead = { ...untitled, url: 'https://news.example/rain' };
const server: Owner = { kind: 'server', id: '7600000000000000001' };
const other: Owner = { kind: 'server', id: '7600000000000000002' };
const seed = toArticle('a-seed', untitled, 'The seed says nothing.');
const rain = '“Rain fell,” said Ann Lee.\nNobody else spoke.';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Any UTF-16 at all, halves of characters and NUL included, with words among it. */
const anyText = fc
  .array(fc.oneof(fc.constantFrom('“Rain,” said Ann Lee. ', '\n', '\r\n', '\0', '\uFEFF'), anyUnit()), {
    maxLength: 20,
  })
  .map(pieces => pieces.join(''));

function anyUnit(): fc.Arbitrary<string> {
  const units = fc.oneof(fc.nat({ max: 0xffff }), fc.integer({ min: 0xd800, max: 0xdfff }));
  return units.map(unit => String.fromCharCode(unit));
}

const anyMasthead: fc.Arbitrary<Masthead> = fc.record({
  title: anyText,
  titleIsDescriptive: fc.boolean(),
  outlet: fc.option(anyText, { nil: undefined }),
  byline: fc.option(anyText, { nil: undefined }),
  published: fc.constantFrom(undefined, '2022-03-14'),
  url: fc.option(fc.webUrl(), { nil: undefined }),
});

const idsOf = ({ articles }: OpenLibrary) => articles.map(({ article }) => article.id);
const textsOf = ({ articles }: OpenLibrary) => articles.map(({ article }) => article.text);

/** What every store of libraries promises. */
export function describeLibraries(store: string, makePlace: () => Promise<Place>): void {
  describe(`libraries in ${store}`, () => {
    let place: Place;
    let libraries: Libraries;
    let now = 0;
    const settings = { seeds: [seed], mostArticles: 5, mostOpen: 2, now: () => now };

    const start = (more: Partial<typeof settings> = {}) => {
      libraries = place.open({ ...settings, ...more });
    };
    const restart = async (more: Partial<typeof settings> = {}) => {
      await libraries.close();
      start(more);
      return libraries.open(server);
    };

    beforeEach(async () => {
      now = Date.UTC(2026, 0, 1);
      place = await makePlace();
      start();
    });
    afterEach(async () => {
      await libraries.close();
      await place.clear();
    });

    test('a preview is what adding keeps, and keeps nothing', async () => {
      const library = await libraries.open(server);
      const shown = await library.preview(linked, 'The harbour will open, Mayor Ann Lee said.');
      expect(idsOf(library)).toEqual(['a-seed']);
      const added = await library.add(linked, shown.article.text);
      if (added.kind !== 'added') throw new Error(added.kind);
      expect(added.article.attributions).toEqual(shown.attributions);
      expect(shown.attributions.length).toBeGreaterThan(0);
    });

    test('a new library has the seeds; one that was removed does not come back', async () => {
      expect(libraries.has(server)).toBe(false);
      const library = await libraries.open(server);
      expect([libraries.has(server), libraries.has(other)]).toEqual([true, false]);
      expect(library.owner).toEqual(server);
      expect(idsOf(library)).toEqual(['a-seed']);
      await library.remove('a-seed');
      expect(idsOf(await restart())).toEqual([]);
      now += DAY;
      expect(idsOf(await restart())).toEqual([]);
    });

    test('an article that was added is read out, and stands there as it was after a restart', async () => {
      const masthead = { ...linked, title: 'Rain', outlet: 'The Post', byline: 'Bo', published: '2026-01-01' };
      const added = await (await libraries.open(server)).add(masthead, rain);
      if (added.kind !== 'added') throw new Error(added.kind);
      expect(added.article.article).toMatchObject({ ...masthead, text: rain, updated: false });
      expect(added.article.attributions.map(({ speaker }) => speaker)).toEqual([added.article.speakers[0]]);
      const library = await restart();
      expect(library.article(added.article.article.id)).toStrictEqual(added.article);
      expect(textsOf(library)).toEqual([seed.text, rain]);
    });

    test('keeps any text and any masthead to the last code unit', async () => {
      await fc.assert(
        fc.asyncProperty(anyMasthead, anyText, async (masthead, text) => {
          await libraries.erase(server);
          const added = await (await libraries.open(server)).add(masthead, text);
          if (!('article' in added)) throw new Error(added.kind);
          const { id } = added.article.article;
          const library = await restart();
          expect(library.article(id)?.article.text).toBe(text);
          expect(library.article(id)).toStrictEqual(added.article);
          expect(JSON.parse([...library.lines()].at(-1) ?? '')).toMatchObject({ text, title: masthead.title });
        }),
        { numRuns: 12 },
      );
    });

    test('the same text, or the same link with it, is one article', async () => {
      const library = await libraries.open(server);
      const first = await library.add(linked, rain);
      for (const url of [linked.url, undefined, 'https://elsewhere.example/rain']) {
        expect(await library.add({ ...untitled, url }, rain)).toEqual({ ...first, kind: 'same' });
      }
      expect(library.articles.length).toBe(2);
    });

    test('another text under the same link takes its place and says that it was updated', async () => {
      const library = await libraries.open(server);
      const first = await library.add(linked, rain);
      await library.add(untitled, 'Another.');
      const links = ['http://news.example/rain/', 'https://news.example/rain?utm_source=mail#top'];
      for (const [at, url] of links.entries()) {
        const text = `${rain} Correction ${at}.`;
        const added = await library.add({ ...linked, url }, text);
        expect(added).toMatchObject({ kind: 'updated', article: { article: { updated: true, text, url } } });
        expect('article' in added && 'article' in first && added.article.article.id === first.article.article.id).toBe(
          true,
        );
        expect(textsOf(library)).toEqual([seed.text, text, 'Another.']);
      }
      expect((await library.add(linked, 'Another.')).kind).toBe('same');
      const again = await restart();
      expect(textsOf(again)).toEqual([seed.text, `${rain} Correction 1.`, 'Another.']);
      expect(again.articles.map(({ article }) => article.updated)).toEqual([false, true, false]);
    });

    test('links that differ in what they ask for are two articles', async () => {
      const library = await libraries.open(server);
      for (const url of ['https://news.example/?id=1', 'https://news.example/?id=2', 'https://news.example/ID=1']) {
        expect((await library.add({ ...untitled, url }, `Of ${url}.`)).kind).toBe('added');
      }
    });

    test('one article that comes twice at once is one article', async () => {
      const library = await libraries.open(server);
      const outcomes = await Promise.all([library.add(linked, rain), library.add(linked, rain)]);
      expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['added', 'same']);
      expect(library.articles.length).toBe(2);
    });

    test('at the limit nothing is added, but updated; nor does an undo go over it', async () => {
      const library = await libraries.open(server);
      const added = await library.add(linked, rain);
      for (const text of ['One.', 'Two.', 'Three.']) await library.add(untitled, text);
      expect(await library.add(untitled, 'Four.')).toEqual({ kind: 'full', most: 5 });
      expect((await library.add(linked, 'Sun.')).kind).toBe('updated');
      expect((await library.add(untitled, 'One.')).kind).toBe('same');
      const id = 'article' in added ? added.article.article.id : '';
      await library.remove(id);
      expect((await library.add(untitled, 'Four.')).kind).toBe('added');
      await expect(library.restore(id)).rejects.toThrow(CannotKeep);
      expect(library.articles.length).toBe(5);
    });

    test('a text of more than 2 MB is too long', async () => {
      const library = await libraries.open(server);
      expect(await library.add(untitled, 'é'.repeat(1_000_001))).toEqual({ kind: 'too long', most: 2_000_000 });
      expect(library.articles.length).toBe(1);
    });

    test('what was removed can be had back for 10 minutes, in its old place, after a restart too', async () => {
      const library = await libraries.open(server);
      await library.add(linked, rain);
      const removed = await library.remove('a-seed');
      expect(removed?.article.text).toBe(seed.text);
      expect(library.article('a-seed')).toBeUndefined();
      expect(await library.remove('a-seed')).toBeUndefined();
      now += 10 * MINUTE - 1;
      await libraries.tend();
      const again = await restart();
      expect(await again.restore('a-seed')).toEqual(removed);
      expect(await again.restore('a-seed')).toEqual(removed);
      expect(textsOf(again)).toEqual([seed.text, rain]);
      expect(textsOf(await restart())).toEqual([seed.text, rain]);
    });

    test('after 10 minutes it cannot', async () => {
      const library = await libraries.open(server);
      await library.remove('a-seed');
      now += 10 * MINUTE;
      expect(await library.restore('a-seed')).toBeUndefined();
      await libraries.tend();
      expect(await (await restart()).restore('a-seed')).toBeUndefined();
    });

    test('ids that a stranger made up remove and restore nothing', async () => {
      const library = await libraries.open(server);
      for (const id of ['', '__proto__', 'constructor', '../a-seed', "' OR 1=1 --"]) {
        expect(library.article(id)).toBeUndefined();
        expect(await library.remove(id)).toBeUndefined();
        expect(await library.restore(id)).toBeUndefined();
      }
      expect(idsOf(library)).toEqual(['a-seed']);
    });

    test('an article that was removed can be added again, and is there once', async () => {
      const library = await libraries.open(server);
      const added = await library.add(linked, rain);
      const id = 'article' in added ? added.article.article.id : '';
      await library.remove(id);
      expect((await library.add(linked, rain)).kind).toBe('added');
      expect((await library.restore(id))?.article.text).toBe(rain);
      expect(textsOf(await restart())).toEqual([seed.text, rain]);
    });

    test('tells of changes in the order in which they happen', async () => {
      const library = await libraries.open(server);
      const told: string[] = [];
      library.onChange(({ kind, article }: Change) => told.push(`${kind} ${article.article.text}`));
      await library.add(linked, 'Rain.');
      await library.add(linked, 'Rain.');
      await library.add(linked, 'Sun.');
      await library.remove('a-seed');
      await library.restore('a-seed');
      const ofSeed = [`removed ${seed.text}`, `added ${seed.text}`];
      expect(told).toEqual(['added Rain.', 'removed Rain.', 'added Sun.', ...ofSeed]);
    });

    test('two owners see nothing of each other, a server and a person of one id neither', async () => {
      const owners: readonly Owner[] = [server, other, { kind: 'person', id: server.id }];
      for (const owner of owners)
        await (await libraries.open(owner)).add(linked, `${rain} Of ${owner.kind} ${owner.id}.`);
      for (const owner of owners) {
        const library = await libraries.open(owner);
        expect(textsOf(library)).toEqual([seed.text, `${rain} Of ${owner.kind} ${owner.id}.`]);
      }
      await (await libraries.open(server)).erase();
      expect((await libraries.open(other)).articles.length).toBe(2);
    });

    test.each([
      '',
      '0',
      '-1',
      '1e5',
      ' 1',
      '1\n',
      '../1',
      '..',
      '1/../2',
      '１',
      '1.sqlite',
      'x'.repeat(300),
      '123456789012345678901',
    ])('no library of %j is opened, erased or left', async id => {
      await expect(libraries.open({ kind: 'server', id })).rejects.toThrow(CannotKeep);
      await expect(libraries.erase({ kind: 'server', id })).rejects.toThrow(CannotKeep);
      expect(() => libraries.left({ kind: 'server', id })).toThrow(CannotKeep);
    });

    test('a library opened by several at once is one', async () => {
      const [one, two] = await Promise.all([libraries.open(server), libraries.open(server)]);
      expect(one).toBe(two);
      expect(await libraries.open(server)).toBe(one);
    });

    test('the one that was not opened for longest is closed, and still takes what comes late', async () => {
      const first = await libraries.open(server);
      await libraries.open(other);
      await libraries.open({ kind: 'person', id: '1' });
      const reopened = await libraries.open(server);
      expect(reopened).not.toBe(first);
      expect((await first.add(linked, rain)).kind).toBe('added');
      expect(textsOf(reopened)).toEqual([seed.text, rain]);
      expect(textsOf(first)).toEqual([seed.text]);
    });

    test('none is closed while something is being added to it', async () => {
      await restart({ mostOpen: 1 });
      const library = await libraries.open(server);
      const adding = library.add(linked, rain);
      await libraries.open(other);
      expect(await libraries.open(server)).toBe(library);
      expect((await adding).kind).toBe('added');
      expect(textsOf(library)).toEqual([seed.text, rain]);
    });

    test('an idle library is closed, and has everything when it is opened again', async () => {
      const library = await libraries.open(server);
      await library.add(linked, rain);
      now += 11 * MINUTE;
      await libraries.tend();
      const reopened = await libraries.open(server);
      expect(reopened).not.toBe(library);
      expect(reopened.articles).toStrictEqual(library.articles);
    });

    test('an erased library is a new one', async () => {
      const library = await libraries.open(server);
      await library.add(linked, rain);
      await library.remove('a-seed');
      await library.erase();
      expect(library.articles).toEqual([]);
      expect(textsOf(await libraries.open(server))).toEqual([seed.text]);
      expect(textsOf(await restart())).toEqual([seed.text]);
    });

    test('what is being added while the library is erased is refused', async () => {
      const library = await libraries.open(server);
      const adding = expect(library.add(linked, rain)).rejects.toThrow(CannotKeep);
      await library.erase();
      await adding;
      expect(textsOf(await restart())).toEqual([seed.text]);
    });

    test('closing waits for what is being added', async () => {
      const adding = (await libraries.open(server)).add(linked, rain);
      const library = await restart();
      expect((await adding).kind).toBe('added');
      expect(textsOf(library)).toEqual([seed.text, rain]);
      await libraries.close();
      await expect(libraries.open(server)).rejects.toThrow(CannotKeep);
    });

    test('a server that left keeps its library for 30 days; one that returned, for ever', async () => {
      for (const owner of [server, other]) {
        await (await libraries.open(owner)).add(linked, rain);
        libraries.left(owner);
      }
      libraries.returned(other);
      now += 30 * DAY - 1;
      libraries.left(server);
      await restart();
      expect(await libraries.eraseLeft()).toBe(0);
      now += 1;
      expect(await libraries.eraseLeft()).toBe(1);
      expect(await libraries.eraseLeft()).toBe(0);
      expect(textsOf(await libraries.open(server))).toEqual([seed.text]);
      expect(textsOf(await libraries.open(other))).toEqual([seed.text, rain]);
    });
  });
}
