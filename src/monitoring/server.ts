import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Metrics } from './metrics.ts';

/** A dependency without which the bot can't answer. */
interface Dependency {
  readonly name: string;
  /** Resolves to whether it works. A rejection counts as no, and so does no answer in two seconds. */
  readonly isReady: () => boolean | Promise<boolean>;
  /** Why it doesn't work, if that is known. */
  readonly reason?: () => string | undefined;
}

interface ServerOptions {
  readonly host: string;
  readonly port: number;
  readonly metrics: Metrics;
  readonly dependencies: readonly Dependency[];
}

interface Page {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export interface MetricsServer {
  close(): Promise<void>;
}

/** In milliseconds. Prometheus waits ten seconds for all metrics. */
const TIMEOUT = 2000;
const PLAIN_TEXT = 'text/plain; charset=utf-8';

/** Returns what `look` returns, or `otherwise` if it fails or takes more than two seconds. */
export async function inTime<Result>(look: () => Result | Promise<Result>, otherwise: Result): Promise<Result> {
  const looking = (async () => await look())().catch(() => otherwise);
  return await Promise.race([looking, pause(TIMEOUT, otherwise, { ref: false })]);
}

async function readiness(dependencies: readonly Dependency[]): Promise<Page> {
  const ready = await Promise.all(dependencies.map(({ isReady }) => inTime(isReady, false)));
  const lines = dependencies.map(({ name, reason }, at) => {
    const why = ready[at] ? undefined : reason?.();
    return `${name}: ${ready[at] ? 'yes' : 'no'}${why === undefined ? '' : ` (${why})`}\n`;
  });
  return { status: ready.every(each => each) ? 200 : 503, contentType: PLAIN_TEXT, body: lines.join('') };
}

async function pageAt(path: string, { metrics, dependencies }: ServerOptions): Promise<Page> {
  if (path === '/healthz') return { status: 200, contentType: PLAIN_TEXT, body: 'alive\n' };
  if (path === '/readyz') return await readiness(dependencies);
  if (path === '/metrics') return { status: 200, contentType: metrics.contentType, body: await metrics.render() };
  return { status: 404, contentType: PLAIN_TEXT, body: 'Try /healthz, /readyz or /metrics.\n' };
}

const LOOPBACK_NAMES = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/v;

/**
 * Guards against DNS rebinding: a web page may point its own name at this machine and read the answer. If only this
 * machine is served, the Host header must be an address or name of it.
 */
function isAllowed(asked: string | undefined, { host }: ServerOptions): boolean {
  const isForAll = !LOOPBACK_NAMES.test(host.includes(':') ? `[${host}]` : host);
  return isForAll || asked === undefined || LOOPBACK_NAMES.test(URL.parse(`http://${asked}`)?.hostname ?? '');
}

/**
 * Serves whether this process is alive (`/healthz`), whether it can answer (`/readyz`, 200 or 503) and its metrics
 * (`/metrics`). Rejects if the port is in use.
 */
export async function openMetricsServer(options: ServerOptions): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (!isReading) {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    if (!isAllowed(request.headers.host, options)) {
      response.writeHead(421, { 'content-type': PLAIN_TEXT }).end('Use 127.0.0.1 or localhost.\n');
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
  await once(server.listen(options.port, options.host), 'listening');
  const close = async () => {
    const closed = once(server.close(), 'close');
    server.closeAllConnections();
    await closed;
  };
  return { close };
}
