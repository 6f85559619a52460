import { dimensions } from '../../../meaning/model.ts';
import { decodeText } from '../columns.ts';
import type { Filter } from '../library-index.ts';
import { numberIn, placeOf, rangeOf } from '../numbers.ts';
import type { ArticleRef } from '../store.ts';
import { mostCompared, type NearParagraph, nearestOf, questionSigns, signsOf, toVectors } from '../vectors.ts';
import type { Query } from './connection.ts';
import { Conditions, ROOM_BITS } from './filter.ts';
import type { LibraryTransaction } from './transaction.ts';

/** Stores an article's vectors, unless it has changed. */
export async function saveVectors(
  transaction: LibraryTransaction,
  { number, revision }: ArticleRef,
  model: string,
  vectors: Int8Array,
): Promise<void> {
  const rows = await transaction.query(
    `UPDATE verbatim.articles SET encoded_by = $4, vectors = $5
      WHERE library = $1 AND number = $2 AND revision = $3 AND removed_at IS NULL RETURNING number`,
    ...[number, revision, model, Buffer.from(vectors.buffer, vectors.byteOffset, vectors.byteLength)],
  );
  if (rows.length > 0) await setSigns(transaction, number, vectors);
}

/** Makes scans find an article's vectors, if it has any. */
export async function settleVectors(transaction: LibraryTransaction, number: number): Promise<void> {
  const sql = 'SELECT vectors FROM verbatim.articles WHERE library = $1 AND number = $2';
  const [row] = await transaction.query<{ vectors: Buffer | null }>(sql, number);
  await setSigns(transaction, number, toVectors(row?.vectors) ?? new Int8Array());
}

/** Makes scans leave an article out. */
export async function dropSigns(transaction: LibraryTransaction, number: number): Promise<void> {
  const sql = 'DELETE FROM verbatim.signs WHERE library = $1 AND number BETWEEN $2 AND $3';
  await transaction.query(sql, ...rangeOf(number));
}

async function setSigns(transaction: LibraryTransaction, number: number, vectors: Int8Array): Promise<void> {
  await dropSigns(transaction, number);
  const signs = Array.from({ length: vectors.length / dimensions }, (_, at) =>
    bitsOf(signsOf(vectors.subarray(at * dimensions, (at + 1) * dimensions))),
  );
  if (signs.length === 0) return;
  const sql = `INSERT INTO verbatim.signs SELECT $1, $2 + place - 1, signs::bit(${dimensions})
    FROM unnest($3::text[]) WITH ORDINALITY AS given (signs, place)`;
  await transaction.query(sql, numberIn(number, 0), signs);
}

/** Returns signs as PostgreSQL reads bits. */
function bitsOf(signs: Uint8Array): string {
  return `x${Buffer.from(signs).toString('hex')}`;
}

/** Counting some signs more than others takes twice as long, so that is done only for those that differ least. */
const mostWeighed = 10 * mostCompared;

interface Asked {
  readonly model: string;
  readonly question: Int8Array;
  readonly count: number;
  readonly filter: Filter;
}

/** Counts differing signs in the database: fetching them would take three times as long, and this process's time. */
export async function nearest(
  read: Query,
  library: string,
  { model, question, count, filter }: Asked,
): Promise<readonly NearParagraph[]> {
  const conditions = new Conditions();
  const chosen = conditions.onArticles(filter, 'id');
  const { signs, counted } = questionSigns(question);
  // Without casts, which would be made again for each row.
  const differing = `signs # ${conditions.bind(bitsOf(signs))}`;
  const weighed = counted.map(bits => `bit_count((${differing}) & ${conditions.bind(bitsOf(bits))})`).join(' + ');
  const scan = (where: string) =>
    `SELECT number, signs, bit_count(${differing}) AS differences FROM verbatim.signs WHERE library = $1${where}`;
  const found =
    chosen.length === 0
      ? scan('')
      : `SELECT each.* FROM (SELECT number AS article FROM verbatim.articles
            WHERE library = $1 AND removed_at IS NULL AND ${chosen.join(' AND ')}) AS chosen
          CROSS JOIN LATERAL (${scan(` AND number BETWEEN article << ${ROOM_BITS} AND ((article + 1) << ${ROOM_BITS}) - 1`)}) AS each`;
  const rows = await read<{ number: number; id: string; vector: Buffer }>(
    `WITH scanned AS MATERIALIZED (${found} ORDER BY differences LIMIT ${mostWeighed}),
        found AS MATERIALIZED (SELECT number FROM scanned ORDER BY ${weighed} LIMIT ${mostCompared})
      SELECT found.number, id, substring(vectors FROM
          ((found.number & ${numberIn(1, 0) - 1}) * ${dimensions} + 1)::integer FOR ${dimensions}) AS vector
        FROM found JOIN verbatim.articles ON library = $1 AND articles.number = found.number >> ${ROOM_BITS}
        WHERE encoded_by = ${conditions.bind(model)} AND removed_at IS NULL`,
    library,
    ...conditions.values,
  );
  const compared = rows.map(({ number, id, vector }) => ({
    article: decodeText(id),
    paragraph: placeOf(number),
    vector,
  }));
  return nearestOf(question, compared, count);
}
