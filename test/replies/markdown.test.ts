import { describe, expect, test } from 'vitest';
import { weight } from '../../src/replies/limits.ts';
import { clip, escapeMarkdown, inline, unescapeMarkdown } from '../../src/replies/parts/markdown.ts';
import { times } from '../depth.ts';
import { anyCodePoint, fc } from '../fast-check.ts';

describe('words from an article or a person have no effect in Discord', () => {
  test.each([
    ['# Breaking', String.raw`\# Breaking`],
    ['-# small', String.raw`\-# small`],
    ['1. first', String.raw`1\. first`],
    ['  - item', String.raw`  \- item`],
    ['he said\n> quoted', 'he said\n\\> quoted'],
    ['**bold** _slanted_ ~~gone~~', String.raw`\*\*bold\*\* \_slanted\_ \~\~gone\~\~`],
    ['||spoiler|| `code`', String.raw`\|\|spoiler\|\| \`code\``],
    ['[text](https://evil.example)', String.raw`\[text\](https\:\/\/evil.example)`],
    ['discord.gg/abc', String.raw`discord.gg\/abc`],
    ['<@1> @everyone <#2> <t:0:R>', String.raw`\<\@1\> \@everyone \<#2\> \<t\:0\:R\>`],
    ['<a:wave:1> </quote:1>', String.raw`\<a\:wave\:1\> \<\/quote\:1\>`],
    ['left \u202eright', 'left ⟦202E⟧right'],
    ['no\u200bwhere', 'no⟦200B⟧where'],
    ['bell\u0007', 'bell⟦0007⟧'],
  ])('%s', (text, shown) => {
    expect(escapeMarkdown(text)).toBe(shown);
  });

  test('plain text stays as it is', () => {
    const text = 'He said: “It’s 3.5% – or U.S. $4 (about £3); nothing more.” 習近平 #1';
    expect(escapeMarkdown(text)).toBe(text);
  });

  test('an emoji of several parts stays whole', () => {
    expect(escapeMarkdown('👩‍👩‍👧')).toBe('👩‍👩‍👧');
  });
});

test('unescaping returns the exact text', () => {
  const text = fc.oneof(
    fc.string({ unit: anyCodePoint }),
    fc.string({ unit: fc.constantFrom('\\', '⟦', '⟧', '2', '*', '\u202e', '\ud83d', '\n') }),
  );
  fc.assert(
    fc.property(text, words => {
      expect(unescapeMarkdown(escapeMarkdown(words))).toBe(words);
    }),
    { numRuns: times(600, 20_000) },
  );
});

test('text for one line stays on one line and within its limit', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCodePoint, maxLength: 400 }), fc.integer({ min: 20, max: 200 }), (words, most) => {
      const shown = inline(words, most);
      expect(shown).not.toContain('\n');
      expect(weight(shown)).toBeLessThanOrEqual(most);
    }),
  );
});

test('shortened text says so and never ends inside a character', () => {
  expect(clip('ab😀cd', 4)).toBe('ab…');
  expect(clip('abcd', 4)).toBe('abcd');
});
