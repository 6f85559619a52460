/** Returns the words of a list separated by white space. */
export function words(list: string): readonly string[] {
  return list.split(/\s+/v).filter(word => word !== '');
}

/** Returns the set of words of a list separated by white space. */
export function wordSet(list: string): ReadonlySet<string> {
  return new Set(words(list));
}

/** Returns the words and phrases of a list separated by commas. */
export function phrases(list: string): readonly string[] {
  return list.split(',').map(phrase => phrase.trim());
}

/** Returns the set of words and phrases of a list separated by commas. */
export function phraseSet(list: string): ReadonlySet<string> {
  return new Set(phrases(list));
}
