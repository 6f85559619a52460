import { contains, type Span, unite } from '../news/span.ts';
import { align, type Hit } from '../words/align.ts';
import {
  compareForms,
  compareSpelling,
  isEveryday,
  mayMisspell,
  readTyped,
  splitsOf,
  type TypedWord,
  typedWord,
  weighWord,
} from '../words/likeness.ts';
import { type Word, wordsOf } from '../words/words.ts';

/** Long texts are aligned piece by piece, so that time is linear in their length. */
const MOST_WORDS = 512;
/** Share of their likeness that words keep outside what somebody said. */
const OUTSIDE_SHARE = 0.9;

/**
 * Returns the words of `text` within `span` that a query means, which a reply shows in bold: whole words, ordered,
 * disjoint. If the same words appear twice, those within `inside` win: what somebody said.
 */
export function markWords(text: string, span: Span, words: string, inside: readonly Span[] = []): Span[] {
  const found = wordsOf(text, span);
  const asked = splitUnknown(readTyped(words), new Set(found.map(({ term }) => term)));
  const marks: Span[] = [];
  for (let at = 0; at < found.length && asked.length > 0; at += MOST_WORDS) {
    marks.push(...markPiece(asked, found.slice(at, at + MOST_WORDS), inside));
  }
  return unite(marks);
}

/** Words in a row that are worth marking though each is everyday: a phrase. */
const PHRASE = 3;
const NOT_BETWEEN = /[\p{L}\p{N}]/v;

/** Returns the marks without everyday words that stand alone. */
export function worthMarking(text: string, marks: readonly Span[]): Span[] {
  const runs: Span[][] = [];
  for (const mark of marks) {
    const last = runs.at(-1)?.at(-1);
    if (last === undefined || NOT_BETWEEN.test(text.slice(last.end, mark.start))) runs.push([mark]);
    else runs.at(-1)?.push(mark);
  }
  return runs.flatMap(run => {
    const terms = run.flatMap(mark => wordsOf(text, mark)).map(({ term }) => term);
    return terms.length >= PHRASE || !terms.every(isEveryday) ? run : [];
  });
}

/** Splits a word that the text doesn't have if it has both halves: "reevaluate" for "re-evaluate". */
function splitUnknown(asked: readonly TypedWord[], terms: ReadonlySet<string>): TypedWord[] {
  return asked.flatMap(word => {
    if (terms.has(word.term) || word.isLone) return [word];
    const split = splitsOf(word.term, 2).find(halves => halves.every(half => terms.has(half)));
    return split?.map(half => typedWord(half)) ?? [word];
  });
}

function markPiece(asked: readonly TypedWord[], words: readonly Word[], inside: readonly Span[]): Span[] {
  const byTerm = hitsByTerm(asked, words);
  const rows = words.map(word => {
    const hits = byTerm.get(word.term);
    if (hits === undefined || inside.length === 0 || inside.some(span => contains(span, word))) return hits;
    return hits.map(hit => ({ ...hit, likeness: hit.likeness * OUTSIDE_SHARE }));
  });
  const { path } = align(
    asked.map(({ term }) => weighWord(term)),
    rows,
  );
  return [...path, ...pickScattered(asked, rows, path)].flatMap(({ asked: which, at }) => {
    const [word, next] = words.slice(at, at + 2);
    if (word === undefined) return [];
    // A pair of Chinese characters is marked whole; its term belongs to the first.
    const isPair = word.sign === 'pair' && asked[which]?.isLone === false;
    return [{ start: word.start, end: (isPair ? next : word)?.end ?? word.end }];
  });
}

/** Picks telling words off the path: each where it's most alike, or of equals nearest to the path. */
function pickScattered(
  asked: readonly TypedWord[],
  rows: readonly (readonly Hit[] | undefined)[],
  path: readonly { readonly asked: number; readonly at: number }[],
): { asked: number; at: number }[] {
  const marked = new Set(path.map(step => step.asked));
  const middle = path[path.length >> 1]?.at ?? 0;
  const best = new Map<number, { at: number; worth: number }>();
  for (const [at, row] of rows.entries()) {
    for (const hit of row ?? []) {
      if (marked.has(hit.asked) || isEveryday(asked[hit.asked]?.term ?? '')) continue;
      const worth = hit.likeness - Math.abs(at - middle) / (100 * MOST_WORDS);
      if (worth > (best.get(hit.asked)?.worth ?? 0)) best.set(hit.asked, { at, worth });
    }
  }
  return [...best].map(([which, { at }]) => ({ asked: which, at }));
}

/** Returns hits by the text's terms. Misspellings count only for words that the text doesn't have. */
function hitsByTerm(asked: readonly TypedWord[], words: readonly Word[]): Map<string, Hit[]> {
  const terms = [...new Set(words.map(({ term }) => term))];
  const hits = asked.flatMap((word, at) => {
    const compare = (how: typeof compareForms, among: readonly string[]) =>
      among.map(term => ({ term, asked: at, likeness: how(word, term) })).filter(({ likeness }) => likeness > 0);
    const same = compare(compareForms, terms);
    const spelt = terms.filter(term => mayMisspell(word.term, term));
    return same.length > 0 ? same : compare(compareSpelling, spelt);
  });
  return Map.groupBy(hits, ({ term }) => term);
}
