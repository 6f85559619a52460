import { toOptionalText } from '../columns.ts';
import { newestArticles } from '../filter.ts';
import { digestOf } from '../keys.ts';
import { type Filter, matchesNobody, type TermQuery } from '../library-index.ts';
import { rangeOf, unpackNumbers } from '../numbers.ts';
import { all, allByPlace, first, pick, type Row, type Script, together } from '../script.ts';
import { areCommon, dayTokens, marksOf, outletToken, pairToken, speakerTokens, tokensOf } from '../tokens.ts';

/** FTS5 has no alternatives in a phrase, so each combination is a phrase; more than this are checked afterwards. */
const MAX_PHRASES = 64;

/** A query for the full-text index, and whether its results need no further check. */
interface UnitQuery {
  /** In FTS5's query language, with quoted numbers and tokens only. */
  readonly match: string;
  readonly isSure: boolean;
}

type Groups = readonly (readonly number[])[];

/** Returns `undefined` if no unit can match. */
function unitQueryOf(asked: TermQuery, marks: readonly (readonly string[])[]): UnitQuery | undefined {
  // Anything but a term's number would be read as something else.
  const all = asked.all.map(group => group.filter(term => Number.isSafeInteger(term) && term > 0));
  if (all.length === 0 || all.some(group => group.length === 0)) return undefined;
  const { words, isSure } = asked.phrase ? phraseOf(all) : { words: all.map(anyOf), isSure: true };
  return { match: [...marks.map(anyOf), ...words].join(' AND '), isSure };
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

/** The tokens of two consecutive words, if both can only be common ones. */
function pairsOf(before: readonly number[], group: readonly number[]): readonly string[] | undefined {
  const isOfFew = before.length * group.length <= MAX_PHRASES && areCommon([...before, ...group]);
  return isOfFew ? before.flatMap(one => group.map(other => pairToken(one, other))) : undefined;
}

function wholePhraseOf(all: Groups): { words: readonly string[]; isSure: boolean } {
  const isOfFew = all.reduce((product, group) => product * group.length, 1) <= MAX_PHRASES;
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
  /** What `speakerTokensOf` returns for its speaker. */
  readonly speaker: readonly string[];
}

/** Adds units to the full-text index. */
export function* addTokens(
  units: readonly UnitTokens[],
  outlet: string | undefined,
  day: string | undefined,
): Script<void> {
  const marks = marksOf(outlet, day);
  const sql = 'INSERT INTO unit_words (rowid, words) VALUES (?1, ?2)';
  yield* together(
    ...units.map(({ number, words, speaker }) => [sql, number, tokensOf(words, [...speaker, ...marks])] as const),
  );
}

/**
 * Removing a unit from a full-text index of 100,000 units without a trace takes 4 ms; rebuilding the index takes some
 * hundredths of a millisecond for each remaining unit.
 */
const FEW_UNITS = 400;
const TIMES_SOONER = 100;

/** Removes units from the full-text index without a trace. They must still be counted. */
export function* dropTokens(
  units: readonly UnitTokens[],
  outlet: string | undefined,
  day: string | undefined,
): Script<void> {
  const marks = marksOf(outlet, day);
  const inAll = Number((yield* first('SELECT units FROM totals'))?.units);
  const areMany = units.length >= FEW_UNITS && units.length * TIMES_SOONER > inAll;
  if (areMany) yield* all("INSERT INTO unit_words (unit_words, rank) VALUES ('secure-delete', 0)");
  const sql = "INSERT INTO unit_words (unit_words, rowid, words) VALUES ('delete', ?1, ?2)";
  yield* together(
    ...units.map(({ number, words, speaker }) => [sql, number, tokensOf(words, [...speaker, ...marks])] as const),
  );
  if (!areMany) return;
  // Rebuilds the index without them, which leaves no trace either.
  yield* all("INSERT INTO unit_words (unit_words) VALUES ('optimize')");
  yield* all("INSERT INTO unit_words (unit_words, rank) VALUES ('secure-delete', 1)");
}

/** See `matchUnits` in `index-queries.ts`. */
export function* matchUnits(asked: TermQuery, filter: Filter, limit: number): Script<readonly number[]> {
  const article = filter.article === undefined ? undefined : (yield* newestArticles(filter))[0];
  if (matchesNobody(filter.speakers) || (article === undefined && filter.article !== undefined)) return [];
  // An article that passes the filter needs no tokens.
  const marks = article === undefined ? yield* tokenGroups(filter) : [];
  const speakers = filter.speakers === undefined ? [] : [speakerTokens(filter.speakers)];
  const query = marks === undefined ? undefined : unitQueryOf(asked, [...marks, ...speakers]);
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

/** Groups of tokens of which a unit must have one each to pass a filter on articles; `undefined` if none can. */
function* tokenGroups({ outlet, after, before }: Filter): Script<readonly (readonly string[])[] | undefined> {
  const outlets = outlet === undefined ? [] : [[outletToken(digestOf(outlet))]];
  if (after === undefined && before === undefined) return outlets;
  // Two queries: SQLite looks up a minimum or a maximum, but scans for both at once.
  const [least, greatest] = ['min', 'max'].map(
    end => `SELECT ${end}(published) FROM articles WHERE published IS NOT NULL`,
  );
  const row = yield* first(`SELECT (${least}) AS first, (${greatest}) AS last`);
  const [earliest, latest] = [toOptionalText(row?.first ?? null), toOptionalText(row?.last ?? null)];
  if (earliest === undefined || latest === undefined) return undefined;
  const [from, until] = [after ?? earliest, before ?? latest];
  const days = dayTokens([from, earliest].sort()[1] ?? from, [until, latest].sort()[0] ?? until);
  return days.length === 0 ? undefined : [...outlets, days];
}
