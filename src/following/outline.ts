/** A feed that a page names. */
export interface NamedFeed {
  readonly address: string;
  /** As the page writes it; may be empty. */
  readonly title: string;
}

/** A feed in an OPML file. */
export interface OutlineFeed {
  readonly feed: string;
  /** Its address if the file names none. */
  readonly title: string;
}

/** An OPML file, not yet decoded. */
export interface OutlineDocument {
  readonly bytes: Uint8Array;
}

/** The feeds of an OPML file: none if it is no such file. */
export interface Outline {
  readonly kind: 'outline';
  readonly feeds: readonly OutlineFeed[];
  /** How many others can't be followed: they have no web address, or come after the thousandth. */
  readonly others: number;
}

/** Returns an OPML file (http://opml.org/spec2.opml) of the feeds. */
export function writeOutline(feeds: readonly OutlineFeed[]): string {
  const lines = feeds.map(({ feed, title }) => {
    const [name, address] = [title.trim() === '' ? feed : title, feed].map(inAttribute);
    return `    <outline type="rss" text="${name}" title="${name}" xmlUrl="${address}"/>`;
  });
  const head =
    '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  <head><title>Feeds</title></head>\n  <body>';
  return `${[head, ...lines].join('\n')}\n  </body>\n</opml>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** XML can't contain most of them. */
const CONTROLS = /[\p{Cc}\p{Cn}]/gv;

function inAttribute(text: string): string {
  const shown = text.toWellFormed().replaceAll(/\s/gv, ' ').replaceAll(CONTROLS, '');
  return shown.replaceAll(/[&<>"]/gv, sign => ENTITIES[sign] ?? sign);
}

const COMMENTS_PATH = /\/comments(?:\/|$)/iv;
const COMMENTS_TITLE = /\bcomments?\b|評論|评论|留言|回應/iv;

/** WordPress names the feeds of comments beside that of its news. */
export function isOfComments({ address, title }: NamedFeed): boolean {
  return COMMENTS_PATH.test(new URL(address).pathname) || COMMENTS_TITLE.test(title);
}
