function count(text: string, letter: RegExp): number {
  return text.match(letter)?.length ?? 0;
}

/** Whether a text is mainly Han characters. Each of them counts for two letters of an alphabet. */
export function isMainlyHan(text: string): boolean {
  return 2 * count(text, /\p{sc=Han}/gv) > count(text, /(?!\p{sc=Han})\p{L}/gv);
}
