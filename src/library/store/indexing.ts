import type { IndexedArticle, IndexedName, IndexedSpeaker, IndexedUnit } from '../../indexing/index-article.ts';
import { encodeText, toList, toOptionalNumber, toOptionalText, toText } from './columns.ts';
import { mapInPieces, piecesOf } from './in-pieces.ts';
import { digestOf } from './keys.ts';
import type { IndexEntry, QuoteCounts } from './library-index.ts';
import { MAX_PER_ARTICLE, numberIn, packNumbers, rangeOf, unpackNumbers } from './numbers.ts';
import { toKeys } from './people.ts';
import { markOf, vectorOf } from './postgres/units.ts';
import { all, encodeRows, first, inSteps, insertAll, type NewRow, place, type Row, type Script } from './script.ts';
import { addTokens, dropTokens } from './sqlite/units.ts';
import { CERTAINTY, NO_DAY } from './tables.ts';
import { countEach, countTerms, takeNumbers, uncountTerms } from './terms.ts';
import { articleTokensOf, speakerTokensOf, spellingOf } from './tokens.ts';

/*
 * Adds articles to the full-text index of their library and removes them, with a few statements for each table, no
 * matter how many rows there are.
 */

/** Adds an article to the index. It must not be indexed yet. */
export function* addToIndex(article: IndexEntry): Script<void> {
  const { indexed } = article;
  const units = indexed.units.slice(0, MAX_PER_ARTICLE);
  const { forms, added } = yield* numberSpellings(indexed);
  const terms = yield* countTerms(added, units);
  yield* insertSpellings(added, forms, terms);
  const speakers = yield* addSpeakers(article, forms);
  const titles = indexed.titles.map(name => ({
    article: article.number,
    form: formOf(forms, name),
    weight: name.weight,
  }));
  yield* insertAll('titles', titles);
  yield* countOutlet(indexed.outlet);
  yield* countUnits(units.length);
  // Last: before any other statement, SQLite would write what was added to its full-text index.
  const tokens = tokensOf(speakers, outletKeyOf(indexed), article.day);
  const placed = units.map((unit, at) => {
    const speaker = unit.speaker === undefined ? null : numberIn(article.number, unit.speaker);
    return { unit, number: numberIn(article.number, at), speaker, tokens: tokens(speaker) };
  });
  for (const piece of piecesOf(placed)) yield* addUnits(article, terms, piece);
}

/** Removes an article from the index. */
export function* dropFromIndex(number: number): Script<void> {
  const article = yield* first('SELECT outlet, published FROM {articles} WHERE {here} AND number = ?1', number);
  const [outlet, day] = [toOptionalText(article?.outlet ?? null), toOptionalText(article?.published ?? null)];
  const range = rangeOf(number);
  const sql = 'DELETE FROM {units} WHERE {here} AND number BETWEEN ?1 AND ?2 RETURNING number, speaker, words';
  const units = yield* inSteps(mapInPieces(yield* all(sql, ...range), toUnitWords));
  const speakers = yield* dropSpeakers(range, day);
  const held = new Map<number, number>();
  yield* inSteps(mapInPieces(units, ({ words }) => countEach(held, new Set(words))));
  yield* uncountTerms(held, yield* uncountSpellings(yield* dropSpellingUses(number)));
  if (outlet !== undefined) yield* uncountOutlet(outlet);
  if ((yield* place()).database === 'sqlite') {
    const tokens = tokensOf(speakers, outlet, day);
    yield* dropTokens(units.map(unit => ({ ...unit, tokens: tokens(unit.speaker) })));
  }
  yield* countUnits(-units.length);
}

interface SpellingCount {
  readonly terms: readonly string[];
  readonly digest: string;
  /** How many speakers and titles have it. */
  bearers: number;
  /** How often these speakers are quoted. */
  said: number;
}

