import type { Inspected } from '../library/libraries.ts';
import { Meter } from '../watching/meter.ts';
import { openStation } from '../watching/station.ts';
import type { Bot } from './bot.ts';
import type { Shutdown } from './shutdown.ts';

/** What whoever watches the bot gets to see. */
export interface Watched {
  readonly meter: Meter;
  /** From now on it is about this bot; before, nothing is connected. */
  follow(bot: Bot): void;
}

/** Shows health and figures at an address of this machine until the end. Rejects where it is taken. */
export async function watch(
  at: { readonly host: string; readonly port: number },
  libraries: Inspected,
  shutdown: Shutdown,
): Promise<Watched> {
  let bot: Bot | undefined;
  const meter = new Meter();
  const gateway = () => bot?.gateway() ?? { isConnected: false, milliseconds: undefined };
  meter.watch({ gateway, libraries: () => libraries.state() });
  const needs = [
    { name: 'gateway connected', isMet: () => gateway().isConnected },
    { name: 'store answering', isMet: () => libraries.check().then(() => true) },
    { name: 'taking new work', isMet: () => !shutdown.isEnding },
  ];
  const station = await openStation({ ...at, meter, needs });
  shutdown.afterwards(station.close);
  return {
    meter,
    follow: started => {
      bot = started;
    },
  };
}
