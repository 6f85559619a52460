/** Which of the bot's shards run here: Discord deals a bot's servers out to so many connections. */
export type Shards =
  /** All of them. `auto`: as many as Discord recommends. */
  | { readonly kind: 'all'; readonly count: number | 'auto' }
  /** These, of so many; the others run elsewhere. `isChild`: another process of ours started this one for them. */
  | { readonly kind: 'some'; readonly ids: readonly number[]; readonly count: number; readonly isChild: boolean };

type Given = (name: string) => string | undefined;

const oneShard: Shards = { kind: 'all', count: 1 };
const number = /^[1-9]\d{0,4}$/v;
const list = /^\d{1,5}(?:\s*,\s*\d{1,5})*$/v;

/** The settings about shards, and what is told about a value that one cannot have. */
export const shardChecks = {
  SHARDS: {
    good: (value: string) => value === 'auto' || number.test(value),
    expected: 'must be auto, for as many as Discord recommends, or a whole number from 1 to 99999.',
  },
  SHARD_IDS: { good: (value: string) => list.test(value), expected: 'must be numbers from 0 on, like 0,1.' },
  SHARD_COUNT: { good: (value: string) => number.test(value), expected: 'must be a whole number from 1 to 99999.' },
};

/** Values that are good each by itself and do not go together; each a sentence. */
export function shardProblems(given: Given): readonly string[] {
  const [shards, ids, count] = [given('SHARDS'), given('SHARD_IDS'), given('SHARD_COUNT')];
  if (ids === undefined && count === undefined) return [];
  if (ids === undefined || count === undefined) {
    return ['SHARD_IDS and SHARD_COUNT go together: which shards run here, and how many there are on all machines.'];
  }
  if (shards !== undefined)
    return ['SHARDS is for all shards at one place, SHARD_IDS for some of them: set one of the two.'];
  if (idsIn(ids).some(id => id >= Number(count))) {
    return [`SHARD_IDS must be below SHARD_COUNT: with ${count} there are the shards 0 to ${Number(count) - 1}.`];
  }
  if (given('DATABASE_URL') !== undefined) return [];
  const reason =
    'in files, each machine would have libraries of its own, and whose a person finds would depend on where they ask';
  return [`SHARD_IDS needs DATABASE_URL, one store for all machines: ${reason}.`];
}

/** Of values that are good. */
export function shardsOf(given: Given): Shards {
  const [shards, ids, count] = [given('SHARDS'), given('SHARD_IDS'), given('SHARD_COUNT')];
  if (ids !== undefined) return { kind: 'some', ids: idsIn(ids), count: Number(count), isChild: false };
  if (shards === undefined) return oneShard;
  return { kind: 'all', count: shards === 'auto' ? 'auto' : Number(shards) };
}

/** What discord.js's ShardingManager tells a process that it starts; `undefined`: it did not start this one. */
export function shardsOfChild(environment: Readonly<Record<string, string | undefined>>): Shards | undefined {
  if (environment.SHARDING_MANAGER !== 'true') return undefined;
  const { SHARDS: id, SHARD_COUNT: count } = environment;
  return { kind: 'some', ids: [Number(id)], count: Number(count), isChild: true };
}

function idsIn(value: string): readonly number[] {
  return [...new Set(value.split(',').map(Number))];
}
