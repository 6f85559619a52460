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
const readOnly = message('keeping.read-only');

/** By SQLite's primary result code (https://sqlite.org/rescode.html). */
const bySqlite: Readonly<Record<number, Message>> = {
  3: refused,
  5: taken,
  6: taken,
  8: readOnly,
  10: refused,
  11: damaged,
  13: full,
  14: refused,
  26: damaged,
};

const access = 'This user needs read and write access to it.';
const space = 'Free up space on its disk.';

const bySystem: Readonly<Record<string, { readonly problem: Message; readonly advice: string }>> = {
  EACCES: { problem: refused, advice: access },
  EDQUOT: { problem: full, advice: space },
  EEXIST: { problem: refused, advice: 'Something else has this name.' },
  EIO: { problem: refused, advice: 'Check the disk.' },
  EISDIR: { problem: refused, advice: 'It must be a file.' },
  EMFILE: { problem: refused, advice: 'The system must allow more open files.' },
  ENOSPC: { problem: full, advice: space },
  ENOTDIR: { problem: refused, advice: 'It must be a folder.' },
  EPERM: { problem: refused, advice: access },
  EROFS: { problem: readOnly, advice: 'It is read-only.' },
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

/** Like `withStorageErrors`, for a path that whoever runs the bot has configured: the error names it. */
export function withErrorsAt<Result>(path: string, touch: () => Result): Result {
  try {
    return touch();
  } catch (error) {
    const code = String(error instanceof Error ? Reflect.get(error, 'code') : undefined);
    const advice = bySystem[code]?.advice;
    throw advice === undefined
      ? error
      : new StorageError(`${path} can't be used (${code}). ${advice}`, { cause: error });
  }
}

function explain(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StorageError) return error;
  const [errcode, code]: readonly unknown[] = [Reflect.get(error, 'errcode'), Reflect.get(error, 'code')];
  // The low byte is the primary code.
  const sentence = typeof errcode === 'number' ? bySqlite[errcode & 0xff] : bySystem[String(code)]?.problem;
  return sentence === undefined ? error : new StorageError(sentence, { cause: error });
}
