import { chmodSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Playground, startPlayground } from '../../playground/playground.ts';
import { examineSeeds } from '../../src/terminal/doctor/machine.ts';
import { startProgram } from '../end-to-end/program.ts';
import { type Outcome, outcomeOf, runCommand, startCommand } from './commands.ts';

let folder = '';
let playground: Playground;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'verbatim-doctor-'));
  playground = await startPlayground({ port: 0, folder: undefined });
});
afterEach(async () => {
  await playground.close();
  rmSync(folder, { recursive: true });
});

interface Examined {
  /** Messages by subject. */
  readonly lines: ReadonlyMap<string, string>;
  readonly all: string;
  readonly code: number | null;
}

function readFindings({ out, err, code }: Outcome): Examined {
  const lines = out.trim().split('\n');
  const about = (line: string) => line.slice(7).split(' ')[0] ?? '';
  return { lines: new Map(lines.map(line => [about(line), line])), all: out + err, code };
}

const examine = async (settings: Readonly<Record<string, string>>) =>
  readFindings(await runCommand(folder, { DATA_DIR: 'data', ...settings }, 'doctor'));

function onPlayground(): Record<string, string> {
  return { DISCORD_TOKEN: playground.token, DISCORD_API_URL: playground.apiUrl };
}

test('before the first start: all is well, except that Discord has no commands yet', async () => {
  const started = startCommand(folder, { DATA_DIR: 'data', ...onPlayground() }, 'doctor');
  const { lines, all, code } = readFindings(await outcomeOf(started));
  expect([...lines.keys()]).toEqual([
    'node',
    'settings',
    'token',
    'intents',
    'commands',
    'folder',
    'space',
    'store',
    'seeds',
    'fonts',
    'reader',
    'judge',
  ]);
  expect(lines.get('token')).toMatch(/^ok .* accepts it for Verbatim/v);
  expect(lines.get('intents')).toMatch(/^ok .*needs no privileged intent, and none is turned on/v);
  expect(lines.get('commands')).toMatch(/^warn .*npm start registers them/v);
  expect(readdirSync(folder)).toEqual([]);
  for (const about of ['node', 'settings', 'folder', 'store', 'seeds', 'fonts', 'reader', 'judge'])
    expect(lines.get(about)).toMatch(/^ok /v);
  expect(all).not.toContain(playground.token);
  expect(code).toBe(0);
});

test('while the bot runs: its commands are registered, and it has its libraries open', async () => {
  const program = startProgram({ ...onPlayground(), DATA_DIR: join(folder, 'data') });
  await program.firstLine;
  const { lines, code } = await examine(onPlayground());
  program.signal('SIGTERM');
  await program.ended;
  expect(lines.get('commands')).toMatch(/^ok /v);
  expect(lines.get('store')).toMatch(/^warn .*If that's the bot, all is well/v);
  expect(code).toBe(0);
});

test('without a token: says what that means', async () => {
  const { lines, code } = await examine({});
  expect(lines.get('token')).toMatch(/^ok .*playground/v);
  expect(lines.get('settings')).toContain('there is no ');
  expect(code).toBe(0);
});

test('a bad setting: only that, with what was expected', async () => {
  const { all, code } = await examine({ LOG_LEVEL: 'loud' });
  expect(all).toContain('ERROR  settings  LOG_LEVEL must be one of');
  expect(code).toBe(1);
});

test('a .env that is a folder: only that', async () => {
  mkdirSync(join(folder, '.env'));
  const { lines, code } = await examine({});
  expect(lines.get('settings')).toMatch(/^ERROR .*\.env is a folder/v);
  expect(code).toBe(1);
});

test('a refused token: where to make another, and the rest is checked all the same', async () => {
  const refused = `${playground.token.slice(0, -4)}AAAA`;
  const { lines, all, code } = await examine({ ...onPlayground(), DISCORD_TOKEN: refused });
  expect(lines.get('token')).toMatch(/^ERROR .*https:\/\/discord\.com\/developers\/applications/v);
  expect(lines.get('seeds')).toMatch(/^ok /v);
  expect(all).not.toContain(refused);
  expect(code).toBe(1);
});

test('a token that can’t be one: that, and the rest is checked all the same', async () => {
  const { lines, code } = await examine({ ...onPlayground(), DISCORD_TOKEN: 'abc' });
  expect(lines.get('folder')).toMatch(/^ok /v);
  expect(lines.get('reader')).toMatch(/^ok /v);
  expect([...lines.values()].filter(line => line.startsWith('ERROR'))).toEqual([]);
  expect(code).toBe(1);
});

test('nobody listening at the address: names it, and what to check', async () => {
  const settings = { ...onPlayground(), DISCORD_API_URL: 'http://127.0.0.1:9/api' };
  const { lines, code } = await examine(settings);
  expect(lines.get('token')).toMatch(/^ERROR .*http:\/\/127\.0\.0\.1:9\/api .*DISCORD_API_URL/v);
  expect(code).toBe(1);
});

test.each(['/v10', '/nothing'])(
  'an address that isn’t Discord’s API: names it, and the expected form: %s',
  async more => {
    const DISCORD_API_URL = `${playground.apiUrl}${more}`;
    const { lines, code } = await examine({ ...onPlayground(), DISCORD_API_URL });
    expect(lines.get('token')).toMatch(
      /^ERROR .*DISCORD_API_URL must look like https:\/\/discord\.com\/api, without a version/v,
    );
    expect(code).toBe(1);
  },
);

test('a port that browsers and fetch block: its reason', async () => {
  const { lines } = await examine({ ...onPlayground(), DISCORD_API_URL: 'http://127.0.0.1:1/api' });
  expect(lines.get('token')).toMatch(/^ERROR .*\(bad port\)/v);
});

test('the initial articles are missing', () => {
  expect(examineSeeds(join(folder, 'seeds'))).toMatchObject({
    kind: 'bad',
    sentence: expect.stringContaining(`${join(folder, 'seeds')} can't be read. Restore it`),
  });
});

test('a data folder that is a file, and damaged libraries', async () => {
  mkdirSync(join(folder, 'data', 'libraries'), { recursive: true });
  writeFileSync(join(folder, 'data', 'libraries', 'register.sqlite'), 'This is no database. '.repeat(100));
  expect((await examine({})).lines.get('store')).toMatch(/^ERROR .*is damaged\. Restore it from a copy of the folder/v);
  writeFileSync(join(folder, 'note.txt'), '');
  const { lines, code } = await examine({ DATA_DIR: join(folder, 'note.txt') });
  expect(lines.get('store') ?? lines.get('folder')).toMatch(/^ERROR /v);
  expect(code).toBe(1);
});

test('a token in a file that others can read', async () => {
  const path = join(folder, '.env');
  writeFileSync(path, `DISCORD_TOKEN=${playground.token}\nDISCORD_API_URL=${playground.apiUrl}\n`);
  chmodSync(path, 0o644);
  const { lines, code } = await examine({});
  expect(lines.get('settings')).toContain(`They come from ${realpathSync(path)} and`);
  expect(lines.get('.env')).toMatch(/^warn .*chmod 600 \.env\.$/v);
  expect(code).toBe(0);
  chmodSync(path, 0o600);
  expect((await examine({})).lines.has('.env')).toBe(false);
});
