import { readFileSync, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { parse } from 'dotenv';
import * as z from 'zod/mini';
import { countEdits } from './words/spellings.ts';

/** The settings, read once at the start. */
export interface Settings {
  /** Undefined: the playground runs instead of Discord. */
  readonly discordToken: string | undefined;
  /** Undefined: Discord's own API. */
  readonly discordApiUrl: string | undefined;
  readonly dataDir: string;
  /** Undefined: libraries are files in `dataDir`. Contains a password, so never show it. */
  readonly databaseUrl: string | undefined;
  /** The most articles a library may hold. */
  readonly maxArticles: number;
  /** The most articles that a library takes from feeds in a day. */
  readonly maxFeedArticlesPerDay: number;
  /** The operator's address, for the sites that the bot reads. */
  readonly contact: string | undefined;
  /** Undefined: a free port near 3000. */
  readonly playgroundPort: number | undefined;
  /** True if mentions and direct messages are answered. */
  readonly hearsMessages: boolean;
  readonly logLevel: string;
  /** Where health and metrics are served; undefined: nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  readonly shards: Shards;
}

/** The bot's shards that run here. A shard is one of the connections that Discord spreads a bot's servers over. */
type Shards =
  /** All of them. `auto`: as many as Discord recommends. */
  | { readonly kind: 'all'; readonly count: number | 'auto' }
  /** Some of `count`; the others run elsewhere. `isChild`: a parent process of ours started this one for them. */
  | { readonly kind: 'some'; readonly ids: readonly number[]; readonly count: number; readonly isChild: boolean };

export type SettingsOutcome =
  | { readonly kind: 'settings'; readonly settings: Settings }
  /** Sentences that say what is wrong and what is expected. They never contain a value that may be secret. */
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

type Environment = Readonly<Record<string, string | undefined>>;

/** Where tokens are created. */
export const TOKEN_PAGE = 'https://discord.com/developers/applications';
const TOKEN_FORM = /^(?<id>[\w\-]{6,})\.[\w\-]+\.[\w\-]+$/v;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const LAST_PORT = 65_535;

function isToken(value: string): boolean {
  const id = TOKEN_FORM.exec(value)?.groups?.id;
  return id !== undefined && /^\d+$/.test(Buffer.from(id, 'base64url').toString('latin1'));
}

function isHttp(value: string): boolean {
  return /^https?:$/.test(URL.parse(value)?.protocol ?? '');
}

function isHost(value: string): boolean {
  return value === 'localhost' || isIP(value) !== 0;
}

function isPostgres(value: string): boolean {
  const { protocol, pathname } = URL.parse(value) ?? {};
  return /^postgres(?:ql)?:$/v.test(protocol ?? '') && /^\/[^\/]+$/v.test(pathname ?? '') && isDecodable(value);
}

/** Whether all that is percent-encoded is UTF-8. A `%` that encodes nothing stands for itself, as in `pg`. */
function isDecodable(value: string): boolean {
  try {
    decodeURIComponent(value.replaceAll(/%(?![\da-f]{2})/giv, ''));
    return true;
  } catch {
    return false;
  }
}

function text(isValid: (value: string) => boolean, expected: string) {
  return z.string().check(z.refine(isValid, expected));
}

function wholeNumber(most: number, expected = `must be a whole number from 1 to ${most}.`) {
  const isValid = (value: string) => /^\d{1,7}$/v.test(value) && Number(value) >= 1 && Number(value) <= most;
  return z.pipe(text(isValid, expected), z.transform(Number));
}

const MOST_SHARDS = 99_999;
const AUTO_OR_NUMBER = `must be auto (as many as Discord recommends) or a whole number from 1 to ${MOST_SHARDS}.`;

const schema = z.object({
  DISCORD_TOKEN: z.optional(
    text(
      isToken,
      `doesn't look like a bot token (three parts separated by dots). Copy it again from ${TOKEN_PAGE} (your application > Bot > Reset Token).`,
    ),
  ),
  DISCORD_API_URL: z.optional(
    z.pipe(
      text(isHttp, 'must be an http or https address, such as https://discord.com/api.'),
      z.transform(value => value.replace(/\/+$/, '')),
    ),
  ),
  DATA_DIR: z._default(
    text(value => !value.includes('\0') && !value.startsWith('~'), 'must be the path of a folder, without ~.'),
    'data/',
  ),
  DATABASE_URL: z.optional(
    text(
      isPostgres,
      'must be the address of a PostgreSQL database, such as postgres://user:password@host:5432/verbatim (percent-encode %, @ and / in the password), or empty to use files in DATA_DIR.',
    ),
  ),
  MAX_ARTICLES: z._default(wholeNumber(1_000_000), 100_000),
  MAX_FEED_ARTICLES_PER_DAY: z._default(wholeNumber(1_000_000), 200),
  CONTACT: z.optional(
    text(
      value => /^[\x20-\x7e]{3,100}$/v.test(value),
      'must be an email or web address of at most 100 plain characters. The bot sends it to the sites it reads.',
    ),
  ),
  MENTIONS: z._default(z.enum(['on', 'off'], 'must be on or off.'), 'on'),
  PLAYGROUND_PORT: z.optional(wholeNumber(LAST_PORT)),
  METRICS_PORT: z.optional(wholeNumber(LAST_PORT)),
  METRICS_HOST: z._default(
    text(isHost, 'must be an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them.'),
    '127.0.0.1',
  ),
  SHARDS: z.optional(z.union([z.literal('auto'), wholeNumber(MOST_SHARDS)], AUTO_OR_NUMBER)),
  SHARD_IDS: z.optional(
    z.pipe(
      z.string().check(z.regex(/^\d{1,5}(?:\s*,\s*\d{1,5})*$/v, 'must be a list of numbers from 0 up, such as 0,1.')),
      z.transform(value => [...new Set(value.split(',').map(Number))]),
    ),
  ),
  SHARD_COUNT: z.optional(wholeNumber(MOST_SHARDS)),
  LOG_LEVEL: z._default(z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}.`), 'warn'),
});
type Values = z.infer<typeof schema>;

const SETTING_NAMES = Object.keys(schema.shape);
const SHARD_NAMES = ['SHARDS', 'SHARD_IDS', 'SHARD_COUNT'];
/** Other names that `.env` may contain, for `compose.yaml`. */
const OTHER_NAMES = ['POSTGRES_PASSWORD'];

function similarSetting(name: string): string | undefined {
  return SETTING_NAMES.find(known => countEdits(name.toUpperCase(), known, 2) <= 2);
}

/** Reports names in the file that aren't settings, and names in the environment that are almost one. */
function unknownNames(environment: Environment, file: Environment): string[] {
  const inFile = Object.keys(file).filter(name => !SETTING_NAMES.includes(name) && !OTHER_NAMES.includes(name));
  const misspelt = Object.keys(environment).filter(
    name => !SETTING_NAMES.includes(name) && similarSetting(name) !== undefined,
  );
  return [...new Set([...inFile, ...misspelt])].map(name => {
    const meant = similarSetting(name);
    const advice = meant === undefined ? `The settings are ${SETTING_NAMES.join(', ')}.` : `Did you mean ${meant}?`;
    return `${name}${name in file ? ' in .env' : ''} isn't a setting. ${advice}`;
  });
}

/** Reports valid values that don't go together. Skips those that involve an invalid value. */
function conflicts(values: Values, invalid: readonly string[]): readonly string[] {
  const isKnown = (...of: readonly string[]) => !of.some(name => invalid.includes(name));
  return [
    ...(isKnown(...SHARD_NAMES, 'DATABASE_URL') ? shardConflicts(values) : []),
    ...(isKnown('METRICS_PORT', 'SHARDS', 'DATABASE_URL') ? portConflicts(values) : []),
  ];
}

function shardConflicts({ SHARDS, SHARD_IDS: ids, SHARD_COUNT: count, DATABASE_URL }: Values): readonly string[] {
  if (ids === undefined && count === undefined) return [];
  if (ids === undefined || count === undefined) {
    return ['SHARD_IDS and SHARD_COUNT go together: the shards that run here, and how many there are in total.'];
  }
  if (SHARDS !== undefined) return ['Set SHARDS if all shards run here, or SHARD_IDS if only some do, but not both.'];
  if (ids.some(id => id >= count)) {
    return [`SHARD_IDS must be below SHARD_COUNT: with a count of ${count}, the shards are 0 to ${count - 1}.`];
  }
  if (DATABASE_URL !== undefined) return [];
  return ['SHARD_IDS needs DATABASE_URL. With files, each machine would have libraries of its own.'];
}

/** With a database each shard has a process, which serves its metrics on a port of its own. */
function portConflicts({ METRICS_PORT: port, SHARDS: shards, DATABASE_URL }: Values): readonly string[] {
  if (port === undefined || DATABASE_URL === undefined || typeof shards !== 'number') return [];
  return port + shards - 1 <= LAST_PORT ? [] : [tooHigh(shards)];
}

function tooHigh(shards: number): string {
  return `METRICS_PORT must be at most ${LAST_PORT + 1 - shards} with ${shards} shards, since each uses the next port.`;
}

/** Checks the settings. The environment overrides the file, and an empty value counts as unset. */
export function checkSettings(environment: Environment, file: Environment): SettingsOutcome {
  const child = shardsOfChild(environment);
  if (child !== undefined) return checkChild(environment, file, child);
  const given = SETTING_NAMES.map(name => [name, environment[name]?.trim() || file[name]?.trim() || undefined]);
  const { error } = schema.safeParse(Object.fromEntries(given));
  const issues = error?.issues ?? [];
  const invalid = issues.map(({ path }) => path.join('.'));
  const values = schema.parse(Object.fromEntries(given.filter(([name = '']) => !invalid.includes(name))));
  const problems = [
    ...unknownNames(environment, file),
    ...issues.map(({ message }, at) => `${invalid[at]} ${message}`),
    ...conflicts(values, invalid),
  ];
  return problems.length > 0 ? { kind: 'problems', problems } : { kind: 'settings', settings: settingsOf(values) };
}

function settingsOf(values: Values): Settings {
  const { METRICS_HOST: host, METRICS_PORT: port } = values;
  return {
    discordToken: values.DISCORD_TOKEN,
    discordApiUrl: values.DISCORD_API_URL,
    dataDir: values.DATA_DIR,
    databaseUrl: values.DATABASE_URL,
    maxArticles: values.MAX_ARTICLES,
    maxFeedArticlesPerDay: values.MAX_FEED_ARTICLES_PER_DAY,
    contact: values.CONTACT,
    hearsMessages: values.MENTIONS === 'on',
    playgroundPort: values.PLAYGROUND_PORT,
    logLevel: values.LOG_LEVEL,
    metrics: port === undefined ? undefined : { host, port },
    shards: shardsOf(values),
  };
}

function shardsOf({ SHARDS, SHARD_IDS: ids, SHARD_COUNT: count }: Values): Shards {
  if (ids !== undefined && count !== undefined) return { kind: 'some', ids, count, isChild: false };
  return { kind: 'all', count: SHARDS ?? 1 };
}

/** Returns what discord.js's ShardingManager tells a process it starts; undefined if it didn't start this one. */
function shardsOfChild(environment: Environment): Shards | undefined {
  if (environment.SHARDING_MANAGER !== 'true') return undefined;
  const { SHARDS: id, SHARD_COUNT: count } = environment;
  return { kind: 'some', ids: [Number(id)], count: Number(count), isChild: true };
}

/** Checks the settings of a shard's process: the parent decides its shards, and it serves metrics on its own port. */
function checkChild(environment: Environment, file: Environment, shards: Shards): SettingsOutcome {
  const without = (from: Environment) =>
    Object.fromEntries(
      Object.entries(from).filter(([name]) => !SHARD_NAMES.includes(name) && name !== 'SHARDING_MANAGER'),
    );
  const outcome = checkSettings(without(environment), without(file));
  if (outcome.kind === 'problems') return outcome;
  const { metrics } = outcome.settings;
  const [id = 0] = shards.kind === 'some' ? shards.ids : [];
  if (metrics !== undefined && metrics.port + id > LAST_PORT) return { kind: 'problems', problems: [tooHigh(id + 1)] };
  const own = metrics === undefined ? undefined : { host: metrics.host, port: metrics.port + id };
  return { kind: 'settings', settings: { ...outcome.settings, metrics: own, shards } };
}

type EnvFile =
  | { readonly kind: 'none'; readonly path: string }
  | { readonly kind: 'read'; readonly path: string; readonly values: Readonly<Record<string, string>> }
  /** `problems` are sentences without any content of the file, since that may be the token; `values`, of its other lines. */
  | {
      readonly kind: 'problems';
      readonly path: string;
      readonly problems: readonly string[];
      readonly values: Readonly<Record<string, string>>;
    };

/** Reads a folder's `.env`. A line that sets nothing is a problem, since its author meant something by it. */
export function loadEnvFile(folder: string): EnvFile {
  const path = join(folder, '.env');
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return { kind: 'none', path };
  const bytes = bytesOf(path);
  if (typeof bytes === 'string') return { kind: 'problems', path, problems: [bytes], values: {} };
  const content = decode(bytes);
  if (content === undefined) {
    return { kind: 'problems', path, problems: [".env isn't UTF-8 text. Save it as UTF-8."], values: {} };
  }
  const problems = content.split(/\r\n?|\n/v).flatMap((line, at) => (isValidLine(line) ? [] : [badLine(at + 1)]));
  const values = parse(content);
  return problems.length > 0 ? { kind: 'problems', path, problems, values } : { kind: 'read', path, values };
}

/** Returns the file's bytes, or a sentence why it can't be read. */
function bytesOf(path: string): Buffer | string {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = error instanceof Error ? String(Reflect.get(error, 'code')) : '';
    return code === 'EISDIR'
      ? '.env is a folder. It must be a file, or not exist.'
      : `.env can't be read (${code}). Make it readable for this user.`;
  }
}

