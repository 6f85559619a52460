import type { Finding, Piece, Place, Verdict } from '../checking/finding.ts';
import type { Say } from '../wording/say.ts';
import { rowsOf } from './buttons.ts';
import { citation } from './citation.ts';
import { showExcerpt } from './excerpt.ts';
import { bold, clip, escapeMarkdown, inline, small } from './markdown.ts';
import { notice } from './notice.ts';
import { accents, type Reply, reply } from './reply.ts';
import { shareAsShown } from './share.ts';
import { accentOf, speakerInline } from './speaker.ts';

/** Of what a screen of a phone holds, in characters: what all quotations of an answer have together. */
const roomForAll = 900;
const longestName = 80;
const longestMissing = 160;
/** A stretch that is the same is shown up to so many characters at either end. */
const longestSame = 90;
/** Several checks show the articles' words only up to so many; beyond, who says it and where. */
const mostShownWhole = 2;
const mostPlaces = 3;

const headings: Readonly<Record<Finding['verdict'], string>> = {
  exact: 'Exact',
  altered: 'Altered',
  cut: 'Cut',
  stitched: 'Stitched',
  'wrong name': 'Right words, wrong name',
  'name open': 'Right words, name left open',
  'own voice': 'In the article’s own voice',
  'not found': 'Not found here',
};

const told: Readonly<Record<Verdict, string>> = {
  exact: 'The words stand so in the article.',
  altered: 'The article has other words. In the quote, **bold** was added and ~~struck through~~ is missing:',
  cut: 'Words were left out, and the quote does not show it. ~~Struck through~~ is missing:',
  stitched: 'The parts do not stand together. They come from:',
  'wrong name': 'The words stand in the article, but it credits somebody else.',
  'name open': 'The words stand in the article, but it leaves open who said them.',
  'own voice': 'The words stand in the article, but nobody is quoted with them.',
};

/** One line of Markdown out of a difference; what is long and the same is shortened in its middle. */
function showDifference(difference: readonly Piece[]): string {
  const shown = difference.map(({ kind, text }) => {
    if (kind === 'added') return bold(escapeMarkdown(oneLine(text, longestMissing)));
    if (kind === 'missing') return `~~${escapeMarkdown(oneLine(text, longestMissing))}~~`;
    const line = oneLine(text, Number.POSITIVE_INFINITY);
    const ends = `${clip(line, longestSame)} ${line
      .slice(-longestSame)
      .replace(/^\S*\s/v, '')
      .replace(/^[\udc00-\udfff]/v, '')}`;
    return escapeMarkdown(line.length > 2 * longestSame ? ends : line);
  });
  return clipMarkdown(shown, roomForAll / 2).join(' ');
}

function oneLine(text: string, most: number): string {
  return clip(text.replaceAll(/\s+/gv, ' ').trim(), Math.min(most, 4_000));
}

/** As many pieces as fit; what is left out is said. */
function clipMarkdown(pieces: readonly string[], most: number): string[] {
  let left = most;
  const fitting = pieces.filter(piece => {
    left -= piece.length + 1;
    return left >= 0;
  });
  return fitting.length === pieces.length ? fitting : [...pieces.slice(0, Math.max(fitting.length, 1)), '…'];
}

/** Whom the claim credits, where that is not whom the article does. */
function creditLine(place: Place, credited: string | undefined, say: Say): string[] {
  if (credited === undefined || place.credit === 'same' || place.credit === 'unnamed') return [];
  const name = bold(inline(credited, longestName));
  if (place.attribution === undefined)
    return [small(`The quote credits ${name}; the article does not say who said this.`)];
  return place.credit === 'other'
    ? [
        small(
          `The quote credits ${name}; the article credits: ${speakerInline(place.from.article, place.attribution, say)}.`,
        ),
      ]
    : [small(`The quote credits ${name}; the article does not settle whether that is so.`)];
}

