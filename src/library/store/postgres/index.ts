import type { Metadata } from '../../../news/article.ts';
import { longestSpelling, misspellingsOf, rangesAround, type SpellingRange } from '../../../words/spellings.ts';
import { decodeText, encodeText } from '../columns.ts';
import type {
  Field,
  Filter,
  LibraryIndex,
  Misspelling,
  NamedArticle,
  NamedSpeaker,
  Outlet,
  Spelling,
  Term,
  TermQuery,
} from '../library-index.ts';
import { isValidNumber } from '../numbers.ts';
import { termsOfSpelling } from '../tokens.ts';
import type { Database, Query } from './connection.ts';
import { Conditions, withoutSpeakers } from './filter.ts';
import { PostgresPeople, type SpeakerColumns, speakerColumns, toSpeaker } from './people.ts';
import { headLength } from './schema.ts';
import { PostgresUnits } from './units.ts';

/** Spellings read for the rarest term; fewer for the other terms, since a first name helps little. */
const maxSpellings = 1_000;

type FormColumns = { readonly number: number; readonly spelling: string };

/** The names and titles of one library. */
class PostgresNames {
  readonly #read: Query;

  constructor(read: Query) {
    this.#read = read;
  }

  async spellings(terms: readonly number[], limit: number): Promise<readonly Spelling[]> {
    const asked = [...new Set(terms.filter(isValidNumber))];
    if (asked.length === 0) return [];
    const rows = await this.#read<FormColumns>(
      `WITH asked AS MATERIALIZED (SELECT number, in_names, row_number() OVER (ORDER BY in_names, term) AS place
          FROM verbatim.terms WHERE library = $1 AND number = ANY ($2::bigint[])),
        holding AS MATERIALIZED (SELECT DISTINCT form FROM asked CROSS JOIN LATERAL
          (SELECT form FROM verbatim.form_words WHERE library = $1 AND term = asked.number ORDER BY form DESC
            LIMIT ${maxSpellings} / place) AS held),
        counted AS MATERIALIZED (SELECT number, spelling, said,
            (SELECT count(*) FROM unnest(words) AS word WHERE word = ANY ($2::bigint[])) AS held
          FROM holding JOIN verbatim.forms ON library = $1 AND number = form)
        SELECT number, spelling FROM counted ORDER BY held DESC, said DESC, number LIMIT $3`,
      ...[asked, limit],
    );
    return rows.map(toForm);
  }

  async topSpellings(limit: number): Promise<readonly Spelling[]> {
    const sql =
      'SELECT number, spelling FROM verbatim.forms WHERE library = $1 ORDER BY said DESC, number DESC LIMIT $2';
    return (await this.#read<FormColumns>(sql, limit)).map(toForm);
  }

  async speakersNamed(forms: readonly number[], filter: Filter, limit: number): Promise<readonly NamedSpeaker[]> {
    const asked = forms.filter(isValidNumber);
    if (asked.length === 0) return [];
    const conditions = new Conditions().addFilter(withoutSpeakers(filter));
    const placeholder = conditions.bind(limit);
    const rows = await this.#read<SpeakerColumns & { form: number; weight: number }>(
      `WITH found AS MATERIALIZED (SELECT each.* FROM unnest(${conditions.bind(asked)}::bigint[]) AS asked (form) CROSS JOIN LATERAL
          (SELECT form, speaker, weight, said AS often FROM verbatim.bearers WHERE ${conditions.all} AND form = asked.form
            ORDER BY said DESC, speaker DESC LIMIT ${placeholder}) AS each
          ORDER BY often DESC, speaker DESC LIMIT ${placeholder})
        SELECT ${speakerColumns}, form, weight FROM found JOIN verbatim.speakers ON library = $1 AND number = speaker
          ORDER BY said DESC, number DESC`,
      ...conditions.values,
    );
    return rows.map(({ form, weight, ...speaker }) => ({ ...toSpeaker(speaker), spelling: form, weight }));
  }

  async articlesNamed(forms: readonly number[], limit: number): Promise<readonly NamedArticle[]> {
    const asked = forms.filter(isValidNumber);
    if (asked.length === 0) return [];
    const rows = await this.#read<{ article: string; form: number; weight: number }>(
      `WITH found AS MATERIALIZED (SELECT each.* FROM unnest($2::bigint[]) AS asked (form) CROSS JOIN LATERAL
          (SELECT form, article, weight FROM verbatim.titles WHERE library = $1 AND form = asked.form
            ORDER BY article DESC LIMIT $3) AS each ORDER BY article DESC LIMIT $3)
        SELECT articles.id AS article, form, weight FROM found
          JOIN verbatim.articles ON library = $1 AND number = found.article ORDER BY number DESC`,
      ...[asked, limit],
    );
    return rows.map(({ article, form, weight }) => ({ article: decodeText(article), spelling: form, weight }));
  }

  async outlets(limit: number): Promise<readonly Outlet[]> {
    const rows = await this.#read<{ masthead: string; folded: string; articles: number }>(
      `SELECT newest.masthead, folded, articles FROM
          (SELECT * FROM verbatim.outlets WHERE library = $1 ORDER BY articles DESC, folded COLLATE "C" LIMIT $2) AS outlets
        CROSS JOIN LATERAL (SELECT masthead FROM verbatim.articles WHERE library = $1 AND outlet = outlets.outlet
          AND removed_at IS NULL ORDER BY number DESC LIMIT 1) AS newest ORDER BY articles DESC, folded COLLATE "C"`,
      limit,
    );
    return rows.map(({ masthead, folded, articles }) => ({
      shown: outletIn(masthead),
      folded: decodeText(folded),
      articles,
    }));
  }
}

