import type { Appearance } from '../../search/people.ts';
import type { Statement, Statements } from '../../search/statements.ts';
import type { Say } from '../../wording/say.ts';
import { plainDay } from '../parts/citation.ts';
import { bold, inline, small } from '../parts/markdown.ts';
import { nameOf } from '../parts/speaker.ts';
import { statementWithin } from '../parts/statement.ts';
import { accents, type Reply, reply, room } from '../reply.ts';
import { buttonsOf } from './pager.ts';
import type { View } from './view.ts';

export const statementsOnPage = 3;

const roomForHead = 700;
const roomForEach = Math.floor((room - roomForHead) / statementsOnPage);
const roomForDay = 40;

type TimelineView = View & { readonly kind: 'timeline' };

function dayText({ from: { article } }: Statement, say: Say): string {
  const day = article.published && plainDay(article.published, say);
  return bold(day || say('timeline.no-day'));
}

/** What the quotes were chosen by: ", like “bridge”, from 1 March 2022 on, until 5 May 2022". */
function chosenBy({ words, after, before }: TimelineView, say: Say): string {
  const first = after && plainDay(after, say);
  const last = before && plainDay(before, say);
  return [
    words === '' ? '' : say('timeline.likest', { words: inline(words, 120) }),
    first ? say('timeline.from', { day: first }) : '',
    last ? say('timeline.until', { day: last }) : '',
  ].join('');
}

/** A page of what somebody says through time, the oldest first; what has no day comes last, and says so. */
export function timelineReply(
  { from, speaker }: Pick<Appearance, 'from' | 'speaker'>,
  { statements, total }: Statements,
  view: TimelineView,
  note: string,
  isPrivate: boolean,
  say: Say,
): Reply {
  const order = say('timeline.order', { count: total, chosen: chosenBy(view, say) });
  const notes = [order, ...(note === '' ? [] : [note])].map(small);
  const head = [`### ${nameOf(from.article, speaker)}`, ...notes].join('\n');
  const texts = statements.map(each => {
    const said = statementWithin(each.from.article, each.attribution, roomForEach - roomForDay, say);
    return `${dayText(each, say)}\n${said}`;
  });
  return reply({
    accent: accents.article,
    texts: [head, ...texts],
    buttons: buttonsOf(view, Math.ceil(total / statementsOnPage), isPrivate, say),
    private: isPrivate,
  });
}
