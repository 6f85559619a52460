import { describe, expect, test } from 'vitest';
import { readHtml } from '../../src/reading/document.ts';
import { format } from '../../src/wording/say.ts';
import { pageOf, plainPage } from './pages.ts';

function read(html: string, address = 'https://example-post.test/news/harbour-ferry?utm_source=x') {
  const reading = readHtml(html, new URL(address));
  if (reading.kind === 'refused') throw new Error(format(reading.reason, 'en'));
  return { ...reading.metadata, lines: reading.text.split('\n') };
}

function reasonFor(html: string): string {
  const reading = readHtml(html, undefined);
  return reading.kind === 'refused' ? format(reading.reason, 'en') : `read as ${reading.metadata.title}`;
}

function withRecord(record: unknown): string {
  return plainPage(`<script type="application/ld+json">${JSON.stringify(record)}</script>`);
}

describe('a page of news', () => {
  test('gives the words of its article and nothing around them', () => {
    expect(read(pageOf('harbour.html')).lines).toEqual([
      'The ferry between the two harbours will run again from May, the operator said on\u00a0Monday, after a winter of repairs that cost more than anybody had expected.',
      '“We are ready,” said Cy Specimen, its director. “The hull is new, and so is the engine.”',
      'What it costs',
      'A single trip is to cost 4 euros. Two members of the council, who spoke on condition of anonymity, called that too much.',
      'The first boat leaves at six in the morning, the operator said.',
      'The last one leaves at eleven.',
      '“It is our bridge,” Di Model, a baker on the east side, told the paper.',
      'The operator asked “everybody” to be patient in the first week.',
    ]);
  });

  test('names its publisher, by JSON-LD before meta tags', () => {
    expect(read(pageOf('harbour.html'))).toMatchObject({
      title: 'Harbour ferry to run again from May & June',
      titleIsDescriptive: false,
      outlet: 'The Example Post',
      byline: 'Ann Example, Bo Sample',
      published: '2024-05-01T09:30:00+02:00',
      url: 'https://www.example-post.test/news/harbour-ferry',
    });
  });

  test('names it in JSON-LD with line breaks within strings', () => {
    const record = '{"@type": "NewsArticle",\n\t"description": "A ferry\nis back", "datePublished": "2024-05-01"}';
    expect(read(plainPage(`<script type="application/ld+json">${record}</script>`)).published).toBe('2024-05-01');
  });

  test('names it by meta tags without JSON-LD, and has lines at line breaks', () => {
    expect(read(pageOf('weblog.html'), 'https://sample-weblog.test/?p=1')).toEqual({
      title: 'Council votes for night buses',
      titleIsDescriptive: false,
      outlet: 'Sample Weblog',
      byline: 'Eve Instance',
      published: '2023-11-30T21:05:00.123',
      url: 'https://sample-weblog.test/2023/night-buses',
      lines: [
        'The council voted 7 to 2 on Thursday for buses that run all night.',
        '“This is for the nurses,” said Flo Dummy, who moved the vote. “They have walked home for years.”',
        'Gus Placeholder voted against it: “Nobody has told us who pays.”',
        'The first bus is to leave on 1 January, the council’s clerk said.',
      ],
    });
  });

  test('without a title is described by its first words', () => {
    const { title, titleIsDescriptive } = read(plainPage());
    expect({ title, titleIsDescriptive }).toEqual({
      title: 'Paragraph 1 says that the ferry will run again, and that…',
      titleIsDescriptive: true,
    });
  });
});

