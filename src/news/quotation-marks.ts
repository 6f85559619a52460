import { ELISIONS } from './lexicon/elisions.ts';
import type { Span } from './span.ts';

/** Marks of one family close each other, whatever their shape: `“We go," he said`. */
export type MarkFamily = 'double' | 'single' | 'guillemet' | 'single guillemet' | 'corner' | 'white corner';

export interface Mark extends Span {
  readonly family: MarkFamily;
  /** What the character says of itself; a straight mark says nothing. */
  readonly shape: 'left' | 'right' | 'straight';
  /** What the characters around it say. */
  readonly place: 'opening' | 'closing' | 'either';
  /** A single mark that may as well be a possessive or a clipped ending (the officials’ plan, goin’ home), or feet. */
  readonly weak: boolean;
  /** After a digit, straight: may stand for inches. */
  readonly afterDigit: boolean;
}

const SHAPES: readonly (readonly [MarkFamily, Mark['shape'], readonly string[]])[] = [
  ['double', 'left', ['“', '„', '‟', '〝', '``', '‘‘']],
  ['double', 'right', ['”', '〞', '〟', '’’']],
  ['double', 'straight', ['"', '＂', "''"]],
  ['single', 'left', ['‘', '‚', '‛', '`']],
  ['single', 'right', ['’']],
  ['single', 'straight', ["'", '＇']],
  ['guillemet', 'left', ['«']],
  ['guillemet', 'right', ['»']],
  ['single guillemet', 'left', ['‹']],
  ['single guillemet', 'right', ['›']],
  ['corner', 'left', ['「', '｢']],
  ['corner', 'right', ['」', '｣']],
  ['white corner', 'left', ['『']],
  ['white corner', 'right', ['』']],
];

const SIGNS: ReadonlyMap<string, Pick<Mark, 'family' | 'shape'>> = new Map(
  SHAPES.flatMap(([family, shape, signs]) => signs.map(sign => [sign, { family, shape }] as const)),
);

const ANY_SIGN = /``|''|‘‘|’’|["＂“”„‟〝〞〟'＇‘’‚‛`«»‹›「」『』｢｣]/gv;
const INVISIBLE = /^\p{Cf}$/v;
const OPEN_SIDE = /^[\s\p{Ps}\p{Pd}\/]$/v;
const CLOSE_SIDE = /^[\s\p{Pe}\p{Pd}\/.,;:!?…。，、！？；：]$/v;
/** Scripts without spaces use no apostrophes: `他说‘好’是` holds two marks. */
const SPACED_LETTER = /^[[\p{L}\p{N}]--[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}]]$/v;
const DECADE = /^\d0s(?![\p{L}\p{N}])/v;
const WORD_AHEAD = /^\p{L}+/v;
const FEET_AND_INCHES = /\d['’] ?\d{1,2}$/v;
const CLIPPED = /(?:[sS\d]|in)$/v;
const DIGIT = /^\d$/v;

/** Longest look ahead or behind that a rule on apostrophes and inches needs. */
const NEAR = 8;

interface Sign extends Span {
  readonly before: string;
  readonly after: string;
}

/** The quotation marks of one paragraph in the text's order; apostrophes, feet and inches are not among them. */
export function findMarks(text: string, paragraph: Span): readonly Mark[] {
  return findSigns(text, paragraph).flatMap(sign => {
    const mark = toMark(text, sign);
    return mark === undefined || isApostrophe(text, mark) || isInches(text, mark) ? [] : [mark];
  });
}

/** Neighbours are looked up through other marks and invisible characters: in `,’” he` the ’ stands before a space. */
function findSigns(text: string, paragraph: Span): readonly Sign[] {
  const spans = [...text.slice(paragraph.start, paragraph.end).matchAll(ANY_SIGN)].map(found => ({
    start: paragraph.start + found.index,
    end: paragraph.start + found.index + found[0].length,
  }));
  const afters: string[] = new Array(spans.length).fill(' ');
  for (let index = spans.length - 1; index >= 0; index -= 1) {
    const from = spans[index]?.end ?? paragraph.end;
    const next = spans[index + 1];
    afters[index] = visible(text, from, next?.start ?? paragraph.end, 1) ?? afters[index + 1] ?? ' ';
  }
  let before = ' ';
  let last = paragraph.start;
  return spans.map((span, index) => {
    before = visible(text, span.start - 1, last - 1, -1) ?? before;
    last = span.end;
    return { ...span, before, after: afters[index] ?? ' ' };
  });
}

/** The first visible character from one place to before another, walking in the given direction. */
function visible(text: string, from: number, to: number, step: 1 | -1): string | undefined {
  for (let at = from; at !== to; at += step) {
    const unit = text.charAt(at);
    if (!INVISIBLE.test(unit)) return unit;
  }
  return undefined;
}

function toMark(text: string, { start, end, before, after }: Sign): Mark | undefined {
  const sign = SIGNS.get(text.slice(start, end));
  if (sign === undefined) return undefined;
  const opens = OPEN_SIDE.test(before);
  const closes = CLOSE_SIDE.test(after);
  const place = opens === closes ? 'either' : opens ? 'opening' : 'closing';
  const blankNext = end >= text.length || /\s/v.test(text.charAt(end));
  const clipped = CLIPPED.test(text.slice(Math.max(0, start - 2), start));
  const weak = sign.family === 'single' && place === 'closing' && clipped && blankNext;
  const afterDigit = sign.shape === 'straight' && DIGIT.test(text.charAt(start - 1));
  return { start, end, ...sign, place, weak, afterDigit };
}

function isApostrophe(text: string, mark: Mark): boolean {
  if (mark.family !== 'single') return false;
  if (SPACED_LETTER.test(text.charAt(mark.start - 1))) {
    return SPACED_LETTER.test(text.charAt(mark.end)) || /^['’‘][nN]$/v.test(text.slice(mark.start - 2, mark.start));
  }
  if (mark.place !== 'opening') return false;
  if (mark.shape === 'right') return true;
  const ahead = text.slice(mark.end, mark.end + NEAR);
  return DECADE.test(ahead) || ELISIONS.has((WORD_AHEAD.exec(ahead)?.[0] ?? '').toLowerCase());
}

function isInches(text: string, mark: Mark): boolean {
  if (mark.family !== 'double' || mark.shape === 'left') return false;
  return FEET_AND_INCHES.test(text.slice(Math.max(0, mark.start - NEAR), mark.start));
}
