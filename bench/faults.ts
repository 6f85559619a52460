/**
 * `npm run bench:faults -- --fault NAME [--rate R] [--seconds S]`: runs the bot in a playground while people in 20
 * servers do R things a second for S seconds, first without and then with a fault. Prints the time to their first
 * answers and how many got none.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Person } from '../playground/person.ts';
import { type Playground, startPlayground } from '../playground/playground.ts';
import { Crowd } from './load/actions.ts';
import { at, drive, machine, sortedTimes } from './load/drive.ts';
import { fillLibraries } from './load/libraries.ts';
import { makeNews, randomFrom } from './made-up-news.ts';

interface Stage {
  readonly playground: Playground;
  /** The address of a web server that sends 5 MB of whatever `of` says. */
  readonly site: string;
}

/** Starts a fault; resolves when all that it asked of the bot has ended. */
type Fault = (stage: Stage) => Promise<unknown>;

const pageBytes = 5_000_000;
const fileBytes = 1_990_000;
/** Each is superlinear or heavy for something that reads pages. */
const hostilePieces = ['<', '“', '<q>', 'a ', '<b>a</b>', '&lt;', '<p>a, b. </p>', '\n', '<a b=', '字。'];

function fill(piece: string, bytes: number): string {
  return piece.repeat(Math.floor(bytes / Buffer.byteLength(piece)));
}

function cut(text: string): string {
  return Buffer.from(text).subarray(0, fileBytes).toString();
}

function mallory({ playground }: Stage): Person {
  return playground.personOf({ name: 'Mallory', where: 'direct', isManager: true });
}

const faults: Readonly<Record<string, Fault>> = {
  // The name server never answers.
  'silent-names': stage => {
    const links = Array.from({ length: 30 }, (_, at) => `https://news-${at}.example.com/`);
    return Promise.all(links.map(link => mallory(stage).command('article add', { link })));
  },
  'hostile-pages': stage => {
    const links = hostilePieces.map(piece => `${stage.site}/?of=${encodeURIComponent(piece)}`);
    return Promise.all(links.map(link => mallory(stage).command('article add', { link })));
  },
  // Long but ordinary news, as text and as a page, and pages of one thing.
  'hostile-files': stage => {
    const news = makeNews(Math.ceil(fileBytes / 1500), 5).map(({ text }) => text);
    const text = cut(news.join('\n\n'));
    const page = cut(news.map(each => `<p>${each}</p>`).join(''));
    const files = [
      { name: 'news.txt', content: text },
      { name: 'news.html', content: page },
      ...hostilePieces.map(piece => ({ name: 'one.html', content: fill(piece, fileBytes) })),
    ];
    return Promise.all(
      files.map(({ name, content }) =>
        mallory(stage).command(
          'article add',
          {},
          { file: { name, contentType: 'text/plain', bytes: Buffer.from(content) } },
        ),
      ),
    );
  },
  // Two people add files of 2 MB of ordinary news; a third adds articles of 5 kB and waits for each.
  'long-texts': async ({ playground }) => {
    const news = makeNews(Math.ceil(fileBytes / 1500), 5).map(({ text }) => text);
    const long = cut(news.join('\n\n'));
    const add = async (name: string, title: string, text: string) => {
      const person = playground.personOf({ name, where: 'direct', isManager: true });
      const bytes = Buffer.from(`Title: ${title}\n\n${text}`);
      const started = performance.now();
      const { message } = await person.command(
        'article add',
        {},
        { file: { name: 'news.txt', contentType: 'text/plain', bytes } },
      );
      if (!JSON.stringify(message).includes(title)) throw new Error(`No preview: ${JSON.stringify(message)}`);
      return performance.now() - started;
    };
    const adding = ['Mallory', 'Trudy'].map(async name => {
      for (let at = 0; at < 3; at += 1) await add(name, `Long news ${at}`, long);
    });
    await pause(2000);
    const times: number[] = [];
    for (let at = 0; at < 5; at += 1)
      times.push(await add('Bob', `Short news ${at}`, long.slice(at * 5000, (at + 1) * 5000)));
    console.log(`A preview of 5 kB after ${times.map(time => time.toFixed(0)).join(', ')} ms`);
    await Promise.all(adding);
  },
};

