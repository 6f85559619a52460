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
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { Logger } from 'pino';
import type { Command } from '../commands/command.ts';
import { answerForm, answerPress } from '../commands/press.ts';
import { StorageError } from '../library/store/errors.ts';
import { isShareAsShown } from '../replies/check.ts';
import { escapeMarkdown } from '../replies/parts/markdown.ts';
import { notice, withAccent } from '../replies/reply.ts';
import { askerIn, withTakeBack } from '../replies/take-back.ts';
import { format as inLanguage, type Say } from '../wording/say.ts';
import { answerAsked, answerPressed, sendMessage } from './answering.ts';
import { type Chosen, chosenFor, withPrivacy } from './chosen.ts';
import { deskOf, libraryOwnerOf, type Shared, sayTo } from './desk.ts';
import { describe } from './errors.ts';
import { optionsOf, optionsOnMessage, typedOf } from './options.ts';
import type { GivenUp } from './queue.ts';
import { eachReply, Unconfirmed } from './send-once.ts';
import { pressedWithTakeBack, share, takeBack } from './share.ts';

function named(commands: readonly Command[], name: string): Command | undefined {
  return commands.find(command => command.builder.name === name);
}

async function runCommand(
  interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction,
  commands: readonly Command[],
  shared: Shared,
  chosen: Chosen,
  askedAt: number,
): Promise<void> {
  const command = named(commands, interaction.commandName);
  if (command === undefined) return await tell(interaction, sayTo(interaction)('answering.outdated'));
  const options = interaction.isChatInputCommand() ? optionsOf(interaction) : optionsOnMessage(interaction);
  const first = await command.first?.(options, deskOf(interaction, shared, await chosen.soon()));
  if (first !== undefined) {
    await ('custom_id' in first
      ? interaction.showModal(first)
      : sendMessage(interaction, withAccent(first, chosen.now().accent)));
    return;
  }
  const answer = (async () => {
    const choices = await chosen.read();
    return await command.run(withPrivacy(options, choices), await deskOf(interaction, shared, choices).open());
  })();
  const finished = eachReply(answer, async reply => {
    const { accent, language } = await chosen.afterwards();
    return withTakeBack(withAccent(reply, accent), interaction.user.id, sayTo(interaction, language));
  });
  await answerAsked(
    interaction,
    finished,
    () => {
      const filled = withPrivacy(options, chosen.now());
      return command.isPrivate?.(filled) ?? filled.flags.private === true;
    },
    askedAt,
  );
}

async function offerChoices(
  interaction: AutocompleteInteraction,
  commands: readonly Command[],
  shared: Shared,
  chosen: Chosen,
): Promise<void> {
  const typed = typedOf(interaction);
  const complete = named(commands, interaction.commandName)?.autocomplete;
  if (typed === undefined || complete === undefined) return await interaction.respond([]);
  const context = await deskOf(interaction, shared, await chosen.read()).open();
  await interaction.respond([...(await complete(typed.name, typed.words, optionsOf(interaction), context))]);
}

/** What a press asks for: in a menu, that stands in the entry that was chosen. */
function askedBy(interaction: ButtonInteraction | StringSelectMenuInteraction): string {
  return interaction.isButton() ? interaction.customId : (interaction.values[0] ?? '');
}

async function press(
  interaction: ButtonInteraction | StringSelectMenuInteraction,
  shared: Shared,
  chosen: Chosen,
  askedAt: number,
): Promise<void> {
  if (interaction.isButton() && askerIn(interaction.customId) !== undefined)
    return await takeBack(interaction, sayTo(interaction, (await chosen.soon()).language));
  if (interaction.isButton() && isShareAsShown(interaction.customId)) {
    return await share(interaction, sayTo(interaction, (await chosen.soon()).language));
  }
  const isPrivate = interaction.message.flags.has(MessageFlags.Ephemeral);
  const answer = (async () => {
    const desk = deskOf(interaction, shared, await chosen.read());
    const { way, reply } = await answerPress(askedBy(interaction), isPrivate, await desk.open());
    return pressedWithTakeBack(interaction, { way, reply: withAccent(reply, desk.choices.accent) }, desk.say);
  })();
  await answerPressed(interaction, answer, askedAt);
}

