import { createServer, type Server } from 'node:http';
import type { Meter } from './meter.ts';

/** One thing without which nothing can be answered. */
interface Need {
  readonly name: string;
  /** Resolves to whether it is there; a rejection is a no. */
  readonly isMet: () => boolean | Promise<boolean>;
}

interface StationOptions {
  readonly host: string;
  readonly port: number;
  readonly meter: Meter;
  readonly needs: readonly Need[];
}

interface Page {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export interface Station {
  close(): Promise<void>;
}

/** A store that does not say a word is none. */
const patience = 2000;
const plain = 'text/plain; charset=utf-8';

async function isMet({ isMet }: Need): Promise<boolean> {
  const { promise: overdue, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), patience);
  const asked = (async () => await isMet())().catch(() => false);
  return await Promise.race([asked, overdue]).finally(() => clearTimeout(timer));
}

async function readiness(needs: readonly Need[]): Promise<Page> {
  const answers = await Promise.all(needs.map(async need => ({ name: need.name, isThere: await isMet(need) })));
  const isReady = answers.every(({ isThere }) => isThere);
  const lines = answers.map(({ name, isThere }) => `${name}: ${isThere ? 'yes' : 'no'}\n`);
  return { status: isReady ? 200 : 503, contentType: plain, body: lines.join('') };
}

async function pageAt(path: string, { meter, needs }: StationOptions): Promise<Page> {
  if (path === '/healthz') return { status: 200, contentType: plain, body: 'alive\n' };
  if (path === '/readyz') return await readiness(needs);
  if (path === '/metrics') return { status: 200, contentType: meter.contentType, body: await meter.read() };
  return { status: 404, contentType: plain, body: 'There are /healthz, /readyz and /metrics.\n' };
}

const ownNames = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/v;

/**
 * A page in a browser on this machine may give its own name this machine's address, and read what is answered. Where this is shown to this
 * machine alone, it is asked for by an address or name of this machine.
 */
function isMeant(asked: string | undefined, { host }: StationOptions): boolean {
  const isForAll = !ownNames.test(host.includes(':') ? `[${host}]` : host);
  return isForAll || asked === undefined || ownNames.test(URL.parse(`http://${asked}`)?.hostname ?? '');
}

function listen(server: Server, { host, port }: StationOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
}

/**
 * Shows who watches this process whether it lives (`/healthz`), whether it can answer (`/readyz`, 200 or 503) and its figures
 * (`/metrics`). Rejects where the port is taken.
 */
export async function openStation(options: StationOptions): Promise<Station> {
  const server = createServer((request, response) => {
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (!isReading) {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    if (!isMeant(request.headers.host, options)) {
      response.writeHead(421, { 'content-type': plain }).end('Ask for this by 127.0.0.1 or localhost.\n');
      return;
    }
    pageAt(request.url?.split('?')[0] ?? '', options).then(
      ({ status, contentType, body }) => {
        response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' });
        response.end(request.method === 'HEAD' ? undefined : body);
      },
      () => response.destroy(),
    );
  });
  await listen(server, options);
  const close = async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  };
  return { close };
}
