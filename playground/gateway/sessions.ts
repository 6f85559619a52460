import { randomBytes } from 'node:crypto';
import { GatewayDispatchEvents, GatewayIntentBits, GatewayOpcodes } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import * as z from 'zod/mini';
import { APPLICATION_ID, BOT, type Location } from '../world/servers.ts';
import { shardOf } from '../world/snowflake.ts';

/** An event: its name and its data. */
export interface Packet {
  readonly t: string;
  readonly d: unknown;
}

/** A client's login to one shard. It outlives its connection, so that the client can resume. */
export interface Session {
  readonly id: string;
  readonly shard: readonly [number, number];
  readonly intents: number;
  /** Events to replay if the client resumes. */
  readonly sent: (Packet & { readonly s: number })[];
  sequence: number;
  socket: WebSocket | undefined;
}

export type Login =
  | { readonly kind: 'open'; readonly session: Session }
  | { readonly kind: 'closed'; readonly code: number }
  /** The client must identify again. */
  | { readonly kind: 'unknown session' };

export const CLOSE_CODES = {
  unknownOpcode: 4001,
  decodeError: 4002,
  notAuthenticated: 4003,
  badToken: 4004,
  alreadyAuthenticated: 4005,
  badShard: 4010,
  disallowedIntents: 4014,
} as const;

const identification = z.object({
  token: z.string(),
  intents: z.int(),
  shard: z.optional(z.tuple([z.int().check(z.nonnegative()), z.int().check(z.positive())])),
});
const resumption = z.object({ token: z.string(), session_id: z.string(), seq: z.int() });

const PRIVILEGED = GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent;
const MAX_REPLAYED = 1000;

function closed(code: number): Login {
  return { kind: 'closed', code };
}

/** Handles IDENTIFY: returns a new session or a close code. */
export function identify(token: string, socket: WebSocket, asked: unknown): Login {
  const checked = identification.safeParse(asked);
  if (!checked.success) return closed(CLOSE_CODES.decodeError);
  const { intents, shard = [0, 1] } = checked.data;
  if (checked.data.token !== token) return closed(CLOSE_CODES.badToken);
  if ((intents & PRIVILEGED) !== 0) return closed(CLOSE_CODES.disallowedIntents);
  if (shard[0] >= shard[1]) return closed(CLOSE_CODES.badShard);
  const id = randomBytes(16).toString('hex');
  return { kind: 'open', session: { id, shard, intents, sent: [], sequence: 0, socket } };
}

/** Handles RESUME: replays what the client missed, then sends RESUMED. */
export function resume(
  token: string,
  sessions: ReadonlyMap<string, Session>,
  socket: WebSocket,
  asked: unknown,
): Login {
  const checked = resumption.safeParse(asked);
  if (!checked.success) return closed(CLOSE_CODES.decodeError);
  if (checked.data.token !== token) return closed(CLOSE_CODES.badToken);
  const session = sessions.get(checked.data.session_id);
  const [oldest] = session?.sent ?? [];
  const { seq } = checked.data;
  if (session === undefined || seq > session.sequence || seq + 1 < (oldest?.s ?? 1)) return { kind: 'unknown session' };
  session.socket = socket;
  for (const event of session.sent) {
    if (event.s > seq) socket.send(JSON.stringify({ op: GatewayOpcodes.Dispatch, ...event }));
  }
  dispatchTo(session, GatewayDispatchEvents.Resumed, { _trace: [] });
  return { kind: 'open', session };
}

export function dispatchTo(session: Session, t: string, d: unknown): void {
  session.sequence += 1;
  session.sent.push({ s: session.sequence, t, d });
  if (session.sent.length > MAX_REPLAYED) session.sent.shift();
  session.socket?.send(JSON.stringify({ op: GatewayOpcodes.Dispatch, s: session.sequence, t, d }));
}

function isOnShard({ guild }: Location, [order, count]: Session['shard']): boolean {
  return guild !== undefined && shardOf(guild.id, count) === order;
}

/** Sends GUILD_CREATE for each server of the session's shard. */
export function sendGuilds(session: Session, locations: readonly Location[]): void {
  for (const location of locations) {
    if (isOnShard(location, session.shard)) dispatchTo(session, GatewayDispatchEvents.GuildCreate, location.guild);
  }
}

export function sendReady(session: Session, locations: readonly Location[], gatewayUrl: string): void {
  const own = locations.filter(location => isOnShard(location, session.shard));
  dispatchTo(session, GatewayDispatchEvents.Ready, {
    v: 10,
    user: { ...BOT, verified: true, mfa_enabled: true, email: null, flags: 0 },
    guilds: own.map(({ guild }) => ({ id: guild?.id, unavailable: true })),
    session_id: session.id,
    session_type: 'normal',
    resume_gateway_url: gatewayUrl,
    shard: session.shard,
    application: { id: APPLICATION_ID, flags: 0 },
  });
}
