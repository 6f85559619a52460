import type { Metadata } from '../../../news/article.ts';
import { decodeText, toText } from '../columns.ts';
import type { Filter, NamedArticle, NamedSpeaker, Outlet, Spelling } from '../library-index.ts';
import { isValidNumber } from '../numbers.ts';
import { all, type Row, type Script } from '../script.ts';
import { SPEAKER_COLUMNS, toSpeaker } from '../speakers.ts';
import { termsOfSpelling } from '../tokens.ts';
import { Conditions, withoutSpeakers } from './filter.ts';

/** Spellings read for the rarest term; fewer for the other terms, since a first name helps little. */
const MAX_SPELLINGS = 1_000;

export function* readSpellings(terms: readonly number[], limit: number): Script<readonly Spelling[]> {
  const asked = [...new Set(terms.filter(isValidNumber))];
  if (asked.length === 0) return [];
  const rows = yield* all(
    `WITH asked AS MATERIALIZED (SELECT number, in_names, row_number() OVER (ORDER BY in_names, term) AS place
        FROM verbatim.terms WHERE library = $1 AND number = ANY ($2::bigint[])),
      holding AS MATERIALIZED (SELECT DISTINCT form FROM asked CROSS JOIN LATERAL
        (SELECT form FROM verbatim.form_words WHERE library = $1 AND term = asked.number ORDER BY form DESC
          LIMIT ${MAX_SPELLINGS} / place) AS held),
      counted AS MATERIALIZED (SELECT number, spelling, said,
          (SELECT count(*) FROM unnest(words) AS word WHERE word = ANY ($2::bigint[])) AS held
        FROM holding JOIN verbatim.forms ON library = $1 AND number = form)
      SELECT number, spelling FROM counted ORDER BY held DESC, said DESC, number LIMIT $3`,
    ...[asked, limit],
  );
  return rows.map(toSpelling);
}

export function* readTopSpellings(limit: number): Script<readonly Spelling[]> {
  const sql = 'SELECT number, spelling FROM verbatim.forms WHERE library = $1 ORDER BY said DESC, number DESC LIMIT $2';
  return (yield* all(sql, limit)).map(toSpelling);
}

export function* findNamedSpeakers(
  forms: readonly number[],
  filter: Filter,
  limit: number,
): Script<readonly NamedSpeaker[]> {
  const asked = forms.filter(isValidNumber);
  if (asked.length === 0) return [];
  const conditions = new Conditions().addFilter(withoutSpeakers(filter));
  const placeholder = conditions.bind(limit);
  const rows = yield* all(
    `WITH found AS MATERIALIZED (SELECT each.* FROM unnest(${conditions.bind(asked)}::bigint[]) AS asked (form) CROSS JOIN LATERAL
        (SELECT form, speaker, weight, said AS often FROM verbatim.bearers WHERE ${conditions.all} AND form = asked.form
          ORDER BY said DESC, speaker DESC LIMIT ${placeholder}) AS each
        ORDER BY often DESC, speaker DESC LIMIT ${placeholder})
      SELECT ${SPEAKER_COLUMNS}, form, weight FROM found JOIN verbatim.speakers ON library = $1 AND number = speaker
        ORDER BY said DESC, number DESC`,
    ...conditions.values,
  );
  return rows.map(row => ({ ...toSpeaker(row), spelling: Number(row.form), weight: Number(row.weight) }));
}

export function* findNamedArticles(forms: readonly number[], limit: number): Script<readonly NamedArticle[]> {
  const asked = forms.filter(isValidNumber);
  if (asked.length === 0) return [];
  const rows = yield* all(
    `WITH found AS MATERIALIZED (SELECT each.* FROM unnest($2::bigint[]) AS asked (form) CROSS JOIN LATERAL
        (SELECT form, article, weight FROM verbatim.titles WHERE library = $1 AND form = asked.form
          ORDER BY article DESC LIMIT $3) AS each ORDER BY article DESC LIMIT $3)
      SELECT articles.id AS article, form, weight FROM found
        JOIN verbatim.articles ON library = $1 AND number = found.article ORDER BY number DESC`,
    ...[asked, limit],
  );
  return rows.map(({ article, form, weight }) => ({
    article: decodeText(article),
    spelling: Number(form),
    weight: Number(weight),
  }));
}

export function* readOutlets(limit: number): Script<readonly Outlet[]> {
  const rows = yield* all(
    `SELECT newest.masthead, folded, articles FROM
        (SELECT * FROM verbatim.outlets WHERE library = $1 ORDER BY articles DESC, folded LIMIT $2) AS outlets
      CROSS JOIN LATERAL (SELECT masthead FROM verbatim.articles WHERE library = $1 AND outlet = outlets.outlet
        AND removed_at IS NULL ORDER BY number DESC LIMIT 1) AS newest ORDER BY articles DESC, folded`,
    limit,
  );
  return rows.map(({ masthead, folded, articles }) => ({
    shown: outletIn(masthead),
    folded: decodeText(folded),
    articles: Number(articles),
  }));
}

function toSpelling({ number, spelling }: Row): Spelling {
  return { number: Number(number), terms: termsOfSpelling(decodeText(spelling)) };
}

function outletIn(masthead: unknown): string {
  const { outlet }: Metadata = JSON.parse(toText(masthead));
  return outlet ?? '';
}
