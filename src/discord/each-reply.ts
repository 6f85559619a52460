import type { Answered } from '../commands/command.ts';
import type { Reply } from '../replies/reply.ts';

async function* eachIn(answers: Exclude<Answered, Reply>, change: (reply: Reply) => Promise<Reply>) {
  for await (const answer of answers) yield await change(answer);
}

/** The answer with something done to each message of it, as it comes. */
export async function eachReply(
  answer: Promise<Answered>,
  change: (reply: Reply) => Promise<Reply>,
): Promise<Answered> {
  const answered = await answer;
  return 'components' in answered ? await change(answered) : eachIn(answered, change);
}
