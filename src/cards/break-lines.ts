import { charactersOf, type Piece } from './pieces.ts';

/** A piece and its width, in the unit in which the line's width is told. */
export interface MeasuredPiece extends Piece {
  readonly width: number;
}

/** Pieces of a text, each measured once. */
export interface MeasuredText<Of extends MeasuredPiece = MeasuredPiece> {
  readonly pieces: readonly Of[];
  readonly spaceWidth: number;
}

/** The pieces of one line. */
export type Line<Of extends MeasuredPiece = MeasuredPiece> = readonly Of[];

/** Fills line after line. A piece that is wider than a line has one for itself, and reaches beyond it. */
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

const halvings = 8;

/** The same number of lines, as even as they can be: no word stands alone in the last one. */
export function breakEvenly<Of extends MeasuredPiece>(text: MeasuredText<Of>, width: number): readonly Line<Of>[] {
  const lines = breakLines(text, width);
  let wide = width;
  let narrow = Math.max(...text.pieces.map(piece => piece.width), width / 2);
  for (let halving = 0; halving < halvings && narrow < wide; halving += 1) {
    const middle = (narrow + wide) / 2;
    if (breakLines(text, middle).length > lines.length) narrow = middle;
    else wide = middle;
  }
  return breakLines(text, wide);
}

/** The text with words that are wider than a line taken apart, so that none is left; `undefined` where none is. */
export function takeApart<Of extends MeasuredPiece>(
  text: MeasuredText<Of>,
  width: number,
  widthOf: (character: string) => number,
): MeasuredText<Of> | undefined {
  if (text.pieces.every(piece => piece.width <= width)) return undefined;
  const pieces = text.pieces.flatMap(piece =>
    piece.width <= width
      ? [piece]
      : charactersOf(piece).map(each => ({ ...piece, ...each, width: widthOf(each.text) })),
  );
  return { ...text, pieces };
}

/** The line as it is read. */
export function textOfLine(line: Line): string {
  return line.map((piece, at) => (piece.spaceAfter && at < line.length - 1 ? `${piece.text} ` : piece.text)).join('');
}
