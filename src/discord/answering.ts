import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  DiscordAPIError,
  type InteractionReplyOptions,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  RESTJSONErrorCodes,
  type RepliableInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { Answered } from '../commands/command.ts';
import type { Answer } from '../commands/press.ts';
import { isPrivate, type Reply } from '../replies/reply.ts';

/** What is answered with a message. */
export type Asking = ChatInputCommandInteraction | MessageContextMenuCommandInteraction | ModalSubmitInteraction;

/** Discord waits 3 seconds for a first answer; what is not there this long after it was asked says first that it is coming. */
const patience = 1500;

/** The answer in discord.js's own words, without its flags. */
function bodyOf({ components, files }: Reply) {
  return {
    components: [...components],
    files: files.map(({ name, bytes }) => ({ name, attachment: bytes })),
    allowedMentions: { parse: [] },
  };
}

function newMessage(answer: Reply): InteractionReplyOptions {
  const secret = isPrivate(answer) ? [MessageFlags.Ephemeral as const] : [];
  return { ...bodyOf(answer), flags: [MessageFlags.IsComponentsV2, ...secret] };
}

/**
 * Who sees a message was settled when it was sent: an edit cannot change it, nor say it again. Its files go, and the answer's
 * come in their place.
 */
function changed(answer: Reply) {
  return { ...bodyOf(answer), attachments: [], flags: MessageFlags.IsComponentsV2 as const };
}

/** Resolves to the answer, or to `undefined` once patience is at an end; `askedAt` is of the clock `performance`. */
async function inTime<T>(answer: Promise<T>, askedAt: number): Promise<T | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), Math.max(0, askedAt + patience - performance.now()));
  return await Promise.race([answer, promise]).finally(() => clearTimeout(timer));
}

/**
 * Says first what something follows: that an answer is coming, or the beginning of it. Nobody else answers an interaction: where
 * Discord has it already, that is from an earlier try whose receipt was lost, and whoever asked is waiting for what follows.
 */
async function begin(
  interaction: RepliableInteraction,
  way: 'deferred' | 'replied',
  say: () => Promise<unknown>,
): Promise<void> {
  await say().catch((error: unknown) => {
    const hasArrived =
      error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged;
    if (!hasArrived) throw error;
    interaction[way] = true;
  });
}

/** Whether the slow answer is shown to all is settled when it is announced: one that differs is sent anew. */
async function answerLate(interaction: Asking, answer: Promise<Reply>, secret: boolean): Promise<void> {
  await begin(interaction, 'deferred', () => interaction.deferReply(secret ? { flags: MessageFlags.Ephemeral } : {}));
  const late = await answer;
  if (isPrivate(late) === secret) {
    await interaction.editReply(changed(late));
    return;
  }
  await takeAway(interaction);
  await interaction.followUp(newMessage(late));
}

/** Takes away what was announced: what comes then is a message of its own. */
async function takeAway(interaction: RepliableInteraction): Promise<void> {
  await deleteMessage(interaction);
  interaction.replied = true;
}

/** The message that answers an interaction, or whose button was pressed; where it is gone already, that was an earlier try, or somebody else. */
export async function deleteMessage(interaction: RepliableInteraction): Promise<void> {
  await interaction.deleteReply().catch((error: unknown) => {
    const isGone = error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage;
    if (!isGone) throw error;
  });
}

async function* seriesOf(answer: Promise<Answered>): AsyncGenerator<Reply, undefined> {
  const answered = await answer;
  if (!('components' in answered)) return yield* answered;
  yield answered;
}

async function firstOf(series: AsyncGenerator<Reply, undefined>): Promise<Reply> {
  const { value } = await series.next();
  if (value === undefined) throw new Error('An answer has at least one message');
  return value;
}

/**
 * Answers at once where possible, else with "thinking…" first; then comes what one message does not hold. Whether that is for all
 * is asked only then, when more may be known.
 */
export async function answerAsked(
  interaction: Asking,
  answer: Promise<Answered>,
  isSecret: () => boolean,
  askedAt: number,
): Promise<void> {
  const series = seriesOf(answer);
  const first = firstOf(series);
  const ready = await inTime(first, askedAt);
  await (ready === undefined
    ? answerLate(interaction, first, isSecret())
    : begin(interaction, 'replied', () => interaction.reply(newMessage(ready))));
  for await (const more of series) await interaction.followUp(newMessage(more));
}

/** Puts the answer in the place of the message whose button was pressed, or sends one of its own. */
export async function answerPressed(
  interaction: ButtonInteraction | StringSelectMenuInteraction,
  answer: Promise<Answer>,
  askedAt: number,
): Promise<void> {
  const ready = await inTime(answer, askedAt);
  if (ready === undefined) await begin(interaction, 'deferred', () => interaction.deferUpdate());
  const { way, reply } = ready ?? (await answer);
  if (way === 'message') return await sendMessage(interaction, reply);
  await (interaction.deferred ? interaction.editReply(changed(reply)) : interaction.update(changed(reply)));
}

/** Sends the answer as a message of its own, or after one that was already begun. */
export async function sendMessage(interaction: RepliableInteraction, answer: Reply): Promise<void> {
  if (!interaction.deferred && !interaction.replied) {
    await interaction.reply(newMessage(answer));
    return;
  }
  const isAnnounced = !interaction.isMessageComponent() && !interaction.replied;
  if (isAnnounced && (interaction.ephemeral === true) === isPrivate(answer)) {
    await interaction.editReply(changed(answer));
    return;
  }
  // What comes after "thinking…" is seen by whoever sees that.
  if (isAnnounced) await takeAway(interaction);
  await interaction.followUp(newMessage(answer));
}