/** Returns the distinct spellings of an article's names and titles. */
function countSpellings({ speakers, titles }: IndexedArticle): SpellingCount[] {
  const counts = new Map<string, SpellingCount>();
  const uses = speakers.flatMap(({ names, said }) => names.map(name => ({ name, said })));
  for (const { name, said } of [...uses, ...titles.map(title => ({ name: title, said: 0 }))]) {
    const digest = digestOfName(name);
    const count = counts.get(digest) ?? { terms: name.terms, digest, bearers: 0, said: 0 };
    count.bearers += 1;
    count.said += said;
    counts.set(digest, count);
  }
  return [...counts.values()];
}

function digestOfName({ terms }: IndexedName): string {
  return digestOf(spellingOf(terms));
}

/** The numbers of spellings by digest. */
type Forms = ReadonlyMap<string, number>;

function formOf(forms: Forms, name: IndexedName): number {
  return forms.get(digestOfName(name)) ?? 0;
}

/** Updates the counts of known spellings and numbers the new ones (`added`). */
function* numberSpellings(
  indexed: IndexedArticle,
): Script<{ readonly forms: Forms; readonly added: readonly SpellingCount[] }> {
  const counts = countSpellings(indexed);
  const known = yield* all(
    `UPDATE {forms} SET bearers = forms.bearers + more.bearers, said = forms.said + more.said
      FROM {?1 as more (asked text, bearers bigint, said bigint)} WHERE {here} AND digest = asked RETURNING number, digest`,
    encodeRows(counts.map(({ digest, bearers, said }) => ({ asked: digest, bearers, said }))),
  );
  const forms = new Map(known.map(({ number, digest }) => [toText(digest), Number(number)]));
  const added = counts.filter(({ digest }) => !forms.has(digest));
  const numbers = yield* takeNumbers('form', added.length);
  for (const [at, { digest }] of added.entries()) forms.set(digest, numbers[at] ?? 0);
  return { forms, added };
}

function* insertSpellings(
  added: readonly SpellingCount[],
  forms: Forms,
  terms: ReadonlyMap<string, number>,
): Script<void> {
  const rows = added.map(({ terms: words, digest, bearers, said }) => ({
    ...{ number: forms.get(digest) ?? 0, spelling: encodeText(spellingOf(words)), digest },
    ...{ words: [...new Set(words.map(word => terms.get(word) ?? 0))], bearers, said },
  }));
  yield* insertAll('forms', rows);
  const words = rows.flatMap(row => row.words.map(term => ({ term, form: row.number })));
  yield* insertAll('form_words', words);
}

/** A use of a spelling by a speaker or a title; `said` is 0 for titles. */
interface SpellingUse {
  readonly form: number;
  readonly said: number;
}

/** Uncounts uses of spellings and deletes unused ones. Returns how many deleted ones contained each term. */
function* uncountSpellings(uses: readonly SpellingUse[]): Script<ReadonlyMap<number, number>> {
  const held = new Map<number, number>();
  const byForm = [...Map.groupBy(uses, ({ form }) => form)].map(([asked, theirs]) => ({
    ...{ asked, bearers: theirs.length, said: theirs.reduce((sum, { said }) => sum + said, 0) },
  }));
  if (byForm.length === 0) return held;
  yield* all(
    `UPDATE {forms} SET bearers = forms.bearers - less.bearers, said = forms.said - less.said
      FROM {?1 as less (asked bigint, bearers bigint, said bigint)} WHERE {here} AND number = asked`,
    encodeRows(byForm),
  );
  const rows = yield* all(
    'DELETE FROM {forms} WHERE {here} AND {number in ?1} AND bearers = 0 RETURNING number, words',
    byForm.map(({ asked }) => asked),
  );
  const gone = rows.flatMap(({ number, words }) =>
    toList(words).map(term => ({ term: Number(term), form: Number(number) })),
  );
  for (const { term } of gone) countEach(held, [term]);
  yield* all(
    `DELETE FROM {form_words} WHERE {here}
      AND (term, form) IN (SELECT term, form FROM {?1 as gone (term bigint, form bigint)})`,
    encodeRows(gone),
  );
  return held;
}

