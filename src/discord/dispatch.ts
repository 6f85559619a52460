import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  ComponentType,
  DiscordAPIError,
  type Interaction,
  InteractionContextType,
  type Message,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalMessageModalSubmitInteraction,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  type StringSelectMenuInteraction,
} from 'discord.js';
import { addFrom } from '../commands/article.ts';
import { type Command, type ComponentAnswer, refuseWithoutPermission } from '../commands/command.ts';
import { answerComponent, answerForm, type Component, componentOf, formOf } from '../commands/components.ts';
import { StorageError } from '../library/store/errors.ts';
import { deleteWatch, readWatches, recipientOf } from '../library/store/following/watches.ts';
import { linksIn } from '../news/links.ts';
import { argumentOf } from '../replies/custom-id.ts';
import { readDeleteButton, sharedReply, withDeleteButton } from '../replies/message-buttons.ts';
import { escapeMarkdown } from '../replies/parts/markdown.ts';
import { ACCENTS, notice, type Reply, withAccent } from '../replies/reply.ts';
import { watchText } from '../replies/views/following.ts';
import { format, type Say } from '../wording/say.ts';
import { describe } from './errors.ts';
import { filledForm, optionsOf, optionsOnMessage, typedOf } from './options.ts';
import {
  type Asker,
  libraryOwnerOf,
  loadLibrarySettings,
  requestContext,
  type Services,
  type SettingsReader,
  sayTo,
} from './request-context.ts';
import type { DropReason } from './request-queue.ts';
import { deletePressed, respond, respondToComponent, sendMessage } from './responding.ts';
import { Unconfirmed } from './send-once.ts';

/** The context of an interaction being answered. */
interface Job {
  readonly services: Services;
  readonly settings: SettingsReader;
  /** A time of `performance.now()`. */
  readonly askedAt: number;
}

function findCommand({ commands }: Services, name: string): Command | undefined {
  return commands.find(command => command.builder.name === name);
}

async function runCommand(
  interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction,
  { services, settings, askedAt }: Job,
): Promise<void> {
  const command = findCommand(services, interaction.commandName);
  if (command === undefined) return await tell(interaction, sayTo(interaction)('answering.outdated'));
  const options = interaction.isChatInputCommand() ? optionsOf(interaction) : optionsOnMessage(interaction);
  const first = await command.first?.(options, requestContext(interaction, services, await settings.soon(), true));
  if (first !== undefined) {
    await ('custom_id' in first
      ? interaction.showModal(first)
      : sendMessage(interaction, withAccent(first, settings.now().accent)));
    return;
  }
  const isPrivate = () =>
    command.isPrivate?.(options) === true || (options.flags.private ?? settings.now().privacy === 'private');
  const answer = async () => {
    const read = await settings.read();
    return await command.run(options, await requestContext(interaction, services, read, isPrivate()).open());
  };
  const finish = (each: Reply) => finished(each, interaction, settings);
  await respond(interaction, answer(), finish, isPrivate, askedAt);
}

/** Returns an answer in the library's colour, with a button that lets whoever asked delete it. */
async function finished(answer: Reply, asker: Asker, settings: SettingsReader): Promise<Reply> {
  const { accent, language } = await settings.afterwards();
  return withDeleteButton(withAccent(answer, accent), asker.user.id, sayTo(asker, language));
}

async function offerChoices(interaction: AutocompleteInteraction, { services, settings }: Job): Promise<void> {
  const typed = typedOf(interaction);
  const complete = findCommand(services, interaction.commandName)?.autocomplete;
  if (typed === undefined || complete === undefined) return await interaction.respond([]);
  const context = await requestContext(interaction, services, await settings.read(), true).open();
  await interaction.respond([...(await complete(typed.name, typed.words, optionsOf(interaction), context))]);
}

type Pressed = ButtonInteraction | StringSelectMenuInteraction;

/** Returns a button's id, or the value of the menu entry that was chosen. */
function idOf(interaction: Pressed): string {
  return interaction.isButton() ? interaction.customId : (interaction.values[0] ?? '');
}

async function pressComponent(interaction: Pressed, job: Job): Promise<void> {
  const { services, settings, askedAt } = job;
  const component = componentOf(idOf(interaction));
  if (component?.name === 'delete') return await deleteAnswer(interaction, await sayOn(interaction, settings));
  if (component?.kind === 'opener' && !isFromLibraryOfAnother(interaction)) {
    const request = requestContext(interaction, services, await settings.read(), true);
    const form = await formOf(component, await request.open());
    await ('custom_id' in form ? interaction.showModal(form) : sendMessage(interaction, form));
    return;
  }
  const answer = answerPress(interaction, component, job);
  await respondToComponent(interaction, finishedOn(interaction, answer, settings), askedAt);
}

