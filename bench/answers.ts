/**
 * `npm run bench`: response times of commands as the playground sees them, with the seed article and with 500 articles, and the bot's
 * start-up time. Medians, and ratios to a `/help` of the same run, since machines differ.
 */
import { join } from 'node:path';
import { pino } from 'pino';
import { type Playground, startPlayground } from '../playground/playground.ts';
import { CardDrawer } from '../src/cards/card-drawer.ts';
import { commands } from '../src/commands/index.ts';
import { startBot } from '../src/discord/bot.ts';
import { FeedReader } from '../src/following/feed-reader.ts';
import { loadSeeds } from '../src/library/seeds.ts';
import { type Article, toArticle } from '../src/news/article.ts';
import { readDocument } from '../src/reading/document.ts';
import { makeNet } from '../src/reading/fetch.ts';
import { startProgram } from '../test/end-to-end/program.ts';
import { openTestLibraries } from '../test/library/test-libraries.ts';
import { makeNews } from './made-up-news.ts';

const rounds = 40;
const starts = 5;
const manyArticles = 500;

interface Timing {
  readonly what: string;
  readonly median: number;
  readonly slowest: number;
}

const questions = [
  { path: 'help', options: {} },
  { path: 'quote', options: { words: 'keep open lines of communication' } },
  { path: 'quote', options: { words: 'opne lines of comunication' } },
  { path: 'who said', options: { words: 'they dont share comon systems' } },
  { path: 'who is', options: { name: 'Sullivan' } },
  { path: 'summary', options: { article: 'us-china-rome-meeting' } },
  { path: 'article show', options: { article: 'us-china-rome-meeting' } },
] as const;

const completions = [
  { path: 'quote', option: 'words', typed: 'open li' },
  { path: 'who is', option: 'name', typed: 'sul' },
  { path: 'summary', option: 'article', typed: 'rome' },
] as const;

function timing(what: string, milliseconds: readonly number[]): Timing {
  const sorted = milliseconds.toSorted((one, other) => one - other);
  return { what, median: sorted[Math.floor(sorted.length / 2)] ?? 0, slowest: sorted.at(-1) ?? 0 };
}

/** Runs one warm-up round, then the timed ones. */
async function repeat(what: string, once: () => Promise<number>): Promise<Timing> {
  await once();
  const milliseconds: number[] = [];
  for (let round = 0; round < rounds; round += 1) milliseconds.push(await once());
  return timing(what, milliseconds);
}

async function timeAnswers({ person }: Playground): Promise<Timing[]> {
  const timings: Timing[] = [];
  for (const { path, options } of questions) {
    const what = `/${path} ${Object.values(options).join(' ')}`;
    timings.push(await repeat(what, async () => (await person.command(path, options)).milliseconds));
  }
  for (const { path, option, typed } of completions) {
    const once = async () => {
      const started = performance.now();
      await person.autocomplete(path, option, typed);
      return performance.now() - started;
    };
    timings.push(await repeat(`completing /${path} ${option}:${typed}`, once));
  }
  return timings;
}

function print(title: string, timings: readonly Timing[]): void {
  const unit = timings[0]?.median ?? 1;
  console.log(`\n${title}\n${'ms, median'.padStart(62)}${'slowest'.padStart(10)}${'× /help'.padStart(10)}`);
  for (const { what, median, slowest } of timings) {
    const figures = [
      median.toFixed(1).padStart(12),
      slowest.toFixed(1).padStart(10),
      (median / unit).toFixed(1).padStart(10),
    ];
    console.log(`${what.padEnd(50)}${figures.join('')}`);
  }
}

/** In milliseconds; longer answers were deferred, as while a library is being made. */
const announced = 1000;

/** Times a new library, which adds its articles on the first command. */
async function timeLibrary(title: string, articles: readonly Article[]): Promise<void> {
  const making = performance.now();
  const { libraries, end } = await openTestLibraries(articles);
  const playground = await startPlayground({ port: 0, folder: undefined });
  const drawer = new CardDrawer();
  const bot = await startBot({
    token: playground.token,
    apiUrl: playground.apiUrl,
    commands,
    libraries,
    noticesLeaving: true,
    net: makeNet({ allowLoopback: false }),
    documents: { read: document => Promise.resolve(readDocument(document)) },
    feedReader: new FeedReader(),
    drawer,
    log: pino({ level: 'silent' }),
    shutOut: reason => console.error(reason),
  });
  while ((await playground.person.command('article list')).milliseconds > announced);
  const made = ((performance.now() - making) / 1000).toFixed(1);
  print(`${title} (attributed and stored in ${made} s)`, await timeAnswers(playground));
  await bot.stop();
  await drawer.close();
  await end();
  await playground.close();
}

/** Commands that use different parts of the bot, each the first one that a new process answers. */
const firstQuestions = [
  { path: 'quote', options: { words: 'keep open lines of communication' } },
  { path: 'who is', options: { name: 'Sullivan' } },
  { path: 'check', options: { words: 'keep open lines of communication' } },
  { path: 'speakers', options: {} },
  { path: 'card', options: { words: 'keep open lines of communication' } },
] as const;

/** Times new processes from the command to the line that says the bot is ready, and their first answers. */
async function timeStart(): Promise<void> {
  const starting: number[] = [];
  const answering: Timing[] = [];
  for (const { path, options } of firstQuestions) {
    const times: number[] = [];
    for (let round = 0; round < starts; round += 1) {
      const playground = await startPlayground({ port: 0, folder: undefined });
      const started = performance.now();
      const program = startProgram({ DISCORD_TOKEN: playground.token, DISCORD_API_URL: playground.apiUrl });
      await program.firstLine;
      starting.push(performance.now() - started);
      const { milliseconds, failed } = await playground.person.command(path, options);
      if (failed !== undefined) throw new Error(`/${path} failed: ${failed}`);
      times.push(milliseconds);
      program.signal('SIGTERM');
      await program.ended;
      await playground.close();
    }
    answering.push(timing(`/${path}`, times));
  }
  const { median, slowest } = timing('start', starting);
  console.log(
    `Start to ready: ${median.toFixed(0)} ms (median of ${starting.length}, slowest ${slowest.toFixed(0)} ms)`,
  );
  console.log(`First answer of a new process in a new library, median of ${starts} and slowest:`);
  for (const { what, median: usual, slowest: worst } of answering) {
    console.log(`  ${what.padEnd(12)}${usual.toFixed(0).padStart(6)} ms${worst.toFixed(0).padStart(8)} ms`);
  }
}

await timeStart();
console.log(`Node ${process.version}`);
const seeds = loadSeeds(join(import.meta.dirname, '../seeds')).articles;
await timeLibrary('The seed article', seeds);

const unknown = { byline: undefined, published: undefined, url: undefined };
const many = makeNews(manyArticles - seeds.length).map(({ id, title, text }) =>
  toArticle(id, { ...unknown, title, titleIsDescriptive: false, outlet: 'Example Wire' }, text),
);
await timeLibrary(`${manyArticles} articles`, [...seeds, ...many]);
