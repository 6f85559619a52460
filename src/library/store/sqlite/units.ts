import { decodeText, toOptionalNumber } from '../columns.ts';
import { digestOf } from '../keys.ts';
import {
  allowsAllArticles,
  type Filter,
  matchesNobody,
  type SpeakerFilter,
  type TermQuery,
  type UnitRow,
} from '../library-index.ts';
import { articleOf, rangeOf, unpackNumbers } from '../numbers.ts';
import { newestSpeaking } from '../people.ts';
import { all, allByPlace, first, pick, type Row, type Script, together } from '../script.ts';
import { toKeys } from '../speakers.ts';
import { areCommon, isSearchByWordsFaster, type MatchCounts, marksOf, pairToken, tokensOf } from '../tokens.ts';
import { type ArticleFilter, articleFilterOf, articlesIn, conditionsOf, tokenGroups } from './filter.ts';

/** Returns a predicate on `units.speaker` and `speakers.keys` that is fast for any number of speakers. */
function speakerPredicate(speakers: SpeakerFilter | undefined): (number: unknown, keys: unknown) => boolean {
  if (speakers === undefined) return () => true;
  const numbers = new Set<unknown>(speakers.rows.map(({ number }) => number));
  const keys = new Set(speakers.keys);
  /** A person's keys are nearly always stored as the same string. */
  const known = new Map<unknown, boolean>();
  return (number, listed) => {
    if (typeof number !== 'number' || typeof listed !== 'string') return false;
    const isKnown = known.get(listed) ?? toKeys(listed).some(key => keys.has(key));
    known.set(listed, isKnown);
    return isKnown || numbers.has(number);
  };
}

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

const COLUMNS = 'units.number, articles.id, paragraph, attribution, starts, ends, words, speaker, keys FROM';
const [SPEAKER_COLUMN, KEYS_COLUMN] = [7, 8];
const SPEAKER_OF_UNIT = 'LEFT JOIN speakers ON speakers.number = units.speaker';
const ARTICLE_OF_UNIT = 'CROSS JOIN articles ON articles.number = units.number >> 20';

interface UnitTokens {
  readonly number: number;
  readonly words: Iterable<number>;
}

/** Adds units to the full-text index. */
export function* addTokens(
  units: readonly UnitTokens[],
  outlet: string | undefined,
  day: string | undefined,
): Script<void> {
  const marks = marksOf(outlet, day);
  const sql = 'INSERT INTO unit_words (rowid, words) VALUES (?1, ?2)';
  yield* together(...units.map(({ number, words }) => [sql, number, tokensOf(words, marks)] as const));
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
  const areMany = units.length >= FEW_UNITS && units.length * TIMES_SOONER > (yield* countUnits());
  if (areMany) yield* all("INSERT INTO unit_words (unit_words, rank) VALUES ('secure-delete', 0)");
  const sql = "INSERT INTO unit_words (unit_words, rowid, words) VALUES ('delete', ?1, ?2)";
  yield* together(...units.map(({ number, words }) => [sql, number, tokensOf(words, marks)] as const));
  if (!areMany) return;
  // Rebuilds the index without them, which leaves no trace either.
  yield* all("INSERT INTO unit_words (unit_words) VALUES ('optimize')");
  yield* all("INSERT INTO unit_words (unit_words, rank) VALUES ('secure-delete', 1)");
}

/** Returns the number of units. */
export function* countUnits(): Script<number> {
  return Number((yield* first('SELECT units FROM totals'))?.units ?? 0);
}

/** See `matchUnits` in `library-index.ts`. */
export function* matchUnits(asked: TermQuery, filter: Filter, limit: number): Script<readonly number[]> {
  const articleFilter = yield* articleFilterOf(filter);
  const tokens = articleFilter === undefined ? undefined : yield* tokenGroups(articleFilter);
  const query = tokens === undefined ? undefined : unitQueryOf(asked, tokens);
  const { speakers } = filter;
  if (articleFilter === undefined || query === undefined || matchesNobody(speakers)) return [];
  if (articleFilter.article !== undefined) return yield* inArticle(articleFilter.article, asked, limit, speakers);
  if (speakers === undefined) return yield* byWords(asked, query, limit);
  return isSearchByWordsFaster(yield* count(asked, speakers), limit)
    ? yield* byWordsAndSpeakers(speakers, asked, query, limit)
    : yield* bySpeakers(speakers, asked, articleFilter, limit);
}

