import { passageCode } from '../replies/custom-id.ts';
import { withCopies } from '../replies/parts/passage.ts';
import type { Reply } from '../replies/reply.ts';
import { quoteReply } from '../replies/views/quote.ts';
import type { Command, Context, Options } from './command.ts';
import { complete } from './complete.ts';
import { findMatches } from './lookup.ts';
import { slashCommand, speakerOption, withFilters, wordsOption } from './options.ts';
import { answerTyped } from './request.ts';

/** As many as fit into a `custom_id`. */
const MOST_PAGES = 5;

async function run(options: Options, context: Context): Promise<Reply> {
  const answer = await answerTyped(options, context);
  if (answer !== undefined) return answer;
  const found = await findMatches(options, context, 'quote.ask');
  if (found.kind === 'notice') return found.reply;
  const { words, matches, note } = found.value;
  const shown = await withCopies(matches[0], context);
  const state = { page: 0, context: false, passages: matches.slice(0, MOST_PAGES).map(passageCode), words };
  return quoteReply(shown, state, context, note);
}

export const quote: Command = {
  builder: withFilters(slashCommand('quote').addStringOption(wordsOption).addStringOption(speakerOption)),
  advice: [{ path: 'quote', group: 'find', example: [['words', 'open lines of communication']] }],
  autocomplete: complete,
  run,
};
