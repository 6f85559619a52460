import { setImmediate } from 'node:timers/promises';
import { encodeText } from './columns.ts';

/** A text that is stored as JSON, as articles' ids are. */
interface JsonText {
  readonly json: string;
}

/** Returns texts as they are stored, for the list of a statement. */
export function jsonTexts(texts: readonly string[]): readonly JsonText[] {
  return texts.map(json => ({ json }));
}

type Item = string | number | boolean | null | Uint8Array | JsonText;
export type Value = Item | readonly Item[];

/**
 * A statement in the SQL that both databases understand, with `?1`, `?2` … for its values. The rest is translated:
 * `{name}` is a table or a column of this library, `{here}` the condition that a row is the library's, and
 * `{column in ?1}` is true for the items of a list. `{?1 as name (column type, …)}` is a table of the rows that
 * `encodeRows` encodes. A statement for one database can use that database's own notation: in PostgreSQL's, `$1` is the
 * library and its values begin with `$2`.
 */
export interface SqlStatement {
  readonly sql: string;
  readonly values: readonly Value[];
  /** In SQLite, the columns of rows have numbers instead of names, which takes half the time for thousands of rows. */
  readonly isByPlace?: boolean;
  /** In SQLite, only rows that `accepts` returns true for are returned, and no more than `limit` of them. */
  readonly accepts?: (row: Row) => boolean;
  readonly limit?: number;
}

export type Row = Readonly<Record<string, unknown>>;
type Rows = readonly Row[];

/**
 * Statements and code that reads their rows. Yields statements to run together, and is given the rows of each. Runs
 * synchronously on SQLite, asynchronously on PostgreSQL.
 */
export type Script<Result> = Generator<readonly SqlStatement[], Result, readonly Rows[]>;

/** Runs a script in a store. It is run again if the connection is lost. */
export type Run = <Values extends readonly unknown[], Result>(
  script: RunnableScript<Values, Result>,
  ...values: Values
) => Promise<Result>;

export type RunnableScript<Values extends readonly unknown[], Result> = ((...values: Values) => Script<Result>) &
  Partial<Pick<LongScript<Values, Result>, 'longName' | 'isLong'>>;

/** A script that may take so long on SQLite that a thread runs it. Threads know it by its name. */
export interface LongScript<Values extends readonly unknown[], Result> {
  (...values: Values): Script<Result>;
  readonly longName: string;
  readonly isLong: (...values: Values) => Script<boolean>;
}

/** Marks a script as one that may be long: it is if `isLong`, run before it, returns true. */
export function long<Values extends readonly unknown[], Result>(
  longName: string,
  script: (...values: Values) => Script<Result>,
  isLong: (...values: Values) => Script<boolean>,
): LongScript<Values, Result> {
  return Object.assign(script, { longName, isLong });
}

/** Runs one statement and returns its rows. */
export function* all(sql: string, ...values: readonly Value[]): Script<Rows> {
  return (yield [{ sql, values }])[0] ?? [];
}

/** Like `all`. In SQLite, the columns have numbers instead of names. */
export function* allByPlace(sql: string, ...values: readonly Value[]): Script<Rows> {
  return (yield [{ sql, values, isByPlace: true }])[0] ?? [];
}

/** Reads rows of SQLite, with numbered columns, until `limit` were accepted. Returns these. */
export function* pick(
  limit: number,
  accepts: (row: Row) => boolean,
  sql: string,
  ...values: readonly Value[]
): Script<Rows> {
  return (yield [{ sql, values, isByPlace: true, accepts, limit }])[0] ?? [];
}

/** Runs one statement and returns its first row. */
export function* first(sql: string, ...values: readonly Value[]): Script<Row | undefined> {
  return (yield* all(sql, ...values))[0];
}

/** Runs statements that don't depend on each other, and returns the rows of each. */
export function* together(
  ...statements: readonly (readonly [sql: string, ...values: Value[]])[]
): Script<readonly Rows[]> {
  return yield statements.map(([sql, ...values]) => ({ sql, values }));
}

/**
 * Runs a statement for each item of a list and returns all rows. In its SQL, `{each}` is the item and `{place}` its place
 * in the list, from 1. PostgreSQL runs them as one statement.
 */
export function* allForEach(
  items: readonly (string | number)[],
  sql: string,
  ...values: readonly Value[]
): Script<Rows> {
  if ((yield* place()).database === 'postgres') return yield* allInOne(items, sql, '', values);
  return (yield single(items, sql, values)).flat();
}

