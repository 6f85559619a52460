import { codeOf } from '../library/store/keys.ts';
import { notice, type Reply } from '../replies/reply.ts';
import { speakersView } from '../replies/views/speakers.ts';
import { isUnread } from '../search/passages.ts';
import type { Command, Context, Options } from './command.ts';
import { complete } from './complete.ts';
import { emptyLibrary, findArticle } from './lookup.ts';
import { articleOption, privateOption, slashCommand, textOf } from './options.ts';

async function run(options: Options, context: Context): Promise<Reply> {
  const value = textOf(options, 'article');
  const chosen = value === undefined ? undefined : await findArticle(value, context);
  if (chosen?.kind === 'notice') return chosen.reply;
  const article = chosen && codeOf(chosen.value.article.id);
  const page = await speakersView.show({ page: 0, article }, context);
  if (page !== undefined) return page;
  if ((await context.library.count()) === 0) return emptyLibrary(context);
  if (chosen === undefined) return notice(context.say('speakers.nobody-anywhere'));
  return notice(context.say(isUnread(chosen.value) ? 'voices.unread' : 'voices.nobody'));
}

export const speakers: Command = {
  builder: slashCommand('speakers').addStringOption(articleOption).addBooleanOption(privateOption),
  advice: [{ path: 'speakers', group: 'people', example: [['article', 'US and Chinese envoys meet in Rome']] }],
  autocomplete: complete,
  run,
};
