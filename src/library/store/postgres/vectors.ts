import { DIMENSIONS } from '../../../answering/networks/model.ts';
import { filteredRows } from '../filter.ts';
import { allowsAllArticles, type Filter } from '../library-index.ts';
import { numberIn, rangeOf } from '../numbers.ts';
import { all, type Script, type Value } from '../script.ts';
import { MOST_COMPARED, type NearParagraph, nearestOf, questionSigns, signsOf } from '../vectors.ts';

/** Replaces an article's signs; `vectors` are empty if scans are to leave it out. */
export function* setSigns(article: number, vectors: Int8Array): Script<void> {
  yield* all('DELETE FROM verbatim.signs WHERE library = $1 AND number BETWEEN $2 AND $3', ...rangeOf(article));
  const signs = Array.from({ length: vectors.length / DIMENSIONS }, (_, at) =>
    bitsOf(signsOf(vectors.subarray(at * DIMENSIONS, (at + 1) * DIMENSIONS))),
  );
  if (signs.length === 0) return;
  const sql = `INSERT INTO verbatim.signs SELECT $1, $2 + place - 1, signs::bit(${DIMENSIONS})
    FROM unnest($3::text[]) WITH ORDINALITY AS given (signs, place)`;
  yield* all(sql, numberIn(article, 0), signs);
}

/** Returns signs as PostgreSQL reads bits. */
function bitsOf(signs: Uint8Array): string {
  return `x${Buffer.from(signs).toString('hex')}`;
}

/** Counting some signs more than others takes twice as long, so that is done only for those that differ least. */
const MOST_WEIGHED = 10 * MOST_COMPARED;
/**
 * The first paragraphs of one article in so many show how much these differ: sorting all paragraphs takes as long as
 * reading them.
 */
const [SAMPLED_ARTICLES, SAMPLED_PARAGRAPHS] = [100, 16];

/** Counts differing signs in the database: fetching them would take three times as long, and this process's time. */
export function* findNearest(
  model: string,
  question: Int8Array,
  count: number,
  filter: Filter,
): Script<readonly NearParagraph[]> {
  const { where, values } = filteredRows('articles', filter);
  const { signs, counted } = questionSigns(question);
  const bound: Value[] = [...values];
  const bind = (value: Value) => `?${bound.push(value)}`;
  // Without casts, which would be made again for each row.
  const differing = `signs # ${bind(bitsOf(signs))}`;
  const weighed = counted.map(bits => `bit_count((${differing}) & ${bind(bitsOf(bits))})`).join(' + ');
  const differences = `bit_count(${differing})`;
  const scan = `SELECT number, signs, ${differences} AS differences FROM verbatim.signs WHERE library = $1`;
  const scanOf = (articles: string, limit = '') => `SELECT each.* FROM (${articles}) AS chosen
    CROSS JOIN LATERAL (${scan} AND number BETWEEN article << 20 AND ((article + 1) << 20) - 1 ${limit}) AS each`;
  const some = `SELECT generate_series(1, article, ${SAMPLED_ARTICLES}) AS article FROM verbatim.libraries WHERE library = $1`;
  // In a big library, about twice as many pass; in a small one, all do.
  const most = `coalesce((SELECT differences FROM (${scanOf(some, `LIMIT ${SAMPLED_PARAGRAPHS}`)}) AS sample
    ORDER BY differences LIMIT 1 OFFSET ${(2 * MOST_WEIGHED) / SAMPLED_ARTICLES}), ${DIMENSIONS})`;
  const found = allowsAllArticles(filter)
    ? `${scan} AND ${differences} <= ${most}`
    : scanOf(`SELECT number AS article FROM verbatim.articles WHERE ${where} AND removed_at IS NULL`);
  const rows = yield* all(
    `WITH scanned AS MATERIALIZED (${found} ORDER BY differences LIMIT ${MOST_WEIGHED}),
        found AS MATERIALIZED (SELECT number FROM scanned ORDER BY ${weighed} LIMIT ${MOST_COMPARED})
      SELECT found.number, id, substring(vectors FROM
          ((found.number & ${numberIn(1, 0) - 1}) * ${DIMENSIONS} + 1)::integer FOR ${DIMENSIONS}) AS vector
        FROM found JOIN verbatim.articles ON library = $1 AND articles.number = found.number >> 20
        WHERE encoded_by = ${bind(model)} AND removed_at IS NULL`,
    ...bound,
  );
  return nearestOf(question, rows, count);
}
