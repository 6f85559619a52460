import { slice } from '../news/span.ts';
import type { PersonMatch } from '../search/people.ts';
import { ROOM, weight } from './limits.ts';
import { plainTitle } from './parts/citation.ts';
import { bestDescribed, descriptionOf } from './parts/description.ts';
import { bold, inline, joined, small } from './parts/markdown.ts';
import { speakerName } from './parts/speaker.ts';
import { linesWithin } from './parts/speaker-list.ts';
import { ACCENTS, type Audience, menuOf, type Reply, reply, typed } from './reply.ts';

/** Somebody whom a name may mean, and the id of what to show of them. */
export interface Candidate extends Pick<PersonMatch, 'appearances'> {
  readonly value: string;
}

/**
 * Returns whom a name may mean, with a menu that shows one of them. Those who don't fit into the text are only in the menu.
 * The note is Markdown on one line.
 */
export function whichReply(
  name: string,
  candidates: readonly Candidate[],
  { say, isPrivate }: Audience,
  note = '',
): Reply {
  const entries = candidates.map(({ appearances, value }) => {
    const { from, speaker } = bestDescribed(appearances);
    const label = slice(from.article.text, speaker.name);
    const role = descriptionOf(from, speaker);
    const detail = role === undefined ? plainTitle(from.article, 100) : slice(from.article.text, role);
    return { label, detail, value, name: speakerName(from.article, speaker) };
  });
  const head = say('asking.which', { name: typed(name, say) });
  const lines = entries.map(({ name, detail }) => `- ${bold(name)} · ${inline(detail, 160)}`);
  const shown = linesWithin(lines, ROOM - weight(joined([head, small(note)])), say);
  return reply({
    accent: ACCENTS.article,
    texts: [joined([head, ...shown, small(note)])],
    menu: menuOf(say('asking.which-menu'), entries),
    private: isPrivate,
  });
}
