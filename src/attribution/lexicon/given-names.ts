import { readFileSync } from 'node:fs';

const [womens, mens] = readFileSync(new URL('given-names.txt', import.meta.url), 'utf8').split('\n');
/** Given names of women and of men, from many countries. Lower case, without accents. `training/given_names.py` writes them. */
export const WOMENS_NAMES: ReadonlySet<string> = new Set(womens?.split(' '));
export const MENS_NAMES: ReadonlySet<string> = new Set(mens?.split(' '));
