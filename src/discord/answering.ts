import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type InteractionReplyOptions,
  MessageFlags,
} from 'discord.js';
import { isPrivate, type Reply } from '../replies/reply.ts';

/** Discord waits 3 seconds for a first answer; what takes longer than this says first that it is coming. */
const patience = 1500;

/** The answer in discord.js's own words, without its flags. */
function bodyOf(answer: Reply) {
  return { components: [...answer.components], allowedMentions: { parse: [] } };
}

function newMessage(answer: Reply): InteractionReplyOptions {
  const secret = isPrivate(answer) ? [MessageFlags.Ephemeral as const] : [];
  return { ...bodyOf(answer), flags: [MessageFlags.IsComponentsV2, ...secret] };
}

/** Who sees a message was settled when it was sent: an edit cannot change it, nor say it again. */
function changed(answer: Reply) {
  return { ...bodyOf(answer), flags: MessageFlags.IsComponentsV2 as const };
}

/** Resolves to the answer, or to `undefined` once patience is at an end. */
async function inTime(answer: Promise<Reply>): Promise<Reply | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), patience);
  return await Promise.race([answer, promise]).finally(() => clearTimeout(timer));
}

/** Whether the slow answer is shown to all is settled when it is announced: one that differs is sent anew. */
async function answerLate(
  interaction: ChatInputCommandInteraction,
  answer: Promise<Reply>,
  secret: boolean,
): Promise<void> {
  await interaction.deferReply(secret ? { flags: MessageFlags.Ephemeral } : {});
  const late = await answer;
  if (isPrivate(late) === secret) {
    await interaction.editReply(changed(late));
    return;
  }
  await interaction.deleteReply();
  await interaction.followUp(newMessage(late));
}

/** Answers a command: at once where possible, else with "thinking…" first. */
export async function answerCommand(
  interaction: ChatInputCommandInteraction,
  answer: Promise<Reply>,
  secret: boolean,
): Promise<void> {
  const ready = await inTime(answer);
  await (ready === undefined ? answerLate(interaction, answer, secret) : interaction.reply(newMessage(ready)));
}

/** Puts the answer in the place of the message whose button was pressed. */
export async function changeMessage(interaction: ButtonInteraction, answer: Reply): Promise<void> {
  await interaction.update(changed(answer));
}

/** Sends the answer as a message of its own, or after one that was already begun. */
export async function sendMessage(
  interaction: ButtonInteraction | ChatInputCommandInteraction,
  answer: Reply,
): Promise<void> {
  await (interaction.deferred || interaction.replied
    ? interaction.followUp(newMessage(answer))
    : interaction.reply(newMessage(answer)));
}
