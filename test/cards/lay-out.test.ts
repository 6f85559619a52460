import { describe, expect, test } from 'vitest';
import { type Card, MOST_CHARACTERS, SHAPES } from '../../src/cards/card.ts';
import { MOST_HANGING } from '../../src/cards/fit-words.ts';
import type { Block, Layout, Measure } from '../../src/cards/lay-out.ts';
import { layOut } from '../../src/cards/lay-out.ts';
import { fc } from '../fast-check.ts';
import { cardOf, firstOf, texts } from './cards.ts';

/** Latin letters are half as wide as high, all others square. */
const measure: Measure = (text, { size }) =>
  [...text].reduce((width, letter) => width + (/[\0-\u036f\u2010-\u206f]/v.test(letter) ? 0.5 : 1) * size, 0);

const letters = (text: string) => text.replaceAll(/\s/gv, '');
const textOf = ({ runs }: Block) => letters(runs.map(({ text }) => text).join(''));
const sizeOf = ({ words }: Layout) => words.runs[0]?.font.size ?? 0;

function expectInside({ box, runs }: Block): void {
  for (const { text, left, baseline, font } of runs) {
    expect(left + measure(text, font)).toBeLessThanOrEqual(box.left + box.width + 0.01);
    expect(left).toBeGreaterThanOrEqual(box.left - MOST_HANGING);
    expect(baseline - 0.75 * font.size).toBeGreaterThanOrEqual(box.top);
    expect(baseline + 0.25 * font.size).toBeLessThanOrEqual(box.top + box.height);
  }
}

function expectGood(layout: Layout, card: Card): void {
  expectInside(layout.words);
  expectInside(layout.credit);
  expect(layout.words.box.top + layout.words.box.height).toBeLessThan(layout.rule.top);
  expect(layout.rule.top + layout.rule.height).toBeLessThan(layout.credit.box.top);
  expect(layout.credit.box.top + layout.credit.box.height).toBeLessThan(layout.height);
  const shown = card.parts.map(({ text, afterOmission }) => (afterOmission ? '[…]' : '') + text).join('');
  const expected = card.isQuotation ? ['”', '」'].map(mark => letters(shown) + mark) : [letters(shown)];
  expect(expected).toContain(textOf(layout.words));
}

/** Discord scales a picture in a message to this width, in pixels, where text of this height can be read. */
const SCALED = 400;
const READABLE = 13;

describe.each(SHAPES)('a %s card', shape => {
  test.each(Object.entries(texts))('fits %s of every length', (_kind, text) => {
    for (let length = 1; length <= MOST_CHARACTERS; length += 1 + Math.floor(length / 9)) {
      const card = cardOf(firstOf(text, length) || 'x', { shape });
      expectGood(layOut(card, measure), card);
    }
    const full = cardOf(firstOf(text, MOST_CHARACTERS), { shape });
    expectGood(layOut(full, measure), full);
  });

  test.each([
    ['a name', (long: string) => ({ speaker: long })],
    ['a note', (long: string) => ({ notes: [long] })],
    ['an outlet', (long: string) => ({ source: [long, '14 March 2022', '¶4'] })],
    ['a link', (long: string) => ({ link: long })],
  ])('measures %s of 5,000 letters a few times only', (_kind, withLong) => {
    let measured = 0;
    const counting: Measure = (text, font) => {
      measured += text.length;
      return measure(text, font);
    };
    layOut(cardOf('We will rebuild.', { shape, ...withLong('a'.repeat(5000)) }), counting);
    expect(measured).toBeLessThan(2_000_000);
  });

  test('fits everything else it shows, however long', () => {
    const any = fc.string({ unit: 'grapheme', maxLength: 400 });
    const credit = fc.record({
      speaker: any,
      role: fc.option(any, { nil: undefined }),
      notes: fc.array(any, { maxLength: 4 }),
      source: fc.array(any, { maxLength: 3 }),
      link: fc.option(any, { nil: undefined }),
    });
    fc.assert(
      fc.property(credit, fc.integer({ min: 1, max: MOST_CHARACTERS }), (changes, length) => {
        const card = cardOf(firstOf(texts.mixed ?? '', length), { ...changes, shape });
        expectGood(layOut(card, measure), card);
      }),
    );
  });
});

const longest = {
  speaker: 'the acting deputy spokesperson for the Ministry of Agriculture, Forestry, Fisheries and Rural Affairs',
  role: 'who had been briefed on the talks between the two delegations but was not authorised to speak about them in public',
  notes: ['Speaker inferred: the article says “the acting deputy spokesperson”', 'From a longer statement'],
};

