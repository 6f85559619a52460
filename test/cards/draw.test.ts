import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, test } from 'vitest';
import { type Card, MOST_CHARACTERS, PALETTES, SHAPES, THEMES } from '../../src/cards/card.ts';
import { drawCard, layOutInTypefaces } from '../../src/cards/draw-picture.ts';
import { MOST_HANGING } from '../../src/cards/fit-words.ts';
import type { Box } from '../../src/cards/lay-out.ts';
import { fontFilesFor, lettersWithoutFont } from '../../src/cards/typefaces.ts';
import { cardOf, firstOf, texts } from './cards.ts';

interface Picture {
  readonly width: number;
  readonly height: number;
  /** One number per pixel, row by row. */
  readonly pixels: Uint32Array;
  readonly background: number;
}

async function see(card: Card): Promise<Picture> {
  const { width, height, data } = await decode(drawCard(card));
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at =>
    Number.parseInt(PALETTES[card.theme].background.slice(at, at + 2), 16),
  );
  const [background = 0] = new Uint32Array(Uint8Array.of(red, green, blue, 255).buffer);
  return { width, height, pixels: new Uint32Array(data.buffer, data.byteOffset, width * height), background };
}

async function decode(png: Buffer) {
  const image = await loadImage(png);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, image.width, image.height);
}

/** Returns the number of drawn pixels outside all boxes. */
function inkOutside({ width, height, pixels, background }: Picture, boxes: readonly Box[]): number {
  const rest = pixels.slice();
  for (const box of boxes) {
    const [left, right] = [Math.ceil(box.left), Math.ceil(box.left + box.width)];
    for (let top = Math.ceil(box.top); top < Math.min(box.top + box.height, height); top += 1) {
      rest.fill(background, top * width + left, top * width + right);
    }
  }
  return rest.reduce((count, pixel) => (pixel === background ? count : count + 1), 0);
}

/** Returns the box without its outermost pixels, extended to the left by the room for hanging punctuation. */
function inner({ left, top, width, height }: Box): Box {
  return { left: left - MOST_HANGING + 1, top: top + 1, width: width + MOST_HANGING - 2, height: height - 2 };
}

/** Expects that no letter reaches an edge at which it would be cut off. */
async function expectNoOverflow(card: Card): Promise<void> {
  const { mark, words, rule, credit } = layOutInTypefaces(card);
  const boxes = [inner(words.box), rule, inner(credit.box), ...(mark === undefined ? [] : [mark.box])];
  expect(inkOutside(await see(card), boxes)).toBe(0);
}

describe.each(SHAPES)('a %s picture', shape => {
  test.each(Object.entries(texts).filter(([kind]) => kind !== 'towers of accents'))(
    'holds %s of any length',
    async (_kind, text) => {
      for (const length of [1, 40, 300, MOST_CHARACTERS]) {
        await expectNoOverflow(cardOf(firstOf(text, length), { shape, theme: 'night' }));
      }
    },
  );

  test('has the size of its shape', async () => {
    const { width, height } = await see(cardOf('Rain.', { shape }));
    expect([width, height]).toEqual(shape === 'wide' ? [1200, 630] : [1080, 1080]);
  });
});

test('stacked accents are clipped to the box, clear of the credit', async () => {
  const card = cardOf(firstOf(texts['towers of accents'] ?? '', 600));
  const { mark, words, rule, credit } = layOutInTypefaces(card);
  const box = { ...words.box, left: words.box.left - MOST_HANGING, width: words.box.width + MOST_HANGING + 4 };
  const around = { ...credit.box, width: credit.box.width + 4 };
  const boxes = [box, rule, around, ...(mark === undefined ? [] : [mark.box])];
  expect(inkOutside(await see(card), boxes)).toBe(0);
});

test.each(THEMES)('every line of a card is drawn on %s', async theme => {
  const card = cardOf('We will rebuild.', { theme, notes: ['Inferred: the article says “she”.'] });
  const { pixels, width, background } = await see(card);
  const { words, credit } = layOutInTypefaces(card);
  for (const { left, baseline, font } of [...words.runs, ...credit.runs]) {
    const rows = Array.from({ length: Math.round(font.size * 0.7) }, (_, at) => Math.round(baseline) - at);
    const inked = rows.filter(row => {
      const start = row * width + Math.round(left);
      return pixels.slice(start, start + font.size).some(pixel => pixel !== background);
    });
    expect(inked.length).toBeGreaterThan(3);
  }
});

test('only the font files that contain the text’s letters are loaded', () => {
  expect(fontFilesFor(['Rain.']).map(({ family }) => family)).toEqual(['Card source-serif-4-latin-wght-normal']);
  expect(fontFilesFor(['Dvořák: 習近平 🌧️']).length).toBeGreaterThan(3);
});

test('reports letters that no font has', () => {
  expect(lettersWithoutFont(['Rain, дождь, βροχή, mưa, 雨, 龜, 嘅, 👩‍🚀 ✅ – “¶4” · …'])).toEqual([]);
  expect(lettersWithoutFont(['مطر', 'rain'])).toEqual(['م', 'ط', 'ر']);
});
