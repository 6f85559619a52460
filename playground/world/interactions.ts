import { randomBytes } from 'node:crypto';
import type {
  APIApplicationCommandOptionChoice,
  APIMessage,
  APIModalInteractionResponseCallbackData,
  InteractionType,
} from 'discord-api-types/v10';
import {
  ALREADY_ACKNOWLEDGED,
  type ApiResponse,
  EXPIRED_TOKEN,
  UNKNOWN_INTERACTION,
  UNKNOWN_WEBHOOK,
} from '../rest/responses.ts';
import type { Clock } from './clock.ts';
import type { Actor } from './servers.ts';
import { datedAhead } from './snowflake.ts';

/** Milliseconds that Discord waits for the initial response, and that a token is valid. */
const FIRST_ANSWER_LIMIT = 3000;
const TOKEN_LIMIT = 15 * 60_000;

/** What a user sees of a response. */
type Outcome =
  | { readonly kind: 'message'; readonly message: APIMessage }
  | { readonly kind: 'updated'; readonly message: APIMessage | undefined }
  | { readonly kind: 'choices'; readonly choices: readonly APIApplicationCommandOptionChoice[] }
  | { readonly kind: 'modal'; readonly modal: APIModalInteractionResponseCallbackData }
  | { readonly kind: 'failed'; readonly reason: string };

export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly actor: Actor;
  /** The command's full name, such as `who said`; `undefined` if it isn't a command. */
  readonly command: string | undefined;
  /** The message whose button was pressed. */
  readonly source: APIMessage | undefined;
  /** Settles on the initial response, deferrals included. */
  readonly first: PromiseWithResolvers<Outcome>;
  /** Settles when there is something to read: the initial response, or the edit after a deferral. */
  readonly final: PromiseWithResolvers<Outcome>;
  state: 'waiting' | 'acknowledged' | 'lapsed';
  /** The id of the `@original` message. */
  original: string | undefined;
  /** True after a deferral, until it is filled in. */
  isDeferred: boolean;
  modal: APIModalInteractionResponseCallbackData | undefined;
}

type Opening = Pick<Interaction, 'type' | 'actor' | 'command' | 'source'>;

type Lookup =
  | { readonly kind: 'found'; readonly interaction: Interaction }
  | { readonly kind: 'refused'; readonly reply: ApiResponse };

/** All interactions with a valid token. */
export class Interactions {
  readonly #clock: Clock;
  readonly #nextId: () => string;
  readonly #onExpiry: (one: Interaction) => void;
  readonly #byId = new Map<string, Interaction>();
  readonly #byToken = new Map<string, Interaction>();
  readonly #timers = new Map<string, () => void>();
  #ahead = 0;

  constructor(clock: Clock, nextId: () => string, onExpiry: (one: Interaction) => void) {
    this.#clock = clock;
    this.#nextId = nextId;
    this.#onExpiry = onExpiry;
  }

  /** Opens an interaction. If it isn't answered in time, it fails with `reason()`. */
  open(opening: Opening, reason: () => string): Interaction {
    const interaction = makeInteraction(opening, datedAhead(this.#nextId(), this.#ahead));
    this.#ahead = 0;
    this.#byId.set(interaction.id, interaction);
    this.#byToken.set(interaction.token, interaction);
    this.#schedule(interaction, FIRST_ANSWER_LIMIT, () => this.fail(interaction, reason()));
    return interaction;
  }

  /** Dates the id of the next interaction this many milliseconds ahead. */
  dateNextAhead(milliseconds: number): void {
    this.#ahead = milliseconds;
  }

  /** Finds an interaction for an initial response, which must be in time and the only one. */
  toAcknowledge(id: string, token: string): Lookup {
    const interaction = this.#byId.get(id);
    if (interaction === undefined || interaction.token !== token) return refused(UNKNOWN_INTERACTION);
    if (interaction.state === 'lapsed') return refused(UNKNOWN_INTERACTION);
    if (interaction.state === 'acknowledged') return refused(ALREADY_ACKNOWLEDGED);
    return { kind: 'found', interaction };
  }

  /** Finds an interaction for edits and follow-ups, which need an initial response first. */
  toFollow(token: string): Lookup {
    const interaction = this.#byToken.get(token);
    if (interaction === undefined) return refused(EXPIRED_TOKEN);
    if (interaction.state !== 'acknowledged') return refused(UNKNOWN_WEBHOOK);
    return { kind: 'found', interaction };
  }

  byId(id: string): Interaction | undefined {
    return this.#byId.get(id);
  }

  acknowledge(interaction: Interaction, outcome: Outcome): void {
    interaction.state = 'acknowledged';
    interaction.first.resolve(outcome);
    if (!interaction.isDeferred) interaction.final.resolve(outcome);
    this.#schedule(interaction, TOKEN_LIMIT, () => this.#expire(interaction));
  }

  fail(interaction: Interaction, reason: string): void {
    interaction.state = 'lapsed';
    settle(interaction, reason);
    this.#schedule(interaction, TOKEN_LIMIT, () => this.#expire(interaction));
  }

  close(): void {
    for (const cancel of this.#timers.values()) cancel();
    for (const interaction of this.#byId.values()) settle(interaction, 'The playground was closed');
  }

  #schedule(interaction: Interaction, milliseconds: number, run: () => void): void {
    this.#timers.get(interaction.id)?.();
    this.#timers.set(interaction.id, this.#clock.after(milliseconds, run));
  }

  #expire(interaction: Interaction): void {
    settle(interaction, 'The application did not respond');
    this.#byId.delete(interaction.id);
    this.#byToken.delete(interaction.token);
    this.#timers.delete(interaction.id);
    this.#onExpiry(interaction);
  }
}

function refused(reply: ApiResponse): Lookup {
  return { kind: 'refused', reply };
}

function settle(interaction: Interaction, reason: string): void {
  interaction.first.resolve({ kind: 'failed', reason });
  interaction.final.resolve({ kind: 'failed', reason });
}

function makeInteraction(opening: Opening, id: string): Interaction {
  return {
    ...opening,
    id,
    token: randomBytes(66).toString('base64url'),
    first: Promise.withResolvers<Outcome>(),
    final: Promise.withResolvers<Outcome>(),
    state: 'waiting',
    original: undefined,
    isDeferred: false,
    modal: undefined,
  };
}