const usage = `npm run bench:faults -- --fault ${Object.keys(faults).join('|')} [--rate R] [--seconds S]`;
const { values } = parseArgs({
  options: {
    fault: { type: 'string' },
    rate: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '30' },
  },
});
const pace = { rate: Number(values.rate), seconds: Number(values.seconds) };
/** Until the bot's connections to Discord have closed, as in a quiet hour: it then needs new ones. */
const quietMilliseconds = 7000;
const servers = 20;
const articlesEach = 50;

async function startBotProcess(
  { token, apiUrl }: Playground,
  folder: string,
  nameServer: string,
): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'bot.ts'), [token, apiUrl, folder, nameServer], { execArgv: [] });
  await once(child, 'message');
  return child;
}

/** Returns how long the bot's event loop was blocked at most since this was last asked, in milliseconds. */
async function blockedFor(bot: ChildProcess): Promise<number> {
  bot.send('delay');
  const [milliseconds] = await once(bot, 'message');
  return Number(milliseconds);
}

/** Drives the crowd and prints how it was answered. */
async function measure(what: string, crowd: Crowd, bot: ChildProcess): Promise<void> {
  await blockedFor(bot);
  const done = (await drive(crowd, pace)).flat();
  const adding = done.filter(({ kind }) => kind === 'adding');
  const others = done.filter(({ kind }) => kind !== 'adding');
  for (const [those, name] of [
    [others, what],
    [adding, `${what}: adding`],
  ] as const) {
    const sorted = sortedTimes(those);
    const failed = those.filter(each => each.failed !== undefined);
    const figures = [String(sorted.length), at(0.5, sorted), at(0.99, sorted), at(1, sorted), String(failed.length)];
    console.log(`${name.padEnd(30)}${figures.map(figure => figure.padStart(9)).join('')}`);
  }
  console.log(`The bot's event loop was blocked for ${(await blockedFor(bot)).toFixed(0)} ms at most.`);
}

async function run(fault: Fault, folder: string): Promise<void> {
  const playground = await startPlayground({ port: 0, folder: undefined, host: 'localhost', guilds: servers });
  const silent = createSocket('udp4').bind(0, '127.0.0.1');
  await once(silent, 'listening');
  const site = createServer((request, response) => {
    const piece = URL.parse(request.url ?? '', 'http://site')?.searchParams.get('of') ?? '';
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(fill(piece, pageBytes));
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  const news = await fillLibraries(
    { folder: join(folder, 'libraries'), databaseUrl: undefined },
    playground.servers(),
    articlesEach,
  );
  const bot = await startBotProcess(playground, folder, `127.0.0.1:${silent.address().port}`);
  const crowd = new Crowd(playground, servers, news, randomFrom(7));
  // Until libraries are open and code is compiled.
  await drive(crowd, { rate: 20, seconds: 15 });
  console.log(
    `${'ms to the first answer'.padEnd(30)}${['answers', 'p50', 'p99', 'slowest', 'failed'].map(name => name.padStart(9)).join('')}`,
  );
  await measure('without the fault', crowd, bot);
  await pause(quietMilliseconds);
  const started = performance.now();
  const striking = fault({ playground, site: `http://127.0.0.1:${portOf(site.address())}` }).then(
    () => `ended after ${((performance.now() - started) / 1000).toFixed(0)} s`,
  );
  await pause(1000);
  await measure(`with ${values.fault}`, crowd, bot);
  console.log(`The fault ${await Promise.race([striking, Promise.resolve('still goes on')])}.`);
  bot.kill('SIGKILL');
  silent.close();
  site.closeAllConnections();
  site.close();
  await playground.close();
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server does not listen.');
  return address.port;
}

const fault = faults[values.fault ?? ''];
if (fault === undefined) {
  console.error(usage);
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), 'verbatim-faults-'));
console.log(machine());
await run(fault, folder).finally(() => rmSync(folder, { recursive: true, force: true }));
