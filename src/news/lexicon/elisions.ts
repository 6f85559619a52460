/**
 * Words that an apostrophe opens (’em, ’tis). Only those that are hardly ever the first word of a quotation: an
 * apostrophe taken for a mark would credit somebody with words; a mark taken for an apostrophe only misses some.
 */
export const ELISIONS: ReadonlySet<string> = new Set([
  'bout',
  'cos',
  'coz',
  'cuz',
  'em',
  'gainst',
  'n',
  'neath',
  'nuff',
  'ol',
  'til',
  'tis',
  'twas',
  'twere',
  'twill',
]);
