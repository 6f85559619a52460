import { existsSync, readdirSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import type { Backing } from './backup.ts';
import { onDisk, onDiskLater } from './faults.ts';
import { readNoted } from './register.ts';
import { fileOf, namesIn } from './sqlite-place.ts';

/** In one step, which sees one moment: between steps, whatever the bot writes would begin the copy anew. */
const ALL_PAGES = 2 ** 31 - 1;

/**
 * A folder of libraries, which the bot may hold and change meanwhile: each file is copied by SQLite’s online backup. It is opened for
 * reading alone, since whoever closes a file last that they may write removes its log by name, and the bot may have
 * erased the library and begun another one under that name.
 */
export function backingOfFolder(folder: string): Backing {
  return {
    from: 'files',
    names: () => Promise.resolve(onDisk(() => (existsSync(folder) ? namesIn(readdirSync(folder)) : []))),
    leaving: () => Promise.resolve(readNoted(folder, 'leaving')),
    write: (name, path) => copyFile(fileOf(folder, name), path),
    close: () => Promise.resolve(),
  };
}

async function copyFile(from: string, to: string): Promise<boolean> {
  return await onDiskLater(async () => {
    if (!existsSync(from)) return false;
    const database = new DatabaseSync(from, { readOnly: true, timeout: 5000 });
    try {
      await backup(database, to, { rate: ALL_PAGES });
      return true;
    } finally {
      database.close();
    }
  });
}
