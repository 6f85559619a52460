import { type ExitCode, exitCodes } from '../exit-codes.ts';

/** Why the bot cannot start or go on, as a sentence for whoever runs it. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
  /** What the process ends with: whether to try again may help. */
  readonly exitCode: ExitCode;

  constructor(sentence: string, exitCode: ExitCode = exitCodes.failed, options?: ErrorOptions) {
    super(sentence, options);
    this.exitCode = exitCode;
  }
}

const tokenPage = 'https://discord.com/developers/applications';
const refusedToken = `Discord refused the token in DISCORD_TOKEN: make a new one at ${tokenPage} (your application, Bot, Reset Token) and put it into .env.`;

const refusedShards =
  'Discord refused the bot with so many shards: set SHARDS=auto, or on several machines make SHARD_COUNT larger (docs/scale.md).';

/** Close code, HTTP status or error code by which Discord says that the token is not good. */
const tokenSigns = new Set<unknown>([4004, 401, 'TokenInvalid']);
/** Close codes, and what @discordjs/ws makes of them, by which Discord says that it takes the bot with other shards alone. */
const shardSigns = new Set<unknown>([4010, 4011, 'Invalid shard', 'Sharding is required']);

function signOf(error: unknown, key: 'code' | 'status' | 'message'): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
}

/** What the network says went wrong, as `ECONNREFUSED`; it may lie a few causes deep. */
function networkCode(error: unknown): string | undefined {
  const code = signOf(error, 'code');
  if (typeof code === 'string' && /^(?:E[A-Z_]+|UND_ERR_\w+)$/v.test(code)) return code;
  return error instanceof Error && error.cause !== undefined ? networkCode(error.cause) : undefined;
}

function misconfigured(sentence: string): CannotStart {
  return new CannotStart(sentence, exitCodes.misconfigured);
}

/** The sentence for an error that kept the bot out. The token is never in it. */
export function reasonFor(error: unknown, apiUrl: string | undefined): CannotStart {
  const code = signOf(error, 'code');
  const isToken = tokenSigns.has(code) || tokenSigns.has(signOf(error, 'status'));
  if (isToken || signOf(error, 'message') === 'Authentication failed') return misconfigured(refusedToken);
  if (shardSigns.has(code) || shardSigns.has(signOf(error, 'message'))) return misconfigured(refusedShards);
  const network = networkCode(error);
  const where = apiUrl ?? 'discord.com';
  if (network !== undefined) {
    return new CannotStart(
      `Discord could not be reached at ${where} (${network}): check the network${apiUrl === undefined ? '' : ' and DISCORD_API_URL'}, then start again.`,
    );
  }
  const sign = code ?? signOf(error, 'status') ?? (error instanceof Error ? error.name : 'no reason given');
  return new CannotStart(`Discord at ${where} did not let the bot in (${String(sign)}): try again in a little while.`);
}
