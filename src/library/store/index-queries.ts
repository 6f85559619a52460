import type { Filter } from './library-index.ts';
import * as postgresNames from './postgres/names.ts';
import * as postgresTerms from './postgres/terms.ts';
import * as postgresUnits from './postgres/units.ts';
import * as postgresVectors from './postgres/vectors.ts';
import { byDatabase, long } from './script.ts';
import * as sqliteNames from './sqlite/names.ts';
import * as sqlitePeople from './sqlite/people.ts';
import * as sqliteTerms from './sqlite/terms.ts';
import * as sqliteUnits from './sqlite/units.ts';
import * as sqliteVectors from './sqlite/vectors.ts';

/** Returns the number of units. */
export const countUnits = byDatabase({ sqlite: sqliteUnits.countUnits, postgres: postgresUnits.countUnits });

/** Returns the library's terms that are in `asked`, or equal one in `bare` except for apostrophes. */
export const findTerms = byDatabase({ sqlite: sqliteTerms.findTerms, postgres: postgresTerms.findTerms });

/** Returns terms with this prefix, most frequent first. */
export const findTermsWithPrefix = byDatabase({
  sqlite: sqliteTerms.findTermsWithPrefix,
  postgres: postgresTerms.findTermsWithPrefix,
});

/** Returns for each word the terms that it may misspell (`editsAllowed`), closest first, then most frequent. */
export const findMisspellings = byDatabase({
  sqlite: sqliteTerms.findMisspellings,
  postgres: postgresTerms.findMisspellings,
});

/** Returns up to `limit` units that match. If there are too many to find the newest in time, any of them. */
export const matchUnits = byDatabase({ sqlite: sqliteUnits.matchUnits, postgres: postgresUnits.matchUnits });

/** Returns those of the units that exist and pass the filter, in any order. */
export const readUnitRows = byDatabase({ sqlite: sqliteUnits.readUnitRows, postgres: postgresUnits.readUnitRows });

/** Returns the newest units with attributed words: the newest article first, each in reading order. */
export const readNewestQuotes = byDatabase({
  sqlite: sqliteUnits.readNewestQuotes,
  postgres: postgresUnits.readNewestQuotes,
});

/** Returns spellings with any of the terms: first those with most of them, then of people quoted most. */
export const readSpellings = byDatabase({ sqlite: sqliteNames.readSpellings, postgres: postgresNames.readSpellings });

/** Returns the spellings of the people quoted most; a small library compares them letter by letter. */
export const readTopSpellings = byDatabase({
  sqlite: sqliteNames.readTopSpellings,
  postgres: postgresNames.readTopSpellings,
});

/** Returns speakers with these spellings, those quoted most first. Ignores `filter.speakers`. */
export const findNamedSpeakers = byDatabase({
  sqlite: sqlitePeople.findNamedSpeakers,
  postgres: postgresNames.findNamedSpeakers,
});

/** Returns articles whose title, id, outlet or author has one of these spellings, newest first. */
export const findNamedArticles = byDatabase({
  sqlite: sqliteNames.findNamedArticles,
  postgres: postgresNames.findNamedArticles,
});

/** Returns the outlets with most articles first, then alphabetically. */
export const readOutlets = byDatabase({ sqlite: sqliteNames.readOutlets, postgres: postgresNames.readOutlets });

/** Returns the paragraphs nearest to a question, the nearest first. Ignores `filter.speakers`. */
export const findNearest = long(
  'findNearest',
  byDatabase({ sqlite: sqliteVectors.findNearest, postgres: postgresVectors.findNearest }),
  (_model: string, _question: Int8Array, _count: number, filter: Filter) => sqliteVectors.isLongScan(filter),
);