function toForm({ number, spelling }: FormColumns): Spelling {
  return { number, terms: termsOfSpelling(decodeText(spelling)) };
}

function outletIn(masthead: string): string {
  const { outlet }: Metadata = JSON.parse(masthead);
  return outlet ?? '';
}

/** The columns with a term's frequency, and with its logarithm, by which short prefixes are ordered. */
const columns = {
  text: { count: 'in_text', rank: 'text_rank' },
  name: { count: 'in_names', rank: 'name_rank' },
} as const;

/** Few terms share a prefix of this length. */
const selectiveLength = 4;

/** Sorts after every continuation of a prefix. */
const last = '\u{10ffff}';

/** A range around the asked word with this index. */
type Range = SpellingRange & { readonly at: number };
type FoundRow = TermRow & { readonly at: number };
type TermRow = { readonly number: number; readonly term: string; readonly frequency: number };

/** The terms of one library. */
class PostgresVocabulary {
  readonly #read: Query;

  constructor(read: Query) {
    this.#read = read;
  }

  async terms(field: Field, asked: readonly string[], bare: readonly string[]): Promise<readonly Term[]> {
    if (asked.length + bare.length === 0) return [];
    const { count } = columns[field];
    const selected = `SELECT number, term, ${count} AS frequency FROM verbatim.terms WHERE library = $1 AND ${count} > 0`;
    const rows = await this.#read<TermRow>(
      `${selected} AND left(term, ${headLength}) = ANY ($2::text[]) AND term = ANY ($3::text[])
        UNION ${selected} AND bare = ANY ($4::text[])`,
      ...[asked.map(headOf), asked.map(encodeText), bare.filter(isShort).map(encodeText)],
    );
    return rows.map(toTerm);
  }

  async termsWithPrefix(field: Field, prefix: string, limit: number): Promise<readonly Term[]> {
    const begins = encodeText(prefix);
    if (begins === '') return [];
    const rows =
      [...begins].length > 2
        ? await this.#withLongPrefix(field, begins, limit)
        : await this.#withShortPrefix(field, begins, limit);
    return rows.filter(({ term }) => term.startsWith(begins)).map(toTerm);
  }

  async misspellings(
    field: Field,
    asked: readonly string[],
    limit: number,
  ): Promise<readonly (readonly Misspelling[])[]> {
    const ranges = asked.flatMap((word, at) => rangesAround(word).map(range => ({ at, ...range })));
    if (ranges.length === 0) return asked.map(() => []);
    const isSelective = ({ by, begins }: Range) => by === 'term' && begins.length >= selectiveLength;
    const short = ranges.filter(range => !isSelective(range));
    const found = await Promise.all([
      this.#inRanges(field, ranges.filter(isSelective)),
      ...(['term', 'reversed'] as const).map(by =>
        this.#inRangesByLength(
          field,
          by,
          short.filter(range => range.by === by),
        ),
      ),
    ]);
    const near = asked.map(() => new Map<number, Term>());
    for (const { at, ...term } of found.flat()) near[at]?.set(term.number, toTerm(term));
    return asked.map((word, at) => misspellingsOf(word, near[at]?.values() ?? [], limit));
  }

  #withLongPrefix(field: Field, begins: string, limit: number): Promise<readonly TermRow[]> {
    const { count } = columns[field];
    const head = `left(term, ${headLength})`;
    return this.#read<TermRow>(
      `SELECT number, term, ${count} AS frequency FROM verbatim.terms
        WHERE library = $1 AND ${head} >= $2 AND ${head} < $3 AND ${count} > 0 ORDER BY ${count} DESC, term LIMIT $4`,
      ...[headOf(begins), headOf(begins) + last, limit],
    );
  }

  /** Very many terms share one or two first letters, so only the most frequent are read, in index order. */
  #withShortPrefix(field: Field, begins: string, limit: number): Promise<readonly TermRow[]> {
    const { count, rank } = columns[field];
    const from = `FROM verbatim.terms WHERE library = $1 AND ${rank} > 0 AND left(term, ${[...begins].length}) = $2`;
    return this.#read<TermRow>(
      `SELECT number, term, ${count} AS frequency ${from} AND ${rank} >= coalesce(
          (SELECT ${rank} ${from} ORDER BY ${rank} DESC LIMIT 1 OFFSET $3), 0)
        ORDER BY ${count} DESC, term LIMIT $4`,
      ...[begins, Math.max(0, limit - 1), limit],
    );
  }

  /** Few terms share these prefixes, whatever their length. `OFFSET 0` makes each range its own look-up. */
  #inRanges(field: Field, ranges: readonly Range[]): Promise<readonly FoundRow[]> {
    if (ranges.length === 0) return Promise.resolve([]);
    const { count } = columns[field];
    const head = `left(term, ${headLength})`;
    return this.#read<FoundRow>(
      `SELECT asked.at, found.* FROM unnest($2::int[], $3::int[], $4::int[], $5::text[], $6::text[])
          AS asked (at, shortest, longest, begins, beyond)
        CROSS JOIN LATERAL (SELECT number, term, ${count} AS frequency FROM verbatim.terms
          WHERE library = $1 AND ${head} >= asked.begins COLLATE "C" AND ${head} < asked.beyond COLLATE "C"
            AND length BETWEEN asked.shortest AND asked.longest AND ${count} > 0 OFFSET 0) AS found`,
      ...[ranges.map(({ at }) => at), ranges.map(({ shortest }) => shortest)],
      ...[ranges.map(({ longest }) => longest), ranges.map(({ begins }) => encodeText(begins))],
      ranges.map(({ begins }) => encodeText(begins) + last),
    );
  }

  /** Very many terms share these prefixes or suffixes, so their length is looked up as well. */
  #inRangesByLength(field: Field, by: 'term' | 'reversed', ranges: readonly Range[]): Promise<readonly FoundRow[]> {
    if (ranges.length === 0) return Promise.resolve([]);
    const { count } = columns[field];
    const asked = ranges.flatMap(({ shortest, longest, ...range }) =>
      Array.from({ length: longest - shortest + 1 }, (_, more) => ({ ...range, length: shortest + more })),
    );
    return this.#read<FoundRow>(
      `SELECT asked.at, found.* FROM unnest($2::int[], $3::int[], $4::text[], $5::text[])
          AS asked (at, length, begins, beyond)
        CROSS JOIN LATERAL (SELECT number, term, ${count} AS frequency FROM verbatim.terms
          WHERE library = $1 AND length = asked.length AND reversed IS NOT NULL AND ${count} > 0
            AND ${by} >= asked.begins COLLATE "C" AND ${by} < asked.beyond COLLATE "C" OFFSET 0) AS found`,
      ...[asked.map(({ at }) => at), asked.map(({ length }) => length)],
      ...[asked.map(({ begins }) => encodeText(begins)), asked.map(({ begins }) => encodeText(begins) + last)],
    );
  }
}

