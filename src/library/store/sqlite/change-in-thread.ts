/** A thread of `SqliteThreads`: carries out changes one at a time and answers with their results. */
import { parentPort } from 'node:worker_threads';
import type { IndexedUnit } from '../../../indexing/index-article.ts';
import { StorageError } from '../errors.ts';
import { type Change, type Changed, SqliteChanges, withUnits } from './changes.ts';
import { SqliteConnection } from './connection.ts';
import { migrateFile } from './schema.ts';
import type { Answer, Message, Thrown } from './threads.ts';

let units: IndexedUnit[] = [];

function make(path: string, change: Change): Changed {
  const connection = new SqliteConnection(path);
  try {
    return new SqliteChanges(connection).make(change);
  } finally {
    connection.close();
  }
}

function answer(work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    return error instanceof StorageError
      ? { kind: 'refused', problem: error.problem, cause: thrown(error.cause) }
      : { kind: 'failed', error: thrown(error) };
  }
}

function thrown(error: unknown): Thrown {
  if (!(error instanceof Error))
    return { name: typeof error, message: '', stack: '', errcode: undefined, code: undefined };
  const [errcode, code]: readonly unknown[] = [Reflect.get(error, 'errcode'), Reflect.get(error, 'code')];
  return { name: error.name, message: error.message, stack: error.stack ?? '', errcode, code };
}

function carryOut(message: Exclude<Message, { kind: 'units' }>): Answer {
  if (message.kind === 'migrate') {
    migrateFile(message.path);
    return { kind: 'migrated' };
  }
  const change = withUnits(message.change, units);
  units = [];
  return { kind: 'changed', changed: make(message.path, change) };
}

parentPort?.on('message', (message: Message) => {
  if (message.kind === 'units') {
    units.push(...message.units);
    return;
  }
  parentPort?.postMessage(answer(() => carryOut(message)));
});
