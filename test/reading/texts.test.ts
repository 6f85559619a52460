import { describe, expect, test } from 'vitest';
import { type Document, readDocument, readFile } from '../../src/reading/document.ts';
import { readLink } from '../../src/reading/document-reader.ts';
import { makeNet } from '../../src/reading/fetch.ts';
import type { Reading } from '../../src/reading/reading.ts';
import { readPasted } from '../../src/reading/text.ts';
import { format } from '../../src/wording/say.ts';
import { pageOf, plainPage } from './pages.ts';
import { serve } from './web.ts';

const TEXT = 'The ferry is back, the operator said.\r\n\r\n  “We are ready,” said **Cy Specimen**. @everyone \u202e\n';
const PROSE = 'The ferry is back.\n\n*“We are ready,”* said Cy Specimen.\n\nIt sails at noon.\n';
const HEADER = 'title: Ferry\noutlet: The Example Post\nurl: https://example-post.test/a\n\n';

function send(name: string, content: string | Uint8Array, contentType?: string): Reading {
  return readFile({
    name,
    contentType,
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  });
}

function utf32(text: string): Uint8Array {
  return new Uint8Array(Uint32Array.from(text, character => character.codePointAt(0) ?? 0).buffer);
}

function reasonOf(reading: Reading): string {
  return reading.kind === 'refused' ? format(reading.reason, 'en') : `read as ${reading.metadata.title}`;
}

