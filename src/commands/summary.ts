import { codeOf } from '../library/store/keys.ts';
import type { Reply } from '../replies/reply.ts';
import { LENGTHS, summaryReply } from '../replies/views/summary.ts';
import { summarize } from '../summary/summarize.ts';
import type { Command, Context, Options } from './command.ts';
import { complete } from './complete.ts';
import { articleOrNewest } from './lookup.ts';
import { articleOption, choice, choiceOption, privateOption, slashCommand, textOf } from './options.ts';

/** Returns the summary of the article that somebody means; of the newest if they typed nothing. */
export async function summaryOf(article: string, options: Options, context: Context): Promise<Reply> {
  const chosen = await articleOrNewest(article, context);
  if (chosen.kind === 'notice') return chosen.reply;
  const length = LENGTHS.find(each => each === textOf(options, 'length')) ?? 'medium';
  const state = { page: 0, article: codeOf(chosen.value.article.id), length };
  return summaryReply(
    chosen.value,
    summarize(chosen.value, length),
    state,
    options.flags.private === true,
    context.say,
  );
}

export const summary: Command = {
  builder: slashCommand('summary')
    .addStringOption(articleOption)
    .addStringOption(choiceOption('option.length', LENGTHS.map(choice)))
    .addBooleanOption(privateOption),
  advice: [{ path: 'summary', group: 'check', example: [['length', 'short']] }],
  autocomplete: complete,
  run: (options, context) => summaryOf(textOf(options, 'article') ?? '', options, context),
};
