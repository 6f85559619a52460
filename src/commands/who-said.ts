import { codeOfFound } from '../replies/found.ts';
import { notice } from '../replies/notice.ts';
import type { Reply } from '../replies/reply.ts';
import { didYouMeanReply, whoSaidReply } from '../replies/who-said.ts';
import type { Context, Options } from './command.ts';
import { textOf } from './options.ts';
import { passagesFor } from './scope.ts';

/** As many as a button has room to remember. */
const mostCandidates = 5;
/** Who is asked for is one: others are shown only where they come about as near. */
const leastShare = 0.8;

/** Who said the words; each attribution once. */
export async function whoSaid(options: Options, context: Context): Promise<Reply> {
  const words = textOf(options, 'words');
  if (words === undefined) return notice(context.say('said.ask'));
  const passages = await passagesFor(words, options, context);
  if (passages.kind === 'notice') return passages.reply;
  const { matches, near } = passages.value;
  const [best, ...others] = matches.filter(
    (match, at) =>
      match.attribution === undefined ||
      matches.findIndex(each => each.from === match.from && each.attribution === match.attribution) === at,
  );
  if (best === undefined) return didYouMeanReply(words, near, context.say);
  const close = others.filter(({ score }) => score >= best.score * leastShare);
  const found = [best, ...close.slice(0, mostCandidates - 1)] as const;
  const view = { kind: 'said', page: 0, found: found.map(codeOfFound), words } as const;
  return whoSaidReply(found, view, options.flags.private === true, context.say);
}
