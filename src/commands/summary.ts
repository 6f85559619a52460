import { SlashCommandBuilder } from '@discordjs/builders';
import { codeOf } from '../library/store/keys.ts';
import type { Reply } from '../replies/reply.ts';
import { summaryReply } from '../replies/summary.ts';
import { type Length, lengths } from '../replies/views/view.ts';
import { summarize } from '../summary/summarize.ts';
import type { Command, Context, Options } from './command.ts';
import { complete } from './complete.ts';
import { choice, described } from './filter.ts';
import { articleOrNewest } from './find.ts';
import { articleOption, privateOption, textOf, usableEverywhere } from './options.ts';

function lengthOf(options: Options): Length {
  const chosen = textOf(options, 'length');
  return lengths.find(length => length === chosen) ?? 'medium';
}

async function run(options: Options, context: Context): Promise<Reply> {
  const chosen = await articleOrNewest(options, context);
  if (chosen.kind === 'notice') return chosen.reply;
  const length = lengthOf(options);
  const article = codeOf(chosen.value.article.id);
  const view = { kind: 'summary', page: 0, article, length } as const;
  return summaryReply(chosen.value, summarize(chosen.value, length), view, options.flags.private === true, context.say);
}

export const summary: Command = {
  builder: described(usableEverywhere(new SlashCommandBuilder()), 'command.summary')
    .addStringOption(articleOption)
    .addStringOption(option => described(option, 'option.length').addChoices(...lengths.map(choice)))
    .addBooleanOption(privateOption),
  advice: [{ path: 'summary', example: [['length', 'short']] }],
  autocomplete: complete,
  run,
};
