import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  DiscordAPIError,
  type Interaction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  RESTJSONErrorCodes,
} from 'discord.js';
import type { Logger } from 'pino';
import type { Command } from '../commands/command.ts';
import { answerPress } from '../commands/press.ts';
import { answerForm } from '../commands/submit.ts';
import { CannotKeep } from '../library/faults.ts';
import { escapeMarkdown } from '../replies/markdown.ts';
import { notice } from '../replies/notice.ts';
import { answerAsked, answerPressed, sendMessage } from './answering.ts';
import { describe } from './describe.ts';
import { deskOf, type Shared } from './desk.ts';
import { optionsOf, optionsOnMessage } from './options.ts';

const broken = 'Something broke on my side, and I have written it down. Please try once more.';
const outdated = 'I no longer know that command. Please reload Discord and try again.';

function named(commands: readonly Command[], name: string): Command | undefined {
  return commands.find(command => command.builder.name === name);
}

async function runCommand(
  interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction,
  commands: readonly Command[],
  shared: Shared,
): Promise<void> {
  const command = named(commands, interaction.commandName);
  if (command === undefined) return await sendMessage(interaction, notice(outdated));
  const options = interaction.isChatInputCommand() ? optionsOf(interaction) : optionsOnMessage(interaction);
  const desk = deskOf(interaction, shared);
  const first = command.first?.(options, desk);
  if (first !== undefined) {
    await ('custom_id' in first ? interaction.showModal(first) : sendMessage(interaction, first));
    return;
  }
  const answer = (async () => await command.run(options, await desk.open()))();
  await answerAsked(interaction, answer, command.isPrivate?.(options) ?? options.flags.private === true);
}

async function offerChoices(
  interaction: AutocompleteInteraction,
  commands: readonly Command[],
  shared: Shared,
): Promise<void> {
  const focused = interaction.options.getFocused(true);
  const complete = named(commands, interaction.commandName)?.autocomplete;
  const context = await deskOf(interaction, shared).open();
  const choices = await complete?.(focused.name, focused.value, optionsOf(interaction), context);
  await interaction.respond([...(choices ?? [])]);
}

async function press(interaction: ButtonInteraction, shared: Shared): Promise<void> {
  const isPrivate = interaction.message.flags.has(MessageFlags.Ephemeral);
  const desk = deskOf(interaction, shared);
  const answer = (async () => await answerPress(interaction.customId, isPrivate, await desk.open()))();
  await answerPressed(interaction, answer);
}

async function submit(interaction: ModalSubmitInteraction, shared: Shared): Promise<void> {
  const fields = Object.fromEntries(
    interaction.fields.fields.map(field => [field.customId, 'value' in field ? String(field.value) : '']),
  );
  await answerAsked(interaction, answerForm(interaction.customId, fields, deskOf(interaction, shared)), true);
}

async function answer(interaction: Interaction, commands: readonly Command[], shared: Shared): Promise<void> {
  if (interaction.isChatInputCommand() || interaction.isMessageContextMenuCommand()) {
    return await runCommand(interaction, commands, shared);
  }
  if (interaction.isAutocomplete()) return await offerChoices(interaction, commands, shared);
  if (interaction.isButton()) return await press(interaction, shared);
  if (interaction.isModalSubmit()) return await submit(interaction, shared);
}

/** Discord no longer waits for an answer, or has one already: there is nobody left to tell. */
const settled: ReadonlySet<unknown> = new Set([
  RESTJSONErrorCodes.UnknownInteraction,
  RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
]);

/** A library that cannot be kept says itself what is the matter; of anything else, only that it went wrong. */
async function apologise(interaction: Interaction, error: unknown): Promise<void> {
  if (interaction.isAutocomplete() || !('reply' in interaction)) return;
  if (interaction.isUserContextMenuCommand() || interaction.isPrimaryEntryPointCommand()) return;
  if (interaction.isMessageComponent() && !interaction.isButton()) return;
  await sendMessage(interaction, notice(error instanceof CannotKeep ? escapeMarkdown(error.message) : broken));
}

/** Answers one interaction whatever happens: an error is caught here, once, and told in a line. */
export async function dispatch(
  interaction: Interaction,
  commands: readonly Command[],
  shared: Shared,
  log: Logger,
): Promise<void> {
  try {
    await answer(interaction, commands, shared);
  } catch (error) {
    const tooLate = error instanceof DiscordAPIError && settled.has(error.code);
    log[tooLate ? 'info' : 'error']({ interaction: interaction.id, error: describe(error) }, 'An interaction failed');
    if (tooLate) return;
    await apologise(interaction, error).catch((second: unknown) => {
      log.warn({ interaction: interaction.id, error: describe(second) }, 'The apology could not be sent');
    });
  }
}
