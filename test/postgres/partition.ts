import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

const sql = readFileSync(join(import.meta.dirname, '../../deploy/partition.sql'), 'utf8');

/** Runs `deploy/partition.sql` on a database, as whoever runs the bot does. Returns what it reports. */
export async function partitionTables(url: string, partitions: number): Promise<readonly string[]> {
  const reported: string[] = [];
  const client = new pg.Client(url);
  client.on('notice', ({ message = '' }) => reported.push(message));
  await client.connect();
  try {
    await client.query(`SET verbatim.partitions = ${partitions}`);
    await client.query(sql);
  } finally {
    await client.end();
  }
  return reported;
}
