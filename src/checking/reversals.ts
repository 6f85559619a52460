import type { Change } from './difference.ts';
import { days, opposites } from './lexicon/meaning.ts';
import type { Placement } from './placement.ts';
import { areOpposite, type ComparedWord, carriesMeaning, isNegation } from './words.ts';

/** A change that makes a quote say the opposite, or another number or day, with the words as they are written. */
export interface Reversal {
  readonly kind: 'dropped' | 'added' | 'swapped' | 'number' | 'day';
  /** In the quote; empty if it was dropped. */
  readonly quoted: string;
  /** In the article; empty if it was added. */
  readonly found: string;
}

/** Unchanged words between two changes of one clause. */
const mostBetween = 1;
/** In words: longer changes say something else, not the opposite. */
const mostChanged = 4;
/** "No, it is safe" says the same without its "no". */
const setOff = /^[\p{P}\s]*[,.!?;:，。！？；：]/v;

/** What a change put, and what of the article it put it in place of. */
interface Pair {
  readonly quoted: readonly ComparedWord[];
  readonly found: readonly ComparedWord[];
}

/** Returns the changes of a quote that reverse its meaning. `text` is the quote. */
export function reversalsOf(text: string, placement: Placement, changes: readonly Change[]): Reversal[] {
  const texts = { quoted: text, found: placement.window.from.article.text };
  return clustersOf(placement, changes)
    .filter(
      cluster => wordsIn(cluster, 'quoted').length <= mostChanged && wordsIn(cluster, 'found').length <= mostChanged,
    )
    .flatMap(cluster => negatedIn(cluster, texts, placement) ?? swappedIn(cluster, texts) ?? []);
}

/** Groups neighbouring changes: "isn't" for "is not" is two of them. */
function clustersOf({ quote, window: { words } }: Placement, changes: readonly Change[]): readonly (readonly Pair[])[] {
  const clusters: Pair[][] = [];
  let between = Number.POSITIVE_INFINITY;
  for (const { kind, step } of changes) {
    if (kind !== 'altered') {
      between += step.quote.end - step.quote.start;
      continue;
    }
    const quoted = quote.slice(step.quote.start, step.quote.end);
    const pair = { quoted, found: words.slice(step.article.start, step.article.end) };
    if (between > mostBetween) clusters.push([pair]);
    else clusters.at(-1)?.push(pair);
    between = 0;
  }
  return clusters;
}

function wordsIn(cluster: readonly Pair[], side: keyof Pair): readonly ComparedWord[] {
  return cluster.flatMap(pair => pair[side]);
}

type Texts = Readonly<Record<keyof Pair, string>>;

/** Finds a negation that was added, dropped, or changed with its word; two of them say the same again. */
function negatedIn(cluster: readonly Pair[], texts: Texts, { window }: Placement): Reversal | undefined {
  const negations = (side: keyof Pair) => wordsIn(cluster, side).filter(({ term }) => isNegation(term));
  const [put, lost] = [negations('quoted'), negations('found')];
  if (Math.abs(put.length - lost.length) % 2 === 0) return undefined;
  const side = put.length > lost.length ? 'quoted' : 'found';
  const [word] = side === 'quoted' ? put : lost;
  const pair = cluster.find(each => each[side].some(one => one === word));
  if (word === undefined || pair === undefined) return undefined;
  if (pair[side === 'quoted' ? 'found' : 'quoted'].length > 0) return reversal('swapped', pair, texts);
  // Of "never, never" either may be left out.
  const isRepeated = window.words.some(({ term, start, end }) => {
    const isBeside = start > word.end ? start - word.end <= 2 : word.start > end && word.start - end <= 2;
    return side === 'found' && term === word.term && isBeside;
  });
  if (isRepeated || setOff.test(texts[side].slice(word.end, word.end + 3))) return undefined;
  const alone = { quoted: [], found: [], [side]: [word] };
  return reversal(side === 'quoted' ? 'added' : 'dropped', alone, texts);
}

function swappedIn(cluster: readonly Pair[], texts: Texts): Reversal | undefined {
  for (const pair of cluster) {
    const kind = swapOf(pair.quoted[0]?.term ?? '', pair.found[0]?.term ?? '');
    if (kind !== undefined) return reversal(kind, pair, texts);
  }
  return undefined;
}

function reversal(kind: Reversal['kind'], { quoted, found }: Pair, texts: Texts): Reversal {
  return { kind, quoted: written(quoted[0], texts.quoted), found: written(found[0], texts.found) };
}

function written(word: ComparedWord | undefined, text: string): string {
  return word === undefined ? '' : text.slice(word.start, word.end);
}

function swapOf(quoted: string, found: string): Reversal['kind'] | undefined {
  if (days.has(quoted) && days.has(found)) return 'day';
  if (opposites.get(quoted)?.has(found) === true || areOpposite(quoted, found)) return 'swapped';
  const areNumbers = [quoted, found].every(term => carriesMeaning(term) && !isNegation(term));
  return areNumbers ? 'number' : undefined;
}
