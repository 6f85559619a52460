import { describe, expect, test } from 'vitest';
import { readDocument, readHtml } from '../../src/reading/document.ts';
import { linesOf } from '../../src/reading/lines.ts';
import { parsePage } from '../../src/reading/page.ts';
import { readMarkdown, readPasted } from '../../src/reading/text.ts';
import { message } from '../../src/wording/say.ts';
import { times } from '../depth.ts';
import { fc } from '../fast-check.ts';
import { plainPage } from './pages.ts';

const MOST = 5_000_000;
const fill = (piece: string, size = MOST) => piece.repeat(Math.ceil(size / piece.length)).slice(0, size);
const read = (html: string) => readHtml(html, undefined);

const TOO_MUCH = message('reading.unwieldy');

describe('5 MB of one thing are read or refused in reasonable time', () => {
  test.each([
    '<div>',
    '<p>',
    '<div><p>a',
    '<table><tr><td>',
    '<ul><li>',
    '<blockquote>',
    '<a href="/">a',
    '<br>',
    '<font><b>',
    '</p>',
    '</div>',
    '</br>',
    '<hr>',
    '<svg>',
    '<math><mi>',
    '<template>',
    '<frameset>',
    '<ruby>',
    '<p>a, b. </p>',
    '<x-element>',
    '<h1>a</h1>',
    '<section class="comments">',
    '<div hidden>',
  ])('%s', piece => {
    expect(read(fill(piece)).kind).toBe('refused');
  });

  test.each([
    '<',
    '>',
    '&',
    '&amp;',
    '&#0;',
    '&nbsp;',
    '&lt;p&gt;',
    '<!--',
    '<!-- -->',
    '<![CDATA[',
    '<?',
    '<a ',
    '<a b=',
    '<p a="',
    '"',
    '\0',
    ' ',
    '<title>',
    '<script>',
    '<style>',
    '<textarea>',
    '<meta name=a content=b>',
    '<script type="application/ld+json">{"a":</script>',
    '\u00a0',
    '\ufdd0',
    '<q>',
    '习',
    'a ',
    '<span>a</span>',
    '.)',
    'a, ',
  ])('%j, before an article', piece => {
    expect(['article', 'refused']).toContain(read(fill(piece) + plainPage()).kind);
  });

  test.each([
    ['one attribute', `<p class="${fill('ad ')}">`],
    ['one style', `<p style="${fill('display: ')}">`],
    ['many attributes', `<p ${Array.from({ length: 300_000 }, (_, at) => `a${at}=b`).join(' ')}>`],
    ['one title', `<title>${fill('a | b - ')}</title>`],
    ['one meta tag', `<meta property="og:title" content="${fill('&lt;b&gt; ')}">`],
    ['one record', `<script type="application/ld+json">${fill('[')}</script>`],
    ['one list of records', `<script type="application/ld+json">[${fill('{"@graph":[]},')}0]</script>`],
    ['one canonical address', `<link rel="${fill('canonical ')}" href="https://a.test/${fill('a')}">`],
  ])('in %s, before an article', (_what, head) => {
    expect(read(head + plainPage()).kind).toBe('article');
  });
});

test('a text of a million paragraphs is refused, one of as many as a long book has is read', () => {
  const fileOf = (text: string) =>
    ({ kind: 'file', name: 'a.txt', contentType: undefined, bytes: Buffer.from(text) }) as const;
  expect(readDocument(fileOf(fill('a\n', 1_900_000)))).toMatchObject({
    reason: message('reading.too-many-paragraphs', { most: '50000' }),
  });
  expect(readDocument(fileOf('a\n\n'.repeat(50_000))).kind).toBe('article');
});

test.each(['<', '“', '<q>', '字。', 'a '])(
  'a page with 5 MB of %j and nothing else is refused before it is walked',
  piece => {
    expect(parsePage(fill(piece))).toBeUndefined();
  },
);

