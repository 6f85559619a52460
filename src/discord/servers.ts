import { type Client, Events, ShardClientUtil } from 'discord.js';
import type { Logger } from 'pino';
import type { Libraries } from '../library/libraries.ts';
import { describe } from './errors.ts';

const day = 24 * 60 * 60 * 1000;

export interface Following {
  readonly libraries: Libraries;
  /** Whether a server that Discord does not name has taken the bot out. A playground knows no servers but its own. */
  readonly noticesLeaving: boolean;
  readonly log: Logger;
}

function ownerOf(id: string) {
  return { kind: 'server', id } as const;
}

/** Whether Discord would have told this client of a server that the bot is in. */
function isOurs({ options, ws }: Client<true>, id: string): boolean {
  return ws.shards.has(ShardClientUtil.shardIdForGuildId(id, options.shardCount ?? 1));
}

/** Servers that the bot came back to while it was away, and those that it was taken out of. */
async function catchUp(client: Client<true>, { libraries, noticesLeaving }: Following): Promise<void> {
  const { cache } = client.guilds;
  for (const id of cache.keys()) await libraries.returned(ownerOf(id));
  if (!noticesLeaving) return;
  for (const id of await libraries.knownServers()) {
    // An outage is no leaving: Discord names a server that is down, too.
    if (!cache.has(id) && isOurs(client, id)) await libraries.left(ownerOf(id));
  }
}

/** What is noted of servers, one after the other, so that leaving and coming back keep their order. */
class Notes {
  readonly #log: Logger;
  #last: Promise<unknown> = Promise.resolve();

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Whether it could be noted. */
  add(note: () => Promise<void>): Promise<boolean> {
    const noted = this.#last.then(note).then(
      () => true,
      (error: unknown) => {
        this.#log.error({ error: describe(error) }, 'Which servers the bot is in could not be noted');
        return false;
      },
    );
    this.#last = noted;
    return noted;
  }

  async settled(): Promise<void> {
    await this.#last;
  }
}

async function eraseLeft(client: Client<true>, { libraries, log }: Following): Promise<void> {
  await libraries
    .eraseLeft(id => isOurs(client, id))
    .then(
      number => log.info({ number }, 'Libraries of servers left long ago were erased'),
      (error: unknown) =>
        log.error({ error: describe(error) }, 'Libraries of servers left long ago could not be erased'),
    );
}

/** Tells the libraries which servers the bot is taken out of and comes back to, and erases what is due, now and daily. */
export function followServers(client: Client<true>, following: Following): { stop(): Promise<void> } {
  const { libraries, log } = following;
  const notes = new Notes(log);
  // An outage is another event (GuildUnavailable).
  client.on(Events.GuildDelete, ({ id }) => void notes.add(() => libraries.left(ownerOf(id))));
  client.on(Events.GuildCreate, ({ id }) => void notes.add(() => libraries.returned(ownerOf(id))));
  const tidy = async () => {
    // Nothing is erased while it is not known where the bot is: a server may have it back.
    if (await notes.add(() => catchUp(client, following))) await eraseLeft(client, following);
  };
  void tidy();
  const timer = setInterval(() => void tidy(), day);
  const stop = async () => {
    clearInterval(timer);
    await notes.settled();
  };
  return { stop };
}
