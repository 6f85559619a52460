import { format, type Message, message } from '../../wording/say.ts';

/**
 * A library can't be read or written at the moment. Its text and cause are in English, for the log and the terminal.
 */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  /** A string is only for the operator, since it names a folder or an address. */
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

/** No restart helps: the operator has to change something. */
export class UnusableStore extends StorageError {}

const FULL = message('keeping.no-room');
const REFUSED = message('keeping.refused');
const DAMAGED = message('keeping.damaged');
const TAKEN = message('keeping.taken');
const READ_ONLY = message('keeping.read-only');

/** By SQLite's primary result code (https://sqlite.org/rescode.html). */
const BY_SQLITE: Readonly<Record<number, Message>> = {
  3: REFUSED,
  5: TAKEN,
  6: TAKEN,
  8: READ_ONLY,
  10: REFUSED,
  11: DAMAGED,
  13: FULL,
  14: REFUSED,
  26: DAMAGED,
};

const ACCESS = 'This user needs read and write access to it.';
const SPACE = 'Free up space on its disk.';

const BY_SYSTEM: Readonly<Record<string, { readonly problem: Message; readonly advice: string }>> = {
  EACCES: { problem: REFUSED, advice: ACCESS },
  EDQUOT: { problem: FULL, advice: SPACE },
  EEXIST: { problem: REFUSED, advice: 'Something else has this name.' },
  EIO: { problem: REFUSED, advice: 'Check the disk.' },
  EISDIR: { problem: REFUSED, advice: 'It must be a file.' },
  EMFILE: { problem: REFUSED, advice: 'The system must allow more open files.' },
  ENOSPC: { problem: FULL, advice: SPACE },
  ENOTDIR: { problem: REFUSED, advice: 'It must be a folder.' },
  EPERM: { problem: REFUSED, advice: ACCESS },
  EROFS: { problem: READ_ONLY, advice: 'It is read-only.' },
};

export function isDiskFull({ problem }: StorageError): boolean {
  return problem === FULL;
}

export function isDamage({ problem }: StorageError): boolean {
  return problem === DAMAGED;
}

/** Stored data has changed, so none of it may be quoted. */
export function damageError(cause: unknown): StorageError {
  return new StorageError(DAMAGED, { cause });
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

/** Like `withStorageErrors`, for a path that the operator has configured: the error names it. */
export function withErrorsAt<Result>(path: string, touch: () => Result): Result {
  try {
    return touch();
  } catch (error) {
    const code = String(error instanceof Error ? Reflect.get(error, 'code') : undefined);
    const advice = BY_SYSTEM[code]?.advice;
    throw advice === undefined
      ? error
      : new StorageError(`${path} can't be used (${code}). ${advice}`, { cause: error });
  }
}

function explain(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StorageError) return error;
  const [errcode, code]: readonly unknown[] = [Reflect.get(error, 'errcode'), Reflect.get(error, 'code')];
  // The low byte is the primary code.
  const sentence = typeof errcode === 'number' ? BY_SQLITE[errcode & 0xff] : BY_SYSTEM[String(code)]?.problem;
  return sentence === undefined ? error : new StorageError(sentence, { cause: error });
}