/** Returns those that exist and pass the filter. */
export function* readUnitRows(numbers: readonly number[], filter: Filter): Script<readonly UnitRow[]> {
  const articleFilter = yield* articleFilterOf(filter);
  if (articleFilter === undefined || matchesNobody(filter.speakers)) return [];
  const { sql, values } = conditionsOf(articleFilter);
  const found = yield* allByPlace(
    `SELECT ${COLUMNS} json_each(?) AS asked CROSS JOIN units ON units.number = asked.value ${ARTICLE_OF_UNIT}${sql} ${SPEAKER_OF_UNIT}`,
    ...[numbers, ...values],
  );
  const isTheirs = speakerPredicate(filter.speakers);
  return found.filter(row => isTheirs(row[SPEAKER_COLUMN], row[KEYS_COLUMN])).map(toUnit);
}

export function* readNewestQuotes(filter: Filter, limit: number): Script<readonly UnitRow[]> {
  const articleFilter = yield* articleFilterOf(filter);
  if (articleFilter === undefined) return [];
  if (matchesNobody(filter.speakers)) return [];
  if (filter.speakers !== undefined) return yield* newestQuotesBy(filter.speakers, filter, articleFilter, limit);
  const newest = allowsAllArticles(articleFilter)
    ? yield* newestQuotedArticles(limit)
    : (yield* articlesIn(articleFilter)).articles;
  return yield* newestQuotesIn(newest, limit);
}

/** Uses the full-text index. */
function* byWords(asked: TermQuery, query: UnitQuery, limit: number): Script<number[]> {
  const from = query.isSure ? '' : ', units.words';
  const sql = `SELECT unit_words.rowid${from} FROM unit_words
    ${query.isSure ? '' : 'CROSS JOIN units ON units.number = unit_words.rowid'} WHERE unit_words MATCH ?
    ORDER BY unit_words.rowid DESC`;
  const rows = query.isSure
    ? yield* allByPlace(`${sql} LIMIT ?`, query.match, limit)
    : yield* pick(limit, row => isMatch(row, asked), sql, query.match);
  return rows.map(toNumber);
}

/** Uses the full-text index and checks the speakers. */
function* byWordsAndSpeakers(
  speakers: SpeakerFilter,
  asked: TermQuery,
  { match, isSure }: UnitQuery,
  limit: number,
): Script<number[]> {
  const sql = `SELECT unit_words.rowid, units.words, speaker, keys FROM unit_words
    CROSS JOIN units ON units.number = unit_words.rowid CROSS JOIN speakers ON speakers.number = units.speaker
    WHERE unit_words MATCH ? ORDER BY unit_words.rowid DESC`;
  const isTheirs = speakerPredicate(speakers);
  const accepts = (row: Row) => isTheirs(row[2], row[3]) && (isSure || isMatch(row, asked));
  return (yield* pick(limit, accepts, sql, match)).map(toNumber);
}

/** Searches one article. */
function* inArticle(
  article: number,
  asked: TermQuery,
  limit: number,
  speakers: SpeakerFilter | undefined,
): Script<number[]> {
  const sql = `SELECT units.number, words, speaker, keys FROM units ${SPEAKER_OF_UNIT} WHERE units.number BETWEEN ? AND ?
    ORDER BY units.number DESC`;
  const isTheirs = speakerPredicate(speakers);
  const accepts = (row: Row) => isTheirs(row[2], row[3]) && isMatch(row, asked);
  return (yield* pick(limit, accepts, sql, ...rangeOf(article))).map(toNumber);
}

