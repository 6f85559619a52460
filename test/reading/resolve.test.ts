import { lookup } from 'node:dns/promises';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { HostResolver } from '../../src/reading/addresses.ts';
import { makeNet } from '../../src/reading/fetch.ts';
import { format } from '../../src/wording/say.ts';
import { type NameAnswer, startNameServer } from './name-server.ts';

const V4 = '192.0.2.7';
const V6 = '2001:0db8:0000:0000:0000:0000:0000:0007';
const SHORT_V6 = '2001:db8::7';

async function resolverOf(answers: Readonly<Record<'A' | 'AAAA', NameAnswer>>, hosts = ''): Promise<HostResolver> {
  return new HostResolver({
    nameServers: [await startNameServer((_name, type) => answers[type])],
    hostsFile: hostsFileOf(hosts),
  });
}

function hostsFileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-hosts-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'hosts');
  writeFileSync(file, text);
  return file;
}

async function addressesOf(resolver: HostResolver, name = 'news.example.com'): Promise<readonly string[]> {
  const addresses = await resolver.resolve(name, AbortSignal.timeout(3000));
  return addresses.map(({ address, family }) => `${address} (${family})`);
}

describe('a name has the addresses', () => {
  test.each([
    [{ A: [V4, '192.0.2.8'], AAAA: [V6] }, [`${V4} (4)`, '192.0.2.8 (4)', `${SHORT_V6} (6)`]],
    [{ A: [V4], AAAA: [] }, [`${V4} (4)`]],
    [{ A: [], AAAA: [V6] }, [`${SHORT_V6} (6)`]],
    [{ A: [V4], AAAA: 'failure' }, [`${V4} (4)`]],
    [{ A: [V4], AAAA: 'silent' }, [`${V4} (4)`]],
    [{ A: 'silent', AAAA: [V6] }, [`${SHORT_V6} (6)`]],
  ] as const)('that name servers send: %j', async (answers, expected) => {
    expect(await addressesOf(await resolverOf(answers))).toEqual(expected);
  });

  test('of the hosts file, as it is now, before those of name servers', async () => {
    const nameServers = [await startNameServer(() => [])];
    const hostsFile = hostsFileOf(
      `# ours\n${V4}\tNews.example.com news # not-this\n${SHORT_V6} news.example.com\nx y\n`,
    );
    const resolver = new HostResolver({ nameServers, hostsFile });
    expect(await addressesOf(resolver, 'news.EXAMPLE.com.')).toEqual([`${V4} (4)`, `${SHORT_V6} (6)`]);
    expect(await addressesOf(resolver, 'news')).toEqual([`${V4} (4)`]);
    await expect(addressesOf(resolver, 'not-this')).rejects.toMatchObject({ code: 'ENODATA' });
    writeFileSync(hostsFile, '192.0.2.99 news.example.com');
    expect(await addressesOf(resolver)).toEqual(['192.0.2.99 (4)']);
    rmSync(hostsFile);
    await expect(addressesOf(resolver)).rejects.toMatchObject({ code: 'ENODATA' });
  });

  test.each(['localhost', 'LOCALHOST.', 'a.localhost'])('of this machine, if it is %s', async name => {
    const resolver = await resolverOf({ A: [V4], AAAA: [V6] }, `${V4} ${name}`);
    expect(await addressesOf(resolver, name)).toEqual(['127.0.0.1 (4)', '::1 (6)']);
  });
});

describe('a link is refused', () => {
  const reasonOf = async (answers: Readonly<Record<'A' | 'AAAA', NameAnswer>>, hosts = '') => {
    const nameServers = [await startNameServer((_name, type) => answers[type])];
    const net = makeNet({ allowLoopback: false, milliseconds: 200, nameServers, hostsFile: hostsFileOf(hosts) });
    const fetched = await net.fetch('http://news.example.com/', 'ann');
    return fetched.kind === 'refused' && format(fetched.reason, 'en');
  };

  test.each([
    [{ A: 'no such name', AAAA: 'no such name' }, 'There’s no website with that name'],
    [{ A: 'failure', AAAA: 'no such name' }, 'There’s no website with that name'],
    [{ A: [], AAAA: [] }, 'There’s no website with that name'],
    [{ A: [], AAAA: 'failure' }, 'The site can’t be reached'],
    [{ A: 'silent', AAAA: 'silent' }, 'The site took too long'],
    [{ A: ['10.0.0.1'], AAAA: [] }, 'isn’t on the public internet'],
    [{ A: ['8.8.8.8', '10.0.0.1'], AAAA: [] }, 'isn’t on the public internet'],
    [{ A: ['8.8.8.8'], AAAA: ['fd000000000000000000000000000001'] }, 'isn’t on the public internet'],
  ] as const)('if name servers say %j', async (answers, reason) => {
    expect(await reasonOf(answers)).toContain(reason);
  });

  test('if the hosts file has a private address, whatever name servers say', async () => {
    expect(await reasonOf({ A: ['8.8.8.8'], AAAA: [] }, '10.0.0.1 news.example.com')).toContain('isn’t on the public');
  });

  test('if no name can be that long', async () => {
    const fetched = await makeNet({ allowLoopback: false }).fetch(`http://${'a'.repeat(64)}.example/`, 'ann');
    expect(fetched.kind === 'refused' && format(fetched.reason, 'en')).toContain('There’s no website with that name');
  });
});

test('while a name server is silent, the system’s own lookups go on', async () => {
  let asked = 0;
  const silent = await startNameServer(() => {
    asked += 1;
    return 'silent';
  });
  const resolver = new HostResolver({ nameServers: [silent] });
  const given = new AbortController();
  let ended = 0;
  const waiting = Array.from({ length: 30 }, async (_, at) => {
    const resolving = resolver.resolve(`news-${at}.example.com`, given.signal);
    await expect(resolving).rejects.toMatchObject({ code: 'ECANCELLED' });
    ended += 1;
  });
  await expect.poll(() => asked).toBe(60);
  await lookup('localhost');
  expect(ended).toBe(0);
  given.abort();
  await Promise.all(waiting);
  await expect(resolver.resolve('news.example.com', given.signal)).rejects.toThrow('aborted');
});
