import { type Interaction, type REST, RESTEvents } from 'discord.js';
import { InteractionResponseType, MessageFlags } from 'discord-api-types/v10';
import type { Inspected } from '../library/libraries.ts';
import { type Answered, type FirstAnswer, Meter } from '../watching/meter.ts';
import { openStation } from '../watching/station.ts';
import type { Bot } from './bot.ts';
import { libraryOwnerOf } from './desk.ts';
import type { Outcome } from './dispatch.ts';
import type { Shutdown } from './shutdown.ts';

/** What is known of an interaction while its answer is on its way. */
interface Pending {
  readonly arrived: number;
  first: number | undefined;
  answer: FirstAnswer;
}

const callback = /^\/interactions\/(?<id>\d+)\/[^\/]+\/callback$/v;

const byType: Readonly<Record<number, FirstAnswer>> = {
  [InteractionResponseType.DeferredChannelMessageWithSource]: 'thinking',
  [InteractionResponseType.DeferredMessageUpdate]: 'thinking',
  [InteractionResponseType.UpdateMessage]: 'update',
  [InteractionResponseType.ApplicationCommandAutocompleteResult]: 'choices',
  [InteractionResponseType.Modal]: 'form',
};

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function firstAnswerOf(body: unknown): FirstAnswer {
  const flags = Number(field(field(body, 'data'), 'flags') ?? 0);
  const isPrivate = (flags & MessageFlags.Ephemeral) !== 0;
  return byType[Number(field(body, 'type'))] ?? (isPrivate ? 'private message' : 'message');
}

/** Sees the answers on their way out, and tells of each interaction once it is done with. */
export class Observer {
  readonly #pending = new Map<string, Pending>();
  readonly #nameOf: (interaction: Interaction) => string;
  readonly #tell: (answered: Answered) => void;

  constructor(rest: REST, nameOf: (interaction: Interaction) => string, tell: (answered: Answered) => void) {
    this.#nameOf = nameOf;
    this.#tell = tell;
    rest.on(RESTEvents.Response, ({ path, data }, { status }) => {
      const pending = this.#pending.get(callback.exec(path)?.groups?.id ?? '');
      if (pending === undefined || status >= 300) return;
      pending.first = performance.now() - pending.arrived;
      pending.answer = firstAnswerOf(data.body);
    });
  }

  /** Follows one interaction from its arrival, which is now, to the end of its answering. */
  async follow(interaction: Interaction, answer: () => Promise<Outcome>): Promise<void> {
    const pending: Pending = { arrived: performance.now(), first: undefined, answer: 'none' };
    this.#pending.set(interaction.id, pending);
    const { kind, error } = await answer();
    this.#pending.delete(interaction.id);
    const owner = libraryOwnerOf(interaction);
    this.#tell({
      interaction: interaction.id,
      server: owner.kind === 'server' ? owner.id : undefined,
      command: this.#nameOf(interaction),
      result: kind,
      answer: pending.answer,
      first: pending.first === undefined ? undefined : Math.round(pending.first),
      final: Math.round(performance.now() - pending.arrived),
      error,
    });
  }
}

/** What whoever watches the bot gets to see. */
interface Watched {
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