describe('a file', () => {
  test.each(['a.txt', 'A.TXT', 'notes 2024 (1).md', '新聞.txt', '../../etc/passwd.txt'])(
    'named %s keeps its text exactly, with or without a header',
    name => {
      expect(send(name, TEXT)).toMatchObject({ text: TEXT, metadata: { titleIsDescriptive: true, url: undefined } });
      expect(send(name, HEADER + TEXT)).toEqual({
        kind: 'article',
        text: TEXT,
        metadata: {
          title: 'Ferry',
          titleIsDescriptive: false,
          outlet: 'The Example Post',
          byline: undefined,
          published: undefined,
          url: 'https://example-post.test/a',
        },
      });
    },
  );

  test.each([
    [`---\n${HEADER.trim()}\n---\n\n${TEXT}`, 'Ferry', `\n${TEXT}`],
    [`---\r\ntitle: Ferry\r\n---\r\n${TEXT}`, 'Ferry', TEXT],
    [`---\ntitle: "Ferry: back"\n---\n${TEXT}`, 'Ferry: back', TEXT],
    [`---\r\ntitle:  'Ferry'  \r\noutlet: "The Post"\r\n---\r\n${TEXT}`, 'Ferry', TEXT],
    [`---\ntitle: "Ferry" is "back"\n---\n${TEXT}`, '"Ferry" is "back"', TEXT],
    [`---\ntitle: "Ferry\n---\n${TEXT}`, '"Ferry', TEXT],
    [`title: "Ferry"\n\n${TEXT}`, '"Ferry"', TEXT],
    [
      `---\n# by hand\ntitle: Ferry\ntags: [a, b]\nog.type: page\ncategories:\n  - boats\n- news\nlayout: post\n---\n${TEXT}`,
      'Ferry',
      TEXT,
    ],
    [`---\nlayout: post\n\ntitle: Ferry\nseo:\n  title: Boats\n---\n${TEXT}`, 'Ferry', TEXT],
    [`# Ferry *back* again #\n\n${TEXT}`, 'Ferry *back* again', `\n${TEXT}`],
    [`---\n${TEXT}`, 'The ferry is back, the operator said.', undefined],
    [`---\nLee said: "We go."\n---\n${TEXT}`, 'Lee said: "We go."', `---\nLee said: "We go."\n---\n${TEXT}`],
    ['# Ferry', '# Ferry', '# Ferry'],
  ])('in Markdown may have its title as Markdown does: %j', (markdown, title, text) => {
    const reading = send('a.md', markdown);
    expect(reading).toMatchObject({ metadata: { title: title.replace(/^# /v, '# ') } });
    if (text !== undefined) expect(reading).toMatchObject({ text });
  });

  test.each([
    '*The Daily Ledger*, 3 March 2026, by Imani Brooks',
    '_The Daily Ledger_ · By Imani Brooks · March 3, 2026',
    '*By Imani Brooks, The Daily Ledger, 3 March 2026*',
    '**The Daily Ledger** | 2026-03-03 | by Imani Brooks',
    'The Daily Ledger, 3 March 2026, by Imani Brooks',
  ])('in Markdown may have a line of outlet, day and author: %s', line => {
    expect(send('a.md', `# Ferry back\n\n${line}\n\n${PROSE}`)).toEqual({
      kind: 'article',
      text: `\n\n${PROSE}`,
      metadata: {
        title: 'Ferry back',
        titleIsDescriptive: false,
        outlet: 'The Daily Ledger',
        byline: 'Imani Brooks',
        published: '2026-03-03',
        url: undefined,
      },
    });
  });

  test('in Markdown: what is emphasised before an author is where it appeared, whatever its name', () => {
    const reading = send('a.md', `# Ferry back\n\n*Moorva Life*, 3 March 2026, by Imani Brooks\n\n${PROSE}`);
    expect(reading).toMatchObject({ metadata: { outlet: 'Moorva Life', byline: 'Imani Brooks' } });
  });

  test.each([
    ['a.txt', HEADER, 'Ferry'],
    ['a.md', HEADER, '# Ferry'],
    ['a.md', `---\n${HEADER.trim()}\n---\n`, '\n# Ferry'],
  ])('loses a first line that repeats the title of its header: %s %j %j', (name, header, line) => {
    expect(send(name, `${header}${line}\n${TEXT}`)).toMatchObject({ text: TEXT, metadata: { title: 'Ferry' } });
    expect(send(name, `${header}${line} again\n${TEXT}`)).toMatchObject({ text: `${line} again\n${TEXT}` });
    expect(send(name, `${header}Ferry\n`)).toMatchObject({ text: 'Ferry\n' });
  });

  test('in HTML is read like a page', () => {
    expect(send('saved.HTM', pageOf('harbour.html'), 'text/html; charset=big5')).toMatchObject({
      metadata: {
        title: 'Harbour ferry to run again from May & June',
        url: 'https://www.example-post.test/news/harbour-ferry',
      },
    });
  });

  test.each([
    ['a.pdf', '%PDF', 'I can read .txt, .md and .html files. Save the article as one of these.'],
    ['a', TEXT, 'I can read .txt, .md and .html files. Save the article as one of these.'],
    ['a.jsonl', '{}', 'An exported library (.jsonl) can only be added by whoever runs the bot.'],
    ['a.txt', '', 'The file is empty. Put an article’s text in it.'],
    ['a.txt', ' \n—', 'The file contains no words. Put an article’s text in it.'],
    ['a.md', '---\ntitle: x\ntags: [a, b]\n\nurl: ftp://x\n---\na', /^Line 5: “ftp:\/\/x”/v],
    ['a.md', '---\ntitle: x\nThe ferry is back.\n---\na', /^Line 3: /v],
    ['a.md', '---\ntitle: x\ntags: a\n---\nThe ferry is back.\na\0', /^Line 6: This line contains a NUL/v],
    [
      'a.txt',
      new Uint8Array(Buffer.from(TEXT.replace('\u202e', ''), 'utf16le')),
      'I don’t recognise the file’s text encoding.',
    ],
    ['a.txt', utf32(TEXT), 'I don’t recognise the file’s text encoding.'],
    ['a.txt', utf32(`\ufeff${TEXT}`), 'I don’t recognise the file’s text encoding.'],
    ['a.txt', 'a\n\0', 'Line 2: This line contains a NUL character. Save the file as plain text.'],
    [
      'a.txt',
      'title: x\nurl: ftp://x\n\na',
      'Line 2: “ftp://x” isn’t a valid link. Use an http or https address without a user name or password.',
    ],
    ['a.txt', 'title: x\ntitle: y\npublished: now\n\na', /^Line 2: .* \(And 1 more\.\)$/v],
    [
      'a.txt',
      Uint8Array.of(0x93, 0x61, 0x94),
      'I don’t recognise the file’s text encoding. Save it as UTF-8 and try again.',
    ],
    ['a.txt', 'a'.repeat(2_000_001), 'The file has 2000001 bytes. The limit is 2000000 (2 MB).'],
    ['a.html', 'a'.repeat(5_000_001), 'The file is larger than 5 MB. Send only the article’s text.'],
  ])('is refused: %s', (name, content, reason) => {
    expect(reasonOf(send(name, content))).toMatch(reason);
  });

  test('of text may have values as long as answers can show', () => {
    const long = 'x'.repeat(900);
    const reading = send('a.txt', `title: ${long}\noutlet: ${long}\nbyline: ${long}\n\na`);
    const { title, outlet, byline } = reading.kind === 'article' ? reading.metadata : {};
    expect([title?.length, outlet?.length, byline?.length]).toEqual([300, 100, 200]);
  });
});

describe('pasted text', () => {
  test('is kept exactly, and its link is not fetched', () => {
    expect(readPasted({ title: ' Ferry\nback ', link: 'http://127.0.0.1/', text: TEXT })).toEqual({
      kind: 'article',
      text: TEXT,
      metadata: {
        title: 'Ferry back',
        titleIsDescriptive: false,
        outlet: undefined,
        byline: undefined,
        published: undefined,
        url: 'http://127.0.0.1/',
      },
      notices: [],
    });
  });

  test('may have header lines like a file; the form’s own fields take precedence', () => {
    const text = `Outlet: The Example Post\ndate: 2024-05-01\ntitle: Boats\nlink: https://example-post.test/a\n\n${TEXT}`;
    const metadata = { title: 'Ferry', outlet: 'The Example Post', published: '2024-05-01' };
    const url = 'https://example-post.test/a';
    expect(readPasted({ title: 'Ferry', link: '', text })).toMatchObject({
      text: TEXT,
      metadata: { ...metadata, url },
    });
    expect(readPasted({ title: '', link: 'https://b.test/', text })).toMatchObject({
      metadata: { title: 'Boats', titleIsDescriptive: false, url: 'https://b.test/' },
      notices: [],
    });
  });

  test.each([
    [
      { text: `outlet: The Example Post\nday: 1 May\n\n${TEXT}` },
      /^The first lines aren’t a valid header.*Line 2: “day”/v,
    ],
    [{ text: `title: Ferry\n${TEXT}` }, /^The first lines aren’t a valid header.*Line 2/v],
    [{ text: TEXT, link: 'example.org/ferry' }, /^The link was left out\. .*starting/v],
    [{ text: TEXT, link: 'javascript:alert(1)' }, /^The link was left out.*start with https/v],
    [{ text: TEXT, link: 'https://a:b@c.test' }, /^The link was left out.*user name or password/v],
  ])('is kept whole if some of it can’t be read, with a notice: %j', (pasted, told) => {
    const reading = readPasted({ title: 'Ferry', link: '', ...pasted });
    expect(reading).toMatchObject({ kind: 'article', text: pasted.text, metadata: { title: 'Ferry', url: undefined } });
    const [line] = reading.kind === 'article' ? reading.notices : [];
    expect(line && format(line, 'en')).toMatch(told);
  });

  test('loses a first line that repeats the title of its header', () => {
    expect(readPasted({ title: '', link: '', text: `${HEADER}Ferry\n\n${TEXT}` })).toMatchObject({ text: `\n${TEXT}` });
  });

  test('without a title is described by its first words, and a title in brackets is a description', () => {
    const titled = (title: string) => {
      const reading = readPasted({ title, link: '', text: '—\nThe ferry is back.' });
      return reading.kind === 'article' && [reading.metadata.title, reading.metadata.titleIsDescriptive];
    };
    expect(titled(' ')).toEqual(['The ferry is back.', true]);
    expect(titled('[On the ferry]')).toEqual(['On the ferry', true]);
  });

  test.each([
    [{ title: '', link: '', text: ' \n…' }, 'There are no words in the text. Paste the article’s text.'],
    [{ title: '', link: '', text: 'a\0' }, 'The text contains a NUL character. Copy it again as plain text.'],
  ])('is refused: %j', (pasted, reason) => {
    expect(reasonOf(readPasted(pasted))).toMatch(reason);
  });

  test('with half a character is kept in a form that can be written to disk', () => {
    const reading = readPasted({ title: '', link: '', text: 'a\ud83d' });
    expect(reading.kind === 'article' && reading.text).toBe('a\uFFFD');
  });
});

describe('a link', () => {
  const net = makeNet({ allowLoopback: true });
  const documents = { read: (document: Document) => Promise.resolve(readDocument(document)) };
  const read = async (contentType: string, body: string) => {
    const site = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': contentType }).end(body);
    });
    return { site, reading: await readLink(`${site}/a?utm_source=x#part`, 'ann', net, documents) };
  };

  test('to a page gives its article, known by its address', async () => {
    const { site, reading } = await read('text/html', plainPage('<link rel=canonical href="https://other.test/">'));
    expect(reading).toMatchObject({ kind: 'article', metadata: { url: `${site}/a` } });
  });

  test('to a text gives it exactly, known by its address', async () => {
    const { site, reading } = await read('text/plain', HEADER + TEXT);
    expect(reading).toMatchObject({ text: TEXT, metadata: { title: 'Ferry', url: `${site}/a` } });
  });

  test('that is refused gives the reason', async () => {
    const { reading } = await read('text/html', '<p>One.</p>');
    expect(reasonOf(reading)).toContain('I found no article of 3 or more paragraphs');
    expect(reasonOf(await readLink('http://10.0.0.1/', 'ann', net, documents))).toContain(
      'isn’t on the public internet',
    );
  });
});
