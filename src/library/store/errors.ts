import { format, type Message, message } from '../../wording/say.ts';

/** A library cannot be read or written just now. Its message is English, for the log and the terminal, as is its cause. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  /** A text in place of a message is a sentence for whoever runs the bot, and nobody else's: a folder, an address. */
  readonly problem: Message | string;

  constructor(problem: Message | string, options?: ErrorOptions) {
    super(typeof problem === 'string' ? problem : format(problem, 'en'), options);
    this.problem = problem;
  }

  /** A sentence for the person who asked. */
  get told(): Message {
    return typeof this.problem === 'string' ? message('answering.broken') : this.problem;
  }
}

const full = message('keeping.no-room');
const refused = message('keeping.refused');
const damaged = message('keeping.damaged');
const taken = message('keeping.taken');

/** By SQLite's primary result codes (https://sqlite.org/rescode.html). */
const bySqlite: Readonly<Record<number, Message>> = {
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

const bySystem: Readonly<Record<string, Message>> = {
  EACCES: refused,
  EDQUOT: full,
  EEXIST: refused,
  EIO: refused,
  EISDIR: refused,
  EMFILE: refused,
  ENOSPC: full,
  ENOTDIR: refused,
  EPERM: refused,
  EROFS: refused,
};

export function isDiskFull({ problem }: StorageError): boolean {
  return problem === full;
}

/** What is stored is not what was stored: no word of it may be quoted. */
export function damageError(cause: unknown): StorageError {
  return new StorageError(damaged, { cause });
}

/** Does what touches the disk; an outage comes out as StorageError, a bug as it is. */
export function withStorageErrors<Result>(touch: () => Result): Result {
  try {
    return touch();
  } catch (error) {
    throw explain(error);
  }
}

/** The same for what takes its time. */
export async function withStorageErrorsAsync<Result>(touch: () => Promise<Result>): Promise<Result> {
  try {
    return await touch();
  } catch (error) {
    throw explain(error);
  }
}

const advice: Readonly<Record<string, string>> = {
  EACCES: 'whoever starts this must be allowed to read and write there',
  EEXIST: 'there is something else of this name',
  EDQUOT: 'make room there',
  EISDIR: 'a file is expected',
  ENOSPC: 'make room there',
  ENOTDIR: 'a folder is expected',
  EPERM: 'whoever starts this must be allowed to read and write there',
  EROFS: 'it can only be read',
};

/** The same for a place that whoever runs the bot has named, so that the sentence names it, too. */
export function withErrorsAt<Result>(path: string, touch: () => Result): Result {
  try {
    return touch();
  } catch (error) {
    const code = String(error instanceof Error ? Reflect.get(error, 'code') : undefined);
    const sentence = Object.hasOwn(bySystem, code) ? (advice[code] ?? 'look at the disk') : undefined;
    throw sentence === undefined
      ? error
      : new StorageError(`${path} cannot be used (${code}): ${sentence}.`, { cause: error });
  }
}

function explain(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StorageError) return error;
  const [errcode, code]: readonly unknown[] = [Reflect.get(error, 'errcode'), Reflect.get(error, 'code')];
  // The low byte is the primary code; the rest tells which kind of it.
  const sentence = typeof errcode === 'number' ? bySqlite[errcode & 0xff] : bySystem[String(code)];
  return sentence === undefined ? error : new StorageError(sentence, { cause: error });
}
