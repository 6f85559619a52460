import { describe, expect, test } from 'vitest';
import { isOwn, isPublic } from '../../src/reading/addresses.ts';
import { makeNet } from '../../src/reading/fetch.ts';
import { format } from '../../src/wording/say.ts';
import { times } from '../depth.ts';
import { fc } from '../fast-check.ts';

const NOT_PUBLIC = 'That address isn’t on the public internet. Add the article as a file, or paste its text.';

async function reasonFor(link: string): Promise<string> {
  const fetched = await makeNet({ allowLoopback: false, milliseconds: 5000 }).fetch(link, 'ann');
  return fetched.kind === 'refused' ? format(fetched.reason, 'en') : `fetched ${fetched.url.href}`;
}

test.each([
  'http://127.0.0.1/',
  'https://127.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://0x7f000001/',
  'http://017700000001/',
  'http://0177.0.0.1/',
  'http://127.0.0.1./',
  'http://127。0。0。1/',
  'http://①②⑦.⓪.⓪.①/',
  'http://%31%32%37.0.0.1/',
  'http://127.0.0.1:80/',
  'http://0/',
  'http://0.0.0.0/',
  'http://localhost/',
  'http://LOCALHOST:443/',
  'http://10.1.2.3/',
  'http://100.64.0.1/',
  'http://100.100.100.200/latest/meta-data',
  'http://169.254.169.254/latest/meta-data/',
  'http://168.63.129.16/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.1.1/',
  'http://192.0.0.192/',
  'http://192.0.2.1/',
  'http://198.18.0.1/',
  'http://198.51.100.7/',
  'http://203.0.113.9/',
  'http://224.0.0.1/',
  'http://240.0.0.1/',
  'http://255.255.255.255/',
  'http://[::]/',
  'http://[::1]/',
  'http://[0:0:0:0:0:0:0:1]/',
  'http://[::127.0.0.1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::ffff:8.8.8.8]/',
  'http://[::ffff:0:127.0.0.1]/',
  'http://[64:ff9b::127.0.0.1]/',
  'http://[64:ff9b:1::a00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[2001::1]/',
  'http://[2001:db8::1]/',
  'http://[3fff::1]/',
  'http://[100::1]/',
  'http://[5f00::1]/',
  'http://[fc00::1]/',
  'http://[fd00:ec2::254]/',
  'http://[fe80::1]/',
  'http://[fec0::1]/',
  'http://[ff02::1]/',
])('%s is not fetched', async link => {
  expect(await reasonFor(link)).toBe(NOT_PUBLIC);
});

test.each([
  ['', 'There’s no link. Enter one that starts with https://.'],
  ['example.com/news', 'That isn’t a complete link. Enter all of it, starting with https://.'],
  ['the news of today', 'That isn’t a complete link. Enter all of it, starting with https://.'],
  ['https://', 'That link isn’t valid. Copy it again from your browser’s address bar.'],
  ['https://256.1.1.1/', 'That link isn’t valid. Copy it again from your browser’s address bar.'],
  ['http://[fe80::1%25eth0]/', 'That link isn’t valid. Copy it again from your browser’s address bar.'],
  ['ftp://example.com/', 'I can only read links that start with https:// or http://. Enter a web page’s address.'],
  ['file:///etc/passwd', 'I can only read links that start with https:// or http://. Enter a web page’s address.'],
  ['data:text/html,<p>x', 'I can only read links that start with https:// or http://. Enter a web page’s address.'],
  ['javascript:alert(1)', 'I can only read links that start with https:// or http://. Enter a web page’s address.'],
  ['https://me@example.com/', 'That link contains a user name or password. Enter it without them.'],
  ['https://me:secret@127.0.0.1/', 'That link contains a user name or password. Enter it without them.'],
  [
    `https://example.com/${'a'.repeat(2000)}`,
    'That link is longer than 2000 characters. Use a shorter link to the same page.',
  ],
  ['https://8.8.8.8:8443/', 'I only read pages on ports 80 and 443. Add the article as a file, or paste its text.'],
  [
    'http://[2606:4700::1111]:22/',
    'I only read pages on ports 80 and 443. Add the article as a file, or paste its text.',
  ],
])('refuses the link %j', async (link, reason) => {
  expect(await reasonFor(link)).toBe(reason);
});

