import type { Logger } from 'pino';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What an interaction was first answered with. `thinking`: a promise of an answer, which came later. */
export type FirstAnswer = 'message' | 'private message' | 'thinking' | 'update' | 'choices' | 'form' | 'none';

/** One interaction from its arrival to its last answer. Nothing in it is anybody's word, so all of it may be kept. */
export interface Answered {
  /** Its id. */
  readonly interaction: string;
  /** The server whose library it was about; `undefined`: a person's own. */
  readonly server: string | undefined;
  /** One of few names, `who said` or `button keep`: those that we gave, never one that was sent. */
  readonly command: string;
  /**
   * `turned away`: the bot was ending. `expired`: too late to begin with. `superseded`: the same person has typed on. `late`: when the
   * answer was there, Discord waited no longer, or had one already.
   */
  readonly result: 'answered' | 'turned away' | 'expired' | 'superseded' | 'late' | 'failed';
  readonly answer: FirstAnswer;
  /** In milliseconds, from its arrival. */
  readonly first: number | undefined;
  /** In milliseconds, from its arrival until nothing more was to be sent. */
  readonly final: number;
  /** What may be told of an error; `undefined` where there was none. */
  readonly error: object | undefined;
}

/** What is asked for at the moment when somebody reads the figures. */
interface Sights {
  /** Whether the gateway is connected, and the milliseconds to it and back; `undefined` before the first heartbeat. */
  gateway(): { readonly isConnected: boolean; readonly milliseconds: number | undefined };
  /** Libraries that are open, the articles in them, and how many articles were taken in since the start, by what they were. */
  libraries(): Promise<{
    readonly open: number;
    readonly articles: number;
    readonly taken: Readonly<Record<string, number>>;
  }>;
}

/** Discord's code for a body that it does not take. */
const invalidForm = 50_035;
/** In seconds. Discord waits 3 for a first answer; what comes after it may take minutes. */
const firstBounds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 3];
const finalBounds = [...firstBounds, 5, 10, 30, 60, 300];

/** Discord's code, the disk's, the database's, or the name of what was thrown: few, and nobody's words. */
function nameOf(error: object): string {
  const [errcode, code, status, cause, name]: readonly unknown[] = ['errcode', 'code', 'status', 'cause', 'name'].map(
    key => Reflect.get(error, key),
  );
  const sign = errcode ?? code;
  if (sign !== undefined) return String(sign);
  if (typeof cause === 'object' && cause !== null) return nameOf(cause);
  return status === undefined ? String(name) : `${name} ${status}`;
}

/** Figures for Prometheus (text format 0.0.4): what was answered, how fast, and how this process is. */
export class Meter {
  readonly #registry = new Registry();
  readonly #interactions = new Counter({
    name: 'verbatim_interactions_total',
    help: 'Interactions by command and by how they ended',
    labelNames: ['command', 'result', 'answer'],
    registers: [this.#registry],
  });
  readonly #first = new Histogram({
    name: 'verbatim_first_answer_seconds',
    help: 'From an interaction’s arrival until Discord had taken a first answer',
    labelNames: ['command'],
    buckets: firstBounds,
    registers: [this.#registry],
  });
  readonly #final = new Histogram({
    name: 'verbatim_final_answer_seconds',
    help: 'From an interaction’s arrival until there was nothing more to send',
    labelNames: ['command'],
    buckets: finalBounds,
    registers: [this.#registry],
  });
  readonly #errors = new Counter({
    name: 'verbatim_interaction_errors_total',
    help: 'Interactions that failed, by code or name of the error',
    labelNames: ['error'],
    registers: [this.#registry],
  });
  readonly #refused = new Counter({
    name: 'verbatim_refused_bodies_total',
    help: 'Answers that Discord did not take as they were',
    registers: [this.#registry],
  });
  readonly #reconnects = new Counter({
    name: 'verbatim_gateway_reconnects_total',
    help: 'How often a connection to the gateway was lost and begun anew',
    registers: [this.#registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  answered({ command, result, answer, first, final, error }: Answered): void {
    this.#interactions.inc({ command, result, answer });
    if (first !== undefined) this.#first.observe({ command }, first / 1000);
    this.#final.observe({ command }, final / 1000);
    if (error === undefined) return;
    this.#errors.inc({ error: nameOf(error) });
    if (Reflect.get(error, 'code') === invalidForm) this.#refused.inc();
  }

  reconnected(): void {
    this.#reconnects.inc();
  }

  /** Adds the figures that are looked up when they are read. */
  watch({ gateway, libraries }: Sights): void {
    this.#look('verbatim_gateway_connected', 'Whether the gateway is connected: 1 or 0', () =>
      Number(gateway().isConnected),
    );
    this.#look('verbatim_gateway_latency_seconds', 'From a heartbeat to its echo', () => {
      const { milliseconds } = gateway();
      return milliseconds === undefined ? Number.NaN : milliseconds / 1000;
    });
    this.#look('verbatim_open_libraries', 'Libraries that are open', async () => (await libraries()).open);
    this.#look(
      'verbatim_articles',
      'Articles in the libraries that are open',
      async () => (await libraries()).articles,
    );
    const collect = async () => {
      const { taken } = await libraries();
      counter.reset();
      for (const [kind, number] of Object.entries(taken)) counter.inc({ kind }, number);
    };
    const counter = new Counter({
      name: 'verbatim_articles_taken_total',
      help: 'Articles that this process took in: added, or updated in the place of an older text',
      labelNames: ['kind'],
      registers: [this.#registry],
      collect,
    });
  }

  /** In Prometheus's text format. */
  async read(): Promise<string> {
    return await this.#registry.metrics();
  }

  #look(name: string, help: string, value: () => number | Promise<number>): void {
    const registers = [this.#registry];
    const collect = async () => gauge.set(await value());
    const gauge: Gauge = new Gauge({ name, help, registers, collect });
  }
}

const minute = 60_000;

/** Warns at most once a minute that interactions were given up: a line for each would be work, when there is too much of it. */
export class Crowding {
  readonly #log: Logger;
  #warned = Number.NEGATIVE_INFINITY;
  #number = 0;

  constructor(log: Logger) {
    this.#log = log;
  }

  givenUp(now = performance.now()): void {
    this.#number += 1;
    if (now - this.#warned < minute) return;
    this.#log.warn({ number: this.#number }, 'Interactions came too late, or faster than they could be answered');
    this.#warned = now;
    this.#number = 0;
  }
}
