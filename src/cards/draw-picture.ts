import type { Card } from './card.ts';
import { type Chart, drawChart } from './chart.ts';
import { drawCard } from './draw-card.ts';

/** Whatever is drawn for an answer. */
export type Picture = Card | Chart;

/** The picture as a PNG. */
export function drawPicture(picture: Picture): Buffer {
  return 'bars' in picture ? drawChart(picture) : drawCard(picture);
}
