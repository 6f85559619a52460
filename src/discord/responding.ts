import { setTimeout as pause } from 'node:timers/promises';
import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  DiscordAPIError,
  type InteractionReplyOptions,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalMessageModalSubmitInteraction,
  type ModalSubmitInteraction,
  RESTJSONErrorCodes,
  type RepliableInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { CommandAnswer, ComponentAnswer } from '../commands/command.ts';
import { isPrivate, type Reply } from '../replies/reply.ts';

/** Interactions answered with a message. */
type AnsweredByMessage = ChatInputCommandInteraction | MessageContextMenuCommandInteraction | ModalSubmitInteraction;

/** Milliseconds after which a deferred response is sent first. Discord waits 3 seconds for a first response. */
const DEFER_AFTER = 1500;

/** Returns the answer in discord.js's terms, without its flags. */
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

/** Returns an edit, which can't change who sees the message. It replaces all files. */
function edited(answer: Reply) {
  return { ...bodyOf(answer), attachments: [], flags: MessageFlags.IsComponentsV2 as const };
}

/** Resolves to the answer, or to `undefined` if it takes too long. `askedAt` is a time of `performance.now()`. */
async function inTime<T>(answer: Promise<T>, askedAt: number): Promise<T | undefined> {
  const left = Math.max(0, askedAt + DEFER_AFTER - performance.now());
  return await Promise.race([answer, pause(left, undefined, { ref: false })]);
}

/**
 * Sends a first response. If Discord has one already, that was an earlier attempt whose confirmation was lost, since
 * nobody else responds to this interaction: so it counts as sent.
 */
async function begin(
  interaction: RepliableInteraction,
  way: 'deferred' | 'replied',
  send: () => Promise<unknown>,
): Promise<void> {
  await send().catch((error: unknown) => {
    const hasArrived =
      error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged;
    if (!hasArrived) throw error;
    interaction[way] = true;
  });
}

/** Defers the response. That settles who sees it, so an answer for others is sent as a new message. */
async function answerLate(interaction: AnsweredByMessage, answer: Promise<Reply>, secret: boolean): Promise<void> {
  await begin(interaction, 'deferred', () => interaction.deferReply(secret ? { flags: MessageFlags.Ephemeral } : {}));
  const late = await answer;
  if (isPrivate(late) === secret) {
    await interaction.editReply(edited(late));
    return;
  }
  await deleteDeferred(interaction);
  await interaction.followUp(newMessage(late));
}

/** Deletes a deferred response, so that a new message can follow. */
async function deleteDeferred(interaction: RepliableInteraction): Promise<void> {
  await deleteMessage(interaction);
  interaction.replied = true;
}

/** Deletes the message whose button was pressed. */
export async function deletePressed(interaction: ButtonInteraction | StringSelectMenuInteraction): Promise<void> {
  await begin(interaction, 'deferred', () => interaction.deferUpdate());
  await deleteMessage(interaction);
}

/**
 * Deletes the response, or the message whose button was pressed. It may be gone already, by an earlier attempt or
 * somebody else.
 */
async function deleteMessage(interaction: RepliableInteraction): Promise<void> {
  await interaction.deleteReply().catch((error: unknown) => {
    const isGone = error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage;
    if (!isGone) throw error;
  });
}

/** Yields the messages of an answer, each finished as it comes. */
async function* seriesOf(
  answer: Promise<CommandAnswer>,
  finish: (reply: Reply) => Promise<Reply>,
): AsyncGenerator<Reply, undefined> {
  const answered = await answer;
  for await (const each of 'components' in answered ? [answered] : answered) yield await finish(each);
}

async function firstOf(series: AsyncGenerator<Reply, undefined>): Promise<Reply> {
  const { value } = await series.next();
  if (value === undefined) throw new Error('An answer has at least one message');
  return value;
}

/**
 * Responds with the answer's messages in order, each finished before it is sent. If the first takes long, "thinking…"
 * comes before it. `isSecret` is asked only then, when the library's settings may be known.
 */
export async function respond(
  interaction: AnsweredByMessage,
  answer: Promise<CommandAnswer>,
  finish: (reply: Reply) => Promise<Reply>,
  isSecret: () => boolean,
  askedAt: number,
): Promise<void> {
  const series = seriesOf(answer, finish);
  const first = firstOf(series);
  const ready = await inTime(first, askedAt);
  await (ready === undefined
    ? answerLate(interaction, first, isSecret())
    : begin(interaction, 'replied', () => interaction.reply(newMessage(ready))));
  for await (const more of series) await interaction.followUp(newMessage(more));
}

/** Updates the message whose button was pressed, or sends a new one. */
export async function respondToComponent(
  interaction: ButtonInteraction | StringSelectMenuInteraction | ModalMessageModalSubmitInteraction,
  answer: Promise<ComponentAnswer>,
  askedAt: number,
): Promise<void> {
  const ready = await inTime(answer, askedAt);
  if (ready === undefined) await begin(interaction, 'deferred', () => interaction.deferUpdate());
  const { kind, reply } = ready ?? (await answer);
  if (kind === 'message') return await sendMessage(interaction, reply);
  await (interaction.deferred
    ? interaction.editReply(edited(reply))
    : begin(interaction, 'replied', () => interaction.update(edited(reply))));
}

/** Sends a message: as the first response, in place of a deferred one, or as a follow-up. */
export async function sendMessage(interaction: RepliableInteraction, answer: Reply): Promise<void> {
  if (!interaction.deferred && !interaction.replied) {
    await begin(interaction, 'replied', () => interaction.reply(newMessage(answer)));
    return;
  }
  const isOnMessage = interaction.isMessageComponent() || (interaction.isModalSubmit() && interaction.isFromMessage());
  const isDeferred = !isOnMessage && !interaction.replied;
  if (isDeferred && (interaction.ephemeral === true) === isPrivate(answer)) {
    await interaction.editReply(edited(answer));
    return;
  }
  // Discord shows what follows "thinking…" to the same people.
  if (isDeferred) await deleteDeferred(interaction);
  await interaction.followUp(newMessage(answer));
}
