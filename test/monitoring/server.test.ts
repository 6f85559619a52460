import { request } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { Metrics } from '../../src/monitoring/metrics.ts';
import { type MetricsServer, openMetricsServer } from '../../src/monitoring/server.ts';

let station: MetricsServer | undefined;
afterEach(() => station?.close());

function statusFor(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, path: '/metrics', headers: { host }, agent: false }, answer => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asking.on('error', reject).end();
  });
}

test.each([
  ['127.0.0.1', 18_411, ['127.0.0.1', '127.0.0.1:9', 'localhost', 'LOCALHOST:18411', '[::1]:1'], 200],
  ['127.0.0.1', 18_412, ['evil.example', 'evil.example:18412', '127.0.0.1.evil.example', '169.254.1.1', ' '], 421],
  ['0.0.0.0', 18_413, ['verbatim:9400', '10.0.0.7', 'localhost'], 200],
] as const)('figures at %s, port %i, asked for as %j: %i', async (host, port, names, status) => {
  station = await openMetricsServer({ host, port, metrics: new Metrics(), dependencies: [] });
  for (const name of names) expect([name, await statusFor(port, name)]).toEqual([name, status]);
});

test('whether it is ready, and why not if that is known', async () => {
  const dependencies = [
    { name: 'gateway connected', isReady: () => false, reason: () => 'rate-limited by Discord, 7 s left' },
    { name: 'store answering', isReady: () => true, reason: () => 'never shown' },
    { name: 'taking new work', isReady: () => Promise.reject(new Error('none')) },
  ];
  station = await openMetricsServer({ host: '127.0.0.1', port: 18_414, metrics: new Metrics(), dependencies });
  const answer = await fetch('http://127.0.0.1:18414/readyz');
  expect([answer.status, await answer.text()]).toEqual([
    503,
    'gateway connected: no (rate-limited by Discord, 7 s left)\nstore answering: yes\ntaking new work: no\n',
  ]);
});