/** A unit with its number, its speaker's number and its tokens without those of the words. */
interface PlacedUnit {
  readonly unit: IndexedUnit;
  readonly number: number;
  readonly speaker: number | null;
  readonly tokens: readonly string[];
}

function* addUnits(
  article: IndexEntry,
  terms: ReadonlyMap<string, number>,
  units: readonly PlacedUnit[],
): Script<void> {
  const { database, library } = yield* place();
  const words = units.map(({ unit }) => unit.terms.map(term => terms.get(term) ?? 0));
  const rows = units.map(({ unit: { paragraph, attribution = null, span }, number, speaker }, at) => ({
    ...{ number, paragraph, attribution, speaker, starts: span.start, ends: span.end },
    words: packNumbers(words[at] ?? []),
  }));
  if (database === 'sqlite') {
    yield* insertAll('units', rows);
    const added = units.map(({ number, tokens }, at) => ({ number, words: words[at] ?? [], tokens }));
    yield* addTokens(added);
    return;
  }
  const [repeats, mark] = [yield* repeatedOf(article), markOf(library)];
  const vectors = units.map(({ tokens }, at) => vectorOf(mark, words[at] ?? [], tokens));
  yield* insertAll(
    'units',
    rows.map((row, at) => ({ ...row, ...repeats, tokens: vectors[at] ?? '' })),
  );
}

interface UnitWords {
  readonly number: number;
  readonly speaker: number | null;
  readonly words: Uint32Array;
}

function toUnitWords({ number, speaker, words }: Row): UnitWords {
  return { number: Number(number), speaker: toOptionalNumber(speaker) ?? null, words: unpackNumbers(words) };
}

/** A speaker with a number in the library. */
type NumberedSpeaker = Pick<IndexedSpeaker, 'keys' | 'said'> & { readonly number: number };

/** Returns what returns the tokens of an article's unit by the number of its speaker. */
function tokensOf(
  speakers: readonly NumberedSpeaker[],
  outlet: string | undefined,
  day: string | undefined,
): (speaker: number | null) => readonly string[] {
  const ofAll = articleTokensOf(outlet, day);
  const ofSpeakers = new Map<number | null, readonly string[]>(
    speakers.map(({ number, keys }) => [number, speakerTokensOf(number, [...new Set(keys)].map(digestOf))]),
  );
  return speaker => [...(ofSpeakers.get(speaker) ?? []), ...ofAll];
}

function* addSpeakers(article: IndexEntry, forms: Forms): Script<readonly NumberedSpeaker[]> {
  const repeats = yield* repeatedOf(article);
  const speakers = article.indexed.speakers
    .slice(0, MAX_PER_ARTICLE)
    .map(speaker => ({ ...speaker, number: numberIn(article.number, speaker.place) }));
  const rows = speakers.map(({ number, shown, said, clear, uncertain, keys }) => ({
    ...{ ...repeats, number, shown: encodeText(shown), said, clear, uncertain, keys: keys.map(encodeText) },
  }));
  yield* insertAll('speakers', rows);
  const bearers = speakers.flatMap(({ number, said, names }) =>
    names.map(name => ({ ...repeats, speaker: number, form: formOf(forms, name), said, weight: name.weight })),
  );
  yield* insertAll('bearers', bearers);
  const keys = personKeysOf(speakers);
  const published = article.day ?? null;
  yield* insertAll(
    'keys',
    keys.map(({ key, said, speaker }) => ({ ...repeats, published, key, said, speaker })),
  );
  const statements = statementsOf(article, keys);
  const counts = yield* countStories(keys, statements);
  yield* insertAll('statements', statements);
  yield* all(
    `INSERT INTO {people} ({library_column} key, articles, said, clear, uncertain)
      SELECT {library_value} key, 1, said, clear, uncertain
      FROM {?1 as added (key text, said bigint, clear bigint, uncertain bigint)} WHERE TRUE
      ON CONFLICT ({library_column} key) DO UPDATE SET articles = people.articles + 1, said = people.said + excluded.said,
        clear = people.clear + excluded.clear, uncertain = people.uncertain + excluded.uncertain`,
    encodeRows(counts),
  );
  return speakers;
}

