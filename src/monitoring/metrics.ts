import { statfs } from 'node:fs/promises';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { inTime } from './server.ts';

/** An interaction's first response. `thinking`: deferred, with the answer later. */
export type FirstAnswer = 'message' | 'private message' | 'thinking' | 'update' | 'choices' | 'form' | 'none';

/** An interaction from arrival to last response. Contains no user input, so it may be logged. */
export interface InteractionRecord {
  /** The id of the interaction, or of the message. */
  readonly interaction: string;
  /** The server whose library it used; undefined: the user's own library. */
  readonly server: string | undefined;
  /** One of our own names, such as `who said`, `button keep` or `mention`; never one that was received. */
  readonly command: string;
  /**
   * `turned away`: the bot was shutting down. `ignored`: a message that isn't answered where it is, above a limit, or
   * because it asks nothing. `expired`: too late to start. `superseded`: the user typed on. `late`:
   * Discord no longer waited for the answer or already had one, or somebody deleted its message.
   */
  readonly result: 'answered' | 'turned away' | 'ignored' | 'expired' | 'superseded' | 'late' | 'failed';
  readonly answer: FirstAnswer;
  /** Milliseconds from arrival to first response. */
  readonly first: number | undefined;
  /** Milliseconds from arrival to last response. */
  readonly final: number;
  /** What may be logged of an error; undefined if there was none. */
  readonly error: object | undefined;
}

/** `open`: libraries; `articles`: in them; `taken`: articles added since the start, by kind. */
interface LibrariesState {
  readonly open: number;
  readonly articles: number;
  /** Articles without vectors. */
  readonly unencoded: number;
  readonly taken: Readonly<Record<string, number>>;
}

/** Values that are looked up whenever the metrics are read. */
interface Sources {
  /** `milliseconds`: the round trip, undefined before the first heartbeat. */
  gateway(): { readonly isConnected: boolean; readonly milliseconds: number | undefined };
  /** How many of a day's logins remain; undefined until Discord reports it. */
  logins(): { readonly remaining: number; readonly total: number } | undefined;
  libraries(): Promise<LibrariesState>;
  /** The number of queries that wait for a connection to the database. */
  waiting(): number;
}

/** Discord's error code for a body it rejects. */
const INVALID_FORM = 50_035;
/** Discord's error codes for a first response that is too late, or not the first. */
const [UNKNOWN_INTERACTION, ALREADY_ACKNOWLEDGED] = [10_062, 40_060];
/** The statuses that Discord counts as invalid requests. After 10,000 in ten minutes, it blocks the address. */
const INVALID_REQUESTS: ReadonlySet<number> = new Set([401, 403, 429]);
const FIRST_SERVER_ERROR = 500;
/** In seconds. Discord waits 3 for a first response; the rest may take minutes. */
const FIRST_BOUNDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 3];
/** Connecting takes some 10 ms; after 8 s a query gives up. */
const WAIT_BOUNDS = [0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8];
const FINAL_BOUNDS = [...FIRST_BOUNDS, 5, 10, 30, 60, 300];

/** Returns the code of Discord, the disk or the database, else the error's name: few values, and none from users. */
function nameOf(error: object): string {
  const [errcode, code, status, cause, name]: readonly unknown[] = ['errcode', 'code', 'status', 'cause', 'name'].map(
    key => Reflect.get(error, key),
  );
  const sign = errcode ?? code;
  if (sign !== undefined) return String(sign);
  if (typeof cause === 'object' && cause !== null) return nameOf(cause);
  return status === undefined ? String(name) : `${name} ${status}`;
}

/** The pattern of a route: names of Discord's, and `:id` or `:token` for anything else. */
const ROUTE_PATTERN = /^(?:\/[:@]?[a-z][a-z\-]*)+$/v;

function patternOf(route: string): string {
  return ROUTE_PATTERN.test(route) ? route : 'other';
}