test('no string sent as a link makes fetching throw or reaches this machine', async () => {
  const pieces = fc.constantFrom(
    'http://',
    'https:',
    '//',
    '[',
    ']',
    '::',
    '127.0.0.1',
    '0x7f',
    '.',
    '@',
    ':',
    '%',
    '#',
    '\\',
    '\t',
    'localhost',
    '１',
    '/',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(pieces, { maxLength: 8 }), async parts => {
      const fetched = await makeNet({ allowLoopback: false, milliseconds: 300 }).fetch(parts.join(''), 'ann');
      expect(fetched.kind).toBe('refused');
    }),
    { numRuns: times(60) },
  );
});

describe('an address is public', () => {
  test.each([
    '1.1.1.1',
    '8.8.8.8',
    '100.63.255.255',
    '100.128.0.0',
    '172.32.0.1',
    '192.0.1.1',
    '2606:4700::1111',
    '2001:4860:4860::8888',
  ])('if it is one of the internet: %s', address => expect(isPublic(address)).toBe(true));

  test.each([
    '',
    'example.com',
    '1.1.1',
    '1.1.1.1.',
    '01.1.1.1',
    '::1%lo',
    '2606:4700::1111%eth0',
    '[2606:4700::1111]',
  ])('only if it is valid: not %j', address => expect(isPublic(address)).toBe(false));

  test('and never if it wraps an IPv4 address', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.constantFrom('::ffff:', '::', '64:ff9b::', '::ffff:0:'), (address, prefix) => {
        expect(isPublic(prefix + address)).toBe(false);
      }),
    );
  });
});

describe('an address is this machine’s own', () => {
  const here = (address: string, cidr: string | null, family: 'IPv4' | 'IPv6' = 'IPv4') => ({
    ...{ address, cidr, netmask: '', mac: '00:00:00:00:00:00', internal: false },
    ...(family === 'IPv4' ? { family } : { family, scopeid: 0 }),
  });
  const interfaces = {
    eth0: [here('8.8.4.4', '8.8.4.4/24'), here('2606:4700::7', '2606:4700::7/64', 'IPv6')],
    eth1: [here('9.9.9.9', '9.9.9.9/32'), here('2620:fe::fe', '2620:fe::fe/128', 'IPv6')],
    tunnel: [here('1.1.1.1', '1.1.1.1/0'), here('2001:4860::1', null, 'IPv6')],
    gone: undefined,
  };

  test.each([
    '8.8.4.4',
    '8.8.4.200',
    '2606:4700::7',
    '2606:4700::99',
    '9.9.9.9',
    '2620:fe::fe',
    '1.1.1.1',
    '2001:4860::1',
  ])('or a neighbour’s: %s', address => expect(isOwn(address, interfaces)).toBe(true));

  test.each(['8.8.5.4', '2606:4700:0:1::7', '9.9.9.10', '2620:fe::9', '1.1.1.2', '2001:4860::2', ''])(
    'but not %j',
    address => expect(isOwn(address, interfaces)).toBe(false),
  );

  test('and is not fetched, even if it was not when the bot started', async () => {
    let now: typeof interfaces | object = {};
    const net = makeNet({ allowLoopback: false, milliseconds: 50, interfaces: () => ({ ...now }) });
    const fetchIt = async () => {
      const fetched = await net.fetch('http://8.8.4.200/', 'ann');
      return fetched.kind === 'refused' && format(fetched.reason, 'en');
    };
    expect(await fetchIt()).not.toBe(NOT_PUBLIC);
    now = interfaces;
    expect(await fetchIt()).toBe(NOT_PUBLIC);
  });
});
