import { passageCode } from '../replies/custom-id.ts';
import { withCopies } from '../replies/parts/passage.ts';
import { notice, type Reply } from '../replies/reply.ts';
import { whoSaidReply } from '../replies/views/who-said.ts';
import type { Passage } from '../search/passages.ts';
import { compareForms, readTyped } from '../words/likeness.ts';
import { wordsOf } from '../words/words.ts';
import type { Command, Context, Options } from './command.ts';
import { complete } from './complete.ts';
import { findMatches, invocationOf, onQuote } from './lookup.ts';
import {
  articleOption,
  described,
  messageCommand,
  nameOption,
  privateOption,
  slashCommand,
  textOf,
  withFilters,
  wordsOption,
} from './options.ts';
import { answerTyped, whoIs } from './request.ts';

async function whoIsNamed(options: Options, context: Context): Promise<Reply> {
  const name = textOf(options, 'name');
  if (name === undefined) return notice(context.say('person.ask'));
  const invocation = await invocationOf(options, context);
  if (invocation.kind === 'notice') return invocation.reply;
  return await whoIs(name, await context.search.people(name, invocation.value.filter), invocation.value);
}

/** As many as fit into a `custom_id`. */
const MOST_CANDIDATES = 5;
/** Other passages are shown only if they score at least this share of the best. */
const LEAST_SHARE = 0.8;

/** True if all that matches are forms of the words, as "shames" of "shame", and none is a misspelling, as "share". */
function isSpelledAs(words: string, { from, matches }: Passage): boolean {
  const asked = readTyped(words);
  return matches
    .flatMap(span => wordsOf(from.article.text, span))
    .every(({ term }) => asked.some(word => compareForms(word, term) > 0));
}

/** Shows each attribution once. */
async function whoSaid(options: Options, context: Context, note = ''): Promise<Reply> {
  const found = await findMatches(options, context, 'said.ask');
  if (found.kind === 'notice') return found.reply;
  const { words, matches } = found.value;
  const [best] = matches;
  const isSpelled = isSpelledAs(words, best);
  const close = matches.filter(
    (match, at) =>
      at > 0 &&
      match.score >= best.score * LEAST_SHARE &&
      (!isSpelled || isSpelledAs(words, match)) &&
      (match.attribution === undefined ||
        matches.findIndex(each => each.from === match.from && each.attribution === match.attribution) === at),
  );
  const passages = [best, ...close.slice(0, MOST_CANDIDATES - 1)] as const;
  const state = { page: 0, passages: passages.map(passageCode), words };
  const shown = [await withCopies(best, context), ...passages.slice(1)] as const;
  return whoSaidReply(shown, state, context, note);
}

/** Finds who said what a message quotes, or has. Only the user sees it: nobody should be corrected in public. */
export const whoSaidThis: Command = {
  builder: messageCommand('who said this'),
  advice: [],
  isPrivate: () => true,
  run: onQuote(whoSaid),
};

export const who: Command = {
  builder: slashCommand('who')
    .addSubcommand(subcommand => withFilters(described(subcommand, 'command.who said').addStringOption(wordsOption)))
    .addSubcommand(subcommand =>
      described(subcommand, 'command.who is')
        .addStringOption(nameOption)
        .addStringOption(articleOption)
        .addBooleanOption(privateOption),
    ),
  advice: [
    { path: 'who said', group: 'find', example: [['words', 'it really is a project of Xi']] },
    { path: 'who is', group: 'people', example: [['name', 'Jake Sullivan']] },
  ],
  autocomplete: complete,
  run: async (options, context) =>
    options.subcommand === 'is'
      ? await whoIsNamed(options, context)
      : ((await answerTyped(options, context)) ?? (await whoSaid(options, context))),
};
