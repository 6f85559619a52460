import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Playground, startPlayground } from '../../playground/playground.ts';
import type { Encodes } from '../../src/answering/networks/encoder.ts';
import { MODEL_ID } from '../../src/answering/networks/model.ts';
import { openLibraries } from '../../src/library/libraries.ts';
import { countUnencoded } from '../../src/library/store/articles.ts';
import { openControlSocket, reachBot } from '../../src/terminal/control-socket.ts';
import { type Program, startProgram } from '../end-to-end/program.ts';
import { anyPort } from '../end-to-end/start-verbatim.ts';
import { attributeHere } from '../library/attribute-in-process.ts';
import { server, untitled } from '../library/numbered-texts.ts';
import { wordEncoder, wordVectors } from '../library/word-vectors.ts';
import { textOf } from '../replies/read-reply.ts';
import { linesOf, outcomeOf, runCommand, startCommand } from './commands.ts';

let folder = '';
let playground: Playground;
async function prepare(): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'verbatim-control-'));
  playground = await startPlayground({ port: anyPort, folder: undefined });
}

async function clear(): Promise<void> {
  await playground.close();
  rmSync(folder, { recursive: true });
}

const dataDir = () => join(folder, 'data');
const socketPath = () => join(dataDir(), 'libraries', 'control.sock');
type Arguments = readonly ['import' | 'export', ...(readonly string[])];
const inFolder = ([command, ...args]: Arguments) =>
  [folder, { DATA_DIR: dataDir() }, command, ...(command === 'import' ? ['--create'] : []), ...args] as const;
const start = (...args: Arguments) => startCommand(...inFolder(args));
const run = (...args: Arguments) => runCommand(...inFolder(args));
const isNews = (line: string) => line.includes('news.example');
const write = (name: string, content: string) => writeFileSync(join(folder, name), content);

async function startBot(): Promise<Program> {
  const { token, apiUrl } = playground;
  const program = startProgram({ DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl, DATA_DIR: dataDir() });
  await program.firstLine;
  return program;
}

async function end(program: Program, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  program.signal(signal);
  const { code, errors } = await program.ended;
  expect([code, errors]).toEqual([signal === 'SIGKILL' ? null : 0, '']);
}

/** What a program gets that uses the socket. */
function call(
  path: string,
  method: string,
  body?: string,
): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const asking = request({ socketPath: socketPath(), path, method, agent: false }, answer => {
      text(answer).then(words => resolve({ status: answer.statusCode ?? 0, body: words }), reject);
    });
    asking.on('error', reject).end(body);
  });
}

describe('a running bot', () => {
  let bot: Program;
  beforeAll(async () => {
    await prepare();
    bot = await startBot();
  });
  afterAll(async () => {
    bot.signal('SIGKILL');
    await bot.ended;
    await clear();
  });

  test('what the bot refuses gives the same sentence as without it', async () => {
    write('long.jsonl', JSON.stringify({ text: `It rained. ${'x'.repeat(2_000_000)}` }));
    const long = await run('import', '--server', server.id, 'long.jsonl');
    expect(long.err).toBe('long.jsonl:1: the text is longer than 2000000 bytes\n');
    expect((await call(`/1/server/${server.id}`, 'POST', ' '.repeat(16_000_001))).status).toBe(413);
    expect((await run('import', '--server', '../1', 'long.jsonl')).err).toContain("isn't the id of a server");
    expect((await run('export', '--server', '404')).err).toBe('There is no library for the server 404.\n');
    expect((await run('export', '--server', '../1')).err).toContain("isn't the id of a server");
  });

  test('the socket is the owner’s alone, and takes nothing but articles', async () => {
    expect(statSync(socketPath()).mode & 0o777).toBe(0o600);
    const at = '/1/server/2';
    for (const [path, method, status] of [
      ['/', 'GET', 404],
      ['/2/server/1', 'POST', 404],
      ['/1/server/', 'GET', 404],
      ['/1/channel/1', 'POST', 404],
      ['/1/server/%2e%2e%2f1', 'GET', 503],
      [at, 'GET', 404],
      [at, 'POST', 400],
    ] as const) {
      expect([path, method, (await call(path, method, method === 'POST' ? '{"text":""}' : '')).status]).toEqual([
        path,
        method,
        status,
      ]);
    }
    await expect(call('/1/server/%zz', 'POST')).rejects.toThrow('socket hang up');
    expect((await call(at, 'POST', '{"text":"Rain fell."}')).body).toBe('{"kind":"added"}');
  });

  // This ends the bot of the tests before it.
  test('the running bot imports articles, finds them at once, and exports them', async () => {
    const [id = ''] = playground.servers();
    const odd = { title: 'Odd', url: 'https://news.example/odd', text: 'Rain \ud800\0\u2028 fell.\r\n\tSaid Bo.\n\n' };
    write('news.jsonl', `${JSON.stringify(odd)}\n${linesOf(20)}{"text":7}\n`);
    write('rain.txt', 'title: Rain\n\nThe roofs of Lugano were never dry, said Ann Lee.\n');
    const imported = await run('import', '--server', id, 'news.jsonl', 'rain.txt');
    expect(imported.out).toBe('Added 22, updated 0, unchanged 0, rejected 1.\n');
    expect(imported.err).toContain('news.jsonl:22: expected "text" to be a string');
    expect((await run('import', '--server', id, 'news.jsonl')).out).toBe(
      'Added 0, updated 0, unchanged 21, rejected 1.\n',
    );
    const { message } = await playground.person.command('quote', { words: 'roofs of Lugano' });
    expect(textOf(message ?? {})).toContain('The **roofs of Lugano** were never dry');
    const beside = await run('export', '--server', id);
    expect(beside.code).toBe(0);
    await end(bot);
    expect((await run('export', '--server', id)).out).toBe(beside.out);
    expect(beside.out.split('\n')).toContain(JSON.stringify(odd));
  });
});

