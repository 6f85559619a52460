import type { IndexedArticle, IndexedUnit } from '../../../indexing/index-article.ts';
import { longestSpelling, reverse } from '../../../indexing/spellings.ts';
import { decodeText, encodeText } from '../columns.ts';
import { inPieces, mapInPieces, piecesOf } from '../in-pieces.ts';
import { digestOf } from '../keys.ts';
import { maxPerArticle, numberIn, rangeOf } from '../numbers.ts';
import { commonNumberOf } from '../tokens.ts';
import { headLength } from './schema.ts';
import { Spellings, type SpellingUse, uncountSpellings } from './spellings.ts';
import type { LibraryTransaction } from './transaction.ts';
import { Tokens } from './units.ts';
import { markOf, packNumbers, unpackNumbers } from './values.ts';

/** How many of the added units and spellings contain a term. */
interface TermCount {
  readonly term: string;
  text: number;
  name: number;
}

class TermCounts {
  readonly #counts = new Map<string, TermCount>();

  /** A repeated term counts once. */
  add(field: 'text' | 'name', terms: readonly string[]): void {
    for (const term of new Set(terms)) {
      const count = this.#counts.get(term) ?? { term, text: 0, name: 0 };
      count[field] += 1;
      this.#counts.set(term, count);
    }
  }

