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
  readonly #interactions = this.#counter('verbatim_interactions_total', 'Interactions by command and result', [
    'command',
    'result',
    'answer',
  ]);
  readonly #first = this.#histogram(
    'verbatim_first_answer_seconds',
    'Time from an interaction’s arrival to its first response',
    FIRST_BOUNDS,
    ['command'],
  );
  readonly #final = this.#histogram(
    'verbatim_final_answer_seconds',
    'Time from an interaction’s arrival to its last response',
    FINAL_BOUNDS,
    ['command'],
  );
  readonly #errors = this.#counter('verbatim_interaction_errors_total', 'Failed interactions by error code or name', [
    'error',
  ]);
  readonly #refused = this.#counter('verbatim_refused_bodies_total', 'Responses that Discord rejected as invalid');
  readonly refusedAnswers = this.#counter(
    'verbatim_refused_answers_total',
    'First responses that Discord rejected, by its error code',
    ['code'],
  );
  readonly #discordFailures = this.#counter(
    'verbatim_discord_failures_total',
    'Responses of Discord with status 401, 403, 429 or 5xx, by route',
    ['route', 'status'],
  );
  readonly #discordDelays = this.#counter(
    'verbatim_discord_delays_total',
    'Requests that waited for a rate limit of Discord, by route',
    ['route'],
  );
  readonly reconnects = this.#counter('verbatim_gateway_reconnects_total', 'Reconnections to the gateway');
  readonly waits = this.#histogram(
    'verbatim_database_wait_seconds',
    'Time that queries waited for a connection to PostgreSQL',
    WAIT_BOUNDS,
  );
  readonly slowStatements = this.#counter(
    'verbatim_slow_statements_total',
    'SQL statements that took 500 ms or longer',
  );
  readonly droppedPackets = this.#counter(
    'verbatim_dropped_packets_total',
    'Packets from Discord that could not be handled, by event',
    ['event'],
  );
  readonly polls = this.#counter('verbatim_feed_polls_total', 'Polls of feeds by result', ['result']);

  /** The libraries' state at the last scrape. */
  #state: Promise<LibrariesState> | undefined;

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
    for (const code of [UNKNOWN_INTERACTION, ALREADY_ACKNOWLEDGED]) this.refusedAnswers.inc({ code }, 0);
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

  #counter<Label extends string>(name: string, help: string, labelNames: Label[] = []): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }

  #histogram(name: string, help: string, buckets: number[], labelNames: string[] = []): Histogram {
    return new Histogram({ name, help, labelNames, buckets, registers: [this.#registry] });
  }

  #look(name: string, help: string, value: () => number | Promise<number>): void {
    const registers = [this.#registry];
    const collect = async () => gauge.set(await inTime(value, Number.NaN));
    const gauge: Gauge = new Gauge({ name, help, registers, collect });
  }
}
