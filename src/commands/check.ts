import type { SlashCommandStringOption } from '@discordjs/builders';
import { check as checkOne } from '../checking/check.ts';
import { type Quotes, readQuotes } from '../checking/read-quotes.ts';
import type { CheckResult } from '../checking/verdict.ts';
import { checkReply, nothingToCheck } from '../replies/check.ts';
import type { Reply } from '../replies/reply.ts';
import type { Command, Context, Options } from './command.ts';
import { complete } from './complete.ts';
import { described, messageCommand, privateOption, slashCommand, textOf } from './options.ts';

const longestQuote = 2_000;
const longestName = 100;

async function answer({ quotes, left }: Quotes, isPrivate: boolean, { search, say }: Context): Promise<Reply> {
  const results: CheckResult[] = [];
  for (const quote of quotes) results.push(await checkOne(quote, search));
  const [first, ...more] = results;
  return first === undefined ? nothingToCheck(say) : checkReply([first, ...more], left, isPrivate, say);
}

function quoteOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return described(option, 'option.words', 'option.words.checked')
    .setRequired(true)
    .setMaxLength(longestQuote)
    .setAutocomplete(true);
}

function creditedOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return described(option, 'option.speaker', 'option.speaker.credited').setMaxLength(longestName).setAutocomplete(true);
}

/** `/check`: words that somebody types. */
export const check: Command = {
  builder: slashCommand('check')
    .addStringOption(quoteOption)
    .addStringOption(creditedOption)
    .addBooleanOption(privateOption),
  advice: [{ path: 'check', example: [['words', 'I guess it depends on how you define success']] }],
  // The speaker doesn't filter the words, which may be somebody else's: that is what the check is for.
  autocomplete: (option, typed, options, context) =>
    complete(option, typed, option === 'words' ? { ...options, texts: {} } : options, context),
  run: async (options, context) => {
    const { quotes, left } = readQuotes(textOf(options, 'words') ?? '');
    const speaker = textOf(options, 'speaker');
    const credited = quotes.map(quote => ({ ...quote, credited: speaker ?? quote.credited }));
    return await answer({ quotes: credited, left }, options.flags.private === true, context);
  },
};

/** Checks what a message quotes. */
export const checkQuote: Command = {
  builder: messageCommand('check quote'),
  advice: [],
  // Nobody should be corrected in public.
  isPrivate: () => true,
  run: async ({ target }: Options, context) => await answer(readQuotes(target?.text ?? ''), true, context),
};
