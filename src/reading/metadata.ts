import type { DeclaredMetadata } from '../news/article.ts';
import { isDate, isTracking, pageIn } from '../news/header.ts';
import { parseLink } from './addresses.ts';
import { LONGEST, shorten } from './bounds.ts';
import { linesOf } from './lines.ts';
import { type Page, parsePage } from './page.ts';

/** Prefixes of host names that serve the same pages. */
const SAME_SITE = /^(?:www|m|amp|mobile|edition)\./v;

/**
 * Chooses the URL that identifies an article. A page may only name another page of its own site, or a stranger's page
 * could replace somebody's article. A file has only the URLs it names.
 */
export function chooseUrl(named: readonly (string | undefined)[], address: URL | undefined): string | undefined {
  const urls = named.map(value => parseUrl(value, address)).filter(url => url !== undefined);
  if (address === undefined) return urls[0]?.href;
  return urls.find(url => isOfSite(url, address))?.href ?? withoutTracking(address).href;
}

function parseUrl(value: string | undefined, base: URL | undefined): URL | undefined {
  const link = parseLink(value ?? '', base);
  if (link.kind === 'refused') return undefined;
  link.url.hash = pageIn(link.url);
  return link.url;
}

/** False for a front page: misconfigured sites name it as the canonical URL of every article. */
function isOfSite(url: URL, address: URL): boolean {
  const isFront = url.pathname === '/' && url.search === '' && address.pathname !== '/';
  return !isFront && siteOf(url) === siteOf(address);
}

function siteOf(url: URL): string {
  return `${url.hostname.replace(SAME_SITE, '')}:${url.port}`;
}

function withoutTracking(address: URL): URL {
  const url = new URL(address);
  url.hash = pageIn(url);
  // Rebuilding a query changes its escaping, so a query without tracking parameters stays as it is.
  const names = [...url.searchParams.keys()].filter(isTracking);
  for (const name of names) url.searchParams.delete(name);
  return url;
}

/** An article in a page's JSON-LD, unchecked. */
interface ArticleRecord extends Omit<DeclaredMetadata, 'titleIsDescriptive'> {
  /** False if the page says that its article isn't free. */
  readonly isFree: boolean;
}

type Fields = ReadonlyMap<string, unknown>;

const ARTICLE_TYPE = /(?:Article|BlogPosting|NewsItem|Report|LiveBlogPosting)$/v;
const NO = /^(?:https?:\/\/schema\.org\/)?false$/iv;
const CONTROLS = /\p{Cc}/gv;
/** Limit on nested records. */
const MOST_OBJECTS = 500;
const MOST_AUTHORS = 20;

/**
 * Returns the first article in a page's JSON-LD (schema.org NewsArticle and similar), at the top level or in a graph.
 */
export function parseJsonLd(records: readonly string[]): ArticleRecord | undefined {
  const waiting: unknown[] = records.map(parse);
  for (let seen = 0; seen < waiting.length && seen < MOST_OBJECTS; seen += 1) {
    const value = waiting[seen];
    if (Array.isArray(value)) waiting.push(...value.slice(0, MOST_OBJECTS));
    const fields = toFields(value);
    if (isArticle(fields)) return toRecord(fields);
    for (const key of ['@graph', 'mainEntity']) if (fields.has(key)) waiting.push(fields.get(key));
  }
  return undefined;
}

function parse(record: string): unknown {
  try {
    // Some sites break lines within strings, which JSON doesn't allow.
    return JSON.parse(record.replace(CONTROLS, ' '));
  } catch {
    return undefined;
  }
}

function toFields(value: unknown): Fields {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return new Map<string, unknown>(isObject ? Object.entries(value) : []);
}

function isArticle(fields: Fields): boolean {
  return listOf(fields.get('@type')).some(type => typeof type === 'string' && ARTICLE_TYPE.test(type.slice(-40)));
}

function toRecord(fields: Fields): ArticleRecord {
  const authors = listOf(fields.get('author')).slice(0, MOST_AUTHORS).map(nameOf);
  const named = authors.filter(name => name !== undefined);
  const page = fields.get('mainEntityOfPage');
  const [free] = listOf(fields.get('isAccessibleForFree'));
  return {
    title: words(fields.get('headline')) ?? words(fields.get('name')),
    outlet: nameOf(fields.get('publisher')),
    byline: named.length === 0 ? undefined : named.join(', '),
    published: words(fields.get('datePublished')),
    url: words(fields.get('url')) ?? words(page) ?? words(toFields(page).get('@id')),
    isFree: free !== false && !NO.test(words(free) ?? ''),
  };
}

