import {
  type ButtonInteraction,
  ComponentType,
  type ContainerComponent,
  type Message,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js';
import type { ComponentAnswer } from '../commands/command.ts';
import { argumentOf } from '../replies/custom-id.ts';
import { sharedReply, withDeleteButton } from '../replies/message-buttons.ts';
import { ACCENTS, notice, type Reply } from '../replies/reply.ts';
import type { Say } from '../wording/say.ts';
import { deletePressed, sendMessage } from './responding.ts';

// Buttons that act on the message they are on. Discord sends that message with the press, so it is the bot's own,
// whatever id somebody forged.

function isShareButton(id: string): boolean {
  return argumentOf('share', id) !== undefined;
}

function userOfDeleteButton(id: string): string | undefined {
  return argumentOf('delete', id);
}

function hasShareButton({ components }: ContainerComponent): boolean {
  return components
    .flatMap(each => (each.type === ComponentType.ActionRow ? each.components : []))
    .some(({ customId }) => isShareButton(customId ?? ''));
}

/** Returns what a message shows, for everybody; `undefined` if it has no button to share it or is too large. */
function sharedOf({ components }: Message): Reply | undefined {
  const [container] = components;
  if (container?.type !== ComponentType.Container || !hasShareButton(container)) return undefined;
  const texts = container.components.flatMap(each => (each.type === ComponentType.TextDisplay ? [each.content] : []));
  return sharedReply(texts, container.accentColor ?? ACCENTS.article);
}

/** Posts a private message again for everybody, with a button that lets the user delete it. */
async function share(interaction: ButtonInteraction, say: Say): Promise<void> {
  const shared = sharedOf(interaction.message);
  await sendMessage(
    interaction,
    shared === undefined ? notice(say('stale.button')) : withDeleteButton(shared, interaction.user.id, say),
  );
}

/** Returns who may delete a message, by its own Delete button. */
function userOf({ components }: Message): string | undefined {
  return components
    .flatMap(each => (each.type === ComponentType.Container ? each.components : [each]))
    .flatMap(each => (each.type === ComponentType.ActionRow ? each.components : []))
    .map(each => userOfDeleteButton(each.customId ?? ''))
    .find(user => user !== undefined);
}

/** Adds a Delete button: for the same user as before if the message is updated, for this one if it is new. */
export function answerWithDeleteButton(
  { message, user }: { readonly message: Message; readonly user: { readonly id: string } },
  { kind, reply }: ComponentAnswer,
  say: Say,
): ComponentAnswer {
  const owner = kind === 'message' ? user.id : userOf(message);
  return { kind, reply: owner === undefined ? reply : withDeleteButton(reply, owner, say) };
}

/** Deletes the message if the user asked for it or may manage messages. */
async function deleteAnswer(interaction: ButtonInteraction, say: Say): Promise<void> {
  const { message, user, memberPermissions } = interaction;
  const owner = userOf(message);
  const isOffered = owner !== undefined && owner === userOfDeleteButton(interaction.customId);
  if (!isOffered || message.flags.has(MessageFlags.Ephemeral)) {
    return await sendMessage(interaction, notice(say('stale.button')));
  }
  const mayManage = memberPermissions?.has(PermissionFlagsBits.ManageMessages) === true;
  if (user.id !== owner && !mayManage) return await sendMessage(interaction, notice(say('permitting.only-asker')));
  await deletePressed(interaction);
}

/** Does what a button does to its own message. */
export async function pressMessageButton(interaction: ButtonInteraction, say: Say): Promise<void> {
  await (isShareButton(interaction.customId) ? share : deleteAnswer)(interaction, say);
}
