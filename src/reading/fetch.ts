import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { networkInterfaces } from 'node:os';
import { Turns } from '../fair-queue.ts';
import { type Message, message } from '../wording/say.ts';
import { type Address, HostResolver, isLoopback, isOwn, isPublic, type NameSources, parseLink } from './addresses.ts';
import { downloadBody } from './body.ts';
import { type ReadingRefusal, refuse } from './reading.ts';

type AllowedAddresses = { readonly kind: 'found'; readonly addresses: readonly Address[] } | ReadingRefusal;

/** Where a playground listens. */
const PLAYGROUND: Address = { address: '127.0.0.1', family: 4 };
const WEB_PORTS: readonly string[] = ['', '80', '443'];
const BRACKETS = /^\[(?<inside>.*)\]$/v;

/**
 * Resolves a link's host. Refuses a name if any of its addresses isn't allowed. Throws if the name is unknown or
 * `signal` aborts.
 */
async function findAddresses(url: URL, options: FetchOptions): Promise<AllowedAddresses> {
  const { allowLoopback, playground, resolver, interfaces, signal } = options;
  if (playground !== undefined && url.href.startsWith(playground)) return { kind: 'found', addresses: [PLAYGROUND] };
  const host = BRACKETS.exec(url.hostname)?.groups?.inside ?? url.hostname;
  const family = isIP(host);
  const addresses = family === 0 ? await resolver.resolve(host, signal) : [{ address: host, family }];
  if (allowLoopback && addresses.every(({ address }) => isLoopback(address))) return { kind: 'found', addresses };
  const own = interfaces();
  if (!addresses.every(({ address }) => isPublic(address) && !isOwn(address, own)))
    return refuse(message('reading.not-public'));
  if (!WEB_PORTS.includes(url.port)) return refuse(message('reading.ports'));
  return { kind: 'found', addresses };
}

type Headers = Readonly<Record<string, string>>;

/** No cookies, no referrer, nothing about the user. */
const HEADERS: Headers = {
  accept: 'text/html,application/xhtml+xml,text/plain;q=0.8',
  'accept-encoding': 'gzip, br',
  'accept-language': 'en;q=0.9,*;q=0.5',
};

/**
 * Requests a page from the addresses that were checked, so that a second DNS lookup can't return others. Resolves with
 * the response, which the caller must destroy. Throws connection errors.
 */
export function request(
  url: URL,
  addresses: readonly Address[],
  signal: AbortSignal,
  more: Headers = {},
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const isSecure = url.protocol === 'https:';
  const options = { headers: { ...HEADERS, ...more }, lookup: answerWith(addresses), signal };
  // A new agent per request: no connection is reused, and no proxy from the environment.
  const asked = isSecure
    ? https.get(url, { ...options, agent: new https.Agent(), rejectUnauthorized: true })
    : http.get(url, { ...options, agent: new http.Agent() });
  asked.on('error', reject);
  asked.on('upgrade', (_response, socket) => {
    socket.destroy();
    reject(Object.assign(new Error('The site changed protocol.'), { code: 'ERR_UPGRADE' }));
  });
  asked.on('response', response => {
    // Keeps an error after the body was read from crashing the bot.
    response.on('error', () => undefined);
    resolve(response);
  });
  return promise;
}

function answerWith(addresses: readonly Address[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else if (first === undefined) callback(new Error('No address was checked.'), '', 0);
    else callback(null, first.address, first.family);
  };
}

