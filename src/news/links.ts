/** Angle brackets and Chinese punctuation end a link. Other punctuation after it is cut, unless it is in brackets. */
const LINK_PATTERN =
  /(?<=<)(?<bracketed>https?:\/\/[^\s<>]+)(?=>)|https?:\/\/[^\s<>"“”\x60。，、；：！？（）「」『』]+/giv;
const CLOSING_PUNCTUATION = /[\).,;:!?'’\]\}\|*_~]/v;

/** Returns the http and https links in a text, in their order. */
export function linksIn(text: string): readonly string[] {
  return [...text.matchAll(LINK_PATTERN)].map(({ 0: link, groups }) => groups?.bracketed ?? withoutClosing(link));
}

/** Cuts from the end: a regular expression anchored there would take quadratic time. */
function withoutClosing(link: string): string {
  let end = link.length;
  while (end > 0 && CLOSING_PUNCTUATION.test(link.charAt(end - 1))) end -= 1;
  return link.slice(0, end);
}
