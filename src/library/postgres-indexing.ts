import type { IndexedArticle, IndexedUnit } from '../indexing/index-article.ts';
import { digestOf } from './digest.ts';
import { inPieces, mapInPieces, piecesOf } from './in-pieces.ts';
import { mostInArticle, numberIn } from './numbers-in-article.ts';
import type { Ask } from './postgres-client.ts';
import { Forms } from './postgres-forms.ts';
import type { Ledger } from './postgres-ledger.ts';
import { TermCounts } from './postgres-terms.ts';
import { Tokens } from './postgres-tokens.ts';
import { markOf, packNumbers, toColumn } from './postgres-values.ts';

/** An article as its units and speakers repeat it. */
export interface Indexing {
  readonly number: number;
  readonly id: string;
  readonly day: string | undefined;
  readonly indexed: IndexedArticle;
}

/** Puts an article into the index that is in no index yet: a statement for each table, however many rows. */
export async function addToIndex(ask: Ask, ledger: Ledger, article: Indexing): Promise<void> {
  const { indexed } = article;
  const forms = new Forms(indexed);
  const counts = new TermCounts();
  for (const terms of await forms.number(ask, ledger)) counts.add('name', terms);
  await inPieces(mapInPieces(indexed.units, ({ terms }) => counts.add('text', terms)));
  const terms = await counts.store(ask, ledger);
  await forms.store(ask, ledger.library, terms);
  await addUnits(ask, ledger, article, terms);
  await addSpeakers(ask, ledger.library, article, forms);
  await addTitles(ask, ledger.library, article, forms);
  await addOutlet(ask, ledger.library, indexed.outlet);
}

async function addUnits(
  ask: Ask,
  ledger: Ledger,
  article: Indexing,
  terms: ReadonlyMap<string, number>,
): Promise<void> {
  const units = article.indexed.units.slice(0, mostInArticle).map((unit, place) => ({ unit, place }));
  ledger.units += units.length;
  // Piece by piece, so that nobody waits until all of a long article is written down for the database.
  for (const piece of piecesOf(units)) await addPiece(ask, ledger, article, terms, piece);
}

async function addPiece(
  ask: Ask,
  ledger: Ledger,
  article: Indexing,
  terms: ReadonlyMap<string, number>,
  units: readonly { readonly unit: IndexedUnit; readonly place: number }[],
): Promise<void> {
  const { number, day } = article;
  const tokens = new Tokens(markOf(ledger.library));
  const repeats = repeated(ledger.library, article);
  const words = units.map(({ unit }) => unit.terms.map(term => terms.get(term) ?? 0));
  await ask(
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
    words.map(each => tokens.vectorOf(each, day, repeats[3])),
  );
}

async function addSpeakers(ask: Ask, library: string, article: Indexing, forms: Forms): Promise<void> {
  const speakers = article.indexed.speakers.slice(0, mostInArticle);
  if (speakers.length === 0) return;
  const repeats = repeated(library, article);
  const numbers = speakers.map(({ place }) => numberIn(article.number, place));
  await ask(
    `INSERT INTO verbatim.speakers (library, article, published, outlet, number, place, shown, said, keys)
      SELECT $1, $2, $3, $4, number, place, shown, said, keys::text[]
      FROM unnest($5::bigint[], $6::int[], $7::text[], $8::bigint[], $9::text[])
        AS added (number, place, shown, said, keys)`,
    ...[...repeats, numbers, speakers.map(({ place }) => place), speakers.map(({ shown }) => toColumn(shown))],
    ...[speakers.map(({ said }) => said), speakers.map(({ keys }) => arrayOf(keys.map(toColumn)))],
  );
  const names = speakers.flatMap(({ names, said }, at) =>
    names.map(name => ({ name, said, number: numbers[at] ?? 0 })),
  );
  await ask(
    `INSERT INTO verbatim.bearers (library, article, published, outlet, speaker, form, said, weight)
      SELECT $1, $2, $3, $4, * FROM unnest($5::bigint[], $6::bigint[], $7::bigint[], $8::double precision[])`,
    ...[...repeats, names.map(({ number }) => number), names.map(({ name }) => forms.numberOf(name))],
    ...[names.map(({ said }) => said), names.map(({ name }) => name.weight)],
  );
  const keys = speakers.flatMap(({ keys, said }, at) =>
    [...new Set(keys)].map(key => ({ key: digestOf(key), said, speaker: numbers[at] ?? 0 })),
  );
  if (keys.length > 0) await addKeys(ask, repeats, keys);
}

async function addKeys(
  ask: Ask,
  repeats: Repeats,
  keys: readonly { readonly key: string; readonly said: number; readonly speaker: number }[],
): Promise<void> {
  const [digests, said] = [keys.map(({ key }) => key), keys.map(each => each.said)];
  await ask(
    `INSERT INTO verbatim.keys (library, article, published, outlet, key, speaker, said)
      SELECT $1, $2, $3, $4, * FROM unnest($5::text[], $6::bigint[], $7::bigint[])`,
    ...[...repeats, digests, keys.map(({ speaker }) => speaker), said],
  );
  await ask(
    `INSERT INTO verbatim.people AS known (library, key, articles, said)
      SELECT $1, key, 1, sum(said) FROM unnest($2::text[], $3::bigint[]) AS added (key, said) GROUP BY key
      ON CONFLICT (library, key) DO UPDATE SET articles = known.articles + 1, said = known.said + excluded.said`,
    ...[repeats[0], digests, said],
  );
}

async function addTitles(ask: Ask, library: string, { number, indexed }: Indexing, forms: Forms): Promise<void> {
  await ask(
    `INSERT INTO verbatim.titles (library, article, form, weight)
      SELECT $1, $2, * FROM unnest($3::bigint[], $4::double precision[])`,
    ...[library, number, indexed.titles.map(name => forms.numberOf(name)), indexed.titles.map(({ weight }) => weight)],
  );
}

async function addOutlet(ask: Ask, library: string, outlet: string | undefined): Promise<void> {
  if (outlet === undefined) return;
  await ask(
    `INSERT INTO verbatim.outlets AS known (library, outlet, folded, articles) VALUES ($1, $2, $3, 1)
      ON CONFLICT (library, outlet) DO UPDATE SET articles = known.articles + 1`,
    ...[library, digestOf(outlet), toColumn(outlet)],
  );
}

type Repeats = readonly [library: string, article: string, published: string | null, outlet: string | null];

/** What everything that is looked up repeats of its article. */
function repeated(library: string, { id, day, indexed }: Indexing): Repeats {
  return [library, toColumn(id), day ?? null, indexed.outlet === undefined ? null : digestOf(indexed.outlet)];
}

/** Texts as one value of the type `text[]`. */
function arrayOf(texts: readonly string[]): string {
  return `{${texts.map(text => `"${text.replaceAll(/["\\]/gv, sign => `\\${sign}`)}"`).join(',')}}`;
}
