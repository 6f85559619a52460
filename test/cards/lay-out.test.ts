import { describe, expect, test } from 'vitest';
import { type Card, mostCharacters, shapes } from '../../src/cards/card.ts';
import { mostHanging } from '../../src/cards/fit-words.ts';
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
    expect(left).toBeGreaterThanOrEqual(box.left - mostHanging);
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
  expect(textOf(layout.words)).toBe(letters(shown));
}

describe.each(shapes)('a %s card', shape => {
  test.each(Object.entries(texts))('fits %s of every length', (_kind, text) => {
    for (let length = 1; length <= mostCharacters; length += 1 + Math.floor(length / 9)) {
      const card = cardOf(firstOf(text, length) || 'x', { shape });
      expectGood(layOut(card, measure), card);
    }
    const full = cardOf(firstOf(text, mostCharacters), { shape });
    expectGood(layOut(full, measure), full);
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
      fc.property(credit, fc.integer({ min: 1, max: mostCharacters }), (changes, length) => {
        const card = cardOf(firstOf(texts.mixed ?? '', length), { ...changes, shape });
        expectGood(layOut(card, measure), card);
      }),
    );
  });
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
  const ends = words.runs.slice(0, -1).map(run => run.text.trim().split(' ').at(-1) ?? '');
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
  ]);
});

test('only a quotation gets a quotation mark', () => {
  expect(layOut(cardOf('We will.'), measure).mark?.runs[0]?.text).toBe('“');
  expect(layOut(cardOf('不必着急。'), measure).mark?.runs[0]?.text).toBe('「');
  expect(layOut(cardOf('They will.', { isQuotation: false }), measure).mark).toBeUndefined();
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
  expect(words.runs[0]?.left).toBe(words.box.left - mostHanging);
});