  /** Adds the counts to the stored ones, and new terms. Returns the number of each term. */
  async store(transaction: LibraryTransaction): Promise<ReadonlyMap<string, number>> {
    const numbers = new Map<string, number>();
    for (const piece of piecesOf([...this.#counts.values()])) await storeTerms(transaction, piece, numbers);
    return numbers;
  }
}

async function storeTerms(
  transaction: LibraryTransaction,
  terms: readonly TermCount[],
  numbers: Map<string, number>,
): Promise<void> {
  const known = await transaction.query<{ number: number; term: string }>(
    `UPDATE verbatim.terms AS known SET in_text = known.in_text + more.in_text, in_names = known.in_names + more.in_names
        FROM unnest($2::text[], $3::bigint[], $4::bigint[]) AS more (term, in_text, in_names)
        WHERE library = $1 AND left(known.term, ${headLength}) = left(more.term, ${headLength}) COLLATE "C"
          AND known.term = more.term COLLATE "C"
        RETURNING number, known.term`,
    ...[terms.map(({ term }) => encodeText(term)), terms.map(({ text }) => text)],
    terms.map(({ name }) => name),
  );
  for (const { number, term } of known) numbers.set(decodeText(term), number);
  const added = terms.filter(({ term }) => !numbers.has(term));
  if (added.length === 0) return;
  for (const { term } of added) numbers.set(term, commonNumberOf(term) ?? transaction.next('term'));
  const isShort = (term: string) => term.length <= longestSpelling;
  await transaction.query(
    `INSERT INTO verbatim.terms (library, number, term, bare, length, reversed, in_text, in_names)
      SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::text[], $5::int[], $6::text[], $7::bigint[], $8::bigint[])`,
    ...[added.map(({ term }) => numbers.get(term) ?? 0), added.map(({ term }) => encodeText(term))],
    added.map(({ term }) => (term.includes("'") && isShort(term) ? encodeText(term.replaceAll("'", '')) : null)),
    added.map(({ term }) => term.length),
    added.map(({ term }) => (isShort(term) ? encodeText(reverse(term)) : null)),
    ...[added.map(({ text }) => text), added.map(({ name }) => name)],
  );
}

/** Subtracts counts by term number and deletes unused terms. */
async function uncountTerms(
  transaction: LibraryTransaction,
  text: ReadonlyMap<number, number>,
  name: ReadonlyMap<number, number>,
): Promise<void> {
  const numbers = [...new Set([...text.keys(), ...name.keys()])];
  if (numbers.length === 0) return;
  await transaction.query(
    `UPDATE verbatim.terms AS known SET in_text = known.in_text - less.in_text, in_names = known.in_names - less.in_names
      FROM unnest($2::bigint[], $3::bigint[], $4::bigint[]) AS less (number, in_text, in_names)
      WHERE library = $1 AND known.number = less.number`,
    ...[numbers, numbers.map(number => text.get(number) ?? 0)],
    numbers.map(number => name.get(number) ?? 0),
  );
  await transaction.query(
    'DELETE FROM verbatim.terms WHERE library = $1 AND number = ANY ($2::bigint[]) AND in_text = 0 AND in_names = 0',
    numbers,
  );
}

/** An article with the columns that its units and speakers repeat. */
interface Indexing {
  readonly number: number;
  readonly id: string;
  readonly day: string | undefined;
  readonly indexed: IndexedArticle;
}

/** Indexes an article that isn't indexed yet, with a few statements per table, however many rows there are. */
export async function addToIndex(transaction: LibraryTransaction, article: Indexing): Promise<void> {
  const { indexed } = article;
  const forms = new Spellings(indexed);
  const counts = new TermCounts();
  for (const terms of await forms.number(transaction)) counts.add('name', terms);
  await inPieces(mapInPieces(indexed.units, ({ terms }) => counts.add('text', terms)));
  const terms = await counts.store(transaction);
  await forms.store(transaction, terms);
  const units = indexed.units.slice(0, maxPerArticle).map((unit, place) => ({ unit, place }));
  transaction.count('units', units.length);
  // In batches, since serializing a long article at once blocks the event loop.
  for (const piece of piecesOf(units)) await addUnits(transaction, article, terms, piece);
  await addSpeakers(transaction, article, forms);
  await addTitles(transaction, article, forms);
  await addOutlet(transaction, indexed.outlet);
}

async function addUnits(
  transaction: LibraryTransaction,
  article: Indexing,
  terms: ReadonlyMap<string, number>,
  units: readonly { readonly unit: IndexedUnit; readonly place: number }[],
): Promise<void> {
  const { number, day } = article;
  const tokens = new Tokens(markOf(transaction.library));
  const repeats = repeated(article);
  const words = units.map(({ unit }) => unit.terms.map(term => terms.get(term) ?? 0));
  await transaction.query(
    `INSERT INTO verbatim.units
      (library, article, published, outlet, number, paragraph, attribution, speaker, starts, ends, words, tokens)
      SELECT $1, $2, $3, $4, number, paragraph, attribution, speaker, starts, ends, words, tokens::tsvector
      FROM unnest($5::bigint[], $6::int[], $7::int[], $8::bigint[], $9::int[], $10::int[], $11::bytea[], $12::text[])
        AS added (number, paragraph, attribution, speaker, starts, ends, words, tokens)`,
    ...repeats,
    units.map(({ place }) => numberIn(number, place)),
    units.map(({ unit: { paragraph } }) => paragraph),
    units.map(({ unit: { attribution } }) => attribution ?? null),
    units.map(({ unit: { speaker } }) => (speaker === undefined ? null : numberIn(number, speaker))),
    units.map(({ unit: { span } }) => span.start),
    units.map(({ unit: { span } }) => span.end),
    words.map(packNumbers),
    words.map(each => tokens.vectorOf(each, day, repeats[2])),
  );
}

async function addSpeakers(transaction: LibraryTransaction, article: Indexing, forms: Spellings): Promise<void> {
  const speakers = article.indexed.speakers.slice(0, maxPerArticle);
  if (speakers.length === 0) return;
  const repeats = repeated(article);
  const numbers = speakers.map(({ place }) => numberIn(article.number, place));
  await transaction.query(
    `INSERT INTO verbatim.speakers (library, article, published, outlet, number, place, shown, said, keys)
      SELECT $1, $2, $3, $4, number, place, shown, said, keys::text[]
      FROM unnest($5::bigint[], $6::int[], $7::text[], $8::bigint[], $9::text[])
        AS added (number, place, shown, said, keys)`,
    ...[...repeats, numbers, speakers.map(({ place }) => place), speakers.map(({ shown }) => encodeText(shown))],
    ...[speakers.map(({ said }) => said), speakers.map(({ keys }) => arrayOf(keys.map(encodeText)))],
  );
  const names = speakers.flatMap(({ names, said }, at) =>
    names.map(name => ({ name, said, number: numbers[at] ?? 0 })),
  );
  await transaction.query(
    `INSERT INTO verbatim.bearers (library, article, published, outlet, speaker, form, said, weight)
      SELECT $1, $2, $3, $4, * FROM unnest($5::bigint[], $6::bigint[], $7::bigint[], $8::double precision[])`,
    ...[...repeats, names.map(({ number }) => number), names.map(({ name }) => forms.numberOf(name))],
    ...[names.map(({ said }) => said), names.map(({ name }) => name.weight)],
  );
  const numbered = speakers.map((speaker, at) => ({ ...speaker, number: numbers[at] ?? 0 }));
  await addKeys(transaction, repeats, personKeysOf(numbered));
}

/** A speaker of one article, by the digest of a key that identifies the person. */
interface PersonKey {
  readonly key: string;
  readonly said: number;
  readonly speaker: number;
}

function personKeysOf(
  speakers: readonly { readonly keys: readonly string[]; readonly said: number; readonly number: number }[],
): PersonKey[] {
  return speakers.flatMap(({ keys, said, number }) =>
    [...new Set(keys)].map(key => ({ key: digestOf(key), said, speaker: number })),
  );
}

async function addKeys(transaction: LibraryTransaction, repeats: Repeats, keys: readonly PersonKey[]): Promise<void> {
  if (keys.length === 0) return;
  const [digests, said] = [keys.map(({ key }) => key), keys.map(each => each.said)];
  await transaction.query(
    `INSERT INTO verbatim.keys (library, article, published, outlet, key, speaker, said)
      SELECT $1, $2, $3, $4, * FROM unnest($5::text[], $6::bigint[], $7::bigint[])`,
    ...[...repeats, digests, keys.map(({ speaker }) => speaker), said],
  );
  await transaction.query(
    `INSERT INTO verbatim.people AS known (library, key, articles, said)
      SELECT $1, key, 1, sum(said) FROM unnest($2::text[], $3::bigint[]) AS added (key, said) GROUP BY key
      ON CONFLICT (library, key) DO UPDATE SET articles = known.articles + 1, said = known.said + excluded.said`,
    ...[digests, said],
  );
}

async function addTitles(
  transaction: LibraryTransaction,
  { number, indexed }: Indexing,
  forms: Spellings,
): Promise<void> {
  await transaction.query(
    `INSERT INTO verbatim.titles (library, article, form, weight)
      SELECT $1, $2, * FROM unnest($3::bigint[], $4::double precision[])`,
    ...[number, indexed.titles.map(name => forms.numberOf(name)), indexed.titles.map(({ weight }) => weight)],
  );
}

async function addOutlet(transaction: LibraryTransaction, outlet: string | undefined): Promise<void> {
  if (outlet === undefined) return;
  await transaction.query(
    `INSERT INTO verbatim.outlets AS known (library, outlet, folded, articles) VALUES ($1, $2, $3, 1)
      ON CONFLICT (library, outlet) DO UPDATE SET articles = known.articles + 1`,
    ...[digestOf(outlet), encodeText(outlet)],
  );
}

type Repeats = readonly [article: string, published: string | null, outlet: string | null];

/** The columns that all indexed rows repeat of their article. */
function repeated({ id, day, indexed }: Indexing): Repeats {
  return [encodeText(id), day ?? null, indexed.outlet === undefined ? null : digestOf(indexed.outlet)];
}

/** Returns texts as one value of type `text[]`. */
function arrayOf(texts: readonly string[]): string {
  return `{${texts.map(text => `"${text.replaceAll(/["\\]/gv, sign => `\\${sign}`)}"`).join(',')}}`;
}

