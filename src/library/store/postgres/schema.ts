import { DIMENSIONS } from '../../../answering/networks/model.ts';
import { DISPUTES_TABLE, FIRST_STATEMENTS, SHARED_TABLES, STATEMENTS_TABLE } from '../tables.ts';

/** How many characters of a term are indexed. */
export const HEAD_LENGTH = 200;

/** The tables of articles and what is derived from them, of settings, and of what is followed and posted. */
const OF_LIBRARIES = [
  ...[
    'articles',
    'terms',
    'units',
    'speakers',
    'keys',
    'people',
    'forms',
    'form_words',
    'bearers',
    'titles',
    'outlets',
  ],
  ...['signs', 'drafts', 'follows', 'feed_items', 'watches', 'unmatched', 'outbox'],
];

/** All tables with rows of libraries, for erasing one. `deploy/partition.sql` finds them by their column `library`. */
export const TABLES = ['libraries', ...OF_LIBRARIES, 'choices', 'followers', 'disputes', 'statements'];

/** A list of scheduled tasks, and which process is doing them. */
function createTasks(list: string): string {
  return `CREATE TABLE verbatim.${list} (
    library text PRIMARY KEY,
    moment bigint NOT NULL,
    claimed_by text,
    claimed_until timestamptz,
    noted_again boolean NOT NULL DEFAULT false
  );`;
}

/**
 * The tables of all libraries. The library's name leads every key and index, except that of the words, whose tokens
 * contain it, and there are no foreign keys: so the tables can be partitioned by library (`deploy/partition.sql`). A
 * migration must expect that they are: a partitioned table has no storage parameters, and its unique indexes contain the
 * library. Numbers are unique in a library. Text is stored as `encodeText` encodes it and compared byte by byte. An
 * index entry has a maximum size, so outlets, keys and spellings are looked up by `digestOf`, and terms by their prefix:
 * a stranger can make them as long as an article.
 *
 * Units and speakers have numbers in the range of their article, and repeat the columns that filters need, so that no
 * query joins the articles. Words of units are looked up in `tokens`, which contain the library, because the index
 * doesn't.
 */
