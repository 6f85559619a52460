import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { vi } from 'vitest';

/** A process that adds articles (adding-process.ts). */
export interface Adding {
  /** Its output so far, line by line. */
  readonly told: readonly string[];
  /** Resolves once it has printed this many lines, or has ended. */
  tells(lines: number): Promise<void>;
  kill(): Promise<void>;
  ended(): Promise<void>;
}

/** Resolves once the library in this file has this many articles. */
export async function holds(file: string, articles: number): Promise<void> {
  await vi.waitUntil(() => existsSync(file) && articlesIn(file) >= articles, { timeout: 60_000, interval: 20 });
}

function articlesIn(file: string): number {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return Number(database.prepare('SELECT count(*) AS count FROM articles').get()?.count);
  } catch {
    // The table isn't there yet.
    return 0;
  } finally {
    database.close();
  }
}

/** Starts it. `limit`: the maximum file size in blocks of 512 bytes. `more`: further arguments. */
export function startAdding(folder: string, first: number, limit?: number, more: readonly string[] = []): Adding {
  const child = spawn('/bin/sh', [
    '-c',
    `${limit === undefined ? '' : `ulimit -f ${limit};`} exec "$0" "$@"`,
    ...command(folder, first),
    ...more,
  ]);
  child.stderr.pipe(process.stderr);
  return follow(child, child.stdout);
}

function command(folder: string, first: number): readonly string[] {
  return [process.execPath, join(import.meta.dirname, 'adding-process.ts'), folder, String(first)];
}

/** Follows the output of a process. */
export function follow(child: ChildProcess, output: NodeJS.ReadableStream): Adding {
  const told: string[] = [];
  const lines = createInterface({ input: output });
  lines.on('line', line => told.push(line));
  const ended = Promise.all([once(child, 'exit'), once(lines, 'close')]).then(() => undefined);
  return {
    told,
    ended: () => ended,
    async tells(count) {
      while (told.length < count) {
        const line = once(lines, 'line').then(() => false);
        if (await Promise.race([line, ended.then(() => true)])) return;
      }
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
