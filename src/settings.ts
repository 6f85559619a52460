import { statSync } from 'node:fs';
import { isIP } from 'node:net';
import { readEnvFile } from './env-file.ts';
import { type Shards, shardChecks, shardProblems, shardsOf, shardsOfChild } from './shard-settings.ts';

/** What whoever runs the bot has chosen. Read once, at the start. */
export interface Settings {
  /** `undefined`: no Discord, the playground instead. */
  readonly discordToken: string | undefined;
  /** `undefined`: Discord itself. */
  readonly discordApiUrl: string | undefined;
  readonly dataDir: string;
  /** `undefined`: libraries are files in `dataDir`. Holds a password: never shown. */
  readonly databaseUrl: string | undefined;
  /** How many articles a library may hold. */
  readonly maxArticles: number;
  /** `undefined`: a free one near 3000. */
  readonly playgroundPort: number | undefined;
  readonly logLevel: string;
  /** Where health and figures are shown; `undefined`: nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  readonly shards: Shards;
}

export type SettingsOutcome =
  | { readonly kind: 'settings'; readonly settings: Settings }
  /** Each a sentence: what is wrong and what was expected. No value of a token is ever in it. */
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

type Environment = Readonly<Record<string, string | undefined>>;

const tokenPage = 'https://discord.com/developers/applications';
const tokenForm = /^(?<id>[\w\-]{6,})\.[\w\-]+\.[\w\-]+$/v;
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

function isToken(value: string): boolean {
  const id = tokenForm.exec(value)?.groups?.id;
  return id !== undefined && /^\d+$/.test(Buffer.from(id, 'base64url').toString('latin1'));
}

function isHttp(value: string): boolean {
  return /^https?:$/.test(URL.parse(value)?.protocol ?? '');
}

function isHost(value: string): boolean {
  return value === 'localhost' || isIP(value) !== 0;
}

const lastPort = 65_535;

function isPort(value: string): boolean {
  return /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= lastPort;
}

function isPostgres(value: string): boolean {
  const { protocol, pathname } = URL.parse(value) ?? {};
  return /^postgres(?:ql)?:$/v.test(protocol ?? '') && /^\/[^\/]+$/v.test(pathname ?? '');
}

const mostMaxArticles = 1_000_000;

function isNumberOfArticles(value: string): boolean {
  return /^\d{1,7}$/.test(value) && Number(value) >= 1 && Number(value) <= mostMaxArticles;
}

/** Every setting, and what is told about a value that it cannot have. */
const checks: Readonly<Record<string, { readonly good: (value: string) => boolean; readonly expected: string }>> = {
  DISCORD_TOKEN: {
    good: isToken,
    expected: `does not look like a bot token (three parts with dots between): copy it again from ${tokenPage} (your application, Bot, Reset Token).`,
  },
  DISCORD_API_URL: { good: isHttp, expected: 'must be an http or https address, like https://discord.com/api.' },
  DATA_DIR: { good: value => !value.includes('\0'), expected: 'must be the path of a folder.' },
  DATABASE_URL: {
    good: isPostgres,
    expected:
      'must be the address of a PostgreSQL database, like postgres://user:password@host:5432/verbatim (signs such as @ and / in a password percent-encoded), or empty for files in DATA_DIR.',
  },
  MAX_ARTICLES: { good: isNumberOfArticles, expected: 'must be a whole number from 1 to 1000000.' },
  PLAYGROUND_PORT: { good: isPort, expected: 'must be a whole number from 1 to 65535.' },
  METRICS_PORT: { good: isPort, expected: 'must be a whole number from 1 to 65535.' },
  METRICS_HOST: { good: isHost, expected: 'must be an address of this machine, like 127.0.0.1, or 0.0.0.0 for all.' },
  ...shardChecks,
  LOG_LEVEL: { good: value => logLevels.includes(value), expected: `must be one of ${logLevels.join(', ')}.` },
};
const names = Object.keys(checks);

/** In how many places two names differ: letters missing, added, replaced, or two that changed places (Damerau). */
function distance(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, at) => at)];
  const cell = (row: number, at: number) => rows[row]?.[at] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const swap = swapped ? cell(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(cell(i - 1, j) + 1, cell(i, j - 1) + 1, cell(i - 1, j - 1) + same, swap));
    }
  }
  return cell(one.length, other.length);
}

function likeOurs(name: string): string | undefined {
  const upper = name.toUpperCase();
  if (upper.length > 20) return undefined;
  return names.find(ours => distance(upper, ours) <= 2);
}

/** What `.env` may hold besides: `compose.yaml` asks for it there. */
const others = ['POSTGRES_PASSWORD'];