/** Removes an article from the index, if it is indexed. */
export async function dropFromIndex(transaction: LibraryTransaction, number: number): Promise<void> {
  const [row] = await transaction.query<{ outlet: string | null }>(
    'SELECT outlet FROM verbatim.articles WHERE library = $1 AND number = $2',
    number,
  );
  const text = await dropUnits(transaction, number);
  const uses = [...(await dropSpeakers(transaction, number)), ...(await dropTitles(transaction, number))];
  await uncountTerms(transaction, text, await uncountSpellings(transaction, uses));
  if (typeof row?.outlet === 'string') await dropOutlet(transaction, row.outlet);
}

/** Returns how many of the units contained each term. */
async function dropUnits(transaction: LibraryTransaction, article: number): Promise<Map<number, number>> {
  const held = new Map<number, number>();
  const units = await transaction.query<{ words: Buffer }>(
    'DELETE FROM verbatim.units WHERE library = $1 AND number BETWEEN $2 AND $3 RETURNING words',
    ...rangeOf(article),
  );
  const count = ({ words }: { words: Buffer }) => {
    for (const term of new Set(unpackNumbers(words))) held.set(term, (held.get(term) ?? 0) + 1);
  };
  await inPieces(mapInPieces(units, count));
  transaction.count('units', -units.length);
  return held;
}

