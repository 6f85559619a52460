import { describe, expect, test } from 'vitest';
import { readQuotes } from '../../src/checking/read-quotes.ts';
import { times } from '../depth.ts';
import { anyCodePoint, fc } from '../fast-check.ts';

/** Returns the claims of a message as `words | name`. */
function read(message: string): string[] {
  return readQuotes(message).quotes.map(({ words, credited }) =>
    credited === undefined ? words : `${words} | ${credited}`,
  );
}

describe('the quotation in a message and the name beside it', () => {
  test.each([
    ['“We will go.” — Jake Sullivan', ['We will go. | Jake Sullivan']],
    ['Jake Sullivan: "We will go there"', ['We will go there | Jake Sullivan']],
    ['Jake Sullivan said: "We will go there"', ['We will go there | Jake Sullivan']],
    ['Jake Sullivan, the adviser, said: "we will go"', ['we will go | Jake Sullivan']],
    ['lmao sullivan said "we will go there" yesterday', ['we will go there | sullivan']],
    ['"We will go there," said Jake Sullivan, the adviser.', ['We will go there, | Jake Sullivan']],
    ['"We will go there," said John D. Podesta. Indeed.', ['We will go there, | John D. Podesta']],
    ['“We will go there” — John D. Podesta', ['We will go there | John D. Podesta']],
    ['"We will go there," Jake Sullivan told reporters.', ['We will go there, | Jake Sullivan']],
    ['According to Jake Sullivan, "we will go there".', ['we will go there | Jake Sullivan']],
    ['Did Jake Sullivan really say "we will go there"?', ['we will go there | Jake Sullivan']],
    ['a senior US official said “we will go”', ['we will go | a senior US official']],
    ['“We’re ‘fine’ with it” (Boris Johnson)', ['We’re ‘fine’ with it | Boris Johnson']],
    ["Jake Sullivan: 'We don't want it'", ["We don't want it | Jake Sullivan"]],
    ['«We will go» — Lee', ['We will go | Lee']],
    ['「我們會去那裡」——習近平', ['我們會去那裡 | 習近平']],
    ['習近平表示：「我們會去那裡」', ['我們會去那裡 | 習近平']],
    ['Jake Sullivan “We will go there”', ['We will go there | Jake Sullivan']],
    ['“We will go” — an astronaut', ['We will go | an astronaut']],
    ['“We will go” - one docker lol', ['We will go']],
    ['“We will go” – two young dockers', ['We will go | two young dockers']],
    ['“We will go” — a mother of three', ['We will go | a mother of three']],
    ['“We will go” — the union', ['We will go | the union']],
    ['“We will go” (the city council)', ['We will go | the city council']],
    ['“We will go” — said one docker', ['We will go | one docker']],
    ['“We will go” - said Jake Sullivan', ['We will go | Jake Sullivan']],
    ['> We will go there\n> and back\n— Jake Sullivan, adviser (2022)', ['We will go there\nand back | Jake Sullivan']],
    ['Jake Sullivan:\n> We will go there\nis this true?', ['We will go there | Jake Sullivan']],
    ['> US adviser Jake Sullivan said “we will go” on Monday.', ['we will go | Jake Sullivan']],
    ['>>> “We will go there”\n\n— Lee', ['We will go there | Lee']],
    ['We will go there - Jake Sullivan', ['We will go there | Jake Sullivan']],
    ['我們會去那裡 — 習近平', ['我們會去那裡 | 習近平']],
    ['我們會去那裡。——習近平', ['我們會去那裡。 | 習近平']],
    ['We will go there ~ Jake Sullivan, 2021', ['We will go there | Jake Sullivan']],
    ['Jake Sullivan: we will go there', ['we will go there | Jake Sullivan']],
    ['Jake Sullivan told CNN: "we will go there"', ['we will go there | Jake Sullivan']],
    ['Jake Sullivan told the BBC on Monday, "we will go there"', ['we will go there | Jake Sullivan']],
    ['Joe Biden asked Jake Sullivan: "will we go there?"', ['will we go there? | Joe Biden']],
    ['In Rome, Jake Sullivan said: "We will go there"', ['We will go there | Jake Sullivan']],
    ['On Monday, Sullivan told reporters "We will go there"', ['We will go there | Sullivan']],
    ['Asked about Biden, Sullivan replied: "We will go there"', ['We will go there | Sullivan']],
    ['Speaking in Rome, Jake Sullivan, the adviser, said: "We will go"', ['We will go | Jake Sullivan']],
    ['King Charles, the monarch, said: "We will go there"', ['We will go there | King Charles']],
    ['Boeing: "We will go there"', ['We will go there | Boeing']],
    ['Says Sullivan: "We will go there"', ['We will go there | Sullivan']],
    ['Sullivan in 2021: "We will go there"', ['We will go there | Sullivan']],
    ['Fowler on Monday: "We will go there"', ['We will go there | Fowler']],
    ['Bill de Blasio on Monday: "We will go there"', ['We will go there | Bill de Blasio']],
    ['“We will go there” — Del. Stacey Plaskett', ['We will go there | Del Stacey Plaskett']],
    ['Jake Sullivan to Joe Biden: "We will go there"', ['We will go there | Jake Sullivan']],
    ['Sullivan today: "We will go there"', ['We will go there | Sullivan']],
    ['“We will go there” — Jake Sullivan on CNN', ['We will go there | Jake Sullivan']],
    ['“We will go there” — Ambassador to China Ann Lee', ['We will go there | Ambassador to China Ann Lee']],
    ['“We will go there” (Sullivan via CNN)', ['We will go there | Sullivan']],
    ['Breaking: Sullivan said "We will go there"', ['We will go there | Sullivan']],
    ['TIL Sullivan said "We will go there"', ['We will go there | Sullivan']],
    ['Did you know sullivan said "We will go there"', ['We will go there | sullivan']],
    ['Didn’t Sullivan say "We will go there"?', ['We will go there | Sullivan']],
    ['Sullivan allegedly said "We will go there"', ['We will go there | Sullivan']],
    ['Jake Sullivan – "We will go there"', ['We will go there | Jake Sullivan']],
    ['The Washington Post: "We will go there"', ['We will go there | The Washington Post']],
    ['United States: "We will go there"', ['We will go there | United States']],
    ['Secretary of State Ann Lee: "We will go there"', ['We will go there | Secretary of State Ann Lee']],
    ['The chair of the board said "We will go there"', ['We will go there | The chair of the board']],
    ['lol a spokesman for the mayor said "We will go there"', ['We will go there | a spokesman for the mayor']],
    ['At the talks the mayor said "We will go there"', ['We will go there | the mayor']],
    ['Ferry talks: “We will go there,” says Jake Sullivan', ['We will go there, | Jake Sullivan']],
    ['“We will go there,” says harbour chief Ann Lee', ['We will go there, | harbour chief Ann Lee']],
    ['“We will go there,” says Rovers striker Ann Lee', ['We will go there, | Rovers striker Ann Lee']],
    ['“We will go there,” says Rovers chief executive', ['We will go there, | Rovers chief executive']],
    ['“We will go there,” said Ann Lee eating cake', ['We will go there, | Ann Lee']],
    ['> **Jake Sullivan**: We will go there', ['We will go there | Jake Sullivan']],
    ['> Quote: we will go there', ['Quote: we will go there']],
  ])('%s', (message, claims) => {
    expect(read(message)).toEqual(claims);
  });

  test.each([
    ['"We will go there," he said', ['We will go there,']],
    ['did anyone say "we will go there"?', ['we will go there']],
    ['nobody said "we will go there"', ['we will go there']],
    ['Update: we will go there', ['Update: we will go there']],
    ['Quote: we will go there', ['Quote: we will go there']],
    ['quote: we will go there', ['quote: we will go there']],
    ['“we will go there” — a must read', ['we will go there']],
    ['“we will go there” – another letter', ['we will go there']],
    ['“we will go there” — a bit longer', ['we will go there']],
    ['“we will go there” — what a speech', ['we will go there']],
    [
      '“we will go there — one door after another — and come back”',
      ['we will go there — one door after another — and come back'],
    ],
    ['look at this: "we will go there"', ['we will go there']],
    ['we will go there', ['we will go there']],
    ['Jake Sullivan and Yang Jiechi said "we will go there"', ['we will go there']],
    ['Did Sullivan or Yang say "we will go there"?', ['we will go there']],
    ['In response to Biden: "we will go there"', ['we will go there']],
    ['To Biden: "we will go there"', ['we will go there']],
    ['Note: "we will go there"', ['we will go there']],
    ['我們會去那裡——羅馬', ['我們會去那裡——羅馬']],
    ['TIL: "we will go there"', ['we will go there']],
    ['"we will go there" (translated)', ['we will go there']],
    ['"we will go there" (Emphasis mine)', ['we will go there']],
    ['"we will go there" (via CNN)', ['we will go there']],
    ['She added that Biden was wrong: "we will go there"', ['we will go there']],
    ['"we will go there," said nobody ever', ['we will go there,']],
  ])('finds no name in: %s', (message, claims) => {
    expect(read(message)).toEqual(claims);
  });

  test('gives each of two quotations the name on its own side', () => {
    expect(read('“We will go,” Jake Sullivan said. “We will come back,” said Yang Jiechi.')).toEqual([
      'We will go, | Jake Sullivan',
      'We will come back, | Yang Jiechi',
    ]);
    expect(read('He said "we will go there" and a senior US official said "no, we won\'t"')).toEqual([
      'we will go there',
      "no, we won't | a senior US official",
    ]);
  });

  test('gives each line of a list the name at its beginning', () => {
    expect(read('- Jake Sullivan: “We will go.”\n- Yang Jiechi: “We will come back.”')).toEqual([
      'We will go. | Jake Sullivan',
      'We will come back. | Yang Jiechi',
    ]);
  });

  test('joins a quotation that the speaker interrupts', () => {
    expect(read('“We will go,” Jake Sullivan said, “and we will come back.”')).toEqual([
      'We will go, … and we will come back. | Jake Sullivan',
    ]);
  });

  test('leaves Discord’s markup out of the words', () => {
    expect(read('<@123> **"We will __go__ there"** ~ *Jake Sullivan* https://a.b/c')).toEqual([
      'We will go there | Jake Sullivan',
    ]);
    expect(read('"a \\*star\\* and a [link](https://a.b/c) <:wave:1> here"')).toEqual(['a *star* and a link   here']);
  });

  test('leaves mentions out of the words', () => {
    expect(read('@everyone We will go there')).toEqual(['We will go there']);
    expect(read('@here: “We will go there” — Jake Sullivan')).toEqual(['We will go there | Jake Sullivan']);
    expect(read('<@1> @here\nWe will go there @everyone')).toEqual(['We will go there']);
    expect(read('We @everyone will go there')).toEqual(['We @everyone will go there']);
    expect(read('write to us@here.org')).toEqual(['write to us@here.org']);
  });

  test('leaves hints where a word may break out of the words', () => {
    expect(read('“We will re\u00adbuild the\u200b har\u00adbour”')).toEqual(['We will rebuild the harbour']);
  });

  test('takes a single word in quotation marks only if there is no other quotation', () => {
    expect(read('is it "true" that he said "we go now"')).toEqual(['we go now']);
    expect(read('is it "true"')).toEqual(['true']);
  });

  test('reads five and counts the rest', () => {
    const { quotes, left } = readQuotes('"a b" "c d" "e f" "g h" "i j" "k l" "m n"');
    expect(quotes).toHaveLength(5);
    expect(left).toBe(2);
  });

  test.each(['', ' ', '>', '"', '“”', '— Lee', '<@1>'])('finds nothing to check in %j', message => {
    expect(readQuotes(message).quotes.every(({ words }) => words.trim() !== '')).toBe(true);
  });

  test.each([' ', '\u00a0', '\u3000', '\n', ' \t', '. '])('reads a message of almost nothing but %j quickly', blank => {
    const { quotes } = readQuotes(`“1${blank.repeat(4000)}.”`);
    expect(quotes.length).toBeLessThanOrEqual(5);
  });

  test('reads any text without throwing, and returns no empty words', () => {
    const marks = fc.constantFrom('“', '”', '"', "'", '> ', '\n', '— ', ': ', 'Lee', ' said ', '「', '[', '…', '```');
    const text = fc.array(fc.oneof(marks, fc.string({ unit: anyCodePoint })), { maxLength: 40 });
    fc.assert(
      fc.property(text, pieces => {
        const { quotes } = readQuotes(pieces.join(''));
        expect(quotes.length).toBeLessThanOrEqual(5);
        for (const { words, credited } of quotes) {
          expect(words.trim()).not.toBe('');
          expect(credited).not.toBe('');
        }
      }),
      { numRuns: times(150, 5000) },
    );
  });
});
