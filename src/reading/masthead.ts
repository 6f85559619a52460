import type { Masthead } from '../news/article.ts';
import { isDate } from '../news/header.ts';
import { chooseUrl } from './canonical.ts';
import { readLines } from './lines.ts';
import { type Page, readPage } from './page.ts';
import type { ArticleRecord } from './records.ts';

/** What a page says of its article, bounded and checked; the title is missing where it names none. */
export type PageMasthead = Omit<Masthead, 'title' | 'titleIsDescriptive'> & { readonly title: string | undefined };

/** What Readability finds, for want of anything that the page declares. */
interface Found {
  readonly title: string;
  readonly byline: string;
}

/** In UTF-16 units. */
const LONGEST = { title: 300, outlet: 100, byline: 200 } as const;

const TITLES = ['og:title', 'twitter:title', 'dc.title', 'parsely-title'];
const OUTLETS = ['og:site_name', 'application-name'];
const BYLINES = ['author', 'article:author', 'dc.creator', 'parsely-author', 'byl'];
const DATES = [
  ...['article:published_time', 'datepublished', 'parsely-pub-date', 'publication_date', 'publishdate', 'pubdate'],
  ...['sailthru.date', 'dc.date', 'dc.date.issued', 'dcterms.created', 'date'],
];

const PARTED = /^(?<headline>.*\S)(?:\s+[\-–—:·•»]|\s*[\|｜])\s*$/sv;
const SPACES = /\s+/gv;
const CONTROLS = /[\p{Cc}\u2028\u2029]+/gv;
const LINK = /^(?:https?:)?\/\//iv;
const DATE = /^\d{4}-\d{2}-\d{2}/v;
const TIME_APART = /^(?<date>\d{4}-\d{2}-\d{2}) (?=\d)/v;
const FINE_SECONDS = /(?<kept>\.\d{3})\d+/v;
const ZONE_WITHOUT_COLON = /(?<hours>[+\-]\d{2})(?<minutes>\d{2})$/v;

/** JSON-LD first, then meta tags, then what the page shows. `address`: where the page was read, if from a link. */
export function readMasthead(
  page: Page,
  record: ArticleRecord | undefined,
  found: Found,
  address: URL | undefined,
): PageMasthead {
  const metas = (names: readonly string[]) => names.map(name => page.metas.get(name));
  const outlet = firstOf([record?.outlet, ...metas(OUTLETS)], LONGEST.outlet);
  const title = firstOf([record?.title, ...metas(TITLES), found.title], LONGEST.title);
  return {
    title: title && withoutOutlet(title, outlet),
    outlet,
    byline: firstOf([record?.byline, ...metas(BYLINES), found.byline].filter(isName), LONGEST.byline),
    published: [record?.published, ...metas(DATES)].map(toDate).find(date => date !== undefined),
    url: chooseUrl([page.canonical, record?.url, page.metas.get('og:url')], address),
  };
}

/** “Rain delays harvest | Field Weekly” names the outlet for the browser's tab; it is no part of the headline. */
function withoutOutlet(title: string, outlet: string | undefined): string {
  if (outlet === undefined || !title.toLowerCase().endsWith(outlet.toLowerCase())) return title;
  const headline = PARTED.exec(title.slice(0, title.length - outlet.length))?.groups?.headline;
  return headline ?? title;
}

function isName(byline: string | undefined): boolean {
  return byline !== undefined && !LINK.test(byline.trim());
}

function firstOf(values: readonly (string | undefined)[], longest: number): string | undefined {
  const plain = values.map(value => boundWords(value ?? '', longest));
  return plain.find(value => value !== '');
}

/** One line of plain words, cut with `…`; entities and tags, which find their way into JSON-LD, are read. */
function boundWords(value: string, longest: number): string {
  const cut = value.slice(0, 10 * longest);
  const page = /[&<]/v.test(cut) ? readPage(cut) : undefined;
  const text =
    page === undefined
      ? cut
      : readLines(page.body)
          .map(line => line.text)
          .join(' ');
  return shorten(text, longest);
}

/** One line of at most so many UTF-16 units; what is cut is marked with `…`. */
function shorten(value: string, longest: number): string {
  const line = value.replace(CONTROLS, ' ').replace(SPACES, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1).toWellFormed()}…` : line;
}

/** A masthead whose values are no longer than answers can show. */
export function boundMasthead(masthead: Masthead): Masthead {
  const { title, outlet, byline } = masthead;
  return {
    ...masthead,
    title: shorten(title, LONGEST.title),
    outlet: outlet === undefined ? undefined : shorten(outlet, LONGEST.outlet),
    byline: byline === undefined ? undefined : shorten(byline, LONGEST.byline),
  };
}

/** ISO 8601 as pages write it: a blank for the T, finer than milliseconds, a zone without colon. */
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
