import { notice } from '../replies/notice.ts';
import type { Reply } from '../replies/reply.ts';
import { didYouMeanReply, whoSaidReply } from '../replies/who-said.ts';
import type { Context, Options } from './command.ts';
import { passagesFor } from './find.ts';
import { textOf } from './options.ts';

/** Who said the words; each attribution once. */
export function whoSaid(options: Options, context: Context): Reply {
  const words = textOf(options, 'words');
  if (words === undefined) return notice('Tell me a few of the words, and I will tell you who said them.');
  const passages = passagesFor(words, options, context);
  if (passages.kind === 'notice') return passages.reply;
  const { matches, near } = passages.value;
  const [best, ...others] = matches.filter(
    (match, at) =>
      match.attribution === undefined ||
      matches.findIndex(each => each.from === match.from && each.attribution === match.attribution) === at,
  );
  if (best === undefined) return didYouMeanReply(words, near);
  return whoSaidReply([best, ...others], options.flags.private === true);
}
