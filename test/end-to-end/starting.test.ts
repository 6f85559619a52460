import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { startPlayground } from '../../playground/playground.ts';
import { EXIT_CODES } from '../../src/start-failure.ts';
import { textOf } from '../replies/read-reply.ts';
import { startProgram } from './program.ts';
import { anyPort, root } from './start-verbatim.ts';

const stateSchema = z.object({
  bot: z.object({ online: z.boolean() }),
  commands: z.array(z.object({ id: z.string(), name: z.string() })),
  messages: z.array(z.unknown()),
});

/** Returns what the page at an address shows. */
const stateAt = async (address: string) => stateSchema.parse(await (await fetch(`${address}/page/state`)).json());

/** Three tests at a time, since they mostly wait. */
const inTurn = { concurrent: false };

/** Words of an article that only the playground has. */
const invented = { words: 'a harbour is a promise' };

describe.concurrent('without a token', () => {
  test(
    'prints one line with a local address, where the page and the bot are, which knows the invented articles',
    inTurn,
    async ({ expect }) => {
      const program = startProgram({});
      const line = await program.firstLine;
      const address = /http:\/\/127\.0\.0\.1:\d+/v.exec(line)?.[0] ?? '';
      const page = await fetch(address);
      expect(page.headers.get('content-type')).toContain('text/html');
      expect((await stateAt(address)).bot.online).toBe(true);
      const paths = readdirSync(join(program.folder, 'data'), { recursive: true, encoding: 'utf8' });
      expect(paths).toContain('libraries/lock.sqlite');
      // Both are there before the first command, so that the first question finds their vectors.
      expect(paths.filter(path => /^libraries\/server-\d+\.sqlite$/v.test(path))).toHaveLength(2);
      expect(paths.filter(path => (statSync(join(program.folder, 'data', path)).mode & 0o077) !== 0)).toEqual([]);
      const commandId = (await stateAt(address)).commands.find(({ name }) => name === 'quote')?.id;
      const data = { options: [{ type: 3, name: 'words', value: invented.words }] };
      await fetch(`${address}/page/interactions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ kind: 'command', commandId, data }),
      });
      expect(JSON.stringify((await stateAt(address)).messages)).toContain('Skerry Gazette');
      program.signal('SIGTERM');
      expect(await program.ended).toMatchObject({ code: 0, output: `${line}\n`, errors: '' });
    },
  );
});

describe.concurrent('with a token', () => {
  test('logs in to the configured API with the token from .env and answers there', inTurn, async ({ expect }) => {
    const playground = await startPlayground({ port: anyPort, folder: undefined });
    const program = startProgram({}, `DISCORD_TOKEN=${playground.token}\nDISCORD_API_URL=${playground.apiUrl}\n`);
    expect(await program.firstLine).toContain('Verbatim is on Discord');
    const { message } = await playground.person.command('who said', { words: 'ration packs' });
    expect(textOf(message ?? {})).toContain('CNN');
    const unknown = await playground.person.command('quote', invented);
    expect(textOf(unknown.message ?? {})).not.toContain('Skerry Gazette');
    program.signal('SIGINT');
    const { code, errors } = await program.ended;
    expect(code).toBe(0);
    expect(errors).toContain('chmod 600 .env');
    await playground.close();
    expect(playground.refusals).toEqual([]);
  });

  test(
    'a malformed token: one sentence with the page where tokens are made, the exit code for wrong settings, no stack trace',
    inTurn,
    async ({ expect }) => {
      const { code, errors, output } = await startProgram({ DISCORD_TOKEN: 'hunter2' }).ended;
      expect(code).toBe(EXIT_CODES.misconfigured);
      expect(output).toBe('');
      expect(errors.trim().split('\n')).toHaveLength(1);
      expect(errors).toContain('https://discord.com/developers/applications');
      expect(errors).not.toContain('hunter2');
    },
  );

  test('a refused token: the same', inTurn, async ({ expect }) => {
    const playground = await startPlayground({ port: anyPort, folder: undefined });
    const refused = `${playground.token.slice(0, -4)}AAAA`;
    const { code, errors } = await startProgram({ DISCORD_TOKEN: refused, DISCORD_API_URL: playground.apiUrl }).ended;
    expect(code).toBe(EXIT_CODES.misconfigured);
    expect(errors.trim().split('\n')).toHaveLength(1);
    expect(errors).toContain('https://discord.com/developers/applications');
    expect(errors).not.toContain(refused);
    await playground.close();
  });

  test('a token revoked while it runs: the same', inTurn, async ({ expect }) => {
    const playground = await startPlayground({ port: anyPort, folder: undefined });
    const program = startProgram({ DISCORD_TOKEN: playground.token, DISCORD_API_URL: playground.apiUrl });
    await program.firstLine;
    playground.shutOut(0);
    const { code, errors } = await program.ended;
    expect(code).toBe(EXIT_CODES.misconfigured);
    expect(errors.trim().split('\n').at(-1)).toContain('https://discord.com/developers/applications');
    await playground.close();
  });

  test(
    'nobody listening at the address, which may be temporary: one sentence, and the exit code for a restart',
    inTurn,
    async ({ expect }) => {
      const playground = await startPlayground({ port: anyPort, folder: undefined });
      await playground.close();
      const { code, errors } = await startProgram({
        DISCORD_TOKEN: playground.token,
        DISCORD_API_URL: playground.apiUrl,
      }).ended;
      expect(code).toBe(EXIT_CODES.failed);
      expect(errors.trim().split('\n')).toHaveLength(1);
      expect(errors).not.toContain('    at ');
    },
  );
});

describe.concurrent('with wrong settings', () => {
  test('no database at the address, which may be temporary: the last line says so', inTurn, async ({ expect }) => {
    const { code, errors } = await startProgram({ DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/none' }).ended;
    expect(code).toBe(EXIT_CODES.failed);
    expect(errors.trim().split('\n').at(-1)).toContain("127.0.0.1:1 can't be reached (ECONNREFUSED)");
    expect(errors).not.toContain('secret');
  });

  test.for([
    { settings: { PLAYGROUND_PORT: '70000' }, dotenv: '', named: 'PLAYGROUND_PORT' },
    { settings: {}, dotenv: 'LOG_LEVEL=info\nDISCORD_TOKEN\n', named: 'Line 2 of .env' },
  ])('a bad setting is named: $named', inTurn, async ({ settings, dotenv, named }, { expect }) => {
    const { code, errors } = await startProgram(settings, dotenv).ended;
    expect(code).toBe(EXIT_CODES.misconfigured);
    expect(errors).toContain(named);
    expect(errors).not.toContain('    at ');
  });
});

test('installed without the initial articles: one sentence that says what is missing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-incomplete-'));
  // The networks are large, and aren't loaded before the articles.
  const filter = (path: string) => !path.endsWith('.onnx');
  for (const name of ['src', 'playground']) cpSync(join(root, name), join(folder, name), { recursive: true, filter });
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const { status, stderr } = spawnSync(process.execPath, ['src/index.ts'], { cwd: folder, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  expect(status).toBe(EXIT_CODES.misconfigured);
  expect(stderr).toBe(
    `${join(folder, 'seeds')} can't be read. Restore it (git checkout seeds playground) or clone Verbatim again.\n`,
  );
});

test('a folder for data that can’t be written, and too few open files: one sentence each', async () => {
  const unmade = startProgram({ DATA_DIR: '/sys/verbatim' }).ended;
  const few = 'ulimit -n 48; exec "$0" "$1"';
  const { status, stderr } = spawnSync('sh', ['-c', few, process.execPath, join(root, 'src/index.ts')], {
    cwd: mkdtempSync(join(tmpdir(), 'verbatim-few-')),
    encoding: 'utf8',
  });
  expect([status, stderr.trim()]).toEqual([
    EXIT_CODES.misconfigured,
    expect.stringMatching(/^This process may open only 48 files, but needs at least 128\. Raise the limit .*\.$/v),
  ]);
  const { code, errors } = await unmade;
  expect(code).toBe(EXIT_CODES.failed);
  expect(errors).toMatch(/^\/sys\/verbatim\/libraries can't be used \(E[A-Z]+\)\. [A-Z].*\.\n$/v);
});