/** The indexed part of a term, in the server's characters. */
function headOf(term: string): string {
  return [...encodeText(term).slice(0, 2 * headLength)].slice(0, headLength).join('');
}

function isShort(term: string): boolean {
  return term.length <= longestSpelling;
}

function toTerm({ number, term, frequency }: TermRow): Term {
  return { number, term: decodeText(term), frequency };
}

type Index<Name extends keyof LibraryIndex> = LibraryIndex[Name];

/** One library's full-text index in PostgreSQL. Answers take a few index look-ups and wait for no writer. */
export class PostgresIndex implements LibraryIndex {
  readonly #vocabulary: PostgresVocabulary;
  readonly #units: PostgresUnits;
  readonly #names: PostgresNames;
  readonly #people: PostgresPeople;

  constructor(database: Database, library: string) {
    // In all statements, the library is `$1`.
    const read: Query = (sql, ...values) => database.read(sql, library, ...values);
    this.#vocabulary = new PostgresVocabulary(read);
    this.#people = new PostgresPeople(read);
    this.#units = new PostgresUnits(read, library, this.#people);
    this.#names = new PostgresNames(read);
  }

  size: Index<'size'> = () => this.#units.size();
  terms: Index<'terms'> = (field, asked, bare) => this.#vocabulary.terms(field, asked, bare);
  termsWithPrefix: Index<'termsWithPrefix'> = (field, prefix, limit) =>
    this.#vocabulary.termsWithPrefix(field, prefix, limit);
  misspellings: Index<'misspellings'> = (field, asked, limit) => this.#vocabulary.misspellings(field, asked, limit);
  matchingUnits: Index<'matchingUnits'> = (asked: TermQuery, filter: Filter, limit) =>
    this.#units.matchingUnits(asked, filter, limit);
  units: Index<'units'> = (numbers, filter) => this.#units.units(numbers, filter);
  newestQuotes: Index<'newestQuotes'> = (filter, limit) => this.#units.newestQuotes(filter, limit);
  spellings: Index<'spellings'> = (terms, limit) => this.#names.spellings(terms, limit);
  topSpellings: Index<'topSpellings'> = limit => this.#names.topSpellings(limit);
  speakersNamed: Index<'speakersNamed'> = (forms, filter, limit) => this.#names.speakersNamed(forms, filter, limit);
  appearances: Index<'appearances'> = (keys, filter, from, limit) =>
    this.#people.appearances(keys, filter, from, limit);
  timeline: Index<'timeline'> = (keys, filter, part) => this.#people.timeline(keys, filter, part);
  topSpeakers: Index<'topSpeakers'> = (filter, limit) => this.#people.topSpeakers(filter, limit);
  articlesNamed: Index<'articlesNamed'> = (forms, limit) => this.#names.articlesNamed(forms, limit);
  outlets: Index<'outlets'> = limit => this.#names.outlets(limit);
}
