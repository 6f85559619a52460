import { parseFeed } from 'feedsmith';
import { DomUtils, Parser, parseDocument } from 'htmlparser2';
import type { FeedItem } from '../library/store/following/following.ts';
import { identityOf } from '../library/store/keys.ts';
import { parseLink } from '../reading/addresses.ts';
import { decodeXml } from '../reading/decode.ts';
import type { FetchedDocument } from '../reading/document.ts';
import { linesOf } from '../reading/lines.ts';
import { boundWords } from '../reading/metadata.ts';
import { parsePage } from '../reading/page.ts';
import type { Feed } from './following.ts';
import { isOfComments, type NamedFeed, type Outline, type OutlineDocument, type OutlineFeed } from './outline.ts';

/** What a site sent in place of a feed, not yet decoded. */
export type FeedDocument = Omit<FetchedDocument, 'kind'>;

/** A feed, or the feeds that a page names. */
export type ParsedFeed =
  | (Feed & { readonly kind: 'feed' })
  | { readonly kind: 'page'; readonly feeds: readonly NamedFeed[] };

/** Fields of an item of any kind of feed. Titles and texts are HTML. */
interface RawItem {
  readonly guid: string | undefined;
  readonly link: string | undefined;
  readonly title: string | undefined;
  readonly date: unknown;
  /** When it was last changed. */
  readonly changed?: unknown;
  readonly categories?: readonly (string | undefined)[] | undefined;
  readonly html: string | undefined;
}

interface RawFeed {
  readonly title: string | undefined;
  readonly ttl: number | undefined;
  readonly items: readonly RawItem[];
}

const MOST_ITEMS = 2000;
/** Of a feed, to choose the newest from. */
const MOST_PARSED = 50_000;
const LONGEST_CATEGORIES = 500;
const LONGEST_TITLE = 300;
/** Of an item's HTML, in characters. A longer one isn't used, since a part of it would pass for the whole. */
const LONGEST_HTML = 200_000;
const MOST_NAMED = 20;
/** Of an OPML file. */
const MOST_FEEDS = 1000;

const FEED_TYPE = /^\s*application\/(?:rss\+xml|atom\+xml|rdf\+xml|feed\+json)\s*(?:;|$)/iv;
/** Of a text in an Atom feed. */
const HTML_TYPE = /html/iv;
const SPACES = /\s+/v;
const TIME_APART = /(?<=\d)T(?=\d)/iv;
/** Of North America, or in hours. */
const ZONE = /:\d\d(?:\.\d+)?\s*(?:GMT)?(?:[+\-]\d|[ECMP][SD]T)/iv;

/** Decodes and parses a document. Takes long for hostile ones: see `FeedReader`. */
export function readFeedDocument({ address, contentType, bytes }: FeedDocument): ParsedFeed {
  const content = decodeXml(bytes, contentType);
  const feed = parseStrictly(content) ?? parseBroken(content);
  if (feed === undefined) return { kind: 'page', feeds: feedsNamedIn(content, address) };
  const title = boundWords(feed.title ?? '', LONGEST_TITLE);
  const items = withKeys(newestOf(feed.items), address);
  return { kind: 'feed', title: title === '' ? new URL(address).host : title, items, ttlMinutes: feed.ttl };
}

/** Returns the newest items in the feed's order, or the first if some have no date. */
function newestOf(items: readonly RawItem[]): readonly RawItem[] {
  if (items.length <= MOST_ITEMS) return items;
  const times = new Map(items.map(item => [item, Date.parse(toDate(item.date) ?? toDate(item.changed) ?? '')]));
  if ([...times.values()].some(Number.isNaN)) return items.slice(0, MOST_ITEMS);
  const newest = items.toSorted((one, other) => (times.get(other) ?? 0) - (times.get(one) ?? 0)).slice(0, MOST_ITEMS);
  const kept = new Set(newest);
  return items.filter(item => kept.has(item));
}

/** Returns `undefined` for anything but a well-formed feed. */
function parseStrictly(content: string): RawFeed | undefined {
  try {
    return toRaw(parseFeed(content, { maxItems: MOST_PARSED }));
  } catch {
    return undefined;
  }
}

/** A guid is a link unless it says otherwise, but an opaque one would be taken for a relative address. */
function linkOf(guid: string | undefined): string | undefined {
  return guid !== undefined && URL.canParse(guid) ? guid : undefined;
}

