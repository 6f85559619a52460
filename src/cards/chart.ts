import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { palettes } from './card.ts';
import { fontOf } from './fit-words.ts';
import type { Box, Font, Measure, Run } from './lay-out.ts';
import { clipTo, drawRuns, familiesFor, measureWith } from './typefaces.ts';

/** One row of a bar chart. */
export interface Bar {
  readonly label: string;
  /** Lengths of the solid and the hatched part, in the unit of the chart. */
  readonly filled: number;
  readonly hatched: number;
  /** Printed after the bar, since lengths are hard to compare by eye. */
  readonly value: string;
}

/** The contents of a bar chart, ready to print. */
export interface Chart {
  readonly title: string;
  /** Printed below the title: whose numbers these are. */
  readonly subtitle: string;
  /** At most `mostBars`, top to bottom. */
  readonly bars: readonly Bar[];
  /** Names of the two parts of a bar; `undefined` if all are solid. */
  readonly legend: { readonly filled: string; readonly hatched: string } | undefined;
}

/** More rows can't be read on a phone. */
export const mostBars = 8;

/** A part of a bar or of the legend. */
interface Filling {
  readonly box: Box;
  readonly isHatched: boolean;
}

/** The position of everything on a chart. */
interface ChartLayout {
  readonly width: number;
  readonly height: number;
  readonly fillings: readonly Filling[];
  readonly runs: readonly Run[];
}

/** In pixels. */
const width = 1200;
const margin = 64;
const inner = width - 2 * margin;
const titleBaseline = 84;
const subtitleBaseline = 122;
const firstRow = 150;
const rowHeight = 82;
const labelBaseline = 32;
const barTop = 42;
const barHeight = 26;
const gap = 14;
const legendHeight = 56;
const swatch = 22;
/** A bar of 1 in 1,000 stays visible. */
const narrowest = 3;

const fonts = { title: fontOf(34, 600), subtitle: fontOf(22), label: fontOf(26, 600), value: fontOf(24) } as const;
const characters = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** Returns as much of a text as fits this width, ending in `…` if it was cut. */
function shorten(text: string, font: Font, most: number, measure: Measure): string {
  if (measure(text, font) <= most) return text;
  const ends = [...characters.segment(text)].map(({ index }) => index);
  let [fitting, tooLong] = [0, ends.length - 1];
  while (tooLong - fitting > 1) {
    const middle = Math.floor((fitting + tooLong) / 2);
    if (measure(`${text.slice(0, ends[middle])}…`, font) <= most) fitting = middle;
    else tooLong = middle;
  }
  return `${text.slice(0, ends[fitting]).trimEnd()}…`;
}

function heading({ title, subtitle }: Chart, measure: Measure): Run[] {
  const line = (text: string, baseline: number, font: Font, colour: Run['colour']): Run => {
    return { text: shorten(text, font, inner, measure), left: margin, baseline, font, colour };
  };
  return [line(title, titleBaseline, fonts.title, 'words'), line(subtitle, subtitleBaseline, fonts.subtitle, 'muted')];
}

/** Returns the width of the longest bar, leaving room for every value. */
function longestBar({ bars }: Chart, measure: Measure): number {
  return inner - gap - Math.max(...bars.map(({ value }) => Math.min(measure(value, fonts.value), inner / 2)));
}

