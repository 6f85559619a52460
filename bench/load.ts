/**
 * `npm run bench:load -- --servers N --rate R --seconds S [--articles A] [--database URL|embedded] [--processes P] [--import N]
 * [--feeds N] [--asking PERCENT] [--profile FOLDER]`: runs the bot as `npm start` does, in a playground of N servers with A articles each. People do R things a second,
 * whether or not the bot keeps up, and meanwhile articles are imported into one server, and feeds with an item an hour each are polled
 * every half an hour and posted, which the bot may read on this machine. Prints the time to first answers, failures, and the process's
 * metrics.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Playground, startPlayground } from '../playground/playground.ts';
import { startPostgres } from '../test/postgres/server.ts';
import { outcomeOf, startCommand } from '../test/terminal/commands.ts';
import { Crowd } from './load/actions.ts';
import { at, drive, machine, sortedTimes, startMeasured } from './load/drive.ts';
import { followFeeds } from './load/feeds.ts';
import { fillLibraries } from './load/libraries.ts';
import { type MetricsSample, sampleMetrics } from './load/metrics.ts';
import { makeNews, randomFrom } from './made-up-news.ts';

const usage =
  'npm run bench:load -- --servers N --rate R --seconds S [--articles A] [--database URL|embedded] [--processes P] [--import N] [--feeds N] [--asking PERCENT] [--profile FOLDER]';
// A load run takes minutes and the whole machine, so it doesn't start without options.
if (process.argv.length <= 2) {
  console.error(`${usage}\nFor example: npm run bench:load -- --servers 500 --rate 100 --seconds 120`);
  process.exit(1);
}

const { values } = parseArgs({
  options: {
    servers: { type: 'string', default: '500' },
    rate: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '120' },
    articles: { type: 'string', default: '200' },
    database: { type: 'string' },
    profile: { type: 'string' },
    processes: { type: 'string', default: '1' },
    import: { type: 'string', default: '0' },
    feeds: { type: 'string', default: '0' },
    asking: { type: 'string', default: '0' },
  },
});
const asked = {
  servers: Number(values.servers),
  rate: Number(values.rate),
  seconds: Number(values.seconds),
  articles: Number(values.articles),
  processes: Number(values.processes),
  import: Number(values.import),
  feeds: Number(values.feeds),
  asking: Number(values.asking),
};
const firstPort = 19_400;
const warmUpSeconds = 30;
/** The import starts once the bot has begun to answer. */
const importAfterSeconds = 10;
const spansShown = 12;

/** One entry for each action, in the order in which they were started. */
type Actions = Awaited<ReturnType<typeof drive>>;

/** Runs `npm run import` into one library; returns its last lines. */
async function importBeside(server: string, folder: string, databaseUrl: string | undefined): Promise<string> {
  const file = join(folder, 'import.jsonl');
  const lines = makeNews(asked.import, 77).map(({ id, title, text }) =>
    JSON.stringify({ title, url: `https://imported.example/${id}`, text }),
  );
  writeFileSync(file, lines.join('\n'));
  await pause(1000 * importAfterSeconds);
  const started = performance.now();
  const settings = { DATA_DIR: folder, ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }) };
  const { out, err } = await outcomeOf(startCommand(folder, settings, 'import', '--create', '--server', server, file));
  const seconds = (performance.now() - started) / 1000;
  return `${out.trim()} In ${seconds.toFixed(0)} s, ${(asked.import / seconds).toFixed(0)} a second. ${err.split('\n').at(-2) ?? ''}`;
}

/** Shows how the bot warms up, with libraries not yet opened and code not yet run. */
function printByTime(actions: Actions): void {
  const each = Math.ceil(asked.seconds / spansShown) * asked.rate;
  const spans = Array.from({ length: Math.ceil(actions.length / each) }, (_, at) =>
    actions.slice(at * each, (at + 1) * each),
  );
  const p99 = spans.map(span => at(0.99, sortedTimes(span.flat())));
  console.log(`p99 of every ${each / asked.rate} s: ${p99.join(' ')}`);
}

function printAnswers(actions: Actions): void {
  const done = actions.flat();
  const warm = actions.slice(Math.min(warmUpSeconds, asked.seconds / 2) * asked.rate).flat();
  console.log(
    `${'ms to the first answer'.padEnd(24)}${['answers', 'p50', 'p99', 'slowest', 'failed'].map(name => name.padStart(9)).join('')}`,
  );
  const kinds = [...new Set(done.map(({ kind }) => kind))].sort();
  const rows = [
    ...kinds.map(kind => ({ kind, those: done.filter(each => each.kind === kind) })),
    { kind: 'all', those: done },
  ];
  for (const { kind, those } of [...rows, { kind: 'all, when warm', those: warm }]) {
    const sorted = sortedTimes(those);
    const failed = those.filter(each => each.failed !== undefined).length;
    const figures = [String(sorted.length), at(0.5, sorted), at(0.99, sorted), at(1, sorted), String(failed)];
    console.log(`${kind.padEnd(24)}${figures.map(figure => figure.padStart(9)).join('')}`);
  }
  console.log(`not answered because the person typed on: ${done.filter(({ typedOn }) => typedOn).length}`);
  const reasons = Map.groupBy(
    done.flatMap(({ failed }) => failed ?? []),
    reason => reason,
  );
  for (const [reason, all] of reasons) console.log(`failed ${all.length} times: ${reason}`);
}