describe('depth', () => {
  const nested = (depth: number) => '<div>'.repeat(depth) + plainPage() + '</div>'.repeat(depth);

  test('is read as far as news pages go, and refused beyond before anything walks it', () => {
    expect(read(nested(60)).kind).toBe('article');
    expect(read(nested(1000))).toEqual({ kind: 'refused', reason: TOO_MUCH });
    expect(read(nested(300_000))).toEqual({ kind: 'refused', reason: TOO_MUCH });
  });

  test('is detected even if it comes and goes between two checks', () => {
    expect(parsePage(`${'<b>'.repeat(400)}${'</b>'.repeat(400)}<b></b>`)).toBeUndefined();
  });
});

describe('any page', () => {
  const tag = fc.constantFrom(
    ...[
      'div',
      'p',
      'article',
      'table',
      'tr',
      'td',
      'ul',
      'li',
      'a href="/x"',
      'a href="javascript:x"',
      'br',
      'q',
      'span',
    ],
    ...[
      'span class=byline',
      'h1',
      'h2',
      'script',
      'style',
      'title',
      'svg',
      'noscript',
      'p hidden',
      'body',
      'html',
      'head',
    ],
    ...['form', 'blockquote', 'section id=comments', 'div class="share"', 'meta name=author content=x', 'time', 'font'],
  );
  const words = fc.constantFrom(
    ...[
      'The ferry, which is old, will run again. ',
      '“We are ready,” she said. ',
      '&amp;',
      '&lt;b&gt;',
      '&#xD800;',
      '&#x202e;',
    ],
    ...[
      '<',
      '>',
      '\0',
      '\u2028',
      '\ufdd1',
      '\n',
      '@everyone ',
      '<!--',
      '-->',
      ']]>',
      '字。',
      'By Ann Example',
      '\ud83d',
    ],
  );
  const piece = fc.oneof(
    tag.map(name => `<${name}>`),
    tag.map(name => `</${name.split(' ')[0]}>`),
    words,
    words,
    fc.string(),
  );
  const page = fc.array(piece, { maxLength: 60 }).map(pieces => pieces.join(''));

  test('is read without throwing, as lines of words with a title and without invented markup', () => {
    fc.assert(
      fc.property(page, fc.boolean(), (html, isArticle) => {
        const reading = read(isArticle ? plainPage(html, html) : html);
        if (reading.kind === 'refused') return;
        const { title, url } = reading.metadata;
        expect(title).not.toBe('');
        expect(url).toBeUndefined();
        expect(reading.text.isWellFormed()).toBe(true);
        expect(reading.text).not.toMatch(/[\0\r\u2028\ufdd0-\ufdd3]/v);
        for (const line of reading.text.split('\n')) expect(line.trim()).not.toBe('');
      }),
      { numRuns: times(100, 3000) },
    );
  });

  test('has every word of its article in the same order', () => {
    fc.assert(
      fc.property(page, pieces => {
        const html = pieces.replaceAll('\ufdd1', '');
        const shown = parsePage(plainPage('', html));
        const reading = read(plainPage('', html));
        if (reading.kind === 'refused' || shown === undefined) return;
        const words = linesOf(shown.body)
          .flatMap(line => line.text.split(/\s+/v))
          .values();
        for (const word of reading.text.split(/\s+/v)) {
          let next = words.next();
          while (!next.done && next.value !== word) next = words.next();
          expect(next.value).toBe(word);
        }
      }),
      { numRuns: times(100, 3000) },
    );
  });
});

test('texts of one thing are read in reasonable time', () => {
  for (const piece of ['#', '# ', '---\n', ' ', '—', '\n', '“', 'a', '\u2028', 'title: ']) {
    const text = fill(piece, 1_900_000);
    expect(['article', 'refused']).toContain(readMarkdown(text).kind);
    expect(['article', 'refused']).toContain(readPasted({ title: text, link: text, text }).kind);
    expect(['article', 'refused']).toContain(readPasted({ title: '', link: '', text }).kind);
  }
});
