import { randomBytes } from 'node:crypto';
import type {
  APIApplicationCommandOptionChoice,
  APIMessage,
  APIModalInteractionResponseCallbackData,
  InteractionType,
} from 'discord-api-types/v10';
import type { Clock } from './clock.ts';
import { alreadyAcknowledged, expiredToken, type Reply, unknownInteraction, unknownWebhook } from './refusal.ts';
import type { Actor } from './world.ts';

/** In milliseconds: how long Discord waits for the first answer, and how long a token lives. */
const firstAnswerLimit = 3000;
const tokenLimit = 15 * 60_000;

/** What a person gets to see of an answer. */
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
  /** The command's whole name, `who said`; undefined for what is no command. */
  readonly command: string | undefined;
  /** The type of the option that somebody is typing in. */
  readonly completing: number | undefined;
  /** The message whose button was pressed. */
  readonly source: APIMessage | undefined;
  /** Settled by the first answer, a deferral included. */
  readonly first: PromiseWithResolvers<Outcome>;
  /** Settled when there is something to read: a deferral's edit, or the first answer itself. */
  readonly final: PromiseWithResolvers<Outcome>;
  state: 'waiting' | 'acknowledged' | 'lapsed';
  /** The id of the message that `@original` stands for. */
  original: string | undefined;
  /** After a deferral, until the answer itself. */
  isDeferred: boolean;
  modal: APIModalInteractionResponseCallbackData | undefined;
}

type Opening = Pick<Interaction, 'type' | 'actor' | 'command' | 'source' | 'completing'>;

type Lookup =
  | { readonly kind: 'found'; readonly interaction: Interaction }
  | { readonly kind: 'refused'; readonly reply: Reply };

export interface Interactions {
  open(opening: Opening, reason: () => string): Interaction;
  /** For a first answer: only in time and only once. */
  toAcknowledge(id: string, token: string): Lookup;
  /** For edits and further messages: only after the first answer. */
  toFollow(token: string): Lookup;
  byId(id: string): Interaction | undefined;
  acknowledge(interaction: Interaction, outcome: Outcome): void;
  fail(interaction: Interaction, reason: string): void;
  close(): void;
}

export function createInteractions(
  clock: Clock,
  nextId: () => string,
  onExpiry: (one: Interaction) => void,
): Interactions {
  const all = new Map<string, Interaction>();
  const byToken = new Map<string, Interaction>();
  const timers = new Map<string, () => void>();

  function schedule(interaction: Interaction, milliseconds: number, run: () => void): void {
    timers.get(interaction.id)?.();
    timers.set(interaction.id, clock.after(milliseconds, run));
  }
  function settle(interaction: Interaction, outcome: Outcome): void {
    interaction.first.resolve(outcome);
    interaction.final.resolve(outcome);
  }
  function expire(interaction: Interaction): void {
    settle(interaction, { kind: 'failed', reason: 'The application did not respond' });
    all.delete(interaction.id);
    byToken.delete(interaction.token);
    timers.delete(interaction.id);
    onExpiry(interaction);
  }
  function fail(interaction: Interaction, reason: string): void {
    interaction.state = 'lapsed';
    settle(interaction, { kind: 'failed', reason });
    schedule(interaction, tokenLimit, () => expire(interaction));
  }

  return {
    open(opening, reason) {
      const interaction = makeInteraction(opening, nextId());
      all.set(interaction.id, interaction);
      byToken.set(interaction.token, interaction);
      schedule(interaction, firstAnswerLimit, () => fail(interaction, reason()));
      return interaction;
    },
    toAcknowledge(id, token) {
      const interaction = all.get(id);
      if (interaction === undefined || interaction.token !== token)
        return { kind: 'refused', reply: unknownInteraction };
      if (interaction.state === 'lapsed') return { kind: 'refused', reply: unknownInteraction };
      if (interaction.state === 'acknowledged') return { kind: 'refused', reply: alreadyAcknowledged };
      return { kind: 'found', interaction };
    },
    toFollow(token) {
      const interaction = byToken.get(token);
      if (interaction === undefined) return { kind: 'refused', reply: expiredToken };
      if (interaction.state !== 'acknowledged') return { kind: 'refused', reply: unknownWebhook };
      return { kind: 'found', interaction };
    },
    byId: id => all.get(id),
    acknowledge(interaction, outcome) {
      interaction.state = 'acknowledged';
      interaction.first.resolve(outcome);
      if (!interaction.isDeferred) interaction.final.resolve(outcome);
      schedule(interaction, tokenLimit, () => expire(interaction));
    },
    fail,
    close() {
      for (const cancel of timers.values()) cancel();
      for (const interaction of all.values())
        settle(interaction, { kind: 'failed', reason: 'The playground was closed.' });
    },
  };
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
