import { isQuestion } from '../meaning/question.ts';
import { LIMITS } from '../replies/limits.ts';
import { mention, notice, type Reply } from '../replies/reply.ts';
import { answeredReply, nothingReply, whichReply } from '../replies/views/answer.ts';
import { type FilterOptions, NO_FILTER_OPTIONS } from '../search/filter.ts';
import { hasWording } from '../search/passages.ts';
import type { Choice, Command, Context, Options } from './command.ts';
import { complete } from './complete.ts';
import { ARTICLE_FILTERS, emptyLibrary, filterOptionsOf, filterSoFar, narrowing } from './lookup.ts';
import { questionOption, slashCommand, textOf, withFilters } from './options.ts';

async function answerQuestion(
  question: string,
  filter: FilterOptions,
  options: Options,
  context: Context,
  note = '',
): Promise<Reply> {
  const { say, search } = context;
  const answer = await search.ask(question, filter);
  const isPrivate = options.flags.private === true;
  if (answer.kind === 'answered') return answeredReply(answer, isPrivate, say, note);
  if (answer.kind === 'which') return whichReply(answer.typed, answer.answers, isPrivate, say, note);
  return nothingReply(answer, narrowing(options, ARTICLE_FILTERS, say), say, note);
}

/**
 * Returns the answer to a question that was typed where words are looked for; `undefined` if it is no question, or if
 * an article has nearly that wording.
 */
export async function answerTypedQuestion(options: Options, context: Context): Promise<Reply | undefined> {
  const words = textOf(options, 'words');
  if (words === undefined || !isQuestion(words) || textOf(options, 'speaker') !== undefined) return undefined;
  const filter = await filterOptionsOf(options, context);
  if (filter.kind === 'notice') return filter.reply;
  const [best] = await context.search.passages(words, filter.value);
  if (best !== undefined && hasWording(best, words)) return undefined;
  const note = context.say('asking.hint', { ask: mention('ask', context.commandIds) });
  return await answerQuestion(words, filter.value, options, context, note);
}

async function run(options: Options, context: Context): Promise<Reply> {
  const question = textOf(options, 'question');
  if (question === undefined) return notice(context.say('asking.ask'));
  if ((await context.library.count()) === 0) return emptyLibrary(context);
  const filter = await filterOptionsOf(options, context);
  return filter.kind === 'notice' ? filter.reply : await answerQuestion(question, filter.value, options, context);
}

const MOST_EXAMPLES = 5;

/** Suggests questions about the people quoted most, until somebody types their own. */
async function completeQuestion(option: string, typed: string, options: Options, context: Context) {
  if (option !== 'question') return await complete(option, typed, options, context);
  const filter = typed === '' ? await filterSoFar(options, context) : NO_FILTER_OPTIONS;
  const names = typed === '' ? await context.search.completeSpeakers('', filter) : [];
  return names.slice(0, MOST_EXAMPLES).flatMap((name): Choice[] => {
    const question = context.say('asking.example', { name });
    return question.length > LIMITS.choice ? [] : [{ name: question, value: question }];
  });
}

export const ask: Command = {
  builder: withFilters(slashCommand('ask').addStringOption(questionOption)),
  advice: [{ path: 'ask', group: 'find', example: [['question', 'What did US officials say about drones?']] }],
  autocomplete: completeQuestion,
  run,
};