function rows(chart: Chart, measure: Measure): Pick<ChartLayout, 'fillings' | 'runs'> {
  const longest = longestBar(chart, measure);
  const most = Math.max(1, ...chart.bars.map(({ filled, hatched }) => filled + hatched));
  const wide = (count: number) => (count === 0 ? 0 : Math.max(narrowest, (longest * count) / most));
  const fillings: Filling[] = [];
  const runs: Run[] = [];
  for (const [at, { label, filled, hatched, value }] of chart.bars.entries()) {
    const top = firstRow + at * rowHeight;
    const split = margin + wide(filled);
    const end = Math.min(split + wide(hatched), margin + longest);
    const box = { top: top + barTop, height: barHeight };
    if (filled > 0) fillings.push({ box: { ...box, left: margin, width: split - margin }, isHatched: false });
    if (end > split) fillings.push({ box: { ...box, left: split, width: end - split }, isHatched: true });
    const shown = { baseline: top + labelBaseline, left: margin, font: fonts.label, colour: 'words' } as const;
    runs.push({ ...shown, text: shorten(label, fonts.label, inner, measure) });
    const after = {
      baseline: top + barTop + barHeight - 5,
      left: end + gap,
      font: fonts.value,
      colour: 'words',
    } as const;
    runs.push({ ...after, text: shorten(value, fonts.value, inner / 2, measure) });
  }
  return { fillings, runs };
}

function legendOf({ legend }: Chart, top: number, measure: Measure): Pick<ChartLayout, 'fillings' | 'runs'> {
  const fillings: Filling[] = [];
  const runs: Run[] = [];
  if (legend === undefined) return { fillings, runs };
  let left = margin;
  for (const [text, isHatched] of [
    [legend.filled, false],
    [legend.hatched, true],
  ] as const) {
    fillings.push({ box: { left, top, width: swatch, height: swatch }, isHatched });
    runs.push({ text, left: left + swatch + gap, baseline: top + swatch - 3, font: fonts.subtitle, colour: 'muted' });
    left += swatch + 3 * gap + measure(text, fonts.subtitle);
  }
  return { fillings, runs };
}

/** Returns the layout: rows from the top, each with its label above and its value after, then the legend. */
function layOutChart(chart: Chart, measure: Measure): ChartLayout {
  const body = rows(chart, measure);
  const end = firstRow + chart.bars.length * rowHeight;
  const legend = legendOf(chart, end + gap, measure);
  return {
    width,
    height: end + (chart.legend === undefined ? 0 : legendHeight) + margin / 2,
    fillings: [...body.fillings, ...legend.fillings],
    runs: [...heading(chart, measure), ...body.runs, ...legend.runs],
  };
}

const palette = palettes.paper;
/** Distance between hatching lines, in pixels. */
const hatching = 9;
const lineWidth = 2;

/** Returns every text that the chart may contain, including `…`. */
function textsOf({ title, subtitle, bars, legend }: Chart): readonly string[] {
  const texts = bars.flatMap(({ label, value }) => [label, value]);
  return [title, subtitle, ...texts, legend?.filled ?? '', legend?.hatched ?? '', '…'];
}

/** Hatching can be told apart without colour. */
function hatch(context: SKRSContext2D, { left, top, width, height }: Box): void {
  context.strokeStyle = palette.accent;
  context.lineWidth = lineWidth;
  clipTo(context, { left, top, width, height }, () => {
    for (let start = left - height; start < left + width; start += hatching) {
      context.beginPath();
      context.moveTo(start, top + height);
      context.lineTo(start + height, top);
      context.stroke();
    }
    context.strokeRect(left + lineWidth / 2, top + lineWidth / 2, width - lineWidth, height - lineWidth);
  });
}

/** Returns the layout in the fonts it is drawn with. */
export function layOutChartInTypefaces(chart: Chart): ChartLayout {
  return layOutChart(chart, measureWith(createCanvas(1, 1).getContext('2d'), familiesFor(textsOf(chart))));
}

/** Returns the chart as a PNG. Slow: run it in a child process. */
export function drawChart(chart: Chart): Buffer {
  const families = familiesFor(textsOf(chart));
  const { width, height, fillings, runs } = layOutChartInTypefaces(chart);
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = palette.background;
  context.fillRect(0, 0, width, height);
  for (const { box, isHatched } of fillings) {
    context.fillStyle = palette.accent;
    if (isHatched) hatch(context, box);
    else context.fillRect(box.left, box.top, box.width, box.height);
  }
  drawRuns(context, runs, palette, families);
  return canvas.toBuffer('image/png');
}
