/** One row of a bar chart. */
export interface Bar {
  readonly label: string;
  /** How long the filled and the hatched part are, in what the chart counts. */
  readonly filled: number;
  readonly hatched: number;
  /** Written after the bar: what can be seen of a length alone is guessed. */
  readonly value: string;
}

/** What a bar chart shows. All of it is ready to be read. */
export interface Chart {
  readonly title: string;
  /** Below the title: whose numbers they are. */
  readonly subtitle: string;
  /** At most `mostBars`, from top to bottom. */
  readonly bars: readonly Bar[];
  /** What the two parts of a bar stand for; `undefined` where all are filled. */
  readonly legend: { readonly filled: string; readonly hatched: string } | undefined;
}

/** More rows than these could not be read on a phone. */
export const mostBars = 8;
