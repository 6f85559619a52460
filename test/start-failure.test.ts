import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openBackend } from '../src/library/store/backends.ts';
import { StorageError } from '../src/library/store/errors.ts';
import { databaseAddressOf, EXIT_CODES, startFailure } from '../src/start-failure.ts';
import { message } from '../src/wording/say.ts';

const settings = { metrics: { host: '127.0.0.1', port: 80 }, databaseUrl: undefined };

/** Returns the error of a server that can't listen on this address. */
function refusedAt(port: number, host: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen(port, host, () => server.close(reject));
  });
}

test('an address that isn’t available yet, as before the network is up, may be retried', async () => {
  const failure = startFailure(await refusedAt(80, '203.0.113.1'), settings);
  expect(failure).toMatchObject({
    message: expect.stringContaining('METRICS_HOST'),
    exitCode: EXIT_CODES.failed,
  });
});

test.each([
  ['a port that is not for this user is a wrong setting', 'EACCES', 80, 'METRICS_PORT', EXIT_CODES.misconfigured],
  ['one that is taken may be free soon', 'EADDRINUSE', 80, 'METRICS_PORT', EXIT_CODES.failed],
  ['that of the playground, too', 'EADDRINUSE', 3000, 'PLAYGROUND_PORT', EXIT_CODES.failed],
])('%s', (_, code, port, setting, exitCode) => {
  const error = Object.assign(new Error(`listen ${code}`), { code, port, syscall: 'listen' });
  expect(startFailure(error, settings)).toMatchObject({ message: expect.stringContaining(setting), exitCode });
});

test('has no message for an unexpected error', () => {
  expect(startFailure(new TypeError('none'), settings)).toBeUndefined();
  expect(startFailure(Object.assign(new Error('none'), { code: 'EACCES' }), settings)).toBeUndefined();
});

test.each([
  ['is a file', 'file', 'ENOTDIR'],
  ['has a file in the place of the libraries', 'taken', 'EEXIST'],
  ['can’t be created', '/proc/verbatim', 'ENOENT'],
])('a data folder that %s is a wrong setting', async (_, name, code) => {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-folder-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'file'), '');
  mkdirSync(join(folder, 'taken'));
  writeFileSync(join(folder, 'taken/libraries'), '');
  const place = join(name.startsWith('/') ? name : join(folder, name), 'libraries');
  const error: unknown = await openBackend({ folder: place, databaseUrl: undefined }).catch(
    (reason: unknown) => reason,
  );
  expect(startFailure(error, settings)).toMatchObject({
    message: expect.stringContaining(`(${code})`),
    exitCode: EXIT_CODES.misconfigured,
  });
});

test('a % in a database’s address that encodes nothing is shown as it is', () => {
  expect(databaseAddressOf('postgres://50%:x@db.example/100%')).toEqual({
    server: 'db.example:5432',
    name: '100%',
    user: '50%',
  });
});

test.each([
  ['The server does not support SSL connections', "doesn't offer TLS"],
  ['SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', 'no password for user me of db.example:5432'],
])('what the client can’t agree on with the server is named: %s', (told, shown) => {
  const cause = Object.assign(new Error(`PostgreSQL: NO_AGREEMENT ${told}`), { code: 'NO_AGREEMENT' });
  const error = new StorageError(message('keeping.database-refused'), { cause });
  expect(startFailure(error, { ...settings, databaseUrl: 'postgres://me@db.example/news' })).toMatchObject({
    message: expect.stringContaining(shown),
    exitCode: EXIT_CODES.misconfigured,
  });
});
