/**
 * `npm run bench:load -- --servers N --rate R --seconds S [--articles A] [--database URL|embedded] [--processes P]
 * [--profile FOLDER]`: the bot as it is
 * started by `npm start`, in a playground of so many servers with so many articles each, in which people do so many things a
 * second, whether or not the bot keeps up. Prints how long first answers took, which failed, and how the bot's process was.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Playground, startPlayground } from '../playground/playground.ts';
import { startProgram } from '../test/end-to-end/program.ts';
import { startPostgres } from '../test/library/postgres.ts';
import { Crowd, type Done } from './load/deeds.ts';
import { fill } from './load/shelves.ts';
import { type Sight, watch } from './load/watch.ts';
import { randomFrom } from './random.ts';

const { values } = parseArgs({
  options: {
    servers: { type: 'string', default: '500' },
    rate: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '120' },
    articles: { type: 'string', default: '200' },
    database: { type: 'string' },
    profile: { type: 'string' },
    processes: { type: 'string', default: '1' },
  },
});
const asked = {
  servers: Number(values.servers),
  rate: Number(values.rate),
  seconds: Number(values.seconds),
  articles: Number(values.articles),
  processes: Number(values.processes),
};
const firstPort = 19_400;
const settleMilliseconds = 5000;
const warmUpSeconds = 30;

/** At an even pace: who comes does not wait for who came before. */
async function drive(crowd: Crowd): Promise<{ done: readonly Done[]; warm: readonly Done[]; seconds: number }> {
  const started = performance.now();
  const acts: Promise<readonly Done[]>[] = [];
  const first = Math.min(warmUpSeconds, asked.seconds / 2) * asked.rate;
  for (let number = 0; number < asked.rate * asked.seconds; number += 1) {
    const due = started + (1000 * number) / asked.rate;
    const early = due - performance.now();
    if (early > 1) await pause(early);
    acts.push(crowd.act());
  }
  const all = await Promise.all(acts);
  const seconds = (performance.now() - started) / 1000;
  return { done: all.flat(), warm: all.slice(first).flat(), seconds };
}

function at(share: number, sorted: readonly number[]): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN).toFixed(0);
}

function printAnswers(done: readonly Done[], warm: readonly Done[]): void {
  console.log(
    `${'ms to the first answer'.padEnd(24)}${['answers', 'p50', 'p99', 'slowest', 'failed'].map(name => name.padStart(9)).join('')}`,
  );
  const kinds = [...new Set(done.map(({ kind }) => kind))].sort();
  const rows = [
    ...kinds.map(kind => ({ kind, those: done.filter(each => each.kind === kind) })),
    { kind: 'all', those: done },
  ];
  for (const { kind, those } of [...rows, { kind: 'all, when warm', those: warm }]) {
    const sorted = those.map(({ milliseconds }) => milliseconds).sort((one, other) => one - other);
    const failed = those.filter(each => each.failed !== undefined).length;
    const figures = [String(those.length), at(0.5, sorted), at(0.99, sorted), at(1, sorted), String(failed)];
    console.log(`${kind.padEnd(24)}${figures.map(figure => figure.padStart(9)).join('')}`);
  }
  const reasons = Map.groupBy(
    done.flatMap(({ failed }) => failed ?? []),
    reason => reason,
  );
  for (const [reason, all] of reasons) console.log(`failed ${all.length} times: ${reason}`);
}

function printSights(sights: readonly Sight[], answers: number): void {
  const warm = sights.filter(({ seconds }) => seconds >= Math.min(warmUpSeconds, asked.seconds / 2));
  const memory = warm.map(({ mebibytes }) => mebibytes);
  const shown = [memory[0] ?? 0, Math.max(0, ...memory), memory.at(-1) ?? 0].map(each => each.toFixed(0));
  console.log(`memory, MiB: ${shown[0]} when warm, ${shown[1]} at most, ${shown[2]} at the end`);
  const cores = (sights.at(-1)?.coreSeconds ?? 0) - (sights[0]?.coreSeconds ?? 0);
  console.log(`of a core: ${cores.toFixed(1)} s, ${((1000 * cores) / answers).toFixed(1)} ms an interaction`);
  const last = sights.at(-1);
  console.log(`given up: ${last?.expired ?? 0} too late, ${last?.superseded ?? 0} completions whose typist typed on`);
  const p99 = sights.map(({ delayP99 }) => delayP99).sort((one, other) => one - other);
  const most = Math.max(0, ...sights.map(({ delayMost }) => delayMost)).toFixed(0);
  console.log(`event-loop delay, ms: p99 of a second ${at(0.5, p99)} (median), ${at(1, p99)} (worst); ${most} at most`);
}

async function run(playground: Playground, folder: string, databaseUrl: string | undefined): Promise<void> {
  const ids = playground.servers();
  const news = await fill({ folder: join(folder, 'libraries'), databaseUrl }, ids, asked.articles);
  const crowd = new Crowd(playground, asked.servers, news, randomFrom(7));
  const program = startProgram({
    DISCORD_TOKEN: playground.token,
    DISCORD_API_URL: playground.apiUrl,
    DATA_DIR: folder,
    METRICS_PORT: String(firstPort),
    ...(values.profile === undefined ? {} : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${values.profile}` }),
    SHARDS: String(asked.processes),
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  });
  await program.firstLine;
  while (playground.shards() < asked.processes) await pause(100);
  // What a bot does at its start alone.
  await pause(settleMilliseconds);
  const ports = Array.from(
    { length: databaseUrl === undefined ? 1 : asked.processes },
    (_, shard) => firstPort + shard,
  );
  const watching = watch(ports);
  const { done, warm, seconds } = await drive(crowd);
  const sights = watching.stop();
  program.signal('SIGTERM');
  const { code, errors } = await program.ended;
  console.log(`${done.length} interactions in ${seconds.toFixed(1)} s, ${(done.length / seconds).toFixed(0)} a second`);
  printAnswers(done, warm);
  printSights(sights, done.length);
  console.log(
    `refused by Discord's rules: ${playground.refusals.length}; exit code ${code}${errors === '' ? '' : `\n${errors.slice(0, 2000)}`}`,
  );
}

const folder = mkdtempSync(join(tmpdir(), 'verbatim-load-'));
const postgres = values.database === 'embedded' ? await startPostgres() : undefined;
const databaseUrl = postgres === undefined ? values.database : await postgres.makeDatabase();
const playground = await startPlayground({
  port: 0,
  folder: undefined,
  guilds: asked.servers,
  shards: asked.processes,
});
console.log(
  `Node ${process.version}, ${cpus().length} cores, load before ${loadavg()[0]?.toFixed(1)}; ${JSON.stringify(asked)}, in ${values.database === undefined ? 'files' : 'PostgreSQL'}`,
);
await run(playground, folder, databaseUrl).finally(async () => {
  await playground.close();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});