async function answerPress(interaction: Pressed, component: Component | undefined, job: Job): Promise<ComponentAnswer> {
  const { services, settings } = job;
  const alone = (reply: Reply) => ({ kind: 'message', reply }) as const;
  if (component?.name === 'share') return alone(await share(interaction, settings));
  if (component?.name === 'add') return alone(await addShownLink(interaction, job));
  if (component?.name === 'stop') return alone(await stopWatch(interaction, component.argument, job));
  if (isFromLibraryOfAnother(interaction)) {
    const say = await sayOn(interaction, settings);
    return alone(notice(say('permitting.own-library')));
  }
  const isPrivate = interaction.message.flags.has(MessageFlags.Ephemeral);
  const request = requestContext(interaction, services, await settings.read(), isPrivate);
  return await answerComponent(idOf(interaction), await request.open());
}

/** Returns how to say things where there is no time to wait for the settings, or no need to. */
async function sayOn(interaction: Pressed, settings: SettingsReader): Promise<Say> {
  return sayTo(interaction, (await settings.soon()).language);
}

/**
 * Returns an answer to a press in the library's colour, with a Delete button: for the same user as before if the message
 * is updated, for this one if it is new.
 */
async function finishedOn(
  interaction: Pressed | ModalMessageModalSubmitInteraction,
  answer: Promise<ComponentAnswer>,
  settings: SettingsReader,
): Promise<ComponentAnswer> {
  const { kind, reply } = await answer;
  const { accent, language } = await settings.soon();
  const accented = withAccent(reply, accent);
  const user = kind === 'message' ? interaction.user.id : userOf(interaction.message);
  const say = sayTo(interaction, language);
  return { kind, reply: user === undefined ? accented : withDeleteButton(accented, user, say) };
}

async function submitForm(interaction: ModalSubmitInteraction, { services, settings, askedAt }: Job): Promise<void> {
  // The library isn't opened here, since one that can't be opened can still be erased.
  const read = await settings.soon();
  const isPrivate = interaction.message?.flags.has(MessageFlags.Ephemeral) !== false || read.privacy === 'private';
  const request = requestContext(interaction, services, read, isPrivate);
  const answer = answerForm(interaction.customId, filledForm(interaction), request);
  // A form that a button opened changes the message of that button.
  if (interaction.isFromMessage()) {
    return await respondToComponent(interaction, finishedOn(interaction, answer, settings), askedAt);
  }
  const only = answer.then(({ reply }) => reply);
  await respond(
    interaction,
    only,
    each => finished(each, interaction, settings),
    () => true,
    askedAt,
  );
}

async function answer(interaction: Interaction, job: Job): Promise<void> {
  if (interaction.isChatInputCommand() || interaction.isMessageContextMenuCommand()) {
    return await runCommand(interaction, job);
  }
  if (interaction.isAutocomplete()) return await offerChoices(interaction, job);
  if (interaction.isButton() || interaction.isStringSelectMenu()) return await pressComponent(interaction, job);
  if (interaction.isModalSubmit()) return await submitForm(interaction, job);
  await tell(interaction, sayTo(interaction)('answering.outdated'));
}

/** Errors that mean Discord no longer waits for a response or has one already, or that somebody deleted the message. */
const SETTLED_ERRORS: ReadonlySet<unknown> = new Set([
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownInteraction,
  RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
  RESTJSONErrorCodes.InvalidWebhookToken,
  RESTJSONErrorCodes.UnknownWebhook,
]);

function isSettled(error: unknown): boolean {
  return error instanceof DiscordAPIError && SETTLED_ERRORS.has(error.code);
}

/** Sends a notice to the user; to somebody who is typing, no choices. */
async function tell(interaction: Interaction, markdown: string): Promise<void> {
  if (interaction.isRepliable()) await sendMessage(interaction, notice(markdown));
  if (interaction.isAutocomplete() && !interaction.responded) await interaction.respond([]);
}

/** Returns what a store's error says, or else only that something went wrong. */
function sentenceFor(error: unknown, say: Say): string {
  if (error instanceof StorageError) return escapeMarkdown(format(error.userMessage, say.language));
  return error instanceof Unconfirmed ? say('answering.unsure') : say('answering.broken');
}

/** Tells the user that the bot is shutting down. */
export async function turnAway(interaction: Interaction): Promise<Outcome> {
  return await tell(interaction, sayTo(interaction)('answering.restarting')).then(
    () => ({ kind: 'turned away', error: undefined }) as const,
    (error: unknown) => ({ kind: isSettled(error) ? 'late' : 'failed', error: describe(error) }) as const,
  );
}

/** How answering an interaction ended, with what may be logged of an error. */
export type Outcome =
  | { readonly kind: 'answered' | 'turned away' | 'ignored' | DropReason; readonly error: undefined }
  | { readonly kind: 'late' | 'failed'; readonly error: object };

/** Answers one interaction. Never rejects. */
export async function dispatch(interaction: Interaction, services: Services, askedAt: number): Promise<Outcome> {
  return await attempt(interaction, services, {
    run: async settings => {
      await answer(interaction, { services, settings, askedAt });
      return 'answered';
    },
    apologize: markdown => tell(interaction, markdown),
  });
}

interface Attempt {
  run(settings: SettingsReader): Promise<'answered' | 'ignored' | 'expired'>;
  /** Tells the user what went wrong. */
  apologize(markdown: string): Promise<void>;
}