function toRaw(parsed: ReturnType<typeof parseFeed>): RawFeed {
  switch (parsed.format) {
    case 'rss': {
      const { title, ttl, items = [] } = parsed.feed;
      const rows = items.map(item => ({
        guid: item.guid?.value,
        link: item.link ?? (item.guid?.isPermaLink === false ? undefined : linkOf(item.guid?.value)),
        title: item.title,
        date: item.pubDate ?? item.dc?.dates?.[0],
        categories: item.categories?.map(({ name }) => name),
        html: item.content?.encoded ?? item.description,
      }));
      return { title, ttl, items: rows };
    }
    case 'rdf': {
      const { title, items = [] } = parsed.feed;
      const rows = items.map(item => ({
        guid: item.rdf?.about,
        link: item.link,
        title: item.title,
        date: item.dc?.dates?.[0],
        html: item.content?.encoded ?? item.description,
      }));
      return { title, ttl: undefined, items: rows };
    }
    case 'atom': {
      const { title, entries = [] } = parsed.feed;
      const rows = entries.map(entry => ({
        guid: entry.id,
        link: (entry.links ?? []).find(({ rel = 'alternate' }) => rel === 'alternate')?.href,
        title: atomHtml(entry.title),
        date: entry.published,
        changed: entry.updated,
        categories: entry.categories?.flatMap(({ term, label }) => [term, label]),
        html: atomHtml(entry.content) ?? atomHtml(entry.summary),
      }));
      return { title: atomHtml(title), ttl: undefined, items: rows };
    }
    case 'json': {
      const { title, items = [] } = parsed.feed;
      const rows = items.map(item => ({
        guid: item.id,
        link: item.url ?? item.external_url,
        title: item.title,
        date: item.date_published,
        changed: item.date_modified,
        categories: item.tags,
        html: item.content_html ?? toHtml(item.content_text ?? item.summary ?? ''),
      }));
      return { title, ttl: undefined, items: rows };
    }
  }
}

const ROOTS: ReadonlySet<string> = new Set(['rss', 'feed', 'rdf:RDF']);

/** Parses XML that isn't well-formed, as a browser parses HTML. */
function parseBroken(content: string): RawFeed | undefined {
  const { children } = parseDocument(content, { xmlMode: true });
  const [root] = DomUtils.getElementsByTagName(name => ROOTS.has(name), children, true, 1);
  const feed = root && DomUtils.getFeed([root]);
  if (!feed) return undefined;
  const elements = DomUtils.getElementsByTagName(root.name === 'feed' ? 'entry' : 'item', root.children);
  // The dates that `getFeed` reads may be in the machine's zone.
  const textIn = (at: number, ...names: readonly string[]) => {
    const [found] = DomUtils.getElementsByTagName(name => names.includes(name), elements[at]?.children ?? [], false, 1);
    return found && DomUtils.textContent(found);
  };
  const items = feed.items.map(({ id, link, title, description }, at) => ({
    guid: id,
    link: link ?? linkOf(id),
    title,
    date: textIn(at, 'pubDate', 'dc:date', 'published'),
    changed: textIn(at, 'updated'),
    html: description,
  }));
  return { title: feed.title, ttl: undefined, items };
}

interface Keyed extends Omit<FeedItem, 'keys'> {
  readonly guid: string | undefined;
}

/**
 * Gives each item its keys: its guid and link, unless another item shares them; else its title; else all of it. Of
 * identical items, the first stays.
 */
function withKeys(raw: readonly RawItem[], address: string): readonly FeedItem[] {
  const items = withoutRepeated(raw.map(item => toItem(item, address)));
  const guids = repeated(items.map(({ guid }) => guid));
  const links = repeated(items.map(({ link }) => link && identityOf(link)));
  const titles = repeated(items.map(({ title }) => title));
  const byKey = new Map<string, FeedItem>();
  for (const { guid, ...item } of items) {
    const link = item.link === undefined ? undefined : identityOf(item.link);
    const keys = [
      guid === undefined || guids.has(guid) ? [] : `guid ${guid}`,
      link === undefined || links.has(link) ? [] : `link ${link}`,
    ].flat();
    const { title } = item;
    const named = title === '' || titles.has(title) ? `all ${JSON.stringify([guid, item])}` : `title ${title}`;
    const known = { ...item, keys: keys.length > 0 ? keys : [named] };
    const [first = named] = known.keys;
    if (!byKey.has(first)) byKey.set(first, known);
  }
  return [...byKey.values()];
}

