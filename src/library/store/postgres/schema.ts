import { dimensions } from '../../../meaning/model.ts';

/**
 * The tables of all libraries. The library's name leads every key and index, except that of the words, whose tokens
 * contain it, and there are no foreign keys: so the tables can be partitioned by library (`deploy/partition.sql`). A
 * migration must expect that they are: a partitioned table has no storage parameters, and its unique indexes contain the
 * library. Numbers are unique in a library. Text is stored as `encodeText` encodes it and compared byte by byte. An
 * index entry has a maximum size, so outlets, keys and spellings are looked up by `digestOf`, and terms by their prefix:
 * a stranger can make them as long as an article.
 */

/** How many characters of a term are indexed. */
export const headLength = 200;

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

/** The libraries, the scheduled tasks, and which process has claimed them. */
const createLists = `
  CREATE TABLE verbatim.libraries (
    library text PRIMARY KEY,
    revision bigint NOT NULL,
    article bigint NOT NULL,
    term bigint NOT NULL,
    form bigint NOT NULL,
    articles bigint NOT NULL,
    units bigint NOT NULL
  ) WITH (fillfactor = 50);
  ${['leaving', 'purging'].map(createTasks).join('\n')}
`;

/** Which process is re-reading which library, and until when. */
const createClaims = `
  CREATE TABLE verbatim.claims (
    library text PRIMARY KEY,
    claimed_by text NOT NULL,
    claimed_until timestamptz NOT NULL
  );
`;

/** Texts and what is derived from them are stored out of line: changing one doesn't rewrite the other. */
const createArticles = `
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
    PRIMARY KEY (library, number),
    UNIQUE (library, id),
    UNIQUE (library, link_key),
    UNIQUE (library, text_key)
  );
  CREATE INDEX articles_by_code ON verbatim.articles (library, code);
  CREATE INDEX articles_there ON verbatim.articles (library, number) WHERE removed_at IS NULL;
  CREATE INDEX articles_removed ON verbatim.articles (library, removed_at) WHERE removed_at IS NOT NULL;
  CREATE INDEX articles_by_versions ON verbatim.articles (library, attribution_version, index_version)
    WHERE removed_at IS NULL;
  CREATE INDEX articles_by_outlet ON verbatim.articles (library, outlet, number) WHERE removed_at IS NULL;
  CREATE INDEX articles_by_day ON verbatim.articles (library, published, number) WHERE removed_at IS NULL;
  ${expectOneLibrary('articles')}
`;

/** No row means default settings. */
const createChoices = `
  CREATE TABLE verbatim.choices (
    library text PRIMARY KEY,
    privacy text NOT NULL,
    language text NOT NULL,
    accent integer
  );
`;

/** Previewed articles, which expire within minutes unless they are saved. */
const createDrafts = `
  CREATE TABLE verbatim.drafts (
    library text,
    id text COLLATE "C",
    asker text NOT NULL,
    until bigint NOT NULL,
    checksum text NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (library, id)
  );
  ${expectOneLibrary('drafts')}
`;

/**
 * `encoded_by` names the model that made the article's vectors. They are stored apart from the row, uncompressed, so that
 * a part can be read. A scan reads the signs alone, which have numbers in the range of their article.
 */
const createVectors = `
  ALTER TABLE verbatim.articles ADD COLUMN encoded_by text COLLATE "C" NOT NULL DEFAULT '', ADD COLUMN vectors bytea;
  ALTER TABLE verbatim.articles ALTER COLUMN vectors SET STORAGE EXTERNAL;
  CREATE TABLE verbatim.signs (
    library text,
    number bigint,
    signs bit(${dimensions}) NOT NULL,
    PRIMARY KEY (library, number)
  );
  ${expectOneLibrary('signs')}
`;

/** All tables with rows of libraries, for erasing one. `deploy/partition.sql` finds them by their column `library`. */
export const tables = [
  'libraries',
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
  'signs',
  'choices',
  'drafts',
  'follows',
  'feed_items',
  'watches',
  'outbox',
  'followers',
];

/**
 * The feeds that a library follows and what became of their items, its watches, and its posts that aren't sent yet. The
 * last two tables are for all libraries.
 */
