import { createServer } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeNet } from '../../src/reading/fetch.ts';
import { format } from '../../src/wording/say.ts';
import { serve } from './web.ts';

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const PAGE = '<p>The ferry is back.</p>';

async function fetchHere(link: string, milliseconds = 5000): Promise<string> {
  const fetched = await makeNet({ allowLoopback: true, milliseconds }).fetch(link, 'ann');
  return fetched.kind === 'refused' ? format(fetched.reason, 'en') : new TextDecoder().decode(fetched.bytes);
}

/** Serves these exact bytes and closes the connection. */
async function serveRaw(answer: string): Promise<string> {
  const server = createServer(socket => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(answer));
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  onTestFinished(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
}

describe('fetching a page', () => {
  test('sends an honest user agent, no cookie, no referrer, and returns the page with its final address', async () => {
    const asked: unknown[] = [];
    const site = await serve((request, response) => {
      asked.push([request.url, request.headers.cookie, request.headers.referer, request.headers['user-agent']]);
      if (request.url === '/old') response.writeHead(301, { location: '/new#part', 'set-cookie': 'id=1' }).end();
      else response.writeHead(200, HTML).end(PAGE);
    });
    const fetched = await makeNet({ allowLoopback: true }).fetch(` <${site}/old> `, 'ann');
    const agent = expect.stringMatching(/^Verbatim\/[\d.]+ \(Discord bot; /v);
    expect(asked).toEqual([
      ['/old', undefined, undefined, agent],
      ['/new', undefined, undefined, agent],
    ]);
    expect(fetched).toMatchObject({ kind: 'page', contentType: HTML['content-type'] });
    expect(fetched.kind === 'page' && fetched.url.href).toBe(`${site}/new#part`);
  });

  test('reads characters beyond ASCII in a redirect as UTF-8', async () => {
    const location = Buffer.from('/渡輪?q=%20é').toString('latin1');
    const site = await serve((request, response) => {
      if (request.url === '/') response.writeHead(302, { location }).end();
      else response.writeHead(200, HTML).end(request.url);
    });
    expect(await fetchHere(site)).toBe(encodeURI('/渡輪?q= é'));
  });

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('unpacks %s', async (encoding, pack) => {
    const site = await serve((_request, response) => {
      response.writeHead(200, { ...HTML, 'content-encoding': encoding }).end(pack(PAGE));
    });
    expect(await fetchHere(site)).toBe(PAGE);
  });

  test('does not reach this machine unless allowed, by number or by name', async () => {
    let visits = 0;
    const site = await serve((_request, response) => {
      visits += 1;
      response.writeHead(200, HTML).end(PAGE);
    });
    const net = makeNet({ allowLoopback: false });
    for (const link of [site, site.replace('127.0.0.1', 'localhost'), site.replace('127.0.0.1', '2130706433')]) {
      expect(await net.fetch(link, 'ann')).toMatchObject({ kind: 'refused' });
    }
    expect(visits).toBe(0);
    expect(await fetchHere(site.replace('127.0.0.1', '0x7f.1'))).toBe(PAGE);
    expect(visits).toBe(1);
  });
});

describe('a redirect', () => {
  const to = (location: string, status = 302) =>
    serve((_request, response) => {
      response.writeHead(status, { location }).end();
    });

  test.each([
    ['http://10.0.0.1/', 'isn’t on the public internet'],
    ['http://169.254.169.254/latest/', 'isn’t on the public internet'],
    ['//[::ffff:a00:1]/', 'isn’t on the public internet'],
    ['http://0xa000001/', 'isn’t on the public internet'],
    ['file:///etc/passwd', 'start with https://'],
    ['http://me:secret@127.0.0.1/', 'user name or password'],
    ['http://8.8.8.8:25/', 'ports 80 and 443'],
    ['http://[', 'isn’t valid'],
  ])('to %s is checked like the link itself', async (location, reason) => {
    expect(await fetchHere(await to(location))).toContain(reason);
    expect(await fetchHere(await to(location, 308))).toContain(reason);
  });

  test('may happen five times, and no more', async () => {
    const site = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.writeHead(200, HTML).end(PAGE);
      else response.writeHead(307, { location: `/${left - 1}` }).end();
    });
    expect(await fetchHere(`${site}/5`)).toBe(PAGE);
    expect(await fetchHere(`${site}/6`)).toBe('That link redirects more than 5 times. Use the address it leads to.');
    expect(await fetchHere(await to('/'))).toContain('more than 5 times');
  });
});

