import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Playground, startPlayground } from '../../playground/playground.ts';
import { call } from './call.ts';

let playground: Playground;
let port: number;
beforeAll(async () => {
  playground = await startPlayground({ port: 0, folder: undefined });
  port = Number(new URL(playground.address).port);
});
afterAll(() => playground.close());

describe('strangers', () => {
  const routes = [
    ['GET', '/'],
    ['GET', '/assets/page.ts'],
    ['GET', '/page/state'],
    ['GET', '/page/events'],
    ['POST', '/page/interactions'],
    ['POST', '/page/messages'],
    ['DELETE', '/page/messages/1'],
    ['GET', '/page/attachments/1/x.png'],
    ['GET', '/api/v10/gateway/bot'],
    ['POST', '/api/v10/interactions/1/x/callback'],
  ] as const;
  const strange = (): Record<string, Record<string, string>> => ({
    'another host': { host: `rebound.example:${port}` },
    'another port': { host: '127.0.0.1:1' },
    'another origin': { origin: 'https://evil.example' },
    'the origin of a file': { origin: 'null' },
    'another site without origin': { 'sec-fetch-site': 'cross-site' },
  });
  test.each(Object.keys(strange()))('from %s are refused everywhere', async name => {
    for (const [method, path] of routes) {
      expect((await call(port, method, path, strange()[name])).status, `${method} ${path}`).toBe(403);
    }
  });
  test('are refused at the gateway', async () => {
    const handshake = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.alloc(16).toString('base64'),
    };
    expect((await call(port, 'GET', '/gateway', { ...handshake, origin: 'https://evil.example' })).status).toBe(403);
    expect((await call(port, 'GET', '/gateway', { ...handshake, host: 'rebound.example' })).status).toBe(403);
    expect((await call(port, 'GET', '/elsewhere', handshake)).status).toBe(403);
  });
  test('exclude the page itself, under either name', async () => {
    const host = `localhost:${port}`;
    expect((await call(port, 'GET', '/page/state', { host, origin: `http://${host}` })).status).toBe(200);
    expect((await call(port, 'GET', '/page/state', { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });
  test('only the loopback address is listened on', async () => {
    const socket = connect({ host: '127.0.0.2', port });
    await expect(once(socket, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('files', () => {
  test('every response has the strict policy', async () => {
    for (const path of ['/', '/page/state', '/nothing']) {
      const { headers } = await call(port, 'GET', path);
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/v);
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
  });
  test('TypeScript is served without its types', async () => {
    const { status, headers, text } = await call(port, 'GET', '/assets/state.ts');
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/javascript/v);
    expect(text).not.toMatch(/^(?:export )?interface /mv);
  });
  test.each([
    '/assets/../playground.ts',
    '/assets/%2e%2e%2fplayground.ts',
    '/assets/..%5cplayground.ts',
    '/assets/tsconfig.json',
    '/assets/index.html',
    '/assets/',
    '/page.ts',
    '/playground.ts',
    '//evil.example/',
    '/assets/page.ts/x/../../../package.json',
  ])('%s is not among them', async path => {
    expect((await call(port, 'GET', path)).status).not.toBe(200);
  });
});
