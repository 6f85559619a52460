import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Article } from '../../src/news/article.ts';
import type { Problem } from '../../src/news/header.ts';
import { parseArticle } from '../../src/news/parse.ts';
import { format } from '../../src/wording/say.ts';

function parse(content: string | Uint8Array, name = 'an-article.txt') {
  return parseArticle({ name, bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content });
}

function articleOf(content: string | Uint8Array, name?: string): Article {
  const parsed = parse(content, name);
  if (parsed.kind === 'problems') throw new Error(JSON.stringify(parsed.problems));
  return parsed.article;
}

function inEnglish({ file, line, expected }: Problem) {
  return { file, line, expected: format(expected, 'en') };
}

function problemsOf(content: string | Uint8Array, name?: string): readonly Problem[] {
  const parsed = parse(content, name);
  return parsed.kind === 'problems' ? parsed.problems : [];
}

const FULL = `Title: Ferry to run again
outlet:  The Harbour Post
BYLINE: Ann Lee and Bo Park
published: 2024-05-01T09:30:00+02:00
url: https://harbour.example/ferry?day=1

The ferry runs.
`;

describe('an article file', () => {
  test('with a complete header', () => {
    const { paragraphs, ...article } = articleOf(FULL);
    expect(article).toEqual({
      id: 'an-article',
      updated: false,
      title: 'Ferry to run again',
      titleIsDescriptive: false,
      outlet: 'The Harbour Post',
      byline: 'Ann Lee and Bo Park',
      published: '2024-05-01T09:30:00+02:00',
      url: 'https://harbour.example/ferry?day=1',
      text: 'The ferry runs.\n',
    });
    expect(paragraphs).toEqual([{ number: 1, start: 0, end: 15, sentences: [{ start: 0, end: 15 }] }]);
  });

  test('treats a title in brackets as a description', () => {
    expect(articleOf('title: [About a ferry]\n\nIt runs.')).toMatchObject({
      title: 'About a ferry',
      titleIsDescriptive: true,
      outlet: undefined,
      published: undefined,
      url: undefined,
    });
  });

  test.each([
    ['[Watch] The ferry [live]', false, '[Watch] The ferry [live]'],
    ['[The ferry [Aurora] runs]', true, 'The ferry [Aurora] runs'],
    ['[ The ferry ]', true, 'The ferry'],
    ['The ferry]', false, 'The ferry]'],
  ])('brackets around the whole title make a description: %s', (written, titleIsDescriptive, title) => {
    expect(articleOf(`title: ${written}\n\nIt runs.`)).toMatchObject({ title, titleIsDescriptive });
  });

  test.each([
    ['It runs.', 'It runs.'],
    ['“It runs”', '“It runs”'],
    ['outlet: Post\n\nIt runs.', 'It runs.'],
    ['title:\n\nIt runs.', 'It runs.'],
    ['title: []\n\nIt runs.', 'It runs.'],
    [`It ${' '.repeat(300)}runs.`, 'It…'],
    [
      'The ferry between the two harbours runs again from Monday, it was said.',
      'The ferry between the two harbours runs again from Monday…',
    ],
    ['渡'.repeat(90), `${'渡'.repeat(60)}…`],
    [`${'a'.repeat(59)}😀😀`, `${'a'.repeat(59)}…`],
  ])('without a title is described by its first words: %j', (content, title) => {
    expect(articleOf(content)).toMatchObject({ title, titleIsDescriptive: true });
  });

  test.each([
    ['no header', 'One.\n\nTwo.', 'One.\n\nTwo.'],
    ['a first line that only looks like a header', 'Note: something\n\nTwo.', 'Note: something\n\nTwo.'],
    [
      'a first line with a colon and a known key below',
      'He said: go\nurl is what\n\nTwo.',
      'He said: go\nurl is what\n\nTwo.',
    ],
    ['carriage returns', 'title: A\r\n\r\nOne.\r\nTwo.\r', 'One.\r\nTwo.\r'],
    ['only carriage returns', 'title: A\r\rOne.\rTwo.', 'One.\rTwo.'],
    ['blank with spaces', 'title: A\n \t\n  One. ', '  One. '],
    ['two blank lines', 'title: A\n\n\nOne.', '\nOne.'],
    ['a byte order mark', '\uFEFFtitle: A\n\n\uFEFFOne.', '\uFEFFOne.'],
    ['a known key in the text', 'title: A\n\nurl: x', 'url: x'],
  ])('has the text that follows the header: %s', (_name, content, text) => {
    expect(articleOf(content).text).toBe(text);
  });

  test('has a paragraph per non-blank line, whatever the line endings', () => {
    const { text, paragraphs } = articleOf('One.\r\n\r\n  Two \n***\rThree\u2028Four\u2029“五。”');
    expect(paragraphs.map(({ number, start, end }) => [number, text.slice(start, end)])).toEqual([
      [1, 'One.'],
      [2, 'Two'],
      [3, 'Three'],
      [4, 'Four'],
      [5, '“五。”'],
    ]);
  });
});

