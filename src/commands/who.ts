import { SlashCommandBuilder } from '@discordjs/builders';
import { codeOfFound, codeOfPerson } from '../replies/parts/statement.ts';
import { notice, type Reply } from '../replies/reply.ts';
import { personReply } from '../replies/views/person.ts';
import { didYouMeanReply, whoSaidReply } from '../replies/views/who-said.ts';
import type { Command, Context, Options } from './command.ts';
import { complete } from './complete.ts';
import { calledSo, couldBe, described, filterOptionsOf, nobodyCalled, passagesFor } from './filter.ts';
import {
  articleOption,
  nameOption,
  privateOption,
  textOf,
  usableEverywhere,
  withFilters,
  wordsOption,
} from './options.ts';

/** As many as fit on a few pages; a button has room for twice that. */
const mostPeople = 6;

/** Who somebody is and what they said, the newest articles first. */
async function whoIs(options: Options, context: Context): Promise<Reply> {
  const name = textOf(options, 'name');
  if (name === undefined) return notice(context.say('person.ask'));
  const filter = await filterOptionsOf(options, context);
  if (filter.kind === 'notice') return filter.reply;
  const all = await context.search.people(name, filter.value);
  const [first, ...others] = all.filter(each => each.closeness === 'match').slice(0, mostPeople);
  if (first === undefined) return nobodyCalled(name, all, options, context);
  const people = [first, ...others] as const;
  const within = filter.value.article === undefined ? 'library' : 'article';
  const view = { kind: 'person', page: 0, within, people: people.map(codeOfPerson) } as const;
  const note = couldBe(name, calledSo(name, people), context.say);
  return personReply(people, view, options.flags.private === true, context.say, note);
}

/** As many as a button has room to remember. */
const mostCandidates = 5;
/** Who is asked for is one: others are shown only where they come about as near. */
const leastShare = 0.8;

/** Who said the words; each attribution once. */
async function whoSaid(options: Options, context: Context): Promise<Reply> {
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

export const who: Command = {
  builder: described(usableEverywhere(new SlashCommandBuilder()), 'command.who')
    .addSubcommand(subcommand => withFilters(described(subcommand, 'command.who said').addStringOption(wordsOption)))
    .addSubcommand(subcommand =>
      described(subcommand, 'command.who is')
        .addStringOption(nameOption)
        .addStringOption(articleOption)
        .addBooleanOption(privateOption),
    ),
  advice: [
    { path: 'who said', example: [['words', 'it really is a project of Xi']] },
    { path: 'who is', example: [['name', 'Jake Sullivan']] },
  ],
  autocomplete: complete,
  run: (options, context) => (options.subcommand === 'is' ? whoIs : whoSaid)(options, context),
};
