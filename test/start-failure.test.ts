import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { EXIT_CODES, startFailure } from '../src/start-failure.ts';

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
