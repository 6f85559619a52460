import { readFileSync } from 'node:fs';
import { wordSet } from '../../news/lexicon/word-lists.ts';

const [womens = '', mens = ''] = readFileSync(new URL('given-names.txt', import.meta.url), 'utf8').split('\n');
/** Given names of women and of men, from many countries. Lower case, without accents. `training/given_names.py` writes them. */
export const WOMENS_NAMES = wordSet(womens);
export const MENS_NAMES = wordSet(mens);
