import { Converter } from 'opencc-js/t2cn';
import { type Span, slice } from '../news/span.ts';

/**
 * Accents that readers leave out when typing. Vowel signs of Indic scripts and kana voicing marks are letters and stay.
 */
const ACCENT = /[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f]/gv;
const APOSTROPHE = /[’‘ʼ＇`´]/gv;
const ASCII = /^\p{ASCII}*$/v;

/** Latin letters that Unicode doesn't take apart, and what readers type for them: "Bjorn" for "Bjørn". */
const PLAIN_LETTERS: ReadonlyMap<string, string> = new Map(
  ['æ ae', 'œ oe', 'ø o', 'ð d', 'đ d', 'þ th', 'ł l', 'ħ h', 'ŧ t', 'ŋ ng', 'ɓ b', 'ɗ d', 'ƙ k'].map(pair => [
    pair.charAt(0),
    pair.slice(2),
  ]),
);
const SPECIAL_LETTER = new RegExp(`[${[...PLAIN_LETTERS.keys()].join('')}]`, 'gv');

/** Folds a word for comparison: case, accents, apostrophes, ligatures. May return an empty string. */
function foldWord(word: string): string {
  if (ASCII.test(word)) return word.toLowerCase().replaceAll('`', "'");
  // Upper before lower case turns "ß" into "ss"; recomposing keeps one letter for one Hangul syllable.
  const bare = word.replace(APOSTROPHE, "'").normalize('NFKD').replace(ACCENT, '');
  const folded = bare.toUpperCase().toLowerCase().normalize('NFC');
  return folded.replace(SPECIAL_LETTER, letter => PLAIN_LETTERS.get(letter) ?? letter);
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
  // A text may have any number of characters with combining marks.
  if (sign.length === 1) simplified.set(sign, folded);
  return folded;
}

/** A word of a text, and the folded term that finds it. */
export interface Word extends Span {
  readonly term: string;
  /**
   * For a character of a script without spaces: `pair` if its term has the next character too, `lone` at the end of a
   * run. A single character says little; two are nearly a word (bigrams, as in full-text indexes for Chinese).
   */
  readonly sign: 'pair' | 'lone' | undefined;
}

const UNSPACED = String.raw`[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Mymr}]`;
const LETTER = String.raw`[[\p{L}\p{N}\p{M}]--${UNSPACED}]`;
/** What joins two halves of a word: any kind of apostrophe; a point or comma between digits. */
const JOINT = String.raw`(?:['’‘ʼ＇\x60´]|(?<=\p{N})[.,](?=\p{N}))`;

/**
 * Characters of scripts without spaces (Chinese, kana, Thai …) are separate; "U.S." is one word; "don’t" and "1,000"
 * are one; "seven-hour" is two. No alternative backtracks more than one step, so time is linear.
 */
const WORD = new RegExp(
  [
    String.raw`(?<sign>${UNSPACED}\p{M}*)`,
    String.raw`(?<initials>(?:\p{L}\.)+\p{L}(?![\p{L}\p{N}])\.?)`,
    `(?<word>${LETTER}+(?:${JOINT}${LETTER}+)*)`,
  ].join('|'),
  'gv',
);

/** Returns the words of a text, or of the part in `within`, in order. Offsets refer to the whole text. */
export function wordsOf(text: string, within: Span = { start: 0, end: text.length }): Word[] {
  const words: Word[] = [];
  for (const found of slice(text, within).matchAll(WORD)) {
    const start = within.start + found.index;
    const term = foldMatch(found[0], found.groups ?? {});
    const sign = found.groups?.sign === undefined ? undefined : 'lone';
    if (term !== '') words.push({ start, end: start + found[0].length, term, sign });
  }
  return words.map((word, at) => {
    const next = words[at + 1];
    const isPair = word.sign !== undefined && next?.sign !== undefined && next.start === word.end;
    return isPair ? { ...word, term: word.term + next.term, sign: 'pair' } : word;
  });
}

/** True if a term is the word; a lone character may also be any pair that begins with it. */
export function isTermOf({ term: asked, sign }: Word, term: string): boolean {
  return term === asked || (sign === 'lone' && term.startsWith(asked));
}

/** Returns where a global pattern matches a text, or the part in `within`. */
export function matchesOf(text: string, pattern: RegExp, within: Span = { start: 0, end: text.length }): Span[] {
  return [...slice(text, within).matchAll(pattern)].map(({ index, 0: { length } }) => {
    return { start: within.start + index, end: within.start + index + length };
  });
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
