/**
 * Tables of libraries that are the same in both databases, in PostgreSQL's SQL. SQLite's have neither the column of the
 * library nor a schema.
 */
export const SHARED_TABLES = `
  -- Sums over the articles of each person: adding them up for each answer would read all of those.
  CREATE TABLE verbatim.people (library text, key text COLLATE "C", articles bigint NOT NULL, said bigint NOT NULL,
    PRIMARY KEY (library, key));
  CREATE INDEX people_by_said ON verbatim.people (library, said, key);
  CREATE TABLE verbatim.form_words (library text, term bigint, form bigint, PRIMARY KEY (library, term, form));
  CREATE TABLE verbatim.titles (library text, form bigint, article bigint, weight double precision NOT NULL,
    PRIMARY KEY (library, form, article));
  CREATE INDEX titles_by_article ON verbatim.titles (library, article);
  CREATE TABLE verbatim.outlets (library text, outlet text COLLATE "C", folded text COLLATE "C" NOT NULL,
    articles bigint NOT NULL, PRIMARY KEY (library, outlet));
  CREATE INDEX outlets_by_articles ON verbatim.outlets (library, articles);

  -- Previewed articles, which expire within minutes unless they are saved.
  CREATE TABLE verbatim.drafts (library text, id text COLLATE "C", asker text NOT NULL, until bigint NOT NULL,
    checksum text NOT NULL, body text NOT NULL, PRIMARY KEY (library, id));
  CREATE TABLE verbatim.follows (library text, feed text COLLATE "C", body text NOT NULL, taken bigint NOT NULL,
    skipped text NOT NULL, PRIMARY KEY (library, feed));
  -- What became of the items of feeds. An item that is retried is stored, since it may leave its feed meanwhile.
  CREATE TABLE verbatim.feed_items (library text, feed text COLLATE "C", item text COLLATE "C", outcome text NOT NULL,
    attempts integer NOT NULL, moment bigint NOT NULL, article text COLLATE "C", kept text,
    PRIMARY KEY (library, feed, item));
  CREATE INDEX feed_items_taken ON verbatim.feed_items (library, moment) WHERE article IS NOT NULL;
  CREATE TABLE verbatim.watches (library text, id text COLLATE "C", body text NOT NULL, PRIMARY KEY (library, id));
  -- New articles that the watches were not matched with yet.
  CREATE TABLE verbatim.unmatched (library text, article text COLLATE "C", since bigint NOT NULL,
    PRIMARY KEY (library, article));
  -- The nonce is that of the message that posts are sent in, so that the same message is sent again.
  CREATE TABLE verbatim.outbox (library text, id text COLLATE "C", since bigint NOT NULL, due bigint NOT NULL,
    attempts integer NOT NULL, body text NOT NULL, nonce text COLLATE "C", PRIMARY KEY (library, id));
`;

/** What people dispute, in the same way. Of the article's words there are only digests. */
export const DISPUTES_TABLE = `
  CREATE TABLE verbatim.disputes (library text, article text COLLATE "C", starts bigint, ends bigint,
    reporter text NOT NULL, since bigint NOT NULL, open integer NOT NULL, body text NOT NULL,
    PRIMARY KEY (library, article, starts, ends));
  CREATE INDEX disputes_open ON verbatim.disputes (library, since) WHERE open = 1;
  CREATE INDEX disputes_by_reporter ON verbatim.disputes (library, reporter, since);
`;

/** The day of what has none: after all days. */
export const NO_DAY = '~';

/** The column `certainty` of statements. */
export const CERTAINTY = { clear: 2, uncertain: 1, uncounted: 0 };

/**
 * What each person says, by the digest of each of their keys. A statement has a row in each article that prints it word
 * for word, all with the same story, and counts once. The number is that of its attribution.
 */
export const STATEMENTS_TABLE = `
  CREATE TABLE verbatim.statements (library text, key text COLLATE "C", day text COLLATE "C", number bigint,
    outlet text COLLATE "C", story text COLLATE "C" NOT NULL, certainty integer NOT NULL,
    PRIMARY KEY (library, key, day, number));
  CREATE INDEX statements_by_story ON verbatim.statements (library, key, story, day, number, outlet, certainty);
`;

/** Until articles are indexed again, each statement is a story of its own, and only the number of clear ones is known. */
export const FIRST_STATEMENTS = `
  INSERT INTO verbatim.statements (library, key, day, number, outlet, story, certainty)
    SELECT library, key, coalesce(published, '${NO_DAY}'), number, outlet, number || '',
      CASE WHEN place <= clear THEN ${CERTAINTY.clear} WHEN place <= clear + uncertain THEN ${CERTAINTY.uncertain}
        ELSE ${CERTAINTY.uncounted} END
    FROM (SELECT library, speaker, article, number, row_number() OVER (PARTITION BY library, speaker ORDER BY number) AS place
      FROM (SELECT DISTINCT library, speaker, number >> 20 AS article, (number >> 20 << 20) + attribution AS number
        FROM verbatim.units WHERE attribution IS NOT NULL AND speaker IS NOT NULL) AS known) AS said
    JOIN (SELECT library, number AS speaker, clear, uncertain FROM verbatim.speakers) AS counted USING (library, speaker)
    JOIN (SELECT library, speaker, key FROM verbatim.keys) AS named USING (library, speaker)
    JOIN (SELECT library, number AS article, published, outlet FROM verbatim.articles) AS dated USING (library, article);
`;