type NumberRange = readonly [first: number, last: number];

/** Returns the speakers. */
function* dropSpeakers(range: NumberRange, day: string | undefined): Script<readonly NumberedSpeaker[]> {
  const rows = yield* all(
    'DELETE FROM {speakers} WHERE {here} AND number BETWEEN ?1 AND ?2 RETURNING number, said, keys',
    ...range,
  );
  const speakers = rows.map(({ number, said, keys }) => ({
    number: Number(number),
    said: Number(said),
    keys: toKeys(keys),
  }));
  const keys = personKeysOf(speakers);
  yield* all(
    `DELETE FROM {keys} WHERE {here}
      AND (key, speaker) IN (SELECT key, speaker FROM {?1 as gone (key text, speaker bigint)})`,
    encodeRows(keys.map(({ key, speaker }) => ({ key, speaker }))),
  );
  const statements = yield* all(
    `DELETE FROM {statements} WHERE {here} AND {key in ?1} AND day = ?2 AND number BETWEEN ?3 AND ?4
      RETURNING key, story, certainty`,
    ...[[...new Set(keys.map(({ key }) => key))], day ?? NO_DAY, ...range],
  );
  const counts = yield* countStories(
    keys,
    statements.map(({ key, story, certainty }) => ({
      ...{ key: toText(key), story: toText(story), certainty: Number(certainty) },
    })),
  );
  yield* all(
    `UPDATE {people} SET articles = people.articles - 1, said = people.said - less.said,
        clear = people.clear - less.clear, uncertain = people.uncertain - less.uncertain
      FROM {?1 as less (asked text, said bigint, clear bigint, uncertain bigint)} WHERE {here} AND key = asked`,
    encodeRows(counts.map(({ key, ...sums }) => ({ asked: key, ...sums }))),
  );
  yield* all(
    'DELETE FROM {people} WHERE {here} AND {key in ?1} AND articles = 0',
    keys.map(({ key }) => key),
  );
  return speakers;
}

/** Returns the spellings of the names and titles that an article had. */
function* dropSpellingUses(article: number): Script<readonly SpellingUse[]> {
  const names = 'DELETE FROM {bearers} WHERE {here} AND speaker BETWEEN ?1 AND ?2 RETURNING form, said';
  const titles = 'DELETE FROM {titles} WHERE {here} AND article = ?1 RETURNING form, 0 AS said';
  const rows = [...(yield* all(names, ...rangeOf(article))), ...(yield* all(titles, article))];
  return rows.map(({ form, said }) => ({ form: Number(form), said: Number(said) }));
}

/** A speaker of one article, by the digest of a key that identifies the person. */
interface PersonKey {
  readonly key: string;
  readonly said: number;
  readonly speaker: number;
}

function personKeysOf(speakers: readonly NumberedSpeaker[]): readonly PersonKey[] {
  return speakers.flatMap(({ keys, said, number }) =>
    [...new Set(keys)].map(key => ({ key: digestOf(key), said, speaker: number })),
  );
}

/** Something that somebody says in an article, by one of their keys. */
interface KeyedStory {
  readonly key: string;
  readonly story: string;
  readonly certainty: number;
}

