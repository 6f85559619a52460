import { createCanvas, loadImage } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import { cssOf, familiesFor } from '../../src/cards/canvas.ts';
import { type Bar, type Chart, drawChart, layOutChartInTypefaces } from '../../src/cards/chart.ts';
import { drawPicture } from '../../src/cards/draw-picture.ts';
import { MOST_BARS } from '../../src/cards/lay-out.ts';
import { cardOf } from './cards.ts';

const legend = { filled: 'direct quotes', hatched: 'paraphrased' };

function barOf(changes: Partial<Bar> = {}): Bar {
  return { label: 'Ann Lee', filled: 2, hatched: 1, value: '3 quotes, 20 words', ...changes };
}

function chartOf(bars: readonly Bar[], changes: Partial<Chart> = {}): Chart {
  return { title: 'Who is quoted', subtitle: 'Rain · Example Wire', bars, legend, ...changes };
}

const long = 'WWWW 習近平 '.repeat(60);
const charts: Readonly<Record<string, Chart>> = {
  'one bar': chartOf([barOf()]),
  'no legend': chartOf([barOf({ hatched: 0 })], { legend: undefined }),
  'long words everywhere': chartOf(
    Array.from({ length: MOST_BARS }, () => barOf({ label: long, value: long })),
    { title: long, subtitle: long },
  ),
  'great and small numbers': chartOf([
    barOf({ filled: 1_000_000 }),
    barOf({ filled: 0 }),
    barOf({ filled: 0, hatched: 0 }),
  ]),
  'nothing at all': chartOf([barOf({ label: '', filled: 0, hatched: 0, value: '' })], { title: '', subtitle: '' }),
};

test.each(Object.entries(charts))(
  '%s: everything fits in the picture, with the words beside the bars',
  (_kind, chart) => {
    const { width, height, fillings, runs } = layOutChartInTypefaces(chart);
    const context = createCanvas(1, 1).getContext('2d');
    const families = familiesFor(runs.map(({ text }) => text));
    for (const { left, baseline, text, font } of runs) {
      context.font = cssOf(font, families);
      expect(left + context.measureText(text).width).toBeLessThanOrEqual(width - 32);
      expect(baseline).toBeLessThan(height - 16);
    }
    for (const { box } of fillings) {
      expect(box.width).toBeGreaterThan(0);
      expect(box.left + box.width).toBeLessThanOrEqual(width - 64);
      expect(box.top + box.height).toBeLessThan(height);
    }
  },
);

test('bars are as long as their numbers, the hatched part after the filled one', () => {
  const { fillings } = layOutChartInTypefaces(
    chartOf([barOf({ filled: 6, hatched: 2 }), barOf({ filled: 3, hatched: 0 })]),
  );
  const [six, two, three] = fillings.map(({ box }) => box);
  expect(fillings.map(({ isHatched }) => isHatched)).toEqual([false, true, false, false, true]);
  expect(two?.left).toBeCloseTo((six?.left ?? 0) + (six?.width ?? 0));
  expect((six?.width ?? 0) / (three?.width ?? 1)).toBeCloseTo(2);
  expect((six?.width ?? 0) / (two?.width ?? 1)).toBeCloseTo(3);
});

test('filled and hatched parts differ even without colour', async () => {
  const chart = chartOf([barOf({ filled: 1, hatched: 1 })]);
  const image = await loadImage(drawChart(chart));
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const [filled, hatched] = layOutChartInTypefaces(chart).fillings.map(({ box }) => {
    const { data } = context.getImageData(box.left + 4, box.top + 4, box.width - 8, box.height - 8);
    return new Set(new Uint32Array(data.buffer, data.byteOffset, data.length / 4)).size;
  });
  expect(filled).toBe(1);
  expect(hatched).toBeGreaterThan(1);
});

test('the drawing process draws cards and charts', async () => {
  for (const [picture, width] of [
    [cardOf('Rain.'), 1200],
    [charts['one bar'] ?? chartOf([]), 1200],
  ] as const) {
    expect((await loadImage(drawPicture(picture))).width).toBe(width);
  }
  expect((await loadImage(drawPicture(cardOf('Rain.')))).height).toBe(630);
});
