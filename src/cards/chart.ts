import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { clipTo, drawRuns, familiesFor, measureWith } from './canvas.ts';
import { PALETTES } from './card.ts';
import { fontOf, shortened } from './fit-words.ts';
import type { Box, Font, Measure, TextRun } from './lay-out.ts';

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
  /** At most `MOST_BARS`, top to bottom. */
  readonly bars: readonly Bar[];
  /** Names of the two parts of a bar; `undefined` if all are solid. */
  readonly legend: { readonly filled: string; readonly hatched: string } | undefined;
}

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
  readonly runs: readonly TextRun[];
}

/** In pixels. */
const WIDTH = 1200;
const MARGIN = 64;
const INNER_WIDTH = WIDTH - 2 * MARGIN;
const TITLE_BASELINE = 84;
const SUBTITLE_BASELINE = 122;
const FIRST_ROW = 150;
const ROW_HEIGHT = 82;
const LABEL_BASELINE = 32;
const BAR_TOP = 42;
const BAR_HEIGHT = 26;
const GAP = 14;
const LEGEND_HEIGHT = 56;
const SWATCH = 22;
/** A bar of 1 in 1,000 stays visible. */
const NARROWEST_BAR = 3;

const FONTS = { title: fontOf(34, 600), subtitle: fontOf(22), label: fontOf(26, 600), value: fontOf(24) } as const;

/** Returns as much of a text as fits this width, ending in `…` if it was cut. */
function shorten(text: string, font: Font, most: number, measure: Measure): string {
  return shortened(text, cut => measure(cut, font) <= most);
}

function heading({ title, subtitle }: Chart, measure: Measure): TextRun[] {
  const line = (text: string, baseline: number, font: Font, colour: TextRun['colour']): TextRun => {
    return { text: shorten(text, font, INNER_WIDTH, measure), left: MARGIN, baseline, font, colour };
  };
  return [
    line(title, TITLE_BASELINE, FONTS.title, 'words'),
    line(subtitle, SUBTITLE_BASELINE, FONTS.subtitle, 'muted'),
  ];
}

/** Returns the width of the longest bar, leaving room for every value. */
function longestBar({ bars }: Chart, measure: Measure): number {
  return (
    INNER_WIDTH - GAP - Math.max(...bars.map(({ value }) => Math.min(measure(value, FONTS.value), INNER_WIDTH / 2)))
  );
}

function rows(chart: Chart, measure: Measure): Pick<ChartLayout, 'fillings' | 'runs'> {
  const longest = longestBar(chart, measure);
  const most = Math.max(1, ...chart.bars.map(({ filled, hatched }) => filled + hatched));
  const wide = (count: number) => (count === 0 ? 0 : Math.max(NARROWEST_BAR, (longest * count) / most));
  const fillings: Filling[] = [];
  const runs: TextRun[] = [];
  for (const [at, { label, filled, hatched, value }] of chart.bars.entries()) {
    const top = FIRST_ROW + at * ROW_HEIGHT;
    const split = MARGIN + wide(filled);
    const end = Math.min(split + wide(hatched), MARGIN + longest);
    const box = { top: top + BAR_TOP, height: BAR_HEIGHT };
    if (filled > 0) fillings.push({ box: { ...box, left: MARGIN, width: split - MARGIN }, isHatched: false });
    if (end > split) fillings.push({ box: { ...box, left: split, width: end - split }, isHatched: true });
    const shown = { baseline: top + LABEL_BASELINE, left: MARGIN, font: FONTS.label, colour: 'words' } as const;
    runs.push({ ...shown, text: shorten(label, FONTS.label, INNER_WIDTH, measure) });
    const baseline = top + BAR_TOP + BAR_HEIGHT - 5;
    const after = { baseline, left: end + GAP, font: FONTS.value, colour: 'words' } as const;
    runs.push({ ...after, text: shorten(value, FONTS.value, INNER_WIDTH / 2, measure) });
  }
  return { fillings, runs };
}

function legendOf({ legend }: Chart, top: number, measure: Measure): Pick<ChartLayout, 'fillings' | 'runs'> {
  const fillings: Filling[] = [];
  const runs: TextRun[] = [];
  if (legend === undefined) return { fillings, runs };
  let left = MARGIN;
  for (const [text, isHatched] of [
    [legend.filled, false],
    [legend.hatched, true],
  ] as const) {
    fillings.push({ box: { left, top, width: SWATCH, height: SWATCH }, isHatched });
    runs.push({ text, left: left + SWATCH + GAP, baseline: top + SWATCH - 3, font: FONTS.subtitle, colour: 'muted' });
    left += SWATCH + 3 * GAP + measure(text, FONTS.subtitle);
  }
  return { fillings, runs };
}

/** Returns the layout: rows from the top, each with its label above and its value after, then the legend. */
function layOutChart(chart: Chart, measure: Measure): ChartLayout {
  const body = rows(chart, measure);
  const end = FIRST_ROW + chart.bars.length * ROW_HEIGHT;
  const legend = legendOf(chart, end + GAP, measure);
  return {
    width: WIDTH,
    height: end + (chart.legend === undefined ? 0 : LEGEND_HEIGHT) + MARGIN / 2,
    fillings: [...body.fillings, ...legend.fillings],
    runs: [...heading(chart, measure), ...body.runs, ...legend.runs],
  };
}

const PALETTE = PALETTES.paper;
/** Distance between hatching lines, in pixels. */
const HATCH_DISTANCE = 9;
const LINE_WIDTH = 2;

/** Returns every text that the chart may contain, including `…`. */
function textsOf({ title, subtitle, bars, legend }: Chart): readonly string[] {
  const texts = bars.flatMap(({ label, value }) => [label, value]);
  return [title, subtitle, ...texts, legend?.filled ?? '', legend?.hatched ?? '', '…'];
}

/** Hatching can be told apart without colour. */
function hatch(context: SKRSContext2D, { left, top, width, height }: Box): void {
  context.strokeStyle = PALETTE.accent;
  context.lineWidth = LINE_WIDTH;
  clipTo(context, { left, top, width, height }, () => {
    for (let start = left - height; start < left + width; start += HATCH_DISTANCE) {
      context.beginPath();
      context.moveTo(start, top + height);
      context.lineTo(start + height, top);
      context.stroke();
    }
    context.strokeRect(left + LINE_WIDTH / 2, top + LINE_WIDTH / 2, width - LINE_WIDTH, height - LINE_WIDTH);
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
  context.fillStyle = PALETTE.background;
  context.fillRect(0, 0, width, height);
  for (const { box, isHatched } of fillings) {
    context.fillStyle = PALETTE.accent;
    if (isHatched) hatch(context, box);
    else context.fillRect(box.left, box.top, box.width, box.height);
  }
  drawRuns(context, runs, PALETTE, families);
  return canvas.toBuffer('image/png');
}
