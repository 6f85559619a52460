import { describe, expect, test } from 'vitest';
import { parseInline } from '../../playground/page/markdown/inline.ts';
import { parseMarkdown } from '../../playground/page/markdown/parse.ts';
import { escapeMarkdown } from '../../src/replies/parts/markdown.ts';
import { times } from '../depth.ts';
import { anyCodePoint, fc } from '../fast-check.ts';
import { notation, textOf } from './notation.ts';

describe('reads Markdown as Discord does', () => {
  test.each([
    ['# One\n### Three\n#### four', 'heading1(One) heading3(Three) paragraph(#### four)'],
    ['#none\n-# small', 'paragraph(#none) subtext(small)'],
    [
      'a **b** *c* _d_ __e__ ~~f~~ ||g||',
      'paragraph(a strong(b) emphasis(c) emphasis(d) underline(e) strike(f) spoiler(g))',
    ],
    ['***both*** and **a *b* c**', 'paragraph(strong(emphasis(both)) and strong(a emphasis(b) c))'],
    ['**a *b***', 'paragraph(strong(a emphasis(b)))'],
    ['2 * 3 * 4, snake_case_name, a**b', 'paragraph(2 * 3 * 4, snake_case_name, a**b)'],
    ['**open *and `x', 'paragraph(**open *and `x)'],
    ['`a **b**` ``c ` d``', 'paragraph(code(a **b**) code(c ` d))'],
    [String.raw`\*not\* \_this\_ \\ \a`, String.raw`paragraph(*not* _this_ \ \a)`],
    ['> one\n> two\nthree', 'quote(paragraph(one⏎two)) paragraph(three)'],
    ['>>> one\n\ntwo', 'quote(paragraph(one⏎⏎two))'],
    ['>no quote', 'paragraph(>no quote)'],
    ['- a\n  - b\n    - c\n- d', 'list[a [b [c]]; d]'],
    ['3. a\n4. b\n- c', 'list3[a; b] list[c]'],
    ['- a\n  1. b\n  - c', 'list[a 1[b] [c]]'],
    ['x ```js\nlet a = "**b**";\n``` y', 'paragraph(x ) codejs(let a = "**b**";) paragraph( y)'],
    ['``` never closed', 'paragraph(``` never closed)'],
    ['[a **b**](<https://x.example/>)', 'paragraph(link<https://x.example/>(a strong(b)))'],
    ['[a](https://x.example/b_(c))!', 'paragraph(link<https://x.example/b_(c)>(a)!)'],
    ['[Chinese President] Xi', 'paragraph([Chinese President] Xi)'],
    ['see https://x.example/a_b_c, or', 'paragraph(see link<https://x.example/a_b_c>(https://x.example/a_b_c), or)'],
    ['(https://x.example/a)', 'paragraph((link<https://x.example/a>(https://x.example/a)))'],
    ['<https://x.example>', 'paragraph(link<https://x.example/>(https://x.example))'],
    ['<t:1645776000:D> <t:5>', 'paragraph(time(1645776000 D) time(5 f))'],
    [
      '</who said:12> <@34> <@&5> <#6> <a:yes:7>',
      'paragraph(command(who said 12) user(34) role(5) channel(6) emoji(yes))',
    ],
  ])('%j', (text, expected) => {
    expect(notation(parseMarkdown(text))).toBe(expected);
  });
});

describe('a link leads to the web, or is not a link', () => {
  test.each([
    ['[a](javascript:alert(1))'],
    ['[a](<javascript:alert(1)>)'],
    ['[a](data:text/html,b)'],
    ['<javascript:alert(1)>'],
    ['[a](//x.example)'],
    ['[ ](https://)'],
  ])('%s', text => {
    expect(notation(parseMarkdown(text))).not.toContain('link');
  });
});

const markup = fc.string({
  unit: fc.constantFrom(
    ...'*_~|`\\[]()<>#-> \n1.:/@&ta',
    'https://x.example/',
    '```',
    '</a:1>',
    '<t:1:R>',
    '>>> ',
    '習',
  ),
  maxLength: 200,
});

test('shows characters of any text in order, and no others', () => {
  fc.assert(
    fc.property(fc.oneof(markup, fc.string({ unit: anyCodePoint })), text => {
      expect(isSubsequence(textOf(parseMarkdown(text)), text)).toBe(true);
    }),
    { numRuns: times(1000, 30_000) },
  );
});

test('shows what the bot escapes as it was written', () => {
  const words = fc
    .oneof(markup, fc.string({ unit: 'grapheme' }))
    // The bot shows invisible characters by number, and blank lines show nothing.
    .filter(text => text.trim() !== '' && !/[⟦⟧]/v.test(escapeMarkdown(text)));
  fc.assert(
    fc.property(words, text => {
      expect(textOf(parseMarkdown(escapeMarkdown(text)))).toBe(text);
    }),
    { numRuns: times(1000, 30_000) },
  );
});

/** A parser that backtracks would take hours for these. */
describe('parses a long hostile text in linear time', () => {
  const pieces = [
    '[',
    '](',
    '[a](',
    '**',
    '*a ',
    '***',
    '_a',
    '||',
    '`',
    '`` ` ',
    '<t:',
    '</a',
    'http',
    'https://',
    '>>> ',
    '> ',
    '- ',
    '```',
    '\\',
    '[x](<',
    '# ',
  ];
  test.each([...pieces, '[]', '``'])('%j many times', piece => {
    const text = piece.repeat(Math.ceil(400_000 / piece.length));
    expect(textOf(parseMarkdown(text)).length).toBeLessThanOrEqual(text.length);
  });

  test('runs of backticks, each of a different length', () => {
    const text = Array.from({ length: 1000 }, (_none, length) => `${'`'.repeat(length + 1)}a`).join('');
    expect(parseInline(text)).toEqual([{ type: 'text', text }]);
  });

  test('a list that nests ever deeper', () => {
    const text = Array.from({ length: 2000 }, (_none, depth) => `${'  '.repeat(depth)}- a`).join('\n');
    expect(textOf(parseMarkdown(text))).toBe('a'.repeat(2000));
  });
});

function isSubsequence(part: string, whole: string): boolean {
  let at = 0;
  for (let found = 0; found < part.length; found += 1) {
    at = whole.indexOf(part.charAt(found), at) + 1;
    if (at === 0) return false;
  }
  return true;
}
