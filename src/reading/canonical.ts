import { isTracking, pageIn } from '../news/address.ts';
import { toUrl } from '../news/header.ts';

/** Names that sites put before their own for the same pages. */
const SAME_SITE = /^(?:www|m|amp|mobile|edition)\./v;

/**
 * The address that an article is known by. A page may name only another page of the site that it was read from: else a
 * stranger's page could take the place of somebody's article. Read from a file, what it names is all there is.
 */
export function chooseUrl(named: readonly (string | undefined)[], address: URL | undefined): string | undefined {
  const urls = named.map(value => readUrl(value, address)).filter(url => url !== undefined);
  if (address === undefined) return urls[0]?.href;
  return urls.find(url => isOfSite(url, address))?.href ?? withoutTracking(address).href;
}

function readUrl(value: string | undefined, base: URL | undefined): URL | undefined {
  const url = URL.parse(value?.trim() ?? '', base?.href);
  const checked = value === undefined || url === null ? undefined : toUrl(url.href);
  if (checked === undefined) return undefined;
  const read = new URL(checked);
  read.hash = pageIn(read);
  return read;
}

/** A front page is named as the canonical page of every article by sites that are set up wrongly. */
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
  // Rebuilding a query rewrites how it is escaped, so one without such names stays as it is.
  const names = [...url.searchParams.keys()].filter(isTracking);
  for (const name of names) url.searchParams.delete(name);
  return url;
}