/**
 * Returns the first `limit` rows of a statement for each item of a list (`{each}`), those with the greatest numbers in
 * `columns` first. An index should have this order, since no more than `limit` rows are read for each item.
 */
export function* greatestForEach(
  items: readonly (string | number)[],
  columns: readonly string[],
  limit: number,
  sql: string,
  ...values: readonly Value[]
): Script<Rows> {
  const order = `ORDER BY ${columns.map(column => `${column} DESC`).join(', ')} LIMIT ?${values.length + 1}`;
  const ordered = `${sql} ${order}`;
  if ((yield* place()).database === 'postgres') return yield* allInOne(items, ordered, order, [...values, limit]);
  const difference = (one: Row, other: Row) => {
    const column = columns.find(each => one[each] !== other[each]) ?? '';
    return Number(other[column] ?? 0) - Number(one[column] ?? 0);
  };
  const greatest = (rows: Rows) => [...rows].sort(difference).slice(0, limit);
  // Few for each at first, and all of those items that may have more of the greatest.
  const few = Math.min(limit, Math.max(LEAST_READ, Math.ceil((2 * limit) / items.length)));
  const begun = yield single(items, ordered, [...values, few]);
  const least = greatest(begun.flat())[limit - 1];
  const isOpen = (rows: Rows = []) => {
    const last = rows[few - 1];
    return few < limit && last !== undefined && (least === undefined || difference(last, least) < 0);
  };
  const open = items.filter((_, at) => isOpen(begun[at]));
  const rest = yield single(open, ordered, [...values, limit]);
  return greatest([...begun.filter(rows => !isOpen(rows)), ...rest].flat());
}

/** How many rows are read at least of each item. */
const LEAST_READ = 4;

/** Returns SQLite's statements, one for each item. */
function single(items: readonly (string | number)[], sql: string, values: readonly Value[]): SqlStatement[] {
  const [each, nth] = [values.length + 1, values.length + 2];
  const text = sql.replaceAll('{each}', `?${each}`).replaceAll('{place}', `?${nth}`);
  const isPlaced = sql.includes('{place}');
  return items.map((item, at) => ({ sql: text, values: [...values, item, ...(isPlaced ? [at + 1] : [])] }));
}

/** PostgreSQL's statement for all items, each its own look-up (`OFFSET 0`). `order` is that of all rows together. */
function* allInOne(
  items: readonly (string | number)[],
  sql: string,
  order: string,
  values: readonly Value[],
): Script<Rows> {
  const [item] = items;
  if (item === undefined) return [];
  const type = typeof item === 'number' ? 'bigint' : 'text';
  const each = sql.replaceAll('{each}', 'asked.item').replaceAll('{place}', 'asked.place');
  return yield* all(
    `SELECT found.* FROM unnest(?${values.length + 1}::${type}[]) WITH ORDINALITY AS asked (item, place)
      CROSS JOIN LATERAL (${each} OFFSET 0) AS found ${order}`,
    ...[...values, items],
  );
}

/** Drains a generator. On PostgreSQL, other work is done whenever it yields. */
export function* inSteps<Result>(work: Generator<void, Result>): Script<Result> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    yield [];
  }
}

/** Inserts a row of this library. */
export function* insert(table: string, row: Readonly<Record<string, Value>>): Script<void> {
  const places = Object.keys(row).map((_, at) => `?${at + 1}`);
  const columns = Object.keys(row).join(', ');
  const sql = `INSERT INTO {${table}} ({library_column} ${columns}) VALUES ({library_value} ${places.join(', ')})`;
  yield* all(sql, ...Object.values(row));
}

/** A row to insert. */
export type NewRow = Readonly<Record<string, Value>>;

/** Encodes rows as the value of a table in a statement. */
export function encodeRows(rows: readonly NewRow[]): string {
  return JSON.stringify(rows);
}

