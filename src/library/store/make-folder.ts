import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StorageError } from './errors.ts';

/**
 * Creates a folder with its parents, for this user alone, unless it's there. Throws `StorageError` if the system can't
 * create it there, and its own error otherwise. Node's recursive `mkdirSync` never ends where a folder that exists takes
 * no others, such as `/proc`.
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder) && statSync(folder).isDirectory()) return;
  const parent = dirname(folder);
  if (!existsSync(parent)) makeFolder(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    // Another process may have been faster.
    if (code === 'EEXIST' && statSync(folder).isDirectory()) return;
    if (code !== 'ENOENT') throw error;
    throw new StorageError(`${folder} can't be created (${code}). Choose another place for it.`, { cause: error });
  }
}
