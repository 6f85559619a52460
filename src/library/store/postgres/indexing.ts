import type { IndexedUnit } from '../../../indexing/index-article.ts';
import { LONGEST_SPELLING, reverse } from '../../../words/spellings.ts';
import { decodeText, encodeText } from '../columns.ts';
import { mapInPieces, piecesOf } from '../in-pieces.ts';
import { digestOf } from '../keys.ts';
import type { IndexEntry } from '../library-index.ts';
import { MAX_PER_ARTICLE, numberIn, rangeOf } from '../numbers.ts';
import { all, inSteps, place, type Row, type Script } from '../script.ts';
import { toKeys } from '../speakers.ts';
import { commonNumberOf } from '../tokens.ts';
import { HEAD_LENGTH } from './schema.ts';
import { Spellings, type SpellingUse, takeNumbers, uncountSpellings } from './spellings.ts';
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
  *store(): Script<ReadonlyMap<string, number>> {
    const numbers = new Map<string, number>();
    for (const piece of piecesOf([...this.#counts.values()])) yield* storeTerms(piece, numbers);
    return numbers;
  }
}

function* storeTerms(terms: readonly TermCount[], numbers: Map<string, number>): Script<void> {
  const known = yield* all(
    `UPDATE verbatim.terms AS known SET in_text = known.in_text + more.in_text, in_names = known.in_names + more.in_names
        FROM unnest($2::text[], $3::bigint[], $4::bigint[]) AS more (term, in_text, in_names)
        WHERE library = $1 AND left(known.term, ${HEAD_LENGTH}) = left(more.term, ${HEAD_LENGTH}) COLLATE "C"
          AND known.term = more.term COLLATE "C"
        RETURNING number, known.term`,
    ...[terms.map(({ term }) => encodeText(term)), terms.map(({ text }) => text)],
    terms.map(({ name }) => name),
  );
  for (const { number, term } of known) numbers.set(decodeText(term), Number(number));
  const added = terms.filter(({ term }) => !numbers.has(term));
  if (added.length === 0) return;
  const rare = added.filter(({ term }) => commonNumberOf(term) === undefined);
  const taken = yield* takeNumbers('term', rare.length);
  for (const [at, { term }] of rare.entries()) numbers.set(term, taken[at] ?? 0);
  for (const { term } of added) numbers.set(term, numbers.get(term) ?? commonNumberOf(term) ?? 0);
  const isShort = (term: string) => term.length <= LONGEST_SPELLING;
  yield* all(
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
function* uncountTerms(text: ReadonlyMap<number, number>, name: ReadonlyMap<number, number>): Script<void> {
  const numbers = [...new Set([...text.keys(), ...name.keys()])];
  if (numbers.length === 0) return;
  yield* all(
    `UPDATE verbatim.terms AS known SET in_text = known.in_text - less.in_text, in_names = known.in_names - less.in_names
      FROM unnest($2::bigint[], $3::bigint[], $4::bigint[]) AS less (number, in_text, in_names)
      WHERE library = $1 AND known.number = less.number`,
    ...[numbers, numbers.map(number => text.get(number) ?? 0)],
    numbers.map(number => name.get(number) ?? 0),
  );
  yield* all(
    'DELETE FROM verbatim.terms WHERE library = $1 AND number = ANY ($2::bigint[]) AND in_text = 0 AND in_names = 0',
    numbers,
  );
}

/** Indexes an article that isn't indexed yet, with a few statements per table, however many rows there are. */
export function* addToIndex(article: IndexEntry): Script<void> {
  const { indexed } = article;
  const forms = new Spellings(indexed);
  const counts = new TermCounts();
  for (const terms of yield* forms.number()) counts.add('name', terms);
  yield* inSteps(mapInPieces(indexed.units, ({ terms }) => counts.add('text', terms)));
  const terms = yield* counts.store();
  yield* forms.store(terms);
  const units = indexed.units.slice(0, MAX_PER_ARTICLE).map((unit, place) => ({ unit, place }));
  yield* countUnits(units.length);
  const tokens = new Tokens(markOf((yield* place()).library));
  // In batches, since serializing a long article at once blocks the event loop.
  for (const piece of piecesOf(units)) yield* addUnits(article, tokens, terms, piece);
  yield* addSpeakers(article, forms);
  yield* addTitles(article, forms);
  yield* addOutlet(indexed.outlet);
}

function* addUnits(
  article: IndexEntry,
  tokens: Tokens,
  terms: ReadonlyMap<string, number>,
  units: readonly { readonly unit: IndexedUnit; readonly place: number }[],
): Script<void> {
  const { number, day } = article;
  const repeats = repeated(article);
  const words = units.map(({ unit }) => unit.terms.map(term => terms.get(term) ?? 0));
  yield* all(
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

function* addSpeakers(article: IndexEntry, forms: Spellings): Script<void> {
  const speakers = article.indexed.speakers.slice(0, MAX_PER_ARTICLE);
  if (speakers.length === 0) return;
  const repeats = repeated(article);
  const numbers = speakers.map(({ place }) => numberIn(article.number, place));
  yield* all(
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
  yield* all(
    `INSERT INTO verbatim.bearers (library, article, published, outlet, speaker, form, said, weight)
      SELECT $1, $2, $3, $4, * FROM unnest($5::bigint[], $6::bigint[], $7::bigint[], $8::double precision[])`,
    ...[...repeats, names.map(({ number }) => number), names.map(({ name }) => forms.numberOf(name))],
    ...[names.map(({ said }) => said), names.map(({ name }) => name.weight)],
  );
  const numbered = speakers.map((speaker, at) => ({ ...speaker, number: numbers[at] ?? 0 }));
  yield* addKeys(repeats, personKeysOf(numbered));
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

function* addKeys(repeats: Repeats, keys: readonly PersonKey[]): Script<void> {
  if (keys.length === 0) return;
  const [digests, said] = [keys.map(({ key }) => key), keys.map(each => each.said)];
  yield* all(
    `INSERT INTO verbatim.keys (library, article, published, outlet, key, speaker, said)
      SELECT $1, $2, $3, $4, * FROM unnest($5::text[], $6::bigint[], $7::bigint[])`,
    ...[...repeats, digests, keys.map(({ speaker }) => speaker), said],
  );
  yield* all(
    `INSERT INTO verbatim.people AS known (library, key, articles, said)
      SELECT $1, key, 1, sum(said) FROM unnest($2::text[], $3::bigint[]) AS added (key, said) GROUP BY key
      ON CONFLICT (library, key) DO UPDATE SET articles = known.articles + 1, said = known.said + excluded.said`,
    ...[digests, said],
  );
}

function* addTitles({ number, indexed }: IndexEntry, forms: Spellings): Script<void> {
  yield* all(
    `INSERT INTO verbatim.titles (library, article, form, weight)
      SELECT $1, $2, * FROM unnest($3::bigint[], $4::double precision[])`,
    ...[number, indexed.titles.map(name => forms.numberOf(name)), indexed.titles.map(({ weight }) => weight)],
  );
}

function* addOutlet(outlet: string | undefined): Script<void> {
  if (outlet === undefined) return;
  yield* all(
    `INSERT INTO verbatim.outlets AS known (library, outlet, folded, articles) VALUES ($1, $2, $3, 1)
      ON CONFLICT (library, outlet) DO UPDATE SET articles = known.articles + 1`,
    ...[digestOf(outlet), encodeText(outlet)],
  );
}

type Repeats = readonly [article: string, published: string | null, outlet: string | null];

/** The columns that all indexed rows repeat of their article. */
function repeated({ id, day, indexed }: IndexEntry): Repeats {
  return [encodeText(id), day ?? null, indexed.outlet === undefined ? null : digestOf(indexed.outlet)];
}

/** Returns texts as one value of type `text[]`. */
function arrayOf(texts: readonly string[]): string {
  return `{${texts.map(text => `"${text.replaceAll(/["\\]/gv, sign => `\\${sign}`)}"`).join(',')}}`;
}

/** Removes an article from the index, if it is indexed. */
export function* dropFromIndex(number: number): Script<void> {
  const [row] = yield* all('SELECT outlet FROM verbatim.articles WHERE library = $1 AND number = $2', number);
  const text = yield* dropUnits(number);
  const uses = [...(yield* dropSpeakers(number)), ...(yield* dropTitles(number))];
  yield* uncountTerms(text, yield* uncountSpellings(uses));
  if (typeof row?.outlet === 'string') yield* dropOutlet(row.outlet);
}

/** Returns how many of the units contained each term. */
function* dropUnits(article: number): Script<Map<number, number>> {
  const held = new Map<number, number>();
  const units = yield* all(
    'DELETE FROM verbatim.units WHERE library = $1 AND number BETWEEN $2 AND $3 RETURNING words',
    ...rangeOf(article),
  );
  const count = ({ words }: Row) => {
    for (const term of new Set(unpackNumbers(words))) held.set(term, (held.get(term) ?? 0) + 1);
  };
  yield* inSteps(mapInPieces(units, count));
  yield* countUnits(-units.length);
  return held;
}

function* dropSpeakers(article: number): Script<readonly SpellingUse[]> {
  const range = rangeOf(article);
  const speakers = yield* all(
    'DELETE FROM verbatim.speakers WHERE library = $1 AND number BETWEEN $2 AND $3 RETURNING number, said, keys',
    ...range,
  );
  yield* dropKeys(
    personKeysOf(
      speakers.map(each => ({ number: Number(each.number), said: Number(each.said), keys: toKeys(each.keys) })),
    ),
  );
  const sql = 'DELETE FROM verbatim.bearers WHERE library = $1 AND speaker BETWEEN $2 AND $3 RETURNING form, said';
  return (yield* all(sql, ...range)).map(({ form, said }) => ({ form: Number(form), said: Number(said) }));
}

function* dropKeys(keys: readonly PersonKey[]): Script<void> {
  if (keys.length === 0) return;
  yield* all(
    `DELETE FROM verbatim.keys USING unnest($2::text[], $3::bigint[]) AS gone (key, speaker)
      WHERE library = $1 AND keys.key = gone.key COLLATE "C" AND keys.speaker = gone.speaker`,
    ...[keys.map(({ key }) => key), keys.map(({ speaker }) => speaker)],
  );
  yield* all(
    `UPDATE verbatim.people SET articles = people.articles - 1, said = people.said - less.said
      FROM (SELECT key, sum(said) AS said FROM unnest($2::text[], $3::bigint[]) AS gone (key, said) GROUP BY key) AS less
      WHERE library = $1 AND people.key = less.key COLLATE "C"`,
    ...[keys.map(({ key }) => key), keys.map(({ said }) => said)],
  );
  yield* all(
    'DELETE FROM verbatim.people WHERE library = $1 AND key = ANY ($2::text[]) AND articles = 0',
    keys.map(({ key }) => key),
  );
}

function* dropTitles(article: number): Script<readonly SpellingUse[]> {
  const sql = 'DELETE FROM verbatim.titles WHERE library = $1 AND article = $2 RETURNING form';
  return (yield* all(sql, article)).map(({ form }) => ({ form: Number(form), said: 0 }));
}

/** Adds to the number of units in the library. */
function* countUnits(more: number): Script<void> {
  yield* all('UPDATE verbatim.libraries SET units = units + $2 WHERE library = $1', more);
}

function* dropOutlet(outlet: string): Script<void> {
  yield* all('UPDATE verbatim.outlets SET articles = articles - 1 WHERE library = $1 AND outlet = $2', outlet);
  yield* all('DELETE FROM verbatim.outlets WHERE library = $1 AND outlet = $2 AND articles = 0', outlet);
}
