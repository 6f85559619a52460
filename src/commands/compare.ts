import { SlashCommandBuilder } from '@discordjs/builders';
import { type PersonCode, subjectOf } from '../replies/custom-id.ts';
import { bold } from '../replies/parts/markdown.ts';
import { nameOf } from '../replies/parts/speaker.ts';
import { codeOfPerson } from '../replies/parts/statement.ts';
import { notice, type Reply } from '../replies/reply.ts';
import { comparedOnPage, compareReply, type Side } from '../replies/views/compare.ts';
import type { View } from '../replies/views/view.ts';
import type { Command, Context, Options } from './command.ts';
import { completeSubject } from './complete.ts';
import { described, type Meant, personCalled } from './filter.ts';
import { personOption, privateOption, subjectOption, textOf, usableEverywhere } from './options.ts';

type CompareView = View & { readonly kind: 'compare' };

async function sideOf(
  code: PersonCode,
  { page, words }: CompareView,
  { library, search }: Context,
): Promise<Side | undefined> {
  const from = await library.articleOfCode(code.article);
  const speaker = from?.speakers[code.speaker];
  if (from === undefined || speaker === undefined) return undefined;
  const part = { from: page * comparedOnPage, most: comparedOnPage };
  const wanted = { ...part, words, after: undefined, before: undefined, order: 'newest' } as const;
  return { who: { from, speaker }, ...(await search.statements(from, code.speaker, wanted)) };
}

/** A page of what two people say; `undefined` where one of them, or every statement, is gone. */
export async function comparePage(
  view: CompareView,
  context: Context,
  isPrivate: boolean,
  note = '',
): Promise<Reply | undefined> {
  const [one, other] = await Promise.all(view.people.map(code => sideOf(code, view, context)));
  if (one === undefined || other === undefined) return undefined;
  const isEmpty = one.statements.length + other.statements.length === 0;
  return isEmpty ? undefined : compareReply([one, other], view, note, isPrivate, context.say);
}

/** Two names of one speaker, or a phrase that may mean somebody else. */
function sameSpeaker(one: Meant, other: Meant, { say }: Context): Reply {
  if (one.isStated && other.isStated) return notice(say('compare.same'));
  const [{ from, speaker }] = one.person.appearances;
  const perhaps = say('compare.perhaps-same', { name: bold(nameOf(from.article, speaker)) });
  const notes = [...new Set([one.note, other.note])].filter(note => note !== '');
  return notice([perhaps, ...notes].join('\n'));
}

async function run(options: Options, context: Context): Promise<Reply> {
  const { say } = context;
  const [a, b] = [textOf(options, 'a'), textOf(options, 'b')];
  if (a === undefined || b === undefined) return notice(say('compare.ask'));
  const typed = textOf(options, 'words') ?? '';
  const words = subjectOf(typed);
  if (words === '' && typed !== '') return notice(say('subject.shorter'));
  const one = await personCalled(a, options, context);
  if (one.kind === 'notice') return one.reply;
  const other = await personCalled(b, options, context);
  if (other.kind === 'notice') return other.reply;
  const people = [codeOfPerson(one.value.person), codeOfPerson(other.value.person)] as const;
  const [first, second] = people;
  if (first.article === second.article && first.speaker === second.speaker) {
    return sameSpeaker(one.value, other.value, context);
  }
  const view = { kind: 'compare', page: 0, people, words } as const;
  const notes = [one.value.note, other.value.note].filter(note => note !== '').join(' ');
  const page = await comparePage(view, context, options.flags.private === true, notes);
  return page ?? notice(say('compare.neither'));
}

export const compare: Command = {
  builder: described(usableEverywhere(new SlashCommandBuilder()), 'command.compare')
    .addStringOption(personOption('option.a'))
    .addStringOption(personOption('option.b'))
    .addStringOption(subjectOption)
    .addBooleanOption(privateOption),
  advice: [
    {
      path: 'compare',
      example: [
        ['a', 'a senior US official'],
        ['b', 'CNN'],
      ],
    },
  ],
  autocomplete: completeSubject,
  run,
};
