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

/** A program that has a port, and what it says to whoever asks. */
async function startSaying(text: string): Promise<{ server: Server; port: string }> {
  const server = createServer((_, response) => response.end(text)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: String(Reflect.get(Object(server.address()), 'port')) };
}

test('nothing is said of ports that nobody set', async () => {
  expect(await examined({})).toEqual([]);
});

test('a port for figures that is free, taken by a bot that shows them, taken by something else', async () => {
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

test('an address that this machine has not', async () => {
  expect(await examined({ METRICS_PORT: '9400', METRICS_HOST: '203.0.113.1' })).toMatchObject([
    { kind: 'bad', sentence: expect.stringContaining("METRICS_HOST isn't an address of this machine") },
  ]);
});

test('the port of the playground, which the bot itself may have', async () => {
  const { server, port } = await startSaying('Welcome!');
  expect(await examined({ PLAYGROUND_PORT: port })).toMatchObject([
    { kind: 'doubtful', about: 'port', sentence: expect.stringContaining('PLAYGROUND_PORT is in use') },
  ]);
  server.close();
});
