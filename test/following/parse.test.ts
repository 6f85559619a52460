import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { readFeedDocument } from '../../src/following/parse.ts';
import { anyCodePoint, fc } from '../fast-check.ts';
import { rss, type TestItem } from './feeds.ts';

const address = 'https://post.example/feeds/news.xml';

function read(content: string | Uint8Array, contentType = 'text/xml') {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const parsed = readFeedDocument({ address, contentType, bytes });
  if (parsed.kind !== 'feed') throw new Error('not a feed');
  return parsed;
}

const titlesOf = (content: string, contentType?: string) => read(content, contentType).items.map(({ title }) => title);
const keysOf = (items: readonly TestItem[]) => read(rss(items)).items.map(({ keys }) => keys);

describe('kinds of feeds', () => {
  test('RSS 2.0', () => {
    const item = {
      guid: 'g1',
      link: '/a?utm_source=rss#top',
      title: 'Rain & <b>hail</b>',
      date: 'Fri, 27 Nov 2026 12:00:00 GMT',
      html: '<p>Rain fell.</p><p>Hail <i>fell</i>.</p><script>x()</script>',
    };
    expect(read(rss([item], '<ttl>60</ttl>'))).toEqual({
      kind: 'feed',
      title: 'The Harbour Post',
      ttlMinutes: 60,
      items: [
        {
          keys: ['guid g1', 'link post.example/a?'],
          title: 'Rain & hail',
          link: 'https://post.example/a?utm_source=rss#top',
          published: '2026-11-27T12:00:00.000Z',
          text: 'Rain fell.\nHail fell.',
        },
      ],
    });
  });

  test.each([
    [
      'RSS 0.91',
      '<rss version="0.91"><channel><title>T</title><item><title>Rain</title><link>https://a.example/1</link></item></channel></rss>',
    ],
    [
      'RSS 1.0',
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>T</title></channel><item rdf:about="https://a.example/1"><title>Rain</title><link>https://a.example/1</link></item></rdf:RDF>',
    ],
    [
      'Atom',
      '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>1</id><title>Rain</title><link rel="self" href="/x"/><link href="https://a.example/1"/></entry></feed>',
    ],
    [
      'JSON Feed',
      '{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1","url":"https://a.example/1","title":"Rain"}]}',
    ],
  ])('%s', (_, content) => {
    expect(read(content, 'text/plain')).toMatchObject({
      title: 'T',
      items: [{ title: 'Rain', link: 'https://a.example/1' }],
    });
  });

  test.each([
    [
      'a bare &',
      '<rss version="2.0"><channel><title>T</title><item><title>Rain & hail</title></item></channel></rss>',
      'Rain & hail',
    ],
    ['leading blanks', `\n\n  ${rss([{ title: 'Rain' }])}`, 'Rain'],
    ['an end that is missing', rss([{ title: 'Rain' }]).replace('</channel></rss>', ''), 'Rain'],
    [
      'an entity of HTML',
      '<rss version="2.0"><channel><title>T</title><item><title>Rain&nbsp;falls</title></item></channel></rss>',
      'Rain falls',
    ],
    ['a control character', rss([{ title: 'Rain\u0008 falls' }]), 'Rain falls'],
    [
      'an unquoted attribute',
      '<rss version=2.0><channel><title>T</title><item><title>Rain</title></item></channel></rss>',
      'Rain',
    ],
    [
      'a prefix',
      '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>T</a:title><a:entry><a:id>1</a:id><a:title>Rain</a:title></a:entry></a:feed>',
      'Rain',
    ],
  ])('broken by %s', (_, content, title) => {
    expect(titlesOf(content, 'text/html')).toEqual([title]);
  });

  test('charsets of the declaration and of the header', () => {
    const content = rss([{ title: 'Zürich' }]);
    const declared = Buffer.from(content.replace('"1.0"', '"1.0" encoding="iso-8859-1"'), 'latin1');
    expect(read(declared).items[0]?.title).toBe('Zürich');
    expect(read(Buffer.from(content, 'latin1'), 'text/xml; charset=iso-8859-1').items[0]?.title).toBe('Zürich');
    expect(read(content.replace('"1.0"', '"1.0" encoding="utf-16"')).items[0]?.title).toBe('Zürich');
  });

  test('2,000 items at most', () => {
    const items = Array.from({ length: 10_000 }, (_, at) => ({ guid: `${at}`, title: `Rain ${at}` }));
    expect(titlesOf(rss(items))).toHaveLength(2000);
  });

  test('the newest 2,000, wherever they are', () => {
    const entries = Array.from({ length: 5000 }, (_, at) => {
      const updated = new Date(Date.UTC(2020, 0, 1) + at * 3_600_000).toISOString();
      return `<entry><id>${at}</id><title>Rain ${at}</title><updated>${updated}</updated></entry>`;
    });
    const titles = titlesOf(`<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title>${entries.join('')}</feed>`);
    expect([titles.length, titles[0], titles.at(-1)]).toEqual([2000, 'Rain 3000', 'Rain 4999']);
  });
});

