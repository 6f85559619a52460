import { helpReply } from '../replies/help.ts';
import type { Command } from './command.ts';
import { slashCommand } from './options.ts';

/** Explains the other commands. */
export function help(others: readonly Command[]): Command {
  const advice = others.flatMap(command => command.advice);
  return {
    builder: slashCommand('help'),
    advice: [],
    // Needs no library, so it works even if that can't be opened.
    first: (_options, { commandIds, say }) => helpReply(advice, commandIds, say),
    run: (_options, { commandIds, say }) => Promise.resolve(helpReply(advice, commandIds, say)),
  };
}