const BASELINE = `
  CREATE TABLE verbatim.libraries (
    library text PRIMARY KEY,
    revision bigint NOT NULL,
    article bigint NOT NULL,
    term bigint NOT NULL,
    form bigint NOT NULL,
    articles bigint NOT NULL,
    units bigint NOT NULL
  ) WITH (fillfactor = 50);

  -- Texts and what is derived from them are stored out of line, so that changing one leaves the other. Vectors are
  -- not compressed, so that a part can be read. encoded_by names the model that made them.
  CREATE TABLE verbatim.articles (
    library text,
    number bigint,
    revision bigint NOT NULL,
    id text COLLATE "C" NOT NULL,
    code text COLLATE "C" NOT NULL,
    link_key text COLLATE "C",
    text_key text COLLATE "C" NOT NULL,
    updated boolean NOT NULL,
    masthead text NOT NULL,
    text text NOT NULL,
    checksum text NOT NULL,
    removed_at bigint,
    published text COLLATE "C",
    outlet text COLLATE "C",
    paragraphs integer NOT NULL,
    attributions integer NOT NULL,
    speakers integer NOT NULL,
    attribution_version integer NOT NULL,
    index_version integer NOT NULL,
    derived text NOT NULL,
    derived_checksum text NOT NULL,
    encoded_by text COLLATE "C" NOT NULL DEFAULT '',
    vectors bytea,
    PRIMARY KEY (library, number),
    UNIQUE (library, id),
    UNIQUE (library, link_key),
    UNIQUE (library, text_key)
  );
  ALTER TABLE verbatim.articles ALTER COLUMN vectors SET STORAGE EXTERNAL;
  CREATE INDEX articles_by_code ON verbatim.articles (library, code);
  CREATE INDEX articles_there ON verbatim.articles (library, number) WHERE removed_at IS NULL;
  CREATE INDEX articles_removed ON verbatim.articles (library, removed_at) WHERE removed_at IS NOT NULL;
  CREATE INDEX articles_by_versions ON verbatim.articles (library, attribution_version, index_version)
    WHERE removed_at IS NULL;
  CREATE INDEX articles_by_outlet ON verbatim.articles (library, outlet, number) WHERE removed_at IS NULL;
  CREATE INDEX articles_by_day ON verbatim.articles (library, published, number) WHERE removed_at IS NULL;
  CREATE INDEX articles_by_encoder ON verbatim.articles (library, encoded_by, number) WHERE removed_at IS NULL;

  CREATE TABLE verbatim.terms (
    library text,
    number bigint,
    term text COLLATE "C" NOT NULL,
    bare text COLLATE "C",
    length integer NOT NULL,
    reversed text COLLATE "C",
    in_text bigint NOT NULL,
    in_names bigint NOT NULL,
    text_rank smallint GENERATED ALWAYS AS (floor(log((in_text + 1)::double precision) * 4)::smallint) STORED,
    name_rank smallint GENERATED ALWAYS AS (floor(log((in_names + 1)::double precision) * 4)::smallint) STORED,
    PRIMARY KEY (library, number)
  ) WITH (fillfactor = 80);
  CREATE INDEX terms_by_term ON verbatim.terms (library, left(term, ${HEAD_LENGTH}));
  CREATE INDEX terms_by_bare ON verbatim.terms (library, bare) WHERE bare IS NOT NULL;
  CREATE INDEX terms_by_length ON verbatim.terms (library, length, term) WHERE reversed IS NOT NULL;
  CREATE INDEX terms_by_reverse ON verbatim.terms (library, length, reversed) WHERE reversed IS NOT NULL;
  CREATE INDEX terms_of_texts_by_letter ON verbatim.terms (library, left(term, 1), text_rank) WHERE text_rank > 0;
  CREATE INDEX terms_of_texts_by_letters ON verbatim.terms (library, left(term, 2), text_rank) WHERE text_rank > 0;
  CREATE INDEX terms_of_names_by_letter ON verbatim.terms (library, left(term, 1), name_rank) WHERE name_rank > 0;
  CREATE INDEX terms_of_names_by_letters ON verbatim.terms (library, left(term, 2), name_rank) WHERE name_rank > 0;
  CREATE TABLE verbatim.units (
    library text,
    number bigint,
    article text COLLATE "C" NOT NULL,
    published text COLLATE "C",
    outlet text COLLATE "C",
    paragraph integer NOT NULL,
    attribution integer,
    speaker bigint,
    starts integer NOT NULL,
    ends integer NOT NULL,
    words bytea NOT NULL,
    tokens tsvector NOT NULL,
    PRIMARY KEY (library, number)
  ) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
  CREATE INDEX units_said ON verbatim.units (library, number) WHERE attribution IS NOT NULL;
  CREATE INDEX units_by_speaker ON verbatim.units (library, speaker, number) WHERE speaker IS NOT NULL;
  CREATE INDEX units_by_token ON verbatim.units USING gin (tokens) WITH (fastupdate = off);
  CREATE TABLE verbatim.speakers (
    library text,
    number bigint,
    article text COLLATE "C" NOT NULL,
    published text COLLATE "C",
    outlet text COLLATE "C",
    shown text NOT NULL,
    said bigint NOT NULL,
    keys text[] NOT NULL,
    PRIMARY KEY (library, number)
  );
  CREATE INDEX speakers_of_one_article ON verbatim.speakers (library, said, number) WHERE keys = '{}';
  CREATE TABLE verbatim.keys (
    library text,
    key text COLLATE "C",
    speaker bigint,
    article text COLLATE "C" NOT NULL,
    published text COLLATE "C",
    outlet text COLLATE "C",
    said bigint NOT NULL,
    PRIMARY KEY (library, key, speaker) INCLUDE (said, article, published, outlet)
  );
  -- What somebody said, by day, so that a page of it reads no more than that.
  CREATE INDEX keys_by_day ON verbatim.keys (library, key, published, speaker) INCLUDE (said, article, outlet)
    WHERE said > 0;
  CREATE TABLE verbatim.forms (
    library text,
    number bigint,
    spelling text COLLATE "C" NOT NULL,
    digest text COLLATE "C" NOT NULL,
    words bigint[] NOT NULL,
    bearers bigint NOT NULL,
    said bigint NOT NULL,
    PRIMARY KEY (library, number),
    UNIQUE (library, digest)
  ) WITH (fillfactor = 80);
  CREATE INDEX forms_by_said ON verbatim.forms (library, said, number);
  CREATE TABLE verbatim.bearers (
    library text,
    speaker bigint,
    form bigint,
    article text COLLATE "C" NOT NULL,
    published text COLLATE "C",
    outlet text COLLATE "C",
    said bigint NOT NULL,
    weight double precision NOT NULL,
    PRIMARY KEY (library, speaker, form)
  );
  CREATE INDEX bearers_by_form ON verbatim.bearers (library, form, said, speaker) INCLUDE (weight, article, published, outlet);
  -- A scan for the nearest vectors reads the signs alone.
  CREATE TABLE verbatim.signs (
    library text,
    number bigint,
    signs bit(${DIMENSIONS}) NOT NULL,
    PRIMARY KEY (library, number)
  );

  -- No row means default settings.
  CREATE TABLE verbatim.choices (
    library text PRIMARY KEY,
    privacy text NOT NULL,
    language text NOT NULL,
    accent integer
  );
  ${SHARED_TABLES}
  ALTER TABLE verbatim.people SET (fillfactor = 80);

  -- The lists for all libraries: scheduled tasks, which process is re-reading which library, and feeds.
  ${['leaving', 'erasing', 'purging', 'posting'].map(createTasks).join('\n  ')}
  CREATE TABLE verbatim.claims (
    library text PRIMARY KEY,
    claimed_by text NOT NULL,
    claimed_until timestamptz NOT NULL
  );
  CREATE TABLE verbatim.feeds (
    feed text COLLATE "C" PRIMARY KEY,
    host text COLLATE "C" NOT NULL,
    next bigint NOT NULL,
    state text NOT NULL,
    troubled smallint NOT NULL DEFAULT 0,
    renewed smallint NOT NULL DEFAULT 0,
    claimed_by text,
    claimed_until bigint
  );
  CREATE INDEX feeds_by_next ON verbatim.feeds (next, feed);
  CREATE INDEX feeds_by_claim ON verbatim.feeds (claimed_until);
  CREATE TABLE verbatim.followers (feed text COLLATE "C", library text, PRIMARY KEY (feed, library));
  CREATE INDEX followers_by_library ON verbatim.followers (library);

  -- The planner is to expect that all rows belong to one library.
  ${OF_LIBRARIES.map(name => `ALTER TABLE verbatim.${name} ALTER COLUMN library SET (n_distinct = 1);`).join('\n  ')}
`;

