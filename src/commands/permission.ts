import { notice } from '../replies/notice.ts';
import type { Reply } from '../replies/reply.ts';
import type { Desk } from './command.ts';

/** Why this person may not change the library; `undefined` where they may. Discord cannot ask this for single subcommands. */
export function barrier({ asker, say }: Pick<Desk, 'asker' | 'say'>): Reply | undefined {
  return asker.mayChange ? undefined : notice(say('searching.barred'));
}
