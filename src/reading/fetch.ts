import type { IncomingMessage } from 'node:http';
import { type Told, told } from '../wording/say.ts';
import { readBody } from './body.ts';
import { type Refused, refuse } from './reading.ts';
import { request } from './request.ts';
import { findAddresses } from './resolve.ts';
import { readWebAddress } from './web-address.ts';

interface FetchedPage {
  readonly kind: 'page';
  /** Where it stood in the end, after redirects. */
  readonly url: URL;
  /** As the site says it: `text/html; charset=utf-8`. */
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** Fetches pages for strangers, from the public internet only. Never throws for anything that a site does. */
export interface Net {
  fetch(link: string): Promise<FetchedPage | Refused>;
}

interface NetOptions {
  /** Fetch from this machine too, at any port. For tests: nothing else turns it on. */
  readonly allowLoopback: boolean;
  /** For everything together, names and redirects included. */
  readonly milliseconds?: number;
}

interface Asking {
  readonly allowLoopback: boolean;
  readonly signal: AbortSignal;
}

interface Elsewhere {
  readonly kind: 'elsewhere';
  readonly location: string;
}

const PATIENCE = 10_000;
const MOST_REDIRECTS = 5;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
const READABLE = /^(?:text\/html|application\/xhtml\+xml|text\/plain|text\/markdown)\s*(?:;|$)/iv;

/** What sites answer instead of a page, and errors of the connection, by the first pattern that fits. */
const STATUSES: readonly (readonly [RegExp, Told])[] = [
  [/^(?:404|410)$/v, told('reading.no-page')],
  [/^(?:401|402|403|407|451)$/v, told('reading.not-for-programs')],
  [/^429$/v, told('reading.too-many-visits')],
  [/^5/v, told('reading.trouble')],
];
const FAILURES: readonly (readonly [RegExp, Told])[] = [
  [/^(?:ENOTFOUND|ENODATA)$/v, told('reading.no-website')],
  [/CERT|TLS|SSL|UNABLE_TO_|SELF_SIGNED/v, told('reading.unproven')],
  [/^Z_|^ERR_.*BROTLI|^ERR__ERROR/v, told('reading.arrived-damaged')],
];

export function makeNet({ allowLoopback, milliseconds = PATIENCE }: NetOptions): Net {
  return {
    async fetch(link) {
      const asking = { allowLoopback, signal: AbortSignal.timeout(milliseconds) };
      try {
        return await follow(link, asking);
      } catch (error) {
        return explain(error, asking.signal);
      }
    },
  };
}

async function follow(link: string, asking: Asking): Promise<FetchedPage | Refused> {
  let from: URL | undefined;
  let location = link;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const target = readWebAddress(location, from);
    if (target.kind === 'refused') return target;
    const answer = await ask(target.url, asking);
    if (answer.kind !== 'elsewhere') return answer;
    from = target.url;
    location = answer.location;
  }
  return refuse(told('reading.passed-on', { most: String(MOST_REDIRECTS) }));
}

async function ask(url: URL, { allowLoopback, signal }: Asking): Promise<FetchedPage | Elsewhere | Refused> {
  const found = await findAddresses(url, allowLoopback, signal);
  if (found.kind === 'refused') return found;
  const response = await request(url, found.addresses, signal);
  try {
    return await readAnswer(url, response);
  } finally {
    response.destroy();
  }
}

async function readAnswer(url: URL, response: IncomingMessage): Promise<FetchedPage | Elsewhere | Refused> {
  const status = response.statusCode ?? 0;
  const { location, 'content-type': contentType = '' } = response.headers;
  if (REDIRECTS.includes(status) && location !== undefined) return { kind: 'elsewhere', location };
  if (status !== 200) return refuse(choose(STATUSES, String(status)) ?? told('reading.no-answer'));
  if (!READABLE.test(contentType)) return refuse(told('reading.not-text'));
  const body = await readBody(response);
  return body.kind === 'refused' ? body : { kind: 'page', url, contentType, bytes: body.bytes };
}

/** What failed, for who asked. Anything but the network's failures, which carry a code, is a bug and thrown on. */
function explain(error: unknown, signal: AbortSignal): Refused {
  if (signal.aborted) return refuse(told('reading.too-slow'));
  if (!(error instanceof Error) || !('code' in error)) throw error;
  return refuse(choose(FAILURES, String(error.code)) ?? told('reading.unreachable'));
}

function choose(sentences: readonly (readonly [RegExp, Told])[], code: string): Told | undefined {
  return sentences.find(([pattern]) => pattern.test(code))?.[1];
}
