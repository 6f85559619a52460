import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { networkInterfaces } from 'node:os';
import { FairQueue } from '../fair-queue.ts';
import { type Message, message } from '../wording/say.ts';
import { hasWebPort, isLoopback, isOwn, isPublic, readWebAddress } from './addresses.ts';
import { readBody } from './file.ts';
import { type Refused, refuse } from './reading.ts';
import { type Address, HostResolver, type NameSources } from './resolve.ts';

type Found = { readonly kind: 'found'; readonly addresses: readonly Address[] } | Refused;

const BRACKETS = /^\[(?<inside>.*)\]$/v;

/**
 * Resolves a link's host. Refuses a name if any of its addresses isn't allowed. Throws if the name is unknown or
 * `signal` aborts.
 */
async function findAddresses(url: URL, { allowLoopback, resolver, interfaces, signal }: FetchOptions): Promise<Found> {
  const host = BRACKETS.exec(url.hostname)?.groups?.inside ?? url.hostname;
  const family = isIP(host);
  const addresses = family === 0 ? await resolver.resolve(host, signal) : [{ address: host, family }];
  if (addresses.length === 0) return refuse(message('reading.no-website-at', { host: url.host }));
  if (allowLoopback && addresses.every(({ address }) => isLoopback(address))) return { kind: 'found', addresses };
  const own = interfaces();
  if (!addresses.every(({ address }) => isPublic(address) && !isOwn(address, own)))
    return refuse(message('reading.not-public'));
  if (!hasWebPort(url)) return refuse(message('reading.ports'));
  return { kind: 'found', addresses };
}

/** No cookies, no referrer, nothing about the user. */
const HEADERS = {
  'user-agent': 'Verbatim/0.1 (Discord bot; reads a page when a person adds it to their library)',
  accept: 'text/html,application/xhtml+xml,text/plain;q=0.8',
  'accept-encoding': 'gzip, deflate, br',
  'accept-language': 'en;q=0.9,*;q=0.5',
};

/**
 * Requests a page from the addresses that were checked, so that a second DNS lookup can't return others. Resolves with
 * the response, which the caller must destroy. Throws connection errors.
 */
export function request(url: URL, addresses: readonly Address[], signal: AbortSignal): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const isSecure = url.protocol === 'https:';
  const options = { headers: HEADERS, lookup: answerWith(addresses), signal };
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

/** Fetches pages from the public internet. Never throws for anything a site does. */
export interface Net {
  /** `asker` takes turns with others: only some pages are fetched at once. */
  fetch(link: string, asker: string): Promise<FetchedPage | Refused>;
}

type Interfaces = typeof networkInterfaces;

interface NetOptions extends NameSources {
  /** Allows loopback addresses and any port. Only for tests. */
  readonly allowLoopback: boolean;
  /** Timeout for waiting, and then for everything, including DNS and redirects. */
  readonly milliseconds?: number;
  /** Returns this machine's network interfaces. */
  readonly interfaces?: Interfaces;
}

interface FetchOptions {
  readonly allowLoopback: boolean;
  readonly resolver: HostResolver;
  readonly interfaces: Interfaces;
  readonly signal: AbortSignal;
}

interface Redirect {
  readonly kind: 'redirect';
  readonly location: string;
}

const TIMEOUT_MILLISECONDS = 10_000;
/** A page that a site is slow to send keeps its place for ten seconds. */
const MOST_AT_ONCE = 8;
const MOST_PER_ASKER = 2;
const MOST_REDIRECTS = 5;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
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
  milliseconds = TIMEOUT_MILLISECONDS,
  interfaces = networkInterfaces,
  ...sources
}: NetOptions): Net {
  const resolver = new HostResolver(sources);
  const turns = new Turns();
  const fetchNow = async (link: string) => {
    const signal = AbortSignal.timeout(milliseconds);
    try {
      return await follow(link, { allowLoopback, resolver, interfaces, signal });
    } catch (error) {
      return explain(error, signal);
    }
  };
  return {
    async fetch(link, asker) {
      const fetched = await turns.run(asker, milliseconds, () => fetchNow(link));
      return fetched ?? refuse(message('reading.busy'));
    },
  };
}

interface Turn {
  readonly owner: string;
  readonly begin: () => void;
}

/** Runs a few tasks at once; their owners take turns. */
class Turns {
  readonly #waiting = new FairQueue<Turn>();
  readonly #running = new Set<Turn>();

  /** Returns what `work` does, or `undefined` if its turn doesn't come within the given time. */
  async run<Result>(owner: string, milliseconds: number, work: () => Promise<Result>): Promise<Result | undefined> {
    const { promise: isTurn, resolve } = Promise.withResolvers<boolean>();
    const turn: Turn = { owner, begin: () => resolve(true) };
    const timer = setTimeout(() => {
      this.#waiting.delete(turn);
      resolve(false);
    }, milliseconds);
    this.#waiting.push(turn);
    this.#beginNext();
    if (!(await isTurn)) return undefined;
    clearTimeout(timer);
    return await work().finally(() => {
      this.#running.delete(turn);
      this.#beginNext();
    });
  }

  #beginNext(): void {
    if (this.#running.size >= MOST_AT_ONCE) return;
    const turn = this.#waiting.take(this.#running, MOST_PER_ASKER);
    if (turn === undefined) return;
    this.#running.add(turn);
    turn.begin();
  }
}

async function follow(link: string, options: FetchOptions): Promise<FetchedPage | Refused> {
  let from: URL | undefined;
  let location = link;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const target = readWebAddress(location, from);
    if (target.kind === 'refused') return target;
    const answer = await ask(target.url, options);
    if (answer.kind !== 'redirect') return answer;
    from = target.url;
    location = answer.location;
  }
  return refuse(message('reading.passed-on', { most: String(MOST_REDIRECTS) }));
}

async function ask(url: URL, options: FetchOptions): Promise<FetchedPage | Redirect | Refused> {
  const found = await findAddresses(url, options);
  if (found.kind === 'refused') return found;
  const response = await request(url, found.addresses, options.signal);
  try {
    return await readAnswer(url, response);
  } finally {
    response.destroy();
  }
}

async function readAnswer(url: URL, response: IncomingMessage): Promise<FetchedPage | Redirect | Refused> {
  const status = response.statusCode ?? 0;
  const { location, 'content-type': contentType = '' } = response.headers;
  if (REDIRECTS.includes(status) && location !== undefined) return { kind: 'redirect', location };
  if (status !== 200) return refuse(choose(STATUSES, String(status)) ?? message('reading.no-answer'));
  if (!READABLE.test(contentType)) return refuse(message('reading.not-text'));
  const body = await readBody(response);
  return body.kind === 'refused' ? body : { kind: 'page', url, contentType, bytes: body.bytes };
}

/** Returns what failed, for the user. Errors without a code are bugs and are rethrown. */
function explain(error: unknown, signal: AbortSignal): Refused {
  if (signal.aborted) return refuse(message('reading.too-slow'));
  if (!(error instanceof Error) || !('code' in error)) throw error;
  return refuse(choose(FAILURES, String(error.code)) ?? message('reading.unreachable'));
}

function choose(sentences: readonly (readonly [RegExp, Message])[], code: string): Message | undefined {
  return sentences.find(([pattern]) => pattern.test(code))?.[1];
}
