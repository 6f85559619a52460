import { type Client, Events, RequestMethod, Routes, ShardClientUtil } from 'discord.js';
import { GatewayDispatchEvents, type GatewayReadyDispatchData } from 'discord-api-types/v10';
import type { Logger } from 'pino';
import type { Libraries } from '../library/libraries.ts';
import { describe } from './errors.ts';

const DAY = 24 * 60 * 60 * 1000;

export interface ServersOptions {
  readonly libraries: Libraries;
  /** True if a server that Discord doesn't list has removed the bot. The playground lists only its own. */
  readonly noticesLeaving: boolean;
  readonly log: Logger;
}

function ownerOf(id: string) {
  return { kind: 'server', id } as const;
}

/** True if the server belongs to a shard of this process, so that Discord would have listed it here. */
export function isOurServer({ options, ws }: Client<true>, id: string): boolean {
  return ws.shards.has(ShardClientUtil.shardIdForGuildId(id, options.shardCount ?? 1));
}

/**
 * Returns Discord's time, in milliseconds since 1970. This machine's clock may be wrong by years, and what it erases
 * doesn't come back. Throws if Discord can't be reached or `signal` is aborted.
 */
async function discordTime({ rest }: Client, signal: AbortSignal): Promise<number> {
  const request = { fullRoute: Routes.gateway(), method: RequestMethod.Get, auth: false, signal };
  const { headers } = await rest.queueRequest(request);
  const time = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(time)) throw new Error('Discord sent no date');
  return time;
}

/** Records which servers added or removed the bot while it was offline. */
async function catchUp(
  client: Client<true>,
  { libraries, noticesLeaving }: ServersOptions,
  time: () => Promise<number>,
): Promise<void> {
  const { cache } = client.guilds;
  for (const id of cache.keys()) await libraries.cancelErasure(ownerOf(id));
  if (!noticesLeaving) return;
  const now = await time();
  for (const id of await libraries.knownServers()) {
    // Discord lists servers that are down too, so this isn't an outage.
    if (!cache.has(id) && isOurServer(client, id)) await libraries.scheduleErasure(ownerOf(id), now);
  }
}

async function eraseLeft(
  client: Client<true>,
  { libraries, log }: ServersOptions,
  time: () => Promise<number>,
  report: (sentence: string, error: unknown) => void,
): Promise<void> {
  const announce = (server: string, when: string) =>
    log.warn({ server, when }, 'The library of a server that the bot left 30 days ago will be erased');
  await time()
    .then(now => libraries.eraseDue(now, id => isOurServer(client, id), announce))
    .then(
      number => log.info({ number }, 'Erased libraries of servers left long ago'),
      (error: unknown) => report('Cannot erase libraries of servers left long ago', error),
    );
}

/** Records which servers add and remove the bot, and erases the libraries that are due, now and daily. */
export function followServers(client: Client<true>, following: ServersOptions): { stop(): Promise<void> } {
  const { libraries, log } = following;
  const stopping = new AbortController();
  const report = (sentence: string, error: unknown) => {
    // Stopping cancels requests. The next start catches up.
    const isCancelled = stopping.signal.aborted && error instanceof Error && error.name === 'AbortError';
    if (!isCancelled) log.error({ error: describe(error) }, sentence);
  };
  let last: Promise<unknown> = Promise.resolve();
  /** Records events one after the other, so that leaving and coming back keep their order. Resolves to whether it could. */
  const inOrder = (record: () => Promise<void>): Promise<boolean> => {
    const recorded = last.then(record).then(
      () => true,
      (error: unknown) => {
        report('Cannot record which servers the bot is in', error);
        return false;
      },
    );
    last = recorded;
    return recorded;
  };
  const time = () => discordTime(client, stopping.signal);
  const leave = (id: string) => void inOrder(async () => libraries.scheduleErasure(ownerOf(id), await time()));
  // An outage is another event (GuildUnavailable).
  client.on(Events.GuildDelete, ({ id }) => leave(id));
  // A new session lists all servers. discord.js keeps those that removed the bot since the last one.
  client.ws.on(GatewayDispatchEvents.Ready, ({ guilds }: GatewayReadyDispatchData, shard) => {
    const listed = new Set(guilds.map(({ id }) => id));
    const gone = client.guilds.cache.filter(({ id, shardId }) => shardId === shard && !listed.has(id));
    for (const id of gone.keys()) {
      client.guilds.cache.delete(id);
      leave(id);
    }
  });
  client.on(Events.GuildCreate, ({ id }) => void inOrder(() => libraries.cancelErasure(ownerOf(id))));
  const tidy = async () => {
    // Erases nothing unless the servers are known: one may have added the bot again.
    if (await inOrder(() => catchUp(client, following, time))) await eraseLeft(client, following, time, report);
  };
  let tidying = tidy();
  const timer = setInterval(() => {
    tidying = tidy();
  }, DAY);
  const stop = async () => {
    clearInterval(timer);
    stopping.abort();
    await Promise.all([last, tidying]);
  };
  return { stop };
}
