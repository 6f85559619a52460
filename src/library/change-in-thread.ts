/** A thread of `SqliteThreads`: makes changes of libraries, one at a time, and answers with what came of each. */
import { parentPort } from 'node:worker_threads';
import type { IndexedUnit } from '../indexing/index-article.ts';
import { CannotKeep } from './faults.ts';
import { type Change, type Changed, SqliteChanges, withUnits } from './sqlite-changes.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import type { Answer, Message } from './sqlite-threads.ts';

let units: IndexedUnit[] = [];

function make(path: string, change: Change): Changed {
  const connection = new SqliteConnection(path);
  try {
    return new SqliteChanges(connection).make(change);
  } finally {
    connection.close();
  }
}

function answer(path: string, change: Change): Answer {
  try {
    return { kind: 'changed', changed: make(path, change) };
  } catch (error) {
    if (error instanceof CannotKeep) return { kind: 'refused', sentence: error.message, cause: String(error.cause) };
    return { kind: 'failed', error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', (message: Message) => {
  if (message.kind === 'units') {
    units.push(...message.units);
    return;
  }
  const change = withUnits(message.change, units);
  units = [];
  parentPort?.postMessage(answer(message.path, change));
});