describe('a page is refused', () => {
  const PACKED_ZEROS = gzipSync(Buffer.alloc(50_000_000));

  test.each([
    ['that says it is too large', { ...HTML, 'content-length': '5000001' }, ''],
    ['that is too large', HTML, 'x'.repeat(5_000_001)],
    ['that unpacks to too much', { ...HTML, 'content-encoding': 'gzip' }, PACKED_ZEROS],
  ])('%s', async (_what, head, body) => {
    const site = await serve((_request, response) => {
      response.writeHead(200, head).end(body);
    });
    expect(await fetchHere(site)).toBe('The page is larger than 5 MB. Add the article as a file, or paste its text.');
  });

  test('but not one of 5 MB', async () => {
    const site = await serve((_request, response) => {
      response.writeHead(200, { ...HTML, 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(5_000_000)));
    });
    expect((await fetchHere(site)).length).toBe(5_000_000);
  });

  test.each([
    [
      'with half of its packed bytes',
      { ...HTML, 'content-encoding': 'gzip' },
      gzipSync(PAGE.repeat(99)).subarray(0, 60),
    ],
    ['that is not packed as it says', { ...HTML, 'content-encoding': 'br' }, PAGE],
    ['that is not gzip at all', { ...HTML, 'content-encoding': 'gzip' }, PAGE],
  ])('%s', async (_what, head, body) => {
    const site = await serve((_request, response) => {
      response.writeHead(200, head).end(body);
    });
    expect(await fetchHere(site)).toBe(
      'The page was damaged on its way here. Add the article as a file, or paste its text.',
    );
  });

  test('with an encoding, or more encodings, than requested', async () => {
    const site = await serve((_request, response) => {
      response.writeHead(200, { ...HTML, 'content-encoding': 'gzip, gzip' }).end(gzipSync(gzipSync(PAGE)));
    });
    expect(await fetchHere(site)).toContain('compresses its pages in a way I can’t read');
  });

  test.each([
    ['that breaks off', 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<p>Half'],
    ['in broken chunks', 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<p>'],
    [
      'with two lengths',
      'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n<p>x',
    ],
    ['with an endless head', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`],
    ['that is no HTTP', 'SSH-2.0-OpenSSH_9.0\r\n'],
    ['that never comes', ''],
    ['that becomes another protocol', 'HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'],
  ])('%s', async (_what, answer) => {
    expect(await fetchHere(await serveRaw(answer))).toContain('The site can’t be reached, or the connection broke');
  });

  test('beyond the part that its length announces', async () => {
    const answer = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\n<p>and more';
    expect(await fetchHere(await serveRaw(answer))).toBe('<p>');
  });

  test.each([
    ['drips', (write: () => void) => setInterval(write, 20)],
    ['goes silent', (write: () => void) => setTimeout(write, 0)],
  ])('if the site %s for longer than allowed', async (_what, begin) => {
    const site = await serve((_request, response) => {
      response.writeHead(200, HTML);
      const timer = begin(() => response.write('<p>'));
      response.on('close', () => clearInterval(timer));
    });
    expect(await fetchHere(site, 300)).toBe(
      'The site took too long to respond. Try again later, add the article as a file, or paste its text.',
    );
  });

  test('if redirects take too long together', async () => {
    const site = await serve((_request, response) => {
      setTimeout(() => response.writeHead(302, { location: '/' }).end(), 150);
    });
    expect(await fetchHere(site, 400)).toContain('took too long');
  });

  test.each([
    [404, 'There’s no page at that link'],
    [403, 'doesn’t let bots read that page'],
    [429, 'is limiting requests'],
    [503, 'is having problems'],
    [204, 'didn’t send a page'],
    [206, 'didn’t send a page'],
    [304, 'didn’t send a page'],
    [302, 'didn’t send a page'],
  ])('with status %i', async (status, reason) => {
    const site = await serve((_request, response) => {
      response.writeHead(status, HTML).end();
    });
    expect(await fetchHere(site)).toContain(reason);
  });

  test.each(['application/pdf', 'image/png', 'application/json', 'text/htmlx', 'multipart/mixed', ''])(
    'of type %j',
    async contentType => {
      const site = await serve((_request, response) => {
        response.writeHead(200, contentType === '' ? {} : { 'content-type': contentType }).end(PAGE);
      });
      expect(await fetchHere(site)).toBe('That link doesn’t lead to a page of text. Use a link to the article itself.');
    },
  );

  test('if nobody listens, or a site fails to prove its identity', async () => {
    const site = await serve((_request, response) => {
      response.writeHead(200, HTML).end(PAGE);
    });
    expect(await fetchHere(site.replace('http:', 'https:'))).toMatch(/^The site c/v);
    expect(await fetchHere('http://127.0.0.1:1/')).toContain('The site can’t be reached');
  });
});
