import { Resolver } from 'node:dns/promises';
import { readFile, stat } from 'node:fs/promises';
import { isIP } from 'node:net';

export interface Address {
  readonly address: string;
  readonly family: number;
}

/** What resolves host names. Left out, it is what the system uses. */
export interface NameSources {
  /** The addresses of name servers, with or without a port. */
  readonly nameServers?: readonly string[];
  readonly hostsFile?: string;
}

const HOSTS_FILE = process.platform === 'win32' ? String.raw`C:\Windows\System32\drivers\etc\hosts` : '/etc/hosts';
/** How long one kind of address is waited for after the other has come, in milliseconds. */
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
 * Resolves host names without `dns.lookup`, which can't be cancelled: while a name server is silent, each lookup keeps
 * one of the four threads that every other use of files and names shares.
 */
export class HostResolver {
  readonly #nameServers: readonly string[] | undefined;
  readonly #hosts: HostsFile;

  constructor({ nameServers, hostsFile = HOSTS_FILE }: NameSources) {
    this.#nameServers = nameServers;
    this.#hosts = new HostsFile(hostsFile);
  }

  /** Returns the addresses of a host. Throws the name servers' error if there is none, and if `signal` aborts. */
  async resolve(host: string, signal: AbortSignal): Promise<readonly Address[]> {
    const name = host.replace(LAST_DOT, '').toLowerCase();
    if (LOCAL.test(name)) return LOOPBACK;
    const listed = await this.#hosts.find(name);
    signal.throwIfAborted();
    return listed ?? (await this.#ask(name, signal));
  }

  async #ask(name: string, signal: AbortSignal): Promise<readonly Address[]> {
    // A resolver of its own, so that only this is cancelled, and so that changed system settings apply.
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

/** Of two errors, returns the one that says most: that there is no such name, or else that an answer is missing. */
function reasonOf(answers: readonly PromiseSettledResult<unknown>[]): unknown {
  const reasons: unknown[] = answers.flatMap(answer => (answer.status === 'rejected' ? [answer.reason] : []));
  const codeOf = (reason: unknown) => (reason instanceof Error && 'code' in reason ? reason.code : undefined);
  return (
    reasons.find(reason => codeOf(reason) === 'ENOTFOUND') ??
    reasons.find(reason => codeOf(reason) !== 'ENODATA') ??
    reasons[0]
  );
}

/** The system's list of host names, read again when it changes. */
class HostsFile {
  readonly #path: string;
  #version = '';
  #byName: ReadonlyMap<string, readonly Address[]> = new Map();

  constructor(path: string) {
    this.#path = path;
  }

  /** Returns the addresses of a name in lower case. A file that can't be read has none. */
  async find(name: string): Promise<readonly Address[] | undefined> {
    try {
      const { mtimeMs, size } = await stat(this.#path);
      const version = `${mtimeMs} ${size}`;
      if (version !== this.#version) this.#byName = parseHosts(await readFile(this.#path, 'utf8'));
      this.#version = version;
    } catch {
      return undefined;
    }
    return this.#byName.get(name);
  }
}

function parseHosts(text: string): ReadonlyMap<string, readonly Address[]> {
  const byName = new Map<string, Address[]>();
  for (const line of text.split('\n')) {
    const [address = '', ...names] = line.replace(COMMENT, '').trim().toLowerCase().split(SPACES);
    const family = isIP(address);
    if (family === 0) continue;
    for (const name of names) byName.set(name, [...(byName.get(name) ?? []), { address, family }]);
  }
  return byName;
}
