import { type APIComponentInContainer, ComponentType } from 'discord-api-types/v10';
import type { Say } from '../wording/say.ts';
import { button, isPrivate, limits, type Reply, rowsOf } from './reply.ts';

/** Told apart from the letters that begin the ids of views and deeds. */
const form = /^T(?<asker>\d{17,20})$/v;

/** Who asked for the answer, in the id of the button that takes it back; `undefined` where it is that of no such button. */
export function askerIn(customId: string): string | undefined {
  return form.exec(customId)?.groups?.asker;
}

/** With one more button, in the last row where there is room for it. */
function withButton(
  components: readonly APIComponentInContainer[],
  asker: string,
  say: Say,
): APIComponentInContainer[] {
  const remove = button(say('button.delete'), `T${asker}`);
  const last = components.at(-1);
  const hasRoom =
    last?.type === ComponentType.ActionRow &&
    last.components.length < limits.buttonsInRow &&
    last.components.every(({ type }) => type === ComponentType.Button);
  return hasRoom
    ? [...components.slice(0, -1), { ...last, components: [...last.components, remove] }]
    : [...components, ...rowsOf([remove])];
}

/** The answer as its asker may take it back again: what everybody sees has a button for it, what one person sees needs none. */
export function withTakeBack(answer: Reply, asker: string, say: Say): Reply {
  if (isPrivate(answer)) return answer;
  const components = answer.components.map(component =>
    component.type === ComponentType.Container
      ? { ...component, components: withButton(component.components, asker, say) }
      : component,
  );
  return { ...answer, components };
}
