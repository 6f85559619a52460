import { DiscordAPIError } from 'discord.js';

/** What of an error may be kept: never what somebody typed, nor the interaction's token, which Discord's errors hold. */
export function describe(error: unknown): object {
  if (error instanceof DiscordAPIError) return { code: error.code, status: error.status, method: error.method };
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = error.stack?.split('\n').filter(line => line.startsWith('    at '));
  const cause = error.cause instanceof Error ? { cause: codeOf(error.cause) } : {};
  return { name: error.name, ...cause, frames };
}

/** The number that SQLite gives, or the system's code, as `ENOSPC`: never the message, which may hold what was to be written. */
function codeOf(cause: Error): unknown {
  return Reflect.get(cause, 'errcode') ?? Reflect.get(cause, 'code') ?? cause.name;
}
