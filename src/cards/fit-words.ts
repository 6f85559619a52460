import type { CardPart, Colour } from './card.ts';
import type { Box, Font, Measure, TextRun } from './lay-out.ts';

/** Letters that stay on one line, and the space after them, which disappears at the end of a line. */
interface Piece {
  readonly text: string;
  readonly spaceAfter: boolean;
  /** A line break follows. */
  readonly endsLine: boolean;
}

const words = new Intl.Segmenter('zh', { granularity: 'word' });
const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** Scripts without spaces between words, which need a dictionary. */
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}\u3000-\u303f\uff01-\uff60]/v;
/** May not start a line: closing punctuation and the like. */
const STAYS_WITH_PREVIOUS =
  /^[\p{Pe}\p{Pf}\p{M}\p{Lm}!%\),.:;?\]\}…—–\-\/、。〉》」』】〕〗・！％），．：；？～”’〜ゝゞ々ー]/v;
/** May not end a line: opening punctuation and the like. */
const STAYS_WITH_NEXT = /[\p{Ps}\p{Pi}「『《〈（【〔〖“‘\p{Sc}]$/v;
/** A line may break after a hyphen, dash or slash that follows a letter or digit. */
const DASH = /[\p{L}\p{N}][\-‐–—\/]$/v;
const SPACE = /^\s+$/v;
const NO_BREAK_SPACE = /^[\u00a0\u202f\u2007]+$/v;

function mayBreak(before: string, next: string): boolean {
  if (STAYS_WITH_PREVIOUS.test(next) || STAYS_WITH_NEXT.test(before)) return false;
  const [last = ''] = [...before].slice(-1);
  const [first = ''] = [...next];
  return DASH.test(before) || UNSPACED.test(last) || UNSPACED.test(first);
}

/** Splits a text where lines may break: at spaces, after hyphens, and between Chinese words. */
export function splitAtBreaks(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let held = '';
  const close = (spaceAfter: boolean, endsLine: boolean) => {
    if (held !== '') pieces.push({ text: held, spaceAfter, endsLine });
    held = '';
  };
  for (const { segment } of words.segment(text)) {
    if (SPACE.test(segment) && !NO_BREAK_SPACE.test(segment)) {
      close(true, segment.includes('\n'));
      continue;
    }
    if (held !== '' && mayBreak(held, segment)) close(false, false);
    held += segment;
  }
  close(false, false);
  return pieces;
}

/** Splits a piece into characters, for words longer than a line. */
function charactersOf({ text, spaceAfter, endsLine }: Piece): readonly Piece[] {
  const characters = [...graphemes.segment(text)].map(({ segment }) => segment);
  return characters.map((character, at) => {
    const isLast = at === characters.length - 1;
    return { text: character, spaceAfter: spaceAfter && isLast, endsLine: endsLine && isLast };
  });
}

/** A piece and its width, in the unit of the line's width. */
interface MeasuredPiece extends Piece {
  readonly width: number;
}

interface MeasuredText<Of extends MeasuredPiece = MeasuredPiece> {
  readonly pieces: readonly Of[];
  readonly spaceWidth: number;
}

type Line<Of extends MeasuredPiece = MeasuredPiece> = readonly Of[];

/** Fills one line after another. A piece wider than a line gets its own and sticks out. */
export function breakLines<Of extends MeasuredPiece>(text: MeasuredText<Of>, width: number): readonly Line<Of>[] {
  const lines: Of[][] = [];
  let taken = 0;
  for (const piece of text.pieces) {
    const line = lines.at(-1);
    const before = line?.at(-1);
    const space = before?.spaceAfter ? text.spaceWidth : 0;
    if (line === undefined || before?.endsLine || taken + space + piece.width > width) {
      lines.push([piece]);
      taken = piece.width;
    } else {
      line.push(piece);
      taken += space + piece.width;
    }
  }
  return lines;
}

const HALVINGS = 8;

