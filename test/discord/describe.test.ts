import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { HTTPError } from 'discord.js';
import { expect, test } from 'vitest';
import { describe } from '../../src/discord/errors.ts';
import { Unconfirmed } from '../../src/discord/send-once.ts';
import { StorageError, withStorageErrors } from '../../src/library/store/errors.ts';
import { explainPostgres } from '../../src/library/store/postgres/connection.ts';
import { Metrics } from '../../src/monitoring/metrics.ts';
import { CannotStart } from '../../src/start-failure.ts';
import { message } from '../../src/wording/say.ts';

const canary = 'zanzibarcanary';
const url = `https://discord.com/api/v10/webhooks/1/${canary}`;

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('It throws');
}

const http = new HTTPError(502, canary, 'POST', url, { body: { content: canary } });
const byServer = (sign: object) =>
  explainPostgres(Object.assign(new Error(`value ${canary}`), { detail: canary, ...sign }));
const byClient = (message: string) => explainPostgres(new Error(message));
const byDisk = (sign: object) =>
  thrownBy(() =>
    withStorageErrors(() => {
      throw Object.assign(new Error(canary), sign);
    }),
  );

const full = 'The disk with the library is full, so nothing was changed.';
const silent = 'The library’s database isn’t responding, so nothing was changed.';

test.each([
  ['an answer of HTTP', http, { name: 'HTTPError', status: 502, method: 'POST' }, 'HTTPError 502'],
  [
    'a connection that broke',
    Object.assign(new Error(canary), { code: 'ECONNRESET' }),
    { code: 'ECONNRESET' },
    'ECONNRESET',
  ],
  [
    'a cause two deep',
    new TypeError(canary, { cause: new Error(canary, { cause: Object.assign(new Error(canary), { code: 'EPIPE' }) }) }),
    { name: 'TypeError', cause: { name: 'Error', cause: { code: 'EPIPE' } } },
    'EPIPE',
  ],
  [
    'a database that stopped',
    byServer({ code: '57P01' }),
    { message: expect.stringContaining(silent), cause: { name: 'PostgresError', code: '57P01' } },
    '57P01',
  ],
  [
    'a connection to it that ended',
    byClient('Connection terminated unexpectedly'),
    { message: expect.stringContaining(silent), cause: { code: 'CONNECTION_TERMINATED' } },
    'CONNECTION_TERMINATED',
  ],
  ['a statement that is wrong', byServer({ code: '22P02' }), { name: 'PostgresError', code: '22P02' }, '22P02'],
  [
    'a full disk',
    byDisk({ code: 'ENOSPC' }),
    { message: expect.stringContaining(full), cause: { code: 'ENOSPC' } },
    'ENOSPC',
  ],
  [
    'what cannot start',
    new CannotStart('Discord is away.'),
    { name: 'CannotStart', message: 'Discord is away.' },
    'CannotStart',
  ],
  [
    'a lost receipt',
    new Unconfirmed('No answer', { cause: http }),
    { message: 'No answer', cause: { status: 502 } },
    'HTTPError 502',
  ],
  ['a code that is none', Object.assign(new Error(canary), { code: canary }), { name: 'Error' }, 'Error'],
])('%s: logs its code and our message, and no user input', async (_, error, signs, figure) => {
  const described = describe(error);
  expect(described).toMatchObject(signs);
  expect(JSON.stringify({ ...described, frames: undefined })).not.toContain(canary);
  const metrics = new Metrics();
  const answered = { interaction: '1', server: undefined, command: 'help', result: 'failed', answer: 'none' } as const;
  metrics.answered({ ...answered, first: undefined, final: 1, error: described });
  expect(await metrics.render()).toContain(`verbatim_interaction_errors_total{error="${figure}"} 1`);
});

test('logs the file or port that the system refused', async () => {
  expect(describe(thrownBy(() => readdirSync('/nowhere/seeds')))).toMatchObject({
    code: 'ENOENT',
    syscall: 'scandir',
    path: '/nowhere/seeds',
  });
  const [first, second] = [createServer(), createServer()];
  await new Promise<void>(resolve => first.listen(0, '127.0.0.1', resolve));
  const address = first.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const { promise, resolve } = Promise.withResolvers<unknown>();
  second.once('error', resolve).listen(port, '127.0.0.1');
  expect(describe(await promise)).toMatchObject({ code: 'EADDRINUSE', syscall: 'listen', port });
  first.close();
});

test('does not log a line of a message that looks like a stack frame', () => {
  const frames: unknown = Reflect.get(describe(new Error(`no\n    at ${canary}\nmore`)), 'frames');
  expect(frames).toContainEqual(expect.stringMatching(/describe\.test\.ts/v));
  expect(JSON.stringify(frames)).not.toContain(canary);
});

test('logs a bug with its frames, an outage with its message', () => {
  expect(describe(new TypeError(canary))).toMatchObject({
    frames: expect.arrayContaining([expect.stringMatching(/^ {4}at /v)]),
  });
  expect(describe(new StorageError(message('keeping.taken')))).not.toHaveProperty('frames');
});
