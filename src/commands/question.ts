import { ask } from '../answering/ask.ts';
import { isQuestion } from '../answering/question.ts';
import { mention, type Reply } from '../replies/reply.ts';
import { answeredReply, nothingReply, whoseAnswerReply } from '../replies/views/answer.ts';
import type { FilterOptions } from '../search/filter.ts';
import { hasWording } from '../search/passages.ts';
import type { Context, Options } from './command.ts';
import { ARTICLE_FILTERS, filterOptionsOf, narrowing } from './lookup.ts';
import { textOf } from './options.ts';

/** Answers a question. Ignores `filter.speaker`. The note is Markdown on one line. */
export async function answerQuestion(
  question: string,
  filter: FilterOptions,
  options: Options,
  context: Context,
  note = '',
): Promise<Reply> {
  const { say, library } = context;
  const answer = await ask(library, question, filter);
  const isPrivate = options.flags.private === true;
  if (answer.kind === 'answered') return answeredReply(answer, isPrivate, say, note);
  if (answer.kind === 'which') return whoseAnswerReply(answer.typed, answer.answers, isPrivate, say, note);
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
