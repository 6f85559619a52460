import { SHAPES, THEMES } from '../cards/card.ts';
import { slice } from '../news/span.ts';
import { passageCode } from '../replies/custom-id.ts';
import { cardOf } from '../replies/parts/passage-card.ts';
import type { Reply } from '../replies/reply.ts';
import { showCard } from '../replies/views/card.ts';
import type { Passage } from '../search/passages.ts';
import { foldPhrase } from '../words/words.ts';
import type { Command, Context, Options } from './command.ts';
import { complete } from './complete.ts';
import { findMatches, onQuote } from './lookup.ts';
import {
  articleOption,
  choice,
  choiceOption,
  messageCommand,
  privateOption,
  slashCommand,
  speakerOption,
  textOf,
  wordsOption,
} from './options.ts';

function wordsFound({ from, matches }: Passage): string {
  return foldPhrase(matches.map(span => slice(from.article.text, span)).join(' '));
}

/** Draws the first place with the words of the best match of which there may be a card. */
async function drawCard(options: Options, context: Context, differs = ''): Promise<Reply> {
  const found = await findMatches(options, context, 'card.ask');
  if (found.kind === 'notice') return found.reply;
  const { matches, note } = found.value;
  const theme = THEMES.find(each => each === textOf(options, 'theme')) ?? THEMES[0];
  const shape = SHAPES.find(each => each === textOf(options, 'shape')) ?? SHAPES[0];
  const alike = matches.filter(each => wordsFound(each) === wordsFound(matches[0]));
  const best = alike.find(each => cardOf(each, { theme, shape }, context.say).kind === 'card') ?? matches[0];
  const state = { page: 0, passage: passageCode(best), theme, shape };
  return await showCard(best, state, context, [differs, note]);
}

/** Makes a card of what a message quotes. */
export const quoteCard: Command = {
  builder: messageCommand('quote card'),
  advice: [],
  isPrivate: () => true,
  run: onQuote(drawCard),
};

export const card: Command = {
  builder: slashCommand('card')
    .addStringOption(wordsOption)
    .addStringOption(speakerOption)
    .addStringOption(articleOption)
    .addStringOption(choiceOption('option.theme', THEMES.map(choice)))
    .addStringOption(choiceOption('option.shape', SHAPES.map(choice)))
    .addBooleanOption(privateOption),
  advice: [{ path: 'card', group: 'check', example: [['words', 'they’ve already decided']] }],
  autocomplete: complete,
  run: (options, context) => drawCard(options, context),
};