/** Names in the file that are no setting, and names around us that are nearly one. */
function unknownNames(environment: Environment, file: Environment): string[] {
  const inFile = Object.keys(file).filter(name => !names.includes(name) && !others.includes(name));
  const around = Object.keys(environment).filter(name => !names.includes(name) && likeOurs(name) !== undefined);
  return [...new Set([...inFile, ...around])].map(name => {
    const meant = likeOurs(name);
    const advice = meant === undefined ? `The settings are ${names.join(', ')}.` : `Did you mean ${meant}?`;
    return `${name}${name in file ? ' in .env' : ''} is not a setting. ${advice}`;
  });
}

/** With a database each shard has a process, which shows its figures at a port of its own. */
function portProblems(value: (name: string) => string | undefined): string[] {
  const [port, shards] = [Number(value('METRICS_PORT') ?? 0), Number(value('SHARDS') ?? 1)];
  if (port === 0 || value('DATABASE_URL') === undefined || !(shards > 1)) return [];
  return port + shards - 1 <= lastPort ? [] : [tooHigh(shards)];
}

function tooHigh(shards: number): string {
  return `METRICS_PORT must be at most ${lastPort + 1 - shards} with ${shards} shards: each shows its figures at a port of its own, from this one on.`;
}

/** Checks the settings; what the environment says goes before what the file says, and an empty value is none. */
export function checkSettings(environment: Environment, file: Environment): SettingsOutcome {
  const child = shardsOfChild(environment);
  if (child !== undefined) return checkChild(environment, file, child);
  const value = (name: string) => environment[name]?.trim() || file[name]?.trim() || undefined;
  const bad = names.flatMap(name => {
    const given = value(name);
    const check = checks[name];
    return given === undefined || check === undefined || check.good(given) ? [] : [`${name} ${check.expected}`];
  });
  const together = () => [...shardProblems(value), ...portProblems(value)];
  const problems = [...unknownNames(environment, file), ...bad, ...(bad.length > 0 ? [] : together())];
  if (problems.length > 0) return { kind: 'problems', problems };
  const port = value('PLAYGROUND_PORT');
  const metricsPort = value('METRICS_PORT');
  return {
    kind: 'settings',
    settings: {
      discordToken: value('DISCORD_TOKEN'),
      discordApiUrl: value('DISCORD_API_URL')?.replace(/\/+$/, ''),
      dataDir: value('DATA_DIR') ?? 'data/',
      databaseUrl: value('DATABASE_URL'),
      maxArticles: Number(value('MAX_ARTICLES') ?? 100_000),
      playgroundPort: port === undefined ? undefined : Number(port),
      logLevel: value('LOG_LEVEL') ?? 'warn',
      metrics:
        metricsPort === undefined
          ? undefined
          : { host: value('METRICS_HOST') ?? '127.0.0.1', port: Number(metricsPort) },
      shards: shardsOf(value),
    },
  };
}

/** In one that was started for a shard: what stands there of shards is told by who started it. Each shows figures on a port of its own. */
function checkChild(environment: Environment, file: Environment, shards: Shards): SettingsOutcome {
  const without = (from: Environment) =>
    Object.fromEntries(Object.entries(from).filter(([name]) => !(name in shardChecks) && name !== 'SHARDING_MANAGER'));
  const outcome = checkSettings(without(environment), without(file));
  if (outcome.kind === 'problems') return outcome;
  const { metrics } = outcome.settings;
  const [id = 0] = shards.kind === 'some' ? shards.ids : [];
  if (metrics !== undefined && metrics.port + id > lastPort) return { kind: 'problems', problems: [tooHigh(id + 1)] };
  const own = metrics === undefined ? undefined : { host: metrics.host, port: metrics.port + id };
  return { kind: 'settings', settings: { ...outcome.settings, metrics: own, shards } };
}

/** Settings that nobody else may know. */
const secrets = ['DISCORD_TOKEN', 'DATABASE_URL', ...others];
const anybodyElse = 0o077;

/** A sentence where `.env` holds a secret and others on this machine can read or change it; Windows keeps other books. */
export function tooOpen(): string | undefined {
  const file = readEnvFile(process.cwd());
  if (process.platform === 'win32' || file.kind !== 'read') return undefined;
  const isOpen = (statSync(file.path).mode & anybodyElse) !== 0 && secrets.some(name => file.values[name]);
  return isOpen ? 'Others on this machine can read .env and what is secret in it: chmod 600 .env' : undefined;
}

/** The settings from the environment and from `.env` in the working directory. */
export function readSettings(): SettingsOutcome {
  const file = readEnvFile(process.cwd());
  if (file.kind === 'problems') return file;
  const outcome = checkSettings(process.env, file.kind === 'read' ? file.values : {});
  // discord.js reads these by itself, and breaks over what is no JSON in them.
  for (const name of Object.keys(shardChecks)) delete process.env[name];
  return outcome;
}