function nameOf(value: unknown): string | undefined {
  const [first] = listOf(value);
  return words(first) ?? words(listOf(toFields(first).get('name'))[0]);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function words(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

const TITLES = ['og:title', 'twitter:title', 'dc.title', 'parsely-title'];
const OUTLETS = ['og:site_name', 'application-name'];
const BYLINES = ['author', 'article:author', 'dc.creator', 'parsely-author', 'byl'];
const DATES = [
  ...['article:published_time', 'datepublished', 'parsely-pub-date', 'publication_date', 'publishdate', 'pubdate'],
  ...['sailthru.date', 'dc.date', 'dc.date.issued', 'dcterms.created', 'date'],
];

const PARTED = /^(?<headline>.*\S)(?:\s+[\-–—:·•»]|\s*[\|｜])\s*$/sv;
const LINK = /^(?:https?:)?\/\//iv;
const DATE = /^\d{4}-\d{2}-\d{2}/v;
const TIME_APART = /^(?<date>\d{4}-\d{2}-\d{2}) (?=\d)/v;
const FINE_SECONDS = /(?<kept>\.\d{3})\d+/v;
const ZONE_WITHOUT_COLON = /(?<hours>[+\-]\d{2})(?<minutes>\d{2})$/v;

/**
 * Reads metadata from JSON-LD, then meta tags, then what Readability found, bounded and checked. `address` is where the
 * page was fetched from.
 */
export function extractMetadata(
  page: Page,
  record: ArticleRecord | undefined,
  found: { readonly title: string; readonly byline: string },
  address: URL | undefined,
): DeclaredMetadata {
  const metas = (names: readonly string[]) => names.map(name => page.metas.get(name));
  const outlet = firstOf([record?.outlet, ...metas(OUTLETS)], LONGEST.outlet);
  const bylines = [record?.byline, ...metas(BYLINES), found.byline].filter(each => !LINK.test(each?.trim() ?? ''));
  const title = firstOf([record?.title, ...metas(TITLES), found.title], LONGEST.title);
  return {
    title: title && withoutOutlet(title, outlet),
    titleIsDescriptive: false,
    outlet,
    byline: firstOf(bylines, LONGEST.byline),
    published: [record?.published, ...metas(DATES)].map(toDate).find(date => date !== undefined),
    url: chooseUrl([page.canonical, record?.url, page.metas.get('og:url')], address),
  };
}

/** Removes the outlet from titles such as “Rain delays harvest | Field Weekly”. */
function withoutOutlet(title: string, outlet: string | undefined): string {
  if (outlet === undefined || !title.toLowerCase().endsWith(outlet.toLowerCase())) return title;
  const headline = PARTED.exec(title.slice(0, title.length - outlet.length))?.groups?.headline;
  return headline ?? title;
}

function firstOf(values: readonly (string | undefined)[], longest: number): string | undefined {
  const plain = values.map(value => boundWords(value ?? '', longest));
  return plain.find(value => value !== '');
}

/** Returns one line of plain text, cut with `…`. Decodes entities and drops tags, which occur in JSON-LD. */
export function boundWords(value: string, longest: number): string {
  const cut = value.slice(0, 10 * longest);
  const page = /[&<]/v.test(cut) ? parsePage(cut) : undefined;
  const text =
    page === undefined
      ? cut
      : linesOf(page.body)
          .map(line => line.text)
          .join(' ');
  return shorten(text, longest);
}

/** Normalizes ISO 8601 as pages write it: a space for the T, fine fractions of seconds, a zone without a colon. */
function toDate(value: string | undefined): string | undefined {
  const written = value?.trim().slice(0, 40) ?? '';
  const date = written
    .replace(TIME_APART, '$<date>T')
    .replace(FINE_SECONDS, '$<kept>')
    .replace(ZONE_WITHOUT_COLON, '$<hours>:$<minutes>');
  if (isDate(date)) return date;
  const day = DATE.exec(date)?.[0] ?? '';
  return isDate(day) ? day : undefined;
}