interface FetchedPage {
  readonly kind: 'page';
  /** Final URL, after redirects. */
  readonly url: URL;
  /** For example, `text/html; charset=utf-8`. */
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** HTTP validators of the last version of a feed. */
interface Validators {
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
}

/** What a site reports about a feed besides its content. */
interface FeedAnswer {
  /** The feed's new address after a permanent redirect. */
  readonly movedTo: string | undefined;
  /** How long the response stays fresh, in seconds; 0 if unknown. */
  readonly maxAge: number;
}

interface FetchedFeed extends Omit<FetchedPage, 'kind'>, FeedAnswer {
  readonly kind: 'feed';
  readonly validators: Validators;
}

export type FeedResponse =
  | FetchedFeed
  | (FeedAnswer & { readonly kind: 'unchanged' })
  /** Status 410. */
  | { readonly kind: 'gone' }
  /** `retryAfter` is in seconds. */
  | (ReadingRefusal & { readonly retryAfter?: number | undefined });

/** Fetches pages from the public internet. Never throws for anything a site does. */
export interface Net {
  /** Waits for a slot. Askers take turns. */
  fetch(link: string, asker: string): Promise<FetchedPage | ReadingRefusal>;
  /** Fetches a feed, or a page that may name one, unless it is still the version with these validators. */
  fetchFeed(link: string, asker: string, known?: Validators): Promise<FeedResponse>;
}

/** Returns the `User-Agent`. `contact` is the operator's address. */
export function userAgentOf(version: string, contact: string | undefined): string {
  return `Verbatim/${version} (Discord bot; ${contact ?? 'reads pages and feeds for the people who use it'})`;
}

type Interfaces = typeof networkInterfaces;

interface NetOptions extends NameSources {
  /** Allows loopback addresses and any port. Only for tests. */
  readonly allowLoopback: boolean;
  /** The playground's own news site, `http://127.0.0.1:PORT/feeds/`: the one address of this machine that is allowed. */
  readonly playground?: string | undefined;
  /** Default: what `userAgentOf` returns */
  readonly userAgent?: string;
  /** Timeout for waiting, and then for everything, including DNS and redirects. */
  readonly milliseconds?: number;
  /** Returns this machine's network interfaces. */
  readonly interfaces?: Interfaces;
}

interface FetchOptions {
  readonly allowLoopback: boolean;
  readonly playground: string | undefined;
  readonly resolver: HostResolver;
  readonly interfaces: Interfaces;
  readonly headers: Headers;
  readonly signal: AbortSignal;
}

interface Redirect {
  readonly location: string;
  readonly isPermanent: boolean;
}

/** Handles a response that isn't a redirect. `movedTo`: the address after permanent redirects only. */
type ResponseHandler<Answer> = (
  url: URL,
  response: IncomingMessage,
  movedTo: string | undefined,
) => Promise<Answer | ReadingRefusal>;

const TIMEOUT_MILLISECONDS = 10_000;
/** How many pages are fetched at once, and how many more from slow sites. */
const MOST_AT_ONCE = 8;
const SLOW = { after: 2000, most: 8 };
const MOST_PER_ASKER = 2;
const MOST_REDIRECTS = 5;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
const PERMANENT: readonly number[] = [301, 308];
const FEEDS =
  'application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,text/html;q=0.5,*/*;q=0.1';
const MAX_AGE = /(?:^|,)\s*max-age\s*=\s*"?(?<seconds>\d{1,9})/iv;
const SECONDS = /^\d{1,9}$/v;
const READABLE = /^(?:text\/html|application\/xhtml\+xml|text\/plain|text\/markdown)\s*(?:;|$)/iv;

/** Reasons for refusing, by status code and by connection error; the first matching pattern counts. */
const STATUSES: readonly (readonly [RegExp, Message])[] = [
  [/^(?:404|410)$/v, message('reading.no-page')],
  [/^(?:401|402|403|407|451)$/v, message('reading.not-for-programs')],
  [/^429$/v, message('reading.too-many-visits')],
  [/^5/v, message('reading.trouble')],
];
const FAILURES: readonly (readonly [RegExp, Message])[] = [
  [/^(?:ENOTFOUND|ENODATA|EBADNAME)$/v, message('reading.no-website')],
  // From a name server; a connection that times out has ETIMEDOUT.
  [/^ETIMEOUT$/v, message('reading.too-slow')],
  [/CERT|TLS|SSL|UNABLE_TO_|SELF_SIGNED/v, message('reading.unproven')],
  [/^Z_|^ERR_.*BROTLI|^ERR__ERROR/v, message('reading.arrived-damaged')],
];

export function makeNet({
  allowLoopback,
  playground,
  userAgent = userAgentOf('0.1', undefined),
  milliseconds = TIMEOUT_MILLISECONDS,
  interfaces = networkInterfaces,
  ...sources
}: NetOptions): Net {
  const resolver = new HostResolver(sources);
  const turns = new Turns({ most: MOST_AT_ONCE, mostPerOwner: MOST_PER_ASKER, slow: SLOW });
  const fetchNow = async <Answer>(link: string, headers: Headers, read: ResponseHandler<Answer>) => {
    const signal = AbortSignal.timeout(milliseconds);
    try {
      return await follow(link, { allowLoopback, playground, resolver, interfaces, headers, signal }, read);
    } catch (error) {
      return explain(error, signal);
    }
  };
  const fetchInTurn = async <Answer>(link: string, asker: string, headers: Headers, read: ResponseHandler<Answer>) => {
    const all = { 'user-agent': userAgent, ...headers };
    const fetched = await turns.run(asker, milliseconds, () => fetchNow(link, all, read), hostIn(link));
    return fetched ?? refuse(message('reading.busy'));
  };
  return {
    fetch: (link, asker) => fetchInTurn(link, asker, {}, pageFrom),
    fetchFeed: (link, asker, known) => fetchInTurn(link, asker, feedHeaders(known), feedFrom),
  };
}

function hostIn(link: string): string {
  const target = parseLink(link);
  return target.kind === 'refused' ? '' : target.url.host;
}

function feedHeaders({ etag, lastModified }: Partial<Validators> = {}): Headers {
  return {
    accept: FEEDS,
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
    ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
  };
}

async function follow<Answer>(
  link: string,
  options: FetchOptions,
  read: ResponseHandler<Answer>,
): Promise<Answer | ReadingRefusal> {
  let from: URL | undefined;
  let location = link;
  let movedTo: string | undefined;
  let isMoved = true;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const target = parseLink(location, from);
    if (target.kind === 'refused') return target;
    const found = await findAddresses(target.url, options);
    if (found.kind === 'refused') return found;
    if (hop > 0 && isMoved) movedTo = target.url.href;
    const response = await request(target.url, found.addresses, options.signal, options.headers);
    try {
      const redirect = redirectOf(response);
      if (redirect === undefined) return await read(target.url, response, movedTo);
      from = target.url;
      location = redirect.location;
      isMoved &&= redirect.isPermanent;
    } finally {
      response.destroy();
    }
  }
  return refuse(message('reading.passed-on', { most: String(MOST_REDIRECTS) }));
}

