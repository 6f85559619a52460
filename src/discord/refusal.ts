/** Why the bot cannot start or go on, as a sentence for whoever runs it. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

const tokenPage = 'https://discord.com/developers/applications';
const refusedToken = `Discord refused the token in DISCORD_TOKEN: make a new one at ${tokenPage} (your application, Bot, Reset Token) and put it into .env.`;

/** Close code, HTTP status or error code by which Discord says that the token is not good. */
const tokenSigns = new Set<unknown>([4004, 401, 'TokenInvalid']);

function signOf(error: unknown, key: 'code' | 'status' | 'message'): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
}

/** What the network says went wrong, as `ECONNREFUSED`; it may lie a few causes deep. */
function networkCode(error: unknown): string | undefined {
  const code = signOf(error, 'code');
  if (typeof code === 'string' && /^(?:E[A-Z_]+|UND_ERR_\w+)$/v.test(code)) return code;
  return error instanceof Error && error.cause !== undefined ? networkCode(error.cause) : undefined;
}

/** The sentence for an error that kept the bot out. The token is never in it. */
export function reasonFor(error: unknown, apiUrl: string | undefined): CannotStart {
  const code = signOf(error, 'code');
  const isToken = tokenSigns.has(code) || tokenSigns.has(signOf(error, 'status'));
  if (isToken || signOf(error, 'message') === 'Authentication failed') return new CannotStart(refusedToken);
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
