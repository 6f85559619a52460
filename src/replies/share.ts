import type { Say } from '../wording/say.ts';
import { type Button, button } from './buttons.ts';
import { type Reply, reply } from './reply.ts';

/** Told apart from the letters that begin the ids of views, deeds and the button that takes an answer back. */
const customId = 'S';

/** Shares a message as it is, where what it answers does not fit into a button. */
export function shareAsShown(say: Say): Button {
  return button(say('button.share'), customId);
}

export function isShareAsShown(id: string): boolean {
  return id === customId;
}

/** What only one person sees, for all to see: its texts, one below the other and parted by lines, and nothing else of it. */
export function sharedReply(texts: readonly string[], accent: number): Reply {
  return reply({ accent, texts, buttons: undefined, private: false });
}
