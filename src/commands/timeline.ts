import { type Person, personCode, subjectOf } from '../replies/custom-id.ts';
import { boldName } from '../replies/parts/speaker.ts';
import { notice, type Reply } from '../replies/reply.ts';
import { showTimeline, timelineView } from '../replies/views/timeline.ts';
import { whichReply } from '../replies/which.ts';
import type { Command, Context, Options } from './command.ts';
import { completeSubject } from './complete.ts';
import { daysOf, findQuotedPerson, type IfNobody, narrowing } from './lookup.ts';
import {
  afterOption,
  beforeOption,
  oneSpeakerOption,
  privateOption,
  slashCommand,
  subjectOption,
  textOf,
} from './options.ts';

/** Shows somebody's words by date. */
export async function timelineOf(options: Options, context: Context, ifNobody?: IfNobody): Promise<Reply> {
  const { say } = context;
  const name = textOf(options, 'speaker');
  if (name === undefined) return notice(say('timeline.ask'));
  const typed = textOf(options, 'words') ?? '';
  const words = subjectOf(typed);
  if (words === '' && typed !== '') return notice(say('subject.shorter'));
  const days = daysOf(options, context);
  if (days.kind === 'notice') return days.reply;
  const meant = await findQuotedPerson(name, context, ifNobody);
  if (meant.kind === 'notice') return meant.reply;
  const { person, note, namesakes } = meant.value;
  const stateOf = (each: Person) => ({ page: 0, person: personCode(each), ...days.value, words });
  if (namesakes.length > 1) {
    const candidates = namesakes.map(each => ({ ...each, value: timelineView.encode('turn', stateOf(each)) }));
    return whichReply(name, candidates, context);
  }
  const state = stateOf(person);
  const page = await showTimeline(state, context, note);
  if (page !== undefined) return page;
  const narrow = narrowing(options, ['words', 'after', 'before'], say);
  const key = words === '' ? 'timeline.nothing-then' : 'timeline.nothing';
  return notice(say(key, { name: boldName(person), narrow }));
}

export const timeline: Command = {
  builder: slashCommand('timeline')
    .addStringOption(oneSpeakerOption)
    .addStringOption(subjectOption)
    .addStringOption(afterOption)
    .addStringOption(beforeOption)
    .addBooleanOption(privateOption),
  advice: [{ path: 'timeline', group: 'people', example: [['speaker', 'a senior US official']] }],
  autocomplete: completeSubject,
  run: timelineOf,
};