describe('a bad file', () => {
  test.each([
    ['empty', '', undefined, 'empty'],
    ['no words', ' \n—\n', undefined, 'no words'],
    ['no text after the header', 'title: A\n', 2, 'There’s no text after'],
    ['no text after the blank line', 'title: A\n\n \n', 3, 'There’s no text after'],
    ['an unknown key', 'title: A\nauthor: B\n\nOne.', 2, '“author” isn’t a header I know'],
    ['an unknown key first', 'author: B\ntitle: A\n\nOne.', 1, '“author” isn’t a header I know'],
    [
      'an unknown key that every object has',
      'title: A\nconstructor: B\n\nOne.',
      2,
      '“constructor” isn’t a header I know',
    ],
    ['a key twice', 'title: A\nTitle: B\n\nOne.', 2, '“title” appears a second time'],
    ['no blank line', 'title: A\nOne.\n\nTwo.', 2, '“One.” isn’t a header line'],
    ['a date that is none', 'published: 2022-02-30\n\nOne.', 1, '“2022-02-30” isn’t a valid date'],
    ['a month that is none', 'published: 2022-13-01\n\nOne.', 1, '“2022-13-01” isn’t a valid date'],
    ['29 February of a common year', 'published: 2023-02-29\n\nOne.', 1, 'isn’t a valid date'],
    ['a time that is none', 'published: 2022-03-14T25:00Z\n\nOne.', 1, 'isn’t a valid date'],
    ['a date in words', 'published: Monday\n\nOne.', 1, '2022-03-14'],
    ['a script for a link', 'url: javascript:alert(1)\n\nOne.', 1, 'http or https'],
    ['a link to a file', 'url: file:///etc/passwd\n\nOne.', 1, 'http or https'],
    ['a link with credentials', 'url: https://me:secret@post.example/\n\nOne.', 1, 'without a user name'],
    ['half a link', 'url: post.example/a\n\nOne.', 1, 'http or https'],
    ['an endless title', `title: ${'a'.repeat(1001)}\n\nOne.`, 1, 'limit is 1000'],
    ['a control character in the header', 'title: A\u0007\n\nOne.', 1, 'control character'],
    ['a NUL', 'title: A\n\nOne.\nT\0wo.', 4, 'NUL'],
    ['too large', 'a'.repeat(2_000_001), undefined, '2 MB'],
  ])('is reported with its line: %s', (_name, content, line, words) => {
    const problems = problemsOf(content);
    expect(problems).toHaveLength(1);
    expect(problems.map(inEnglish)).toMatchObject([
      { file: 'an-article.txt', line, expected: expect.stringContaining(words) },
    ]);
  });

  test('29 February of a leap year is a date', () => {
    expect(articleOf('published: 2024-02-29\n\nOne.').published).toBe('2024-02-29');
  });

  test('that is not UTF-8 is reported with the line', () => {
    expect(problemsOf(Uint8Array.of(0x41, 0x0a, 0x42, 0x0a, 0xe9, 0x20, 0x0a, 0xff)).map(inEnglish)).toEqual([
      { file: 'an-article.txt', line: 3, expected: expect.stringContaining('UTF-8') },
    ]);
  });

  test('has all its problems reported at once', () => {
    const content = 'title: A\npublished: 2022-02-30\nurl: x\nauthor: B\ntitle: C\n';
    expect(problemsOf(content, 'a b.txt').map(({ line }) => line)).toEqual([undefined, 2, 3, 4, 5, 6]);
  });

  test('reports at most twenty lines of its header', () => {
    expect(problemsOf(`title: A\n${'x: y\n'.repeat(1000)}\nOne.`)).toHaveLength(20);
  });

  test.each([
    '../x.txt',
    'a b.txt',
    '.txt',
    'é.txt',
    'a:b.txt',
    `${'a'.repeat(65)}.txt`,
    'a.b.txt',
    'constructor/.txt',
  ])('has a name that can’t be an id: %s', name => {
    expect(problemsOf('One.', name).map(inEnglish)).toEqual([
      { file: name, line: undefined, expected: expect.stringContaining('id') },
    ]);
  });
});

test('reads the seed article byte for byte', () => {
  const name = 'us-china-rome-meeting.txt';
  const article = articleOf(readFileSync(new URL(`../../seeds/${name}`, import.meta.url)), name);
  const body = createHash('sha256').update(article.text).digest('hex');
  expect(body).toBe('00eedb4ff825f8c7498b69456b00ad1b9cd9d9d0d383885eee738e8e6d0630ea');
  expect(article.paragraphs).toHaveLength(12);
  expect(article).toMatchObject({ titleIsDescriptive: true, outlet: undefined, published: undefined, url: undefined });
});
