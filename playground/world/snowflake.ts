import type { Clock } from './clock.ts';

const DISCORD_EPOCH = 1_420_070_400_000n;

/** Creates Discord ids, which sort by age because the upper bits are the time. */
export function createIds(clock: Clock): () => string {
  let last = 0n;
  return () => {
    const fresh = (BigInt(clock.now()) - DISCORD_EPOCH) << 22n;
    last = fresh > last ? fresh : last + 1n;
    return last.toString();
  };
}

/** Returns the id with its time moved ahead. */
export function datedAhead(id: string, milliseconds: number): string {
  return (BigInt(id) + (BigInt(milliseconds) << 22n)).toString();
}

/** Returns the shard that gets a guild's events. Direct messages go to shard 0. */
export function shardOf(guildId: string | undefined, shards: number): number {
  return guildId === undefined ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(shards));
}
