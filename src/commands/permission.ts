import { notice } from '../replies/notice.ts';
import type { Reply } from '../replies/reply.ts';
import type { Desk } from './command.ts';

/** Why this person may not change the library; `undefined` where they may. Discord cannot ask this for single subcommands. */
export function barrier({ asker }: Pick<Desk, 'asker'>): Reply | undefined {
  return asker.mayChange
    ? undefined
    : notice('Only members with the permission **Manage Server** can do that here. Ask one of them to do it for you.');
}
