import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayDispatchEvents, GatewayOpcodes } from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';
import * as z from 'zod/mini';
import type { Faults } from '../faults.ts';
import { isRecord, parseJson } from '../json.ts';
import type { Clock } from '../world/clock.ts';
import type { Events } from '../world/events.ts';
import type { Location } from '../world/servers.ts';
import { shardOf } from '../world/snowflake.ts';
import {
  CLOSE_CODES,
  dispatchTo,
  identify,
  type Login,
  type Packet,
  resume,
  type Session,
  sendGuilds,
  sendReady,
} from './sessions.ts';

interface GatewayOptions {
  readonly clock: Clock;
  readonly token: string;
  readonly locations: readonly Location[];
  readonly events: Events;
  readonly address: () => string;
  /** The number of shards it recommends. */
  readonly shards: number;
}

const envelope = z.object({ op: z.int(), d: z.optional(z.unknown()) });
const HEARTBEAT_INTERVAL = 41_250;
const MAX_BYTES = 16_384;

const IGNORED: ReadonlySet<number> = new Set([
  GatewayOpcodes.PresenceUpdate,
  GatewayOpcodes.VoiceStateUpdate,
  GatewayOpcodes.RequestGuildMembers,
]);

/** The field `session_start_limit` of `GET /gateway/bot`. */
interface LoginLimit {
  readonly total: number;
  readonly remaining: number;
  readonly reset_after: number;
  readonly max_concurrency: number;
}

const LOGINS_AT_ONCE = 16;
/** `resetsAt` is in the clock's milliseconds. */
const UNLIMITED = { total: 1000, remaining: 1000, resetsAt: Number.POSITIVE_INFINITY };

