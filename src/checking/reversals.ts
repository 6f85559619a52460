import { AUXILIARIES, SUBJECT_PRONOUNS } from '../attribution/lexicon/grammar.ts';
import { slice } from '../news/span.ts';
import { BESIDE_NEGATIONS, DAYS, OPPOSITES } from '../words/lexicon/meaning.ts';
import { areOpposite, type ComparedWord, carriesMeaning, isNegation } from '../words/quote-words.ts';
import { governsNegation, type WordChange, withBrackets } from './difference.ts';
import type { Placement } from './placement.ts';

/** A change that makes a quote say the opposite, or another number or day, with the words as they are written. */
export interface Reversal {
  readonly kind: 'dropped' | 'added' | 'swapped' | 'number' | 'day';
  /** In the quote; empty if it was dropped. */
  readonly quoted: string;
  /** In the article; empty if it was added. */
  readonly found: string;
}

/** Unchanged words between two changes of one clause. */
const MOST_BETWEEN = 1;
/** In words: longer changes say something else, not the opposite. */
const MOST_CHANGED = 4;
/** "No, it is safe" says the same without its "no". */
const SET_OFF = /^[\p{P}\s]*[,.!?;:，。！？；：]/v;

/** Words that can change next to a negation without affecting it. */
const NEUTRAL = new Set([...AUXILIARIES, ...SUBJECT_PRONOUNS, ...BESIDE_NEGATIONS]);

/** What a change has, and what it replaces in the article. */
interface Pair {
  readonly quoted: readonly ComparedWord[];
  readonly found: readonly ComparedWord[];
}

/** Returns the changes of a quote that reverse its meaning. `text` is the quote. */
export function reversalsOf(text: string, placement: Placement, changes: readonly WordChange[]): Reversal[] {
  const texts = { quoted: text, found: placement.window.from.article.text };
  const clusters = clustersOf(placement, changes).filter(
    cluster => wordsIn(cluster, 'quoted').length <= MOST_CHANGED && wordsIn(cluster, 'found').length <= MOST_CHANGED,
  );
  // "I think it won't" says the same as "I don't think it will".
  const changed = clusters.flat();
  const isMoved = negationsIn(changed, 'quoted').length === negationsIn(changed, 'found').length;
  return clusters.flatMap(cluster => {
    const negated = isEven(cluster) ? undefined : negatedIn(cluster, texts, placement);
    if (negated === undefined) return swappedIn(cluster, texts);
    return isMoved ? [] : negated;
  });
}

/** Groups neighbouring changes: "isn't" for "is not" is two of them. */
function clustersOf(
  { quote, window: { words } }: Placement,
  changes: readonly WordChange[],
): readonly (readonly Pair[])[] {
  const clusters: Pair[][] = [];
  let between = Number.POSITIVE_INFINITY;
  for (const { kind, step } of changes) {
    const quoted = quote.slice(step.quote.start, step.quote.end);
    const pair = { quoted, found: words.slice(step.article.start, step.article.end) };
    // "£2.5 million" as "£2,500,000" is one number changed and one left out.
    const isNumberCut = kind === 'cut' && pair.found.some(({ term }) => isNumber(term));
    if (kind !== 'altered' && !isNumberCut) {
      between += quoted.length;
      continue;
    }
    if (between > MOST_BETWEEN) clusters.push([pair]);
    else clusters.at(-1)?.push(pair);
    between = 0;
  }
  return clusters;
}

function wordsIn(cluster: readonly Pair[], side: keyof Pair): readonly ComparedWord[] {
  return cluster.flatMap(pair => pair[side]);
}

type Texts = Readonly<Record<keyof Pair, string>>;

function negationsIn(pairs: readonly Pair[], side: keyof Pair): readonly ComparedWord[] {
  return wordsIn(pairs, side).filter(({ term }) => isNegation(term));
}

/** True if as many negations were added as left out, or two more: two of them say the same again. */
function isEven(pairs: readonly Pair[]): boolean {
  return (negationsIn(pairs, 'quoted').length - negationsIn(pairs, 'found').length) % 2 === 0;
}

/**
 * Returns a negation that was added, dropped, or changed with its word; nothing if another word that changed may say
 * the same. `undefined` if its change means nothing.
 */
