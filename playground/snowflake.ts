import type { Clock } from './clock.ts';

const discordEpoch = 1_420_070_400_000n;

/** Discord's ids: time in the upper bits, so that they sort by age and go on rising after a restart. */
export function createIds(clock: Clock): () => string {
  let last = 0n;
  return () => {
    const fresh = (BigInt(clock.now()) - discordEpoch) << 22n;
    last = fresh > last ? fresh : last + 1n;
    return last.toString();
  };
}

/** The shard that a guild's events go to; direct messages go to shard 0. */
export function shardOf(guildId: string | undefined, shards: number): number {
  return guildId === undefined ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(shards));
}
