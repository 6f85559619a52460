import type { Filter } from './library-index.ts';
import * as postgresUnits from './postgres/units.ts';
import * as postgresVectors from './postgres/vectors.ts';
import { byDatabase, long } from './script.ts';
import * as sqliteUnits from './sqlite/units.ts';
import * as sqliteVectors from './sqlite/vectors.ts';

/** Returns up to `limit` units that match. If there are too many to find the newest in time, any of them. */
export const matchUnits = byDatabase({ sqlite: sqliteUnits.matchUnits, postgres: postgresUnits.matchUnits });

/** Returns the paragraphs nearest to a question, the nearest first. Ignores `filter.speakers`. */
export const findNearest = long(
  'findNearest',
  byDatabase({ sqlite: sqliteVectors.findNearest, postgres: postgresVectors.findNearest }),
  (_model: string, _question: Int8Array, _count: number, filter: Filter) => sqliteVectors.isLongScan(filter),
);
