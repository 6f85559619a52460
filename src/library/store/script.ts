/** A text that is stored as JSON, as articles' ids are. */
interface JsonText {
  readonly json: string;
}

type Item = string | number | null | JsonText;
export type Value = Item | readonly Item[];

/**
 * A statement in the SQL that both databases understand, with `?1`, `?2` … for its values. The rest is translated:
 * `{name}` is a table or a column of this library, `{here}` the condition that a row is the library's, and
 * `{column in ?1}` is true for the items of a list.
 */
export interface Statement {
  readonly sql: string;
  readonly values: readonly Value[];
}

export type Row = Readonly<Record<string, unknown>>;

/** Statements and what to make of their rows. Runs synchronously on SQLite, asynchronously on PostgreSQL. */
export type Script<Result> = Generator<Statement, Result, readonly Row[]>;

/** Runs a script in a store. */
export type Run = <Result>(script: Script<Result>) => Promise<Result>;

/** Runs one statement and returns its rows. */
export function* all(sql: string, ...values: readonly Value[]): Script<readonly Row[]> {
  return yield { sql, values };
}

/** Runs one statement and returns its first row. */
export function* first(sql: string, ...values: readonly Value[]): Script<Row | undefined> {
  return (yield { sql, values })[0];
}

/** How a database writes what a `Statement` leaves open. */
export interface Dialect {
  name(name: string): string;
  value(nth: number): string;
  among(column: string, value: string): string;
  text(text: string): string;
}

const blank = /\{(?:(?<column>\w+) in \?(?<list>\d+)|(?<name>\w+))\}|\?(?<value>\d+)/gv;

/** Translates statements, each text once. */
export function translator({ name, value, among, text }: Dialect): {
  sqlOf(statement: Statement): string;
  valuesOf(statement: Statement): readonly (string | number | null | readonly (string | number | null)[])[];
} {
  const translated = new Map<string, string>();
  const translate = (sql: string) =>
    sql.replaceAll(blank, (...match) => {
      const groups: Readonly<Record<string, string | undefined>> = match.at(-1);
      if (groups.column !== undefined) return among(groups.column, value(Number(groups.list)));
      return groups.name === undefined ? value(Number(groups.value)) : name(groups.name);
    });
  const encode = (item: Item) => (typeof item === 'object' && item !== null ? text(item.json) : item);
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
