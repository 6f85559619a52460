/** A thread of `SqliteThreads`: migrates libraries and runs long scripts, one at a time. */
import { parentPort } from 'node:worker_threads';
import type { IndexedUnit } from '../../../indexing/index-article.ts';
import { putArticle, removeArticle, restoreArticle, updateDerived } from '../changes.ts';
import { StorageError } from '../errors.ts';
import { findNearest } from '../index-queries.ts';
import type { Script } from '../script.ts';
import { SqliteConnection } from './connection.ts';
import { migrateFile } from './schema.ts';
import { isDerivation, type ThreadAnswer, type ThreadMessage, type Thrown } from './threads.ts';

/** A message with the values of its script, which are checked where it is called. */
type Received =
  | Exclude<ThreadMessage, { values: unknown }>
  | (Extract<ThreadMessage, { values: unknown }> & { values: never[] });

const LONG_SCRIPTS: readonly { readonly longName: string; (...values: never[]): Script<unknown> }[] = [
  putArticle,
  removeArticle,
  restoreArticle,
  updateDerived,
  findNearest,
];

let units: IndexedUnit[] = [];

function answer(work: () => unknown): ThreadAnswer {
  try {
    const result = work();
    return { kind: 'done', json: JSON.stringify(result === undefined ? [] : [result]) };
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

function carryOut(message: Exclude<Received, { kind: 'units' }>): unknown {
  if (message.kind === 'migrate') return migrateFile(message.path);
  const { kind, path, name, values } = message;
  const script = LONG_SCRIPTS.find(({ longName }) => longName === name);
  if (script === undefined) throw new TypeError(`No long script is called ${name}.`);
  const given: readonly unknown[] = values;
  for (const value of given) if (isDerivation(value)) Object.assign(value.indexed, { units });
  units = [];
  using connection = new SqliteConnection(path);
  const run = () => connection.run(script(...values));
  return kind === 'reading' ? run() : connection.transaction(run);
}

parentPort?.on('message', (message: Received) => {
  if (message.kind === 'units') {
    units.push(...message.units);
    return;
  }
  parentPort?.postMessage(answer(() => carryOut(message)));
});
