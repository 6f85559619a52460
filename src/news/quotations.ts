import { wordSet } from './lexicon/word-lists.ts';
import type { Span } from './span.ts';

/**
 * Words that start with an apostrophe (’em, ’tis) and hardly ever open a quotation. Taking an apostrophe for a mark is
 * the worse error: it credits somebody with words, whereas taking a mark for an apostrophe only misses some.
 */
const ELISIONS = wordSet('bout cos coz cuz em gainst n neath nuff ol til tis twas twere twill');

/** Marks of one family close each other, even with different shapes: `“We go," he said`. */
type MarkFamily = 'double' | 'single' | 'guillemet' | 'single guillemet' | 'corner' | 'white corner';

interface Mark extends Span {
  readonly family: MarkFamily;
  /** From the character itself; a straight mark is ambiguous. */
  readonly shape: 'left' | 'right' | 'straight';
  /** From the characters around it. */
  readonly place: 'opening' | 'closing' | 'either';
  /** A single mark that may be a possessive, a clipped ending (the officials’ plan, goin’ home), or feet. */
  readonly weak: boolean;
  /** A straight mark after a digit, which may mean inches. */
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
/** Scripts without spaces have no apostrophes: `他说‘好’是` has two marks. */
const SPACED_LETTER = String.raw`[[\p{L}\p{M}\p{N}]--[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}]]`;
const LETTER_BEFORE = new RegExp(`${SPACED_LETTER}$`, 'v');
const LETTER_AHEAD = new RegExp(`^${SPACED_LETTER}`, 'v');
const DECADE = /^\d0s(?![\p{L}\p{N}])/v;
const WORD_AHEAD = /^\p{L}+/v;
const FEET_AND_INCHES = /\d['’] ?\d{1,2}$/v;
const CLIPPED = /(?:[sS\d]|in)$/v;
const DIGIT = /^\d$/v;

/** How far the rules for apostrophes and inches look ahead and back, in UTF-16 units. */
const NEAR = 8;

interface Sign extends Span {
  readonly before: string;
  readonly after: string;
}

/** Returns the quotation marks of one paragraph in text order, without apostrophes, feet and inches. */
function findMarks(text: string, paragraph: Span): readonly Mark[] {
  return findSigns(text, paragraph).flatMap(sign => {
    const mark = toMark(text, sign);
    return mark === undefined || isApostrophe(text, mark) || isInches(text, mark) ? [] : [mark];
  });
}

/** Finds neighbours past other marks and invisible characters: in `,’” he` the ’ counts as followed by a space. */
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

/** Returns the first visible character from one position to another, in the given direction. */
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
  const before = text.slice(Math.max(0, mark.start - 2), mark.start);
  const ahead = text.slice(mark.end, mark.end + NEAR);
  if (LETTER_BEFORE.test(before)) return LETTER_AHEAD.test(ahead) || /^['’‘][nN]$/v.test(before);
  if (mark.place !== 'opening') return false;
  if (mark.shape === 'right') return true;
  return DECADE.test(ahead) || ELISIONS.has((WORD_AHEAD.exec(ahead)?.[0] ?? '').toLowerCase());
}

function isInches(text: string, mark: Mark): boolean {
  if (mark.family !== 'double' || mark.shape === 'left') return false;
  return FEET_AND_INCHES.test(text.slice(Math.max(0, mark.start - NEAR), mark.start));
}

/** An opening mark and where its quotation ends: at a closing mark, or where it is assumed to end. */
interface Pair extends Span {
  readonly open: Mark;
  /** End of the words inside. */
  readonly innerEnd: number;
  readonly closed: boolean;
}

/** Cuts pairs that reach past the one around them. If such a pair is closed, it cuts the one around it instead. */
function untangle(pairs: readonly Pair[]): readonly Pair[] {
  const untangled: Pair[] = [];
  const around: number[] = [];
  const outer = () => untangled[around.at(-1) ?? -1];
  for (const pair of pairs) {
    for (let over = outer(); over !== undefined && over.end < pair.end; over = outer()) {
      const isApart = over.end <= pair.start;
      if (!isApart && !pair.closed) break;
      const at = around.pop() ?? 0;
      if (!isApart) untangled[at] = cut(over, pair.start);
    }
    const end = outer()?.end ?? pair.end;
    around.push(untangled.push(end < pair.end ? cut(pair, end) : pair) - 1);
  }
  return untangled;
}

/** Ends a pair at `end`, without a closing mark. */
function cut(pair: Pair, end: number): Pair {
  return { ...pair, end, innerEnd: end };
}

/** Words between quotation marks; `start` and `end` include the marks. Empty quotations are ignored. */
export interface Quotation extends Span {
  /** Without marks and surrounding white space; never empty. */
  readonly inner: Span;
  /** 0 if it is inside no other quotation. */
  readonly depth: number;
  /** The paragraph's number, from 1. */
  readonly paragraph: number;
  readonly family: MarkFamily;
  /** False if the closing mark is missing. It then ends with the paragraph or where the next one opens. */
  readonly closed: boolean;
  /** True if it isn't closed and the next paragraph opens with the same kind of mark: one speech over paragraphs. */
  readonly continues: boolean;
}

/** Deeper nesting is ignored. No prose needs it, and a hostile text may have 100,000 levels. */
const DEEPEST = 8;

/**
 * Pairs the quotation marks of each paragraph, outer ones first, in text order. Time is linear. `paragraphs` have no
 * surrounding white space.
 */
export function pairQuotations(text: string, paragraphs: readonly Span[]): readonly Quotation[] {
  const paired = paragraphs.map(paragraph => pairParagraph(text, paragraph));
  return paired.flatMap((pairs, index) => {
    const next = paired[index + 1]?.[0];
    const opensNext = next !== undefined && next.start === paragraphs[index + 1]?.start ? next.open.family : undefined;
    const start = paragraphs[index]?.start ?? 0;
    return nest(text, settleUnclosed(pairs, start, opensNext), { paragraph: index + 1, opensNext });
  });
}

interface Pairing {
  readonly open: Mark[];
  /** Number of ignored marks that still await their closing mark. */
  tooDeep: number;
  readonly pairs: Pair[];
}

function pairParagraph(text: string, paragraph: Span): readonly Pair[] {
  const marks = findMarks(text, paragraph);
  const ahead = lookAhead(marks);
  const pairing: Pairing = { open: [], tooDeep: 0, pairs: [] };
  for (const [index, mark] of marks.entries()) {
    const turn = turnOf(mark, ahead[index] ?? NOTHING_AHEAD, pairing.open);
    if (turn === 'opens') open(pairing, mark);
    if (turn === 'closes') close(pairing, mark);
  }
  for (const mark of pairing.open) {
    pairing.pairs.push({ start: mark.start, end: paragraph.end, open: mark, innerEnd: paragraph.end, closed: false });
  }
  return pairing.pairs.sort((one, other) => one.start - other.start);
}

function open(pairing: Pairing, mark: Mark): void {
  if (pairing.open.length < DEEPEST) pairing.open.push(mark);
  else pairing.tooDeep += 1;
}

function close(pairing: Pairing, mark: Mark): void {
  if (pairing.tooDeep > 0) {
    pairing.tooDeep -= 1;
    return;
  }
  for (let top = pairing.open.pop(); top !== undefined; top = pairing.open.pop()) {
    if (top.family === mark.family) {
      pairing.pairs.push({ start: top.start, end: mark.end, open: top, innerEnd: mark.start, closed: true });
      return;
    }
    // A single mark that is still open here was an apostrophe; any other lacks its closing mark.
    if (top.family === 'single') continue;
    pairing.pairs.push({ start: top.start, end: mark.start, open: top, innerEnd: mark.start, closed: false });
  }
}

interface Ahead {
  /** True if, past other weak marks, the next single mark certainly closes. */
  readonly singleCloses: boolean;
  /** True if it does so before any double mark. */
  readonly singleClosesFirst: boolean;
  /** True if the next double mark is in a closing position. */
  readonly doubleCloses: boolean;
}

const NOTHING_AHEAD: Ahead = { singleCloses: false, singleClosesFirst: false, doubleCloses: false };

function lookAhead(marks: readonly Mark[]): readonly Ahead[] {
  let ahead = NOTHING_AHEAD;
  return marks
    .toReversed()
    .map(mark => {
      const here = ahead;
      if (mark.family === 'double') {
        ahead = { ...ahead, singleClosesFirst: false, doubleCloses: mark.place === 'closing' && mark.shape !== 'left' };
      }
      if (mark.family === 'single' && !mark.weak) {
        const closes = mark.place === 'closing' && mark.shape !== 'left';
        ahead = { ...ahead, singleCloses: closes, singleClosesFirst: closes };
      }
      return here;
    })
    .toReversed();
}

type Turn = 'opens' | 'closes' | 'neither';

function turnOf(mark: Mark, ahead: Ahead, opened: readonly Mark[]): Turn {
  if (mark.family === 'single') return turnOfSingle(mark, ahead, opened);
  const isOpen = opened.some(one => one.family === mark.family);
  // `a 12" disc` means inches, even within a quotation that is still open.
  if (mark.afterDigit && mark.place !== 'opening' && (!isOpen || ahead.doubleCloses)) return 'neither';
  if (mark.shape === 'left') return mark.place === 'closing' && isOpen ? 'closes' : 'opens';
  if (mark.shape === 'straight' && mark.place === 'opening') return 'opens';
  if (isOpen) return 'closes';
  if (mark.place === 'closing') return 'neither';
  return mark.shape === 'straight' || mark.place === 'opening' ? 'opens' : 'neither';
}

/** A single mark closes only the last opened one. Across an open double mark it is an apostrophe. */
function turnOfSingle(mark: Mark, ahead: Ahead, opened: readonly Mark[]): Turn {
  const isOpen = opened.at(-1)?.family === 'single';
  const nested = opened.some(one => one.family !== 'single');
  const later = nested ? ahead.singleClosesFirst : ahead.singleCloses;
  if (mark.shape === 'left') return mark.place === 'closing' ? (isOpen ? 'closes' : 'neither') : 'opens';
  if (isOpen && mark.place !== 'opening') return mark.weak && later ? 'neither' : 'closes';
  return mark.shape === 'straight' && mark.place === 'opening' ? 'opens' : 'neither';
}

/**
 * A pair without a closing mark ends where another of its family follows, unless the speech continues in the next
 * paragraph. A single mark without one is an apostrophe, unless a paragraph opens with it.
 */
function settleUnclosed(pairs: readonly Pair[], start: number, opensNext: MarkFamily | undefined): readonly Pair[] {
  const nextStart = new Map<MarkFamily, number>();
  const settled = pairs.toReversed().flatMap(pair => {
    const { family, shape } = pair.open;
    const follower = nextStart.get(family);
    const continues = !pair.closed && family === opensNext;
    const atStart = pair.start === start && (shape === 'left' || continues);
    if (!pair.closed && family === 'single' && !atStart) return [];
    nextStart.set(family, pair.start);
    if (pair.closed || continues || follower === undefined) return [pair];
    return [cut(pair, Math.min(pair.end, follower))];
  });
  return untangle(settled.toReversed());
}

interface Place {
  readonly paragraph: number;
  readonly opensNext: MarkFamily | undefined;
}

function nest(text: string, pairs: readonly Pair[], place: Place): readonly Quotation[] {
  const around: Span[] = [];
  const last = pairs.reduce((end, pair) => Math.max(end, pair.end), 0);
  return pairs.flatMap(pair => {
    const inner = trim(text, pair.open.end, pair.innerEnd);
    if (inner.start === inner.end) return [];
    const { start, open: mark, closed } = pair;
    const end = closed ? pair.end : inner.end;
    while ((around.at(-1)?.end ?? end) < end || (around.at(-1)?.end ?? start + 1) <= start) around.pop();
    const depth = around.length;
    around.push({ start, end });
    const continues = !closed && depth === 0 && mark.family === place.opensNext && pair.end === last;
    return [{ start, end, inner, depth, paragraph: place.paragraph, family: mark.family, closed, continues }];
  });
}

function trim(text: string, from: number, to: number): Span {
  let start = from;
  let end = Math.max(from, to);
  while (start < end && /\s/v.test(text.charAt(start))) start += 1;
  while (end > start && /\s/v.test(text.charAt(end - 1))) end -= 1;
  return { start, end };
}
