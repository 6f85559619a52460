import { Converter } from 'opencc-js/t2cn';
import type { Span } from '../news/span.ts';

/**
 * Accents that readers leave out when typing. Vowel signs of Indic scripts and kana voicing marks are letters and stay.
 */
const accent = /[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f]/gv;
const apostrophe = /[’‘ʼ＇`´]/gv;
const plain = /^\p{ASCII}*$/v;

/** Folds a word for comparison: case, accents, apostrophes, ligatures. May return an empty string. */
function foldWord(word: string): string {
  if (plain.test(word)) return word.toLowerCase().replaceAll('`', "'");
  // Upper before lower case turns "ß" into "ss"; recomposing keeps one letter for one Hangul syllable.
  const bare = word.replace(apostrophe, "'").normalize('NFKD').replace(accent, '');
  return bare.toUpperCase().toLowerCase().normalize('NFC');
}

const simplified = new Map<string, string>();
let convert: ((text: string) => string) | undefined;

/**
 * Folds a character of a script without spaces: traditional to simplified Chinese. Character by character, not phrase
 * by phrase, so that both sides fold alike and offsets stay valid. The tables (10 ms, 13 MB) are built on first use.
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

/** A word's position in the original, and the folded term that finds it. */
export interface Word extends Span {
  readonly term: string;
  /** True for a character of a script without spaces; its term combines it with the next one, if any. */
  readonly sign: boolean;
}

const unspaced = String.raw`[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Mymr}]`;
const letter = String.raw`[[\p{L}\p{N}\p{M}]--${unspaced}]`;
/** What joins two halves of a word: any kind of apostrophe; a point or comma between digits. */
const joint = String.raw`(?:['’‘ʼ＇\x60´]|(?<=\p{N})[.,](?=\p{N}))`;

/**
 * Characters of scripts without spaces (Chinese, kana, Thai …) are separate; "U.S." is one word; "don’t" and "1,000"
 * are one; "seven-hour" is two. No alternative can backtrack, so time is linear.
 */
const pattern = new RegExp(
  [
    String.raw`(?<sign>${unspaced}\p{M}*)`,
    String.raw`(?<initials>(?:\p{L}\.)+\p{L}(?![\p{L}\p{N}])\.?)`,
    `(?<word>${letter}+(?:${joint}${letter}+)*)`,
  ].join('|'),
  'gv',
);

/** Returns the words of a text, or of the part in `within`, in order. Offsets refer to the whole text. */
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

/** Returns the terms of a text, in order. */
export function termsOf(text: string): string[] {
  return wordsOf(text).map(({ term }) => term);
}

/** Folds a name for comparison: its terms, joined by spaces. */
export function foldPhrase(phrase: string): string {
  return termsOf(phrase).join(' ');
}

function foldMatch(match: string, groups: Record<string, string | undefined>): string {
  if (groups.sign !== undefined) return foldSign(match);
  if (groups.initials !== undefined) return foldWord(match.replaceAll('.', ''));
  return foldWord(match).replaceAll(',', '');
}

/**
 * A single character says little; with the next one it is nearly a word (bigrams, as in full-text indexes for Chinese).
 */
function pairSigns(word: Word, next: Word | undefined): Word {
  if (!word.sign || next === undefined || !next.sign || next.start !== word.end) return word;
  return { ...word, term: word.term + next.term };
}
