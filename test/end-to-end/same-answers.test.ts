import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Locale } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { makeNews } from '../../bench/made-up-news.ts';
import { type Playground, startPlayground } from '../../playground/playground.ts';
import { MODEL_ID } from '../../src/answering/networks/model.ts';
import { passagesOf } from '../../src/answering/networks/passages.ts';
import { attribute } from '../../src/attribution/attribute.ts';
import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import { loadSeeds } from '../../src/library/seeds.ts';
import { findArticleRefs } from '../../src/library/store/articles.ts';
import { openBackend } from '../../src/library/store/backends.ts';
import { putArticle, saveVectors } from '../../src/library/store/changes.ts';
import { idOf, keysOf } from '../../src/library/store/keys.ts';
import type { NewArticleRow } from '../../src/library/store/store.ts';
import { type Metadata, toArticle } from '../../src/news/article.ts';
import { times } from '../depth.ts';
import { goldArticles } from '../gold/articles.ts';
import { buildNews, rowOf } from '../library/rows.ts';
import { wordVectors } from '../library/word-vectors.ts';
import { makeDatabase } from '../postgres/database.ts';
import { answersTo, type Question } from './follow-answers.ts';
import { type Program, startProgram } from './program.ts';
import { questions } from './questions.ts';
import { anyPort, root } from './start-verbatim.ts';

/** A bot in servers that have articles. */
interface Asked {
  readonly playground: Playground;
  readonly program: Program;
}

const timeout = 60_000;
const outlets = ['Valley Courier', 'Harbour Post', undefined];

/** An article with the vectors of its paragraphs. Which they are doesn't matter here, only that both backends have them. */
interface Filed {
  readonly row: NewArticleRow;
  readonly vectors: Int8Array;
}

function filedFrom(from: AttributedArticle): Filed {
  return { row: rowOf(from), vectors: wordVectors(passagesOf(from)) };
}

/** With outlets and days to filter by. */
function metadataOf(title: string, order: number): Metadata {
  return {
    title,
    titleIsDescriptive: order % 7 === 0,
    outlet: outlets[order % outlets.length],
    byline: undefined,
    published: order % 4 === 3 ? undefined : `202${order % 5}-0${1 + (order % 9)}-1${order % 10}`,
    url: order % 2 === 0 ? `https://news.example/${order}` : undefined,
  };
}

async function makeGold(title: string, text: string, order: number): Promise<Filed> {
  const metadata = metadataOf(title, order);
  return filedFrom(await attribute(toArticle(idOf(keysOf(metadata, text)), metadata, text)));
}

const SPOKEN = /^“(?<says>[^”]+),” (?<role>\p{L}.*) (?<who>\p{Lu}\p{L}+ \p{Lu}\p{L}+) \p{Ll}/v;

/** Its quotations are attributed as they were made up: the network would take longer than all questions. */
function makeMadeUp(title: string, text: string, order: number): Filed {
  const lines = text.split('\n').slice(0, 4);
  const said = lines.map(line => {
    const { says, role, who } = SPOKEN.exec(line)?.groups ?? {};
    return says === undefined || role === undefined || who === undefined ? line : { says, role, who };
  });
  const metadata = metadataOf(title, order);
  const built = buildNews('', said, metadata);
  const id = idOf(keysOf(metadata, built.article.text));
  return filedFrom({ ...built, article: { ...built.article, id } });
}

const { articles } = loadSeeds(join(root, 'seeds'));
const seeds: readonly Filed[] = (await Promise.all(articles.map(attribute))).map(filedFrom);
/** Attributed once for both backends. */
const gold: readonly Filed[] = await Promise.all(
  goldArticles().map(({ id, text }, order) => makeGold(id, text, order)),
);
const madeUp: readonly Filed[] = makeNews(times(60, 400)).map(({ title, text }, order) =>
  makeMadeUp(title, text, order),
);

/** By server: a shard gets every second one. */
const news: readonly (readonly Filed[])[] = [gold, [...gold, ...madeUp.slice(0, 20)], madeUp, []];

/** In the same order in both backends, since it determines which are newest. */
async function fill(playground: Playground, folder: string, databaseUrl: string | undefined): Promise<void> {
  const place = await openBackend({ folder, databaseUrl });
  for (const [where, id] of playground.servers().entries()) {
    const store = await place.open(`server-${id}`, () => Promise.resolve(seeds.map(({ row }) => row)));
    const filed = news[where] ?? [];
    for (const { row } of filed) await store.write(putArticle, row, 1000);
    for (const { row, vectors } of [...seeds, ...filed]) {
      const [ref] = await store.read(findArticleRefs, { by: 'id', values: [row.text.id] });
      if (ref !== undefined) await store.write(saveVectors, ref, MODEL_ID, vectors);
    }
    await store.close();
  }
  await place.close();
}

async function startIn(shards: number, settings: Readonly<Record<string, string>>, folder: string): Promise<Asked> {
  const playground = await startPlayground({ port: anyPort, folder: undefined, guilds: news.length });
  await fill(playground, join(folder, 'libraries'), settings.DATABASE_URL);
  const home = { DISCORD_TOKEN: playground.token, DISCORD_API_URL: playground.apiUrl, DATA_DIR: folder };
  const program = startProgram({ ...home, ...settings });
  await program.firstLine;
  await vi.waitUntil(() => playground.shards() === shards, { timeout });
  return { playground, program };
}

let folder = '';
let one: Asked;
let two: Asked;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'verbatim-same-'));
  one = await startIn(1, {}, folder);
  two = await startIn(2, { SHARDS: '2', DATABASE_URL: await makeDatabase() }, folder);
}, 240_000);
afterAll(async () => {
  for (const { program, playground } of [one, two]) {
    program.signal('SIGTERM');
    expect(await program.ended).toMatchObject({ code: 0, errors: '' });
    await playground.close();
    expect(playground.refusals).toEqual([]);
  }
  rmSync(folder, { recursive: true });
});

async function ask({ playground }: Asked, where: number | 'direct', locale: Locale, question: Question) {
  return await answersTo(playground.personOf({ name: 'Kim', where, isManager: true, locale }), question);
}

const places = [
  { where: 0, locale: Locale.EnglishUS },
  { where: 1, locale: Locale.ChineseTW },
  { where: 2, locale: Locale.EnglishUS },
  { where: 3, locale: Locale.ChineseCN },
  { where: 'direct', locale: Locale.EnglishUS },
] as const;

/** Each question is asked in one of this many places. */
const share = times(places.length, 1);

describe.each(places.map((place, turn) => ({ ...place, turn })))(
  'two processes on one PostgreSQL answer like one process on files, in $where:',
  ({ where, locale, turn }) => {
    // Over there, vectors are made while questions are asked, so which question is answered by meaning is chance.
    const asked = questions.filter(([name]) => where !== 'direct' || !name.startsWith('/ask'));
    test.each(asked.filter((_, at) => at % share === turn % share))('%s', async (_name, question) => {
      const [expected, found] = await Promise.all([one, two].map(bot => ask(bot, where, locale, question)));
      expect(found).toEqual(expected);
    });
  },
);
