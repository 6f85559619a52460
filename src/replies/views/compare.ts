import * as z from 'zod/mini';
import type { Say } from '../../wording/say.ts';
import { PERSON, parts } from '../custom-id.ts';
import { ROOM } from '../limits.ts';
import { bold, inline, joined, small } from '../parts/markdown.ts';
import { passageOfStatement } from '../parts/passage.ts';
import { nameWithin, speakerName } from '../parts/speaker.ts';
import { type PersonStatements, statementsOf, statementWithin } from '../parts/statement.ts';
import { ACCENTS, type Audience, type Reply, reply } from '../reply.ts';
import { excerptControls } from './excerpts.ts';
import { controlsOf, defineView, type View, type ViewContext } from './view.ts';

/** What two people say, on a subject if there are words. */
const shape = z.object({ page: parts.page, people: parts.pair, words: parts.words });
type CompareState = z.infer<typeof shape>;

export const compareView: View<CompareState> = defineView({
  name: 'compare',
  letter: 'b',
  form: new RegExp(`^b(?<people>(?:${PERSON}){2})(?<words>.*)$`, 'sv'),
  state: shape,
  show: showCompare,
});

/** Statements of each of the two. */
const COMPARED_ON_PAGE = 2;

/** Returns a page of what two people say; `undefined` if one of them, or every statement, is gone. */
export async function showCompare(state: CompareState, context: ViewContext, note = ''): Promise<Reply | undefined> {
  const { page, words } = state;
  const part = { from: page * COMPARED_ON_PAGE, most: COMPARED_ON_PAGE };
  const wanted = { ...part, words, after: undefined, before: undefined, order: 'newest' } as const;
  const [one, other] = await Promise.all(state.people.map(code => statementsOf(code, wanted, context)));
  if (one === undefined || other === undefined) return undefined;
  const isEmpty = one.statements.length + other.statements.length === 0;
  return isEmpty ? undefined : compareReply([one, other], state, context, note);
}

const ROOM_FOR_HEADS = 1000;
const ROOM_FOR_EACH = Math.floor((ROOM - ROOM_FOR_HEADS) / (2 * COMPARED_ON_PAGE));

function silence({ total }: PersonStatements, name: string, words: string, say: Say): string {
  if (total > 0) return say('compare.no-more', { name });
  return words === ''
    ? say('person.silent', { name })
    : say('compare.nothing-like', { name, words: inline(words, 120) });
}

function sideTexts(side: PersonStatements, words: string, say: Say): string[] {
  const name = speakerName(side.from.article, side.speaker);
  const heading = `### ${name}\n${small(say('measures.quotes', { count: side.total }))}`;
  const shown = side.statements.map(each => statementWithin(each, ROOM_FOR_EACH, say));
  const [first = silence(side, bold(nameWithin(side.from.article, side.speaker)), words, say), ...others] = shown;
  return [`${heading}\n${first}`, ...others];
}

/** Returns a page of what two people say, one below the other, the newest first, each statement with its citation. */
export function compareReply(
  sides: readonly [PersonStatements, PersonStatements],
  state: CompareState,
  audience: Audience,
  note: string,
): Reply {
  const { say } = audience;
  const most = Math.max(...sides.map(({ total }) => total));
  const subject = state.words && small(say('compare.on', { words: inline(state.words, 120) }));
  const head = joined([subject, small(note)]);
  const shown = sides.flatMap(({ statements }) => statements.map(passageOfStatement));
  return reply({
    accent: ACCENTS.article,
    texts: [head, ...sides.flatMap(side => sideTexts(side, state.words, say))],
    ...controlsOf(compareView, state, Math.ceil(most / COMPARED_ON_PAGE), audience, excerptControls(shown, say)),
  });
}
