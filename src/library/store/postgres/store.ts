import { message } from '../../../wording/say.ts';
import { StorageError } from '../errors.ts';
import type { Run } from '../script.ts';
import type { Store } from '../store.ts';
import { type Database, runScript } from './connection.ts';

/** One library in a PostgreSQL database. Writers wait for each other, in all processes; readers don't wait. */
export class PostgresStore implements Store {
  readonly isExclusive = false;
  readonly #database: Database;
  readonly #library: string;
  #isClosed = false;

  constructor(database: Database, library: string) {
    this.#database = database;
    this.#library = library;
  }

  read: Run = (script, ...values) => runScript(this.#database.read, this.#library, script(...values));

  write: Run = (script, ...values) => {
    if (this.#isClosed) throw new StorageError(message('keeping.closed'));
    return this.#database.transaction(`library ${this.#library}`, async query => {
      const sql = 'SELECT 1 AS one FROM verbatim.libraries WHERE library = $1';
      const [library] = await query(sql, this.#library);
      if (library === undefined) throw new StorageError(message('keeping.erased-unchanged'));
      return await runScript(query, this.#library, script(...values));
    });
  };

  /** The rows are gone at once; autovacuum frees their pages later. */
  erase = this.write;

  close(): Promise<void> {
    this.#isClosed = true;
    return Promise.resolve();
  }
}
