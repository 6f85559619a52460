import { expect, test } from 'vitest';
import { reasonFor } from '../../src/discord/errors.ts';
import { exitCodes } from '../../src/start-failure.ts';

test.each([
  ['Discord answers 401', Object.assign(new Error('401: Unauthorized'), { status: 401, code: 0 })],
  [
    'discord.js finds the token invalid',
    Object.assign(new Error('An invalid token was provided.'), { code: 'TokenInvalid' }),
  ],
  ['the gateway closes with 4004', { code: 4004 }],
  ['the gateway refuses to authenticate', new Error('Authentication failed')],
])('%s: one sentence with the page where a token is made', (_why, error) => {
  const { message, exitCode } = reasonFor(error, undefined);
  expect(exitCode).toBe(exitCodes.misconfigured);
  expect(message).toMatch(
    /^Discord rejected the token in DISCORD_TOKEN\. .*https:\/\/discord\.com\/developers\/applications .*\.$/,
  );
  expect(message).not.toContain('\n');
});

test.each([
  ['is closed with 4011', { code: 4011 }],
  ['says so at the login', new Error('Sharding is required')],
])('more shards are needed, and the gateway %s: names the setting to change', (_why, error) => {
  const { message, exitCode } = reasonFor(error, undefined);
  expect(message).toContain('Set SHARDS=auto');
  expect(exitCode).toBe(exitCodes.misconfigured);
});

test.each([500, 429, 403])('Discord answers %i, which may be temporary', status => {
  expect(reasonFor(Object.assign(new Error('none'), { status }), undefined).exitCode).toBe(exitCodes.failed);
});

test('names an address that nobody listens on', () => {
  const error = new Error('fetch failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) });
  expect(reasonFor(error, 'http://127.0.0.1:1/api').message).toBe(
    "Discord can't be reached at http://127.0.0.1:1/api (ECONNREFUSED). Check the network and DISCORD_API_URL, then start again.",
  );
});
