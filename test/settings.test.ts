import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkSettings, loadEnvFile, loadSettings } from '../src/settings.ts';

const token = `${Buffer.from('123456789012345678').toString('base64url')}.GabcDE.${'x'.repeat(38)}`;

function problemsOf(environment: Record<string, string>, file: Record<string, string> = {}): string {
  const outcome = checkSettings(environment, file);
  return outcome.kind === 'problems' ? outcome.problems.join('\n') : 'none';
}

test('without settings, starts the playground with all defaults', () => {
  expect(checkSettings({ PATH: '/bin', HOME: '/root' }, {})).toEqual({
    kind: 'settings',
    settings: {
      discordToken: undefined,
      discordApiUrl: undefined,
      dataDir: 'data/',
      databaseUrl: undefined,
      maxArticles: 100_000,
      maxFeedArticlesPerDay: 200,
      contact: undefined,
      hearsMessages: true,
      playgroundPort: undefined,
      logLevel: 'warn',
      metrics: undefined,
      shards: { kind: 'all', count: 1 },
    },
  });
});

test('the environment overrides the file, and an empty value counts as unset', () => {
  const outcome = checkSettings(
    { DISCORD_TOKEN: token, DISCORD_API_URL: 'http://127.0.0.1:3000/api/', LOG_LEVEL: '' },
    { LOG_LEVEL: 'debug', DATA_DIR: 'kept', PLAYGROUND_PORT: '3005', DISCORD_TOKEN: '' },
  );
  expect(outcome).toMatchObject({
    settings: {
      discordToken: token,
      discordApiUrl: 'http://127.0.0.1:3000/api',
      dataDir: 'kept',
      playgroundPort: 3005,
      logLevel: 'debug',
    },
  });
});

test('figures are served on this machine only, unless another address is set', () => {
  expect(checkSettings({ METRICS_PORT: '9400' }, {})).toMatchObject({
    settings: { metrics: { host: '127.0.0.1', port: 9400 } },
  });
  expect(checkSettings({ METRICS_PORT: '9400', METRICS_HOST: '::' }, {})).toMatchObject({
    settings: { metrics: { host: '::', port: 9400 } },
  });
});

describe('a bad value is named, with what was expected', () => {
  test.each([
    ['PLAYGROUND_PORT', '70000', '1 to 65535'],
    ['PLAYGROUND_PORT', 'http', '1 to 65535'],
    ['DISCORD_API_URL', 'ftp://discord.com', 'http or https'],
    ['DATA_DIR', '~/verbatim', 'without ~'],
    ['MAX_ARTICLES', '0', '1 to 1000000'],
    ['MAX_FEED_ARTICLES_PER_DAY', 'all', '1 to 1000000'],
    ['CONTACT', 'Zoë', 'at most 100 plain characters'],
    ['METRICS_PORT', '0', '1 to 65535'],
    ['METRICS_HOST', 'everywhere', 'an address of this machine'],
    ['SHARDS', 'all', 'auto .* 1 to 99999'],
    ['SHARDS', '0', 'auto .* 1 to 99999'],
    ['SHARD_IDS', '0-3', 'such as 0,1'],
    ['LOG_LEVEL', 'loud', 'trace, debug, info, warn'],
    ['MENTIONS', 'yes', 'on or off'],
  ])('%s=%s', (name, value, expected) => {
    expect(problemsOf({ [name]: value })).toMatch(new RegExp(`^${name} .*${expected}`));
  });

  test.each(['secret', 'a.b.c', `Bot ${token}`, 'bm90LW51bWJlcnM.aaaaaa.bbbbbb', `${token}.more`])(
    'a malformed token is never repeated: %s',
    malformed => {
      const told = problemsOf({}, { DISCORD_TOKEN: malformed });
      expect(told).toContain('https://discord.com/developers/applications');
      expect(told).not.toContain(malformed);
      expect(told.split('\n')).toHaveLength(1);
    },
  );
});