describe('words on a page', () => {
  const AD = '<div class="ad">Buy a boat.</div>';

  test.each([
    [
      'stay apart where something between them is left out',
      `One word${AD}Two words<amp-ad><p>A boat.</p></amp-ad><figure>A photo</figure>Three<iframe src="/a"></iframe>four<video src="/b"></video>five.`,
      ['One word', 'Two words', 'Three', 'four', 'five.'],
    ],
    [
      'stay apart at the end of a line',
      'One word<br>Two words<p></p>Three<hr>four.',
      ['One word', 'Two words', 'Three', 'four.'],
    ],
    [
      'stay apart at a line break of any class, and are no line if they are only spaces',
      'One word<br class="share">Two words<p>&nbsp;&shy;</p>Three.',
      ['One word', 'Two words', 'Three.'],
    ],
    [
      'stay together where only their look changes',
      'O<b>n</b>e<script>x</script> w<span class="x">or</span>d<img>s.',
      ['One words.'],
    ],
    [
      'stay together in elements that HTML doesn’t have, within a paragraph or of Word',
      'In <st1:place w:st="on">Moorva</st1:place>.<p>Some <x-term class="y">rain</x-term> fell.</p><x-p>One.</x-p><x-p>Two.</x-p>',
      ['In Moorva.', 'Some rain fell.', 'One.', 'Two.'],
    ],
    [
      'stay in their sentence, whatever their class',
      '<p>“We <i class="share">do</i> <b class="font-extrabold">not</b> <u><a class="related-link" href="/authorities">agree</a></u>,” he said.</p>' +
        '<p><span class="tags">Ann Lee</span> says: <a id="x">“We <span class="social">will</span> <wbr class="ad">not</a> go.”</p>',
      ['“We do not agree,” he said.', 'Ann Lee says: “We will not go.”'],
    ],
    [
      'are left out by their class if they are not in a sentence',
      '<p>“We go,” he said. <span class="share">Share</span></p><div><a class="related" href="/a">Boats</a></div><p>Yes.</p>',
      ['“We go,” he said.', 'Yes.'],
    ],
    [
      'are not those that nobody sees',
      '<p hidden>No</p><p aria-hidden="true">no</p><p style="color:red; Display : none">no</p>Yes.',
      ['Yes.'],
    ],
    [
      'are not those that were struck out, or that a link has for screen readers only',
      '“We <s>won’t</s> <del>may</del> <ins>will</ins> go,” he told <a href="/a">the paper<span class="a-VisuallyHidden">, external</span></a>. ' +
        '<i aria-hidden="true">W</i><b class="sr-only">We</b> do.',
      ['“We will go,” he told the paper. We do.'],
    ],
    [
      'are as their reader sees them',
      'It&rsquo;s 5&nbsp;&lt;b&gt; &amp;amp; 6,\n  she <q>said</q>&#46;',
      ['It’s 5\u00a0<b> &amp; 6, she “said”.'],
    ],
    [
      'have the numbers that they show',
      '10<sup>6</sup> people on the 21<sup>st</sup> of May in 2020<sup class="note"><a href="#a">13</a></sup>.',
      ['10⁶ people on the 21st of May in 2020¹³.'],
    ],
  ])('%s', (_what, html, lines) => {
    expect(read(plainPage('', `<div>${html}</div>`)).lines.slice(4)).toEqual(lines);
  });

  test('stay separate if the headline between them is removed', () => {
    const page = plainPage(
      '<title>Ferry runs again today</title>',
      'One word<h2>Ferry runs again today</h2>Two words.',
    );
    expect(read(page).lines.slice(4)).toEqual(['One word', 'Two words.']);
  });

  test('leave out what stands beside them, even in a page without a body', () => {
    const paragraphs = ['The ferry runs.', 'The ferry is late.', 'The ferry is full.'];
    const prose = paragraphs.map(paragraph => `<p>${paragraph}</p>`).join('');
    expect(read(`<aside>The weather.</aside>${prose}<footer>The paper.</footer>`).lines).toEqual(paragraphs);
  });

  test('leave out the byline, but not a paragraph that starts like it', () => {
    const opening = 'By Ann Example’s own count, the ferry was late on forty days last winter.';
    const page = plainPage('<meta name="author" content="Ann Example">');
    const lines = read(page.replace('<article>', `<article><p>By Ann Example</p><p>${opening}</p>`)).lines;
    expect(lines.slice(0, 2)).toEqual([opening, expect.stringMatching(/^Paragraph 1/v)]);
  });

  test('are read even if the page is hidden until its scripts have run', () => {
    expect(read(plainPage().replace('<body>', '<body style="visibility: hidden" hidden>')).lines.length).toBe(4);
  });
});

describe('the outlet at the end of a title is not part of the headline', () => {
  const titled = (title: string) =>
    read(plainPage(`<title>${title}</title><meta property="og:site_name" content="Field Weekly">`, '<h1>Rain</h1>'))
      .title;

  test.each(['|', '-', '–', '—', ':', '·', '»'])('after %s', sign => {
    expect(titled(`Rain delays harvest again ${sign} Field Weekly`)).toBe('Rain delays harvest again');
  });

  test.each([
    'Rain delays harvest, says Field Weekly',
    'Rain delays harvest again at Upfield Weekly',
    'Field Weekly',
    'Rain delays harvest again - Sport',
  ])('but “%s” stays', title => {
    expect(titled(title)).toBe(title);
  });
});

