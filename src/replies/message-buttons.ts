import { type APIComponentInContainer, ComponentType } from 'discord-api-types/v10';
import type { Say } from '../wording/say.ts';
import { actionId, argumentOf, LONGEST_ARGUMENT } from './custom-id.ts';
import { LIMITS } from './limits.ts';
import {
  button,
  type Entry,
  entry,
  isPrivate,
  MORE_ID,
  MOST_BUTTONS,
  menuOptions,
  moreMenu,
  type Reply,
  reply,
  rowOf,
} from './reply.ts';

// What acts on the message that it is on.

/** Returns what posts a private message again for everybody. For answers that don't fit into a `custom_id`. */
export function shareEntry(say: Say): Entry {
  return entry(say('button.share'), actionId('share'));
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

/** Adds an entry to the More menu; without one, a button to the row if that has room. */
function withEntry(components: readonly APIComponentInContainer[], added: Entry, say: Say): APIComponentInContainer[] {
  const before = components.slice(0, -1);
  const last = components.at(-1);
  const row = last?.type === ComponentType.ActionRow ? last.components : [];
  const [first] = row;
  if (first?.type === ComponentType.StringSelect && first.custom_id === MORE_ID) {
    const menu = { ...first, options: [...first.options, ...menuOptions([added])] };
    return [...before, { type: ComponentType.ActionRow, components: [menu] }];
  }
  const buttons = row.filter(each => each.type === ComponentType.Button);
  const own = button(added.label, added.value);
  if (buttons.length === 0) return [...components, rowOf([own])];
  if (buttons.length < MOST_BUTTONS) {
    return [...before, { type: ComponentType.ActionRow, components: [...buttons, own] }];
  }
  return [...components, moreMenu([added], say)].filter(each => each !== undefined);
}

function offering(answer: Reply, entry: Entry, say: Say): Reply {
  const components = answer.components.map(component =>
    component.type === ComponentType.Container
      ? { ...component, components: withEntry(component.components, entry, say) }
      : component,
  );
  return { ...answer, components };
}

/** Returns a message that a server's watch sends to a person, with what ends the watch: its server and id. */
export function withStopButton(post: Reply, watch: string, say: Say): Reply {
  return offering(post, entry(say('watching.stop'), actionId('stop', watch)), say);
}

/** Returns who may delete a message, and what the message is about, given the id that deletes it. */
export function readDeleteButton(id: string): { readonly user: string; readonly about: string } | undefined {
  const [user, ...about] = argumentOf('delete', id)?.split(' ') ?? [];
  return user === undefined ? undefined : { user, about: about.join(' ') };
}

/** Returns the answer with what lets this user delete it, unless only they see it. */
export function withDeleteButton(answer: Reply, user: string, say: Say): Reply {
  if (isPrivate(answer)) return answer;
  const both = `${user} ${answer.about}`;
  const argument = answer.about === undefined || both.length > LONGEST_ARGUMENT ? user : both;
  return offering(answer, entry(say('button.delete'), actionId('delete', argument)), say);
}
