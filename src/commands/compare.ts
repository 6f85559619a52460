import { type PersonCode, personCode, subjectOf } from '../replies/custom-id.ts';
import { joined } from '../replies/parts/markdown.ts';
import { boldName } from '../replies/parts/speaker.ts';
import { notice, type Reply } from '../replies/reply.ts';
import { compareView, showCompare } from '../replies/views/compare.ts';
import { whichReply } from '../replies/which.ts';
import type { PersonMatch } from '../search/people.ts';
import type { Command, Context, Options } from './command.ts';
import { completeSubject } from './complete.ts';
import { findQuotedPerson, type IfNobody, type PersonLookup } from './lookup.ts';
import { personOptionA, personOptionB, privateOption, slashCommand, subjectOption, textOf } from './options.ts';

/** Returns a notice that both names mean one speaker, or may. */
function sameSpeaker(one: PersonLookup, other: PersonLookup, { say }: Context): Reply {
  if (one.isStated && other.isStated) return notice(say('compare.same'));
  const perhaps = say('compare.perhaps-same', { name: boldName(one.person) });
  return notice(joined([...new Set([perhaps, one.note, other.note])]));
}

/** Two people, by the names in the order in which they were typed. */
type Pair = readonly [PersonCode, PersonCode];

/** Returns whom the two names may mean, if the first, or else the second, fits several; the other means the likeliest. */
function pairsOf(one: PersonLookup, other: PersonLookup): { readonly person: PersonMatch; readonly pair: Pair }[] {
  const [asked, fixed] = one.namesakes.length > 1 ? [one, other] : [other, one];
  if (asked.namesakes.length < 2) return [];
  const second = personCode(fixed.person);
  return asked.namesakes.flatMap(person => {
    const first = personCode(person);
    if (first.article === second.article && first.speaker === second.speaker) return [];
    return [{ person, pair: asked === one ? [first, second] : [second, first] }];
  });
}

/** Shows two people's words side by side. */
export async function comparePeople(options: Options, context: Context, ifNobody?: IfNobody): Promise<Reply> {
  const { say } = context;
  const [a, b] = [textOf(options, 'a'), textOf(options, 'b')];
  if (a === undefined || b === undefined) return notice(say('compare.ask'));
  const typed = textOf(options, 'words') ?? '';
  const words = subjectOf(typed);
  if (words === '' && typed !== '') return notice(say('subject.shorter'));
  const one = await findQuotedPerson(a, context, ifNobody);
  if (one.kind === 'notice') return one.reply;
  const other = await findQuotedPerson(b, context, ifNobody);
  if (other.kind === 'notice') return other.reply;
  const pairs = pairsOf(one.value, other.value);
  const [only, ...more] = pairs;
  if (more.length > 0) {
    const idOf = (people: Pair) => compareView.encode('turn', { page: 0, people, words });
    const candidates = pairs.map(({ person, pair }) => ({ ...person, value: idOf(pair) }));
    return whichReply(one.value.namesakes.length > 1 ? a : b, candidates, context);
  }
  // Of two people who share a name, the other is meant.
  const people = only?.pair ?? ([personCode(one.value.person), personCode(other.value.person)] as const);
  const [first, second] = people;
  if (first.article === second.article && first.speaker === second.speaker) {
    return sameSpeaker(one.value, other.value, context);
  }
  const notes = only === undefined ? joined([one.value.note, other.value.note], ' ') : '';
  const page = await showCompare({ page: 0, people, words }, context, notes);
  return page ?? notice(say('compare.neither'));
}

export const compare: Command = {
  builder: slashCommand('compare')
    .addStringOption(personOptionA)
    .addStringOption(personOptionB)
    .addStringOption(subjectOption)
    .addBooleanOption(privateOption),
  advice: [
    {
      path: 'compare',
      group: 'people',
      example: [
        ['a', 'a senior US official'],
        ['b', 'CNN'],
      ],
    },
  ],
  autocomplete: completeSubject,
  run: comparePeople,
};
