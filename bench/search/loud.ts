import { attributeForLibrary } from '../../src/attribution/attribute.ts';
import { openLibraries } from '../../src/library/libraries.ts';
import { openBackend, type StorageLocation } from '../../src/library/store/backends.ts';
import { putArticle } from '../../src/library/store/changes.ts';
import { derivationOf } from '../../src/library/store/derived.ts';
import { keysOf } from '../../src/library/store/keys.ts';
import type { NewArticleRow } from '../../src/library/store/store.ts';
import { countUnits } from '../../src/library/store/units.ts';
import { toArticle } from '../../src/news/article.ts';
import { NO_FILTER_OPTIONS } from '../../src/search/filter.ts';
import { type Search, searchOf } from '../../src/search/search.ts';
import { type MadeUpArticle, makeNews } from '../made-up-news.ts';
import { owner } from './library.ts';
import { timeLong } from './long.ts';
import { percentiles } from './score.ts';

/** Speaks in all articles. */
const name = 'Ada Loudwell';
const timesAsked = 100;
const firstDay = Date.UTC(2016, 0, 1);
const millisecondsOfDay = 86_400_000;
const daysInAll = 3_000;
const nothingKnown = { titleIsDescriptive: false, byline: undefined };

/** Builds a library of generated news in which one person says two more things in each article. */
export async function buildLoud(where: StorageLocation, articles: number): Promise<void> {
  const backend = await openBackend(where);
  const store = await backend.open(`${owner.kind}-${owner.id}`, () => Promise.resolve([]));
  for (const [at, each] of makeNews(articles).entries()) await store.write(putArticle, await rowOf(each, at), articles);
  await store.close();
  await backend.close();
}

async function rowOf({ id, title, text }: MadeUpArticle, at: number): Promise<NewArticleRow> {
  const published = new Date(firstDay + ((at * 7) % daysInAll) * millisecondsOfDay).toISOString();
  const url = `https://news.example/${id}`;
  const metadata = { ...nothingKnown, title, outlet: at % 2 === 0 ? 'Example Wire' : 'Example Post', published, url };
  const [first = '', second = ''] = wordsOf(text, at);
  const spoken = `${text}\n“${first},” Mayor ${name} said.\n“${second},” Loudwell added.`;
  const read = await attributeForLibrary(toArticle(id, metadata, spoken));
  return {
    text: { id, ...metadata, text: spoken, updated: false },
    keys: keysOf(metadata, spoken),
    ...derivationOf(read),
  };
}

/** Returns two runs of an article's words. */
function wordsOf(text: string, at: number): string[] {
  const words = text.replaceAll(/[“”,.]/gv, '').split(/\s+/v);
  return [0, 1].map(which => {
    const start = (at * 13 + which * 29) % Math.max(1, words.length - 14);
    return words.slice(start, start + 14).join(' ');
  });
}

/** Times queries about somebody who is in every article. */
export async function measureLoud(where: StorageLocation): Promise<void> {
  const libraries = await openLibraries({ ...where, seeds: [], mostArticles: 1_000_000, mostOpen: 1 });
  const library = await libraries.open(owner);
  const search = searchOf(library);
  const articles = await library.count();
  console.log(
    `Node ${process.version}: ${articles} articles, ${await library.read(countUnits)} excerpts, one speaker in all`,
  );
  const asked = makeNews(timesAsked).map((each, at) => wordsOf(each.text, at)[0] ?? '');
  console.log(`${''.padEnd(42)}${'p50 ms'.padStart(9)}${'p99 ms'.padStart(9)}`);
  for (const [told, ask] of questionsOf(search, asked)) {
    const times: number[] = [];
    for (let at = -3; at < timesAsked; at += 1) {
      const started = performance.now();
      const found = await ask(Math.max(0, at));
      if (at >= 0) times.push(performance.now() - started);
      if (!found) throw new Error(`Nothing was found: ${told}`);
    }
    console.log(`${told.padEnd(42)}${percentiles(times)}`);
  }
  await timeLong(library);
  await libraries.close();
}

type Question = readonly [told: string, ask: (at: number) => Promise<boolean>];

function questionsOf(search: Search, asked: readonly string[]): readonly Question[] {
  const words = (at: number, length: number) => (asked[at] ?? '').split(' ').slice(0, length).join(' ');
  const by = { ...NO_FILTER_OPTIONS, speaker: name };
  const within = { outlet: 'Example Wire', after: '2018-01-01', before: '2019-12-31' };
  const all = { words: '', after: undefined, before: undefined, order: 'oldest', most: 3 } as const;
  const statements = async (wanted: Partial<Parameters<Search['statements']>[2]>) => {
    const [person] = await search.people(name, NO_FILTER_OPTIONS);
    const [shown] = person?.appearances ?? [];
    if (shown === undefined) return false;
    const place = shown.from.speakers.indexOf(shown.speaker);
    return (await search.statements(shown.from, place, { ...all, from: 0, ...wanted })).total > 0;
  };
  return [
    ['/quote words speaker', async at => (await search.passages(words(at, 8), by)).length > 0],
    [
      '/quote words speaker, surname',
      async at => (await search.passages(words(at, 8), { ...by, speaker: 'Loudwell' })).length > 0,
    ],
    ['/quote common words speaker', async () => (await search.passages('the of and that', by)).length > 0],
    [
      '/quote words speaker outlet after before',
      async at => (await search.passages(words(at, 8), { ...by, ...within })).length >= 0,
    ],
    ['completing words speaker', async at => (await search.completeWords(words(at, 2), by)).length >= 0],
    ['/who is', async () => (await search.people(name, NO_FILTER_OPTIONS)).length > 0],
    [
      '/who is outlet after before',
      async () => (await search.people(name, { ...NO_FILTER_OPTIONS, ...within })).length > 0,
    ],
    ['/who is and /timeline', () => statements({})],
    ['/who is and /timeline, a late page', at => statements({ from: 60 * at })],
    ['/who is and /timeline after before', () => statements({ after: within.after, before: within.before })],
    ['/who is and /timeline words', at => statements({ words: words(at, 8) })],
  ];
}
