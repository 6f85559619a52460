import { beforeEach, describe, expect, test } from 'vitest';
import type { Libraries } from '../../../src/library/libraries.ts';
import type { Owner } from '../../../src/library/owner.ts';
import type { Draft, StoredDraft } from '../../../src/library/store/drafts.ts';
import { deleteDraft, findDraft, purgeDrafts, saveDraft } from '../../../src/library/store/drafts.ts';
import type { Backend, Store } from '../../../src/library/store/store.ts';
import { metadataOf } from '../numbered-texts.ts';

const MINUTE = 60_000;
const bounds = { now: 0, perPerson: 3, bytes: 100 };

function draftOf(id: string, more: Partial<StoredDraft> = {}): StoredDraft {
  return { ...{ id, asker: '1', until: 10, body: `{"${id}":1}`, checksum: `of ${id}` }, ...more };
}

/** Tests what a store promises about drafts. */
export function describeStoredDrafts(storeOf: () => Store, backendOf: () => Backend): void {
  describe('its drafts', () => {
    let store: Store;
    beforeEach(() => {
      store = storeOf();
    });

    const idsIn = async (ids: readonly string[]) => {
      const found = await Promise.all(ids.map(id => store.read(findDraft, id)));
      return found.flatMap(draft => draft?.id ?? []);
    };

    test('are kept unchanged until they are dropped, for their library only', async () => {
      const draft = draftOf('a', { until: Date.UTC(2026, 0, 1), body: JSON.stringify('half \ud800 \0 \u2028 “雨”') });
      expect(await store.write(saveDraft, draft, undefined, bounds)).toBe(true);
      const [again, other] = await Promise.all(
        ['server-1', 'server-2'].map(name => backendOf().open(name, async () => [])),
      );
      expect(await again?.read(findDraft, 'a')).toStrictEqual(draft);
      expect([await other?.read(findDraft, 'a'), await other?.write(deleteDraft, 'a')]).toEqual([undefined, false]);
      expect(await other?.write(saveDraft, draftOf('a'), undefined, bounds)).toBe(true);
      await Promise.all([again?.close(), other?.close()]);
      expect(await store.write(deleteDraft, 'a')).toBe(true);
      expect([await store.write(deleteDraft, 'a'), await store.read(findDraft, 'a')]).toEqual([false, undefined]);
    });

    test('aren’t found by a made-up id', async () => {
      await store.write(saveDraft, draftOf('a'), undefined, bounds);
      for (const id of ['', 'A', '\0', '\ud800', '%', "' OR 1=1 --", 'a'.repeat(100)]) {
        expect([await store.read(findDraft, id), await store.write(deleteDraft, id)]).toEqual([undefined, false]);
      }
    });

    test('are replaced once, however many requests continue from one at once', async () => {
      await store.write(saveDraft, draftOf('a'), undefined, bounds);
      expect(await store.write(saveDraft, draftOf('b'), 'a', bounds)).toBe(true);
      expect(await store.write(saveDraft, draftOf('c'), 'a', bounds)).toBe(false);
      expect(await idsIn(['a', 'b', 'c'])).toEqual(['b']);
      const held = await Promise.all(['d', 'e', 'f'].map(id => store.write(saveDraft, draftOf(id), 'b', bounds)));
      expect(held.filter(Boolean)).toHaveLength(1);
      expect(await idsIn(['b', 'd', 'e', 'f'])).toHaveLength(1);
    });

    test('are limited in number per person: their oldest go, and nobody else’s', async () => {
      await store.write(saveDraft, draftOf('other', { asker: '2', until: 1 }), undefined, bounds);
      const ids = ['a', 'b', 'c', 'd', 'e'];
      for (const [at, id] of ids.entries())
        await store.write(saveDraft, draftOf(id, { until: 10 + at }), undefined, bounds);
      expect(await idsIn([...ids, 'other'])).toEqual(['c', 'd', 'e', 'other']);
      // A clock set back makes it look like the oldest.
      await store.write(saveDraft, draftOf('f', { until: 2 }), undefined, bounds);
      expect(await idsIn([...ids, 'f', 'other'])).toEqual(['d', 'e', 'f', 'other']);
    });

    test('are limited in total bytes, but the newest stays however long it is', async () => {
      const long = (id: string, at: number) => draftOf(id, { asker: id, until: 10 + at, body: 'é'.repeat(20) });
      for (const [at, id] of ['a', 'b', 'c'].entries()) await store.write(saveDraft, long(id, at), undefined, bounds);
      expect(await idsIn(['a', 'b', 'c'])).toEqual(['b', 'c']);
      await store.write(saveDraft, draftOf('d', { asker: 'd', until: 20, body: 'x'.repeat(101) }), undefined, bounds);
      expect(await idsIn(['b', 'c', 'd'])).toEqual(['d']);
    });

    test('are deleted once expired, and the next expiry is returned', async () => {
      expect(await store.erase(purgeDrafts, 1000)).toBeUndefined();
      for (const until of [10, 20, 30]) await store.write(saveDraft, draftOf(`${until}`, { until }), undefined, bounds);
      expect(await store.erase(purgeDrafts, 9)).toBe(10);
      expect(await store.erase(purgeDrafts, 10)).toBe(20);
      expect(await idsIn(['10', '20', '30'])).toEqual(['20', '30']);
      await store.write(saveDraft, draftOf('40', { until: 40 }), undefined, { ...bounds, now: 20 });
      expect(await idsIn(['20', '30', '40'])).toEqual(['30', '40']);
      expect(await store.erase(purgeDrafts, 40)).toBeUndefined();
      expect(await idsIn(['30', '40'])).toEqual([]);
    });
  });
}