async function dropSpeakers(transaction: LibraryTransaction, article: number): Promise<readonly SpellingUse[]> {
  const range = rangeOf(article);
  const speakers = await transaction.query<{ number: number; said: number; keys: readonly string[] }>(
    'DELETE FROM verbatim.speakers WHERE library = $1 AND number BETWEEN $2 AND $3 RETURNING number, said, keys',
    ...range,
  );
  await dropKeys(transaction, personKeysOf(speakers.map(each => ({ ...each, keys: each.keys.map(decodeText) }))));
  return transaction.query<{ form: number; said: number }>(
    'DELETE FROM verbatim.bearers WHERE library = $1 AND speaker BETWEEN $2 AND $3 RETURNING form, said',
    ...range,
  );
}

async function dropKeys(transaction: LibraryTransaction, keys: readonly PersonKey[]): Promise<void> {
  if (keys.length === 0) return;
  await transaction.query(
    `DELETE FROM verbatim.keys USING unnest($2::text[], $3::bigint[]) AS gone (key, speaker)
      WHERE library = $1 AND keys.key = gone.key COLLATE "C" AND keys.speaker = gone.speaker`,
    ...[keys.map(({ key }) => key), keys.map(({ speaker }) => speaker)],
  );
  await transaction.query(
    `UPDATE verbatim.people SET articles = people.articles - 1, said = people.said - less.said
      FROM (SELECT key, sum(said) AS said FROM unnest($2::text[], $3::bigint[]) AS gone (key, said) GROUP BY key) AS less
      WHERE library = $1 AND people.key = less.key COLLATE "C"`,
    ...[keys.map(({ key }) => key), keys.map(({ said }) => said)],
  );
  await transaction.query(
    'DELETE FROM verbatim.people WHERE library = $1 AND key = ANY ($2::text[]) AND articles = 0',
    keys.map(({ key }) => key),
  );
}

function dropTitles(transaction: LibraryTransaction, article: number): Promise<readonly SpellingUse[]> {
  return transaction.query<{ form: number; said: number }>(
    'DELETE FROM verbatim.titles WHERE library = $1 AND article = $2 RETURNING form, 0::bigint AS said',
    article,
  );
}

async function dropOutlet(transaction: LibraryTransaction, outlet: string): Promise<void> {
  await transaction.query(
    'UPDATE verbatim.outlets SET articles = articles - 1 WHERE library = $1 AND outlet = $2',
    outlet,
  );
  await transaction.query('DELETE FROM verbatim.outlets WHERE library = $1 AND outlet = $2 AND articles = 0', outlet);
}