/** Answers an interaction or a message. Errors are caught here, and only here, and the user gets a notice. */
export async function attempt(
  asker: Asker & { readonly id: string },
  { libraries, log }: Pick<Services, 'libraries' | 'log'>,
  { run, apologize }: Attempt,
): Promise<Outcome> {
  let settings: SettingsReader | undefined;
  try {
    settings = loadLibrarySettings(libraryOwnerOf(asker), libraries);
    return { kind: await run(settings), error: undefined };
  } catch (error) {
    if (isSettled(error)) return { kind: 'late', error: describe(error) };
    await apologize(sentenceFor(error, sayTo(asker, settings?.now().language))).catch((second: unknown) => {
      log.warn({ interaction: asker.id, error: describe(second) }, 'Cannot send the error message');
    });
    return { kind: 'failed', error: describe(error) };
  }
}

/*
 * Buttons that act on their own message. Discord sends that message with the press, so it is the bot's own, even if the
 * id is forged.
 */

/** Returns the ids of a message's buttons, and the values of the entries of its menus. */
function idsOn({ components }: Message): readonly string[] {
  return components
    .flatMap(each => (each.type === ComponentType.Container ? each.components : [each]))
    .flatMap(each => (each.type === ComponentType.ActionRow ? each.components : []))
    .flatMap(each =>
      each.type === ComponentType.StringSelect ? each.options.map(({ value }) => value) : each.customId,
    )
    .filter(id => id !== null);
}

/** Returns the texts of a message of the bot. */
function textsIn({ components: [container] }: Message): string[] {
  if (container?.type !== ComponentType.Container) return [];
  return container.components.flatMap(each => (each.type === ComponentType.TextDisplay ? [each.content] : []));
}

/** Returns what a message shows, for everybody, or a notice if it doesn't offer to share it or is too large. */
async function share(interaction: Pressed, settings: SettingsReader): Promise<Reply> {
  const { message } = interaction;
  const [container] = message.components;
  const isOffered = idsOn(message).some(id => argumentOf('share', id) !== undefined);
  const accent = container?.type === ComponentType.Container ? container.accentColor : undefined;
  const shared = isOffered ? sharedReply(textsIn(message), accent ?? ACCENTS.article) : undefined;
  return shared ?? notice((await sayOn(interaction, settings))('stale.button'));
}

/** Returns who may delete a message, by what the message itself offers. */
function userOf(message: Message): string | undefined {
  return idsOn(message)
    .map(id => readDeleteButton(id)?.user)
    .find(user => user !== undefined);
}

/**
 * True if the message answers somebody else from their own library, for everybody. A press leads to the library of whoever
 * presses, which would be shown to everybody, too.
 */
function isFromLibraryOfAnother(interaction: Pressed): boolean {
  const { message, user, context } = interaction;
  const isSeenByOthers = !message.flags.has(MessageFlags.Ephemeral) && context !== InteractionContextType.BotDM;
  return isSeenByOthers && libraryOwnerOf(interaction).kind === 'person' && userOf(message) !== user.id;
}

/** Deletes the message if the user asked for it or may manage messages. */
async function deleteAnswer(interaction: Pressed, say: Say): Promise<void> {
  const { message, user, memberPermissions } = interaction;
  const owner = userOf(message);
  const isOffered = owner !== undefined && owner === readDeleteButton(idOf(interaction))?.user;
  if (!isOffered || message.flags.has(MessageFlags.Ephemeral)) {
    return await sendMessage(interaction, notice(say('stale.button')));
  }
  const mayManage = memberPermissions?.has(PermissionFlagsBits.ManageMessages) === true;
  if (user.id !== owner && !mayManage) return await sendMessage(interaction, notice(say('permitting.only-asker')));
  await deletePressed(interaction);
}

/** Ends a watch of a server's library that posts to the user's direct messages. */
async function stopWatch(interaction: Pressed, argument: string, { services, settings }: Job): Promise<Reply> {
  const [server = '', id = ''] = argument.split(' ');
  const owner = { kind: 'server', id: server } as const;
  const say = await sayOn(interaction, settings);
  const library = (await services.libraries.has(owner)) ? await services.libraries.open(owner) : undefined;
  const watch = (await library?.read(readWatches))?.find(each => each.id === id);
  // Anybody can send any id.
  if (watch === undefined || recipientOf(watch.channel) !== interaction.user.id) return notice(say('stale.deed'));
  await library?.write(deleteWatch, id);
  return notice(say('watching.removed', { what: watchText(watch, say) }));
}

/** Reads the link that a message of the bot shows, as Apps > **Add to library** does. */
async function addShownLink(interaction: Pressed, { services, settings }: Job): Promise<Reply> {
  const request = requestContext(interaction, services, await settings.read(), true);
  const target = { text: '', links: textsIn(interaction.message).flatMap(linksIn).slice(0, 1), attachments: [] };
  return refuseWithoutPermission(request) ?? (await addFrom(target, await request.open()));
}
