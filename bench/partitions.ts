/**
 * `npm run bench:partitions -- [--servers N] [--articles A] [--partitions 4,16,64]`: what partitioned tables cost. Fills a
 * PostgreSQL database with N libraries of A articles each and partitions a copy for each number of partitions. Then it
 * searches, and adds an article, in every library of each copy in turn, so that whatever else the machine does slows all of
 * them down.
 */
import { parseArgs } from 'node:util';
import pg from 'pg';
import { openLibraries } from '../src/library/libraries.ts';
import type { OpenLibrary } from '../src/library/library.ts';
import type { Metadata } from '../src/news/article.ts';
import { NO_FILTER_OPTIONS } from '../src/search/filter.ts';
import { searchOf } from '../src/search/search.ts';
import { partitionTables } from '../test/postgres/partition.ts';
import { createDatabase, startPostgres } from '../test/postgres/server.ts';
import { fillLibraries } from './load/libraries.ts';
import { makeNews } from './made-up-news.ts';

const { values } = parseArgs({
  options: {
    servers: { type: 'string', default: '50' },
    articles: { type: 'string', default: '100' },
    partitions: { type: 'string', default: '4,16,64' },
  },
});
const articles = Number(values.articles);
const owners = Array.from(
  { length: Number(values.servers) },
  (_, at) => ({ kind: 'server', id: `${7_600_000_000_000_000_000n + BigInt(at)}` }) as const,
);
const rounds = 4;

type Libraries = Awaited<ReturnType<typeof openLibraries>>;

interface Copy {
  readonly name: string;
  readonly libraries: Libraries;
  /** Milliseconds. */
  readonly searches: number[];
  readonly additions: number[];
}

/** Copies the database of `url`, and prints what partitioning the copy's tables costs. */
async function makeCopy(server: string, url: string, partitions: number): Promise<Copy> {
  const client = new pg.Client(server);
  await client.connect();
  const [from, to] = [new URL(url).pathname.slice(1), `copy_${partitions}`];
  await client.query(`CREATE DATABASE ${to} TEMPLATE ${from}`);
  const databaseUrl = new URL(`/${to}`, server).href;
  const megabytes = async () => {
    const { rows } = await client.query<{ size: number }>('SELECT pg_database_size($1) / 1e6::float8 AS size', [to]);
    return (rows[0]?.size ?? 0).toFixed(0);
  };
  const before = await megabytes();
  const started = performance.now();
  if (partitions > 0) await partitionTables(databaseUrl, partitions);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const name = partitions === 0 ? 'plain tables' : `${partitions} partitions`;
  console.log(
    `${name}: ${partitions === 0 ? '' : `made in ${seconds} s, ${before} MB before, `}${await megabytes()} MB`,
  );
  await client.end();
  const options = { folder: '', databaseUrl, seeds: [], mostArticles: 1_000_000, mostOpen: owners.length };
  return { name, libraries: await openLibraries(options), searches: [], additions: [] };
}

async function search(library: OpenLibrary): Promise<void> {
  const { passages, people, topSpeakers } = searchOf(library);
  await passages('the minister would have', NO_FILTER_OPTIONS);
  await people('Anna Brandt', NO_FILTER_OPTIONS);
  await topSpeakers(0, 10);
  await library.newest(0, 10);
}

async function timed(work: Promise<unknown>, times: number[]): Promise<void> {
  const started = performance.now();
  await work;
  times.push(performance.now() - started);
}

async function measure(copies: readonly Copy[]): Promise<void> {
  const added = makeNews(owners.length * rounds, 77);
  for (const [at, { id, title, text }] of added.entries()) {
    const owner = owners[at % owners.length];
    const url = `https://added.example/${id}`;
    const metadata: Metadata = {
      title,
      url,
      titleIsDescriptive: false,
      outlet: 'W',
      byline: undefined,
      published: undefined,
    };
    let derivation: Parameters<OpenLibrary['add']>[2];
    for (const { libraries, searches, additions } of copies) {
      if (owner === undefined) continue;
      const library = await libraries.open(owner);
      derivation ??= (await library.preview(metadata, text)).derivation;
      await timed(search(library), searches);
      await timed(library.add(metadata, text, derivation), additions);
    }
  }
}

/** Returns the median and the 99th percentile without the first round, in which plans are made and caches filled. */
function summarize(times: readonly number[]): string {
  const sorted = times.slice(owners.length).sort((one, other) => one - other);
  return [0.5, 0.99].map(share => (sorted[Math.floor(share * sorted.length)] ?? 0).toFixed(1).padStart(7)).join(' ');
}

const server = await startPostgres(['max_connections=100', 'max_locks_per_transaction=4160']);
const url = await createDatabase(server.url);
await fillLibraries(
  { folder: '', databaseUrl: url },
  owners.map(({ id }) => id),
  articles,
);
const copies: Copy[] = [];
for (const partitions of [0, ...values.partitions.split(',').map(Number)])
  copies.push(await makeCopy(server.url, url, partitions));
await measure(copies);
console.log(`\n${'ms: median, p99'.padEnd(16)}  searching        adding`);
for (const { name, searches, additions } of copies)
  console.log(`${name.padEnd(16)}${summarize(searches)}${summarize(additions)}`);
for (const { libraries } of copies) await libraries.close();
await server.stop();