describe('what identifies an item', () => {
  test('its guid and link, as long as no other item has them', () => {
    const [a, b, c] = ['https://p.example/a', 'https://p.example/b', 'https://p.example/c'];
    expect(keysOf([{ guid: '1', link: a }, { guid: '1', link: b }, { link: c }])).toEqual([
      ['link p.example/a?'],
      ['link p.example/b?'],
      ['link p.example/c?'],
    ]);
    expect(
      keysOf([
        { guid: '1', link: a },
        { guid: '2', link: `${a}#x` },
      ]),
    ).toEqual([['guid 1'], ['guid 2']]);
  });

  test('a guid is a link only if it is a whole address', () => {
    const items = ['story-1', 'https://p.example/2'].map(
      guid => `<item><guid>${guid}</guid><title>Rain</title></item>`,
    );
    const { items: found } = read(`<rss version="2.0"><channel><title>T</title>${items.join('')}</channel></rss>`);
    expect(found.map(({ link }) => link)).toEqual([undefined, 'https://p.example/2']);
  });

  test('else its title, or all of it', () => {
    const items = [{ title: 'Rain' }, { title: 'Hail', html: 'One.' }, { title: 'Hail', html: 'Two.' }];
    const keys = keysOf([...items, { title: 'Hail', html: 'Two.' }]).flat();
    expect(keys[0]).toBe('title Rain');
    expect(new Set(keys).size).toBe(3);
  });
});

test('a page names its feeds', () => {
  const html = `<!doctype html><link rel="stylesheet" type="application/rss+xml" href="/no">
    <LINK REL="alternate home" type="application/atom+xml; charset=utf-8" href="../atom"><link rel=alternate
    type=application/rss+xml href=javascript:x><link rel="alternate" hreflang="fr" href="/fr"><p>News.</p>`;
  const parsed = readFeedDocument({ address, contentType: 'text/html', bytes: Buffer.from(html) });
  expect(parsed).toEqual({ kind: 'page', feeds: [{ address: 'https://post.example/atom', title: '' }] });
});

test('of the feeds that a page names, those of comments come last', () => {
  const link = (href: string, title: string) =>
    `<link rel="alternate" type="application/rss+xml" href="${href}" title="${title}">`;
  const html = [link('/comments/feed/', 'Post » Replies'), link('/c', 'Post » Comments Feed'), link('/feed/', 'Post')];
  const parsed = readFeedDocument({ address, contentType: 'text/html', bytes: Buffer.from(html.join('')) });
  const paths = parsed.kind === 'page' ? parsed.feeds.map(each => new URL(each.address).pathname) : [];
  expect(paths).toEqual(['/feed/', '/comments/feed/', '/c']);
});

