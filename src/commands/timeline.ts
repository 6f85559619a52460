import { SlashCommandBuilder } from '@discordjs/builders';
import { subjectOf } from '../replies/custom-id.ts';
import { bold } from '../replies/parts/markdown.ts';
import { nameOf } from '../replies/parts/speaker.ts';
import { codeOfPerson } from '../replies/parts/statement.ts';
import { notice, type Reply } from '../replies/reply.ts';
import { statementsOnPage, timelineReply } from '../replies/views/timeline.ts';
import type { View } from '../replies/views/view.ts';
import type { Command, Context, Options } from './command.ts';
import { completeSubject } from './complete.ts';
import { daysOf, described, narrowing, personCalled } from './filter.ts';
import {
  afterOption,
  beforeOption,
  oneSpeakerOption,
  privateOption,
  subjectOption,
  textOf,
  usableEverywhere,
} from './options.ts';

type TimelineView = View & { readonly kind: 'timeline' };

/** A page of what somebody says through time; `undefined` where they, or every statement, are gone. */
export async function timelinePage(
  view: TimelineView,
  { library, search, say }: Context,
  isPrivate: boolean,
  note = '',
): Promise<Reply | undefined> {
  const { person, page, words, after, before } = view;
  const from = await library.articleOfCode(person.article);
  const speaker = from?.speakers[person.speaker];
  if (from === undefined || speaker === undefined) return undefined;
  const part = { from: page * statementsOnPage, most: statementsOnPage };
  const found = await search.statements(from, person.speaker, { ...part, words, after, before, order: 'oldest' });
  return found.statements.length === 0
    ? undefined
    : timelineReply({ from, speaker }, found, view, note, isPrivate, say);
}

async function run(options: Options, context: Context): Promise<Reply> {
  const { say } = context;
  const name = textOf(options, 'speaker');
  if (name === undefined) return notice(say('timeline.ask'));
  const typed = textOf(options, 'words') ?? '';
  const words = subjectOf(typed);
  if (words === '' && typed !== '') return notice(say('subject.shorter'));
  const days = daysOf(options, context);
  if (days.kind === 'notice') return days.reply;
  const meant = await personCalled(name, options, context);
  if (meant.kind === 'notice') return meant.reply;
  const { person, note } = meant.value;
  const view = { kind: 'timeline', page: 0, person: codeOfPerson(person), ...days.value, words } as const;
  const page = await timelinePage(view, context, options.flags.private === true, note);
  if (page !== undefined) return page;
  const [{ from, speaker }] = person.appearances;
  const narrow = narrowing(options, ['words', 'after', 'before'], say);
  return notice(say('timeline.nothing', { name: bold(nameOf(from.article, speaker)), narrow }));
}

export const timeline: Command = {
  builder: described(usableEverywhere(new SlashCommandBuilder()), 'command.timeline')
    .addStringOption(oneSpeakerOption)
    .addStringOption(subjectOption)
    .addStringOption(afterOption)
    .addStringOption(beforeOption)
    .addBooleanOption(privateOption),
  advice: [{ path: 'timeline', example: [['speaker', 'a senior US official']] }],
  autocomplete: completeSubject,
  run,
};
