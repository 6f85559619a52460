import { type FeedServer, startFeedServer } from '../../test/following/feed-server.ts';

/** Starts feed servers, each of which is a host of its own. */
export function startSites(count: number): Promise<readonly FeedServer[]> {
  return Promise.all(Array.from({ length: count }, (_, at) => startFeedServer(`127.0.2.${at + 1}`)));
}

/** Returns the site that has a feed, given the feed's number. */
export function siteOf(sites: readonly FeedServer[], feed: number): FeedServer {
  const site = sites[feed % sites.length];
  if (site === undefined) throw new Error('There is no site.');
  return site;
}

/** Publishes the page of an article. */
export function publishPage(site: FeedServer, path: string, title: string, paragraphs: readonly string[]): void {
  const text = [`This is ${title}.`, ...paragraphs].map(each => `<p>${each}</p>`).join('');
  const body = `<html><head><title>${title}</title></head><body><article><h1>${title}</h1>${text}</article></body></html>`;
  site.play(path, { kind: 'send', type: 'text/html', body });
}
