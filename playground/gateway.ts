import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayDispatchEvents, GatewayIntentBits, GatewayOpcodes } from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';
import * as z from 'zod/mini';
import type { Clock } from './clock.ts';
import type { Happenings } from './happenings.ts';
import { shardOf } from './snowflake.ts';
import { applicationId, bot, type Place } from './world.ts';

interface Session {
  readonly id: string;
  readonly shard: readonly [number, number];
  readonly intents: number;
  /** What was sent, for a client that resumes. */
  readonly sent: { readonly s: number; readonly t: string; readonly d: unknown }[];
  sequence: number;
  socket: WebSocket | undefined;
}

export interface Gateway {
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  isOnline(): boolean;
  /** False when no client is logged in that could ever get it. */
  dispatch(event: string, payload: unknown, guildId: string | undefined, intent?: number): boolean;
  dropSockets(): void;
  invalidateSessions(resumable: boolean): void;
  delayGuilds(milliseconds: number): void;
  duplicateNext(): void;
  close(): void;
}

interface GatewayNeeds {
  readonly clock: Clock;
  readonly token: string;
  readonly places: readonly Place[];
  readonly happenings: Happenings;
  readonly address: () => string;
}

const envelope = z.object({ op: z.int(), d: z.optional(z.unknown()) });
const identification = z.object({
  token: z.string(),
  intents: z.int(),
  shard: z.optional(z.tuple([z.int().check(z.nonnegative()), z.int().check(z.positive())])),
});
const resumption = z.object({ token: z.string(), session_id: z.string(), seq: z.int() });

const privileged = GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent;
const mostReplayed = 1000;
const heartbeatInterval = 41_250;

const closeCodes = {
  unknownOpcode: 4001,
  decodeError: 4002,
  notAuthenticated: 4003,
  badToken: 4004,
  alreadyAuthenticated: 4005,
  badShard: 4010,
  disallowedIntents: 4014,
} as const;