/** Returns the rows of what an article's speakers with keys say. What has too few words to be a story is its own. */
function statementsOf({ number, day, indexed }: IndexEntry, keys: readonly PersonKey[]): (KeyedStory & NewRow)[] {
  const bySpeaker = Map.groupBy(keys, ({ speaker }) => speaker);
  const outlet = outletKeyOf(indexed) ?? null;
  const rows = indexed.statements.slice(0, MAX_PER_ARTICLE).flatMap(({ attribution, speaker, story, counted }) =>
    (bySpeaker.get(numberIn(number, speaker)) ?? []).map(({ key }) => ({
      ...{ key, day: day ?? NO_DAY, number: numberIn(number, attribution), outlet },
      ...{ story: story ?? `${numberIn(number, attribution)}`, certainty: CERTAINTY[counted ?? 'uncounted'] },
    })),
  );
  // Two people who say something together may share a key.
  return [...new Map(rows.map(row => [`${row.key} ${row.number}`, row])).values()];
}

/** How much more a person is quoted. Not an interface, which has no implicit index signature. */
type StatementCounts = Readonly<Record<'said' | keyof QuoteCounts, number>> & { readonly key: string };

/**
 * Returns how much more is said by each of these people with an article's statements than without them, which aren't in
 * the library now. What another article has word for word isn't more; a story counts as its most certain copy.
 */
function* countStories(
  keys: readonly PersonKey[],
  statements: readonly KeyedStory[],
): Script<readonly StatementCounts[]> {
  const asked = statements.map(({ key, story }) => ({ asked_key: key, asked_story: story }));
  const rows = yield* all(
    // One look-up each, no matter what PostgreSQL knew about the table when it planned this.
    `SELECT asked_key AS key, asked_story AS story,
        (SELECT max(certainty) FROM {statements} WHERE {here} AND key = asked_key AND story = asked_story) AS certainty
      FROM {?1 as asked (asked_key text, asked_story text)}`,
    encodeRows(asked),
  );
  const others = new Map(
    rows.map(({ key, story, certainty }) => [`${toText(key)} ${toText(story)}`, toOptionalNumber(certainty)]),
  );
  const sums = new Map(keys.map(({ key }) => [key, { key, said: 0, clear: 0, uncertain: 0 }]));
  for (const [at, copies] of Map.groupBy(statements, ({ key, story }) => `${key} ${story}`)) {
    const sum = sums.get(copies[0]?.key ?? '');
    if (sum === undefined) continue;
    const before = others.get(at);
    const now = Math.max(before ?? 0, ...copies.map(({ certainty }) => certainty));
    const more = (certainty: number) => Number(now === certainty) - Number(before === certainty);
    sum.said += before === undefined ? 1 : 0;
    sum.clear += more(CERTAINTY.clear);
    sum.uncertain += more(CERTAINTY.uncertain);
  }
  return [...sums.values()];
}

/** Returns what identifies an article's outlet in the index; `undefined` if the outlet is unknown. */
export function outletKeyOf({ outlet }: IndexedArticle): string | undefined {
  return outlet === undefined ? undefined : digestOf(outlet);
}

function* countOutlet(outlet: string | undefined): Script<void> {
  if (outlet === undefined) return;
  yield* all(
    `INSERT INTO {outlets} ({library_column} outlet, folded, articles) VALUES ({library_value} ?1, ?2, 1)
      ON CONFLICT ({library_column} outlet) DO UPDATE SET articles = outlets.articles + 1`,
    ...[digestOf(outlet), encodeText(outlet)],
  );
}

function* uncountOutlet(outlet: string): Script<void> {
  yield* all('UPDATE {outlets} SET articles = articles - 1 WHERE {here} AND outlet = ?1', outlet);
  yield* all('DELETE FROM {outlets} WHERE {here} AND outlet = ?1 AND articles = 0', outlet);
}

/** Adds to the number of units in the library. */
function* countUnits(more: number): Script<void> {
  yield* all('UPDATE {totals} SET units = units + ?1 WHERE {here}', more);
}

/** The columns that PostgreSQL's rows repeat of their article, so that no query joins the articles. */
function* repeatedOf({ id, day, indexed }: IndexEntry): Script<NewRow> {
  const outlet = outletKeyOf(indexed) ?? null;
  const isPostgres = (yield* place()).database === 'postgres';
  return isPostgres ? { article: encodeText(id), published: day ?? null, outlet } : {};
}
