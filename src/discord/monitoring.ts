import { type REST, RESTEvents } from 'discord.js';
import { InteractionResponseType, MessageFlags } from 'discord-api-types/v10';
import * as z from 'zod/mini';
import type { Libraries } from '../library/libraries.ts';
import type { Owner } from '../library/owner.ts';
import { fieldOf, parseJson } from '../library/store/json.ts';
import type { FirstAnswer, InteractionRecord, Metrics } from '../monitoring/metrics.ts';
import { openMetricsServer } from '../monitoring/server.ts';
import type { Bot } from './bot.ts';
import type { Outcome } from './dispatch.ts';
import type { Logins } from './logins.ts';
import type { Shutdown } from './shutdown.ts';

/** An interaction or a message that is being answered. */
interface Asked extends Pick<InteractionRecord, 'command'> {
  readonly id: string;
  readonly owner: Owner;
}

interface Pending {
  readonly arrived: number;
  first: number | undefined;
  answer: FirstAnswer;
}

const CALLBACK_PATH = /^\/interactions\/(?<id>\d+)\/[^\/]+\/callback$/v;

const ANSWER_BY_TYPE: Readonly<Record<number, FirstAnswer>> = {
  [InteractionResponseType.DeferredChannelMessageWithSource]: 'thinking',
  [InteractionResponseType.DeferredMessageUpdate]: 'thinking',
  [InteractionResponseType.UpdateMessage]: 'update',
  [InteractionResponseType.ApplicationCommandAutocompleteResult]: 'choices',
  [InteractionResponseType.Modal]: 'form',
};

function firstAnswerOf(body: unknown): FirstAnswer {
  const flags = Number(fieldOf(fieldOf(body, 'data'), 'flags') ?? 0);
  const isPrivate = (flags & MessageFlags.Ephemeral) !== 0;
  return ANSWER_BY_TYPE[Number(fieldOf(body, 'type'))] ?? (isPrivate ? 'private message' : 'message');
}

/** Measures how interactions and messages are answered, by the REST requests that answer them. */
export class InteractionMonitor {
  readonly #pending = new Map<string, Pending>();
  readonly #report: (answered: InteractionRecord) => void;

  constructor(rest: REST, report: (answered: InteractionRecord) => void) {
    this.#report = report;
    rest.on(RESTEvents.Response, ({ path, data }, { status }) => {
      // The reply to a message has its id as nonce.
      const id = CALLBACK_PATH.exec(path)?.groups?.id ?? fieldOf(data.body, 'nonce');
      const pending = this.#pending.get(String(id));
      if (pending === undefined || status >= 300) return;
      pending.first = performance.now() - pending.arrived;
      pending.answer = firstAnswerOf(data.body);
    });
  }

  /** Measures one of them from its arrival, which is now, until it is answered. */
  async follow({ id, owner, command }: Asked, answer: () => Promise<Outcome>): Promise<void> {
    const pending: Pending = { arrived: performance.now(), first: undefined, answer: 'none' };
    this.#pending.set(id, pending);
    const { kind, error } = await answer();
    this.#pending.delete(id);
    this.#report({
      interaction: id,
      server: owner.kind === 'server' ? owner.id : undefined,
      command,
      result: kind,
      answer: pending.answer,
      first: pending.first === undefined ? undefined : Math.round(pending.first),
      final: Math.round(performance.now() - pending.arrived),
      error,
    });
  }
}

const refusalShape = z.object({ code: z.number() });
const CALLBACK_ROUTE = '/interactions/:id/:token/callback';
const [BAD_REQUEST, TOO_MANY_REQUESTS, SERVER_ERROR] = [400, 429, 500];

/** Counts Discord's refusals and failures, and the requests that wait for a rate limit. */
export function countRequests(rest: REST, metrics: Metrics): void {
  rest.on(RESTEvents.Response, async ({ route }, response) => {
    const { status } = response;
    metrics.responded(route, status);
    const isRefused = status >= BAD_REQUEST && status < SERVER_ERROR && status !== TOO_MANY_REQUESTS;
    // `sendOnce` has read the body, so this is a copy.
    if (!isRefused || route !== CALLBACK_ROUTE) return;
    const { code = 0 } = parseJson(refusalShape, await response.text()) ?? {};
    metrics.refusedAnswers.inc({ code });
  });
  rest.on(RESTEvents.RateLimited, ({ route }) => metrics.delayed(route));
}

/**
 * Serves health and metrics until shutdown. Returns what starts reporting on a bot; before, nothing is connected.
 * Rejects if the port is in use.
 */
export async function startMonitoring(
  at: { readonly host: string; readonly port: number },
  metrics: Metrics,
  libraries: Pick<Libraries, 'state' | 'waiting' | 'check'>,
  logins: Logins,
  shutdown: Shutdown,
): Promise<(bot: Bot) => void> {
  let bot: Bot | undefined;
  const gateway = () => bot?.gateway() ?? { isConnected: false, milliseconds: undefined };
  metrics.watch({
    gateway,
    logins: () => logins.budget,
    libraries: () => libraries.state(),
    waiting: () => libraries.waiting(),
  });
  const dependencies = [
    { name: 'gateway connected', isReady: () => gateway().isConnected, reason: () => logins.waiting },
    { name: 'store answering', isReady: () => libraries.check().then(() => true) },
    { name: 'taking new work', isReady: () => !shutdown.isEnding },
  ];
  const server = await openMetricsServer({ ...at, metrics, dependencies });
  shutdown.afterwards(server.close);
  return started => {
    bot = started;
  };
}