async function submit(
  interaction: ModalSubmitInteraction,
  shared: Shared,
  chosen: Chosen,
  askedAt: number,
): Promise<void> {
  const fields = Object.fromEntries(
    interaction.fields.fields.map(field => [field.customId, 'value' in field ? String(field.value) : '']),
  );
  // Erasing needs no library that can be opened.
  const desk = deskOf(interaction, shared, await chosen.soon());
  const answer = answerForm(interaction.customId, fields, desk);
  const finished = eachReply(answer, async reply => withAccent(reply, (await chosen.afterwards()).accent));
  await answerAsked(interaction, finished, () => true, askedAt);
}

async function answer(
  interaction: Interaction,
  commands: readonly Command[],
  shared: Shared,
  chosen: Chosen,
  askedAt: number,
): Promise<void> {
  if (interaction.isChatInputCommand() || interaction.isMessageContextMenuCommand()) {
    return await runCommand(interaction, commands, shared, chosen, askedAt);
  }
  if (interaction.isAutocomplete()) return await offerChoices(interaction, commands, shared, chosen);
  if (interaction.isButton() || interaction.isStringSelectMenu())
    return await press(interaction, shared, chosen, askedAt);
  if (interaction.isModalSubmit()) return await submit(interaction, shared, chosen, askedAt);
  await tell(interaction, sayTo(interaction)('answering.outdated'));
}

/** Discord no longer waits for an answer, or has one already: there is nobody left to tell. */
const settled: ReadonlySet<unknown> = new Set([
  RESTJSONErrorCodes.UnknownInteraction,
  RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
  RESTJSONErrorCodes.InvalidWebhookToken,
  RESTJSONErrorCodes.UnknownWebhook,
]);

/** A line for the one who asked; to somebody who is typing, no choices. */
async function tell(interaction: Interaction, markdown: string): Promise<void> {
  if (interaction.isRepliable()) await sendMessage(interaction, notice(markdown));
  if (interaction.isAutocomplete() && !interaction.responded) await interaction.respond([]);
}

/** A library that cannot be kept says itself what is the matter; of anything else, only that it went wrong. */
function sentenceFor(error: unknown, say: Say): string {
  if (error instanceof StorageError) return escapeMarkdown(inLanguage(error.told, say.language));
  return error instanceof Unconfirmed ? say('answering.unsure') : say('answering.broken');
}

async function apologise(interaction: Interaction, error: unknown, { now }: Chosen): Promise<void> {
  const say = sayTo(interaction, now().language);
  await tell(interaction, sentenceFor(error, say));
}

/** Says that the bot is ending: nothing is begun any more. */
export async function turnAway(interaction: Interaction): Promise<Outcome> {
  return await tell(interaction, sayTo(interaction)('answering.restarting')).then(
    () => ({ kind: 'turned away', error: undefined }) as const,
    (error: unknown) => ({ kind: 'failed', error: describe(error) }) as const,
  );
}

/** How the answering of an interaction ended, with what may be told of the error. */
export type Outcome =
  | { readonly kind: 'answered' | 'turned away' | GivenUp; readonly error: undefined }
  | { readonly kind: 'late' | 'failed'; readonly error: object };

/** Answers one interaction whatever happens: an error is caught here, once, and told in a line. */
export async function dispatch(
  interaction: Interaction,
  commands: readonly Command[],
  shared: Shared,
  askedAt: number,
  log: Logger,
): Promise<Outcome> {
  const chosen = chosenFor(libraryOwnerOf(interaction), shared.libraries);
  try {
    await answer(interaction, commands, shared, chosen, askedAt);
    return { kind: 'answered', error: undefined };
  } catch (error) {
    if (error instanceof DiscordAPIError && settled.has(error.code)) return { kind: 'late', error: describe(error) };
    await apologise(interaction, error, chosen).catch((second: unknown) => {
      log.warn({ interaction: interaction.id, error: describe(second) }, 'The apology could not be sent');
    });
    return { kind: 'failed', error: describe(error) };
  }
}
