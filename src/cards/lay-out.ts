import { isMainlyHan } from '../news/chinese.ts';
import type { Card, CardPart, Colour, Shape } from './card.ts';
import {
  ASCENT,
  breakLines,
  DESCENT,
  type FittedWords,
  fitWords,
  fontOf,
  shortened,
  splitAtBreaks,
  textOfLine,
} from './fit-words.ts';

/** Maximum number of bars in a chart: more can't be read on a phone. */
export const MOST_BARS = 8;

/** In pixels from the upper left corner of the card. */
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
export interface TextRun {
  readonly text: string;
  readonly left: number;
  readonly baseline: number;
  readonly font: Font;
  readonly colour: Colour;
}

/** Text clipped to a box, in case of letters with stacked accents. */
export interface Block {
  readonly box: Box;
  readonly runs: readonly TextRun[];
}

/** The position of everything on a card. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** The opening quotation mark; `undefined` if the words aren't a quotation. */
  readonly mark: Block | undefined;
  readonly words: Block;
  readonly rule: Box;
  readonly credit: Block;
}

/** Returns the width of a text in pixels. */
export type Measure = (text: string, font: Font) => number;

/** In pixels. */
interface Frame {
  readonly width: number;
  readonly height: number;
  /** Left edge of words and credit; only the quotation mark is left of it. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly largestWords: number;
  readonly name: number;
  /** Of role, notes and source. At a width of 400 pixels, to which Discord scales pictures, it is 13 pixels. */
  readonly small: number;
  readonly signature: number;
}

const FRAMES: Readonly<Record<Shape, Frame>> = {
  wide: {
    width: 1200,
    height: 630,
    left: 148,
    right: 64,
    top: 56,
    bottom: 44,
    largestWords: 76,
    name: 46,
    small: 39,
    signature: 24,
  },
  square: {
    width: 1080,
    height: 1080,
    left: 140,
    right: 64,
    top: 88,
    bottom: 64,
    largestWords: 92,
    name: 46,
    small: 36,
    signature: 24,
  },
};

/** Printed at the lower right. */
const SIGNATURE = 'Verbatim';
const RULE_WIDTH = 64;
const RULE_HEIGHT = 3;
const GAP_ABOVE_RULE = 28;
const GAP_BELOW_RULE = 16;
const LINE_HEIGHT = 1.28;
/** Fraction of the card's height that the credit may take: the words need the rest. */
const MOST_CREDIT = 0.52;

interface CreditLine extends Omit<TextRun, 'left' | 'baseline'> {
  /** In pixels. */
  readonly gapAbove: number;
}

/** Breaks a text into at most `most` lines of this width, ending in `…` if it was cut. */
function clipLines(text: string, font: Font, width: number, most: number, measure: Measure): readonly string[] {
  const pieces = splitAtBreaks(text).map(piece => ({ ...piece, width: measure(piece.text, font) }));
  const lines = breakLines({ pieces, spaceWidth: measure(' ', font) }, width).map(textOfLine);
  return lines.slice(0, most).map((line, at) => {
    const goesOn = at === most - 1 && lines.length > most;
    return shortened(line, cut => measure(cut, font) <= width && !(goesOn && cut === line));
  });
}

/** A step in shrinking a credit that doesn't fit: the link goes first, then names and notes get smaller. */
interface Fit {
  readonly hasLink: boolean;
  /** Of name, role and notes. The source always has its full size. */
  readonly scale: number;
}

const FITS: readonly Fit[] = [
  { hasLink: true, scale: 1 },
  ...[1, 0.9, 0.8, 0.7, 0.6].map(scale => ({ hasLink: false, scale })),
];

/** Returns the lines of outlet, day and paragraph. A long outlet or title is cut, never what follows it. */
function sourceLines([first = '', ...rest]: readonly string[], font: Font, width: number, measure: Measure) {
  const joined = (start: string) => [start, ...rest].filter(text => text !== '').join(' · ');
  const linesOf = (start: string) => clipLines(joined(start), font, width, 2, measure);
  const isWhole = (start: string) => linesOf(start).at(-1)?.endsWith('…') !== true;
  return linesOf(shortened(first, isWhole));
}

const LEAST_FOR_ONE_LINE = 0.75;

/** Returns the size of a name: a little smaller if it then fits on one line. */
function nameSize(name: string, size: number, width: number, measure: Measure): number {
  const fraction = width / measure(name, fontOf(size, 600));
  return fraction < 1 && fraction >= LEAST_FOR_ONE_LINE ? Math.floor(size * fraction) : size;
}

/** Returns the lines of the credit: name and role, notes, source. */
function creditLines(card: Card, frame: Frame, width: number, measure: Measure, fit: Fit): readonly CreditLine[] {
  const toLines = (texts: readonly string[], font: Font, colour: Colour, gapAbove = 0) =>
    texts.map((text, at) => ({ text, font, colour, gapAbove: at === 0 ? gapAbove : 0 }));
  const lines = (text: string | undefined, font: Font, colour: Colour, most: number, gapAbove = 0) =>
    text === undefined ? [] : toLines(clipLines(text, font, width, most, measure), font, colour, gapAbove);
  const small = fontOf(frame.small);
  const scaled = frame.small * fit.scale;
  const gap = frame.small / 3;
  const beside = width - 2 * measure(SIGNATURE, fontOf(frame.signature, 400, true));
  const link = fit.hasLink && card.link !== undefined ? clipLines(card.link, small, beside, 1, measure) : [];
  const oneLine = [...card.source, ...(card.link === undefined ? [] : [card.link])].join(' · ');
  const source =
    measure(oneLine, small) <= beside ? [oneLine] : [...sourceLines(card.source, small, beside, measure), ...link];
  const name = nameSize(card.speaker ?? '', frame.name * fit.scale, width, measure);
  const head = [
    ...lines(card.speaker, fontOf(name, 600), 'words', 2),
    ...lines(card.role, fontOf(scaled), 'muted', 2),
    ...lines(card.notes.join(' · '), fontOf(scaled, 400, true), 'accent', 3, gap),
  ];
  return [...head, ...toLines(source, small, 'muted', gap)];
}

