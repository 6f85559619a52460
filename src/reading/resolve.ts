import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { isIP } from 'node:net';
import { told } from '../wording/say.ts';
import { isLoopback, isPublic } from './public-addresses.ts';
import { type Refused, refuse } from './reading.ts';
import { hasWebPort } from './web-address.ts';

export interface Address {
  readonly address: string;
  readonly family: number;
}

type Found = { readonly kind: 'found'; readonly addresses: readonly Address[] } | Refused;

const BRACKETS = /^\[(?<inside>.*)\]$/v;

/**
 * The numeric addresses of a link's host, all of which may be fetched from: a name with one address that may not is
 * refused whole. Throws where the name is unknown or `signal` ends the search.
 */
export async function findAddresses(url: URL, allowLoopback: boolean, signal: AbortSignal): Promise<Found> {
  const host = BRACKETS.exec(url.hostname)?.groups?.inside ?? url.hostname;
  const family = isIP(host);
  const addresses = family === 0 ? await resolve(host, signal) : [{ address: host, family }];
  if (addresses.length === 0) return refuse(told('reading.no-website-at', { host: url.host }));
  if (allowLoopback && addresses.every(({ address }) => isLoopback(address))) return { kind: 'found', addresses };
  if (!addresses.every(({ address }) => isPublic(address))) return refuse(told('reading.not-public'));
  if (!hasWebPort(url)) return refuse(told('reading.ports'));
  return { kind: 'found', addresses };
}

/** The system's search cannot be called off, so it is left behind when the time is over. */
async function resolve(host: string, signal: AbortSignal): Promise<readonly Address[]> {
  signal.throwIfAborted();
  const ended = once(signal, 'abort').then(() => signal.throwIfAborted());
  const addresses = await Promise.race([lookup(host, { all: true }), ended]);
  return addresses ?? [];
}
