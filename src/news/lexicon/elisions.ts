import { wordSet } from './word-lists.ts';

/**
 * Words that start with an apostrophe (’em, ’tis), limited to words that hardly ever open a quotation: taking an
 * apostrophe for a mark would credit somebody with words; taking a mark for an apostrophe only misses some.
 */
export const ELISIONS = wordSet('bout cos coz cuz em gainst n neath nuff ol til tis twas twere twill');