function redirectOf({ statusCode = 0, headers: { location } }: IncomingMessage): Redirect | undefined {
  if (!REDIRECTS.includes(statusCode) || location === undefined) return undefined;
  // Node decodes headers as Latin-1, but browsers expect UTF-8 here.
  const decoded = Buffer.from(location, 'latin1').toString();
  return { location: decoded, isPermanent: PERMANENT.includes(statusCode) };
}

/** Returns the refusal for a response whose status isn't 200. */
function refusalOf({ statusCode }: IncomingMessage): ReadingRefusal | undefined {
  return statusCode === 200 ? undefined : refuse(choose(STATUSES, String(statusCode)) ?? message('reading.no-answer'));
}

async function feedFrom(url: URL, response: IncomingMessage, movedTo: string | undefined): Promise<FeedResponse> {
  const { statusCode, headers } = response;
  const maxAge = Number(MAX_AGE.exec(headers['cache-control'] ?? '')?.groups?.seconds ?? 0);
  if (statusCode === 304) return { kind: 'unchanged', movedTo, maxAge };
  if (statusCode === 410) return { kind: 'gone' };
  const refusal = refusalOf(response);
  if (refusal !== undefined) return { ...refusal, retryAfter: secondsUntil(headers['retry-after']) };
  const body = await downloadBody(response);
  if (body.kind === 'refused') return body;
  const { etag, 'last-modified': lastModified, 'content-type': contentType = '' } = headers;
  return { kind: 'feed', url, contentType, bytes: body.bytes, validators: { etag, lastModified }, movedTo, maxAge };
}

/** Reads a `Retry-After`: seconds or a date. */
function secondsUntil(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const seconds = SECONDS.test(value.trim()) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}

async function pageFrom(url: URL, response: IncomingMessage): Promise<FetchedPage | ReadingRefusal> {
  const { 'content-type': contentType = '' } = response.headers;
  const refusal = refusalOf(response);
  if (refusal !== undefined) return refusal;
  if (!READABLE.test(contentType)) return refuse(message('reading.not-text'));
  const body = await downloadBody(response);
  return body.kind === 'refused' ? body : { kind: 'page', url, contentType, bytes: body.bytes };
}

/** Returns what failed, for the user. Errors without a code are bugs and are rethrown. */
function explain(error: unknown, signal: AbortSignal): ReadingRefusal {
  if (signal.aborted) return refuse(message('reading.too-slow'));
  if (!(error instanceof Error) || !('code' in error)) throw error;
  return refuse(choose(FAILURES, String(error.code)) ?? message('reading.unreachable'));
}

function choose(sentences: readonly (readonly [RegExp, Message])[], code: string): Message | undefined {
  return sentences.find(([pattern]) => pattern.test(code))?.[1];
}
