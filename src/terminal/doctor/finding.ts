/** Something that `npm run doctor` checked: a sentence about it and, unless it is good, what to do. */
export interface Finding {
  readonly kind: 'good' | 'doubtful' | 'bad';
  readonly about: string;
  readonly sentence: string;
}

const labels = { good: 'ok   ', doubtful: 'warn ', bad: 'ERROR' } as const;
const widest = 'commands'.length;

export function lineOf({ kind, about, sentence }: Finding): string {
  return `${labels[kind]}  ${about.padEnd(widest)}  ${sentence}`;
}