/** Breaks into as many lines as `breakLines` does, but more even ones, so that no word is alone on the last. */
export function breakEvenly<Of extends MeasuredPiece>(text: MeasuredText<Of>, width: number): readonly Line<Of>[] {
  const lines = breakLines(text, width);
  let wide = width;
  let narrow = Math.max(...text.pieces.map(piece => piece.width), width / 2);
  for (let halving = 0; halving < HALVINGS && narrow < wide; halving += 1) {
    const middle = (narrow + wide) / 2;
    if (breakLines(text, middle).length > lines.length) narrow = middle;
    else wide = middle;
  }
  return breakLines(text, wide);
}

/** Returns a text that fits, or its longest beginning that does with `…`. Tries few, as measuring a long text is slow. */
export function shortened(text: string, fits: (cut: string) => boolean): string {
  if (fits(text)) return text;
  const ends = [...graphemes.segment(text)].map(({ index, segment }) => index + segment.length);
  const cutAfter = (letters: number) => `${text.slice(0, ends[letters - 1] ?? 0).trimEnd()}…`;
  let [fitting, tooLong] = [0, ends.length + 1];
  while (tooLong - fitting > 1) {
    const middle = Math.floor((fitting + tooLong) / 2);
    if (fits(cutAfter(middle))) fitting = middle;
    else tooLong = middle;
  }
  return cutAfter(fitting);
}

export function textOfLine(line: Line): string {
  return line.map((piece, at) => (piece.spaceAfter && at < line.length - 1 ? `${piece.text} ` : piece.text)).join('');
}

interface WordsPiece extends MeasuredPiece {
  readonly colour: Colour;
}

/** The largest font size, in pixels, and whether the line spacing is that of Chinese. */
interface Scale {
  readonly largest: number;
  readonly isChinese: boolean;
}

export interface FittedWords {
  readonly runs: readonly TextRun[];
  readonly size: number;
  /** Position of the first line: its left end, which may hang out of the box, and its baseline. */
  readonly firstLeft: number;
  readonly firstBaseline: number;
}

const SMALLEST_SIZE = 8;
/** Widths scale with the font size, so each piece is measured once, at this size. */
const MEASURED_SIZE = 100;
/** From this size down, words longer than a line are broken; above it, a smaller size is tried first. */
const SMALLEST_UNBROKEN_SIZE = 40;
/** Fractions of the font size: from the top of a line to its baseline, and from there to its bottom. */
export const ASCENT = 0.92;
export const DESCENT = 0.28;

