import { LIMITS } from '../replies/limits.ts';
import { notice, type Reply } from '../replies/reply.ts';
import type { Choice, Command, Complete, Context, Options } from './command.ts';
import { complete } from './complete.ts';
import { filterSoFar, invocationOf } from './lookup.ts';
import { questionOption, slashCommand, textOf, withFilters } from './options.ts';
import { answerRequest } from './request.ts';

async function run(options: Options, context: Context): Promise<Reply> {
  const question = textOf(options, 'question');
  if (question === undefined) return notice(context.say('asking.ask'));
  const invocation = await invocationOf(options, context);
  return invocation.kind === 'notice' ? invocation.reply : await answerRequest(question, invocation.value);
}

const MOST_EXAMPLES = 5;

/** Suggests questions about the people quoted most, until somebody types their own. */
const completeQuestion: Complete = async (option, typed, options, context) => {
  if (option !== 'question') return await complete(option, typed, options, context);
  if (typed !== '') return [];
  const names = await context.search.completeSpeakers('', await filterSoFar(options, context));
  return names.slice(0, MOST_EXAMPLES).flatMap((name): Choice[] => {
    const question = context.say('asking.example', { name });
    return question.length > LIMITS.choice ? [] : [{ name: question, value: question }];
  });
};

export const ask: Command = {
  builder: withFilters(slashCommand('ask').addStringOption(questionOption)),
  advice: [{ path: 'ask', group: 'find', example: [['question', 'What did US officials say about drones?']] }],
  autocomplete: completeQuestion,
  run,
};
