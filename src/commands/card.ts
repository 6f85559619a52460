import { SlashCommandBuilder, type SlashCommandStringOption } from '@discordjs/builders';
import { shapes, themes } from '../cards/card.ts';
import { cardOf } from '../replies/card.ts';
import { cardReply } from '../replies/card-message.ts';
import type { View } from '../replies/custom-id.ts';
import { codeOfFound, type Found } from '../replies/found.ts';
import { notice } from '../replies/notice.ts';
import type { Reply } from '../replies/reply.ts';
import { didYouMeanReply } from '../replies/who-said.ts';
import { refuseTooOften } from './allowance.ts';
import type { Command, Context, Options } from './command.ts';
import { complete } from './complete.ts';
import { articleOption, privateOption, speakerOption, textOf, usableEverywhere, wordsOption } from './options.ts';
import { passagesFor } from './scope.ts';

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
  return option
    .setName('theme')
    .setDescription('Its colours: dark on light, light on black, or light on green')
    .addChoices(...themes.map(theme => ({ name: theme, value: theme })));
}

function shapeOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return option
    .setName('shape')
    .setDescription('1200 × 630 pixels, or 1080 × 1080')
    .addChoices(...shapes.map(shape => ({ name: shape, value: shape })));
}

export const card: Command = {
  builder: usableEverywhere(new SlashCommandBuilder())
    .setName('card')
    .setDescription('Make a picture of a quote, with who said it and where, to share')
    .addStringOption(wordsOption)
    .addStringOption(speakerOption)
    .addStringOption(articleOption)
    .addStringOption(themeOption)
    .addStringOption(shapeOption)
    .addBooleanOption(privateOption),
  advice: [
    {
      path: 'card',
      does: 'makes a picture of a quote to share, with who said it and where.',
      example: '/card words:they’ve already decided',
    },
  ],
  autocomplete: complete,
  run,
};
