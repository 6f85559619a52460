import { wordSet } from './word-lists.ts';

/**
 * Capitalised words that open a sentence after an abbreviation, because they are hardly ever part of a name or title.
 * ("Under", "No" and "First" are missing: U.S. Under Secretary, U.S. No. 1, U.S. First Lady.)
 */
export const SENTENCE_OPENERS = wordSet(`
  The A An This That These Those He She It They We You I His Her Its Their Our My Your In On At By For From With To Of
  As But And Or So Nor If When While After Before Because Since Although Though Unless Until However Meanwhile
  Moreover Nevertheless Nonetheless Instead Therefore Thus Indeed Still Yet Also Even Once Again There Here What Who
  Why How Where Which Whose Not Yes Some Many Most Several Both Each Every Another Others Other More Such Now Then
  Later Earlier During Despite According Amid Among Asked About Across Through Without Within Between Given Having
  Being Is Are Was Were Do Does Did Has Have Had Can Could Would Should Will Let Please Never Perhaps Maybe Only Just
  Nobody Everyone Someone Nothing Everything Anyone Mr Mrs Ms Today Yesterday Last Officials Critics
`);
