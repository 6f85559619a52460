import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FollowOptions, follow } from '../../src/following/following.ts';
import { readFeedDocument } from '../../src/following/parse.ts';
import { Poller, type PollerOptions, type PollResult } from '../../src/following/poller.ts';
import type { Derives } from '../../src/library/attributor.ts';
import { openLibraries } from '../../src/library/libraries.ts';
import type { OpenLibrary } from '../../src/library/library.ts';
import type { Owner } from '../../src/library/owner.ts';
import { readDocument } from '../../src/reading/document.ts';
import { makeNet, type Net } from '../../src/reading/fetch.ts';
import { attributeByHand } from '../library/attribute-by-hand.ts';
import { wordEncoder } from '../library/word-vectors.ts';

/** A page with an article. */
export function pageOf(title: string, more = ''): string {
  const paragraphs = ['It rained on Monday.', `“Rain fell,” said Ann Lee of ${title}.`, 'Nobody else spoke.'];
  return `<html><head><title>${title}</title>${more}</head><body><article><h1>${title}</h1>${paragraphs.map(each => `<p>${each}</p>`).join('')}</article></body></html>`;
}

const MINUTE = 60_000;

/** Waits for sites as long as a busy machine may take, but not for what is called silent. */
export function makePatientNet(): Net {
  const patient = makeNet({ allowLoopback: true, milliseconds: MINUTE });
  const impatient = makeNet({ allowLoopback: true, milliseconds: 250 });
  const netFor = (link: string) => (link.endsWith('/silent') ? impatient : patient);
  return {
    fetch: (link, asker) => netFor(link).fetch(link, asker),
    fetchFeed: (link, asker, known) => netFor(link).fetchFeed(link, asker, known),
  };
}

/** Libraries whose feeds are polled when a test says so, on a clock of its own. */
export async function startPolling(
  more: Partial<PollerOptions> & { readonly mostArticles?: number; readonly attributor?: Derives } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-polling-'));
  const clock = { now: Date.UTC(2026, 10, 27, 12) };
  const reports: string[] = [];
  const results: PollResult[] = [];
  const { mostArticles = 1000, attributor = attributeByHand, ...options } = more;
  const now = () => clock.now;
  const net = makePatientNet();
  const libraries = await openLibraries({
    folder,
    databaseUrl: undefined,
    seeds: [],
    mostArticles,
    mostOpen: 20,
    now,
    attributor,
    encoder: wordEncoder,
  });
  const pollerOf = (some: PollerOptions['libraries']) =>
    new Poller({
      libraries: some,
      net,
      feeds: { read: async document => readFeedDocument(document) },
      documents: { read: async document => readDocument(document) },
      mostPerDay: 200,
      report: (sentence, cause) => reports.push(`${sentence}: ${cause}`),
      onPoll: result => results.push(result),
      now,
      hostRest: 0,
      ...options,
    });
  const poller = pollerOf(libraries);
  const libraryOf = (id = '1', kind: Owner['kind'] = 'server') => libraries.open({ kind, id });
  const optionsOf = (feed: string, chosen: Partial<FollowOptions> = {}): FollowOptions => ({
    ...{
      feed,
      title: 'The Harbour Post',
      channel: undefined,
      only: undefined,
      keepDays: undefined,
      ping: undefined,
      addedBy: '7',
    },
    ...chosen,
  });
  return {
    libraries,
    poller,
    clock,
    reports,
    results,
    pollerOf,
    libraryOf,
    /** Lets time pass and polls what is due. */
    async pass(minutes: number) {
      clock.now += minutes * MINUTE;
      await poller.pollDue();
    },
    follow: async (library: OpenLibrary, feed: string, chosen?: Partial<FollowOptions>) =>
      await follow(library, libraries.feeds, optionsOf(feed, chosen), clock.now),
    async end() {
      await poller.stop();
      await libraries.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The oldest first. */
export async function titlesIn(library: OpenLibrary): Promise<string[]> {
  return (await library.newest(0, 10_000)).map(({ title }) => title).reverse();
}
