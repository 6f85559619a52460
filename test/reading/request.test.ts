import { expect, test } from 'vitest';
import { request } from '../../src/reading/fetch.ts';
import { serve } from './web.ts';

test('requests a page from the address that was checked, whatever the name resolves to by then', async () => {
  let host = '';
  const site = await serve((asked, response) => {
    host = asked.headers.host ?? '';
    response.end('here');
  });
  // A name that no resolver knows: a second lookup would fail.
  const url = new URL(site.replace('127.0.0.1', 'rebinding.invalid'));
  const response = await request(url, [{ address: '127.0.0.1', family: 4 }], AbortSignal.timeout(5000));
  response.destroy();
  expect(response.statusCode).toBe(200);
  expect(host).toBe(url.host);
});
