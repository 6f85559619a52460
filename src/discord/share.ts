import { type ButtonInteraction, ComponentType, type ContainerComponent, type Message } from 'discord.js';
import { notice } from '../replies/notice.ts';
import { accents, type Reply } from '../replies/reply.ts';
import { isShareAsShown, sharedReply } from '../replies/share.ts';
import { withTakeBack } from '../replies/take-back.ts';
import type { Say } from '../wording/say.ts';
import { sendMessage } from './answering.ts';
import { stale } from './take-back.ts';

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
  const answer = shared === undefined ? notice(stale) : withTakeBack(shared, interaction.user.id, say);
  await sendMessage(interaction, answer);
}