test.each(SHAPES)('a %s card’s source can be read at the width to which Discord scales it', shape => {
  for (const changes of [{}, longest]) {
    const { credit, width } = layOut(cardOf('We will rebuild.', { ...changes, shape }), measure);
    const source = credit.runs.find(({ text }) => text.includes('14 March 2022'));
    expect(((source?.font.size ?? 0) * SCALED) / width).toBeGreaterThanOrEqual(READABLE);
  }
});

test.each(SHAPES)('a %s card shows the longest names, roles and notes in full', shape => {
  const card = cardOf(firstOf(texts.english ?? '', 300), { ...longest, shape });
  const { credit } = layOut(card, measure);
  expect(credit.runs.filter(({ text }) => text.endsWith('…'))).toEqual([]);
  for (const shown of [longest.speaker, longest.role, longest.notes.join(' · ')]) {
    expect(textOf(credit)).toContain(letters(shown));
  }
});

test('a long title leaves the day and the paragraph on the card', () => {
  const title = 'Eelgrass meadow in the bay stores more carbon than the forest above the town, '.repeat(4).trim();
  const { credit } = layOut(cardOf('We will.', { source: [title, '14 March 2022', '¶4'] }), measure);
  expect(textOf(credit)).toContain('…·14March2022·¶4');
});

test('without a speaker, a card shows its notes and its source', () => {
  const { credit } = layOut(cardOf('We will.', { speaker: undefined, role: undefined, notes: ['See it'] }), measure);
  expect(credit.runs.map(({ text }) => text)).toEqual([
    'See it',
    'Example Wire · 14 March 2022 · ¶4',
    'example.com/rain',
    'Verbatim',
  ]);
});

test('shorter texts are larger', () => {
  const sizes = [60, 150, 400, 900].map(length =>
    sizeOf(layOut(cardOf(firstOf(texts.english ?? '', length)), measure)),
  );
  expect(sizes).toEqual(sizes.toSorted((one, other) => other - one));
  expect(new Set(sizes).size).toBe(4);
});

test('text is broken only between words unless a word is too long', () => {
  const text = texts.english ?? '';
  const { words } = layOut(cardOf(firstOf(text, 600)), measure);
  const known = new Set(text.split(/\s+/v));
  const ends = words.runs.slice(0, -2).map(run => run.text.trim().split(' ').at(-1) ?? '');
  expect(ends.filter(end => !known.has(end))).toEqual([]);
});

test('the gap between two parts is shown as an omission, in another colour', () => {
  const parts = [
    { text: 'We', afterOmission: false },
    { text: 'will rebuild.', afterOmission: true },
  ];
  const { words } = layOut(cardOf('', { parts }), measure);
  expect(words.runs.map(({ text, colour }) => [text.trim(), colour])).toEqual([
    ['We', 'words'],
    ['[…]', 'muted'],
    ['will rebuild.', 'words'],
    ['”', 'accent'],
  ]);
});

test('only a quotation gets quotation marks: a large one before it, and one after its last word', () => {
  const marks = (card: Card) => {
    const { mark, words } = layOut(card, measure);
    return [mark?.runs[0]?.text, words.runs.at(-1)?.text, words.runs.at(-1)?.colour];
  };
  expect(marks(cardOf('We will.'))).toEqual(['“', '”', 'accent']);
  expect(marks(cardOf('不必着急。'))).toEqual(['「', '」', 'accent']);
  expect(marks(cardOf('They will.', { isQuotation: false }))).toEqual([undefined, 'They will.', 'words']);
});

test('the closing mark follows the last word on its line', () => {
  const { words } = layOut(cardOf(firstOf(texts.english ?? '', 300)), measure);
  const [last, mark] = words.runs.slice(-2);
  if (last === undefined || mark === undefined) throw new Error('There are no words.');
  expect(mark.baseline).toBe(last.baseline);
  expect(mark.left).toBeCloseTo(last.left + measure(last.text, last.font));
});

test('a quotation mark at the start of a line hangs to the left of the text', () => {
  const { words } = layOut(cardOf('“Now” is a word that many people have used before me, and will.'), measure);
  const [first, second] = words.runs;
  expect(first?.left).toBe(words.box.left - measure('“', first?.font ?? { size: 0, weight: 400, isItalic: false }));
  expect(second?.left).toBe(words.box.left);
});

test('a wide quotation mark hangs no further than the margin', () => {
  const square: Measure = (text, { size }) => text.length * size;
  const { words } = layOut(cardOf('«Now» is a word.', { shape: 'square' }), square);
  expect(words.runs[0]?.left).toBe(words.box.left - MOST_HANGING);
});
