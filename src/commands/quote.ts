import { SlashCommandBuilder } from '@discordjs/builders';
import { codeOfFound } from '../replies/parts/statement.ts';
import { notice, type Reply } from '../replies/reply.ts';
import { quoteReply } from '../replies/views/quote.ts';
import type { View } from '../replies/views/view.ts';
import { didYouMeanReply } from '../replies/views/who-said.ts';
import type { Command, Context, Options } from './command.ts';
import { complete } from './complete.ts';
import { described, passagesFor } from './filter.ts';
import { speakerOption, textOf, usableEverywhere, withFilters, wordsOption } from './options.ts';

/** As many as a button has room to remember. */
const mostPages = 5;

async function run(options: Options, context: Context): Promise<Reply> {
  const words = textOf(options, 'words');
  if (words === undefined) return notice(context.say('quote.ask'));
  const passages = await passagesFor(words, options, context);
  if (passages.kind === 'notice') return passages.reply;
  const { matches, near } = passages.value;
  const [best] = matches;
  if (best === undefined) return didYouMeanReply(words, near, context.say);
  const found = matches.slice(0, mostPages).map(codeOfFound);
  const view: View = { kind: 'quote', page: 0, context: false, found, words };
  return quoteReply(best, view, options.flags.private === true, context.say);
}

export const quote: Command = {
  builder: withFilters(
    described(usableEverywhere(new SlashCommandBuilder()), 'command.quote')
      .addStringOption(wordsOption)
      .addStringOption(speakerOption),
  ),
  advice: [{ path: 'quote', example: [['words', 'open lines of communication']] }],
  autocomplete: complete,
  run,
};