const createFollowing = `
  CREATE TABLE verbatim.follows (
    library text,
    feed text COLLATE "C",
    body text NOT NULL,
    taken bigint NOT NULL,
    skipped text NOT NULL,
    PRIMARY KEY (library, feed)
  );
  CREATE TABLE verbatim.feed_items (
    library text,
    feed text COLLATE "C",
    item text COLLATE "C",
    outcome text NOT NULL,
    attempts integer NOT NULL,
    moment bigint NOT NULL,
    article text COLLATE "C",
    PRIMARY KEY (library, feed, item)
  );
  CREATE INDEX feed_items_taken ON verbatim.feed_items (library, moment) WHERE article IS NOT NULL;
  CREATE TABLE verbatim.watches (
    library text,
    id text COLLATE "C",
    body text NOT NULL,
    PRIMARY KEY (library, id)
  );
  CREATE TABLE verbatim.outbox (
    library text,
    id text COLLATE "C",
    since bigint NOT NULL,
    due bigint NOT NULL,
    attempts integer NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (library, id)
  );
  ${['follows', 'feed_items', 'watches', 'outbox'].map(expectOneLibrary).join('\n')}
  ${createTasks('posting')}
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
`;

/** Makes the planner expect that all rows belong to one library. */
function expectOneLibrary(table: string): string {
  return `ALTER TABLE verbatim.${table} ALTER COLUMN library SET (n_distinct = 1);`;
}

/**
 * Units and speakers have numbers in the range of their article, and repeat the columns that filters need, so that no
 * query joins the articles. Words of units are looked up in `tokens`, which contain the library, because the index
 * doesn't.
 */
const createIndex = `
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
  CREATE INDEX terms_by_term ON verbatim.terms (library, left(term, ${headLength}));
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
    place integer NOT NULL,
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
  CREATE TABLE verbatim.people (
    library text,
    key text COLLATE "C",
    articles bigint NOT NULL,
    said bigint NOT NULL,
    PRIMARY KEY (library, key)
  ) WITH (fillfactor = 80);
  CREATE INDEX people_by_said ON verbatim.people (library, said);
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
  CREATE INDEX forms_by_said ON verbatim.forms (library, said);
  CREATE TABLE verbatim.form_words (
    library text,
    term bigint,
    form bigint,
    PRIMARY KEY (library, term, form)
  );
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
  CREATE TABLE verbatim.titles (
    library text,
    form bigint,
    article bigint,
    weight double precision NOT NULL,
    PRIMARY KEY (library, form, article)
  );
  CREATE INDEX titles_by_article ON verbatim.titles (library, article);
  CREATE TABLE verbatim.outlets (
    library text,
    outlet text COLLATE "C",
    folded text NOT NULL,
    articles bigint NOT NULL,
    PRIMARY KEY (library, outlet)
  );
  CREATE INDEX outlets_by_articles ON verbatim.outlets (library, articles);
  ${['terms', 'units', 'speakers', 'keys', 'people', 'forms', 'form_words', 'bearers', 'titles', 'outlets'].map(expectOneLibrary).join('\n')}
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

/** The database's versions. Never change a published one; add another. */
export const migrations: readonly Migration[] = [
  { kind: 'statements', sql: [createLists, createArticles, createIndex].join('\n') },
  { kind: 'statements', sql: createChoices },
  {
    kind: 'indexes',
    indexes: [
      // What somebody said, by day, so that a page of it reads no more than that.
      {
        name: 'keys_by_day',
        table: 'keys',
        definition: 'USING btree (library, key, published, speaker) INCLUDE (said, article, outlet) WHERE (said > 0)',
      },
    ],
  },
  { kind: 'statements', sql: createClaims },
  { kind: 'statements', sql: createDrafts },
  {
    kind: 'indexes',
    indexes: [
      // Ties are broken the same way everywhere, without sorting them all.
      { name: 'forms_by_said', table: 'forms', definition: 'USING btree (library, said, number)' },
      { name: 'people_by_said', table: 'people', definition: 'USING btree (library, said, key)' },
    ],
  },
  { kind: 'statements', sql: createTasks('erasing') },
  { kind: 'statements', sql: createVectors },
  {
    kind: 'indexes',
    indexes: [
      {
        name: 'articles_by_encoder',
        table: 'articles',
        definition: 'USING btree (library, encoded_by, number) WHERE (removed_at IS NULL)',
      },
    ],
  },
  { kind: 'statements', sql: createFollowing },
  // The nonce of the message that posts are sent in, so that the same message is sent again.
  { kind: 'statements', sql: 'ALTER TABLE verbatim.outbox ADD COLUMN nonce text COLLATE "C"' },
  // An item that is retried, which may leave its feed meanwhile.
  { kind: 'statements', sql: 'ALTER TABLE verbatim.feed_items ADD COLUMN kept text' },
];

export const latestVersion = migrations.length;
