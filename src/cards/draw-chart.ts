import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Chart } from './chart.ts';
import { measureWith } from './draw.ts';
import { cssOf, familiesFor } from './families.ts';
import { type ChartLayout, layOutChart } from './lay-out-chart.ts';
import type { Box } from './layout.ts';
import { palettes } from './palettes.ts';

const palette = palettes.paper;
/** Between the lines of a hatched part, in pixels. */
const hatching = 9;
const lineWidth = 2;

/** Every text that may stand on the chart, the sign for what was cut off included. */
function textsOf({ title, subtitle, bars, legend }: Chart): readonly string[] {
  const texts = bars.flatMap(({ label, value }) => [label, value]);
  return [title, subtitle, ...texts, legend?.filled ?? '', legend?.hatched ?? '', '…'];
}

/** Told apart from a filled part by its lines, so that nobody needs to see colours. */
function hatch(context: SKRSContext2D, { left, top, width, height }: Box): void {
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  context.strokeStyle = palette.accent;
  context.lineWidth = lineWidth;
  for (let start = left - height; start < left + width; start += hatching) {
    context.beginPath();
    context.moveTo(start, top + height);
    context.lineTo(start + height, top);
    context.stroke();
  }
  context.strokeRect(left + lineWidth / 2, top + lineWidth / 2, width - lineWidth, height - lineWidth);
  context.restore();
}

/** The layout of a chart in the typefaces that it is drawn with. */
export function layOutChartInTypefaces(chart: Chart): ChartLayout {
  return layOutChart(chart, measureWith(createCanvas(1, 1).getContext('2d'), familiesFor(textsOf(chart))));
}

/** The chart as a PNG. Like a card it takes a while: not for the process that answers. */
export function drawChart(chart: Chart): Buffer {
  const families = familiesFor(textsOf(chart));
  const { width, height, fillings, runs } = layOutChartInTypefaces(chart);
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = palette.ground;
  context.fillRect(0, 0, width, height);
  for (const { box, isHatched } of fillings) {
    context.fillStyle = palette.accent;
    if (isHatched) hatch(context, box);
    else context.fillRect(box.left, box.top, box.width, box.height);
  }
  for (const { text, left, baseline, font, ink } of runs) {
    context.font = cssOf(font, families);
    context.fillStyle = palette[ink];
    context.fillText(text, left, baseline);
  }
  return canvas.toBuffer('image/png');
}
