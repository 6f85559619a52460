import type { IndexedArticle, IndexedName } from '../../../indexing/index-article.ts';
import { encodeText, toText } from '../columns.ts';
import { digestOf } from '../keys.ts';
import { all, type Script } from '../script.ts';
import { spellingOf } from '../tokens.ts';

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
  *number(): Script<readonly (readonly string[])[]> {
    const forms = [...this.#forms].map(([digest, form]) => ({ digest, ...form }));
    const known = yield* all(
      `UPDATE verbatim.forms AS known SET bearers = known.bearers + more.bearers, said = known.said + more.said
        FROM unnest($2::text[], $3::bigint[], $4::bigint[]) AS more (digest, bearers, said)
        WHERE library = $1 AND known.digest = more.digest COLLATE "C" RETURNING number, known.digest`,
      ...[forms.map(({ digest }) => digest), forms.map(({ bearers }) => bearers)],
      forms.map(({ said }) => said),
    );
    for (const { number, digest } of known) this.#numbers.set(toText(digest), Number(number));
    this.#added = forms.filter(({ digest }) => !this.#numbers.has(digest));
    const numbers = yield* takeNumbers('form', this.#added.length);
    for (const [at, { digest }] of this.#added.entries()) this.#numbers.set(digest, numbers[at] ?? 0);
    return this.#added.map(({ terms }) => terms);
  }

  /** Inserts the new spellings. */
  *store(terms: ReadonlyMap<string, number>): Script<void> {
    if (this.#added.length === 0) return;
    const numbers = this.#added.map(({ digest }) => this.#numbers.get(digest) ?? 0);
    const words = this.#added.map(form => [...new Set(form.terms.map(term => terms.get(term) ?? 0))]);
    yield* all(
      `INSERT INTO verbatim.forms (library, number, spelling, digest, words, bearers, said)
        SELECT $1, number, spelling, digest, words::bigint[], bearers, said
        FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[])
          AS added (number, spelling, digest, words, bearers, said)`,
      ...[numbers, this.#added.map(form => encodeText(spellingOf(form.terms)))],
      this.#added.map(({ digest }) => digest),
      words.map(each => `{${each.join(',')}}`),
      ...[this.#added.map(({ bearers }) => bearers), this.#added.map(({ said }) => said)],
    );
    yield* all(
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
export function* uncountSpellings(uses: readonly SpellingUse[]): Script<Map<number, number>> {
  const held = new Map<number, number>();
  if (uses.length === 0) return held;
  const bySpelling = Map.groupBy(uses, ({ form }) => form);
  yield* all(
    `UPDATE verbatim.forms AS known SET bearers = known.bearers - less.bearers, said = known.said - less.said
      FROM unnest($2::bigint[], $3::bigint[], $4::bigint[]) AS less (number, bearers, said)
      WHERE library = $1 AND known.number = less.number`,
    ...[[...bySpelling.keys()], [...bySpelling.values()].map(each => each.length)],
    [...bySpelling.values()].map(each => each.reduce((sum, { said }) => sum + said, 0)),
  );
  const rows = yield* all(
    `DELETE FROM verbatim.forms WHERE library = $1 AND number = ANY ($2::bigint[]) AND bearers = 0 RETURNING number, words`,
    [...bySpelling.keys()],
  );
  const gone = rows.map(({ number, words }) => ({ number: Number(number), words: toNumbers(words) }));
  for (const term of gone.flatMap(({ words }) => words)) held.set(term, (held.get(term) ?? 0) + 1);
  yield* all(
    `DELETE FROM verbatim.form_words USING unnest($2::bigint[], $3::bigint[]) AS gone (term, form)
      WHERE library = $1 AND form_words.term = gone.term AND form_words.form = gone.form`,
    ...[gone.flatMap(({ words }) => words), gone.flatMap(({ number, words }) => words.map(() => number))],
  );
  return held;
}

/** Reads a column of numbers, which the client returns as texts. */
function toNumbers(column: unknown): readonly number[] {
  return Array.isArray(column) ? column.map(Number) : [];
}

/** Returns `count` numbers that were never used in this library. */
export function* takeNumbers(counter: 'term' | 'form', count: number): Script<readonly number[]> {
  if (count === 0) return [];
  const sql = `UPDATE verbatim.libraries SET ${counter} = ${counter} + $2 WHERE library = $1 RETURNING ${counter} AS last`;
  const [row] = yield* all(sql, count);
  return Array.from({ length: count }, (_, at) => Number(row?.last) - count + 1 + at);
}
