/** Elements that never contain words of an article, or only words that were struck out. */
export const NOT_WORDS: ReadonlySet<string> = new Set([
  ...['script', 'style', 'noscript', 'template', 'svg', 'math', 'canvas', 'applet', 'frameset', 'noframes'],
  ...['picture', 'img', 'map', 'area', 'source', 'track', 'rp', 'rt'],
  ...['button', 'input', 'select', 'textarea', 'datalist', 'progress', 'dialog', 'label'],
  ...['meta', 'link', 'base', 'param', 'del', 's', 'strike'],
]);

/** Elements beside an article's words: they are left out, and the words before and after them stay apart. */
export const BESIDE_WORDS: ReadonlySet<string> = new Set([
  ...['nav', 'aside', 'footer', 'figure', 'figcaption', 'caption', 'menu', 'legend'],
  ...['iframe', 'object', 'embed', 'audio', 'video', 'amp-ad', 'amp-embed', 'amp-consent', 'amp-sidebar'],
]);

/** Elements that don't start a new line. */
export const INLINE: ReadonlySet<string> = new Set([
  ...['a', 'abbr', 'acronym', 'b', 'bdi', 'bdo', 'big', 'cite', 'code', 'data', 'dfn', 'em', 'font', 'i', 'ins'],
  ...['kbd', 'mark', 'nobr', 'q', 'ruby', 'samp', 'small', 'span', 'strong', 'sub', 'sup'],
  ...['time', 'tt', 'u', 'var', 'wbr'],
]);

/** Elements without content. */
export const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'wbr', 'col']);

/** Attributes that the extraction reads. */
export const KEPT_ATTRIBUTES = ['class', 'id', 'role', 'itemprop', 'rel', 'href'] as const;
