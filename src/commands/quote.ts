import { passageCode } from '../replies/custom-id.ts';
import { notice, type Reply } from '../replies/reply.ts';
import { quoteReply } from '../replies/views/quote.ts';
import { didYouMeanReply } from '../replies/views/who-said.ts';
import type { Command, Context, Options } from './command.ts';
import { complete } from './complete.ts';
import { passagesFor } from './lookup.ts';
import { slashCommand, speakerOption, textOf, withFilters, wordsOption } from './options.ts';

/** As many as fit into a `custom_id`. */
const mostPages = 5;

async function run(options: Options, context: Context): Promise<Reply> {
  const words = textOf(options, 'words');
  if (words === undefined) return notice(context.say('quote.ask'));
  const found = await passagesFor(words, options, context);
  if (found.kind === 'notice') return found.reply;
  const { matches, near } = found.value;
  const [best] = matches;
  if (best === undefined) return didYouMeanReply(words, near, context.say);
  const passages = matches.slice(0, mostPages).map(passageCode);
  return quoteReply(best, { page: 0, context: false, passages, words }, options.flags.private === true, context.say);
}

export const quote: Command = {
  builder: withFilters(slashCommand('quote').addStringOption(wordsOption).addStringOption(speakerOption)),
  advice: [{ path: 'quote', example: [['words', 'open lines of communication']] }],
  autocomplete: complete,
  run,
};
