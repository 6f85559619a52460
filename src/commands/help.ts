import { type Advice, helpReply } from '../replies/help.ts';
import { listIn } from '../wording/languages.ts';
import type { Command, RequestContext, User } from './command.ts';
import { slashCommand } from './options.ts';
import { missingRights } from './posting-rights.ts';

/** Returns what `/help` says of the commands that this user may use. */
export function adviceFor({ mayChange }: User, commands: readonly Command[]): readonly Advice[] {
  return commands
    .filter(({ builder }) => mayChange || !builder.toJSON().default_member_permissions)
    .flatMap(({ advice }) => advice.filter(({ manages }) => mayChange || manages !== true));
}

/** Explains the other commands. */
export function help(others: readonly Command[]): Command {
  const helpIn = ({ channel, commandIds, hearsMessages, isDirect, say, user }: Omit<RequestContext, 'open'>) => {
    const missing = isDirect ? [] : missingRights(channel, say, true);
    const mute = missing.length === 0 ? [] : [say('help.mute', { permissions: listIn(say.language, 'and', missing) })];
    const notes = hearsMessages ? [say('help.talk'), ...mute] : [];
    return helpReply(adviceFor(user, others), user.mayChange, commandIds, say, notes);
  };
  return {
    builder: slashCommand('help'),
    advice: [],
    // Needs no library, so it works even if that can't be opened.
    first: (_options, request) => helpIn(request),
    run: (_options, context) => Promise.resolve(helpIn(context)),
  };
}
