import { BlockList, isIP } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';
import { message } from '../wording/say.ts';
import { type Refused, refuse } from './reading.ts';

const LONGEST_ADDRESS = 2000;
/** Angle brackets suppress Discord's link preview. */
const IN_ANGLES = /^<(?<address>[^<>]*)>$/v;
const SCHEME = /^[a-z][a-z0-9+.\-]*:/iv;

type WebAddress = { readonly kind: 'address'; readonly url: URL } | Refused;

/**
 * Reads a link as a browser would: `2130706433` and `0x7f.1` become `127.0.0.1`. `base` is the page that redirected
 * here.
 */
export function readWebAddress(typed: string, base?: URL): WebAddress {
  const trimmed = typed.trim();
  const address = IN_ANGLES.exec(trimmed)?.groups?.address ?? trimmed;
  if (address === '') return refuse(message('reading.no-link'));
  if (address.length > LONGEST_ADDRESS)
    return refuse(message('reading.link-too-long', { most: String(LONGEST_ADDRESS) }));
  if (base === undefined && !SCHEME.test(address)) return refuse(message('reading.half-a-link'));
  const url = URL.parse(address, base?.href);
  if (url === null) return refuse(message('reading.broken-link'));
  return checkUrl(url);
}

function checkUrl(url: URL): WebAddress {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return refuse(message('reading.not-the-web'));
  if (url.username !== '' || url.password !== '') return refuse(message('reading.password'));
  return { kind: 'address', url };
}

/** Whether the port is a default port of http or https. */
export function hasWebPort(url: URL): boolean {
  return ['', '80', '443'].includes(url.port);
}

/** IPv4 ranges that aren't public, from IANA's special-purpose address registry. */
const SPECIAL_IPV4 = [
  ['0.0.0.0', 8], // this host
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // carrier-grade NAT
  ['127.0.0.0', 8], // loopback
  ['168.63.129.16', 32], // public by number, but a cloud's own service for its machines
  ['169.254.0.0', 16], // link-local, metadata of clouds
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocols
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
] as const;

/** Exceptions within 2000::/3, the public range; loopback, mapped, NAT64 and local addresses are outside it. */
const SPECIAL_IPV6 = [
  ['2001::', 23], // protocols: Teredo, benchmarks, ORCHID
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4: an IPv4 address in disguise
  ['3fff::', 20], // documentation
] as const;

const special = new BlockList();
for (const [net, prefix] of SPECIAL_IPV4) special.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of SPECIAL_IPV6) special.addSubnet(net, prefix, 'ipv6');

const globalIpv6 = new BlockList();
globalIpv6.addSubnet('2000::', 3, 'ipv6');

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether a numeric address is on the public internet; false for anything that isn't an address. */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special.check(address, 'ipv4');
  if (family !== 6 || address.includes('%')) return false;
  return globalIpv6.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

/** Whether a numeric address is a loopback address. */
export function isLoopback(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return loopback.check(address, 'ipv4');
  return address === '::1';
}

/** The shortest prefix, in bits, of a network whose machines may be this one's neighbours. */
const SHORTEST_PREFIX = { IPv4: 8, IPv6: 16 } as const;

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/**
 * Whether a numeric address belongs to this machine or to a network that it is directly connected to: what listens
 * there may trust it more than the internet.
 */
export function isOwn(address: string, interfaces: Interfaces): boolean {
  const own = new BlockList();
  for (const { address: here, family, cidr } of Object.values(interfaces).flatMap(each => each ?? [])) {
    const type = family === 'IPv4' ? 'ipv4' : 'ipv6';
    const prefix = Number(cidr?.split('/')[1] ?? 0);
    own.addAddress(here, type);
    if (prefix >= SHORTEST_PREFIX[family]) own.addSubnet(here, prefix, type);
  }
  return own.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