describe('without one, or with another each time', () => {
  beforeEach(prepare);
  afterEach(clear);

  test('a bot that stops keeps what it acknowledged, and the import continues without it, or with the next', async () => {
    write('news.jsonl', linesOf(60));
    const lines = async () => (await call(`/1/server/${server.id}`, 'GET')).body.split('\n');
    for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
      const bot = await startBot();
      const before = (await lines()).length;
      const importing = outcomeOf(start('import', '--server', server.id, 'news.jsonl'));
      await expect.poll(async () => (await lines()).length, { timeout: 30_000 }).toBeGreaterThan(before);
      await end(bot, signal);
      const { out, err, code } = await importing;
      const added = Number(/Added (?<added>\d+)/v.exec(out)?.groups?.added);
      expect({ code, err }).toEqual({
        code: 1,
        err: expect.stringMatching(/ended in the meantime|stopped|shutting down/v),
      });
      const { out: kept } = await run('export', '--server', server.id);
      expect(kept.split('\n').filter(isNews).length).toBeGreaterThanOrEqual(added);
    }
    const bot = await startBot();
    const last = await run('import', '--server', server.id, 'news.jsonl');
    expect(last.out).toMatch(/^Added \d+, updated 0, unchanged \d+, rejected 0\.\n$/v);
    expect((await lines()).filter(isNews)).toHaveLength(60);
    await end(bot);
  }, 120_000);

  test('another user is told which user to use', async () => {
    mkdirSync(join(dataDir(), 'libraries'), { recursive: true });
    const bots = createServer();
    await new Promise<void>(resolve => bots.listen(socketPath(), resolve));
    chmodSync(socketPath(), 0);
    const otherUser = join(import.meta.dirname, 'other-user.ts');
    const { out, err } = await outcomeOf(spawn(process.execPath, [otherUser, join(dataDir(), 'libraries')]));
    expect([out, err]).toEqual([
      expect.stringMatching(/The libraries belong to the user that the bot runs as\. Run this as that user/v),
      '',
    ]);
    await new Promise(resolve => bots.close(resolve));
  });

  test('a bot of another version is told, and a folder whose path is too long has no socket', async () => {
    mkdirSync(join(dataDir(), 'libraries'), { recursive: true });
    write('news.jsonl', linesOf(1));
    const former = createServer((_, response) => response.writeHead(404).end());
    await new Promise<void>(resolve => former.listen(socketPath(), resolve));
    chmodSync(socketPath(), 0o600);
    expect((await run('import', '--server', server.id, 'news.jsonl')).err).toContain('another version');
    await new Promise(resolve => former.close(resolve));
    const away = join(folder, 'deep'.repeat(30));
    const { libraries, socket } = await openBoth(join(away, 'libraries'), wordEncoder);
    expect(socket).toBeUndefined();
    const beside = await runCommand('/', { DATA_DIR: away }, 'export', '--server', server.id);
    expect(beside.err).toContain('Another process has the libraries');
    await libraries.close();
  });

  async function lastOf(numbers: AsyncIterable<number>): Promise<number | undefined> {
    let last: number | undefined;
    for await (const each of numbers) last = each;
    return last;
  }

  async function openBoth(at: string, encoder: Encodes) {
    const options = { seeds: [], mostArticles: 9, mostOpen: 2, attributor: attributeHere };
    const libraries = await openLibraries({ folder: at, databaseUrl: undefined, ...options, encoder });
    return { libraries, socket: await openControlSocket(at, libraries) };
  }

  /** Opens libraries with a control socket, through which an article is added. */
  async function addThrough(encoder: Encodes) {
    const at = join(dataDir(), 'libraries');
    const { libraries, socket } = await openBoth(at, encoder);
    const access = await (await reachBot(at))?.open(server);
    if (access === undefined) throw new Error('not reached');
    await access.add(untitled, 'Rain fell.');
    return { libraries, socket, access };
  }

  test('shutdown doesn’t wait for vectors', async () => {
    const { promise: vectors, resolve } = Promise.withResolvers<Int8Array>();
    const { libraries, socket, access } = await addThrough({ ...wordEncoder, encodePassages: () => vectors });
    const waiting = lastOf(access.encoding());
    waiting.catch(() => undefined);
    await pause(100);
    await socket?.close();
    await expect(waiting).rejects.toThrow('ended in the meantime');
    resolve(wordVectors(['Rain fell.']));
    await libraries.close();
  });

  test.each([
    ['makes them', wordEncoder, true],
    ['can’t', { ...wordEncoder, encodePassages: () => Promise.reject(new Error('broken')) }, false],
  ])('whoever imports waits until the bot has made the vectors, or %s', async (_, encoder, isAble) => {
    const { libraries, socket, access } = await addThrough(encoder);
    const waiting = lastOf(access.encoding());
    await (isAble ? expect(waiting).resolves.toBe(0) : expect(waiting).rejects.toThrow('can’t be encoded'));
    const library = await libraries.open(server);
    expect(await library.read(countUnencoded, MODEL_ID)).toBe(isAble ? 0 : 1);
    await socket?.close();
    await libraries.close();
  });
});