describe('a page is not trusted', () => {
  const address = 'https://news.test/real?id=1&utm_source=mail&fbclid=abc#part';

  test.each([
    ['another site', 'https://other.test/article', 'https://news.test/real?id=1'],
    ['a script', 'javascript:alert(1)', 'https://news.test/real?id=1'],
    ['data', 'data:text/html,x', 'https://news.test/real?id=1'],
    ['a password', 'https://me:secret@news.test/real', 'https://news.test/real?id=1'],
    ['its front page', 'https://news.test/', 'https://news.test/real?id=1'],
    ['another port', 'https://news.test:8443/real', 'https://news.test/real?id=1'],
    ['a look-alike', 'https://news.test.evil.test/real', 'https://news.test/real?id=1'],
    ['nonsense', 'https://[', 'https://news.test/real?id=1'],
    ['itself, on its mobile pages', 'https://m.news.test/article/1#top', 'https://m.news.test/article/1'],
    ['itself, by a path', '/article/1', 'https://news.test/article/1'],
  ])('if it names %s as its canonical address', (_what, canonical, url) => {
    expect(read(plainPage(`<link rel="canonical" href="${canonical}">`), address).url).toBe(url);
  });

  test('as a file, except for its address, if valid', () => {
    const named = (canonical: string) => {
      const reading = readHtml(plainPage(`<link rel=canonical href="${canonical}">`), undefined);
      return reading.kind === 'article' ? reading.metadata.url : format(reading.reason, 'en');
    };
    expect(named('https://other.test/article#x')).toBe('https://other.test/article');
    expect(named('javascript:alert(1)')).toBeUndefined();
    expect(named('/article')).toBeUndefined();
  });

  test.each([
    ['2024-05-01', '2024-05-01'],
    ['2024-05-01T09:30:00Z', '2024-05-01T09:30:00Z'],
    ['2024-05-01T09:30:00.123456+0000', '2024-05-01T09:30:00.123+00:00'],
    ['2024-05-01 09:30', '2024-05-01T09:30'],
    ['2024-05-01T25:99', '2024-05-01'],
    ['2022-02-30', undefined],
    ['yesterday', undefined],
    [{ date: 1 }, undefined],
  ])('about the date %j', (datePublished, published) => {
    expect(read(withRecord({ '@type': 'NewsArticle', datePublished })).published).toBe(published);
  });

  test('about lengths, and its values become one line of plain words', () => {
    const long = '<b>Ferry</b>\n&amp;\u0000 '.repeat(200);
    const record = { '@type': 'Report', headline: long, author: long, publisher: { name: long } };
    const { title, outlet, byline } = read(withRecord(record));
    expect([title, outlet, byline].map(value => value?.length)).toEqual([300, 100, 200]);
    expect(title.startsWith('Ferry & Ferry & ')).toBe(true);
  });

  test.each([
    [null],
    [[[[[]]]]],
    ['text'],
    [{ '@type': 'NewsArticle', headline: 7, author: null, publisher: [], datePublished: [] }],
    [{ '@graph': { '@graph': { '@graph': 'x' } } }],
    [{ '@type': {}, headline: 'No article' }],
    [{ '@type': 'NewsArticle', isAccessibleForFree: { toString: 1, valueOf: 1 } }],
  ])('about records of the wrong shape: %j', record => {
    expect(read(withRecord(record)).titleIsDescriptive).toBe(true);
  });

  test('if an author’s profile is given as byline', () => {
    expect(
      read(plainPage('<meta property="article:author" content="https://social.test/ann">')).byline,
    ).toBeUndefined();
  });
});

describe('an incomplete article is refused, with an alternative', () => {
  test('behind a paywall', () => {
    expect(reasonFor(pageOf('paywall.html'))).toBe(
      'The page shows only the beginning; the rest is for subscribers. Add the article as a .txt file, or paste its text.',
    );
  });

  test.each([
    'Subscribe to continue reading.',
    'Sign in to read the full story',
    'This article is for subscribers only.',
    'Already a subscriber? Log in',
    'You have reached your limit of free articles.',
    'To read the rest of this story, subscribe today.',
    'Keep reading for just £1 a month',
    'This article is exclusive to subscribers',
    'Subscribe for unlimited access',
    '訂閱以繼續閱讀全文',
  ])('if it ends in “%s”', words => {
    expect(reasonFor(plainPage('', `<p>${words}</p>`, 40))).toContain('the rest is for subscribers');
  });

  test.each([false, 'False', 'http://schema.org/False', 'https://schema.org/False'])(
    'if it’s short and its record says that it isn’t free: %j',
    isAccessibleForFree => {
      const reason = reasonFor(withRecord({ '@type': 'NewsArticle', isAccessibleForFree }));
      expect(reason).toContain('the rest is for subscribers');
    },
  );

  test('but not if an article of some length is only marked as not free, or mentions subscribers', () => {
    const record = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>';
    expect(reasonFor(plainPage(record, '', 40))).toContain('read as');
    expect(
      reasonFor(plainPage('', '<p>“Our subscribers like to read the full story,” the editor said.</p>')),
    ).toContain('read as');
  });

  test.each([
    ['with two paragraphs', plainPage('', '', 2)],
    ['that is empty', ''],
    ['that sends one elsewhere', '<meta http-equiv="refresh" content="0;url=/x"><p>You are being sent on.</p>'],
    ['of headlines', `<ul>${'<li><a href="/a">A headline without an end</a></li>'.repeat(40)}</ul>`],
    ['whose words are all in scripts', `<script>${plainPage()}</script>`],
  ])('%s', (_what, html) => {
    expect(reasonFor(html)).toBe(
      'I found no article of 3 or more paragraphs on the page. Add the article as a .txt file, or paste its text.',
    );
  });
});
