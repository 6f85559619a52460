/**
 * `npm run bench:messages -- [--servers N] [--rate R] [--seconds S] [--mentions M]`: runs the bot as `npm start` does, in
 * a playground of N servers, in which people write R messages a second that don't concern it, and prints what these cost.
 * With `--mentions`, one server mentions it M times a second instead, while members of the others use `/quote` ten times
 * a second, and it prints how long those wait.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Person } from '../playground/person.ts';
import { type Playground, startPlayground } from '../playground/playground.ts';
import { APPLICATION_ID } from '../playground/world/servers.ts';
import { at, atPace, machine, startMeasured } from './load/drive.ts';
import { sampleMetrics } from './load/metrics.ts';

const { values } = parseArgs({
  options: {
    servers: { type: 'string', default: '2500' },
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '30' },
    mentions: { type: 'string', default: '0' },
  },
});
const asked = {
  servers: Number(values.servers),
  rate: Number(values.rate),
  seconds: Number(values.seconds),
  mentions: Number(values.mentions),
};
const port = 19_600;
/** As many as use commands beside the mentions. */
const others = 20;
const quotesPerSecond = 10;
const words = 'so did anybody see the harbour last night? ';

const repeat = (rate: number, start: (number: number) => void) => atPace({ rate, seconds: asked.seconds }, start);

/** Returns the share of a core that the bot takes while something is done. */
async function coresDuring(work: () => Promise<void>): Promise<number> {
  const watching = sampleMetrics([port]);
  await work();
  const samples = watching.stop();
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined) throw new Error('The bot has no metrics.');
  return (last.coreSeconds - first.coreSeconds) / (last.seconds - first.seconds);
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function membersOf(playground: Playground, count: number): readonly Person[] {
  return Array.from({ length: count }, (_, where) => playground.personOf({ name: 'Kim', where, isManager: false }));
}

async function measureChatter(playground: Playground): Promise<void> {
  const people = membersOf(playground, asked.servers);
  const idle = await coresDuring(() => pause(1000 * asked.seconds));
  const busy = await coresDuring(() =>
    repeat(asked.rate, number => void people[(number * 7) % people.length]?.say(words.repeat(1 + (number % 5)))),
  );
  console.log(`of a core: ${percent(idle)} idle, ${percent(busy)} with ${asked.rate} messages a second`);
}

async function measureMentions(playground: Playground): Promise<void> {
  const [, ...calm] = membersOf(playground, others + 1);
  const quote = (person: Person | undefined) => person?.command('quote', { words: 'open lines of communication' });
  for (const person of calm) await quote(person);
  const times = { before: [] as number[], meanwhile: [] as number[] };
  const ask = async (into: number[], number: number) => {
    const answer = await quote(calm[number % calm.length]);
    into.push(answer?.failed === undefined ? (answer?.milliseconds ?? Number.NaN) : Number.POSITIVE_INFINITY);
  };
  await repeat(quotesPerSecond, number => void ask(times.before, number));
  const quoting = repeat(quotesPerSecond, number => void ask(times.meanwhile, number));
  const crowd = Array.from({ length: 100 }, (_, number) =>
    playground.personOf({ name: `P${number}`, where: 0, isManager: false }),
  );
  await repeat(asked.mentions, number => {
    crowd[number % crowd.length]?.say(`<@${APPLICATION_ID}> What did CNN report about ration packs? ${number}`);
  });
  await quoting;
  await pause(3000);
  for (const [name, all] of Object.entries(times)) {
    const sorted = all.toSorted((one, other) => one - other);
    console.log(`/quote ${name}: p50 ${at(0.5, sorted)} ms, p99 ${at(0.99, sorted)} ms, slowest ${at(1, sorted)} ms`);
  }
  const answers = playground.channels.messages(playground.channels.first(0)).filter(({ author }) => author.bot);
  console.log(`${answers.length} of the last messages in that server are answers`);
}

const folder = mkdtempSync(join(tmpdir(), 'verbatim-messages-'));
const playground = await startPlayground({ port: 0, folder: undefined, guilds: asked.servers });
console.log(`${machine()}; ${JSON.stringify(asked)}`);
const program = await startMeasured(playground, folder, port);
await (asked.mentions > 0 ? measureMentions(playground) : measureChatter(playground));
program.signal('SIGTERM');
const { errors } = await program.ended;
if (errors !== '') console.log(errors.slice(0, 2000));
await playground.close();
rmSync(folder, { recursive: true, force: true });
