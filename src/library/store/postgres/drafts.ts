import type { DraftLimits, StoredDraft } from '../drafts.ts';
import type { Ask } from './connection.ts';
import { toColumn } from './values.ts';

/** The new one counts first, whatever the clock said before. */
const surplus = `SELECT id FROM (
    SELECT id, until,
      row_number() OVER (ORDER BY id = $2 DESC, until DESC, id) AS nth,
      row_number() OVER (PARTITION BY asker ORDER BY id = $2 DESC, until DESC, id) AS nth_of_asker,
      sum(octet_length(body)) OVER (ORDER BY id = $2 DESC, until DESC, id) AS bytes
    FROM verbatim.drafts WHERE library = $1) AS counted
  WHERE nth > 1 AND (until <= $3 OR nth_of_asker > $4 OR bytes > $5)`;

/** Holds a draft, as `Store.holdDraft` says. The caller has the library's turn to write. */
export async function holdDraft(
  ask: Ask,
  library: string,
  { id, asker, until, checksum, body }: StoredDraft,
  former: string | undefined,
  { now, perPerson, bytes }: DraftLimits,
): Promise<boolean> {
  if (former !== undefined && !(await dropDraft(ask, library, former))) return false;
  await ask(
    'INSERT INTO verbatim.drafts (library, id, asker, until, checksum, body) VALUES ($1, $2, $3, $4, $5, $6)',
    ...[library, id, asker, until, checksum, body],
  );
  await ask(
    `DELETE FROM verbatim.drafts WHERE library = $1 AND id IN (${surplus})`,
    ...[library, id, now, perPerson, bytes],
  );
  return true;
}

export async function findDraft(ask: Ask, library: string, id: string): Promise<StoredDraft | undefined> {
  const [row] = await ask<{ id: string; asker: string; until: number; checksum: string; body: string }>(
    'SELECT id, asker, until, checksum, body FROM verbatim.drafts WHERE library = $1 AND id = $2',
    ...[library, toColumn(id)],
  );
  return row;
}

/** Whether it was there. */
export async function dropDraft(ask: Ask, library: string, id: string): Promise<boolean> {
  const sql = 'DELETE FROM verbatim.drafts WHERE library = $1 AND id = $2 RETURNING id';
  return (await ask(sql, library, toColumn(id))).length > 0;
}

/** Deletes those that are over; when the first of the others will be. */
export async function purgeDrafts(ask: Ask, library: string, now: number): Promise<number | undefined> {
  await ask('DELETE FROM verbatim.drafts WHERE library = $1 AND until <= $2', library, now);
  const sql = 'SELECT min(until) AS first FROM verbatim.drafts WHERE library = $1';
  const [row] = await ask<{ first: number | null }>(sql, library);
  return row?.first ?? undefined;
}
