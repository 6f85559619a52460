import { REST } from 'discord.js';
import { Routes } from 'discord-api-types/v10';
import { CannotStart, reasonFor } from './refusal.ts';

/** What Discord says about a bot's connections. */
export interface Recommended {
  /** How many shards the bot should have. */
  readonly shards: number;
  /** How many may log in within five seconds. */
  readonly atOnce: number;
}

/** Asks the API that is set. Throws `CannotStart` with a sentence to show. */
export async function recommendedBy(token: string, apiUrl: string | undefined): Promise<Recommended> {
  const rest = new REST(apiUrl === undefined ? {} : { api: apiUrl }).setToken(token);
  const answer: unknown = await rest.get(Routes.gatewayBot()).catch((error: unknown) => {
    throw reasonFor(error, apiUrl);
  });
  const shards = numberIn(answer, 'shards');
  if (shards === undefined)
    throw new CannotStart('Discord did not say how many shards the bot should have: set SHARDS to a number.');
  const limit: unknown = Reflect.get(Object(answer), 'session_start_limit');
  return { shards, atOnce: numberIn(limit, 'max_concurrency') ?? 1 };
}

function numberIn(value: unknown, key: string): number | undefined {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof found === 'number' && found >= 1 ? found : undefined;
}
