import type { Ink } from './palettes.ts';

/** In pixels from the card's upper left corner. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** `size` in pixels. */
export interface Font {
  readonly size: number;
  readonly weight: 400 | 600;
  readonly isItalic: boolean;
}

/** Text in one place: `left` and `baseline` in pixels. */
export interface Run {
  readonly text: string;
  readonly left: number;
  readonly baseline: number;
  readonly font: Font;
  readonly ink: Ink;
}

/** Text that keeps within a box: what would reach beyond, such as letters with a tower of accents, is cut off there. */
export interface Block {
  readonly box: Box;
  readonly runs: readonly Run[];
}

/** Where everything on a card stands, before anything is drawn. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** The mark before the words; `undefined` where they are nobody's own. */
  readonly mark: Block | undefined;
  readonly words: Block;
  readonly rule: Box;
  readonly credit: Block;
}

/** The width of a text in pixels. */
export type Measure = (text: string, font: Font) => number;
