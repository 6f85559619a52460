import { limits } from './limits.ts';

/** What a button does, where it does more than show: to a draft, by its unguessable id, or to an article, by its own. */
export interface Deed {
  readonly kind: 'keep' | 'discard' | 'remove' | 'spare' | 'restore';
  readonly id: string;
}

/** Told apart from the letters that begin the ids of views. */
const letters = { keep: 'K', discard: 'D', remove: 'R', spare: 'N', restore: 'U' } as const;
const kinds = ['keep', 'discard', 'remove', 'spare', 'restore'] as const;

/** Longer ids do not fit into a button. */
export const longestDeedId = limits.customId - 1;

export function encodeDeed({ kind, id }: Deed): string {
  return letters[kind] + id;
}

/** What a custom_id asks for; `undefined` where it is that of no deed. Whether there is such a draft or article is for the caller. */
export function decodeDeed(customId: string): Deed | undefined {
  const kind = kinds.find(each => customId.startsWith(letters[each]));
  return kind === undefined || customId.length < 2 ? undefined : { kind, id: customId.slice(1) };
}
