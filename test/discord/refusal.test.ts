import { expect, test } from 'vitest';
import { reasonFor } from '../../src/discord/refusal.ts';

test.each([
  ['Discord answers 401', Object.assign(new Error('401: Unauthorized'), { status: 401, code: 0 })],
  [
    'discord.js finds the token invalid',
    Object.assign(new Error('An invalid token was provided.'), { code: 'TokenInvalid' }),
  ],
  ['the gateway closes with 4004', { code: 4004 }],
  ['the gateway refuses to authenticate', new Error('Authentication failed')],
])('%s: one sentence with the page where a token is made', (_why, error) => {
  const { message } = reasonFor(error, undefined);
  expect(message).toMatch(
    /^Discord refused the token in DISCORD_TOKEN: .*https:\/\/discord\.com\/developers\/applications .*\.$/,
  );
  expect(message).not.toContain('\n');
});

test('an address that nobody answers at is named', () => {
  const error = new Error('fetch failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) });
  expect(reasonFor(error, 'http://127.0.0.1:1/api').message).toBe(
    'Discord could not be reached at http://127.0.0.1:1/api (ECONNREFUSED): check the network and DISCORD_API_URL, then start again.',
  );
});
