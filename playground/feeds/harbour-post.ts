import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateRssFeed } from 'feedsmith';

const FOLDER = join(import.meta.dirname, '../articles/harbour-post');

const MINUTE = 60_000;
const DAY_MINUTES = 24 * 60;
/** Before the first minute: yesterday evening, so that they are the same after a restart. */
const EVENING_MINUTES = 6 * 60;
const FIRST_ARTICLES = 3;
const MOST_ITEMS = 30;
const ARTICLE_PATH = /^harbour-post\/(?<minute>\d{1,9})$/v;
const FEED_PATH = 'harbour-post.xml';

interface InventedArticle {
  readonly title: string;
  readonly byline: string;
  readonly paragraphs: readonly string[];
}

const articles = readdirSync(FOLDER)
  .toSorted()
  .map(name => readInvented(readFileSync(join(FOLDER, name), 'utf8')));

/** Reads an article in the format of `seeds/`, with a title and a byline. */
function readInvented(text: string): InventedArticle {
  const [header = '', body = ''] = text.trimEnd().split('\n\n');
  const [title = '', byline = ''] = header.split('\n').map(line => line.replace(/^\w+: /v, ''));
  return { title, byline, paragraphs: body.split('\n') };
}

interface FeedAnswer {
  readonly contentType: string;
  readonly bytes: string;
}

/** A news site with a feed. What it published in a minute follows from the minute, so that its links last. */
export class HarbourPost {
  readonly #address: () => string;
  /** When its articles were published, in minutes since 1970, the newest first. */
  #published: readonly number[];

  /** `address`: what the site's pages are under, with a slash at the end. `now`: milliseconds since 1970. */
  constructor(address: () => string, now: number) {
    this.#address = address;
    const today = Math.floor(now / MINUTE / DAY_MINUTES) * DAY_MINUTES;
    this.#published = Array.from({ length: FIRST_ARTICLES }, (_, at) => today - EVENING_MINUTES - at);
  }

  /** Publishes the article of this minute. */
  publish(now: number): void {
    this.#published = [Math.floor(now / MINUTE), ...this.#published].slice(0, MOST_ITEMS);
  }

  /** Returns the feed or an article by its path; `undefined` if there is no such page. */
  page(path: string): FeedAnswer | undefined {
    if (path === FEED_PATH) return { contentType: 'application/rss+xml; charset=utf-8', bytes: this.#feed() };
    const minute = ARTICLE_PATH.exec(path)?.groups?.minute;
    if (minute === undefined) return undefined;
    return { contentType: 'text/html; charset=utf-8', bytes: this.#article(Number(minute)) };
  }

  #feed(): string {
    const items = this.#published.map(minute => {
      const link = this.#linkTo(minute);
      const { title, paragraphs } = articleOf(minute);
      return { title, link, guid: { value: link }, pubDate: dateOf(minute), description: `<p>${paragraphs[0]}</p>` };
    });
    const description = 'News from a town that is invented';
    return generateRssFeed({ title: 'Harbour Post', link: this.#address(), description, items });
  }

  #article(minute: number): string {
    const { title, byline, paragraphs } = articleOf(minute);
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta property="og:title" content="${title}">
<meta property="og:site_name" content="Harbour Post">
<meta name="author" content="${byline}">
<meta property="article:published_time" content="${dateOf(minute).toISOString()}">
<link rel="canonical" href="${this.#linkTo(minute)}">
<link rel="alternate" type="application/rss+xml" href="${this.#address()}${FEED_PATH}">
</head>
<body>
<article>
<h1>${title}</h1>
${paragraphs.map(each => `<p>${each}</p>`).join('\n')}
</article>
</body>
</html>
`;
  }

  #linkTo(minute: number): string {
    return `${this.#address()}harbour-post/${minute}`;
  }
}

function dateOf(minute: number): Date {
  return new Date(minute * MINUTE);
}

/** Each article comes again after some minutes. Its title and its last words are new then: otherwise it would be known. */
function articleOf(minute: number) {
  const blank: InventedArticle = { title: '', byline: '', paragraphs: [] };
  const { title, byline, paragraphs } = articles[minute % articles.length] ?? blank;
  const day = dateOf(minute).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
  const moment = `${day}, ${dateOf(minute).toISOString().slice(11, 16)}`;
  const imprint = `Everybody in this article is invented. It was published on ${moment}.`;
  return { title: `${title} (${moment})`, byline, paragraphs: [...paragraphs, imprint] };
}
