/** Commands, links and timestamps, which Discord localises or shows unchanged. */
const ofDiscord = /<\/[^>]*>|<t:[^>]*>|\(?<?https?:\/\/[^\s>\)]*>?\)?/gv;
const quoted = /^> .*$/gmv;
const latin = /[A-Za-z][A-Za-z’]+/gv;
/** Names and signs that are the same in every language. */
const everywhere = ['Discord', 'Verbatim', 'MB', 'JSON', 'UTF', 'NUL', 'http', 'https', 'txt', 'md', 'html', 'jsonl'];

/**
 * Returns the English words of an answer that are neither quoted from an article nor in `given` (titles, names, what
 * was typed).
 */
export function englishIn(markdown: string, given: readonly string[]): readonly string[] {
  const known = new Set([...everywhere, ...given.flatMap(each => each.match(latin) ?? [])]);
  const own = markdown.replaceAll(ofDiscord, '').replaceAll(quoted, '');
  return (own.match(latin) ?? []).filter(word => !known.has(word));
}
