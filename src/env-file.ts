import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';

export type EnvFile =
  | { readonly kind: 'none'; readonly path: string }
  | { readonly kind: 'read'; readonly path: string; readonly values: Readonly<Record<string, string>> }
  /** Each a sentence, in which nothing of the file stands: it may be the token. */
  | { readonly kind: 'problems'; readonly path: string; readonly problems: readonly string[] };

/** What can be read of a file of settings. A line of it that sets nothing is a problem: somebody meant something by it. */
export function readEnvFile(folder: string): EnvFile {
  const path = join(folder, '.env');
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return { kind: 'none', path };
  const bytes = bytesOf(path);
  if (typeof bytes === 'string') return { kind: 'problems', path, problems: [bytes] };
  const text = textOf(bytes);
  if (text === undefined) {
    return { kind: 'problems', path, problems: ['.env is not text in UTF-8: save it anew as that.'] };
  }
  const problems = text.split(/\r\n?|\n/v).flatMap((line, at) => (isUnderstood(line) ? [] : [sentenceOf(at + 1)]));
  return problems.length > 0 ? { kind: 'problems', path, problems } : { kind: 'read', path, values: parse(text) };
}

/** Or why they cannot be had. */
function bytesOf(path: string): Buffer | string {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = error instanceof Error ? String(Reflect.get(error, 'code')) : '';
    return code === 'EISDIR'
      ? '.env is a folder: it must be a file, or not there.'
      : `.env cannot be read (${code}): make it a file that this user can read.`;
  }
}

/** Windows writes UTF-16 where nobody thinks of it: half of its bytes are 0. */
function textOf(bytes: Buffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

function isUnderstood(line: string): boolean {
  return /^\s*(?:#.*)?$/v.test(line) || Object.keys(parse(line)).length > 0;
}

function sentenceOf(number: number): string {
  return `Line ${number} of .env sets nothing: it must be like NAME=value, or begin with #.`;
}
