import { type Word, wordsOf } from '../indexing/words.ts';
import { contains, type Span, unite } from '../news/span.ts';
import { readWords, splitsOf } from './query.ts';
import { align, type Hit } from './rank.ts';
import {
  compareForms,
  compareTextSpelling,
  isEveryday,
  likeness,
  readForms,
  type TypedForms,
  weighWord,
} from './same-word.ts';

interface MarkedWord {
  readonly term: string;
  readonly forms: TypedForms;
  /** True for a single Chinese character: any pair that begins with it may be meant. */
  readonly isLone: boolean;
  readonly weight: number;
}

/** Long texts are aligned piece by piece, so that time is linear in their length. */
const mostWords = 512;
/** Share of their likeness that words keep outside what somebody said. */
const outsideShare = 0.9;

/**
 * Returns the words of `text` within `span` that a query means, which a reply shows in bold: whole words, ordered,
 * disjoint. If the same words appear twice, those within `inside` win: what somebody said.
 */
export function markWords(text: string, span: Span, words: string, inside: readonly Span[] = []): Span[] {
  const found = wordsOf(text, span);
  const asked = splitUnmet(
    readWords(words).map(({ term, isLone }) => toMarkedWord(term, isLone)),
    new Set(found.map(word => word.term)),
  );
  const marks: Span[] = [];
  for (let at = 0; at < found.length && asked.length > 0; at += mostWords) {
    marks.push(...markPiece(asked, found.slice(at, at + mostWords), inside));
  }
  return unite(marks);
}

/** Words in a row that are worth marking though each is everyday: a phrase. */
const phrase = 3;
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
    return terms.length >= phrase || !terms.every(isEveryday) ? run : [];
  });
}

function toMarkedWord(term: string, isLone: boolean): MarkedWord {
  return { term, isLone, forms: readForms(term), weight: weighWord(term, 0, 0) };
}

/** Splits a word that the text doesn't have if it has both halves: "reevaluate" for "re-evaluate". */
function splitUnmet(asked: readonly MarkedWord[], terms: ReadonlySet<string>): MarkedWord[] {
  return asked.flatMap(word => {
    if (terms.has(word.term) || word.isLone) return [word];
    const split = splitsOf(word.term, 2).find(halves => halves.every(half => terms.has(half)));
    return split?.map(half => toMarkedWord(half, false)) ?? [word];
  });
}

function markPiece(asked: readonly MarkedWord[], words: readonly Word[], inside: readonly Span[]): Span[] {
  const byTerm = hitsByTerm(asked, words);
  const rows = words.map(word => {
    const hits = byTerm.get(word.term);
    if (hits === undefined || inside.length === 0 || inside.some(span => contains(span, word))) return hits;
    return hits.map(hit => ({ ...hit, likeness: hit.likeness * outsideShare }));
  });
  const { path } = align(
    asked.map(word => word.weight),
    rows,
  );
  return [...path, ...pickScattered(asked, rows, path)].flatMap(({ asked: which, at }) =>
    spanOf(words, at, asked[which]),
  );
}

/** Picks telling words off the path: each where it's most alike, or of equals nearest to the path. */
function pickScattered(
  asked: readonly MarkedWord[],
  rows: readonly (readonly Hit[] | undefined)[],
  path: readonly { readonly asked: number; readonly at: number }[],
): { asked: number; at: number }[] {
  const marked = new Set(path.map(step => step.asked));
  const middle = path[path.length >> 1]?.at ?? 0;
  const best = new Map<number, { at: number; worth: number }>();
  for (const [at, row] of rows.entries()) {
    for (const hit of row ?? []) {
      if (marked.has(hit.asked) || isEveryday(asked[hit.asked]?.term ?? '')) continue;
      const worth = hit.likeness - Math.abs(at - middle) / (100 * mostWords);
      if (worth > (best.get(hit.asked)?.worth ?? 0)) best.set(hit.asked, { at, worth });
    }
  }
  return [...best].map(([which, { at }]) => ({ asked: which, at }));
}

/** A pair of Chinese characters is marked whole; its term belongs to the first. */
function spanOf(words: readonly Word[], at: number, asked: MarkedWord | undefined): Span[] {
  const word = words[at];
  if (word === undefined) return [];
  const next = words[at + 1];
  const isPair = word.sign && asked?.isLone === false && next?.start === word.end;
  return [{ start: word.start, end: isPair ? next.end : word.end }];
}

/** Returns hits by the text's terms. Misspellings count only for words that the text doesn't have. */
function hitsByTerm(asked: readonly MarkedWord[], words: readonly Word[]): Map<string, Hit[]> {
  const terms = [...new Set(words.map(word => word.term))];
  const hits = new Map<string, Hit[]>();
  for (const [at, word] of asked.entries()) {
    const compare = (how: (term: string) => number) =>
      terms.map(term => ({ term, sure: how(term) })).filter(({ sure }) => sure > 0);
    const same = compare(term =>
      word.isLone && term.startsWith(word.term) ? likeness.starting : compareForms(word.forms, term),
    );
    for (const { term, sure } of same.length > 0 ? same : compare(term => compareTextSpelling(word.forms, term))) {
      hits.set(term, [...(hits.get(term) ?? []), { asked: at, likeness: sure }]);
    }
  }
  return hits;
}