/** Leaves out items with the guid, link and title of an earlier one. */
function withoutRepeated(items: readonly Keyed[]): readonly Keyed[] {
  const seen = new Set<string>();
  return items.filter(({ guid, link, title }) => {
    const isNamed = guid !== undefined || link !== undefined;
    return !isNamed || seen.size < seen.add(JSON.stringify([guid, link && identityOf(link), title])).size;
  });
}

function repeated(values: readonly (string | undefined)[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(values.filter(value => value !== undefined).filter(value => seen.size === seen.add(value).size));
}

function toItem({ guid, link, title, date, changed, categories = [], html }: RawItem, address: string): Keyed {
  const named = boundWords(categories.filter(each => each !== undefined).join(', '), LONGEST_CATEGORIES);
  const published = toDate(date);
  const updated = published === undefined ? toDate(changed) : undefined;
  const target = link === undefined ? undefined : parseLink(link, new URL(address));
  return {
    guid: guid === '' ? undefined : guid,
    title: boundWords(title ?? '', LONGEST_TITLE),
    link: target?.kind === 'address' ? target.url.href : undefined,
    published,
    ...(updated === undefined ? {} : { updated }),
    ...(named === '' ? {} : { categories: named }),
    text: toText(html ?? ''),
  };
}

/** Returns a date in the zone it was written in, since citations show its day there; in UTC if it has none. */
function toDate(date: unknown): string | undefined {
  const written = typeof date === 'string' ? date.trim() : '';
  // As the clock there showed it: the last zone counts. Without any, the machine's would.
  const there = Date.parse(`${written.replace(TIME_APART, ' ')} UTC`);
  const offset = ZONE.test(written) ? there - Date.parse(written) : 0;
  if (Number.isNaN(there + offset)) return undefined;
  const zone = `${offset < 0 ? '-' : '+'}${new Date(Math.abs(offset)).toISOString().slice(11, 16)}`;
  return new Date(there).toISOString().replace('Z', ZONE.test(written) ? zone : 'Z');
}

/** Returns a text of an Atom feed, which is plain unless its type says otherwise, as HTML. */
function atomHtml({ value, type = 'text' }: { readonly value?: string; readonly type?: string } = {}) {
  return value === undefined || HTML_TYPE.test(type) ? value : toHtml(value);
}

/** Returns plain text as HTML. */
function toHtml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return escaped.replaceAll(/[^\n]+/gv, line => `<p>${line}</p>`);
}

/** Returns the text of some HTML, a paragraph per line. */
function toText(html: string): string {
  const page = html.length > LONGEST_HTML ? undefined : parsePage(html);
  return page === undefined
    ? ''
    : linesOf(page.body)
        .map(({ text }) => text)
        .join('\n');
}

/** Returns a page's `<link rel="alternate">` with the type of a feed: in order, those of comments last. */
function feedsNamedIn(html: string, address: string): readonly NamedFeed[] {
  const found: NamedFeed[] = [];
  const parser = new Parser({
    onopentag(name, { rel = '', type = '', title = '', href }) {
      const isFeed = name === 'link' && rel.toLowerCase().split(SPACES).includes('alternate') && FEED_TYPE.test(type);
      const target = isFeed && href !== undefined ? parseLink(href, new URL(address)) : undefined;
      if (target?.kind === 'address' && found.length < MOST_NAMED) found.push({ address: target.url.href, title });
    },
  });
  parser.end(html);
  return [...found.filter(each => !isOfComments(each)), ...found.filter(isOfComments)];
}

/** Reads the feeds of an OPML file, each once, in groups or not. Takes any bytes. */
export function readOutline({ bytes }: OutlineDocument): Outline {
  const feeds = new Map<string, OutlineFeed>();
  let isOutline = false;
  let others = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        isOutline ||= name === 'opml';
        const { xmlurl = '', title = '', text = '' } = attributes;
        if (name !== 'outline' || !isOutline || xmlurl.trim() === '') return;
        const address = parseLink(xmlurl);
        if (address.kind !== 'address') {
          others += 1;
          return;
        }
        address.url.hash = '';
        const feed = address.url.href;
        if (feeds.has(feed)) return;
        if (feeds.size >= MOST_FEEDS) others += 1;
        else feeds.set(feed, { feed, title: boundWords(title || text, LONGEST_TITLE) || feed });
      },
    },
    { xmlMode: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.end(decodeXml(bytes, 'text/xml'));
  return { kind: 'outline', feeds: [...feeds.values()], others };
}
