/** A sample of this length is enough to detect the language, in UTF-16 units. */
const LONGEST_SAMPLE = 4_000;

function count(text: string, letter: RegExp): number {
  return text.match(letter)?.length ?? 0;
}

/** Whether a text is mainly Han characters. Each of them counts for two letters of an alphabet. */
export function isMainlyHan(text: string): boolean {
  return 2 * count(text, /\p{sc=Han}/gv) > count(text, /(?!\p{sc=Han})\p{L}/gv);
}

/** Whether a text is Chinese. In Japanese, at least every tenth letter would be kana. */
export function isChinese(text: string): boolean {
  const sample = text.slice(0, LONGEST_SAMPLE);
  return isMainlyHan(sample) && 10 * count(sample, /[\p{sc=Hira}\p{sc=Kana}]/gv) < count(sample, /\p{sc=Han}/gv);
}
