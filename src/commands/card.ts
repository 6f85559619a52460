import { SlashCommandBuilder, type SlashCommandStringOption } from '@discordjs/builders';
import { shapes, themes } from '../cards/card.ts';
import { codeOfFound, type Found } from '../replies/parts/statement.ts';
import { notice, type Reply } from '../replies/reply.ts';
import { cardOf, cardReply } from '../replies/views/card.ts';
import type { View } from '../replies/views/view.ts';
import { didYouMeanReply } from '../replies/views/who-said.ts';
import { refuseTooOften } from './allowance.ts';
import type { Command, Context, Options } from './command.ts';
import { complete } from './complete.ts';
import { choice, described, passagesFor } from './filter.ts';
import { articleOption, privateOption, speakerOption, textOf, usableEverywhere, wordsOption } from './options.ts';

/** The card of what was found, or for the one who asked why there is none. */
export async function cardAnswer(
  found: Found,
  view: View & { readonly kind: 'card' },
  context: Context,
  isPrivate: boolean,
): Promise<Reply> {
  const outcome = cardOf(found, view, context.say);
  if (outcome.kind === 'none') return notice(outcome.reason);
  const refused = refuseTooOften('drawing', context);
  return (
    refused ?? cardReply(outcome.card, await context.drawer.draw(outcome.card), found, view, isPrivate, context.say)
  );
}

async function run(options: Options, context: Context): Promise<Reply> {
  const words = textOf(options, 'words');
  if (words === undefined) return notice(context.say('card.ask'));
  const passages = await passagesFor(words, options, context);
  if (passages.kind === 'notice') return passages.reply;
  const { matches, near } = passages.value;
  const [best] = matches;
  if (best === undefined) return didYouMeanReply(words, near, context.say);
  const theme = themes.find(each => each === textOf(options, 'theme')) ?? themes[0];
  const shape = shapes.find(each => each === textOf(options, 'shape')) ?? shapes[0];
  const view = { kind: 'card', page: 0, found: codeOfFound(best), theme, shape } as const;
  return await cardAnswer(best, view, context, options.flags.private === true);
}

function themeOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return described(option, 'option.theme').addChoices(...themes.map(choice));
}

function shapeOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return described(option, 'option.shape').addChoices(...shapes.map(choice));
}

export const card: Command = {
  builder: described(usableEverywhere(new SlashCommandBuilder()), 'command.card')
    .addStringOption(wordsOption)
    .addStringOption(speakerOption)
    .addStringOption(articleOption)
    .addStringOption(themeOption)
    .addStringOption(shapeOption)
    .addBooleanOption(privateOption),
  advice: [{ path: 'card', example: [['words', 'they’ve already decided']] }],
  autocomplete: complete,
  run,
};