export function createGateway({ clock, token, places, happenings, address }: GatewayNeeds): Gateway {
  const server = new WebSocketServer({ noServer: true, maxPayload: 16_384 });
  const sessions = new Map<string, Session>();
  let guildDelay = 0;
  let copies = 1;

  const isOnline = () => [...sessions.values()].some(session => session.socket !== undefined);

  function send(session: Session, t: string, d: unknown): void {
    session.sequence += 1;
    session.sent.push({ s: session.sequence, t, d });
    if (session.sent.length > mostReplayed) session.sent.shift();
    session.socket?.send(JSON.stringify({ op: GatewayOpcodes.Dispatch, s: session.sequence, t, d }));
  }
  function sendGuilds(session: Session): void {
    for (const { guild } of places) {
      if (guild !== undefined && shardOf(guild.id, session.shard[1]) === session.shard[0]) {
        send(session, GatewayDispatchEvents.GuildCreate, guild);
      }
    }
  }
  function identify(socket: WebSocket, d: unknown): Session | undefined {
    const asked = identification.safeParse(d);
    if (!asked.success) return refuseSocket(socket, closeCodes.decodeError);
    if (asked.data.token !== token) return refuseSocket(socket, closeCodes.badToken);
    if ((asked.data.intents & privileged) !== 0) return refuseSocket(socket, closeCodes.disallowedIntents);
    const shard = asked.data.shard ?? [0, 1];
    if (shard[0] >= shard[1]) return refuseSocket(socket, closeCodes.badShard);
    const id = randomBytes(16).toString('hex');
    const session: Session = { id, shard, intents: asked.data.intents, sent: [], sequence: 0, socket };
    sessions.set(id, session);
    send(session, GatewayDispatchEvents.Ready, readyFor(session, places, address()));
    const delay = guildDelay;
    guildDelay = 0;
    if (delay === 0) sendGuilds(session);
    if (delay > 0) clock.after(delay, () => sendGuilds(session));
    return session;
  }
  function resume(socket: WebSocket, d: unknown): Session | undefined {
    const asked = resumption.safeParse(d);
    if (!asked.success) return refuseSocket(socket, closeCodes.decodeError);
    if (asked.data.token !== token) return refuseSocket(socket, closeCodes.badToken);
    const session = sessions.get(asked.data.session_id);
    if (session === undefined || asked.data.seq > session.sequence) {
      socket.send(JSON.stringify({ op: GatewayOpcodes.InvalidSession, d: false }));
      return undefined;
    }
    session.socket = socket;
    for (const event of session.sent) {
      if (event.s > asked.data.seq) socket.send(JSON.stringify({ op: GatewayOpcodes.Dispatch, ...event }));
    }
    send(session, GatewayDispatchEvents.Resumed, { _trace: [] });
    return session;
  }
  function hear(socket: WebSocket, text: string, session: Session | undefined): Session | undefined {
    const received = envelope.safeParse(parse(text));
    if (!received.success) return refuseSocket(socket, closeCodes.decodeError);
    const { op, d } = received.data;
    if (op === GatewayOpcodes.Heartbeat) socket.send(JSON.stringify({ op: GatewayOpcodes.HeartbeatAck }));
    if (op === GatewayOpcodes.Heartbeat) return session;
    const login = logins[op];
    if (session === undefined)
      return login === undefined ? refuseSocket(socket, closeCodes.notAuthenticated) : login(socket, d);
    if (login !== undefined) return refuseSocket(socket, closeCodes.alreadyAuthenticated);
    return ignored.has(op) ? session : refuseSocket(socket, closeCodes.unknownOpcode);
  }
  const logins: Readonly<Record<number, typeof identify>> = {
    [GatewayOpcodes.Identify]: identify,
    [GatewayOpcodes.Resume]: resume,
  };
  server.on('connection', socket => {
    let session: Session | undefined;
    socket.send(JSON.stringify({ op: GatewayOpcodes.Hello, d: { heartbeat_interval: heartbeatInterval } }));
    socket.on('error', () => socket.terminate());
    socket.on('message', bytes => {
      const before = isOnline();
      session = hear(socket, String(bytes), session);
      if (isOnline() !== before) happenings.announce({ kind: 'bot', online: isOnline() });
    });
    socket.on('close', code => {
      if (session === undefined || session.socket !== socket) return;
      session.socket = undefined;
      // A client that says goodbye does not come back to its session.
      if (code === 1000 || code === 1001) sessions.delete(session.id);
      if (!isOnline()) happenings.announce({ kind: 'bot', online: false });
    });
  });
  return {
    accept: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, one => server.emit('connection', one)),
    isOnline,
    dispatch(event, payload, guildId, intent) {
      const reached = [...sessions.values()].filter(({ shard: [order, count] }) => shardOf(guildId, count) === order);
      const willing = reached.filter(session => intent === undefined || (session.intents & intent) !== 0);
      for (const session of willing) {
        for (let copy = 0; copy < copies; copy += 1) send(session, event, payload);
      }
      copies = 1;
      return reached.length > 0;
    },
    dropSockets() {
      for (const socket of server.clients) socket.terminate();
    },
    invalidateSessions(resumable) {
      for (const session of sessions.values()) {
        session.socket?.send(JSON.stringify({ op: GatewayOpcodes.InvalidSession, d: resumable }));
        if (!resumable) sessions.delete(session.id);
      }
    },
    delayGuilds(milliseconds) {
      guildDelay = milliseconds;
    },
    duplicateNext() {
      copies = 2;
    },
    close() {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

const ignored: ReadonlySet<number> = new Set([
  GatewayOpcodes.PresenceUpdate,
  GatewayOpcodes.VoiceStateUpdate,
  GatewayOpcodes.RequestGuildMembers,
]);

function refuseSocket(socket: WebSocket, code: number): undefined {
  socket.close(code);
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readyFor(session: Session, places: readonly Place[], address: string): unknown {
  const guilds = places.flatMap(({ guild }) => (guild === undefined ? [] : [guild.id]));
  const own = guilds.filter(id => shardOf(id, session.shard[1]) === session.shard[0]);
  return {
    v: 10,
    user: { ...bot, verified: true, mfa_enabled: true, email: null, flags: 0 },
    guilds: own.map(id => ({ id, unavailable: true })),
    session_id: session.id,
    session_type: 'normal',
    resume_gateway_url: `${address.replace('http', 'ws')}/gateway`,
    shard: session.shard,
    application: { id: applicationId, flags: 0 },
  };
}
