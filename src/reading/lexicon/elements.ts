/** Elements that are never words of an article, with all that is in them. */
export const NOT_WORDS: ReadonlySet<string> = new Set([
  ...[
    'script',
    'style',
    'noscript',
    'template',
    'svg',
    'math',
    'iframe',
    'object',
    'embed',
    'canvas',
    'audio',
    'video',
  ],
  ...['picture', 'img', 'map', 'button', 'input', 'select', 'textarea', 'datalist', 'progress', 'dialog'],
  ...[
    'nav',
    'aside',
    'footer',
    'figure',
    'figcaption',
    'caption',
    'menu',
    'frameset',
    'noframes',
    'applet',
    'rp',
    'rt',
  ],
  ...['meta', 'link', 'base', 'param', 'source', 'track', 'area', 'label', 'legend'],
]);

/** Elements that stand in the text's flow without beginning a new line. */
export const INLINE: ReadonlySet<string> = new Set([
  ...['a', 'abbr', 'acronym', 'b', 'bdi', 'bdo', 'big', 'cite', 'code', 'data', 'del', 'dfn', 'em', 'font', 'i', 'ins'],
  ...['kbd', 'mark', 'nobr', 'q', 'ruby', 's', 'samp', 'small', 'span', 'strike', 'strong', 'sub', 'sup'],
  ...['time', 'tt', 'u', 'var', 'wbr'],
]);

/** What the extraction reads of an element. */
export const KEPT_ATTRIBUTES = ['class', 'id', 'role', 'itemprop', 'rel', 'href'] as const;
