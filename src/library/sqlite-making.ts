import { existsSync, renameSync, statSync } from 'node:fs';
import { damage, onDisk } from './faults.ts';
import { migrate } from './migrate.ts';
import { eraseFile, SqliteConnection } from './sqlite-connection.ts';

/**
 * Opens a library's file and brings it up to date; where there is none, makes one of what `fill` puts in. It has its name only when all is
 * in it, so one that is there and empty has lost what it held, as files do when the power goes: that is damage, and nothing of it is touched.
 */
export function openOrMake(path: string, fill: (connection: SqliteConnection) => void): SqliteConnection {
  const isThere = onDisk(() => existsSync(path));
  if (isThere && onDisk(() => statSync(path).size) === 0) throw damage(new Error('The file is empty.'));
  if (!isThere) make(path, fill);
  return opened(path, () => {
    throw damage(new Error('The file holds nothing.'));
  });
}

function make(path: string, fill: (connection: SqliteConnection) => void): void {
  const unfinished = `${path}.new`;
  // Of one that was stopped over it.
  eraseFile(unfinished);
  try {
    const connection = opened(unfinished, fill);
    try {
      // Its log has another name than the file will have. Where there is no room, this says so; closing would not.
      connection.execute('PRAGMA wal_checkpoint(TRUNCATE)');
    } finally {
      connection.close();
    }
    onDisk(() => renameSync(unfinished, path));
  } catch (error) {
    eraseFile(unfinished);
    throw error;
  }
}

/** `fill` is called where nothing was in the file. */
function opened(path: string, fill: (connection: SqliteConnection) => void): SqliteConnection {
  const connection = new SqliteConnection(path);
  try {
    migrate(connection, () => fill(connection));
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}
