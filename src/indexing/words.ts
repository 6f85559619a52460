import { Converter } from 'opencc-js/t2cn';
import type { Span } from '../news/span.ts';

/** Accents and points that a reader leaves out; vowel signs of Indic scripts and kana voicing are letters, and stay. */
const accent = /[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f]/gv;
const apostrophe = /[’‘ʼ＇`´]/gv;
const plain = /^\p{ASCII}*$/v;

/** A word as it is compared: one case, no accents, straight apostrophes, ligatures taken apart. May be empty. */
function foldWord(word: string): string {
  if (plain.test(word)) return word.toLowerCase().replaceAll('`', "'");
  // Upper before lower case makes "ss" of "ß"; composing again keeps one letter for one Hangul syllable.
  const bare = word.replace(apostrophe, "'").normalize('NFKD').replace(accent, '');
  return bare.toUpperCase().toLowerCase().normalize('NFC');
}

const simplified = new Map<string, string>();
let convert: ((text: string) => string) | undefined;

/**
 * One sign of a script without spaces, traditional Chinese made simplified.
 * Sign by sign, not phrase by phrase: both sides fold alike, and every sign keeps its own place in the original.
 * The tables (10 ms, 13 MB) are built when the first such sign is met.
 */
export function foldSign(sign: string): string {
  const known = simplified.get(sign);
  if (known !== undefined) return known;
  const simplify = convert ?? Converter({ from: 't', to: 'cn' });
  convert = simplify;
  const folded = simplify(sign.normalize('NFKC'));
  simplified.set(sign, folded);
  return folded;
}

/** A word where it stands in the original, and the folded term that it is found by. */
export interface Word extends Span {
  readonly term: string;
  /** A sign of a script without spaces; its term is the sign with the one after it, if any. */
  readonly sign: boolean;
}

const unspaced = String.raw`[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Mymr}]`;
const letter = String.raw`[[\p{L}\p{N}\p{M}]--${unspaced}]`;
/** What joins two halves of one word: an apostrophe of any make; a point or comma between digits. */
const joint = String.raw`(?:['’‘ʼ＇\x60´]|(?<=\p{N})[.,](?=\p{N}))`;

/**
 * Signs (Chinese, kana, Thai …) stand alone; "U.S." is one word; "don’t" and "1,000" are one; "seven-hour" is two.
 * No branch can give back what it took in more than one way, so any text costs linear time.
 */
const pattern = new RegExp(
  [
    String.raw`(?<sign>${unspaced}\p{M}*)`,
    String.raw`(?<initials>(?:\p{L}\.)+\p{L}(?![\p{L}\p{N}])\.?)`,
    `(?<word>${letter}+(?:${joint}${letter}+)*)`,
  ].join('|'),
  'gv',
);

/** The words of a text, or of the part of it that `within` names, in order; offsets are into the whole text. */
export function wordsOf(text: string, within: Span = { start: 0, end: text.length }): Word[] {
  const part = text.slice(within.start, within.end);
  const words: Word[] = [];
  for (const found of part.matchAll(pattern)) {
    const start = within.start + found.index;
    const end = start + found[0].length;
    const term = foldMatch(found[0], found.groups ?? {});
    if (term !== '') words.push({ start, end, term, sign: found.groups?.sign !== undefined });
  }
  return words.map((word, at) => pairSigns(word, words[at + 1]));
}

/** The terms of a text, in order. */
export function termsOf(text: string): string[] {
  return wordsOf(text).map(({ term }) => term);
}

/** A name as it is compared: its terms, joined by spaces. */
export function foldPhrase(phrase: string): string {
  return termsOf(phrase).join(' ');
}

function foldMatch(match: string, groups: Record<string, string | undefined>): string {
  if (groups.sign !== undefined) return foldSign(match);
  if (groups.initials !== undefined) return foldWord(match.replaceAll('.', ''));
  return foldWord(match).replaceAll(',', '');
}

/** A lone sign says little: with the next one it is nearly a word (bigrams, as full-text indexes for Chinese use). */
function pairSigns(word: Word, next: Word | undefined): Word {
  if (!word.sign || next === undefined || !next.sign || next.start !== word.end) return word;
  return { ...word, term: word.term + next.term };
}
