import { limits } from './limits.ts';

/**
 * What a button does that changes something: to a draft, by its unguessable id, or to an article, by its own. Or an entry
 * in the menu of `/help`, which explains the command that is its id.
 */
export interface Action {
  readonly kind: (typeof kinds)[number];
  readonly id: string;
}

const kinds = ['keep', 'discard', 'remove', 'spare', 'restore', 'follow', 'cancel', 'help', 'edit'] as const;

/** First letters of custom ids. None begins the ids of a view or of the button that deletes an answer. */
const letters: Readonly<Record<Action['kind'], string>> = {
  keep: 'K',
  discard: 'D',
  remove: 'R',
  spare: 'N',
  restore: 'U',
  follow: 'F',
  cancel: 'X',
  help: 'H',
  edit: 'E',
};

/** Longer ids don't fit into a button. */
export const longestActionId = limits.customId - 1;

export function encodeAction({ kind, id }: Action): string {
  return letters[kind] + id;
}

/** Returns what a `custom_id` asks for; `undefined` if it isn't an action. The draft or article may be gone. */
export function decodeAction(customId: string): Action | undefined {
  const kind = kinds.find(each => customId.startsWith(letters[each]));
  return kind === undefined || customId.length < 2 ? undefined : { kind, id: customId.slice(1) };
}
