import { type APIComponentInContainer, ComponentType } from 'discord-api-types/v10';
import type { Say } from '../wording/say.ts';
import { limits } from './limits.ts';
import { type Button, button, isPrivate, type Reply, reply, rowsOf } from './reply.ts';

// Buttons that act on the message they are on. Their ids begin with other letters than those of views and actions.

const shareId = 'S';

/**
 * Returns the button that posts a private message again for everybody. For answers that don't fit into a `custom_id`.
 */
export function shareButton(say: Say): Button {
  return button(say('button.share'), shareId);
}

export function isShareButton(customId: string): boolean {
  return customId === shareId;
}

/** Returns the texts of a private message as a message for everybody. */
export function sharedReply(texts: readonly string[], accent: number): Reply {
  return reply({ accent, texts, private: false });
}

const deleteForm = /^T(?<user>\d{17,20})$/v;

/** Returns who may delete the answer, by the id of its Delete button; `undefined` for any other id. */
export function userOfDeleteButton(customId: string): string | undefined {
  return deleteForm.exec(customId)?.groups?.user;
}

/** Adds the button to the last row if that has room. */
function addToLastRow(
  components: readonly APIComponentInContainer[],
  user: string,
  say: Say,
): APIComponentInContainer[] {
  const remove = button(say('button.delete'), `T${user}`);
  const last = components.at(-1);
  const hasRoom =
    last?.type === ComponentType.ActionRow &&
    last.components.length < limits.buttonsInRow &&
    last.components.every(({ type }) => type === ComponentType.Button);
  return hasRoom
    ? [...components.slice(0, -1), { ...last, components: [...last.components, remove] }]
    : [...components, ...rowsOf([remove])];
}

/** Returns the answer with a button that lets this user delete it, unless only they see it. */
export function withDeleteButton(answer: Reply, user: string, say: Say): Reply {
  if (isPrivate(answer)) return answer;
  const components = answer.components.map(component =>
    component.type === ComponentType.Container
      ? { ...component, components: addToLastRow(component.components, user, say) }
      : component,
  );
  return { ...answer, components };
}
