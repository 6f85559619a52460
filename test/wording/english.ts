/** Commands, links and moments, which Discord shows in the reader's language or as they are. */
const ofDiscord = /<\/[^>]*>|<t:[^>]*>|\(?<?https?:\/\/[^\s>\)]*>?\)?/gv;
const quoted = /^> .*$/gmv;
const latin = /[A-Za-z][A-Za-z’]+/gv;
/** Names and signs that are the same in every language. */
const everywhere = ['Discord', 'Verbatim', 'MB', 'JSON', 'UTF', 'NUL', 'http', 'https', 'txt', 'md', 'html'];

/** The English words of an answer that are neither quoted from an article nor among `given`: titles, names, what was typed. */
export function englishIn(markdown: string, given: readonly string[]): readonly string[] {
  const known = new Set([...everywhere, ...given.flatMap(each => each.match(latin) ?? [])]);
  const own = markdown.replaceAll(ofDiscord, '').replaceAll(quoted, '');
  return (own.match(latin) ?? []).filter(word => !known.has(word));
}
