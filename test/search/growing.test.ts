import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Libraries, openLibraries } from '../../src/library/libraries.ts';
import type { OpenLibrary } from '../../src/library/library.ts';
import type { Metadata } from '../../src/news/article.ts';
import { NO_FILTER_OPTIONS } from '../../src/search/filter.ts';
import { type Search, searchOf } from '../../src/search/search.ts';
import { times } from '../depth.ts';
import { fc } from '../fast-check.ts';
import { attributeHere } from '../library/attribute-in-process.ts';

interface Draft {
  readonly metadata: Metadata;
  readonly text: string;
  readonly asked: string;
}

function draftOf(title: string, url: string, text: string, asked: string): Draft {
  const unknown = { outlet: 'The Valley', byline: undefined, published: undefined };
  return { metadata: { title, titleIsDescriptive: false, url, ...unknown }, text, asked };
}

const dam = draftOf(
  'Dam at Morva holds',
  'https://example.com/dam',
  '“The dam will hold through the winter,” said Ilse Brandt.',
  'the dam will hold through the winter',
);
const mill = draftOf(
  'The mill opens',
  'https://example.com/mill',
  '“We bake for the whole valley,” said Olga Marek.',
  'we bake for the whole valley',
);
const laterMill = draftOf(
  'The mill shuts',
  'https://example.com/mill',
  '“We stopped baking at dawn,” said Jan Kolar.',
  'we stopped baking at dawn',
);
const drafts = [dam, mill, laterMill];

let libraries: Libraries;
let opened = 0;
const folder = mkdtempSync(join(tmpdir(), 'verbatim-growing-'));

beforeAll(async () => {
  libraries = await openLibraries({
    folder,
    databaseUrl: undefined,
    seeds: [],
    mostArticles: 100,
    mostOpen: 2,
    attributor: attributeHere,
  });
});

afterAll(async () => {
  await libraries.close();
  rmSync(folder, { recursive: true });
});

/** Opens an empty library and its search. */
async function openNew(): Promise<{ library: OpenLibrary; search: Search }> {
  opened += 1;
  const library = await libraries.open({ kind: 'server', id: `${opened}` });
  return { library, search: searchOf(library) };
}

async function add(library: OpenLibrary, { metadata, text }: Draft): Promise<string> {
  const outcome = await library.add(metadata, text);
  return 'article' in outcome ? outcome.article.article.id : '';
}

/** Returns the answers to every kind of query, of each article and of all, without ids. */
async function answers(search: Search, ids: readonly string[]) {
  const asked = [
    'the dam will hold',
    'we bake for the valley',
    'we stopped baking',
    'Brandt',
    'Marek',
    'the mill opens',
  ];
  const all: unknown[] = [await search.completeOutlets('')];
  for (const article of [undefined, ...ids]) {
    const filter = { ...NO_FILTER_OPTIONS, article };
    all.push(await search.completeWords('', filter), await search.completeSpeakers('', filter));
    for (const words of asked) {
      const passages = await search.passages(words, filter);
      const people = await search.people(words, filter);
      all.push(
        passages.map(({ from, excerpt, closeness }) => [from.article.title, excerpt, closeness]),
        people.map(({ appearances, articles, closeness }) => [appearances[0].from.article.title, articles, closeness]),
        (await search.articles(words)).map(({ title }) => title),
        await search.completeWords(words, filter),
        await search.completeSpeakers(words, filter),
      );
    }
  }
  return all;
}