/** Inserts rows of this library with the same columns. PostgreSQL takes them all in one statement. */
export function* insertAll(table: string, rows: readonly NewRow[]): Script<void> {
  const [row] = rows;
  if (row === undefined) return;
  const names = Object.keys(row);
  if ((yield* place()).database === 'sqlite') {
    const sql = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_, at) => `?${at + 1}`).join(', ')})`;
    yield rows.map(each => ({ sql, values: names.map(name => each[name] ?? null) }));
    return;
  }
  const columns = names.join(', ');
  yield* all(
    `INSERT INTO {${table}} (library, ${columns})
      SELECT $1, ${columns} FROM json_populate_recordset(NULL::{${table}}, ?1::json)`,
    encodeRows(
      rows.map(each => Object.fromEntries(Object.entries(each).map(([name, value]) => [name, toJson(value)]))),
    ),
  );
}

/** PostgreSQL reads bytes in JSON as hexadecimal digits. */
function toJson(value: Value): Value {
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  return typeof value === 'object' && value !== null && 'json' in value ? encodeText(value.json) : value;
}

/** What a script runs on. */
export interface Place {
  readonly database: 'sqlite' | 'postgres';
  /** The library's name; '' in SQLite, and for scripts on all libraries. */
  readonly library: string;
}

/** What a script yields to learn its `Place`. */
const ASK_PLACE = '{place}';

/** Returns what this script runs on. */
export function* place(): Script<Place> {
  const row = yield* first(ASK_PLACE);
  return { database: row?.database === 'postgres' ? 'postgres' : 'sqlite', library: String(row?.library) };
}

/** Makes a script of two, one for each database, where their SQL can't be the same. */
export function byDatabase<Values extends readonly unknown[], Result>(scripts: {
  readonly sqlite: (...values: Values) => Script<Result>;
  readonly postgres: (...values: Values) => Script<Result>;
}): (...values: Values) => Script<Result> {
  return function* either(...values) {
    const { database } = yield* place();
    return yield* scripts[database](...values);
  };
}

/** Runs a script to its end on SQLite, given how to run a statement. */
export function play<Result>(script: Script<Result>, run: (statement: SqlStatement) => Rows): Result {
  const here: Rows = [{ database: 'sqlite', library: '' }];
  let step = script.next();
  while (step.done !== true) {
    step = script.next(step.value.map(statement => (statement.sql === ASK_PLACE ? here : run(statement))));
  }
  return step.value;
}

/** Runs a script to its end on PostgreSQL, given the library and how to run a statement. */
export async function playAsync<Result>(
  script: Script<Result>,
  library: string,
  run: (statement: SqlStatement) => Promise<Rows>,
): Promise<Result> {
  const here: Rows = [{ database: 'postgres', library }];
  let step = script.next();
  while (step.done !== true) {
    if (step.value.length === 0) await setImmediate();
    step = script.next(
      await Promise.all(step.value.map(statement => (statement.sql === ASK_PLACE ? here : run(statement)))),
    );
  }
  return step.value;
}

/** How a database writes what a `SqlStatement` leaves open. */
export interface Dialect {
  name(name: string): string;
  value(nth: number): string;
  among(column: string, value: string): string;
  /** `columns` are names with PostgreSQL's types. */
  table(value: string, alias: string, columns: string): string;
  text(text: string): string;
}

type EncodedItem = Exclude<Item, JsonText>;
/** A value as a database takes it. */
export type EncodedValue = EncodedItem | readonly EncodedItem[];

const BLANK =
  /\{(?:(?<column>\w+) in \?(?<list>\d+)|\?(?<rows>\d+) as (?<alias>\w+) \((?<columns>[^\)]+)\)|(?<name>\w+))\}|\?(?<value>\d+)/gv;

/** Translates statements, each text once. */
export function translator({ name, value, among, table, text }: Dialect): {
  sqlOf(statement: SqlStatement): string;
  valuesOf(statement: SqlStatement): readonly EncodedValue[];
} {
  const translated = new Map<string, string>();
  const translate = (sql: string) =>
    sql.replaceAll(BLANK, (...match) => {
      const groups: Readonly<Record<string, string | undefined>> = match.at(-1);
      if (groups.rows !== undefined) return table(value(Number(groups.rows)), groups.alias ?? '', groups.columns ?? '');
      if (groups.column !== undefined) return among(groups.column, value(Number(groups.list)));
      return groups.name === undefined ? value(Number(groups.value)) : name(groups.name);
    });
  const encode = (item: Item): EncodedItem =>
    typeof item === 'object' && item !== null && 'json' in item ? text(item.json) : item;
  const isList = (given: Value): given is readonly Item[] => Array.isArray(given);
  return {
    sqlOf: ({ sql }) => {
      const known = translated.get(sql) ?? translate(sql);
      translated.set(sql, known);
      return known;
    },
    valuesOf: ({ values }) => values.map(given => (isList(given) ? given.map(encode) : encode(given))),
  };
}
