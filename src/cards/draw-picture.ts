import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { clipTo, drawRuns, familiesFor, measureWith } from './canvas.ts';
import { type Card, PALETTES, type Palette, textsOfCard } from './card.ts';
import { type Chart, drawChart } from './chart.ts';
import { MOST_HANGING } from './fit-words.ts';
import { type Block, type Layout, layOut } from './lay-out.ts';

/** Returns the fonts of a card, with its own marks. */
function familiesOf(card: Card): string {
  return familiesFor([...textsOfCard(card), 'Verbatim “”「」[…] ·']);
}

/** How far italics lean out of a box, in pixels. */
const SLANT = 4;

function drawBlock(context: SKRSContext2D, { box, runs }: Block, palette: Palette, families: string): void {
  const leaning = { ...box, left: box.left - MOST_HANGING, width: box.width + MOST_HANGING + SLANT };
  clipTo(context, leaning, () => drawRuns(context, runs, palette, families));
}

function drawLayout(context: SKRSContext2D, layout: Layout, palette: Palette, families: string): void {
  context.fillStyle = palette.background;
  context.fillRect(0, 0, layout.width, layout.height);
  if (layout.mark !== undefined) drawBlock(context, layout.mark, palette, families);
  drawBlock(context, layout.words, palette, families);
  drawBlock(context, layout.credit, palette, families);
  const { left, top, width, height } = layout.rule;
  context.fillStyle = palette.accent;
  context.fillRect(left, top, width, height);
}

/** Returns the layout in the fonts it is drawn with. */
export function layOutInTypefaces(card: Card): Layout {
  return layOut(card, measureWith(createCanvas(1, 1).getContext('2d'), familiesOf(card)));
}

/** Returns the card as a PNG. Takes about 100 ms: run it in a child process. */
export function drawCard(card: Card): Buffer {
  const families = familiesOf(card);
  const layout = layOutInTypefaces(card);
  const canvas = createCanvas(layout.width, layout.height);
  drawLayout(canvas.getContext('2d'), layout, PALETTES[card.theme], families);
  return canvas.toBuffer('image/png');
}

export type Picture = Card | Chart;

/** Returns the picture as a PNG. */
export function drawPicture(picture: Picture): Buffer {
  return 'bars' in picture ? drawChart(picture) : drawCard(picture);
}
