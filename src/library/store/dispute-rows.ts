import * as z from 'zod/mini';
import type { Dispute } from '../../attribution/attribution.ts';
import { decodeText, toText } from './columns.ts';
import { orUndefined, parseJson } from './json.ts';
import { all, first, insert, jsonTexts, type Row, type Script } from './script.ts';

const ANCHOR_SHAPE = z.object({ start: z.int(), end: z.int(), digest: z.string() });
const BODY_SHAPE = z.object({
  digest: z.string(),
  took: orUndefined(ANCHOR_SHAPE),
  decision: orUndefined(z.object({ speaker: orUndefined(ANCHOR_SHAPE) })),
});

const COLUMNS = 'article, starts, ends, reporter, since, body';

/** A dispute, with the id of its article. */
export interface DisputeRow {
  readonly article: string;
  readonly dispute: Dispute;
}

function toRow({ article, starts, ends, reporter, since, body }: Row): DisputeRow[] {
  const told = parseJson(BODY_SHAPE, toText(body));
  if (told === undefined) return [];
  const { digest, ...decided } = told;
  const content = { start: Number(starts), end: Number(ends), digest };
  return [
    {
      article: decodeText(article),
      dispute: { content, reporter: toText(reporter), since: Number(since), ...decided },
    },
  ];
}

/** Returns the disputes of articles, oldest first. */
export function* readDisputes(articles: readonly string[]): Script<readonly DisputeRow[]> {
  const sql = `SELECT ${COLUMNS} FROM {disputes} WHERE {here} AND {article in ?1} ORDER BY since, starts`;
  return (yield* all(sql, jsonTexts(articles))).flatMap(toRow);
}

/** Returns all disputes, including those of removed articles. */
export function* readAllDisputes(): Script<readonly DisputeRow[]> {
  return (yield* all(`SELECT ${COLUMNS} FROM {disputes} WHERE {here} ORDER BY since, article, starts`)).flatMap(toRow);
}

const OPEN = `FROM {disputes} WHERE {here} AND open = 1
  AND article IN (SELECT id FROM {articles} WHERE {here} AND removed_at IS NULL)`;

/** Returns how many disputes nobody has decided. */
export function* countOpenDisputes(): Script<number> {
  return Number((yield* first(`SELECT count(*) AS disputes ${OPEN}`))?.disputes);
}

/** Returns disputes that nobody has decided, oldest first; `from` counts from 0. */
export function* readOpenDisputes(from: number, limit: number): Script<readonly DisputeRow[]> {
  const sql = `SELECT ${COLUMNS} ${OPEN} ORDER BY since, article, starts LIMIT ?1 OFFSET ?2`;
  return (yield* all(sql, limit, from)).flatMap(toRow);
}

/** Returns how often somebody has disputed something since then. */
export function* countDisputesBy(reporter: string, since: number): Script<number> {
  const sql = 'SELECT count(*) AS disputes FROM {disputes} WHERE {here} AND reporter = ?1 AND since > ?2';
  return Number((yield* first(sql, reporter, since))?.disputes);
}

function* insertDispute({ article, dispute }: DisputeRow): Script<void> {
  const { content, took, reporter, since, decision } = dispute;
  yield* insert('disputes', {
    ...{ article: { json: article }, starts: content.start, ends: content.end, reporter, since },
    ...{ open: decision === undefined ? 1 : 0, body: JSON.stringify({ digest: content.digest, took, decision }) },
  });
}

/** Replaces the disputes of an article. */
export function* replaceDisputes(article: string, disputes: readonly Dispute[]): Script<void> {
  yield* all('DELETE FROM {disputes} WHERE {here} AND article = ?1', { json: article });
  for (const dispute of disputes) yield* insertDispute({ article, dispute });
}

/** Replaces all disputes. */
export function* replaceAllDisputes(rows: readonly DisputeRow[]): Script<void> {
  yield* all('DELETE FROM {disputes} WHERE {here}');
  for (const row of rows) yield* insertDispute(row);
}

/** Deletes the disputes of articles that are gone. */
export function* purgeDisputes(): Script<void> {
  yield* all(`DELETE FROM {disputes} WHERE {here}
    AND NOT EXISTS (SELECT 1 FROM {articles} WHERE {here} AND id = disputes.article)`);
}
