import { Resolver } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { BlockList, isIP } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';
import { message } from '../wording/say.ts';
import { type ReadingRefusal, refuse } from './reading.ts';

export interface Address {
  readonly address: string;
  readonly family: number;
}

/** Where host names are resolved. Default: the system's sources */
export interface NameSources {
  /** The addresses of name servers, with or without a port. */
  readonly nameServers?: readonly string[];
  readonly hostsFile?: string;
}

const HOSTS_FILE = process.platform === 'win32' ? String.raw`C:\Windows\System32\drivers\etc\hosts` : '/etc/hosts';
/** How long to wait for IPv4 or IPv6 addresses once the other kind has arrived, in milliseconds. */
const PATIENCE_AFTER_FIRST = 300;
/** For each name server: two tries of two seconds. */
const PATIENCE = { timeout: 2000, maxTimeout: 2000, tries: 2 };
const LOCAL = /(?:^|\.)localhost$/v;
const LOOPBACK: readonly Address[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];
const LAST_DOT = /\.$/v;
const COMMENT = /#.*/v;
const SPACES = /\s+/v;

/**
 * Resolves host names without `dns.lookup`, which can't be cancelled: while a name server is silent, each lookup blocks
 * one of the four threads that all file access shares.
 */
export class HostResolver {
  readonly #nameServers: readonly string[] | undefined;
  readonly #hostsFile: string;

  constructor({ nameServers, hostsFile = HOSTS_FILE }: NameSources) {
    this.#nameServers = nameServers;
    this.#hostsFile = hostsFile;
  }

  /** Returns the addresses of a host. Throws the name servers' error if there is none, and if `signal` aborts. */
  async resolve(host: string, signal: AbortSignal): Promise<readonly Address[]> {
    const name = host.replace(LAST_DOT, '').toLowerCase();
    if (LOCAL.test(name)) return LOOPBACK;
    // Read each time, since it may change. A file that can't be read lists nothing.
    const listed = addressesIn(await readFile(this.#hostsFile, 'utf8').catch(() => ''), name);
    signal.throwIfAborted();
    return listed.length > 0 ? listed : await this.#ask(name, signal);
  }

  async #ask(name: string, signal: AbortSignal): Promise<readonly Address[]> {
    // A resolver of its own, so that only this query is cancelled and changed system settings apply.
    const resolver = new Resolver(PATIENCE);
    if (this.#nameServers !== undefined) resolver.setServers(this.#nameServers);
    const cancel = () => resolver.cancel();
    signal.addEventListener('abort', cancel);
    const asked = [resolver.resolve4(name), resolver.resolve6(name)];
    void Promise.any(asked).then(
      () => setTimeout(cancel, PATIENCE_AFTER_FIRST).unref(),
      () => undefined,
    );
    const answers = await Promise.allSettled(asked).finally(() => signal.removeEventListener('abort', cancel));
    const found = answers.flatMap(answer => (answer.status === 'fulfilled' ? answer.value : []));
    if (found.length === 0) throw reasonOf(answers);
    return found.map(address => ({ address, family: isIP(address) }));
  }
}

/** Returns the more informative of two errors: that the name doesn't exist, or else that an answer is missing. */
function reasonOf(answers: readonly PromiseSettledResult<unknown>[]): unknown {
  const reasons: unknown[] = answers.flatMap(answer => (answer.status === 'rejected' ? [answer.reason] : []));
  const codeOf = (reason: unknown) => (reason instanceof Error && 'code' in reason ? reason.code : undefined);
  return (
    reasons.find(reason => codeOf(reason) === 'ENOTFOUND') ??
    reasons.find(reason => codeOf(reason) !== 'ENODATA') ??
    reasons[0]
  );
}

/** Returns the addresses of a name in lower case that a hosts file lists. */
function addressesIn(hosts: string, name: string): readonly Address[] {
  return hosts
    .toLowerCase()
    .split('\n')
    .filter(line => line.includes(name))
    .flatMap(line => {
      const [address = '', ...names] = line.replace(COMMENT, '').trim().split(SPACES);
      const family = isIP(address);
      return family > 0 && names.includes(name) ? [{ address, family }] : [];
    });
}

const LONGEST_ADDRESS = 2000;
/** Angle brackets suppress Discord's link preview. */
const IN_ANGLES = /^<(?<address>[^<>]*)>$/v;
const SCHEME = /^[a-z][a-z0-9+.\-]*:/iv;

type WebAddress = { readonly kind: 'address'; readonly url: URL } | ReadingRefusal;

/**
 * Reads a link as a browser would: `2130706433` and `0x7f.1` become `127.0.0.1`. `base` is the page that redirected
 * here.
 */
export function parseLink(typed: string, base?: URL): WebAddress {
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

const SPECIAL = new BlockList();
for (const [net, prefix] of SPECIAL_IPV4) SPECIAL.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of SPECIAL_IPV6) SPECIAL.addSubnet(net, prefix, 'ipv6');

const GLOBAL_IPV6 = new BlockList();
GLOBAL_IPV6.addSubnet('2000::', 3, 'ipv6');

const LOOPBACK_ADDRESSES = new BlockList();
LOOPBACK_ADDRESSES.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK_ADDRESSES.addAddress('::1', 'ipv6');

/** Whether a numeric address is on the public internet; false for anything that isn't an address. */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !SPECIAL.check(address, 'ipv4');
  if (family !== 6 || address.includes('%')) return false;
  return GLOBAL_IPV6.check(address, 'ipv6') && !SPECIAL.check(address, 'ipv6');
}

/** Whether a numeric address is a loopback address. */
export function isLoopback(address: string): boolean {
  return LOOPBACK_ADDRESSES.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** The shortest prefix, in bits, of a network whose machines may be this one's neighbours. */
const SHORTEST_PREFIX = { IPv4: 8, IPv6: 16 } as const;

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/**
 * Whether a numeric address belongs to this machine or to a network that it is directly connected to: services there
 * may trust this machine more than the internet.
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