function negatedIn(cluster: readonly Pair[], texts: Texts, { quote, window }: Placement): Reversal[] | undefined {
  const [put, lost] = [negationsIn(cluster, 'quoted'), negationsIn(cluster, 'found')];
  const side = put.length > lost.length ? 'quoted' : 'found';
  const [word] = side === 'quoted' ? put : lost;
  const pair = cluster.find(each => each[side].some(one => one === word));
  if (word === undefined || pair === undefined) return undefined;
  const isSwapped = pair[side === 'quoted' ? 'found' : 'quoted'].length > 0;
  // Of "never, never" either may be left out.
  const isRepeated = window.words.some(({ term, start, end }) => {
    const isBeside = start > word.end ? start - word.end <= 2 : word.start > end && word.start - end <= 2;
    return side === 'found' && term === word.term && isBeside;
  });
  const words: readonly ComparedWord[] = side === 'quoted' ? quote : window.words;
  const isAlone = !governsNegation(words[words.indexOf(word) - 1]);
  const isSetOff = isAlone && SET_OFF.test(texts[side].slice(word.end, word.end + 3));
  if (!isSwapped && (isRepeated || isSetOff)) return undefined;
  if (changesMore(cluster, word)) return [];
  if (isSwapped) return [reversal('swapped', pair, texts)];
  // "Not every tenant": it may belong to what comes before the quote.
  if (word === quote[0]) return [];
  const alone = { quoted: [], found: [], [side]: [word] };
  return [reversal(side === 'quoted' ? 'added' : 'dropped', alone, texts)];
}

/** True if a change has more than a negation: "is unsafe" for "is not safe", but not "I agree" for "I do not agree". */
function changesMore(cluster: readonly Pair[], { term: negation }: ComparedWord): boolean {
  const terms = [...wordsIn(cluster, 'quoted'), ...wordsIn(cluster, 'found')].map(({ term }) =>
    // "It's" is "it" and an auxiliary.
    isNegation(term) ? term : term.replace(/'.*$/v, ''),
  );
  return terms.some(term => !isNegation(term) && !areOpposed(term, negation) && !NEUTRAL.has(term));
}

function swappedIn(cluster: readonly Pair[], texts: Texts): Reversal[] {
  const numbersIn = (side: keyof Pair) => wordsIn(cluster, side).filter(({ term }) => isNumber(term)).length;
  // "3,000" is "three thousand".
  const isRespelled = numbersIn('quoted') !== numbersIn('found');
  for (const pair of cluster) {
    const kind = swapOf(pair.quoted[0]?.term ?? '', pair.found[0]?.term ?? '');
    if (kind !== undefined && !(kind === 'number' && isRespelled)) return [reversal(kind, pair, texts)];
  }
  return [];
}

function reversal(kind: Reversal['kind'], { quoted, found }: Pair, texts: Texts): Reversal {
  return { kind, quoted: written(quoted[0], texts.quoted), found: written(found[0], texts.found) };
}

function written(word: ComparedWord | undefined, text: string): string {
  const shown = word === undefined ? '' : slice(text, word);
  return word !== undefined && /[\[\]]/v.test(shown) ? withBrackets(text, word) : shown;
}

function areOpposed(one: string, other: string): boolean {
  return OPPOSITES.has(`${one} ${other}`) || OPPOSITES.has(`${other} ${one}`) || areOpposite(one, other);
}

function swapOf(quoted: string, found: string): Reversal['kind'] | undefined {
  if (DAYS.has(quoted) && DAYS.has(found)) return 'day';
  if (areOpposed(quoted, found) && !isNegation(quoted) && !isNegation(found)) return 'swapped';
  return isAnotherNumber(quoted, found) ? 'number' : undefined;
}

function isNumber(term: string): boolean {
  return carriesMeaning(term) && !isNegation(term);
}

const DIGIT = /\p{N}/v;
/** "£5" and "5 pounds", "3,000" and "3000", "3rd" and "3" are the same number. */
const SPELLING = /[\p{Sc},]|(?:st|nd|rd|th)$/gv;

/** Numbers in digits and in words can't be compared. */
function isAnotherNumber(quoted: string, found: string): boolean {
  if (!isNumber(quoted) || !isNumber(found) || DIGIT.test(quoted) !== DIGIT.test(found)) return false;
  return !DIGIT.test(quoted) || quoted.replaceAll(SPELLING, '') !== found.replaceAll(SPELLING, '');
}
