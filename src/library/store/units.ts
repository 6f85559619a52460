import { decodeText, toOptionalNumber } from './columns.ts';
import { filteredRows, newestArticles, ofArticle, validNumbers } from './filter.ts';
import { piecesOf } from './in-pieces.ts';
import { allowsAllArticles, type Filter, matchesNobody, type SpeakerFilter, type UnitRow } from './library-index.ts';
import { articleOf, unpackNumbers } from './numbers.ts';
import { newestSpeaking, toKeys } from './people.ts';
import { all, allForEach, first, type Row, type Script } from './script.ts';

const COLUMNS = 'number, article, paragraph, attribution, speaker, starts, ends, words';

/** How many articles are read before looking whether these are enough. */
const ARTICLES_AT_ONCE = 16;

/** Returns the number of units. */
export function* countUnits(): Script<number> {
  return Number((yield* first('SELECT units FROM {totals} WHERE {here}'))?.units ?? 0);
}

/** Returns those of the units that exist and pass the filter, in any order. */
export function* readUnitRows(numbers: readonly number[], filter: Filter): Script<readonly UnitRow[]> {
  const asked = validNumbers(numbers);
  if (asked.length === 0 || matchesNobody(filter.speakers)) return [];
  const { from, where, values } = filteredRows('units', filter);
  const sql = `SELECT ${COLUMNS} FROM ${from} AS units WHERE ${where} AND {number in ?${values.length + 1}}`;
  const rows = yield* all(sql, ...values, asked);
  if (filter.speakers === undefined) return rows.map(toUnit);
  const theirs = yield* speakersAmong(rows, filter.speakers);
  return rows.filter(({ speaker }) => theirs.has(speaker)).map(toUnit);
}

/** Returns those speakers of units that pass a filter. */
function* speakersAmong(units: readonly Row[], { rows, keys }: SpeakerFilter): Script<ReadonlySet<unknown>> {
  const speaking = units.flatMap(({ speaker }) => toOptionalNumber(speaker) ?? []);
  const known = yield* all(
    'SELECT number, keys FROM {speakers} WHERE {here} AND {number in ?1}',
    validNumbers(speaking),
  );
  const asked = new Set(keys);
  const theirs = known.filter(row => toKeys(row.keys).some(key => asked.has(key)));
  return new Set([...rows, ...theirs].map(({ number }) => number));
}

/** Returns the newest units with attributed words: the newest article first, each in reading order. */
export function* readNewestQuotes(filter: Filter, limit: number): Script<readonly UnitRow[]> {
  if (matchesNobody(filter.speakers)) return [];
  const { from, where, values } = filteredRows('units', filter);
  const quotes = `SELECT ${COLUMNS} FROM ${from} AS units WHERE ${where} AND attribution IS NOT NULL`;
  const read = function* (): Script<readonly Row[]> {
    if (filter.speakers !== undefined) {
      const { rows, keys } = filter.speakers;
      const newest = yield* newestSpeaking(keys, filter, limit);
      const speakers = validNumbers([...rows.map(({ number }) => number), ...newest]);
      const [theirs, most] = [`{speaker in ?${values.length + 1}}`, `?${values.length + 2}`];
      // PostgreSQL might otherwise look for their units among the newest of all.
      const sql = `WITH theirs AS MATERIALIZED (${quotes} AND ${theirs})
        SELECT * FROM theirs ORDER BY number DESC LIMIT ${most}`;
      return yield* all(sql, ...values, speakers, limit);
    }
    if (allowsAllArticles(filter)) return yield* all(`${quotes} ORDER BY number DESC LIMIT ?1`, limit);
    const found: Row[] = [];
    for (const articles of piecesOf(yield* newestArticles(filter), ARTICLES_AT_ONCE)) {
      found.push(...(yield* allForEach(articles, `${quotes} AND ${ofArticle('number')}`, ...values)));
      if (found.length >= limit) break;
    }
    return found;
  };
  const inOrder = (one: UnitRow, other: UnitRow) =>
    articleOf(other.number) - articleOf(one.number) || one.number - other.number;
  const newest = [...(yield* read())].sort((one, other) => Number(other.number) - Number(one.number)).slice(0, limit);
  return newest.map(toUnit).sort(inOrder);
}

function toUnit({ number, article, paragraph, attribution, starts, ends, words }: Row): UnitRow {
  return {
    number: Number(number),
    article: decodeText(article),
    paragraph: Number(paragraph),
    attribution: toOptionalNumber(attribution),
    span: { start: Number(starts), end: Number(ends) },
    terms: unpackNumbers(words),
  };
}