/** Returns undefined for bytes that aren't UTF-8, or are UTF-16, as Windows writes: every second one is 0. */
function decode(bytes: Buffer): string | undefined {
  try {
    const content = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return content.includes('\0') ? undefined : content;
  } catch {
    return undefined;
  }
}

function isValidLine(line: string): boolean {
  return /^\s*(?:#.*)?$/v.test(line) || Object.keys(parse(line)).length > 0;
}

function badLine(number: number): string {
  return `Line ${number} of .env sets nothing. Write it as NAME=value, or start it with #.`;
}

const SECRETS = ['DISCORD_TOKEN', 'DATABASE_URL', ...OTHER_NAMES];
const OTHERS_MODE = 0o077;

/** Returns a warning if `.env` contains a secret and other users can read or change it. Windows has no such modes. */
export function tooOpen(): string | undefined {
  const file = loadEnvFile(process.cwd());
  if (process.platform === 'win32' || file.kind !== 'read') return undefined;
  const isOpen = (statSync(file.path).mode & OTHERS_MODE) !== 0 && SECRETS.some(name => file.values[name]);
  return isOpen ? 'Other users of this machine can read the secrets in .env. Run chmod 600 .env.' : undefined;
}

/** Reads the settings from the environment and from `.env` in a folder, and reports everything that is wrong at once. */
export function loadSettings(environment: Environment = process.env, folder = process.cwd()): SettingsOutcome {
  const file = loadEnvFile(folder);
  const checked = checkSettings(environment, file.kind === 'none' ? {} : file.values);
  const others = checked.kind === 'problems' ? checked.problems : [];
  const outcome =
    file.kind === 'problems' ? { kind: 'problems' as const, problems: [...file.problems, ...others] } : checked;
  // discord.js reads these as well, and fails unless they are JSON.
  for (const name of SHARD_NAMES) delete process.env[name];
  return outcome;
}
