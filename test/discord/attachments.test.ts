import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAttachment } from '../../src/discord/bot.ts';
import { readDocument } from '../../src/reading/document.ts';
import { message } from '../../src/wording/say.ts';

const news =
  'title: The ferry\n\n“We carry two hundred an hour,” said Jan Kolar.\n\nFares stay.\n\nThe landing is wide.\n';
let address: string;
const server = createServer((request, response) => {
  if (request.url === '/page/away') {
    response.writeHead(302, { location: '/page/ferry.txt' }).end();
    return;
  }
  if (request.url === '/page/endless.txt') {
    const more = () => {
      if (!response.destroyed) response.write('x'.repeat(100_000), more);
    };
    more();
    return;
  }
  response.writeHead(request.url === '/page/ferry.txt' ? 200 : 404).end(news);
});

beforeAll(async () => {
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  address = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : 0}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function read(url: string, apiUrl: string | undefined, size = news.length) {
  const attachment = { name: 'ferry.txt', contentType: 'text/plain; charset=utf-8', size, url };
  return readAttachment(attachment, 'ann', { read: document => Promise.resolve(readDocument(document)) }, apiUrl);
}

test('reads a file from the stand-in for Discord', async () => {
  expect(await read(`${address}/page/ferry.txt`, `${address}/api`)).toMatchObject({
    kind: 'article',
    metadata: { title: 'The ferry' },
  });
});

describe('refused, with an alternative', () => {
  test.each([
    ['the same address, where Discord itself is used', undefined],
    ['another port than the stand-in’s', 'http://127.0.0.1:1/api'],
  ])('%s', async (_what, apiUrl) => {
    expect(await read(`${address}/page/ferry.txt`, apiUrl)).toMatchObject({ kind: 'refused' });
  });

  test.each([
    'http://cdn.discordapp.com/attachments/1/2/ferry.txt',
    'https://cdn.discordapp.com:8443/attachments/1/2/ferry.txt',
    'https://cdn.discordapp.com.example.org/ferry.txt',
    'https://example.org/cdn.discordapp.com/ferry.txt',
    'https://cdn.discordapp.com@127.0.0.1/ferry.txt',
    'file:///etc/hostname',
    'not an address',
  ])('%s', async url => {
    expect(await read(url, undefined)).toMatchObject({ kind: 'refused', reason: message('reading.file-not-here') });
  });

  test('a redirect, a missing file', async () => {
    for (const path of ['away', 'gone.txt']) {
      expect(await read(`${address}/page/${path}`, `${address}/api`)).toMatchObject({ kind: 'refused' });
    }
  });

  test('a file larger than 2 MB, as announced or as sent', async () => {
    const tooLarge = { kind: 'refused', reason: message('reading.file-too-large', { megabytes: '2' }) };
    expect(await read(`${address}/page/ferry.txt`, `${address}/api`, 2_000_001)).toMatchObject(tooLarge);
    expect(await read(`${address}/page/endless.txt`, `${address}/api`)).toMatchObject(tooLarge);
  });
});
