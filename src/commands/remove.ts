import { titleLine } from '../replies/citation.ts';
import { notice } from '../replies/notice.ts';
import { removalQuestion, removedReply } from '../replies/removal.ts';
import type { Reply } from '../replies/reply.ts';
import type { Context, Options } from './command.ts';
import { articleOrNewest } from './find.ts';
import { articleOfValue, choiceOf, textOf } from './options.ts';

export async function askToRemove(options: Options, context: Context): Promise<Reply> {
  if (textOf(options, 'article') === undefined) return notice('Tell me which article, and I will ask once more.');
  const chosen = await articleOrNewest(options, context);
  return chosen.kind === 'notice'
    ? chosen.reply
    : removalQuestion(chosen.value, choiceOf(chosen.value.article), context.say);
}

export async function remove(value: string, context: Context): Promise<Reply | undefined> {
  const from = await articleOfValue(value, context);
  const removed = from && (await context.library.remove(from.article.id));
  return removed && removedReply(removed, context.say);
}

export async function restore(id: string, { library, say }: Context): Promise<Reply> {
  const restored = await library.restore(id);
  return restored === undefined
    ? notice('That can no longer be undone: 10 minutes are over, or it is back already.')
    : notice(`Back in the library: ${titleLine(restored.article, say)}`);
}
