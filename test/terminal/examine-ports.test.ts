import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { expect, test } from 'vitest';
import { checkSettings } from '../../src/settings.ts';
import { examinePorts } from '../../src/terminal/doctor/machine.ts';

async function examined(environment: Readonly<Record<string, string>>) {
  const outcome = checkSettings(environment, {});
  if (outcome.kind === 'problems') throw new Error(outcome.problems.join());
  return await examinePorts(outcome.settings);
}

/** Starts a program on a port that answers every request with this text. */
async function startSaying(text: string): Promise<{ server: Server; port: string }> {
  const server = createServer((_, response) => response.end(text)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: String(Reflect.get(Object(server.address()), 'port')) };
}

test('says nothing about ports that aren’t set', async () => {
  expect(await examined({})).toEqual([]);
});

test('a port for metrics that is free, used by a bot, or used by another program', async () => {
  const { server: bot, port } = await startSaying('alive\n');
  expect(await examined({ METRICS_PORT: port })).toMatchObject([
    { kind: 'good', about: 'metrics', sentence: expect.stringContaining('A running bot serves them') },
  ]);
  bot.close();
  await once(bot, 'close');
  expect(await examined({ METRICS_PORT: port })).toMatchObject([
    { kind: 'good', sentence: expect.stringContaining('can be served') },
  ]);
  const { server: other, port: taken } = await startSaying('Welcome!');
  expect(await examined({ METRICS_PORT: taken })).toMatchObject([
    { kind: 'bad', sentence: expect.stringContaining('The port in METRICS_PORT is in use') },
  ]);
  other.close();
});

test('an address that this machine doesn’t have', async () => {
  expect(await examined({ METRICS_PORT: '9400', METRICS_HOST: '203.0.113.1' })).toMatchObject([
    { kind: 'bad', sentence: expect.stringContaining("METRICS_HOST isn't an address of this machine") },
  ]);
});

test('the playground’s port, which the bot itself may use', async () => {
  const { server, port } = await startSaying('Welcome!');
  expect(await examined({ PLAYGROUND_PORT: port })).toMatchObject([
    { kind: 'doubtful', about: 'port', sentence: expect.stringContaining('PLAYGROUND_PORT is in use') },
  ]);
  server.close();
});
