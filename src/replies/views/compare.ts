import type { Appearance } from '../../search/people.ts';
import type { Statement } from '../../search/statements.ts';
import type { Say } from '../../wording/say.ts';
import { bold, inline, small } from '../parts/markdown.ts';
import { nameOf } from '../parts/speaker.ts';
import { statementWithin } from '../parts/statement.ts';
import { accents, type Reply, reply, room } from '../reply.ts';
import { buttonsOf } from './pager.ts';
import type { View } from './view.ts';

/** Of each of the two. */
export const comparedOnPage = 2;

const roomForHeads = 1000;
const roomForEach = Math.floor((room - roomForHeads) / (2 * comparedOnPage));

/** A page of what one of two people says. */
export interface Side {
  readonly who: Pick<Appearance, 'from' | 'speaker'>;
  readonly statements: readonly Statement[];
  /** On all pages. */
  readonly total: number;
}

function silence({ total }: Side, name: string, words: string, say: Say): string {
  if (total > 0) return say('compare.no-more', { name });
  return words === ''
    ? say('compare.nothing', { name })
    : say('compare.nothing-like', { name, words: inline(words, 120) });
}

function sideTexts(side: Side, words: string, say: Say): string[] {
  const { from, speaker } = side.who;
  const name = nameOf(from.article, speaker);
  const heading = `### ${name}\n${small(say('compare.quotes', { count: side.total }))}`;
  const shown = side.statements.map(each => statementWithin(each.from.article, each.attribution, roomForEach, say));
  const [first = silence(side, bold(name), words, say), ...others] = shown;
  return [`${heading}\n${first}`, ...others];
}

/** A page of what two people say, one below the other, the newest first; each statement with where it stands. */
export function compareReply(
  sides: readonly [Side, Side],
  view: View & { readonly kind: 'compare' },
  note: string,
  isPrivate: boolean,
  say: Say,
): Reply {
  const most = Math.max(...sides.map(({ total }) => total));
  const subject = view.words === '' ? [] : [small(say('compare.on', { words: inline(view.words, 120) }))];
  const notes = note === '' ? [] : [small(note)];
  const head = [...subject, ...notes].join('\n');
  return reply({
    accent: accents.article,
    texts: [head, ...sides.flatMap(side => sideTexts(side, view.words, say))].filter(text => text !== ''),
    buttons: buttonsOf(view, Math.ceil(most / comparedOnPage), isPrivate, say),
    private: isPrivate,
  });
}
