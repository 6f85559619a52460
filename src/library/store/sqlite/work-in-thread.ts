/** A thread of `SqliteThreads`: changes, migrates and scans libraries, one task at a time. */
import { parentPort } from 'node:worker_threads';
import type { IndexedUnit } from '../../../indexing/index-article.ts';
import { StorageError } from '../errors.ts';
import { SqliteChanges, withUnits } from './changes.ts';
import { SqliteConnection } from './connection.ts';
import { migrateFile } from './schema.ts';
import type { Answer, Message, Thrown } from './threads.ts';
import { SqliteVectors } from './vectors.ts';

let units: IndexedUnit[] = [];

function withConnection<Result>(path: string, work: (connection: SqliteConnection) => Result): Result {
  const connection = new SqliteConnection(path);
  try {
    return work(connection);
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
  if (message.kind === 'nearest') {
    const { path, model, question, count, filter } = message;
    const find = (connection: SqliteConnection) =>
      new SqliteVectors(connection).nearest(model, question, count, filter);
    return { kind: 'found', found: withConnection(path, find) };
  }
  const change = withUnits(message.change, units);
  units = [];
  const changed = withConnection(message.path, connection => new SqliteChanges(connection).make(change));
  return { kind: 'changed', changed };
}

parentPort?.on('message', (message: Message) => {
  if (message.kind === 'units') {
    units.push(...message.units);
    return;
  }
  parentPort?.postMessage(answer(() => carryOut(message)));
});