describe('shards', () => {
  const DATABASE_URL = 'postgres://localhost/verbatim';
  const shardsOf = (environment: Record<string, string>) => {
    const outcome = checkSettings(environment, {});
    return outcome.kind === 'settings' ? outcome.settings.shards : outcome.problems;
  };

  test('all of them here, or some', () => {
    expect(shardsOf({ SHARDS: 'auto' })).toEqual({ kind: 'all', count: 'auto' });
    expect(shardsOf({ SHARDS: '4' })).toEqual({ kind: 'all', count: 4 });
    const some = { kind: 'some', ids: [2, 3], count: 4, isChild: false };
    expect(shardsOf({ SHARD_IDS: '2, 3', SHARD_COUNT: '4', DATABASE_URL })).toEqual(some);
  });

  test.each([
    [{ SHARD_IDS: '0' }, /^SHARD_IDS and SHARD_COUNT go together/v],
    [{ SHARD_COUNT: '4' }, /^SHARD_IDS and SHARD_COUNT go together/v],
    [{ SHARDS: '4', SHARD_IDS: '0', SHARD_COUNT: '4' }, /but not both\.$/v],
    [{ SHARD_IDS: '0,4', SHARD_COUNT: '4', DATABASE_URL }, /the shards are 0 to 3\.$/v],
    [{ SHARD_IDS: '0,1', SHARD_COUNT: '4' }, /^SHARD_IDS needs DATABASE_URL\. With files, each machine would/v],
  ])('refuses settings that don’t go together, with the reason: %o', (environment: Record<string, string>, told) => {
    expect(problemsOf(environment)).toMatch(told);
  });

  test('a process that was started for one shard takes it from the environment, and serves figures on its own port', () => {
    const environment = { SHARDING_MANAGER: 'true', SHARDS: '3', SHARD_COUNT: '4', METRICS_PORT: '9400' };
    expect(checkSettings(environment, { SHARDS: 'auto' })).toMatchObject({
      settings: { shards: { kind: 'some', ids: [3], count: 4, isChild: true }, metrics: { port: 9403 } },
    });
  });
});

describe('a port for figures without room for every shard', () => {
  const DATABASE_URL = 'postgres://localhost/verbatim';

  test('is refused, with the last port that would do', () => {
    const settings = { DATABASE_URL, SHARDS: '2', METRICS_PORT: '65535' };
    expect(problemsOf(settings)).toMatch(/^METRICS_PORT must be at most 65534 with 2 shards/v);
    expect(problemsOf({ ...settings, METRICS_PORT: '65534' })).toBe('none');
    expect(problemsOf({ ...settings, DATABASE_URL: '' })).toBe('none');
  });

  test('is refused by the shard itself if the number of shards wasn’t known before', () => {
    const child = { SHARDING_MANAGER: 'true', SHARDS: '1', SHARD_COUNT: '2', METRICS_PORT: '65535' };
    expect(problemsOf(child)).toMatch(/^METRICS_PORT must be at most 65534/v);
  });
});

