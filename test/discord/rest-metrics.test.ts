import { REST } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Playground } from '../../playground/playground.ts';
import { commands } from '../../src/commands/index.ts';
import { countRequests } from '../../src/discord/monitoring.ts';
import { Metrics } from '../../src/monitoring/metrics.ts';
import { openPlayground, type RunningBot, startRunningBot } from './running-bot.ts';

const callback = '/interactions/:id/:token/callback';

let playground: Playground;
let running: RunningBot | undefined;
beforeEach(async () => {
  playground = await openPlayground();
});
afterEach(async () => {
  await running?.bot.stop();
  running = undefined;
  await playground.close();
});

/** Returns the samples of a metric that aren't 0. */
async function samplesOf(metrics: Metrics, name: string): Promise<readonly string[]> {
  const lines = (await metrics.render()).split('\n');
  return lines.filter(line => line.startsWith(name) && !line.endsWith(' 0'));
}

test('counts Discord’s refusals and failures by route, each attempt, and the requests that waited', async () => {
  playground.faults.next('429', { route: 'GET /applications', milliseconds: 300 });
  running = await startRunningBot(commands, playground);
  playground.faults.next('500', { route: 'callback', times: 2 });
  playground.faults.next('502', { route: 'callback' });
  await playground.person.command('help');
  const failures = await samplesOf(running.metrics, 'verbatim_discord_failures_total');
  expect(failures.toSorted()).toEqual([
    'verbatim_discord_failures_total{route="/applications/:id/commands",status="429"} 1',
    `verbatim_discord_failures_total{route="${callback}",status="500"} 2`,
    `verbatim_discord_failures_total{route="${callback}",status="502"} 1`,
  ]);
  expect(await samplesOf(running.metrics, 'verbatim_discord_delays_total')).toEqual([
    'verbatim_discord_delays_total{route="/applications/:id/commands"} 1',
  ]);
});

test('counts first answers that come too late or twice, by Discord’s code', async () => {
  running = await startRunningBot(commands, playground);
  expect(await running.metrics.render()).toContain('verbatim_refused_answers_total{code="10062"} 0\n');
  playground.faults.next('late', { route: 'callback', milliseconds: 3300 });
  await playground.person.command('help');
  // The bot sends it again, and Discord has it already.
  playground.faults.next('lost', { route: 'callback' });
  await playground.person.command('help');
  await expect
    .poll(() => running && samplesOf(running.metrics, 'verbatim_refused_answers_total'))
    .toEqual(['verbatim_refused_answers_total{code="10062"} 1', 'verbatim_refused_answers_total{code="40060"} 1']);
  // The error is the same as if nobody had counted it.
  expect(running.logged()).toMatch(/"code":10062,"status":404,"method":"POST"/v);
});

test('no label contains an id or a token, whatever the path', async () => {
  const metrics = new Metrics();
  const rest = new REST({ api: playground.apiUrl, retries: 0 }).setToken(playground.token);
  countRequests(rest, metrics);
  const paths = [
    '/webhooks/1180000000000000001/aSecret_1',
    '/webhooks/1180000000000000001/aSecret_1/messages/@original',
    // discord.js takes neither for an id.
    '/webhooks/12/aSecret_1',
    '/channels/12345678901234567890',
  ] as const;
  for (const path of paths) {
    playground.faults.next('500');
    await expect(rest.get(path)).rejects.toThrow();
  }
  expect((await samplesOf(metrics, 'verbatim_discord_failures_total')).toSorted()).toEqual([
    'verbatim_discord_failures_total{route="/webhooks/:id/:token",status="500"} 1',
    'verbatim_discord_failures_total{route="/webhooks/:id/:token/messages/@original",status="500"} 1',
    'verbatim_discord_failures_total{route="other",status="500"} 2',
  ]);
});
