/** Enough to tell a language by, of an article of any length. */
const longestSample = 4_000;

function count(text: string, letter: RegExp): number {
  return text.match(letter)?.length ?? 0;
}

/** Whether a text is mainly in Han characters, each of which says about as much as two letters of an alphabet. */
export function isMainlyHan(text: string): boolean {
  return 2 * count(text, /\p{sc=Han}/gv) > count(text, /(?!\p{sc=Han})\p{L}/gv);
}

/** Whether a text is Chinese, where every tenth letter of Japanese would be kana. */
export function isChinese(text: string): boolean {
  const sample = text.slice(0, longestSample);
  return isMainlyHan(sample) && 10 * count(sample, /[\p{sc=Hira}\p{sc=Kana}]/gv) < count(sample, /\p{sc=Han}/gv);
}
