import { format, type Message, message } from '../../wording/say.ts';

/**
 * A library can't be read or written at the moment. Its text and cause are in English, for the log and the terminal.
 */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  /** A string is only for whoever runs the bot, since it names a folder or an address. */
  readonly problem: Message | string;

  constructor(problem: Message | string, options?: ErrorOptions) {
    super(typeof problem === 'string' ? problem : format(problem, 'en'), options);
    this.problem = problem;
  }

  /** The message for the user. */
  get userMessage(): Message {
    return typeof this.problem === 'string' ? message('answering.broken') : this.problem;
  }
}

const full = message('keeping.no-room');
const refused = message('keeping.refused');
const damaged = message('keeping.damaged');
const taken = message('keeping.taken');

/** By SQLite's primary result code (https://sqlite.org/rescode.html). */
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

/** Stored data has changed, so none of it may be quoted. */
export function damageError(cause: unknown): StorageError {
  return new StorageError(damaged, { cause });
}

/** Runs `touch`. I/O errors become `StorageError`; anything else propagates. */
export function withStorageErrors<Result>(touch: () => Result): Result {
  try {
    return touch();
  } catch (error) {
    throw explain(error);
  }
}

/** Like `withStorageErrors`, for promises. */
export async function withStorageErrorsAsync<Result>(touch: () => Promise<Result>): Promise<Result> {
  try {
    return await touch();
  } catch (error) {
    throw explain(error);
  }
}

const advice: Readonly<Record<string, string>> = {
  EACCES: 'This user needs read and write access to it.',
  EEXIST: 'Something else has this name.',
  EDQUOT: 'Free up space on its disk.',
  EISDIR: 'It must be a file.',
  ENOSPC: 'Free up space on its disk.',
  ENOTDIR: 'It must be a folder.',
  EPERM: 'This user needs read and write access to it.',
  EROFS: 'It is read-only.',
};

/** Like `withStorageErrors`, for a path that whoever runs the bot has configured: the error names it. */
export function withErrorsAt<Result>(path: string, touch: () => Result): Result {
  try {
    return touch();
  } catch (error) {
    const code = String(error instanceof Error ? Reflect.get(error, 'code') : undefined);
    const sentence = Object.hasOwn(bySystem, code) ? (advice[code] ?? 'Check the disk.') : undefined;
    throw sentence === undefined
      ? error
      : new StorageError(`${path} can't be used (${code}). ${sentence}`, { cause: error });
  }
}

function explain(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StorageError) return error;
  const [errcode, code]: readonly unknown[] = [Reflect.get(error, 'errcode'), Reflect.get(error, 'code')];
  // The low byte is the primary code.
  const sentence = typeof errcode === 'number' ? bySqlite[errcode & 0xff] : bySystem[String(code)];
  return sentence === undefined ? error : new StorageError(sentence, { cause: error });
}
