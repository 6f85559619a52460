import { SlashCommandBuilder } from '@discordjs/builders';
import { helpReply } from '../replies/help.ts';
import type { Command } from './command.ts';
import { usableEverywhere } from './options.ts';

/** Tells what the other commands do. */
export function help(others: readonly Command[]): Command {
  const advice = others.flatMap(command => command.advice);
  return {
    builder: usableEverywhere(new SlashCommandBuilder())
      .setName('help')
      .setDescription('What I can do, with an example of each'),
    advice: [],
    // No library is needed, so none that is damaged stands in the way.
    first: (_options, { commandIds }) => helpReply(advice, commandIds),
    run: (_options, { commandIds }) => Promise.resolve(helpReply(advice, commandIds)),
  };
}
