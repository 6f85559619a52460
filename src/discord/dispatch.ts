import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  DiscordAPIError,
  type Interaction,
  MessageFlags,
  RESTJSONErrorCodes,
} from 'discord.js';
import type { Logger } from 'pino';
import type { Command, Context } from '../commands/command.ts';
import { answerPress } from '../commands/press.ts';
import { notice } from '../replies/notice.ts';
import { answerCommand, changeMessage, sendMessage } from './answering.ts';
import { optionsOf } from './options.ts';

const broken = 'Something broke on my side, and I have written it down. Please try once more.';
const outdated = 'I no longer know that command. Please reload Discord and try again.';

function named(commands: readonly Command[], name: string): Command | undefined {
  return commands.find(command => command.builder.name === name);
}

async function runCommand(
  interaction: ChatInputCommandInteraction,
  commands: readonly Command[],
  context: Context,
): Promise<void> {
  const command = named(commands, interaction.commandName);
  if (command === undefined) return sendMessage(interaction, notice(outdated));
  const options = optionsOf(interaction);
  const answer = (async () => await command.run(options, context))();
  await answerCommand(interaction, answer, options.flags.private === true);
}

async function offerChoices(
  interaction: AutocompleteInteraction,
  commands: readonly Command[],
  context: Context,
): Promise<void> {
  const focused = interaction.options.getFocused(true);
  const complete = named(commands, interaction.commandName)?.autocomplete;
  await interaction.respond(complete?.(focused.name, focused.value, optionsOf(interaction), context).slice() ?? []);
}

async function press(interaction: ButtonInteraction, context: Context): Promise<void> {
  const { way, reply } = answerPress(
    interaction.customId,
    interaction.message.flags.has(MessageFlags.Ephemeral),
    context,
  );
  await (way === 'update' ? changeMessage : sendMessage)(interaction, reply);
}

async function answer(interaction: Interaction, commands: readonly Command[], context: Context): Promise<void> {
  if (interaction.isChatInputCommand()) return await runCommand(interaction, commands, context);
  if (interaction.isAutocomplete()) return await offerChoices(interaction, commands, context);
  if (interaction.isButton()) return await press(interaction, context);
}

/** What of an error may be kept: never what somebody typed, nor the interaction's token, which Discord's errors hold. */
function describe(error: unknown): object {
  if (error instanceof DiscordAPIError) return { code: error.code, status: error.status, method: error.method };
  if (!(error instanceof Error)) return { name: typeof error };
  return { name: error.name, frames: error.stack?.split('\n').filter(line => line.startsWith('    at ')) };
}

/** Discord no longer waits for an answer, or has one already: there is nobody left to tell. */
const settled: ReadonlySet<unknown> = new Set([
  RESTJSONErrorCodes.UnknownInteraction,
  RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
]);

async function apologise(interaction: Interaction): Promise<void> {
  if (interaction.isChatInputCommand() || interaction.isButton()) await sendMessage(interaction, notice(broken));
}

/** Answers one interaction whatever happens: an error is caught here, once, and told in a line. */
export async function dispatch(
  interaction: Interaction,
  commands: readonly Command[],
  context: Context,
  log: Logger,
): Promise<void> {
  try {
    await answer(interaction, commands, context);
  } catch (error) {
    const tooLate = error instanceof DiscordAPIError && settled.has(error.code);
    log[tooLate ? 'info' : 'error']({ interaction: interaction.id, error: describe(error) }, 'An interaction failed');
    if (tooLate) return;
    await apologise(interaction).catch((second: unknown) => {
      log.warn({ interaction: interaction.id, error: describe(second) }, 'The apology could not be sent');
    });
  }
}
