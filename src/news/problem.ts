import type { Told } from '../wording/say.ts';

/** What is wrong with an article file, before it is known which file it is. */
export interface Flaw {
  /** From 1; `undefined` where it is the whole file. */
  readonly line: number | undefined;
  /** What is wrong and what was expected, in a sentence. */
  readonly expected: Told;
}

/** Why a file is not an article. */
export interface Problem extends Flaw {
  readonly file: string;
}
