import { COMMON_WORDS, EMPTY_WORDS } from './lexicon/common-words.ts';
import { countEdits, editsAllowed } from './spellings.ts';
import { termsOf, wordsOf } from './words.ts';

/** How likely a word of a text is the one typed, by how the two differ. */
export const LIKENESS = {
  exact: 1,
  /** "dont" and "don't". */
  apostrophe: 0.98,
  /** "China" and "China's". */
  possessive: 0.96,
  /** The beginning of an unfinished word; a single Chinese character. */
  starting: 0.9,
  /** "drone" and "drones". */
  inflected: 0.85,
  edited: 0.85,
  editedTwice: 0.7,
  /** One edit more than a misspelling may have: only good enough for "did you mean". */
  guessed: 0.5,
} as const;

/** English endings of other forms of a word: "drone" finds "drones" too. */
const ENDINGS: readonly string[] = ['ing', 'es', 'ed', 's', 'd'];
/** Forms of shorter words are too often other words. */
const SHORTEST_BASE = 4;

/** Returns other forms of a word. */
function formsOf(word: string): string[] {
  const long = [word, ...basesOf(word)].filter(({ length }) => length >= SHORTEST_BASE);
  return long.flatMap(base => [base, ...inflect(base)]);
}

/** Returns what a word may be a form of: "dating" of "date", "planned" of "plan", "stories" of "story". */
function basesOf(word: string): string[] {
  return ENDINGS.filter(ending => word.endsWith(ending)).flatMap(ending => {
    const stem = word.slice(0, -ending.length);
    if (ending === 's' || ending === 'd') return [stem];
    return [stem, `${stem}e`, stem.replace(/i$/v, 'y'), stem.replace(/(?<twice>[^aeiou])\k<twice>$/v, '$<twice>')];
  });
}

/** Returns a word with each ending, and with what may change before it. */
function inflect(base: string): string[] {
  const plain = ENDINGS.map(ending => base + ending);
  if (base.endsWith('e')) return [...plain, `${base.slice(0, -1)}ing`];
  if (/[^aeiou]y$/v.test(base)) return [...plain, `${base.slice(0, -1)}ies`, `${base.slice(0, -1)}ied`];
  const mayDouble = /[^aeiou][aeiou][^aeiouwxy]$/v.test(base);
  return mayDouble ? [...plain, ...['ing', 'ed'].map(ending => base + base.slice(-1) + ending)] : plain;
}

/** A typed word with its other forms, to be compared with many. */
export interface TypedWord {
  readonly term: string;
  /** True for a single Chinese character: any pair that begins with it may be meant. */
  readonly isLone: boolean;
  readonly bare: string;
  /** Everything that counts as the same word, with its likeness. */
  readonly forms: ReadonlyMap<string, number>;
}

export function typedWord(term: string, isLone = false): TypedWord {
  const owner = term.endsWith("'s") ? term.slice(0, -2) : term;
  const bare = bareOf(term);
  const forms = new Map<string, number>(formsOf(owner).map(form => [form, LIKENESS.inflected]));
  for (const form of [`${owner}'s`, owner]) forms.set(form, LIKENESS.possessive);
  forms.set(bare, LIKENESS.apostrophe).set(term, LIKENESS.exact);
  return { term, isLone, bare, forms };
}

/** Longer queries are cut: a stranger may send a book. In words and UTF-16 units. */
const MOST_WORDS = 48;
const LONGEST_QUERY = 4_000;

/**
 * Reads what was typed, at most 48 words. The last character of a Chinese run is left out, since the pair before it has
 * it.
 */
export function readTyped(typed: string): TypedWord[] {
  const words = wordsOf(typed.slice(0, LONGEST_QUERY)).slice(0, MOST_WORDS);
  return words
    .filter(({ sign }, at) => sign !== 'lone' || words[at - 1]?.sign !== 'pair')
    .map(({ term, sign }) => typedWord(term, sign === 'lone'));
}

export function bareOf(word: string): string {
  return word.replaceAll("'", '');
}

/**
 * Returns how likely it's the same word, with or without its apostrophe or ending; 0 for any other word, misspellings
 * included.
 */
export function compareForms({ term, isLone, bare, forms }: TypedWord, found: string): number {
  const sure = forms.get(found);
  if (sure !== undefined) return sure;
  if (isLone && found.startsWith(term)) return LIKENESS.starting;
  return found.includes("'") && bareOf(found) === bare ? LIKENESS.apostrophe : 0;
}

/**
 * Compares a name heard rather than read, such as "Solivan": one edit more than a misspelling may have, but the same
 * first letter.
 */
export function compareLoosely({ term: asked }: TypedWord, found: string): number {
  const allowed = editsAllowed(asked) + 1;
  if (asked.length < 5 || allowed === 1 || asked[0] !== found[0]) return 0;
  return countEdits(asked, found, allowed) <= allowed ? LIKENESS.guessed : 0;
}

/** Returns how likely it's the same word or a misspelling of it; 0 for any other word. */
export function compareSpelling(asked: TypedWord, found: string): number {
  const same = compareForms(asked, found);
  const allowed = editsAllowed(asked.term);
  if (same > 0 || allowed === 0) return same;
  const edits = countEdits(asked.term, found, allowed);
  if (edits > allowed) return 0;
  return edits === 1 ? LIKENESS.edited : LIKENESS.editedTwice;
}

/** Minimum number of sentences in a thousand in which an everyday word occurs. */
const EVERYDAY = 25;

/** True for words that say little by themselves: "the", "as", "said". */
export function isEveryday(term: string): boolean {
  return (COMMON_WORDS.get(term) ?? 0) >= EVERYDAY;
}

/**
 * True if a word that was typed may be a misspelling of one in a text. An everyday word is only meant if letters are
 * swapped or left out: "teh" may be "the" and "othr" "other", but "ask" isn't "as".
 */
export function mayMisspell(asked: string, found: string): boolean {
  if (!isEveryday(found) || lettersOf(asked) === lettersOf(found)) return true;
  return asked.length > 3 && found.length > asked.length;
}

function lettersOf(word: string): string {
  return [...word].sort().join('');
}

/** Returns each way to split a word in two: "reevaluate" may be "re-evaluate". */
export function splitsOf(term: string, shortestEnd: number): (readonly [string, string])[] {
  const last = Math.min(term.length - shortestEnd, 40);
  const places = Array.from({ length: Math.max(0, last - 1) }, (_, at) => at + 2);
  return places.map(at => [term.slice(0, at), term.slice(at)] as const);
}

/** Sentences of news in general that are added to a library's own counts. */
const BACKGROUND = 1_000;
/** In how many of those a word appears that isn't in the list of common words. */
const UNLISTED = 0.3;

/** Returns a word's weight: the logarithm of its rarity among `size` excerpts and in sentences of English news. */
export function weighWord(term: string, frequency = 0, size = 0): number {
  return Math.log(1 + (BACKGROUND + size) / ((COMMON_WORDS.get(term) ?? UNLISTED) + frequency));
}

/** True if a text has all typed words in some form, ignoring empty ones such as “the”; false if all are empty. */
export function hasAllWords(text: string, typed: string): boolean {
  const telling = [...new Set(termsOf(typed))].filter(term => !EMPTY_WORDS.has(term)).map(term => typedWord(term));
  const terms = [...new Set(termsOf(text))];
  return telling.length > 0 && telling.every(word => terms.some(term => compareForms(word, term) > 0));
}
