import { type Client, Events } from 'discord.js';
import type { Logger } from 'pino';
import type { Libraries } from '../library/libraries.ts';
import { describe } from './describe.ts';

const day = 24 * 60 * 60 * 1000;

/** Tells the libraries which servers the bot is taken out of and comes back to, and erases what is due, now and daily. */
export function followServers(client: Client<true>, libraries: Libraries, log: Logger): { stop(): void } {
  const owner = (id: string) => ({ kind: 'server', id }) as const;
  const eraseLeft = () => {
    libraries.eraseLeft().then(
      number => log.info({ number }, 'Libraries of servers left long ago were erased'),
      (error: unknown) =>
        log.error({ error: describe(error) }, 'Libraries of servers left long ago could not be erased'),
    );
  };
  // An outage is another event (GuildUnavailable).
  client.on(Events.GuildDelete, ({ id }) => libraries.left(owner(id)));
  client.on(Events.GuildCreate, ({ id }) => libraries.returned(owner(id)));
  // Servers that came back while the bot was away; what is due among the others goes only after that.
  for (const id of client.guilds.cache.keys()) libraries.returned(owner(id));
  eraseLeft();
  const timer = setInterval(eraseLeft, day);
  return { stop: () => clearInterval(timer) };
}
