import { type APIComponentInContainer, ComponentType } from 'discord-api-types/v10';
import type { Say } from '../wording/say.ts';
import { actionId, argumentOf, LONGEST_ARGUMENT } from './custom-id.ts';
import { LIMITS } from './limits.ts';
import { type Button, button, isPrivate, type Reply, reply, rowsOf } from './reply.ts';

// Buttons that act on the message they are on.

/**
 * Returns the button that posts a private message again for everybody. For answers that don't fit into a `custom_id`.
 */
export function shareButton(say: Say): Button {
  return button(say('button.share'), actionId('share'));
}

/** The container, and a row with the Delete button. */
const COMPONENTS_AROUND = 3;

/** True if Discord accepts these texts, with separators between them, in a message with a Delete button. */
function canHold(texts: readonly string[]): boolean {
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + LIMITS.bytesPerDisplay, 0);
  const components = 2 * texts.length - 1 + COMPONENTS_AROUND;
  const isWithin = components <= LIMITS.components && characters <= LIMITS.text && bytes <= LIMITS.bytes;
  return isWithin && texts.every(text => text.trim() !== '');
}

/**
 * Returns the texts of a private message as a message for everybody; `undefined` if Discord wouldn't accept it, which
 * is so for no message of ours. A check isn't cut: what is left out may be what matters.
 */
export function sharedReply(texts: readonly string[], accent: number): Reply | undefined {
  return canHold(texts) ? reply({ accent, texts, private: false }) : undefined;
}

/** Adds the button to the last row if that has room. */
function addToLastRow(
  components: readonly APIComponentInContainer[],
  argument: string,
  say: Say,
): APIComponentInContainer[] {
  const remove = button(say('button.delete'), actionId('delete', argument));
  const last = components.at(-1);
  const hasRoom =
    last?.type === ComponentType.ActionRow &&
    last.components.length < LIMITS.buttonsInRow &&
    last.components.every(({ type }) => type === ComponentType.Button);
  return hasRoom
    ? [...components.slice(0, -1), { ...last, components: [...last.components, remove] }]
    : [...components, ...rowsOf([remove])];
}

/** Returns who may delete a message by its Delete button, and what the message is about, given the button's id. */
export function readDeleteButton(id: string): { readonly user: string; readonly about: string } | undefined {
  const [user, ...about] = argumentOf('delete', id)?.split(' ') ?? [];
  return user === undefined ? undefined : { user, about: about.join(' ') };
}

/** Returns the answer with a button that lets this user delete it, unless only they see it. */
export function withDeleteButton(answer: Reply, user: string, say: Say): Reply {
  if (isPrivate(answer)) return answer;
  const both = `${user} ${answer.about}`;
  const argument = answer.about === undefined || both.length > LONGEST_ARGUMENT ? user : both;
  const components = answer.components.map(component =>
    component.type === ComponentType.Container
      ? { ...component, components: addToLastRow(component.components, argument, say) }
      : component,
  );
  return { ...answer, components };
}
