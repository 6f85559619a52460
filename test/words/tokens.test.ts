import { expect, test } from 'vitest';
import { tokenize } from '../../src/words/tokens.ts';
import { fc } from '../fast-check.ts';

function words(text: string): readonly string[] {
  return tokenize(text).map(token => token.text);
}

test.each([
  [
    'what hangs on a word is a word',
    "Clinton’s aides don’t, can't, we're",
    ['Clinton', '’s', 'aides', 'do', 'n’t', ',', 'ca', "n't", ',', 'we', "'re"],
  ],
  ['a name keeps its apostrophe', 'O’Malley’s', ['O’Malley', '’s']],
  [
    'numbers stay whole',
    'It cost $1,234.50 at 3:30 on the 10th.',
    ['It', 'cost', '$', '1,234.50', 'at', '3:30', 'on', 'the', '10th', '.'],
  ],
  [
    'shortened words keep their point',
    'Sen. Lee of the U.S. met Mr. Roe on Jan. 3.',
    ['Sen.', 'Lee', 'of', 'the', 'U.S.', 'met', 'Mr.', 'Roe', 'on', 'Jan.', '3', '.'],
  ],
  ['initials', 'J. K. Rowling', ['J.', 'K.', 'Rowling']],
  [
    '"no" at a sentence’s end is no number',
    'He said no. No. 5 won.',
    ['He', 'said', 'no', '.', 'No.', '5', 'won', '.'],
  ],
  ['hyphenated words stay whole, dashes do not', 'co-founder — or not--', ['co-founder', '—', 'or', 'not', '--']],
  ['typewriter quotation marks', "``Go'' he said...", ['``', 'Go', "''", 'he', 'said', '...']],
  ['Chinese goes by the character', '(楊潔篪)', ['(', '楊', '潔', '篪', ')']],
  ['addresses', 'see https://a.example/b?c and @user', ['see', 'https://a.example/b?c', 'and', '@user']],
])('%s', (_, text, expected) => {
  expect(words(text)).toEqual(expected);
});

test('part of a text gives the same tokens as the whole, at the same positions', () => {
  const text = 'One two. Three four.';
  expect(tokenize(text, { start: 9, end: 20 })).toEqual([
    { start: 9, end: 14, text: 'Three' },
    { start: 15, end: 19, text: 'four' },
    { start: 19, end: 20, text: '.' },
  ]);
});

test('tokens are slices of any text, in order, and leave out only white space', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      let end = 0;
      for (const token of tokenize(text)) {
        expect(token.text).toBe(text.slice(token.start, token.end));
        expect(token.text).not.toBe('');
        expect(text.slice(end, token.start).trim()).toBe('');
        end = token.end;
      }
      expect(text.slice(end).trim()).toBe('');
    }),
  );
});