test('entities that expand to gigabytes don’t', () => {
  const entities = Array.from({ length: 9 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`).join('');
  const bomb = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "boom">${entities}]><rss version="2.0"><channel><title>T</title><item><title>&e9;</title></item></channel></rss>`;
  expect(JSON.stringify(read(bomb)).length).toBeLessThan(10_000);
});

test('nothing throws, and each item has a key that no other has, whatever is in the feed', () => {
  const anyText = fc.option(fc.string({ unit: anyCodePoint, maxLength: 20 }), { nil: undefined });
  const anyItem = fc.record({ guid: anyText, link: anyText, title: anyText, date: anyText, html: anyText });
  fc.assert(
    fc.property(fc.array(anyItem, { maxLength: 8 }), fc.boolean(), (items, isBroken) => {
      const content = rss(
        items.map(item => Object.fromEntries(Object.entries(item).filter(([, text]) => text !== undefined))),
      );
      const parsed = readFeedDocument({
        address,
        contentType: '',
        bytes: Buffer.from(isBroken ? content.replace('</item>', '<&') : content),
      });
      if (parsed.kind === 'page') return;
      const firsts = parsed.items.map(({ keys }) => keys[0]);
      expect(firsts).not.toContain(undefined);
      expect(new Set(firsts).size).toBe(firsts.length);
    }),
  );
});

function itemOf(item: object) {
  const feed = { version: 'https://jsonfeed.org/version/1.1', title: 'Post', items: [{ id: '1', ...item }] };
  const bytes = Buffer.from(JSON.stringify(feed));
  const read = readFeedDocument({ address: 'https://post.example/feed', contentType: 'application/feed+json', bytes });
  return read.kind === 'feed' ? read.items[0] : undefined;
}

test('plain text stays as it is, a paragraph per line', () => {
  const text = 'She wrote <i>no</i> &amp; left.\n\n“Never,” he said.';
  expect(itemOf({ content_text: text })?.text).toBe('She wrote <i>no</i> &amp; left.\n“Never,” he said.');
});

test.each([
  ['', 'R&amp;D: a <b>c', 'a <b>c &amp; d'],
  [' type="text"', 'R&amp;D: a <b>c', 'a <b>c &amp; d'],
  [' type="text/plain"', 'R&amp;D: a <b>c', 'a <b>c &amp; d'],
  [' type="html"', 'R&D: a c', 'a c & d'],
  [' type="TEXT/HTML"', 'R&D: a c', 'a c & d'],
])('Atom is plain text unless its type is HTML:%s', (type, title, text) => {
  const [titled, written] = ['R&amp;amp;D: a &lt;b>c', 'a &lt;b>c &amp;amp; d'];
  for (const name of ['summary', 'content']) {
    const entry = `<entry><id>1</id><title${type}>${titled}</title><${name}${type}>${written}</${name}></entry>`;
    const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><title${type}>${titled}</title>${entry}</feed>`;
    expect(read(feed)).toMatchObject({ title, items: [{ title, text }] });
  }
});

test('Atom with elements of XHTML', () => {
  const div = '<div xmlns="http://www.w3.org/1999/xhtml"><p>a <b>b</b></p><p>c &lt; d</p></div>';
  const entry = `<entry><id>1</id><title>T</title><content type="xhtml">${div}</content></entry>`;
  const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>${entry}</feed>`;
  expect(read(feed).items[0]?.text).toBe('a b\nc < d');
});

test('a text that is too long is left out, since a part of it would pass for the whole', () => {
  expect(itemOf({ content_text: 'Rain. '.repeat(40_000) })?.text).toBe('');
});

test.each([
  ['Fri, 27 Nov 2026 23:30:00 EST', '2026-11-27T23:30:00.000-05:00'],
  ['Fri, 27 Nov 2026 01:30:00 +0100 (CET)', '2026-11-27T01:30:00.000+01:00'],
  ['Fri, 27 Nov 2026 23:30:00 +0000', '2026-11-27T23:30:00.000+00:00'],
  ['2026-11-27T23:30:00.5-03:30', '2026-11-27T23:30:00.500-03:30'],
  ['Fri, 27 Nov 2026 23:30 GMT', '2026-11-27T23:30:00.000Z'],
  // Without a zone.
  ['Fri, 27 Nov 2026 02:30:00', '2026-11-27T02:30:00.000Z'],
  ['2026-11-27T02:30:00', '2026-11-27T02:30:00.000Z'],
  ['11/27/2026 2:30:00 PM', '2026-11-27T14:30:00.000Z'],
  ['27 Nov 2026', '2026-11-27T00:00:00.000Z'],
  ['2026-11-27', '2026-11-27T00:00:00.000Z'],
  ['Friday', undefined],
])('an item has the day that its feed writes, whatever this machine’s zone is: %s', (date, published) => {
  vi.stubEnv('TZ', 'Asia/Taipei');
  onTestFinished(() => void vi.unstubAllEnvs());
  const feed = rss([{ guid: '1', date }]);
  for (const content of [feed, feed.replace('</rss>', '</r')]) {
    expect(read(content).items[0]?.published).toBe(published);
  }
});

test('an entry of a broken feed has the day on which it was published, or else changed', () => {
  const dated = '<published>2026-11-27T23:30:00-05:00</published>';
  const entry = (more: string) => `<entry><id>1</id><title>Rain</title>${more}<updated>2026-11-28</updated></entry>`;
  const feed = (more: string) => `<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title>${entry(more)}</f`;
  expect(read(feed(dated)).items[0]).toMatchObject({ published: '2026-11-27T23:30:00.000-05:00' });
  expect(read(feed('')).items[0]).toMatchObject({ published: undefined, updated: '2026-11-28T00:00:00.000Z' });
});

test('an item has the day of its own zone, and of its last change if that is all', () => {
  const late = itemOf({ date_published: '2026-11-27T23:30:00-05:00' });
  expect(late?.published).toBe('2026-11-27T23:30:00.000-05:00');
  const changed = itemOf({ date_modified: '2026-11-27T23:30:00-05:00' });
  expect([changed?.published, changed?.updated]).toEqual([undefined, '2026-11-27T23:30:00.000-05:00']);
});