/** How far a mark may hang out, in pixels: beyond that are the card's edge and the opening quotation mark. */
export const MOST_HANGING = 46;
const HANGING_MARK = /^[“‘„‚«‹"']/v;
const WIDE_HANGING_MARK = /^[「『《〈]/v;

export function fontOf(size: number, weight: Font['weight'] = 400, isItalic = false): Font {
  return { size, weight, isItalic };
}

/** Width of a text at font size 1. */
type WidthOf = (text: string) => number;

/** Measures each text once for all sizes. */
function remember(measure: Measure): WidthOf {
  const known = new Map<string, number>();
  const font = fontOf(MEASURED_SIZE);
  return text => {
    const width = known.get(text) ?? measure(text, font) / MEASURED_SIZE;
    known.set(text, width);
    return width;
  };
}

/** Measures the parts, with a mark for each omission in a different colour from the article's words. */
function measureParts(parts: readonly CardPart[], widthOf: WidthOf): MeasuredText<WordsPiece> {
  const omission = { text: '[…]', spaceAfter: true, endsLine: false, colour: 'muted', width: widthOf('[…]') } as const;
  const pieces = parts.flatMap(({ text, afterOmission }, at): WordsPiece[] => {
    const own = splitAtBreaks(text).map(
      (piece): WordsPiece => ({ ...piece, width: widthOf(piece.text), colour: 'words' }),
    );
    const last = own.at(-1);
    if (last !== undefined && at < parts.length - 1) own[own.length - 1] = { ...last, spaceAfter: true };
    return afterOmission ? [omission, ...own] : own;
  });
  return { pieces, spaceWidth: widthOf(' ') };
}

/** Large type needs less line spacing, Chinese more. */
function leadingOf(size: number, { isChinese }: Scale): number {
  if (isChinese) return size > 40 ? 1.42 : 1.5;
  if (size > 56) return 1.2;
  return size > 34 ? 1.28 : 1.36;
}

function heightOf(lines: number, size: number, scale: Scale): number {
  return size * ((lines - 1) * leadingOf(size, scale) + ASCENT + DESCENT);
}

/**
 * Returns the text with words longer than a line split into characters; `undefined` if that is needed but not allowed
 * at this size.
 */
function breakable(
  text: MeasuredText<WordsPiece>,
  width: number,
  size: number,
  widthOf: WidthOf,
): MeasuredText<WordsPiece> | undefined {
  if (text.pieces.every(piece => piece.width <= width)) return text;
  if (size > SMALLEST_UNBROKEN_SIZE) return undefined;
  const pieces = text.pieces.flatMap(piece =>
    piece.width <= width
      ? [piece]
      : charactersOf(piece).map(each => ({ ...piece, ...each, width: widthOf(each.text) })),
  );
  return { ...text, pieces };
}

/** Returns how far an opening quotation mark hangs out to the left, so that the letters align. */
function hangOf(text: string, font: Font, measure: Measure): number {
  const [first = ''] = text;
  const width = WIDE_HANGING_MARK.test(text) ? font.size / 2 : HANGING_MARK.test(text) ? measure(first, font) : 0;
  return Math.min(width, MOST_HANGING);
}

function runsOf(line: Line<WordsPiece>, left: number, baseline: number, font: Font, measure: Measure): TextRun[] {
  const runs: TextRun[] = [];
  for (const [at, piece] of line.entries()) {
    const text = piece.spaceAfter && at < line.length - 1 ? `${piece.text} ` : piece.text;
    const before = runs.at(-1);
    if (before?.colour === piece.colour) runs[runs.length - 1] = { ...before, text: before.text + text };
    else runs.push({ text, left: 0, baseline, font, colour: piece.colour });
  }
  let at = left - hangOf(runs[0]?.text ?? '', font, measure);
  return runs.map(run => {
    const placed = { ...run, left: at };
    at += measure(run.text, font);
    return placed;
  });
}

/** Returns where the last letter ends at this size: kerning and rounding may have changed the width. */
function rightOf(runs: readonly TextRun[], measure: Measure): number {
  const last = runs.at(-1);
  return last === undefined ? 0 : last.left + measure(last.text, last.font);
}

function attempt(
  text: MeasuredText<WordsPiece>,
  box: Box,
  size: number,
  scale: Scale,
  measure: Measure,
  widthOf: WidthOf,
): FittedWords | undefined {
  const width = box.width / size;
  const whole = breakable(text, width, size, widthOf);
  if (whole === undefined) return undefined;
  const height = heightOf(breakLines(whole, width).length, size, scale);
  if (height > box.height) return undefined;
  const lines = breakEvenly(whole, width);
  const firstBaseline = box.top + (box.height - height) / 2 + ASCENT * size;
  const leading = size * leadingOf(size, scale);
  const font = fontOf(size);
  const placed = lines.map((line, at) => runsOf(line, box.left, firstBaseline + at * leading, font, measure));
  if (placed.some(runs => rightOf(runs, measure) > box.left + box.width)) return undefined;
  const runs = placed.flat();
  return { runs, size, firstLeft: runs[0]?.left ?? box.left, firstBaseline };
}

/** Sets the words as large as the box allows, centred vertically. */
export function fitWords(parts: readonly CardPart[], box: Box, scale: Scale, measure: Measure): FittedWords {
  const widthOf = remember(measure);
  const text = measureParts(parts, widthOf);
  for (let size = scale.largest; size >= SMALLEST_SIZE; size -= 1) {
    const fitted = attempt(text, box, size, scale, measure, widthOf);
    if (fitted !== undefined) return fitted;
  }
  throw new Error('These words are too many for a card.');
}