describe('a library that changes', () => {
  test('finds added articles at once, also for an earlier query', async () => {
    const { library, search } = await openNew();
    await add(library, dam);
    expect(await search.completeSpeakers('Mar', NO_FILTER_OPTIONS)).toEqual([]);
    const id = await add(library, mill);
    expect(await search.completeSpeakers('Mar', NO_FILTER_OPTIONS)).toEqual(['Olga Marek']);
    expect((await search.passages(mill.asked, NO_FILTER_OPTIONS))[0]?.from.article.id).toBe(id);
  });

  test('hides removed articles at once, in every kind of query', async () => {
    const { library, search } = await openNew();
    await add(library, dam);
    const id = await add(library, mill);
    await library.remove(id);
    const told = JSON.stringify(await answers(search, [id]));
    expect(told).toContain('Dam at Morva holds');
    expect(told).not.toMatch(/mill|Marek|valley\b/v);
    expect(await search.completeWords('', { ...NO_FILTER_OPTIONS, article: id })).toEqual([]);
    expect(await search.completeSpeakers('', NO_FILTER_OPTIONS)).toEqual(['Ilse Brandt']);
  });

  test('shows restored articles once, and answers as before', async () => {
    const { library, search } = await openNew();
    const ids = [await add(library, dam), await add(library, mill)];
    const before = await answers(search, ids);
    await library.remove(ids[1] ?? '');
    expect(await answers(search, ids)).not.toEqual(before);
    await library.restore(ids[1] ?? '');
    expect(await answers(search, ids)).toEqual(before);
  });

  test('finds only the newer text of a page', async () => {
    const { library, search } = await openNew();
    await add(library, dam);
    await add(library, mill);
    await add(library, laterMill);
    expect((await search.passages(laterMill.asked, NO_FILTER_OPTIONS))[0]?.from.article.title).toBe('The mill shuts');
    expect(await search.people('Olga Marek', NO_FILTER_OPTIONS)).toEqual([]);
    expect(await search.completeWords('we bake for', NO_FILTER_OPTIONS)).not.toContain('We bake for the whole valley');
  });

  test('answers like another library with the same articles, whatever happened before', async () => {
    const [grown, other] = [await openNew(), await openNew()];
    await add(grown.library, mill);
    await add(grown.library, laterMill);
    await grown.library.remove(await add(grown.library, mill));
    const ids = [await add(grown.library, dam), await add(grown.library, mill)];
    for (const draft of [dam, mill]) await add(other.library, draft);
    expect(await answers(grown.search, ids)).toEqual(await answers(other.search, ids));
  });
});

type Step = { readonly does: 'add' | 'remove' | 'restore'; readonly draft: Draft };

/** The expected contents of a library by address, and the removed articles that can be restored. */
class Model {
  readonly there = new Map<string | undefined, Draft>();
  readonly #removed = new Map<string | undefined, Draft>();

  follow({ does, draft }: Step): void {
    const { url } = draft.metadata;
    const [there, removed] = [this.there.get(url), this.#removed.get(url)];
    if (does === 'add') {
      this.there.set(url, draft);
      this.#removed.delete(url);
    }
    if (does === 'remove' && there !== undefined) {
      this.there.delete(url);
      this.#removed.set(url, there);
    }
    if (does === 'restore' && there === undefined && removed !== undefined) {
      this.there.set(url, removed);
      this.#removed.delete(url);
    }
  }
}

test('finds exactly what is there, in whatever order articles come and go', async () => {
  const step = fc.record({
    does: fc.constantFrom('add' as const, 'remove' as const, 'restore' as const),
    draft: fc.constantFrom(...drafts),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async steps => {
      const { library, search } = await openNew();
      const model = new Model();
      const ids = new Map<string | undefined, string>();
      for (const each of steps) {
        const { url } = each.draft.metadata;
        model.follow(each);
        if (each.does === 'add') ids.set(url, await add(library, each.draft));
        if (each.does === 'remove') await library.remove(ids.get(url) ?? '');
        if (each.does === 'restore') await library.restore(ids.get(url) ?? '');
      }
      const there = [...model.there.values()];
      for (const draft of drafts) {
        const found = await search.passages(draft.asked, NO_FILTER_OPTIONS);
        expect(found.every(({ from }) => there.some(({ text }) => text === from.article.text))).toBe(true);
        expect(found[0]?.from.article.text === draft.text).toBe(there.includes(draft));
      }
    }),
    { numRuns: times(40) },
  );
});
