import type { Mark } from './quotation-marks.ts';
import type { Span } from './span.ts';

/** A mark that opens, and where what it opens ends: at a mark that closes it, or where it is taken to end. */
export interface Pair extends Span {
  readonly open: Mark;
  /** Where the words end. */
  readonly innerEnd: number;
  readonly closed: boolean;
}

/** Where a pair without a closing mark was cut short, what opened within it and runs on ends there, too; a closed pair ends it. */
export function untangle(pairs: readonly Pair[]): readonly Pair[] {
  const untangled: Pair[] = [];
  const around: number[] = [];
  const outer = () => untangled[around.at(-1) ?? -1];
  for (const pair of pairs) {
    for (let over = outer(); over !== undefined && over.end < pair.end; over = outer()) {
      const isApart = over.end <= pair.start;
      if (!isApart && !pair.closed) break;
      const at = around.pop() ?? 0;
      if (!isApart) untangled[at] = cut(over, pair.start);
    }
    const end = outer()?.end ?? pair.end;
    around.push(untangled.push(end < pair.end ? cut(pair, end) : pair) - 1);
  }
  return untangled;
}

/** Without a closing mark, ending there. */
export function cut(pair: Pair, end: number): Pair {
  return { ...pair, end, innerEnd: end };
}
