import { isMainlyHan } from '../news/chinese.ts';
import type { Card, Colour, Shape } from './card.ts';
import { ascent, breakLines, descent, type FittedWords, fitWords, fontOf, piecesOf, textOfLine } from './fit-words.ts';

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
export interface Run {
  readonly text: string;
  readonly left: number;
  readonly baseline: number;
  readonly font: Font;
  readonly colour: Colour;
}

/** Text clipped to a box, in case of letters with stacked accents. */
export interface Block {
  readonly box: Box;
  readonly runs: readonly Run[];
}

/** The position of everything on a card. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** The opening mark; `undefined` if the words aren't a quotation. */
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
  /** Left edge of words and credit; only the mark is left of it. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly largestWords: number;
  readonly name: number;
  readonly role: number;
  readonly source: number;
}

const frames: Readonly<Record<Shape, Frame>> = {
  wide: {
    width: 1200,
    height: 630,
    left: 176,
    right: 96,
    top: 64,
    bottom: 54,
    largestWords: 76,
    name: 34,
    role: 25,
    source: 21,
  },
  square: {
    width: 1080,
    height: 1080,
    left: 164,
    right: 88,
    top: 96,
    bottom: 76,
    largestWords: 92,
    name: 40,
    role: 29,
    source: 24,
  },
};

/** Printed at the lower right. */
const signature = 'Verbatim';
const ruleWidth = 64;
const ruleHeight = 3;
const gapAboveRule = 30;
const gapBelowRule = 20;
const lineHeight = 1.32;

interface CreditLine {
  readonly text: string;
  /** In pixels. */
  readonly gapAbove: number;
  readonly font: Font;
  readonly colour: Colour;
}

/** Breaks a text into at most `most` lines of this width, ending in `…` if it was cut. */
function clipLines(text: string, font: Font, width: number, most: number, measure: Measure): readonly string[] {
  const pieces = piecesOf(text).map(piece => ({ ...piece, width: measure(piece.text, font) }));
  const lines = breakLines({ pieces, spaceWidth: measure(' ', font) }, width).map(textOfLine);
  const kept = lines.slice(0, most);
  return kept.map((line, at) => clipLine(line, font, width, at === most - 1 && lines.length > most, measure));
}

function clipLine(line: string, font: Font, width: number, goesOn: boolean, measure: Measure): string {
  if (!goesOn && measure(line, font) <= width) return line;
  const letters = [...line];
  while (letters.length > 0 && measure(`${letters.join('').trimEnd()}…`, font) > width) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}

/** Returns the lines of the credit: name and role, notes, source. */
function creditLines(card: Card, frame: Frame, width: number, measure: Measure): readonly CreditLine[] {
  const lines = (text: string, font: Font, colour: Colour, most: number, gapAbove = 0, inside = width) =>
    clipLines(text, font, inside, most, measure).map((line, at) => ({
      text: line,
      font,
      colour,
      gapAbove: at === 0 ? gapAbove : 0,
    }));
  const small = fontOf(frame.source);
  const gap = frame.source / 3;
  const beside = width - 2 * measure(signature, small);
  const source = card.source.join(' · ');
  const all = [source, card.link].filter(text => text !== undefined && text !== '').join(' · ');
  const fitsOnOne = measure(all, small) <= beside;
  return [
    ...lines(card.speaker, fontOf(frame.name, 600), 'words', 2),
    ...(card.role === undefined ? [] : lines(card.role, fontOf(frame.role), 'muted', 2)),
    ...lines(card.notes.join(' · '), fontOf(frame.source, 400, true), 'accent', 3, gap),
    ...(fitsOnOne ? lines(all, small, 'muted', 1, gap, beside) : lines(source, small, 'muted', 2, gap, beside)),
    ...(fitsOnOne || card.link === undefined ? [] : lines(card.link, small, 'muted', 1, 0, beside)),
  ];
}

/** Lays out the credit at the bottom of the card. */
function layOutCredit(card: Card, frame: Frame, measure: Measure): Block {
  const width = frame.width - frame.left - frame.right;
  const lines = creditLines(card, frame, width, measure);
  const ownHeight = lines.reduce((sum, { font, gapAbove }) => sum + gapAbove + font.size * lineHeight, 0);
  const height = Math.max(ownHeight, frame.source * lineHeight);
  const box = { left: frame.left, top: frame.height - frame.bottom - height, width, height };
  let top = box.top;
  const runs = lines.map(({ text, font, colour, gapAbove }): Run => {
    top += gapAbove;
    const baseline = top + font.size;
    top += font.size * lineHeight;
    return { text, left: frame.left, baseline, font, colour };
  });
  const font = fontOf(frame.source, 400, true);
  const baseline = frame.height - frame.bottom - font.size * (lineHeight - 1);
  // The last letter leans out of its width.
  const left = frame.left + width - measure(signature, font) - 4;
  return { box, runs: [...runs, { text: signature, left, baseline, font, colour: 'muted' }] };
}

/** Places the opening mark left of the words, in proportion to them. */
function layOutMark({ size, firstLeft, firstBaseline }: FittedWords, chinese: boolean, measure: Measure): Block {
  const text = chinese ? '「' : '“';
  const font = fontOf(Math.min(Math.max(2.1 * size, 96), 170), 600);
  const width = measure(text, font);
  const gap = 22;
  const left = firstLeft - gap - width;
  // The visible part of “ is in the upper part of its line, level with the capitals of the first line.
  const baseline = firstBaseline + 0.66 * (font.size - size) + (chinese ? 0.12 * font.size : 0);
  const box = { left, top: baseline - ascent * font.size, width, height: (ascent + descent) * font.size };
  return { box, runs: [{ text, left, baseline, font, colour: 'accent' }] };
}

/** Lays out a card: the words as large as possible above the credit. */
export function layOut(card: Card, measure: Measure): Layout {
  const frame = frames[card.shape];
  const chinese = isMainlyHan(card.parts.map(({ text }) => text).join(' '));
  const credit = layOutCredit(card, frame, measure);
  const rule: Box = {
    left: frame.left,
    top: Math.floor(credit.box.top) - gapBelowRule - ruleHeight,
    width: ruleWidth,
    height: ruleHeight,
  };
  const box: Box = {
    left: frame.left,
    top: frame.top,
    width: credit.box.width,
    height: rule.top - gapAboveRule - frame.top,
  };
  const words = fitWords(card.parts, box, { largest: frame.largestWords, isChinese: chinese }, measure);
  return {
    width: frame.width,
    height: frame.height,
    mark: card.isQuotation ? layOutMark(words, chinese, measure) : undefined,
    words: { box, runs: words.runs },
    rule,
    credit,
  };
}
