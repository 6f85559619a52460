/**
 * The tables of all libraries. `library`, its name, leads every key and index but the one of words, whose tokens tell of it, and nothing refers from one table to another by a
 * constraint: the tables can be distributed by it. Numbers count within a library. Text is stored as `toColumn` writes it and
 * compared byte by byte. An index takes no value of any length: outlets, keys and spellings, which a stranger may make as long as
 * an article, are looked up by `digestOf` them, and terms by their beginnings.
 */

/** How much of a term is in an index. */
export const headLength = 200;

/** What is kept of each library, what is due for which, and which process has taken that on. */
export const createLists = `
  CREATE TABLE verbatim.libraries (
    library text PRIMARY KEY,
    revision bigint NOT NULL,
    article bigint NOT NULL,
    term bigint NOT NULL,
    form bigint NOT NULL,
    articles bigint NOT NULL,
    units bigint NOT NULL
  ) WITH (fillfactor = 50);
  ${['leaving', 'purging']
    .map(
      list => `CREATE TABLE verbatim.${list} (
    library text PRIMARY KEY,
    moment bigint NOT NULL,
    claimed_by text,
    claimed_until timestamptz,
    noted_again boolean NOT NULL DEFAULT false
  );`,
    )
    .join('\n')}
`;

/** Which libraries' articles somebody is reading again, and how long they have that to themselves. */
export const createClaims = `
  CREATE TABLE verbatim.claims (
    library text PRIMARY KEY,
    claimed_by text NOT NULL,
    claimed_until timestamptz NOT NULL
  );
`;

/** Texts, and what is derived from them: a change of one leaves the other where it lies. */
export const createArticles = `
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

/** No row: nobody has chosen yet. */
export const createChoices = `
  CREATE TABLE verbatim.choices (
    library text PRIMARY KEY,
    privacy text NOT NULL,
    language text NOT NULL,
    accent integer
  );
`;

/** What was read and shown, and is gone in some minutes unless somebody keeps it. */
export const createDrafts = `
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

/** All tables that hold rows of libraries, for erasing one. */
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
  'choices',
  'drafts',
];

/** Plans are made for the biggest library there is, whichever is asked. */
export function expectOneLibrary(table: string): string {
  return `ALTER TABLE verbatim.${table} ALTER COLUMN library SET (n_distinct = 1);`;
}
