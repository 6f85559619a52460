import { codeOfPerson } from '../replies/found.ts';
import { notice } from '../replies/notice.ts';
import { personReply } from '../replies/person.ts';
import type { Reply } from '../replies/reply.ts';
import type { Context, Options } from './command.ts';
import { textOf } from './options.ts';
import { calledSo, couldBe, nobodyCalled, scopeOf } from './scope.ts';

/** As many as fit on a few pages; a button has room for twice that. */
const mostPeople = 6;

/** Who somebody is and what they said, the newest articles first. */
export async function whoIs(options: Options, context: Context): Promise<Reply> {
  const name = textOf(options, 'name');
  if (name === undefined) return notice(context.say('person.ask'));
  const scope = await scopeOf(options, context);
  if (scope.kind === 'notice') return scope.reply;
  const all = await context.search.people(name, scope.value);
  const [first, ...others] = all.filter(each => each.closeness === 'match').slice(0, mostPeople);
  if (first === undefined) return nobodyCalled(name, all, options, context);
  const people = [first, ...others] as const;
  const within = scope.value.article === undefined ? 'library' : 'article';
  const view = { kind: 'person', page: 0, within, people: people.map(codeOfPerson) } as const;
  const note = couldBe(name, calledSo(name, people), context.say);
  return personReply(people, view, options.flags.private === true, context.say, note);
}
