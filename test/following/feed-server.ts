import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** How a path answers. */
export type Play =
  | {
      readonly kind: 'send';
      readonly body: string;
      readonly type?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Sends it after some time. */
  | { readonly kind: 'late'; readonly milliseconds: number; readonly body: string; readonly type: string }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** 301 or 302 to another path. */
  | { readonly kind: 'redirect'; readonly to: string; readonly status: 301 | 302 }
  /** Never answers, sends without end, decompresses to 100 MB, or breaks off. */
  | { readonly kind: 'silent' | 'endless' | 'bomb' | 'broken' };

/** A request that was made of a feed server. */
interface Asked {
  readonly path: string;
  /** In milliseconds, on the clock of `performance.now`. */
  readonly at: number;
  readonly headers: IncomingMessage['headers'];
}

/** A site of feeds and articles with all the faults of real ones. */
export interface FeedServer {
  readonly address: string;
  readonly asked: readonly Asked[];
  /** The most requests that were under way at once. */
  readonly most: number;
  /** Changes how a path answers. Each `send` has an ETag, and answers 304 to those who know it. */
  play(path: string, play: Play): void;
  close(): Promise<void>;
}

let bomb: Buffer | undefined;

export async function startFeedServer(host = '127.0.0.1'): Promise<FeedServer> {
  const plays = new Map<string, Play>();
  const asked: Asked[] = [];
  let [open, most] = [0, 0];
  const server = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?', 1);
    asked.push({ path, at: performance.now(), headers: request.headers });
    open += 1;
    most = Math.max(most, open);
    response.on('close', () => {
      open -= 1;
    });
    answer(plays.get(path) ?? { kind: 'status', status: 404 }, request, response);
  });
  await new Promise<void>(resolve => server.listen(0, host, resolve));
  const place = server.address();
  if (place === null || typeof place === 'string') throw new Error('The server does not listen.');
  return {
    address: `http://${host}:${place.port}`,
    asked,
    get most() {
      return most;
    },
    play: (path, play) => void plays.set(path, play),
    close: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

function answer(play: Play, request: IncomingMessage, response: ServerResponse): void {
  switch (play.kind) {
    case 'send': {
      const etag = `"${play.body.length}-${hashOf(play.body)}"`;
      const headers = { 'content-type': play.type ?? 'text/xml', etag, ...play.headers };
      if (request.headers['if-none-match'] === etag) response.writeHead(304, headers).end();
      else response.writeHead(200, headers).end(play.body);
      return;
    }
    case 'late':
      setTimeout(
        () => response.writeHead(200, { 'content-type': play.type }).end(play.body),
        play.milliseconds,
      ).unref();
      return;
    case 'status':
      response.writeHead(play.status, play.headers).end('<p>Nothing here.</p>');
      return;
    case 'redirect':
      response.writeHead(play.status, { location: play.to }).end();
      return;
    case 'silent':
      return;
    case 'bomb':
      // Takes longer to make than most tests.
      bomb ??= gzipSync(Buffer.alloc(100_000_000, '<item>'));
      response.writeHead(200, { 'content-type': 'text/xml', 'content-encoding': 'gzip' }).end(bomb);
      return;
    case 'broken':
      response.writeHead(200, { 'content-type': 'text/xml', 'content-length': '1000' }).write('<rss>');
      setTimeout(() => response.destroy(), 20);
      return;
    case 'endless': {
      response.writeHead(200, { 'content-type': 'text/xml' });
      const send = () => {
        while (!response.destroyed && response.write('<item>'.repeat(10_000)));
      };
      response.on('drain', send);
      send();
    }
  }
}

function hashOf(text: string): number {
  let hash = 7;
  for (const character of text) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 1_000_000_007;
  return hash;
}
