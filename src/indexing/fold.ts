import { Converter } from 'opencc-js/t2cn';

/** Accents and points that a reader leaves out; vowel signs of Indic scripts and kana voicing are letters, and stay. */
const accent = /[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f]/gv;
const apostrophe = /[’‘ʼ＇`´]/gv;
const plain = /^\p{ASCII}*$/v;

/** A word as it is compared: one case, no accents, straight apostrophes, ligatures taken apart. May be empty. */
export function foldWord(word: string): string {
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