describe('the URL of a database', () => {
  test.each([
    'postgres://verbatim:s3cret@db.example:5432/verbatim',
    'postgresql://localhost/verbatim?sslmode=require',
    'postgres:///verbatim?host=/var/run/postgresql',
    'postgres://verbatim:50%@localhost/verbatim',
  ])('is taken as it is: %s', DATABASE_URL => {
    expect(checkSettings({}, { DATABASE_URL })).toMatchObject({ settings: { databaseUrl: DATABASE_URL } });
  });

  test.each([
    'mysql://verbatim:s3cret@db.example/verbatim',
    'postgres://verbatim:s3cret@db.example:port/verbatim',
    'postgres://verbatim:s3cret@db.example',
    'verbatim:s3cret@db.example/verbatim',
    'postgres://verbatim:s3cret%E9@db.example/verbatim',
  ])('is refused if malformed, with the expected form and without the password: %s', DATABASE_URL => {
    const told = problemsOf({ DATABASE_URL });
    expect(told).toMatch(/^DATABASE_URL must be .*postgres:\/\//v);
    expect(told).not.toContain('s3cret');
    expect(told.split('\n')).toHaveLength(1);
  });
});

describe('an unknown name is named', () => {
  test('in the environment, if it is similar to one of ours', () => {
    expect(problemsOf({ DISCORD_TOKN: token })).toBe("DISCORD_TOKN isn't a setting. Did you mean DISCORD_TOKEN?");
    expect(problemsOf({ PLAYGROUND_PROT: '3000' })).toContain('Did you mean PLAYGROUND_PORT?');
  });

  test('in the file, whatever it is', () => {
    expect(problemsOf({}, { COLOUR: 'red' })).toMatch(
      /^COLOUR in \.env isn't a setting\. The settings are DISCORD_TOKEN,/,
    );
  });

  test('but not those that compose.yaml uses', () => {
    expect(problemsOf({}, { POSTGRES_PASSWORD: 'x' })).toBe('none');
  });

  test('but not those of other programs', () => {
    expect(problemsOf({ DATA: 'x', NODE_ENV: 'test', TERM: 'xterm', PORT: '80', DISCORD_WEBHOOK: 'x' })).toBe('none');
  });
});

test('.env.example lists every setting with a description and its default, and is valid as it is', () => {
  const example = readFileSync(join(import.meta.dirname, '../.env.example'), 'utf8');
  expect(Object.keys(parse(example))).toEqual([
    'DISCORD_TOKEN',
    'DISCORD_API_URL',
    'DATA_DIR',
    'DATABASE_URL',
    'MAX_ARTICLES',
    'MAX_FEED_ARTICLES_PER_DAY',
    'CONTACT',
    'MENTIONS',
    'PLAYGROUND_PORT',
    'METRICS_PORT',
    'METRICS_HOST',
    'SHARDS',
    'SHARD_IDS',
    'SHARD_COUNT',
    'LOG_LEVEL',
  ]);
  expect(example.match(/^# .* Default: .*\n[A-Z_]+=$/gmv)).toHaveLength(15);
  expect(checkSettings({}, parse(example)).kind).toBe('settings');
});

describe('.env', () => {
  let folder = '';
  let path = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'verbatim-env-'));
    path = join(folder, '.env');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('is optional', () => {
    expect(loadEnvFile(folder)).toEqual({ kind: 'none', path });
  });

  test.each([
    ['as people write them', '# mine\n\nDISCORD_TOKEN=x\n  LOG_LEVEL = "info" # loud\nexport DATA_DIR=\n'],
    ['with the line ends of Windows and its mark of UTF-8', '\ufeffDISCORD_TOKEN=x\r\nLOG_LEVEL=info\r\nDATA_DIR=\r\n'],
  ])('lines %s', (_, text) => {
    writeFileSync(path, text);
    const values = { DISCORD_TOKEN: 'x', LOG_LEVEL: 'info', DATA_DIR: '' };
    expect(loadEnvFile(folder)).toEqual({ kind: 'read', path, values });
  });

  test('the example has no line without effect', () => {
    writeFileSync(path, readFileSync(join(import.meta.dirname, '../.env.example')));
    expect(loadEnvFile(folder).kind).toBe('read');
  });

  test.each([
    ['a name alone', 'LOG_LEVEL=info\n\nDISCORD_TOKEN\n', 3, { LOG_LEVEL: 'info' }],
    ['a token alone', 'MTIzNDU2.GabcDE.secret\n', 1, {}],
    ['words', 'LOG_LEVEL=info\nmy token is secret\n', 2, { LOG_LEVEL: 'info' }],
  ])('a line without effect is named by its number, and not repeated: %s', (_, text, number, values) => {
    writeFileSync(path, text);
    const problems = [`Line ${number} of .env sets nothing. Write it as NAME=value, or start it with #.`];
    expect(loadEnvFile(folder)).toEqual({ kind: 'problems', path, problems, values });
  });

  test('everything that is wrong is reported at once, a line without effect included', () => {
    const lines = [
      'DISCORD_TOKEN',
      'LOG_LEVEL=loud',
      'MAX_ARTICLES=0',
      'METRICS_PRT=1',
      'SHARD_IDS=5',
      'SHARD_COUNT=2',
    ];
    writeFileSync(path, lines.join('\n'));
    const outcome = loadSettings({ PLAYGROUND_PORT: 'x' }, folder);
    expect(outcome.kind === 'problems' && outcome.problems).toEqual([
      expect.stringContaining('Line 1 of .env sets nothing'),
      expect.stringContaining("METRICS_PRT in .env isn't a setting. Did you mean METRICS_PORT?"),
      expect.stringContaining('MAX_ARTICLES must be'),
      expect.stringContaining('PLAYGROUND_PORT must be'),
      expect.stringContaining('LOG_LEVEL must be one of'),
      expect.stringContaining('SHARD_IDS must be below SHARD_COUNT'),
    ]);
  });

  test('nothing is said of a value that goes with an invalid one', () => {
    writeFileSync(path, 'SHARD_IDS=x\nSHARD_COUNT=2\n');
    expect(loadSettings({}, folder)).toEqual({
      kind: 'problems',
      problems: ['SHARD_IDS must be a list of numbers from 0 up, such as 0,1.'],
    });
  });

  test.each([
    ['UTF-16 with its mark', Buffer.from('\ufeffDISCORD_TOKEN=x\n', 'utf16le')],
    ['UTF-16 without', Buffer.from('DISCORD_TOKEN=x\n', 'utf16le')],
    ['an old encoding', Buffer.from('DATA_DIR=caf\u00e9\n', 'latin1')],
  ])('rejects text that isn’t UTF-8: %s', (_, bytes) => {
    writeFileSync(path, bytes);
    expect(loadEnvFile(folder)).toMatchObject({
      kind: 'problems',
      problems: [expect.stringContaining("isn't UTF-8")],
    });
  });

  test('is refused if it is a folder', () => {
    mkdirSync(path);
    expect(loadEnvFile(folder)).toMatchObject({ problems: ['.env is a folder. It must be a file, or not exist.'] });
  });
});