/** A database's version: what makes it from the one before. */
export type Migration =
  /** Run in one transaction. */
  | { readonly kind: 'statements'; readonly sql: string }
  /** Built one after the other while other processes read and write. An index that has another definition is replaced. */
  | { readonly kind: 'indexes'; readonly indexes: readonly IndexDefinition[] };

export interface IndexDefinition {
  readonly name: string;
  readonly table: string;
  /** As `pg_get_indexdef` writes it. */
  readonly definition: string;
}

/** The database's versions. Never change a released one; add another. */
export const MIGRATIONS: readonly Migration[] = [
  { kind: 'statements', sql: BASELINE },
  {
    // Filled when the articles are indexed again.
    kind: 'statements',
    sql: `ALTER TABLE verbatim.speakers ADD COLUMN clear bigint NOT NULL DEFAULT 0,
        ADD COLUMN uncertain bigint NOT NULL DEFAULT 0;
      ALTER TABLE verbatim.people ADD COLUMN clear bigint NOT NULL DEFAULT 0,
        ADD COLUMN uncertain bigint NOT NULL DEFAULT 0`,
  },
  {
    kind: 'indexes',
    indexes: [
      {
        name: 'speakers_of_one_article',
        table: 'speakers',
        definition: "USING btree (library, clear, said, number) WHERE (keys = '{}'::text[])",
      },
      { name: 'people_by_clear', table: 'people', definition: 'USING btree (library, clear, said, key)' },
    ],
  },
  { kind: 'statements', sql: 'DROP INDEX verbatim.people_by_said' },
  { kind: 'statements', sql: 'ALTER TABLE verbatim.choices ADD COLUMN mentions text' },
  {
    kind: 'statements',
    sql: `${DISPUTES_TABLE} ALTER TABLE verbatim.disputes ALTER COLUMN library SET (n_distinct = 1);
      ALTER TABLE verbatim.choices ADD COLUMN reports text;`,
  },
  {
    kind: 'statements',
    sql: `${STATEMENTS_TABLE} ALTER TABLE verbatim.statements ALTER COLUMN library SET (n_distinct = 1);
      ${FIRST_STATEMENTS}`,
  },
  {
    kind: 'statements',
    sql: `UPDATE verbatim.people SET (said, clear, uncertain) = (SELECT count(*),
      count(*) FILTER (WHERE certainty = 2), count(*) FILTER (WHERE certainty = 1) FROM verbatim.statements
      WHERE statements.library = people.library AND statements.key = people.key)`,
  },
];

/** The version of databases that this code reads and writes. */
export const LATEST_VERSION = MIGRATIONS.length;
