/** A thread of `SqliteThreads`: makes changes of libraries, one at a time, and answers with what came of each. */
import { parentPort } from 'node:worker_threads';
import { CannotKeep } from './faults.ts';
import { type Changed, SqliteChanges } from './sqlite-changes.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import type { Answer, Order } from './sqlite-threads.ts';

function make({ path, change }: Order): Changed {
  const connection = new SqliteConnection(path);
  try {
    return new SqliteChanges(connection).make(change);
  } finally {
    connection.close();
  }
}

function answer(order: Order): Answer {
  try {
    return { kind: 'changed', changed: make(order) };
  } catch (error) {
    if (error instanceof CannotKeep) return { kind: 'refused', sentence: error.message, cause: String(error.cause) };
    return { kind: 'failed', error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', (order: Order) => parentPort?.postMessage(answer(order)));
