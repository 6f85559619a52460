import { SlashCommandBuilder } from '@discordjs/builders';
import { helpReply } from '../replies/help.ts';
import type { Command } from './command.ts';
import { described } from './filter.ts';
import { usableEverywhere } from './options.ts';

/** Tells what the other commands do. */
export function help(others: readonly Command[]): Command {
  const advice = others.flatMap(command => command.advice);
  return {
    builder: described(usableEverywhere(new SlashCommandBuilder()), 'command.help'),
    advice: [],
    // No library is needed, so none that is damaged stands in the way.
    first: (_options, { commandIds, say }) => helpReply(advice, commandIds, say),
    run: (_options, { commandIds, say }) => Promise.resolve(helpReply(advice, commandIds, say)),
  };
}
