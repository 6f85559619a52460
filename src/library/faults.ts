/** A library cannot be read or written just now. The message is a sentence for the person who asked; the cause is for the log. */
export class CannotKeep extends Error {}

const full =
  'There is no room left where the library is kept, so nothing was changed. Whoever runs the bot must make room; then try again.';
const refused =
  'The place where the library is kept cannot be read or written, so nothing was changed. Whoever runs the bot must look at the disk; then try again.';
const damaged =
  'The file of this library is damaged; it was left as it is. Whoever runs the bot can put a backup in its place, or the library can be erased and begun again.';
const taken = 'Another program holds this library just now, so nothing was changed. Try again when it is done.';

/** By SQLite's primary result codes (https://sqlite.org/rescode.html). */
const bySqlite: Readonly<Record<number, string>> = {
  3: refused,
  5: taken,
  6: taken,
  8: refused,
  10: refused,
  11: damaged,
  13: full,
  14: refused,
  26: damaged,
};

const bySystem: Readonly<Record<string, string>> = {
  EACCES: refused,
  EDQUOT: full,
  EEXIST: refused,
  EIO: refused,
  EMFILE: refused,
  ENOSPC: full,
  ENOTDIR: refused,
  EPERM: refused,
  EROFS: refused,
};

/** What is stored is not what was stored: no word of it may be quoted. */
export function damage(cause: unknown): CannotKeep {
  return new CannotKeep(damaged, { cause });
}

/** Does what touches the disk; an outage comes out as CannotKeep, a bug as it is. */
export function onDisk<Result>(touch: () => Result): Result {
  try {
    return touch();
  } catch (error) {
    throw explain(error);
  }
}

/** The same for what takes its time. */
export async function onDiskLater<Result>(touch: () => Promise<Result>): Promise<Result> {
  try {
    return await touch();
  } catch (error) {
    throw explain(error);
  }
}

function explain(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof CannotKeep) return error;
  const [errcode, code]: readonly unknown[] = [Reflect.get(error, 'errcode'), Reflect.get(error, 'code')];
  // The low byte is the primary code; the rest tells which kind of it.
  const sentence = typeof errcode === 'number' ? bySqlite[errcode & 0xff] : bySystem[String(code)];
  return sentence === undefined ? error : new CannotKeep(sentence, { cause: error });
}
