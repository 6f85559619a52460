import {
  type ButtonInteraction,
  ComponentType,
  type ContainerComponent,
  type Message,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js';
import type { Answer } from '../commands/press.ts';
import { isShareAsShown, sharedReply } from '../replies/check.ts';
import { accents, notice, type Reply } from '../replies/reply.ts';
import { askerIn, withTakeBack } from '../replies/take-back.ts';
import type { Say } from '../wording/say.ts';
import { deleteMessage, sendMessage } from './answering.ts';

/** Whether a message of the bot's own offers to be shared as it is. */
function isOffered({ components }: ContainerComponent): boolean {
  return components
    .flatMap(each => (each.type === ComponentType.ActionRow ? each.components : []))
    .some(({ customId }) => isShareAsShown(customId ?? ''));
}

/** What a message shows, for all; `undefined` where it does not offer that: only what one person sees does. */
function sharedOf({ components }: Message): Reply | undefined {
  const [container] = components;
  if (container?.type !== ComponentType.Container || !isOffered(container)) return undefined;
  const texts = container.components.flatMap(each => (each.type === ComponentType.TextDisplay ? [each.content] : []));
  return sharedReply(texts, container.accentColor ?? accents.article);
}

/**
 * Posts a message for all as whoever pressed sees it, with a button for them to take it back. Discord itself sends the message along
 * with the press, so that its words are the bot's own, whatever id somebody forged.
 */
export async function share(interaction: ButtonInteraction, say: Say): Promise<void> {
  const shared = sharedOf(interaction.message);
  const answer = shared === undefined ? notice(say('stale.button')) : withTakeBack(shared, interaction.user.id, say);
  await sendMessage(interaction, answer);
}

/** Who asked for the answer that a message shows, by its own button. */
function askerOn({ components }: Message): string | undefined {
  return components
    .flatMap(each => (each.type === ComponentType.Container ? each.components : [each]))
    .flatMap(each => (each.type === ComponentType.ActionRow ? each.components : []))
    .map(each => askerIn(each.customId ?? ''))
    .find(asker => asker !== undefined);
}

/** A message that is changed stays its first asker's; a new one is for whoever pressed. */
export function pressedWithTakeBack(
  { message, user }: { readonly message: Message; readonly user: { readonly id: string } },
  { way, reply }: Answer,
  say: Say,
): Answer {
  const asker = way === 'message' ? user.id : askerOn(message);
  return { way, reply: asker === undefined ? reply : withTakeBack(reply, asker, say) };
}

/** Deletes the message for whoever asked for it, or has to keep the channel tidy. The id may be forged: the message's own counts. */
export async function takeBack(interaction: ButtonInteraction, say: Say): Promise<void> {
  const { message, user, memberPermissions } = interaction;
  const asker = askerOn(message);
  const isOffered = asker !== undefined && asker === askerIn(interaction.customId);
  if (!isOffered || message.flags.has(MessageFlags.Ephemeral)) {
    return await sendMessage(interaction, notice(say('stale.button')));
  }
  const mayTidy = memberPermissions?.has(PermissionFlagsBits.ManageMessages) === true;
  if (user.id !== asker && !mayTidy) return await sendMessage(interaction, notice(say('permitting.only-asker')));
  await interaction.deferUpdate();
  await deleteMessage(interaction);
}
