import { describe, expect, test } from 'vitest';
import { readFile, readHtml } from '../../src/reading/document.ts';
import type { Reading } from '../../src/reading/reading.ts';
import { readPasted } from '../../src/reading/text.ts';
import { plainPage } from './pages.ts';

const BODY = 'The ferry is back, the operator said.\n\n“We are ready,” said Cy Specimen.\n\nIt will sail in May.\n';
const FERRY = 'Ferry to run again from May';

function file(name: string, text: string): Reading {
  return readFile({ name, contentType: undefined, bytes: new TextEncoder().encode(text) });
}

function paragraphs(reading: Reading): readonly string[] {
  return reading.kind === 'article' ? reading.text.split('\n').filter(line => line.trim() !== '') : [];
}

const LINES = paragraphs(file('a.txt', BODY));

describe('the lines above a text', () => {
  test.each([
    [`${FERRY}\n\nBy Ann Lee, Harbour Post, 3 March 2026\n\n`, 'Ann Lee', 'Harbour Post', '2026-03-03'],
    [
      `${FERRY}\nBy Ann Lee and Bo Ray\nHarbour Post\nMarch 3, 2026\n`,
      'Ann Lee and Bo Ray',
      'Harbour Post',
      '2026-03-03',
    ],
    [`The Harbour Post\n${FERRY}\nBY ANN LEE\n`, 'ANN LEE', 'The Harbour Post', undefined],
    [`${FERRY}\nAnn Lee | Harbour Post | 2026-03-03 10:15\n`, 'Ann Lee', 'Harbour Post', '2026-03-03'],
    [`${FERRY}\nBy Ann Lee, Political Correspondent\n`, 'Ann Lee, Political Correspondent', undefined, undefined],
    [`${FERRY}\nBy Ann Lee\nBy Bo Ray\n`, 'Ann Lee, Bo Ray', undefined, undefined],
    [`${FERRY}\nBy Ann Lee\nAnn Lee, Harbour Post, 3 March 2026\n`, 'Ann Lee', 'Harbour Post', '2026-03-03'],
    [`${FERRY}\n\nBy Ann Lee\n\nand Bo Ray\n\n3 March 2026\n`, 'Ann Lee and Bo Ray', undefined, '2026-03-03'],
    [
      `${FERRY}\nBy Ann Lee\nPolitical Correspondent\nand Bo Ray, Staff writer\nHarbour Post\n`,
      'Ann Lee, Political Correspondent and Bo Ray, Staff writer',
      'Harbour Post',
      undefined,
    ],
    [`By Ann Lee\nStaff writer\n${FERRY}\n`, 'Ann Lee, Staff writer', undefined, undefined],
    [`${FERRY}\n文/王小明\n文/李大華\n`, '王小明, 李大華', undefined, undefined],
    [`${FERRY}\nBy Reuters\nPublished: Tuesday, 3 March 2026 at 10:15 GMT\n`, undefined, 'Reuters', '2026-03-03'],
    [`FOR IMMEDIATE RELEASE\n\n${FERRY}\n\nUpdated 2 hours ago\nShare this article\n`, undefined, undefined, undefined],
    [`${FERRY}\n記者王小明／台北報導\n2026年3月3日\n`, '王小明, 台北報導', undefined, '2026-03-03'],
  ])('are its headline, author, outlet and day: %j', (top, byline, outlet, published) => {
    const read = { title: FERRY, titleIsDescriptive: false, byline, outlet, published };
    const readings = [file('a.txt', top + BODY), readPasted({ title: '', link: '', text: top + BODY })];
    for (const reading of [
      ...readings,
      file('a.md', top.replace(FERRY, `# ${FERRY}`).replace(/^.*\n(?=# )/v, '') + BODY),
    ]) {
      expect(paragraphs(reading)).toEqual(LINES);
    }
    for (const reading of readings) expect(reading).toMatchObject({ metadata: read });
  });

  test.each(['and then it sailed', 'and Back Again.', 'Ann Lee', 'Editor in chains'])(
    'are text below an author if they aren’t another: %s',
    line => {
      const reading = file('a.txt', `${FERRY}\nBy Bo Ray\n${line}\n${BODY}`);
      expect(paragraphs(reading)).toEqual([line, ...LINES]);
      expect(reading).toMatchObject({ metadata: { title: FERRY, byline: 'Bo Ray' } });
    },
  );

  test('of an editor without an author above are text', () => {
    expect(paragraphs(file('a.txt', `${FERRY}\nStaff writer\nand Bo Ray\n${BODY}`))).toContain('and Bo Ray');
  });

  test('repeat a title that was filled in, or are left', () => {
    const pasted = (title: string) => readPasted({ title, link: '', text: `${FERRY}\nBy Ann Lee\n\n${BODY}` });
    expect(paragraphs(pasted(FERRY))).toEqual(LINES);
    expect(pasted('Boats')).toMatchObject({ metadata: { title: 'Boats', byline: 'Ann Lee' } });
    expect(paragraphs(pasted('Boats'))).toEqual([FERRY, ...LINES]);
  });

  test.each([
    'London, 3 March 2026\n',
    'LONDON, March 3, 2026 — The ferry is back.\n',
    'By Monday the ferry was back.\n',
    'By 30 February 2026\n',
    'Will it sail?\n',
    'HOST: Welcome\nHOST: Thank you\n',
    '“We use cookies to sell,” she said.\n',
    'We use cookies in the oven, said the “baker”.\n',
  ])('stay text if they say anything else: %j', top => {
    expect(file('a.txt', top + BODY)).toMatchObject({ text: top + BODY, metadata: { titleIsDescriptive: true } });
  });

  test('are no lines of a wrapped text or of a list', () => {
    for (const text of [
      'By the time the ferry\nwas back, said the\noperator who\nshare\nit with the town\n10:15\nthe boat had sailed.\n',
      'Rise and Fall\nHarbour Post\n3 March 2026\nMilk\nEggs\nBread\n',
    ]) {
      expect(file('a.txt', text)).toMatchObject({ text });
    }
  });

  test('and below a header stay as they are', () => {
    const text = `${FERRY}\nBy Ann Lee\nADVERTISEMENT\n${BODY}`;
    expect(file('a.txt', `outlet: The Example Post\n\n${text}`)).toMatchObject({ text });
  });
});

describe('between paragraphs', () => {
  test.each([
    'ADVERTISEMENT',
    '- Advertisement -',
    '10:15 GMT',
    'Updated: 4 March 2026, 9:30',
    'Facebook Twitter WhatsApp Email',
    'Copy link',
    'We use cookies to make this site better.',
    'Accept all cookies',
    'Read more: Boats',
  ])('a line with “%s” is left out', line => {
    const text = BODY.replace('\n\n', `\n\n${line}\n\n`);
    expect(paragraphs(file('a.txt', text))).toEqual(LINES);
  });

  test.each(['What it costs', '3 March 2026', 'Harbour Post', 'Share prices rose on Monday.', 'Reporter by trade'])(
    'a line with “%s” stays',
    line => {
      const text = BODY.replace('\n\n', `\n\n${line}\n\n`);
      expect(file('a.txt', text)).toMatchObject({ text });
    },
  );
});

describe('a page', () => {
  function read(head: string, top: string, below = '') {
    return readHtml(plainPage(head, below).replace('<article>', `<article>${top}`), undefined);
  }

  test('leaves no paragraph of a day, an author or a notice', () => {
    const top = '<p>By Ann Lee, Harbour Post</p><p>3 March 2026</p>';
    const reading = read('<title>Ferry</title>', top, '<p>Advertisement</p><p>Published 3 March 2026</p>');
    expect(paragraphs(reading)).toHaveLength(4);
    expect(reading).toMatchObject({ metadata: { byline: 'Ann Lee', outlet: 'Harbour Post', published: '2026-03-03' } });
  });

  test('is dated by what it declares, not by its lines', () => {
    const declared = '<meta property="article:published_time" content="2026-03-01">';
    expect(read(declared, '<p>Tuesday, 3 March 2026</p>')).toMatchObject({ metadata: { published: '2026-03-01' } });
  });

  test('keeps a day between its paragraphs', () => {
    const reading = read('', `${'<p>It sails, they said.</p>'.repeat(3)}<p>3 March 2026</p>`);
    expect(paragraphs(reading)).toContain('3 March 2026');
  });
});