/** Discord's gateway, with uncompressed JSON only. */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: MAX_BYTES });
  readonly #sessions = new Map<string, Session>();
  #guildDelay = 0;
  #duplicates = 0;
  #lateness = 0;
  #connectionsToFail = 0;
  #closing = { code: 0, times: 0 };
  #limit = { ...UNLIMITED };
  #wasOnline = false;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#server.on('connection', socket => this.#connect(socket));
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.#connectionsToFail > 0) {
      this.#connectionsToFail -= 1;
      socket.end('HTTP/1.1 500 Internal Server Error\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, accepted => this.#server.emit('connection', accepted));
  }

  get url(): string {
    return `${this.#options.address().replace('http', 'ws')}/gateway`;
  }

  get shards(): number {
    return this.#options.shards;
  }

  loginLimit(): LoginLimit {
    const wait = this.#limit.resetsAt - this.#options.clock.now();
    if (wait <= 0) this.#limit = { ...UNLIMITED, total: this.#limit.total, remaining: this.#limit.total };
    const { total, remaining } = this.#limit;
    const reset = wait > 0 && Number.isFinite(wait) ? wait : 0;
    return { total, remaining, reset_after: reset, max_concurrency: LOGINS_AT_ONCE };
  }

  limitLogins({ total, remaining, milliseconds }: Parameters<Faults['limitLogins']>[0]): void {
    this.#limit = { total, remaining, resetsAt: this.#options.clock.now() + milliseconds };
  }

  /** Returns the sessions with a connected client. */
  online(): readonly Session[] {
    return [...this.#sessions.values()].filter(session => session.socket !== undefined);
  }

  isOnline(): boolean {
    return this.online().length > 0;
  }

  /** Closes a shard's connection as if its token had been revoked; the client doesn't reconnect. */
  shutOut(shard: number): void {
    for (const session of this.online()) {
      if (session.shard[0] !== shard) continue;
      this.#sessions.delete(session.id);
      session.socket?.close(CLOSE_CODES.badToken);
    }
  }

  /**
   * Sends an event to the guild's shard, if its session has the intent that the event needs. Returns false if the shard
   * has no session.
   */
  dispatch(event: string, payload: unknown, guildId: string | undefined, intent = 0): boolean {
    const reached = [...this.#sessions.values()].filter(
      ({ shard: [order, count], intents }) => shardOf(guildId, count) === order && (intents & intent) === intent,
    );
    const isInteraction = event === GatewayDispatchEvents.InteractionCreate;
    const isTwice = (isInteraction || isPersonsMessage(event, payload)) && this.#duplicates > 0;
    if (isTwice) this.#duplicates -= 1;
    const send = () => {
      for (const session of reached) {
        dispatchTo(session, event, payload);
        if (isTwice) dispatchTo(session, event, payload);
      }
    };
    if (isInteraction && this.#lateness > 0) {
      this.#options.clock.after(this.#lateness, send);
      this.#lateness = 0;
    } else send();
    return reached.length > 0;
  }

  /** Sends all connected shards a packet, unchecked. */
  send({ t, d }: Packet): void {
    for (const session of this.online()) dispatchTo(session, t, d);
  }

  dropSockets(): void {
    for (const socket of this.#server.clients) socket.terminate();
  }

  invalidateSessions(resumable: boolean): void {
    for (const session of [...this.#sessions.values()]) {
      session.socket?.send(JSON.stringify({ op: GatewayOpcodes.InvalidSession, d: resumable }));
      // The client identifies or resumes on the same connection.
      session.socket = undefined;
      if (!resumable) this.#sessions.delete(session.id);
    }
    this.#updatePresence();
  }

  /** Drops all sessions silently, so that the next RESUME fails. */
  forgetSessions(): void {
    this.#sessions.clear();
    this.#updatePresence();
  }

  failConnections(times: number): void {
    this.#connectionsToFail += times;
  }

  closeLogins(code: number, times: number): void {
    this.#closing = { code, times };
  }

  delayGuilds(milliseconds: number): void {
    this.#guildDelay = milliseconds;
  }

  duplicateNext(times: number): void {
    this.#duplicates += times;
  }

  delayNext(milliseconds: number): void {
    this.#lateness = milliseconds;
  }

  close(): void {
    this.dropSockets();
    this.#server.close();
  }

  #connect(socket: WebSocket): void {
    let session: Session | undefined;
    socket.send(JSON.stringify({ op: GatewayOpcodes.Hello, d: { heartbeat_interval: HEARTBEAT_INTERVAL } }));
    socket.on('error', () => socket.terminate());
    socket.on('message', bytes => {
      session = this.#receive(socket, String(bytes), session?.socket === socket ? session : undefined);
      this.#updatePresence();
    });
    socket.on('close', code => {
      if (session === undefined || session.socket !== socket) return;
      session.socket = undefined;
      // A client that closes normally doesn't resume.
      if (code === 1000 || code === 1001) this.#sessions.delete(session.id);
      this.#updatePresence();
    });
  }

  #receive(socket: WebSocket, text: string, session: Session | undefined): Session | undefined {
    const received = envelope.safeParse(parseJson(text));
    if (!received.success) return hangUp(socket, CLOSE_CODES.decodeError);
    const { op, d } = received.data;
    if (op === GatewayOpcodes.Heartbeat) {
      socket.send(JSON.stringify({ op: GatewayOpcodes.HeartbeatAck }));
      return session;
    }
    const isLogin = op === GatewayOpcodes.Identify || op === GatewayOpcodes.Resume;
    if (session === undefined)
      return isLogin ? this.#logIn(socket, op, d) : hangUp(socket, CLOSE_CODES.notAuthenticated);
    if (isLogin) return hangUp(socket, CLOSE_CODES.alreadyAuthenticated);
    return IGNORED.has(op) ? session : hangUp(socket, CLOSE_CODES.unknownOpcode);
  }

  #logIn(socket: WebSocket, op: number, asked: unknown): Session | undefined {
    const { token } = this.#options;
    const isNew = op === GatewayOpcodes.Identify;
    if (isNew && this.#closing.times > 0) {
      this.#closing.times -= 1;
      return hangUp(socket, this.#closing.code);
    }
    // Discord resets the token of a bot that logs in too often.
    if (isNew && this.loginLimit().remaining <= 0) return hangUp(socket, CLOSE_CODES.badToken);
    if (isNew) this.#limit.remaining -= 1;
    const login: Login = isNew ? identify(token, socket, asked) : resume(token, this.#sessions, socket, asked);
    if (login.kind === 'closed') return hangUp(socket, login.code);
    if (login.kind === 'unknown session') {
      socket.send(JSON.stringify({ op: GatewayOpcodes.InvalidSession, d: false }));
      return undefined;
    }
    if (isNew) this.#start(login.session);
    return login.session;
  }

  #start(session: Session): void {
    const { clock, locations } = this.#options;
    this.#sessions.set(session.id, session);
    sendReady(session, locations, this.url);
    const delay = this.#guildDelay;
    this.#guildDelay = 0;
    if (delay > 0) clock.after(delay, () => sendGuilds(session, locations));
    if (delay === 0) sendGuilds(session, locations);
  }

  #updatePresence(): void {
    const online = this.isOnline();
    if (online === this.#wasOnline) return;
    this.#wasOnline = online;
    this.#options.events.emit({ kind: 'bot', online });
  }
}

function isPersonsMessage(event: string, payload: unknown): boolean {
  if (event !== GatewayDispatchEvents.MessageCreate || !isRecord(payload)) return false;
  return isRecord(payload.author) && payload.author.bot !== true;
}

function hangUp(socket: WebSocket, code: number): undefined {
  socket.close(code);
  return undefined;
}
