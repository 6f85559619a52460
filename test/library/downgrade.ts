/** What makes a library's file one of before it could follow feeds, for `DatabaseSync`'s `exec`. */
const toVersion8 = `
  DROP TABLE follows;
  DROP TABLE feed_items;
  DROP TABLE watches;
  DROP TABLE outbox;
  PRAGMA user_version = 8;
`;

/** And of before there were vectors. */
export const toVersion7 = `${toVersion8}
  DROP TABLE signs;
  DROP TABLE vectors;
  DROP INDEX articles_by_encoder;
  ALTER TABLE articles DROP COLUMN encoded_by;
  PRAGMA user_version = 7;
`;

/** And of before it was counted how much is said by a spelling. */
export const toVersion6 = `${toVersion7}
  DROP INDEX forms_by_said;
  ALTER TABLE forms DROP COLUMN said;
  PRAGMA user_version = 6;
`;

/** And of before drafts were kept. */
export const toVersion5 = `${toVersion6}
  DROP TABLE drafts;
  PRAGMA user_version = 5;
`;

/** And of before what people say was in the order of days. */
export const toVersion4 = `${toVersion5}
  DROP INDEX person_keys_by_day;
  ALTER TABLE person_keys DROP COLUMN published;
  ALTER TABLE people DROP COLUMN articles;
  PRAGMA user_version = 4;
`;

/** And of before anything could be chosen. */
export const toVersion3 = `${toVersion4} DROP TABLE choices; PRAGMA user_version = 3;`;
