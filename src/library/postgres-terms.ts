import { longestSpelling, reverse } from '../indexing/spellings.ts';
import { commonNumberOf } from './common-terms.ts';
import { piecesOf } from './in-pieces.ts';
import type { Ask } from './postgres-client.ts';
import type { Ledger } from './postgres-ledger.ts';
import { headLength } from './postgres-schema.ts';
import { fromColumn, toColumn } from './postgres-values.ts';

interface Counts {
  text: number;
  name: number;
}

interface Counted extends Readonly<Counts> {
  readonly term: string;
}

/** How many more units and spellings of names hold a term. */
export class TermCounts {
  readonly #counts = new Map<string, Counts>();

  /** A term that is repeated counts once. */
  add(of: keyof Counts, terms: readonly string[]): void {
    for (const term of new Set(terms)) {
      const counts = this.#counts.get(term) ?? { text: 0, name: 0 };
      counts[of] += 1;
      this.#counts.set(term, counts);
    }
  }

  /** Stores the counts, new terms with them. The number of each term. */
  async store(ask: Ask, ledger: Ledger): Promise<ReadonlyMap<string, number>> {
    const terms = [...this.#counts].map(([term, counts]) => ({ term, ...counts }));
    const numbers = new Map<string, number>();
    for (const piece of piecesOf(terms)) await storePiece(ask, ledger, piece, numbers);
    return numbers;
  }
}

async function storePiece(
  ask: Ask,
  ledger: Ledger,
  terms: readonly Counted[],
  numbers: Map<string, number>,
): Promise<void> {
  const known = await ask<{ number: number; term: string }>(
    `UPDATE verbatim.terms AS known SET in_text = known.in_text + more.in_text, in_names = known.in_names + more.in_names
        FROM unnest($2::text[], $3::bigint[], $4::bigint[]) AS more (term, in_text, in_names)
        WHERE library = $1 AND left(known.term, ${headLength}) = left(more.term, ${headLength}) COLLATE "C"
          AND known.term = more.term COLLATE "C"
        RETURNING number, known.term`,
    ...[ledger.library, terms.map(({ term }) => toColumn(term)), terms.map(({ text }) => text)],
    terms.map(({ name }) => name),
  );
  for (const { number, term } of known) numbers.set(fromColumn(term), number);
  const added = terms.filter(({ term }) => !numbers.has(term));
  for (const { term } of added) numbers.set(term, commonNumberOf(term) ?? ledger.nextTerm());
  if (added.length > 0) await insert(ask, ledger.library, added, numbers);
}

async function insert(
  ask: Ask,
  library: string,
  added: readonly Counted[],
  numbers: ReadonlyMap<string, number>,
): Promise<void> {
  const isShort = (term: string) => term.length <= longestSpelling;
  await ask(
    `INSERT INTO verbatim.terms (library, number, term, bare, length, reversed, in_text, in_names)
      SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::text[], $5::int[], $6::text[], $7::bigint[], $8::bigint[])`,
    ...[library, added.map(({ term }) => numbers.get(term) ?? 0), added.map(({ term }) => toColumn(term))],
    added.map(({ term }) => (term.includes("'") && isShort(term) ? toColumn(term.replaceAll("'", '')) : null)),
    added.map(({ term }) => term.length),
    added.map(({ term }) => (isShort(term) ? toColumn(reverse(term)) : null)),
    ...[added.map(({ text }) => text), added.map(({ name }) => name)],
  );
}

/** Takes back what was counted, by numbers; a term that nothing holds goes. */
export async function dropTerms(
  ask: Ask,
  library: string,
  dropped: { readonly text: ReadonlyMap<number, number>; readonly name: ReadonlyMap<number, number> },
): Promise<void> {
  const numbers = [...new Set([...dropped.text.keys(), ...dropped.name.keys()])];
  if (numbers.length === 0) return;
  await ask(
    `UPDATE verbatim.terms AS known SET in_text = known.in_text - less.in_text, in_names = known.in_names - less.in_names
      FROM unnest($2::bigint[], $3::bigint[], $4::bigint[]) AS less (number, in_text, in_names)
      WHERE library = $1 AND known.number = less.number`,
    ...[library, numbers, numbers.map(number => dropped.text.get(number) ?? 0)],
    numbers.map(number => dropped.name.get(number) ?? 0),
  );
  await ask(
    'DELETE FROM verbatim.terms WHERE library = $1 AND number = ANY ($2::bigint[]) AND in_text = 0 AND in_names = 0',
    ...[library, numbers],
  );
}
