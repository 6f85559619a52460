import type { Masthead } from '../news/article.ts';
import type { Bearer, Entitled, NameForm, Outlet, Where } from './library-index.ts';
import type { Asked } from './postgres-connection.ts';
import { termsOfSpelling } from './postgres-forms.ts';
import { type SpeakerColumns, speakerColumns, toSpeaker } from './postgres-people.ts';
import { fromColumn, isNumber } from './postgres-values.ts';
import { Conditions, ofAnybody } from './postgres-where.ts';

/** Of the spellings that hold the rarest of some words so many are looked at, and fewer of the others: a first name is little help. */
const mostHolding = 1_000;

type FormColumns = { readonly number: number; readonly spelling: string };

/** Who and what is named in one library. */
export class PostgresNames {
  readonly #connection: Asked;
  readonly #library: string;

  constructor(connection: Asked, library: string) {
    this.#connection = connection;
    this.#library = library;
  }

  async forms(terms: readonly number[], most: number): Promise<readonly NameForm[]> {
    const asked = [...new Set(terms.filter(isNumber))];
    if (asked.length === 0) return [];
    const rows = await this.#connection.read<FormColumns>(
      `WITH asked AS MATERIALIZED (SELECT number, in_names, row_number() OVER (ORDER BY in_names, term) AS place
          FROM verbatim.terms WHERE library = $1 AND number = ANY ($2::bigint[])),
        holding AS MATERIALIZED (SELECT DISTINCT form FROM asked CROSS JOIN LATERAL
          (SELECT form FROM verbatim.form_words WHERE library = $1 AND term = asked.number ORDER BY form DESC
            LIMIT ${mostHolding} / place) AS held),
        counted AS MATERIALIZED (SELECT number, spelling, said,
            (SELECT count(*) FROM unnest(words) AS word WHERE word = ANY ($2::bigint[])) AS held
          FROM holding JOIN verbatim.forms ON library = $1 AND number = form)
        SELECT number, spelling FROM counted ORDER BY held DESC, said DESC, number LIMIT $3`,
      ...[this.#library, asked, most],
    );
    return rows.map(toForm);
  }

  async someForms(most: number): Promise<readonly NameForm[]> {
    const sql =
      'SELECT number, spelling FROM verbatim.forms WHERE library = $1 ORDER BY said DESC, number DESC LIMIT $2';
    return (await this.#connection.read<FormColumns>(sql, this.#library, most)).map(toForm);
  }

  async bearers(forms: readonly number[], where: Where, most: number): Promise<readonly Bearer[]> {
    const asked = forms.filter(isNumber);
    if (asked.length === 0) return [];
    const conditions = new Conditions().add('library = $', this.#library).within(ofAnybody(where));
    const limit = conditions.name(most);
    const rows = await this.#connection.read<SpeakerColumns & { form: number; weight: number }>(
      `WITH found AS MATERIALIZED (SELECT each.* FROM unnest(${conditions.name(asked)}::bigint[]) AS asked (form) CROSS JOIN LATERAL
          (SELECT form, speaker, weight, said AS often FROM verbatim.bearers WHERE ${conditions.all} AND form = asked.form
            ORDER BY said DESC, speaker DESC LIMIT ${limit}) AS each
          ORDER BY often DESC, speaker DESC LIMIT ${limit})
        SELECT ${speakerColumns}, form, weight FROM found JOIN verbatim.speakers ON library = $1 AND number = speaker
          ORDER BY said DESC, number DESC`,
      ...conditions.values,
    );
    return rows.map(({ form, weight, ...speaker }) => ({ ...toSpeaker(speaker), form, weight }));
  }

  async entitled(forms: readonly number[], most: number): Promise<readonly Entitled[]> {
    const asked = forms.filter(isNumber);
    if (asked.length === 0) return [];
    const rows = await this.#connection.read<{ article: string; form: number; weight: number }>(
      `WITH found AS MATERIALIZED (SELECT each.* FROM unnest($2::bigint[]) AS asked (form) CROSS JOIN LATERAL
          (SELECT form, article, weight FROM verbatim.titles WHERE library = $1 AND form = asked.form
            ORDER BY article DESC LIMIT $3) AS each ORDER BY article DESC LIMIT $3)
        SELECT articles.id AS article, form, weight FROM found
          JOIN verbatim.articles ON library = $1 AND number = found.article ORDER BY number DESC`,
      ...[this.#library, asked, most],
    );
    return rows.map(row => ({ ...row, article: fromColumn(row.article) }));
  }

  async outlets(most: number): Promise<readonly Outlet[]> {
    const rows = await this.#connection.read<{ masthead: string; folded: string; articles: number }>(
      `SELECT newest.masthead, folded, articles FROM
          (SELECT * FROM verbatim.outlets WHERE library = $1 ORDER BY articles DESC, folded COLLATE "C" LIMIT $2) AS outlets
        CROSS JOIN LATERAL (SELECT masthead FROM verbatim.articles WHERE library = $1 AND outlet = outlets.outlet
          AND removed_at IS NULL ORDER BY number DESC LIMIT 1) AS newest ORDER BY articles DESC, folded COLLATE "C"`,
      ...[this.#library, most],
    );
    return rows.map(({ masthead, folded, articles }) => ({
      shown: outletIn(masthead),
      folded: fromColumn(folded),
      articles,
    }));
  }
}

function toForm({ number, spelling }: FormColumns): NameForm {
  return { number, terms: termsOfSpelling(fromColumn(spelling)) };
}

function outletIn(masthead: string): string {
  const { outlet }: Masthead = JSON.parse(masthead);
  return outlet ?? '';
}
