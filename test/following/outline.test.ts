import { expect, test } from 'vitest';
import { writeOutline } from '../../src/following/outline.ts';
import { readOutline } from '../../src/following/parse.ts';
import { fc } from '../fast-check.ts';

const read = (content: string | Uint8Array) =>
  readOutline({ bytes: typeof content === 'string' ? Buffer.from(content) : content }).feeds;

test('reads the feeds of a file, in groups or not, each once', () => {
  expect(
    read(`<?xml version="1.0" encoding="UTF-8"?>
      <opml version="1.0"><head><title>Mine</title></head><body>
        <outline text="News"><outline type="rss" text="The Post" xmlUrl="https://post.example/feed#top" htmlUrl="https://post.example"/>
          <outline type="rss" title="Post &amp; more" text="x" XMLURL="https://post.example/feed"/></outline>
        <outline title="Rain &amp; Sun" text="x" xmlUrl="http://rain.example/?a=1&amp;b=2" />
        <outline text="bad" xmlUrl="javascript:alert(1)"/><outline text="no feed" htmlUrl="https://a.example"/>
        <outline xmlUrl="https://nameless.example/"/>
      </body></opml>`),
  ).toEqual([
    { feed: 'https://post.example/feed', title: 'The Post' },
    { feed: 'http://rain.example/?a=1&b=2', title: 'Rain & Sun' },
    { feed: 'https://nameless.example/', title: 'https://nameless.example/' },
  ]);
});

test.each([
  '',
  'no XML',
  '<rss version="2.0"><channel><outline xmlUrl="https://a.example"/></channel></rss>',
  '<opml>',
])('finds none in anything else: %j', content => {
  expect(read(content)).toEqual([]);
});

test('counts what can’t be followed, and not what only groups feeds', () => {
  const bytes = Buffer.from(`<opml><outline text="Group"><outline xmlUrl="ftp://a.example/"/></outline>
    <outline xmlUrl="https://a.example/"/><outline xmlUrl="nonsense"/></opml>`);
  expect(readOutline({ bytes })).toMatchObject({ feeds: [{ feed: 'https://a.example/' }], others: 2 });
});

test('reads as far as it can where the end is missing', () => {
  expect(read('<opml><body><outline text="A" xmlUrl="https://a.example/"/><outline')).toHaveLength(1);
});

test('reads at most a thousand, and any bytes without throwing', () => {
  const many = Array.from({ length: 5000 }, (_, at) => `<outline xmlUrl="https://a.example/${at}"/>`);
  expect(read(`<opml>${many.join('')}</opml>`)).toHaveLength(1000);
  expect(readOutline({ bytes: Buffer.from(`<opml>${many.join('')}</opml>`) }).others).toBe(4000);
  expect(read(`<opml>${'<outline>'.repeat(50_000)}<outline xmlUrl="https://a.example/"/>`)).toHaveLength(1);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), bytes => void read(bytes)));
});

test('what is written is read again', () => {
  const title = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter(each => /[a-z]/v.test(each));
  fc.assert(
    fc.property(fc.uniqueArray(fc.webUrl({ withQueryParameters: true }), { maxLength: 8 }), title, (links, name) => {
      const feeds = [...new Set(links.map(link => new URL(link).href))].map(feed => ({ feed, title: name }));
      expect(read(writeOutline(feeds)).map(({ feed }) => feed)).toEqual(feeds.map(({ feed }) => feed));
    }),
  );
  const odd = [{ feed: 'https://a.example/?x=1&y="2"', title: 'A < B & "c"\u0000\u2028 d' }];
  expect(read(writeOutline(odd))).toEqual([{ feed: 'https://a.example/?x=1&y=%222%22', title: 'A < B & "c" d' }]);
});
