import { type Advice, helpReply } from '../replies/help.ts';
import type { Command, RequestContext, User } from './command.ts';
import { slashCommand } from './options.ts';

/** Returns what `/help` says of the commands that this user may use. */
export function adviceFor({ mayChange }: User, commands: readonly Command[]): readonly Advice[] {
  return commands
    .filter(({ builder }) => mayChange || !builder.toJSON().default_member_permissions)
    .flatMap(({ advice }) => advice.filter(({ manages }) => mayChange || manages !== true));
}

/** Explains the other commands. */
export function help(others: readonly Command[]): Command {
  const overview = ({ user, commandIds, say }: Pick<RequestContext, 'user' | 'commandIds' | 'say'>) =>
    helpReply(adviceFor(user, others), user.mayChange, commandIds, say);
  return {
    builder: slashCommand('help'),
    advice: [],
    // Needs no library, so it works even if that can't be opened.
    first: (_options, request) => overview(request),
    run: (_options, context) => Promise.resolve(overview(context)),
  };
}