/** Searches everything that some speakers said. */
function* bySpeakers(
  { rows, keys }: SpeakerFilter,
  asked: TermQuery,
  articleFilter: ArticleFilter,
  limit: number,
): Script<number[]> {
  const { sql, values } = conditionsOf(articleFilter);
  const within = allowsAllArticles(articleFilter) ? '' : `${ARTICLE_OF_UNIT}${sql}`;
  // Without a limit, SQLite ignores the order of a subquery. A person may have several of the keys.
  const theirs = `SELECT value AS speaker FROM json_each(?) UNION SELECT speaker FROM json_each(?) AS asked
    CROSS JOIN keys ON keys.key = asked.value AND keys.said > 0 ORDER BY speaker DESC LIMIT -1`;
  const said = `SELECT units.number, units.words FROM (${theirs}) AS theirs
    CROSS JOIN units ON units.speaker = theirs.speaker ${within}`;
  const accepts = (row: Row) => isMatch(row, asked);
  const numbers = rows.map(({ number }) => number);
  return (yield* pick(limit, accepts, said, numbers, keys.map(digestOf), ...values)).map(toNumber);
}

function* count({ all: groups }: TermQuery, { rows, keys }: SpeakerFilter): Script<MatchCounts> {
  const holders = 'SELECT total(in_text) AS count FROM terms WHERE number IN (SELECT value FROM json_each(?))';
  const ofPeople = 'SELECT total(said) AS count FROM people WHERE key IN (SELECT value FROM json_each(?))';
  const ofSpeakers = 'SELECT total(said) AS count FROM speakers WHERE number IN (SELECT value FROM json_each(?))';
  const counts = yield* together(
    [ofPeople, keys.map(digestOf)],
    [ofSpeakers, rows.map(({ number }) => number)],
    ...groups.map(group => [holders, group] as const),
  );
  const [people = 0, speakers = 0, ...held] = counts.map(([row]) => Number(row?.count));
  return { all: yield* countUnits(), held, said: people + speakers };
}

function* newestQuotesBy(
  { rows, keys }: SpeakerFilter,
  filter: Filter,
  articleFilter: ArticleFilter,
  limit: number,
): Script<readonly UnitRow[]> {
  const { sql, values } = conditionsOf(articleFilter);
  const theirs = new Set([...rows.map(({ number }) => number), ...(yield* newestSpeaking(keys, filter, limit))]);
  const found = yield* allByPlace(
    `SELECT ${COLUMNS} (SELECT units.number AS chosen FROM json_each(?) AS asked CROSS JOIN units ON units.speaker = asked.value
        ${ARTICLE_OF_UNIT}${sql} WHERE units.attribution IS NOT NULL ORDER BY units.number DESC LIMIT ?)
      CROSS JOIN units ON units.number = chosen ${ARTICLE_OF_UNIT} ${SPEAKER_OF_UNIT}`,
    ...[[...theirs], ...values, limit],
  );
  const inArticles = (one: UnitRow, other: UnitRow) =>
    articleOf(other.number) - articleOf(one.number) || one.number - other.number;
  return found.map(toUnit).sort(inArticles);
}

function* newestQuotesIn(articles: readonly number[], limit: number): Script<readonly UnitRow[]> {
  const sql = `SELECT ${COLUMNS} units ${ARTICLE_OF_UNIT} ${SPEAKER_OF_UNIT}
    WHERE units.number BETWEEN ? AND ? AND units.attribution IS NOT NULL ORDER BY units.number DESC LIMIT ?`;
  const found: UnitRow[] = [];
  for (const article of articles) {
    if (found.length >= limit) break;
    const newest = (yield* allByPlace(sql, ...rangeOf(article), limit - found.length)).map(toUnit);
    found.push(...newest.reverse());
  }
  return found;
}

/** The articles of the newest units with attributed words. */
function* newestQuotedArticles(limit: number): Script<readonly number[]> {
  const sql = 'SELECT number FROM units WHERE attribution IS NOT NULL ORDER BY number DESC LIMIT ?';
  return [...new Set((yield* allByPlace(sql, limit)).map(row => articleOf(toNumber(row))))];
}

/** True if a unit's words match, given a row of number and words. */
function isMatch(row: Row, asked: TermQuery): boolean {
  return matches(unpackNumbers(row[1]), asked);
}

function toNumber(row: Row): number {
  return Number(row[0]);
}

/** Reads a row of `COLUMNS`. */
function toUnit(row: Row): UnitRow {
  return {
    number: Number(row[0]),
    article: decodeText(row[1]),
    paragraph: Number(row[2]),
    attribution: toOptionalNumber(row[3]),
    span: { start: Number(row[4]), end: Number(row[5]) },
    terms: unpackNumbers(row[6]),
  };
}
