/** A thread of `SqliteThreads`: carries out changes and scans one at a time and answers with their results. */
import { parentPort } from 'node:worker_threads';
import type { IndexedUnit } from '../../../indexing/index-article.ts';
import { StorageError } from '../errors.ts';
import { SqliteChanges, withUnits } from './changes.ts';
import { SqliteConnection } from './connection.ts';
import type { Answer, Message, Thrown } from './threads.ts';
import { SqliteVectors } from './vectors.ts';

let units: IndexedUnit[] = [];

function answer(path: string, work: (connection: SqliteConnection) => Answer): Answer {
  try {
    const connection = new SqliteConnection(path);
    try {
      return work(connection);
    } finally {
      connection.close();
    }
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

parentPort?.on('message', (message: Message) => {
  if (message.kind === 'units') {
    units.push(...message.units);
    return;
  }
  if (message.kind === 'nearest') {
    const { path, model, question, count, filter } = message;
    const find = (connection: SqliteConnection): Answer => {
      const found = new SqliteVectors(connection).nearest(model, question, count, filter);
      return { kind: 'found', found };
    };
    parentPort?.postMessage(answer(path, find));
    return;
  }
  const change = withUnits(message.change, units);
  units = [];
  const make = (connection: SqliteConnection): Answer => {
    return { kind: 'changed', changed: new SqliteChanges(connection).make(change) };
  };
  parentPort?.postMessage(answer(message.path, make));
});
