import type { Card } from './card.ts';
import { type Chart, drawChart } from './chart.ts';
import { drawCard } from './draw-card.ts';

export type Picture = Card | Chart;

/** Returns the picture as a PNG. */
export function drawPicture(picture: Picture): Buffer {
  return 'bars' in picture ? drawChart(picture) : drawCard(picture);
}
