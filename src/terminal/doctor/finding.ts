/** One thing that `npm run doctor` looked at, and a sentence about it: where it is not good, with what to do. */
export interface Finding {
  readonly kind: 'good' | 'doubtful' | 'bad';
  readonly about: string;
  readonly sentence: string;
}

const marks = { good: 'ok  ', doubtful: 'look', bad: 'BAD ' } as const;
const widest = 'commands'.length;

export function lineOf({ kind, about, sentence }: Finding): string {
  return `${marks[kind]}  ${about.padEnd(widest)}  ${sentence}`;
}
