import type { FaultPlan } from '../faults.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { ComposeContext } from '../rest/compose.ts';
import type { Attached } from './attachments.ts';
import type { Channels } from './channels.ts';
import type { Clock } from './clock.ts';
import type { Commands } from './commands.ts';
import type { Events } from './events.ts';
import type { Interactions } from './interactions.ts';
import type { Messages } from './messages.ts';
import type { Location } from './servers.ts';

/** The state and services of the stand-in for Discord, shared by the REST API, the gateway and the page. */
export interface Platform {
  readonly clock: Clock;
  readonly nextId: () => string;
  readonly token: string;
  readonly locations: Location[];
  readonly channels: Channels;
  readonly events: Events;
  readonly messages: Messages;
  readonly commands: Commands;
  readonly interactions: Interactions;
  readonly attached: Attached;
  readonly gateway: Gateway;
  readonly faults: FaultPlan;
  /** Users who have left all servers. */
  readonly left: Set<string>;
  /** Returns `http://127.0.0.1:PORT`, once the server listens. */
  readonly address: () => string;
}

export function composeContext(platform: Platform): ComposeContext {
  return { nextId: platform.nextId, address: platform.address(), now: platform.clock.now() };
}
