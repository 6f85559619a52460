import { codeOfPerson } from '../replies/found.ts';
import { notice } from '../replies/notice.ts';
import { personReply } from '../replies/person.ts';
import type { Reply } from '../replies/reply.ts';
import type { Context, Options } from './command.ts';
import { nobodyCalled, scopeOf } from './find.ts';
import { textOf } from './options.ts';

/** As many as fit on a few pages; a button has room for twice that. */
const mostPeople = 6;

/** Who somebody is and what they said, article by article. */
export function whoIs(options: Options, context: Context): Reply {
  const name = textOf(options, 'name');
  if (name === undefined) return notice('Tell me a name, a role or a group, and I will tell you what I know.');
  const scope = scopeOf(options, context);
  if (scope.kind === 'notice') return scope.reply;
  const speakers = context.search.speakers(name, scope.value);
  const people = speakers.filter(each => each.closeness === 'match').slice(0, mostPeople);
  if (people.length === 0) return nobodyCalled(name, speakers, context);
  const view = { kind: 'person', page: 0, people: people.map(codeOfPerson) } as const;
  return personReply(people, view, options.flags.private === true);
}
