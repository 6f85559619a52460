import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Playground } from '../../playground/playground.ts';
import { reasonFor } from '../../src/discord/errors.ts';
import { EXIT_CODES } from '../../src/start-failure.ts';
import { openPlayground, startRunningBot } from './running-bot.ts';

const discord = 'https://discord.com/developers/applications';

test.each([
  ['Discord answers 401', Object.assign(new Error('401: Unauthorized'), { status: 401, code: 0 })],
  [
    'discord.js finds the token invalid',
    Object.assign(new Error('An invalid token was provided.'), { code: 'TokenInvalid' }),
  ],
])('%s: one sentence with the page where a token is made', (_why, error) => {
  const { message, exitCode } = reasonFor(error, undefined);
  expect(exitCode).toBe(EXIT_CODES.misconfigured);
  expect(message).toContain('Discord rejected the token in DISCORD_TOKEN (HTTP 401)');
  expect(message).toContain(discord);
  expect(message).not.toContain('\n');
});

describe('Discord closes the connection at the login', () => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await openPlayground();
  });
  afterAll(() => playground.close());

  test.each([
    [4004, discord],
    [4010, 'Set SHARDS=auto'],
    [4011, 'Set SHARDS=auto'],
    [4012, 'Update the bot'],
    [4013, 'Update the bot'],
    [4014, discord],
  ])('with %i: the code, what to do, and no restart', async (code, advice) => {
    playground.faults.closeLogins(code);
    const error = await startRunningBot([], playground).then(String, (reason: unknown) => reason);
    expect(error).toMatchObject({
      message: expect.stringContaining(`(close code ${code}). `),
      exitCode: EXIT_CODES.misconfigured,
    });
    expect(String(error)).toContain(advice);
  });

  test('while commands are registered', async () => {
    const { met } = playground.faults;
    playground.faults.next('late', { route: 'GET /applications', milliseconds: 1000 });
    const starting = startRunningBot([], playground).then(String, (reason: unknown) => reason);
    await expect.poll(() => playground.faults.met).toBe(met + 1);
    playground.shutOut(0);
    expect(await starting).toMatchObject({ message: expect.stringContaining('(close code 4004). ') });
  });
});

test.each([500, 429, 403])('Discord answers %i, which may be temporary', status => {
  expect(reasonFor(Object.assign(new Error('none'), { status }), undefined).exitCode).toBe(EXIT_CODES.failed);
});

test('names an address that nobody listens on', () => {
  const error = new Error('fetch failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) });
  expect(reasonFor(error, 'http://127.0.0.1:1/api').message).toBe(
    "Discord can't be reached at http://127.0.0.1:1/api (ECONNREFUSED). Check the network and DISCORD_API_URL, then start again.",
  );
});

test('says that there was no answer if discord.js gave up waiting for one', () => {
  const { message } = reasonFor(new DOMException('This operation was aborted', 'AbortError'), undefined);
  expect(message).toBe("Discord can't be reached at discord.com (ETIMEDOUT). Check the network, then start again.");
});