function printMetrics(samples: readonly MetricsSample[], answers: number): void {
  const warm = samples.filter(({ seconds }) => seconds >= Math.min(warmUpSeconds, asked.seconds / 2));
  const memory = warm.map(({ mebibytes }) => mebibytes);
  const every = Math.ceil(asked.seconds / spansShown);
  const byTime = samples.filter((_, at) => at % every === 0).map(({ mebibytes }) => mebibytes.toFixed(0));
  console.log(`memory of every ${every} s, MiB: ${byTime.join(' ')}`);
  const shown = [memory[0] ?? 0, Math.max(0, ...memory), memory.at(-1) ?? 0].map(each => each.toFixed(0));
  console.log(`memory, MiB: ${shown[0]} when warm, ${shown[1]} at most, ${shown[2]} at the end`);
  const cores = (samples.at(-1)?.coreSeconds ?? 0) - (samples[0]?.coreSeconds ?? 0);
  console.log(`of a core: ${cores.toFixed(1)} s, ${((1000 * cores) / answers).toFixed(1)} ms an interaction`);
  const last = samples.at(-1);
  console.log(`dropped: ${last?.expired ?? 0} too late, ${last?.superseded ?? 0} completions whose user typed on`);
  const p99 = samples.map(({ delayP99 }) => delayP99).sort((one, other) => one - other);
  const most = Math.max(0, ...samples.map(({ delayMost }) => delayMost)).toFixed(0);
  console.log(`event-loop delay, ms: p99 of a second ${at(0.5, p99)} (median), ${at(1, p99)} (worst); ${most} at most`);
}

function nodeOptions(): readonly string[] {
  const hook = new URL('load/loopback-hook.ts', import.meta.url).href;
  return [
    ...(values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`]),
    ...(asked.feeds > 0 ? ['--import', hook] : []),
  ];
}

async function run(playground: Playground, folder: string, databaseUrl: string | undefined): Promise<void> {
  const ids = playground.servers();
  const location = { folder: join(folder, 'libraries'), databaseUrl };
  const news = await fillLibraries(location, ids, asked.articles);
  const followers = ids.map((server, where) => ({ server, channel: playground.channels.add(where, 'news') }));
  const feeds = asked.feeds > 0 ? await followFeeds(location, asked.feeds, followers) : undefined;
  const crowd = new Crowd(playground, asked.servers, news, randomFrom(7), asked.asking);
  const program = await startMeasured(playground, folder, firstPort, {
    NODE_OPTIONS: nodeOptions().join(' '),
    SHARDS: String(asked.processes),
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  });
  const ports = Array.from(
    { length: databaseUrl === undefined ? 1 : asked.processes },
    (_, shard) => firstPort + shard,
  );
  const watching = sampleMetrics(ports);
  const importing = asked.import > 0 ? importBeside(ids[0] ?? '', folder, databaseUrl) : undefined;
  const started = performance.now();
  const actions = await drive(crowd, asked);
  const seconds = (performance.now() - started) / 1000;
  const samples = watching.stop();
  const imported = await importing;
  program.signal('SIGTERM');
  const { code, errors } = await program.ended;
  const done = actions.flat();
  console.log(`${done.length} interactions in ${seconds.toFixed(1)} s, ${(done.length / seconds).toFixed(0)} a second`);
  if (imported !== undefined) console.log(`import: ${imported}`);
  if (feeds !== undefined) console.log(`feeds: ${await feeds.report()}`);
  await feeds?.close();
  printAnswers(actions);
  printByTime(actions);
  printMetrics(samples, done.length);
  console.log(
    `refused by Discord's rules: ${playground.refusals.length}; exit code ${code}${errors === '' ? '' : `\n${errors.slice(0, 2000)}`}`,
  );
}

const folder = mkdtempSync(join(tmpdir(), 'verbatim-load-'));
const postgres = values.database === 'embedded' ? await startPostgres() : undefined;
const databaseUrl = postgres === undefined ? values.database : postgres.url;
const playground = await startPlayground({
  port: 0,
  folder: undefined,
  guilds: asked.servers,
  shards: asked.processes,
});
console.log(`${machine()}; ${JSON.stringify(asked)}, in ${values.database === undefined ? 'files' : 'PostgreSQL'}`);
await run(playground, folder, databaseUrl).finally(async () => {
  await playground.close();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});