/** The metrics for Prometheus (text format 0.0.4): interactions, their latency, and this process. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #interactions = new Counter({
    name: 'verbatim_interactions_total',
    help: 'Interactions by command and result',
    labelNames: ['command', 'result', 'answer'],
    registers: [this.#registry],
  });
  readonly #first = new Histogram({
    name: 'verbatim_first_answer_seconds',
    help: 'Time from an interaction’s arrival to its first response',
    labelNames: ['command'],
    buckets: FIRST_BOUNDS,
    registers: [this.#registry],
  });
  readonly #final = new Histogram({
    name: 'verbatim_final_answer_seconds',
    help: 'Time from an interaction’s arrival to its last response',
    labelNames: ['command'],
    buckets: FINAL_BOUNDS,
    registers: [this.#registry],
  });
  readonly #errors = new Counter({
    name: 'verbatim_interaction_errors_total',
    help: 'Failed interactions by error code or name',
    labelNames: ['error'],
    registers: [this.#registry],
  });
  readonly #refused = new Counter({
    name: 'verbatim_refused_bodies_total',
    help: 'Responses that Discord rejected as invalid',
    registers: [this.#registry],
  });
  readonly #refusedAnswers = new Counter({
    name: 'verbatim_refused_answers_total',
    help: 'First responses that Discord rejected, by its error code',
    labelNames: ['code'],
    registers: [this.#registry],
  });
  readonly #discordFailures = new Counter({
    name: 'verbatim_discord_failures_total',
    help: 'Responses of Discord with status 401, 403, 429 or 5xx, by route',
    labelNames: ['route', 'status'],
    registers: [this.#registry],
  });
  readonly #discordDelays = new Counter({
    name: 'verbatim_discord_delays_total',
    help: 'Requests that waited for a rate limit of Discord, by route',
    labelNames: ['route'],
    registers: [this.#registry],
  });
  readonly #reconnects = new Counter({
    name: 'verbatim_gateway_reconnects_total',
    help: 'Reconnections to the gateway',
    registers: [this.#registry],
  });
  readonly #waits = new Histogram({
    name: 'verbatim_database_wait_seconds',
    help: 'Time that queries waited for a connection to PostgreSQL',
    buckets: WAIT_BOUNDS,
    registers: [this.#registry],
  });
  readonly #slowStatements = new Counter({
    name: 'verbatim_slow_statements_total',
    help: 'SQL statements that took 500 ms or longer',
    registers: [this.#registry],
  });
  readonly #droppedPackets = new Counter({
    name: 'verbatim_dropped_packets_total',
    help: 'Packets from Discord that could not be handled, by event',
    labelNames: ['event'],
    registers: [this.#registry],
  });

  readonly #polls = new Counter({
    name: 'verbatim_feed_polls_total',
    help: 'Polls of feeds by result',
    labelNames: ['result'],
    registers: [this.#registry],
  });

  /** The libraries' state at the last scrape. */
  #state: Promise<LibrariesState> | undefined;

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
    for (const code of [UNKNOWN_INTERACTION, ALREADY_ACKNOWLEDGED]) this.#refusedAnswers.inc({ code }, 0);
  }

  /** Adds what runs here, and the free space on the disk with this folder. */
  describe(
    { version, commit }: { readonly version: string; readonly commit: string | undefined },
    folder: string,
  ): void {
    const labels = { version, node: process.version, ...(commit === undefined ? {} : { commit }) };
    const [name, help] = ['verbatim_build_info', 'Always 1, with the version of the bot and of Node'];
    new Gauge({ name, help, labelNames: Object.keys(labels), registers: [this.#registry] }).set(labels, 1);
    this.#look('verbatim_disk_free_bytes', 'Free space in DATA_DIR', async () => {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  answered({ command, result, answer, first, final, error }: InteractionRecord): void {
    this.#interactions.inc({ command, result, answer });
    if (first !== undefined) this.#first.observe({ command }, first / 1000);
    this.#final.observe({ command }, final / 1000);
    if (error === undefined) return;
    this.#errors.inc({ error: nameOf(error) });
    if (Reflect.get(error, 'code') === INVALID_FORM) this.#refused.inc();
  }

  /** Counts a response of Discord if it is a failure. `route` has no ids. */
  responded(route: string, status: number): void {
    if (status < FIRST_SERVER_ERROR && !INVALID_REQUESTS.has(status)) return;
    this.#discordFailures.inc({ route: patternOf(route), status });
  }

  /** Counts a request that waits for a rate limit. */
  delayed(route: string): void {
    this.#discordDelays.inc({ route: patternOf(route) });
  }

  /** Counts a first response that Discord rejected with this code. */
  answerRefused(code: number): void {
    this.#refusedAnswers.inc({ code });
  }

  waitedForDatabase(milliseconds: number): void {
    this.#waits.observe(milliseconds / 1000);
  }

  slowStatement(): void {
    this.#slowStatements.inc();
  }

  reconnected(): void {
    this.#reconnects.inc();
  }

  packetDropped(event: string): void {
    this.#droppedPackets.inc({ event });
  }

  polled(result: string): void {
    this.#polls.inc({ result });
  }

  /** Adds metrics that are read from their sources at each scrape. One that can't be read is NaN; the others stay. */
  watch({ gateway, logins, libraries, waiting }: Sources): void {
    // Each look asks the database about every open library.
    const state = () => {
      this.#state ??= libraries();
      return this.#state;
    };
    this.#look('verbatim_gateway_connected', '1 if the gateway is connected, else 0', () =>
      Number(gateway().isConnected),
    );
    this.#look('verbatim_gateway_latency_seconds', 'Round trip of the last heartbeat', () => {
      const { milliseconds } = gateway();
      return milliseconds === undefined ? Number.NaN : milliseconds / 1000;
    });
    this.#look('verbatim_logins_remaining', 'Logins to the gateway that Discord still allows', () => {
      return logins()?.remaining ?? Number.NaN;
    });
    this.#look('verbatim_logins_limit', 'Logins to the gateway that Discord allows a day', () => {
      return logins()?.total ?? Number.NaN;
    });
    this.#look('verbatim_database_waiting', 'Queries that wait for a connection to PostgreSQL', waiting);
    this.#look('verbatim_open_libraries', 'Open libraries', async () => (await state()).open);
    this.#look('verbatim_articles', 'Articles in open libraries', async () => (await state()).articles);
    this.#look(
      'verbatim_articles_without_vectors',
      'Articles in open libraries that questions find by their words alone',
      async () => (await state()).unencoded,
    );
    const collect = async () => {
      const { taken } = (await inTime<LibrariesState | undefined>(state, undefined)) ?? {};
      if (taken === undefined) return;
      counter.reset();
      for (const [kind, number] of Object.entries(taken)) counter.inc({ kind }, number);
    };
    const counter = new Counter({
      name: 'verbatim_articles_taken_total',
      help: 'Articles added or updated by this process',
      labelNames: ['kind'],
      registers: [this.#registry],
      collect,
    });
  }

  /** Returns the metrics in Prometheus's text format. */
  async render(): Promise<string> {
    this.#state = undefined;
    return await this.#registry.metrics();
  }

  #look(name: string, help: string, value: () => number | Promise<number>): void {
    const registers = [this.#registry];
    const collect = async () => gauge.set(await inTime(value, Number.NaN));
    const gauge: Gauge = new Gauge({ name, help, registers, collect });
  }
}
