import { toOptionalText } from '../columns.ts';
import { newestArticles } from '../filter.ts';
import { type Filter, matchesNobody, NO_FILTER, type TermQuery } from '../library-index.ts';
import { rangeOf, unpackNumbers } from '../numbers.ts';
import { all, allByPlace, first, pick, type Row, type Script, together } from '../script.ts';
import { filterTokensOf, MAX_ALTERNATIVES, pairsOf, pairTokensOf } from '../tokens.ts';

/** A query for the full-text index, and whether its results need no further check. */
interface UnitQuery {
  /** In FTS5's query language, with quoted numbers and tokens only. */
  readonly match: string;
  readonly isSure: boolean;
}

type Groups = readonly (readonly number[])[];

/** Returns `undefined` if no unit can match. */
function unitQueryOf(asked: TermQuery, tokens: readonly (readonly string[])[]): UnitQuery | undefined {
  // Anything but a term's number would be read as something else.
  const all = asked.all.map(group => group.filter(term => Number.isSafeInteger(term) && term > 0));
  if (all.length === 0 || [...all, ...tokens].some(group => group.length === 0)) return undefined;
  const { words, isSure } = asked.phrase ? phraseOf(all) : { words: all.map(anyOf), isSure: true };
  return { match: [...tokens.map(anyOf), ...words].join(' AND '), isSure };
}

/** True if a unit's words match. */
function matches(words: Uint32Array, { all, phrase }: TermQuery): boolean {
  if (!phrase) return all.every(group => group.some(term => words.includes(term)));
  return words.some((_, at) => all.every((group, more) => group.includes(words[at + more] ?? -1)));
}

function anyOf(choices: readonly (string | number)[]): string {
  return `(${choices.map(choice => `"${choice}"`).join(' OR ')})`;
}

/**
 * For consecutive common words in a phrase, finds units with those pairs and the phrase's other words, which are then
 * checked: FTS5 itself would read every position of each word.
 */
function phraseOf(all: Groups): { words: readonly string[]; isSure: boolean } {
  const pairs = all.slice(1).map((group, at) => pairsOf(all[at] ?? [], group));
  if (pairs.every(pair => pair === undefined)) return wholePhraseOf(all);
  const others = all.filter((_, at) => pairs[at - 1] === undefined && pairs[at] === undefined);
  const known = pairs.filter(pair => pair !== undefined);
  return { words: [...known, ...others].map(anyOf), isSure: all.length === 2 };
}

/** FTS5 has no alternatives in a phrase, so each combination is a phrase; too many are checked afterwards. */
function wholePhraseOf(all: Groups): { words: readonly string[]; isSure: boolean } {
  const isOfFew = all.reduce((product, group) => product * group.length, 1) <= MAX_ALTERNATIVES;
  if (!isOfFew) return { words: all.map(anyOf), isSure: false };
  let begun: readonly string[] = [''];
  for (const group of all) {
    begun = begun.flatMap(phrase => group.map(term => (phrase === '' ? `${term}` : `${phrase} ${term}`)));
  }
  return { words: [anyOf(begun)], isSure: true };
}

interface UnitTokens {
  readonly number: number;
  readonly words: Iterable<number>;
  /** Without those of the words. */
  readonly tokens: readonly string[];
}

/** Returns what the full-text index contains for a unit. */
function contentOf({ words, tokens }: UnitTokens): string {
  return [...words, ...pairTokensOf(words), ...tokens].join(' ');
}

/** Adds units to the full-text index. */
export function* addTokens(units: readonly UnitTokens[]): Script<void> {
  const sql = 'INSERT INTO unit_words (rowid, words) VALUES (?1, ?2)';
  yield* together(...units.map(unit => [sql, unit.number, contentOf(unit)] as const));
}

/**
 * Removing a unit from a full-text index of 100,000 units without a trace takes 4 ms; rebuilding the index takes some
 * hundredths of a millisecond for each remaining unit.
 */
const FEW_UNITS = 400;
const TIMES_SOONER = 100;

/** Removes units from the full-text index without a trace. They must still be counted. */
export function* dropTokens(units: readonly UnitTokens[]): Script<void> {
  const inAll = Number((yield* first('SELECT units FROM totals'))?.units);
  const areMany = units.length >= FEW_UNITS && units.length * TIMES_SOONER > inAll;
  if (areMany) yield* all("INSERT INTO unit_words (unit_words, rank) VALUES ('secure-delete', 0)");
  const sql = "INSERT INTO unit_words (unit_words, rowid, words) VALUES ('delete', ?1, ?2)";
  yield* together(...units.map(unit => [sql, unit.number, contentOf(unit)] as const));
  if (!areMany) return;
  // Rebuilds the index without them, which leaves no trace either.
  yield* all("INSERT INTO unit_words (unit_words) VALUES ('optimize')");
  yield* all("INSERT INTO unit_words (unit_words, rank) VALUES ('secure-delete', 1)");
}

/** See `matchUnits` in `index-queries.ts`. */
export function* matchUnits(asked: TermQuery, filter: Filter, limit: number): Script<readonly number[]> {
  const article = filter.article === undefined ? undefined : (yield* newestArticles(filter))[0];
  if (matchesNobody(filter.speakers) || (article === undefined && filter.article !== undefined)) return [];
  // An article that passes the filter needs no other tokens.
  const others = article === undefined ? filter : { ...NO_FILTER, speakers: filter.speakers };
  const query = unitQueryOf(asked, filterTokensOf(others, yield* daysOfArticles(others)));
  if (query === undefined) return [];
  const range = article === undefined ? [0, Number.MAX_SAFE_INTEGER] : rangeOf(article);
  const found = `unit_words MATCH ?1 AND unit_words.rowid BETWEEN CAST(?2 AS integer) AND CAST(?3 AS integer)
    ORDER BY unit_words.rowid DESC`;
  if (query.isSure) {
    const sql = `SELECT rowid FROM unit_words WHERE ${found} LIMIT ?4`;
    return (yield* allByPlace(sql, query.match, ...range, limit)).map(row => Number(row[0]));
  }
  const sql = `SELECT number, units.words FROM unit_words CROSS JOIN units ON number = unit_words.rowid WHERE ${found}`;
  const accepts = (row: Row) => matches(unpackNumbers(row[1]), asked);
  return (yield* pick(limit, accepts, sql, query.match, ...range)).map(row => Number(row[0]));
}

/** Returns the days of the oldest and the newest article, if a filter by day needs them. */
function* daysOfArticles({ after, before }: Filter): Script<readonly [earliest: string, latest: string] | undefined> {
  if (after === undefined && before === undefined) return undefined;
  // Two queries: SQLite looks up a minimum or a maximum, but scans for both at once.
  const [least, greatest] = ['min', 'max'].map(
    end => `SELECT ${end}(published) FROM articles WHERE published IS NOT NULL`,
  );
  const row = yield* first(`SELECT (${least}) AS first, (${greatest}) AS last`);
  const [earliest, latest] = [toOptionalText(row?.first ?? null), toOptionalText(row?.last ?? null)];
  return earliest === undefined || latest === undefined ? undefined : [earliest, latest];
}
