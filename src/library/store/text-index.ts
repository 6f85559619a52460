import {
  countUnits,
  findMisspellings,
  findTerms,
  findTermsWithPrefix,
  matchUnits,
  readNewestQuotes,
  readUnitRows,
} from './index-queries.ts';
import type { Field, Filter, Misspelling, Term, TermQuery, UnitRow } from './library-index.ts';
import type { Run } from './script.ts';

/** What finding words needs, of a library or of a single article. */
export interface TextIndex {
  size(): Promise<number>;
  terms(field: Field, asked: readonly string[], bare: readonly string[]): Promise<readonly Term[]>;
  termsWithPrefix(field: Field, prefix: string, limit: number): Promise<readonly Term[]>;
  misspellings(field: Field, asked: readonly string[], limit: number): Promise<readonly (readonly Misspelling[])[]>;
  matchingUnits(query: TermQuery, filter: Filter, limit: number): Promise<readonly number[]>;
  units(numbers: readonly number[], filter: Filter): Promise<readonly UnitRow[]>;
  newestQuotes(filter: Filter, limit: number): Promise<readonly UnitRow[]>;
}

/** Returns the index of a library. */
export function textIndexOf(read: Run): TextIndex {
  return {
    size: () => read(countUnits),
    terms: (...asked) => read(findTerms, ...asked),
    termsWithPrefix: (...asked) => read(findTermsWithPrefix, ...asked),
    misspellings: (...asked) => read(findMisspellings, ...asked),
    matchingUnits: (...asked) => read(matchUnits, ...asked),
    units: (...asked) => read(readUnitRows, ...asked),
    newestQuotes: (...asked) => read(readNewestQuotes, ...asked),
  };
}
