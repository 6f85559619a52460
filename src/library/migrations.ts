/**
 * What makes a library's file, version by version: the file's `user_version` says how many of these it has had. Never
 * change one that was published; add another.
 *
 * Mastheads, texts and what is derived are JSON: SQLite's own text cannot hold half a character or a NUL, and no text is
 * rewritten. Each carries a checksum, since a wrong word would be quoted as the article's own.
 */
export const migrations: readonly string[] = [
  `CREATE TABLE articles (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    link_key TEXT UNIQUE,
    text_key TEXT NOT NULL UNIQUE,
    updated INTEGER NOT NULL,
    masthead TEXT NOT NULL,
    text TEXT NOT NULL,
    checksum TEXT NOT NULL,
    removed_at INTEGER
  ) STRICT;
  CREATE INDEX removed ON articles (removed_at) WHERE removed_at IS NOT NULL;
  CREATE TABLE derived (
    number INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    made_by INTEGER NOT NULL,
    derived TEXT NOT NULL,
    derived_checksum TEXT NOT NULL
  ) STRICT;`,
];
