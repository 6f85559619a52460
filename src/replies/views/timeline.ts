import * as z from 'zod/mini';
import type { Statement } from '../../search/statements.ts';
import type { Say } from '../../wording/say.ts';
import { PERSON, parts } from '../custom-id.ts';
import { ROOM } from '../limits.ts';
import { plainDay } from '../parts/citation.ts';
import { bold, inline, joined, small } from '../parts/markdown.ts';
import { passageOfStatement } from '../parts/passage.ts';
import { speakerName } from '../parts/speaker.ts';
import { type PersonStatements, statementsOf, statementWithin } from '../parts/statement.ts';
import { ACCENTS, type Audience, type Reply, reply } from '../reply.ts';
import { excerptControls } from './excerpts.ts';
import { controlsOf, defineView, type View, type ViewContext } from './view.ts';

/** What somebody says, by day: days as `2022-03-14`, both inclusive. */
const shape = z.object({
  page: parts.page,
  person: parts.person,
  after: parts.day,
  before: parts.day,
  words: parts.words,
});
type TimelineState = z.infer<typeof shape>;

export const timelineView: View<TimelineState> = defineView({
  name: 'timeline',
  pageDigits: 3,
  letter: 'l',
  form: new RegExp(String.raw`^l(?<person>${PERSON})(?<after>[\w\-]{5})(?<before>[\w\-]{5})(?<words>.*)$`, 'sv'),
  state: shape,
  show: showTimeline,
});

const STATEMENTS_ON_PAGE = 3;

/** Returns a page of what somebody says by day; `undefined` if they, or every statement, are gone. */
export async function showTimeline(state: TimelineState, context: ViewContext, note = ''): Promise<Reply | undefined> {
  const { person, page, words, after, before } = state;
  const part = { from: page * STATEMENTS_ON_PAGE, most: STATEMENTS_ON_PAGE };
  const found = await statementsOf(person, { ...part, words, after, before, order: 'oldest' }, context);
  if (found === undefined || found.statements.length === 0) return undefined;
  return timelineReply(found, state, context, note);
}

const ROOM_FOR_HEAD = 700;
const ROOM_FOR_EACH = Math.floor((ROOM - ROOM_FOR_HEAD) / STATEMENTS_ON_PAGE);
const ROOM_FOR_DAY = 40;

function dayText({ from: { article } }: Statement, say: Say): string {
  const day = article.published && plainDay(article.published, say);
  return bold(day || say('timeline.no-day'));
}

/** Returns what the quotes were filtered by: " on “bridge” from 1 March 2022 until 5 May 2022". */
function chosenBy({ words, after, before }: TimelineState, say: Say): string {
  const first = after && plainDay(after, say);
  const last = before && plainDay(before, say);
  return [
    words === '' ? '' : say('timeline.likest', { words: inline(words, 120) }),
    first ? say('timeline.from', { day: first }) : '',
    last ? say('timeline.until', { day: last }) : '',
  ].join('');
}

/** Returns a page of statements, the oldest first; those without a day come last and say so. */
export function timelineReply(
  { from, speaker, statements, total }: PersonStatements,
  state: TimelineState,
  audience: Audience,
  note: string,
): Reply {
  const { say } = audience;
  const order = say('timeline.order', { count: total, chosen: chosenBy(state, say) });
  const hasUndated = statements.some(({ from: { article } }) => article.published === undefined);
  const undated = hasUndated ? say('timeline.undated') : '';
  const head = joined([`### ${speakerName(from.article, speaker)}`, small(order), small(undated), small(note)]);
  const texts = statements.map(each => {
    const said = statementWithin(each, ROOM_FOR_EACH - ROOM_FOR_DAY, say);
    return `${dayText(each, say)}\n${said}`;
  });
  const pages = Math.ceil(total / STATEMENTS_ON_PAGE);
  return reply({
    accent: ACCENTS.article,
    texts: [head, ...texts],
    ...controlsOf(timelineView, state, pages, audience, excerptControls(statements.map(passageOfStatement), say)),
  });
}
