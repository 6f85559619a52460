import { commonKind, type Question } from './data.ts';

/** Where an answer is. */
export interface Answer {
  readonly title: string;
  readonly paragraph: number;
  /** True if the paragraph has these folded words. */
  readonly holds: (words: string) => boolean;
}

export interface Asked {
  readonly kind: string;
  /** 1 for the first place, 1/2 for the second and so on; 0 beyond the tenth. */
  readonly reciprocalRank: number;
  readonly milliseconds: number;
}

const mostRanks = 10;

/** Asks all questions, one after the other. */
export async function askAll(
  questions: readonly Question[],
  answer: (words: string) => Promise<readonly Answer[]> | readonly Answer[],
): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const question of questions) {
    const started = performance.now();
    const answers = await answer(question.words);
    const milliseconds = performance.now() - started;
    const rank = answers.slice(0, mostRanks).findIndex(each => isRight(each, question));
    asked.push({ kind: question.kind, reciprocalRank: rank < 0 ? 0 : 1 / (rank + 1), milliseconds });
  }
  return asked;
}

/** A generated article that has a phrase of common words by chance is also right. */
function isRight({ title, paragraph, holds }: Answer, { kind, words, right }: Question): boolean {
  return right.some(place => place[0] === title && place[1] === paragraph) || (kind === commonKind && holds(words));
}

/** Prints, by kind, the mean reciprocal rank, how many were right first, and the times. */
export function printScores(title: string, asked: readonly Asked[]): void {
  console.log(
    `\n${title}\n${'MRR@10'.padStart(34)}${'right first'.padStart(14)}${'p50 ms'.padStart(9)}${'p99 ms'.padStart(9)}`,
  );
  const kinds = new Map<string, readonly Asked[]>([...Map.groupBy(asked, each => each.kind), ['all', asked]]);
  for (const [kind, some] of kinds) {
    const mean = some.reduce((sum, each) => sum + each.reciprocalRank, 0) / some.length;
    const first = some.filter(({ reciprocalRank }) => reciprocalRank === 1).length;
    const times = some.map(({ milliseconds }) => milliseconds);
    const figures = [mean.toFixed(3).padStart(10), `${first}/${some.length}`.padStart(14)];
    console.log(`${kind.padEnd(24)}${figures.join('')}${percentiles(times)}`);
  }
}

/** Returns the median and the 99th percentile, in columns. */
export function percentiles(times: readonly number[]): string {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return `${at(0.5).toFixed(1).padStart(9)}${at(0.99).toFixed(1).padStart(9)}`;
}
