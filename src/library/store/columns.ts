import { damageError } from './errors.ts';

/** Encodes a text as JSON without its quotes: neither database's text can hold a lone surrogate or a NUL. */
export function encodeText(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Decodes a column of JSON text. SQLite's columns have its quotes, PostgreSQL's don't. */
export function decodeText(column: unknown): string {
  const json = toText(column);
  const text: string = JSON.parse(json.startsWith('"') ? json : `"${json}"`);
  return text;
}

/** Throws a `StorageError` if the column holds anything but text. */
export function toText(column: unknown): string {
  if (typeof column === 'string') return column;
  throw damageError(new TypeError('A column that must hold text holds something else.'));
}

export function toOptionalText(column: unknown): string | undefined {
  return column === null ? undefined : toText(column);
}

export function toOptionalNumber(column: unknown): number | undefined {
  return column === null ? undefined : Number(column);
}

/** Decodes a column with a list. SQLite has it as JSON, PostgreSQL as an array. */
export function toList(column: unknown): readonly unknown[] {
  return Array.isArray(column) ? column : JSON.parse(toText(column));
}
