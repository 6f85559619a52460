import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { onDisk } from './faults.ts';
import { Register } from './register.ts';
import { answer, eraseFile } from './sqlite-connection.ts';
import { SqliteStore } from './sqlite-store.ts';
import { SqliteThreads } from './sqlite-threads.ts';
import type { List, NewRow, Place, Store } from './store.ts';

const file = /^(?<name>(?:server|person)-\d+)\.sqlite$/v;

/** The file of a library. */
export function fileOf(folder: string, name: string): string {
  return join(folder, `${name}.sqlite`);
}

/** The libraries whose files these are. */
export function namesIn(entries: readonly string[]): readonly string[] {
  return entries.flatMap(entry => file.exec(entry)?.groups?.name ?? []);
}

/** A folder with a SQLite file for each library. Throws CannotKeep where another process has it. */
export class SqlitePlace implements Place {
  readonly #folder: string;
  readonly #register: Register;
  readonly #threads = new SqliteThreads();

  constructor(folder: string) {
    this.#folder = folder;
    this.#register = new Register(folder);
  }

  has(name: string): Promise<boolean> {
    return answer(() => existsSync(this.#pathOf(name)));
  }

  names(): Promise<readonly string[]> {
    return answer(() => namesIn(onDisk(() => readdirSync(this.#folder))));
  }

  async open(name: string, seeds: () => Promise<readonly NewRow[]>): Promise<Store> {
    const path = this.#pathOf(name);
    return new SqliteStore(path, existsSync(path) ? [] : await seeds(), this.#threads);
  }

  erase(name: string): Promise<void> {
    return answer(() => eraseFile(this.#pathOf(name)));
  }

  note(list: List, name: string, moment: number): Promise<void> {
    return answer(() => this.#register.note(list, name, moment));
  }

  strike(list: List, name: string): Promise<void> {
    return answer(() => this.#register.strike(list, name));
  }

  due(list: List, now: number, isMine = (_name: string) => true): Promise<readonly string[]> {
    return answer(() => this.#register.due(list, now, isMine));
  }

  async close(): Promise<void> {
    await this.#threads.close();
    this.#register.close();
  }

  #pathOf(name: string): string {
    return fileOf(this.#folder, name);
  }
}
