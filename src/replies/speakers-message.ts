import { type Chart, mostBars } from '../cards/chart.ts';
import { lettersWithoutFont } from '../cards/typefaces.ts';
import type { Say } from '../wording/say.ts';
import { limits } from './limits.ts';
import { clip, small } from './markdown.ts';
import { menuOf } from './menu.ts';
import { buttonsOf } from './pager.ts';
import { accents, type Reply, reply } from './reply.ts';
import { type Line, type Listing, linesText } from './speakers.ts';
import type { View } from './view.ts';

/** Of each name and title in a picture's description, so that all of its numbers fit. */
const longestDescribed = 44;
const longestTitle = 120;

/** Words that the typefaces can draw, or others in their place. */
function drawable(text: string, otherwise: string): string {
  return lettersWithoutFont([text]).length === 0 ? text : otherwise;
}

function rank({ page }: Listing, at: number): number {
  return page * mostBars + at + 1;
}

/** The numbers of a page as bars. */
export function chartOf(listing: Listing, say: Say): Chart {
  const bars = listing.lines.map(({ who, quoted, reported, numbers }, at) => ({
    label: `${rank(listing, at)}. ${drawable(who, say('chart.name-elsewhere'))}`,
    filled: quoted,
    hatched: reported,
    value: numbers,
  }));
  return {
    title: listing.title,
    subtitle: drawable(listing.aboutPlain, ''),
    bars,
    legend: listing.tellsReports ? { filled: say('chart.filled'), hatched: say('chart.hatched') } : undefined,
  };
}

/** All numbers of the picture, in its order. */
function altTextOf(listing: Listing, say: Say): string {
  const bars = listing.lines.map(({ who, allNumbers }, at) =>
    say('chart.line', { rank: `${rank(listing, at)}`, who: clip(who, longestDescribed), numbers: allNumbers }),
  );
  const about = clip(listing.aboutPlain, longestTitle);
  return clip([say('chart.described', { title: listing.title, about }), ...bars].join('\n'), limits.description);
}

function entryOf({ who, allNumbers, press }: Line) {
  return press === undefined ? [] : [{ label: who, detail: allNumbers, press }];
}

/** A drawn chart, or in a sentence why there is none. */
export type Drawn =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'none'; readonly reason: string };

/** Who is quoted: the picture, the same as text, and a menu that opens what one of them said. */
export function speakersReply(
  listing: Listing,
  drawn: Drawn,
  view: View & { readonly kind: 'speakers' },
  isPrivate: boolean,
  say: Say,
): Reply {
  const { title, about, foot, lines, page, pages } = listing;
  const notes = drawn.kind === 'none' ? [foot, say('speakers.no-picture', { reason: drawn.reason })] : [foot];
  const description = altTextOf(listing, say);
  return reply({
    accent: accents.article,
    picture: drawn.kind === 'none' ? undefined : { name: 'speakers.png', bytes: drawn.bytes, description },
    texts: [`### ${title}\n${about}`, linesText(listing), notes.map(small).join('\n')],
    menu: menuOf(say('speakers.menu'), lines.flatMap(entryOf)),
    buttons: buttonsOf({ ...view, page }, pages, isPrivate, say),
    private: isPrivate,
  });
}
