/** A link in a text. Closing punctuation is cut afterwards. */
const LINK_PATTERN = /https?:\/\/[^\s<>"“”]+/giv;
const CLOSING_PUNCTUATION = /[\).,;:!?'’\]\}\|*_~]/v;

/** Returns the http and https links in a text, in their order. */
export function linksIn(text: string): readonly string[] {
  return [...text.matchAll(LINK_PATTERN)].map(([link]) => withoutClosing(link));
}

/** Cuts from the end: a regular expression anchored there would take quadratic time. */
function withoutClosing(link: string): string {
  let end = link.length;
  while (end > 0 && CLOSING_PUNCTUATION.test(link.charAt(end - 1))) end -= 1;
  return link.slice(0, end);
}
