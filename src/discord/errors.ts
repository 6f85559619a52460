import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import { StorageError } from '../library/store/errors.ts';
import { fieldOf } from '../library/store/json.ts';
import { TOKEN_PAGE } from '../settings.ts';
import { CannotStart, EXIT_CODES, errorCodeOf, rejectedToken } from '../start-failure.ts';
import { Unconfirmed } from './send-once.ts';

const UPDATE_ADVICE = 'Update the bot.';
const SHARD_ADVICE = 'Set SHARDS=auto or, on several machines, raise SHARD_COUNT (docs/scale.md).';

/** Why the gateway closes a connection for good, by close code. */
const CLOSINGS: ReadonlyMap<unknown, string> = new Map([
  [4004, rejectedToken('close code 4004')],
  [4010, `Discord rejected this number of shards (close code 4010). ${SHARD_ADVICE}`],
  [4011, `Discord requires more shards (close code 4011). ${SHARD_ADVICE}`],
  [4012, `Discord no longer supports the gateway version that this bot uses (close code 4012). ${UPDATE_ADVICE}`],
  [4013, `Discord doesn't know the intents that this bot asks for (close code 4013). ${UPDATE_ADVICE}`],
  [
    4014,
    `Discord doesn't allow the intents that this bot asks for (close code 4014). Check its intents at ${TOKEN_PAGE} (your application > Bot), or update the bot.`,
  ],
]);

/** Discord's error codes for a channel or member that is gone, or forbidden. Its outages have other codes, such as 40333. */
export const CLOSED_CHANNEL: ReadonlySet<number> = new Set([
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownMember,
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.CannotSendMessagesToThisUser,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.InvalidActionOnArchivedThread,
  RESTJSONErrorCodes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds,
  RESTJSONErrorCodes.ThreadLocked,
]);

export const TAG_REQUIRED = RESTJSONErrorCodes.TagRequiredToCreateAForumPostInThisChannel;
/** Some threads are archived each day. */
export const TOO_MANY_THREADS = RESTJSONErrorCodes.MaximumActiveThreads;

/** Returns a network error's code, such as `ECONNREFUSED`, from the error or its causes. */
function networkCode(error: unknown): string | undefined {
  // discord.js aborts a request that gets no answer.
  if (error instanceof Error && error.name === 'AbortError') return 'ETIMEDOUT';
  return /^(?:E[A-Z_]+|UND_ERR_\w+)$/v.exec(errorCodeOf(error))?.[0];
}

const UNAUTHORIZED = 401;
/** discord.js's code for that. */
const INVALID_TOKEN = 'TokenInvalid';

/** Returns the reason for an error at login, or for `code` of a closed connection. It never contains the token. */
export function reasonFor(error: unknown, apiUrl: string | undefined): CannotStart {
  const [code, status] = [fieldOf(error, 'code'), fieldOf(error, 'status')];
  const closing = CLOSINGS.get(code);
  if (closing !== undefined) return new CannotStart(closing, EXIT_CODES.misconfigured);
  if (status === UNAUTHORIZED || code === INVALID_TOKEN) {
    return new CannotStart(rejectedToken(`HTTP ${UNAUTHORIZED}`), EXIT_CODES.misconfigured);
  }
  const network = networkCode(error);
  const where = apiUrl ?? 'discord.com';
  if (network !== undefined) {
    return new CannotStart(
      `Discord can't be reached at ${where} (${network}). Check the network${apiUrl === undefined ? '' : ' and DISCORD_API_URL'}, then start again.`,
    );
  }
  const shown = status === undefined ? (code ?? nameOf(error)) : `HTTP ${String(status)}`;
  return new CannotStart(`Discord at ${where} rejected the bot (${String(shown)}). Try again in a few minutes.`);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'no reason given';
}

/** Errors whose messages are safe to log, since they contain no user input. */
const OUR_ERRORS = [StorageError, CannotStart, Unconfirmed];
/** Such as `ENOSPC`, `57P01`, `UND_ERR_SOCKET` or `POST`. */
const CODE_FORM = /^[A-Z0-9_]{1,60}$/v;
const MOST_CAUSES = 3;

/**
 * Returns what may be logged of an error: never what somebody typed, nor the interaction's token that Discord's errors
 * contain.
 */
export function describe(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const isExpected = error instanceof DiscordAPIError || isOurs(error);
  return { ...signsOf(error, MOST_CAUSES), ...(isExpected ? {} : { frames: framesOf(error) }) };
}

/** Leaves out the message, which the stack begins with, even if it looks like a stack. */
function framesOf({ stack = '', message }: Error): readonly string[] {
  return stack.split('\n').filter(line => line.startsWith('    at ') && !message.includes(line));
}

/** Returns the error's name, the codes of it and its causes, and its message if that is ours. */
function signsOf(error: Error, depth: number): object {
  if (error instanceof DiscordAPIError) return { code: error.code, status: error.status, method: error.method };
  const { cause } = error;
  return {
    name: error.name,
    message: isOurs(error) ? error.message : undefined,
    ...Object.fromEntries(SAFE_PROPERTIES.map(sign => [sign, safeProperty(error, sign)])),
    ...placeOf(error),
    cause: cause instanceof Error && depth > 0 ? signsOf(cause, depth - 1) : undefined,
  };
}

function isOurs(error: Error): boolean {
  return OUR_ERRORS.some(kind => error instanceof kind);
}

/** Codes of SQLite, PostgreSQL, the system and HTTP. */
const SAFE_PROPERTIES = ['code', 'errcode', 'status', 'method'] as const;

function safeProperty(error: Error, sign: (typeof SAFE_PROPERTIES)[number]): string | number | undefined {
  const value: unknown = Reflect.get(error, sign);
  if (typeof value === 'number') return value;
  return typeof value === 'string' && CODE_FORM.test(value) ? value : undefined;
}

/** Returns the failed system call with its file or port. File names here contain nobody's words. */
function placeOf(error: Error): object {
  const [errno, syscall, path, port]: readonly unknown[] = ['errno', 'syscall', 'path', 'port'].map(key =>
    Reflect.get(error, key),
  );
  if (typeof errno !== 'number' || typeof syscall !== 'string') return {};
  return { syscall, ...(typeof path === 'string' ? { path } : {}), ...(typeof port === 'number' ? { port } : {}) };
}
