/** What stands between parts of a line: between things of a kind, between clauses, and between sentences. */
export const lists = {
  'list.item': ', ',
  'list.clause': ', ',
  'list.sentence': '. ',
} as const;
