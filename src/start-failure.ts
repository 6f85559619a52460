import { StorageError, UnusableStore } from './library/store/errors.ts';
import { type Settings, TOKEN_PAGE } from './settings.ts';

/** Exit codes that tell a supervisor whether to start the bot again; `deploy/verbatim.service` retries `failed` only. */
export const EXIT_CODES = {
  /** A failure that may pass, such as an outage of Discord or the database or a port in use; or an unexpected error. */
  failed: 1,
  /** A setting must be changed first. BSD's EX_CONFIG, which systemd shows as CONFIG. */
  misconfigured: 78,
} as const;

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

/** Why the bot can't start or continue. Its message is a sentence for the operator. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
  readonly exitCode: ExitCode;

  constructor(sentence: string, exitCode: ExitCode = EXIT_CODES.failed, options?: ErrorOptions) {
    super(sentence, options);
    this.exitCode = exitCode;
  }
}

/** Returns advice for a rejected token. `sign` says how Discord rejected it, such as `HTTP 401`. */
export function rejectedToken(sign: string): string {
  return `Discord rejected the token in DISCORD_TOKEN (${sign}). Create a new one at ${TOKEN_PAGE} (your application > Bot > Reset Token) and put it in .env.`;
}

/** Returns why the bot couldn't start; undefined for an unexpected error. */
export function startFailure(
  error: unknown,
  settings: Pick<Settings, 'metrics' | 'databaseUrl'>,
): CannotStart | undefined {
  if (error instanceof CannotStart) return error;
  if (error instanceof StorageError) return storageFailure(error, settings);
  const isListening = error instanceof Error && Reflect.get(error, 'syscall') === 'listen';
  return isListening ? portFailure(error, settings) : undefined;
}

/** The system's codes for a path that can't be a folder. */
const WRONG_FOLDER: ReadonlySet<string> = new Set(['EEXIST', 'ENOENT', 'ENOTDIR']);

/** A database may come back and a folder be mounted late; a password, a right or another path has to be changed. */
function storageFailure(cause: StorageError, { databaseUrl }: Pick<Settings, 'databaseUrl'>): CannotStart {
  const { problem } = cause;
  const isWrong =
    typeof problem === 'string'
      ? cause instanceof UnusableStore || WRONG_FOLDER.has(errorCodeOf(cause))
      : problem.key === 'keeping.database-refused';
  const exitCode = isWrong ? EXIT_CODES.misconfigured : EXIT_CODES.failed;
  return new CannotStart(storageProblem(cause, databaseUrl), exitCode, { cause });
}

/** Returns what a store's error says to the operator: for a database, with its address and the code. */
export function storageProblem(error: StorageError, databaseUrl: string | undefined): string {
  const isOurs = databaseUrl === undefined || typeof error.problem === 'string';
  return isOurs ? error.message : databaseProblem(databaseUrl, error);
}

/** The parts of a database's address that may be shown. */
export interface DatabaseAddress {
  readonly server: string;
  readonly name: string;
  readonly user: string;
}

export function databaseAddressOf(databaseUrl: string): DatabaseAddress {
  const { hostname, port, pathname, username, searchParams } = new URL(databaseUrl);
  const host = hostname || searchParams.get('host') || 'localhost';
  return {
    server: `${host}:${port || searchParams.get('port') || '5432'}`,
    name: decode(pathname.slice(1)),
    user: decode(username) || '(default)',
  };
}

/** Returns a part of an address without percent-encoding; as it is if a `%` in it encodes nothing, as `pg` does. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Returns the SQLSTATE of an error or its causes, else the system's code or the client's. */
export function errorCodeOf(error: unknown, otherwise = 'no code'): string {
  if (!(error instanceof Error)) return otherwise;
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? code : errorCodeOf(error.cause, otherwise);
}

/** Codes of Node for TLS that failed. */
const TLS_CODE = /SSL|TLS|CERT|^EPROTO$/v;

/** Returns why a database can't be used, with the code and what to do. It never contains the password. */
export function databaseProblem(databaseUrl: string, error: unknown): string {
  const { server, name, user } = databaseAddressOf(databaseUrl);
  const code = errorCodeOf(error);
  const database = `The database ${name} at ${server}`;
  const bySqlState: Readonly<Record<string, string>> = {
    '08P01': `${server} refuses the connection (${code}). If it's a connection pooler, its log says why.`,
    '22023': `${server} doesn't accept an option in DATABASE_URL (${code}). Correct or remove it.`,
    '25006': `${database} is read-only (${code}). If it's a replica, use the primary.`,
    '28P01': `${server} rejects the password of user ${user} (${code}). Check DATABASE_URL.`,
    '28': `${server} doesn't let user ${user} in (${code}). Check DATABASE_URL and the server's pg_hba.conf.`,
    '3D000': `${server} has no database ${name} (${code}). Create it, or check DATABASE_URL.`,
    '40': `${database} was changed by another program at the same time (${code}). Try again in a minute.`,
    '42704': `${server} doesn't know a setting (${code}). Check the options in DATABASE_URL, and that PostgreSQL is recent enough.`,
    '42501': `${server} gives user ${user} no access to ${name} (${code}). Make that user its owner.`,
    '53100': `${server} has no disk space left (${code}). Free up space.`,
    '53300': `${server} has no free connections (${code}). Raise max_connections, or the limit of that user or database.`,
    '55000': `${database} accepts no connections (${code}). Allow them, or check DATABASE_URL.`,
    '55P03': `${database} is locked by another program (${code}). Try again when it's done.`,
    '57014': `${database} took too long to respond (${code}). Try again later.`,
    '57P': `${server} is starting up or shutting down (${code}). Try again in a minute.`,
    XX: `${database} is damaged (${code}). Restore a backup.`,
  };
  const known = bySqlState[code] ?? bySqlState[code.slice(0, 3)] ?? bySqlState[code.slice(0, 2)];
  if (known !== undefined) return known;
  const told = error instanceof Error ? `${error.message} ${String(error.cause)}` : '';
  if (told.includes('client password must be'))
    return `DATABASE_URL has no password for user ${user} of ${server}. Add it.`;
  if (told.includes('does not support SSL'))
    return `${server} doesn't offer TLS, which DATABASE_URL asks for. Turn it on there, or remove sslmode.`;
  if (TLS_CODE.test(code))
    return `The certificate of ${server} can't be verified (${code}). Fix it, or change sslmode.`;
  return `${server} can't be reached (${code}). Check that PostgreSQL runs there, the network, and DATABASE_URL.`;
}

/** A port in use may be free once another process has ended, and an address exist once the network is up. */
function portFailure(cause: Error, { metrics }: Pick<Settings, 'metrics'>): CannotStart | undefined {
  const [code, port]: readonly unknown[] = [Reflect.get(cause, 'code'), Reflect.get(cause, 'port')];
  const setting = port === metrics?.port ? 'METRICS_PORT' : 'PLAYGROUND_PORT';
  if (code === 'EADDRNOTAVAIL') {
    const sentence = "METRICS_HOST isn't an address of this machine. Use 127.0.0.1, or remove the setting.";
    return new CannotStart(sentence, EXIT_CODES.failed, { cause });
  }
  if (code === 'EADDRINUSE') {
    const sentence = `The port in ${setting} is in use. Choose another one, or remove the setting.`;
    return new CannotStart(sentence, EXIT_CODES.failed, { cause });
  }
  if (code !== 'EACCES') return undefined;
  const sentence = `This user may not use the port in ${setting}. Choose one from 1024 up, or remove the setting.`;
  return new CannotStart(sentence, EXIT_CODES.misconfigured, { cause });
}
