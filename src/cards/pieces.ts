/** Letters that stay together on a line, and whether a space parts them from the next: it vanishes where a line ends. */
export interface Piece {
  readonly text: string;
  readonly spaceAfter: boolean;
  /** Whether a new line starts after it in any case. */
  readonly endsLine: boolean;
}

const words = new Intl.Segmenter('zh', { granularity: 'word' });
const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** Scripts that put no space between words: a dictionary tells where these end. */
const unspaced =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}\u3000-\u303f\uff01-\uff60]/v;
/** May not begin a line: what closes or goes on with what stands before. */
const goesWithBefore =
  /^[\p{Pe}\p{Pf}\p{M}\p{Lm}!%\),.:;?\]\}…—–\-\/、。〉》」』】〕〗・！％），．：；？～”’〜ゝゞ々ー]/v;
/** May not end a line: what opens what comes after. */
const goesWithAfter = /[\p{Ps}\p{Pi}「『《〈（【〔〖“‘\p{Sc}]$/v;
/** A line may end after a hyphen or a dash between letters. */
const dash = /[\p{L}\p{N}][\-‐–—\/]$/v;
const space = /^\s+$/v;
const noBreakSpace = /^[\u00a0\u202f\u2007]+$/v;

function mayBreak(before: string, next: string): boolean {
  if (goesWithBefore.test(next) || goesWithAfter.test(before)) return false;
  const [last = ''] = [...before].slice(-1);
  const [first = ''] = [...next];
  return dash.test(before) || unspaced.test(last) || unspaced.test(first);
}

/** Cuts a text where its lines may break: at spaces, after hyphens, and between words of Chinese. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let held = '';
  const close = (spaceAfter: boolean, endsLine: boolean) => {
    if (held !== '') pieces.push({ text: held, spaceAfter, endsLine });
    held = '';
  };
  for (const { segment } of words.segment(text)) {
    if (space.test(segment) && !noBreakSpace.test(segment)) {
      close(true, segment.includes('\n'));
      continue;
    }
    if (held !== '' && mayBreak(held, segment)) close(false, false);
    held += segment;
  }
  close(false, false);
  return pieces;
}

/** A piece in pieces of one character each, for words that are longer than a line. */
export function charactersOf({ text, spaceAfter, endsLine }: Piece): readonly Piece[] {
  const characters = [...graphemes.segment(text)].map(({ segment }) => segment);
  return characters.map((character, at) => ({
    text: character,
    spaceAfter: spaceAfter && at === characters.length - 1,
    endsLine: endsLine && at === characters.length - 1,
  }));
}