function heightOfLines(lines: readonly CreditLine[]): number {
  return lines.reduce((sum, { font, gapAbove }) => sum + gapAbove + font.size * LINE_HEIGHT, 0);
}

/** Returns the credit as large as it may be, and in full if possible. */
function fitCredit(card: Card, frame: Frame, width: number, measure: Measure): readonly CreditLine[] {
  let lines: readonly CreditLine[] = [];
  for (const fit of FITS) {
    lines = creditLines(card, frame, width, measure, fit);
    if (heightOfLines(lines) <= MOST_CREDIT * frame.height && !lines.some(({ text }) => text.endsWith('…'))) break;
  }
  return lines;
}

/** Lays out the credit at the bottom of the card. */
function layOutCredit(card: Card, frame: Frame, measure: Measure): Block {
  const width = frame.width - frame.left - frame.right;
  const lines = fitCredit(card, frame, width, measure);
  const height = Math.max(heightOfLines(lines), frame.small * LINE_HEIGHT);
  const box = { left: frame.left, top: frame.height - frame.bottom - height, width, height };
  let top = box.top;
  const runs = lines.map(({ text, font, colour, gapAbove }): TextRun => {
    top += gapAbove;
    const baseline = top + font.size;
    top += font.size * LINE_HEIGHT;
    return { text, left: frame.left, baseline, font, colour };
  });
  const font = fontOf(frame.signature, 400, true);
  const baseline = frame.height - frame.bottom - frame.small * (LINE_HEIGHT - 1);
  // The last letter leans out of its width.
  const left = frame.left + width - measure(SIGNATURE, font) - 4;
  return { box, runs: [...runs, { text: SIGNATURE, left, baseline, font, colour: 'muted' }] };
}

/** Places the opening quotation mark left of the words, in proportion to them. */
function layOutMark({ size, firstLeft, firstBaseline }: FittedWords, text: string, measure: Measure): Block {
  const font = fontOf(Math.min(Math.max(2.1 * size, 96), 170), 600);
  const width = measure(text, font);
  const gap = 22;
  const left = firstLeft - gap - width;
  // The visible part of “ is in the upper part of its line, level with the capitals of the first line.
  const baseline = firstBaseline + 0.66 * (font.size - size) + (text === '「' ? 0.12 * font.size : 0);
  const box = { left, top: baseline - ASCENT * font.size, width, height: (ASCENT + DESCENT) * font.size };
  return { box, runs: [{ text, left, baseline, font, colour: 'accent' }] };
}

/** Returns the parts with the closing quotation mark after the last word, so that no line breaks between them. */
function closedWith(mark: string, parts: readonly CardPart[]): readonly CardPart[] {
  return parts.map((part, at) => (at === parts.length - 1 ? { ...part, text: part.text + mark } : part));
}

/** Gives the closing quotation mark, which isn't the article's, a colour of its own. */
function withMarkApart(runs: readonly TextRun[], measure: Measure): readonly TextRun[] {
  const last = runs.at(-1);
  if (last === undefined) return runs;
  const [words, text] = [last.text.slice(0, -1), last.text.slice(-1)];
  // Kerning may draw the mark nearer to the words.
  const left = last.left + measure(last.text, last.font) - measure(text, last.font);
  const mark: TextRun = { ...last, text, left, colour: 'accent' };
  return words === '' ? [...runs.slice(0, -1), mark] : [...runs.slice(0, -1), { ...last, text: words }, mark];
}

/** Lays out a card: the words as large as possible above the credit. */
export function layOut(card: Card, measure: Measure): Layout {
  const frame = FRAMES[card.shape];
  const chinese = isMainlyHan(card.parts.map(({ text }) => text).join(' '));
  const credit = layOutCredit(card, frame, measure);
  const { left, width } = credit.box;
  const top = Math.floor(credit.box.top) - GAP_BELOW_RULE - RULE_HEIGHT;
  const rule: Box = { left, top, width: RULE_WIDTH, height: RULE_HEIGHT };
  const box: Box = { left, top: frame.top, width, height: top - GAP_ABOVE_RULE - frame.top };
  const marks = chinese ? { opening: '「', closing: '」' } : { opening: '“', closing: '”' };
  const parts = card.isQuotation ? closedWith(marks.closing, card.parts) : card.parts;
  const words = fitWords(parts, box, { largest: frame.largestWords, isChinese: chinese }, measure);
  return {
    width: frame.width,
    height: frame.height,
    mark: card.isQuotation ? layOutMark(words, marks.opening, measure) : undefined,
    words: { box, runs: card.isQuotation ? withMarkApart(words.runs, measure) : words.runs },
    rule,
    credit,
  };
}
