import type { IndexedArticle, IndexedName } from '../../../indexing/index-article.ts';
import { encodeText } from '../columns.ts';
import { digestOf } from '../keys.ts';
import { spellingOf } from '../tokens.ts';
import type { LibraryTransaction } from './transaction.ts';

interface SpellingCounts {
  readonly terms: readonly string[];
  bearers: number;
  said: number;
}

/** The distinct spellings of an article's names and titles. */
export class Spellings {
  readonly #forms = new Map<string, SpellingCounts>();
  readonly #numbers = new Map<string, number>();
  #added: readonly (SpellingCounts & { readonly digest: string })[] = [];

  constructor({ speakers, titles }: IndexedArticle) {
    for (const { names, said } of speakers) for (const name of names) this.#count(name, said);
    for (const title of titles) this.#count(title, 0);
  }

  /** Updates the counts of known spellings and numbers the new ones. Returns the terms of the new ones. */
  async number(transaction: LibraryTransaction): Promise<readonly (readonly string[])[]> {
    const forms = [...this.#forms].map(([digest, form]) => ({ digest, ...form }));
    const known = await transaction.query<{ number: number; digest: string }>(
      `UPDATE verbatim.forms AS known SET bearers = known.bearers + more.bearers, said = known.said + more.said
        FROM unnest($2::text[], $3::bigint[], $4::bigint[]) AS more (digest, bearers, said)
        WHERE library = $1 AND known.digest = more.digest COLLATE "C" RETURNING number, known.digest`,
      ...[forms.map(({ digest }) => digest), forms.map(({ bearers }) => bearers)],
      forms.map(({ said }) => said),
    );
    for (const { number, digest } of known) this.#numbers.set(digest, number);
    this.#added = forms.filter(({ digest }) => !this.#numbers.has(digest));
    for (const { digest } of this.#added) this.#numbers.set(digest, transaction.next('form'));
    return this.#added.map(({ terms }) => terms);
  }

  /** Inserts the new spellings. */
  async store(transaction: LibraryTransaction, terms: ReadonlyMap<string, number>): Promise<void> {
    if (this.#added.length === 0) return;
    const numbers = this.#added.map(({ digest }) => this.#numbers.get(digest) ?? 0);
    const words = this.#added.map(form => [...new Set(form.terms.map(term => terms.get(term) ?? 0))]);
    await transaction.query(
      `INSERT INTO verbatim.forms (library, number, spelling, digest, words, bearers, said)
        SELECT $1, number, spelling, digest, words::bigint[], bearers, said
        FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[])
          AS added (number, spelling, digest, words, bearers, said)`,
      ...[numbers, this.#added.map(form => encodeText(spellingOf(form.terms)))],
      this.#added.map(({ digest }) => digest),
      words.map(each => `{${each.join(',')}}`),
      ...[this.#added.map(({ bearers }) => bearers), this.#added.map(({ said }) => said)],
    );
    await transaction.query(
      'INSERT INTO verbatim.form_words (library, term, form) SELECT $1, * FROM unnest($2::bigint[], $3::bigint[])',
      ...[words.flat(), words.flatMap((each, at) => each.map(() => numbers[at] ?? 0))],
    );
  }

  numberOf({ terms }: IndexedName): number {
    return this.#numbers.get(digestOf(spellingOf(terms))) ?? 0;
  }

  #count({ terms }: IndexedName, said: number): void {
    const digest = digestOf(spellingOf(terms));
    const form = this.#forms.get(digest) ?? { terms, bearers: 0, said: 0 };
    form.bearers += 1;
    form.said += said;
    this.#forms.set(digest, form);
  }
}

/** A use of a spelling by a speaker or an article; `said` is 0 for articles. */
export interface SpellingUse {
  readonly form: number;
  readonly said: number;
}

/** Uncounts uses of spellings and deletes unused ones. Returns how many deleted ones contained each term. */
export async function uncountSpellings(
  transaction: LibraryTransaction,
  uses: readonly SpellingUse[],
): Promise<Map<number, number>> {
  const held = new Map<number, number>();
  if (uses.length === 0) return held;
  const bySpelling = Map.groupBy(uses, ({ form }) => form);
  await transaction.query(
    `UPDATE verbatim.forms AS known SET bearers = known.bearers - less.bearers, said = known.said - less.said
      FROM unnest($2::bigint[], $3::bigint[], $4::bigint[]) AS less (number, bearers, said)
      WHERE library = $1 AND known.number = less.number`,
    ...[[...bySpelling.keys()], [...bySpelling.values()].map(each => each.length)],
    [...bySpelling.values()].map(each => each.reduce((sum, { said }) => sum + said, 0)),
  );
  const gone = await transaction.query<{ number: number; words: readonly number[] }>(
    `DELETE FROM verbatim.forms WHERE library = $1 AND number = ANY ($2::bigint[]) AND bearers = 0
      RETURNING number, array_to_json(words) AS words`,
    [...bySpelling.keys()],
  );
  for (const term of gone.flatMap(({ words }) => words)) held.set(term, (held.get(term) ?? 0) + 1);
  await transaction.query(
    `DELETE FROM verbatim.form_words USING unnest($2::bigint[], $3::bigint[]) AS gone (term, form)
      WHERE library = $1 AND form_words.term = gone.term AND form_words.form = gone.form`,
    ...[gone.flatMap(({ words }) => words), gone.flatMap(({ number, words }) => words.map(() => number))],
  );
  return held;
}
