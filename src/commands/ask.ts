import { requestOf } from '../answering/request.ts';
import { LIMITS } from '../replies/limits.ts';
import { mention, notice, type Reply } from '../replies/reply.ts';
import { type FilterOptions, NO_FILTER_OPTIONS } from '../search/filter.ts';
import { listArticles } from './article.ts';
import type { Choice, Command, Context, Options } from './command.ts';
import { complete } from './complete.ts';
import { emptyLibrary, filterOptionsOf, filterSoFar } from './lookup.ts';
import { questionOption, slashCommand, textOf, withFilters } from './options.ts';
import { answerQuestion } from './question.ts';
import { summaryOf } from './summary.ts';
import { whoIs } from './who.ts';

/** Answers what somebody typed: a question, a name, a greeting, or a request for a summary or for what is new. */
async function answerText(text: string, filter: FilterOptions, options: Options, context: Context): Promise<Reply> {
  const { say, commandIds, search } = context;
  const request = requestOf(text);
  if (request.kind === 'help') {
    return notice(say('asking.hello', { add: mention('article add', commandIds), help: mention('help', commandIds) }));
  }
  if (request.kind === 'foreign') return notice(say('asking.languages'));
  if ((await context.library.count()) === 0) return emptyLibrary(context);
  if (request.kind === 'newest') return await listArticles('', options, context);
  if (request.kind === 'summary') {
    const isAny = request.article === '' || (await search.articles(request.article)).length > 0;
    if (isAny) return await summaryOf(request.article, options, context);
  }
  if (request.kind === 'person') {
    const people = await search.people(request.name, filter);
    if (people[0]?.closeness === 'match') return await whoIs(request.name, people, filter, options, context);
  }
  return await answerQuestion(text, filter, options, context);
}

async function run(options: Options, context: Context): Promise<Reply> {
  const question = textOf(options, 'question');
  if (question === undefined) return notice(context.say('asking.ask'));
  const filter = await filterOptionsOf(options, context);
  return filter.kind === 'notice' ? filter.reply : await answerText(question, filter.value, options, context);
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