/** The libraries of `describeLibraries`. */
interface Opened {
  libraries(): Libraries;
  restart(): Promise<unknown>;
  pass(milliseconds: number): void;
}

const server: Owner = { kind: 'server', id: '7600000000000000001' };
const person: Owner = { kind: 'person', id: server.id };
const draft: Draft = {
  metadata: { ...metadataOf(1), title: 'Rain \ud800 \0', outlet: 'The Post', byline: 'Bo', published: '2026-01-01' },
  text: '“Rain fell \udfff,” said Ann Lee.\r\n\0',
  offer: { rest: [{ kind: 'link', address: 'https://news.example/2' }], total: 2 },
  derivation: undefined,
};

/** Tests what a library promises about drafts, in any store. */
export function describeDrafts({ libraries, restart, pass }: Opened): void {
  describe('a draft', () => {
    const open = (owner = server) => libraries().open(owner);
    const hold = async (asker = '1') => await (await open()).holdDraft(draft, asker);
    const find = async (id: string, asker = '1', owner = server) => await (await open(owner)).draft(id, asker);

    test('is unchanged after a restart, for one person and one library, and in no list or export', async () => {
      const id = await hold();
      await restart();
      expect(await find(id)).toStrictEqual(draft);
      expect([await find(id, '2'), await find(id, '1', person)]).toEqual([undefined, undefined]);
      const library = await open();
      expect([await library.count(), (await library.newest(0, 10)).length]).toEqual([1, 1]);
      for await (const line of library.lines()) expect(line).not.toContain('Rain');
      expect([await library.dropDraft(id), await library.dropDraft(id)]).toEqual([true, false]);
      expect(await find(id)).toBeUndefined();
    });

    test('has an id that can’t be guessed and fits into a button', async () => {
      const ids = [await hold(), await hold(), await hold()];
      expect(new Set(ids).size).toBe(3);
      for (const id of ids) expect(id).toMatch(/^[\w\-]{22}$/v);
    });

    test('lasts 15 minutes, and the one that replaces it 15 more', async () => {
      const id = await hold();
      pass(15 * MINUTE - 1);
      expect(await find(id)).toBeDefined();
      const next = await (await open()).replaceDraft(id, draft, '1');
      expect(await (await open()).replaceDraft(id, draft, '1')).toBeUndefined();
      pass(1);
      await libraries().maintain();
      expect([await find(id), await find(next ?? '')]).toEqual([undefined, draft]);
      pass(15 * MINUTE);
      expect(await find(next ?? '')).toBeUndefined();
    });

    test('makes room for others of the same person: at most five', async () => {
      const others = await hold('2');
      const ids: string[] = [];
      for (let held = 0; held < 7; held += 1) {
        ids.push(await hold());
        pass(1);
      }
      const found = await Promise.all(ids.map(id => find(id)));
      expect(found.map(each => each !== undefined)).toEqual([false, false, true, true, true, true, true]);
      expect(await find(others, '2')).toBeDefined();
    });

    test('makes room for others of the library: ten of the longest', async () => {
      const library = await open();
      const long = { ...draft, text: 'x'.repeat(1_999_000) };
      const ids: string[] = [];
      for (let held = 0; held < 11; held += 1) {
        ids.push(await library.holdDraft(long, `${held}`));
        pass(1);
      }
      const found = await Promise.all(ids.map((id, held) => find(id, `${held}`)));
      expect(found.map(each => each !== undefined)).toEqual([false, ...Array(10).fill(true)]);
    });

    test('is not attributed again when it is added, unless other code attributed it', async () => {
      const library = await open();
      const { metadata, text } = draft;
      const { from, derivation } = await library.preview(metadata, text);
      expect(from.attributions).toHaveLength(1);
      if (derivation === undefined) throw new Error('Nothing was derived.');
      const silent = {
        ...derivation,
        derived: JSON.stringify({ ...JSON.parse(derivation.derived), attributions: [] }),
      };
      const stale = { ...silent, madeBy: { ...derivation.madeBy, attribution: derivation.madeBy.attribution - 1 } };
      const lengths = async (known: Draft['derivation']) => {
        const preview = await library.preview(metadata, text, known);
        const added = await library.add(metadata, text, known);
        if (!('article' in added)) throw new Error(added.kind);
        await library.remove(added.article.article.id);
        return [preview.from.attributions.length, added.article.attributions.length];
      };
      expect([await lengths(silent), await lengths(stale)]).toEqual([
        [0, 0],
        [1, 1],
      ]);
    });

    test('goes with its library, and none is held for an erased one', async () => {
      const id = await hold();
      const library = await open();
      await library.erase();
      await expect(library.holdDraft(draft, '1')).rejects.toThrow();
      expect(await find(id)).toBeUndefined();
    });
  });
}
