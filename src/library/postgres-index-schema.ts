import { expectOneLibrary, headLength } from './postgres-schema.ts';

/**
 * Units and speakers bear their article's number in their own, and whatever is looked up repeats what a filter asks of its article: no
 * question needs the articles. Words of a unit are looked up in `tokens`, which tell of their library, as the one index of them cannot.
 */
export const createIndex = `
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

/** What somebody says stands in the order of days: no answer reads all of it. */
export const orderSpoken = `
  CREATE INDEX keys_by_day ON verbatim.keys (library, key, published, speaker) INCLUDE (said, article, outlet) WHERE said > 0;
`;

/** Of equals the same are taken everywhere, without sorting all of these. */
export const orderEquals = `
  DROP INDEX verbatim.forms_by_said;
  CREATE INDEX forms_by_said ON verbatim.forms (library, said, number);
  DROP INDEX verbatim.people_by_said;
  CREATE INDEX people_by_said ON verbatim.people (library, said, key);
`;
