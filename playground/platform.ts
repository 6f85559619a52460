import type { Attached } from './attached.ts';
import type { Clock } from './clock.ts';
import type { Commands } from './commands.ts';
import type { Frame } from './compose.ts';
import type { FaultPlan } from './faults.ts';
import type { Gateway } from './gateway.ts';
import type { Happenings } from './happenings.ts';
import type { Interactions } from './interactions.ts';
import type { Messages } from './messages.ts';
import type { Place } from './world.ts';

/** All that the stand-in for Discord is made of; its routes and the page work on it. */
export interface Platform {
  readonly clock: Clock;
  readonly nextId: () => string;
  readonly token: string;
  readonly places: Place[];
  readonly happenings: Happenings;
  readonly messages: Messages;
  readonly commands: Commands;
  readonly interactions: Interactions;
  readonly attached: Attached;
  readonly gateway: Gateway;
  readonly faults: FaultPlan;
  /** `http://127.0.0.1:PORT`, known once the server listens. */
  readonly address: () => string;
}

export function frameOf(platform: Platform): Frame {
  return { nextId: platform.nextId, address: platform.address(), now: platform.clock.now() };
}