function speakerOf({ from, attribution, inMarks }: Place, say: Say): string {
  if (attribution === undefined && inMarks) return 'somebody whom I could not make out';
  const indirect = attribution?.type === 'indirect' ? ' (in the article’s wording, not quoted)' : '';
  return `${speakerInline(from.article, attribution, say)}${indirect}`;
}

/** Who says it, the article's own words and where they stand; `room` 0: without the words. */
function showPlace(place: Place, room: number, plain: boolean, say: Say): string {
  const { from, paragraph, excerpt, matches } = place;
  const words = { article: from.article, paragraph, span: excerpt, matches: plain ? [] : matches };
  return [
    `By ${speakerOf(place, say)}`,
    ...(room > 0 ? [showExcerpt(words, room, say)] : []),
    citation(
      from.article,
      paragraph.number,
      matches[0] === undefined ? excerpt : { start: matches[0].start, end: matches.at(-1)?.end ?? matches[0].end },
      say,
    ),
  ].join('\n');
}

function showNotFound(finding: Finding & { verdict: 'not found' }, room: number, say: Say): string[] {
  const { nearest } = finding;
  const line =
    'Nothing in this library comes close. That is no proof that it was never said: I know only the articles in it.';
  if (nearest === undefined || room === 0) return [line];
  const place = { ...nearest, inMarks: nearest.attribution !== undefined, credit: 'unnamed' } as const;
  return [line, `${small('The nearest that I have:')}\n${showPlace(place, Math.min(room, 400), true, say)}`];
}

function showFinding(finding: Finding, heading: string, room: number, say: Say): string[] {
  if (finding.verdict === 'not found') {
    const [line = '', ...more] = showNotFound(finding, room, say);
    return [`${heading}\n${line}`, ...more];
  }
  const { verdict, claim, places, difference } = finding;
  const shown = places.slice(0, mostPlaces);
  const [first] = places;
  const head = [
    heading,
    told[verdict],
    ...(difference.length > 0 ? [showDifference(difference)] : []),
    ...(verdict === 'altered' && places.length > 1 ? ['And its parts do not stand together.'] : []),
    ...(shown.length === 1 ? creditLine(first, claim.credited, say) : []),
  ];
  const each = Math.floor(room / shown.length);
  return [head.join('\n'), shown.map(place => showPlace(place, each, difference.length > 0, say)).join('\n')];
}

function accentOfFinding(finding: Finding) {
  if (finding.verdict === 'not found') return accents.unclear;
  if (finding.verdict === 'exact') return accentOf(finding.places[0].attribution);
  if (finding.verdict === 'own voice') return accents.article;
  return finding.verdict === 'name open' ? accents.unclear : accents.likely;
}

/** What became of each claim of a message; `left` more were not checked. */
export function checkReply(
  findings: readonly [Finding, ...Finding[]],
  left: number,
  isPrivate: boolean,
  say: Say,
): Reply {
  const [first, ...more] = findings;
  const isOne = more.length === 0;
  const room = findings.length > mostShownWhole ? 0 : Math.floor(roomForAll / findings.length);
  const texts = findings.flatMap((finding, at) => {
    const words = isOne ? [] : [`“${inline(finding.claim.words, 80)}”`];
    const heading = [`### ${isOne ? '' : `${at + 1}. `}${headings[finding.verdict]}`, ...words].join('\n');
    const shown = showFinding(finding, heading, room, say);
    return isOne ? shown : [shown.join('\n')];
  });
  const rest = left > 0 ? [small(`${left} more in that message: check them by themselves.`)] : [];
  const accent = isOne ? accentOfFinding(first) : accents.article;
  return reply({
    accent,
    texts: [...texts, ...rest],
    buttons: isPrivate ? rowsOf([shareAsShown(say)]) : undefined,
    private: isPrivate,
  });
}

/** A message without a word to check. */
export function nothingToCheck(): Reply {
  return notice('There are no words to check. Quote somebody, in quotation marks or after `>`, and I will look it up.');
}
