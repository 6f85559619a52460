import Fuse from 'fuse.js';
import { type Word, wordsOf } from '../indexing/words.ts';
import type { Span } from '../news/span.ts';
import { commonWords } from './lexicon/common-words.ts';
import { align, type Hit } from './rank.ts';
import { type AskedForms, compareForms, compareSpelling, likeness, readForms, weighWord } from './same-word.ts';

/** A word of a query; `lone`: a sign that no other follows, which any pair beginning with it may be. */
interface AskedWord {
  readonly term: string;
  readonly forms: AskedForms;
  readonly lone: boolean;
  readonly weight: number;
}

/** Long texts are laid along the query piece by piece, so that any length costs linear time. */
const mostWords = 512;
const mostAsked = 48;
/** Words in more of a thousand sentences than this are marked only where they stand in the query's order. */
const common = 25;
/** Words outside of what somebody said lose to the same words inside. */
const outsideShare = 0.9;

/**
 * The words of `text` within `span` that a query means: whole words, ordered, disjoint; what a reply shows in bold.
 * `inside` are the places that win where the same words stand twice: what somebody said.
 *
 * fuse.js marks characters of whatever is like the pattern ("other" in "mother") and knows neither order nor apostrophes.
 * So the same words are found by comparing, misspelt ones by fuse.js among the words of the excerpt, and which of
 * several places is meant by laying the query along the text.
 */
export function markWords(text: string, span: Span, words: string, inside: readonly Span[] = []): Span[] {
  const found = wordsOf(text, span);
  const asked = splitUnmet(readAsked(words), new Set(found.map(word => word.term)));
  const marks: Span[] = [];
  for (let at = 0; at < found.length && asked.length > 0; at += mostWords) {
    marks.push(...markPiece(asked, found.slice(at, at + mostWords), inside));
  }
  return merge(marks);
}

function readAsked(words: string): AskedWord[] {
  const read = wordsOf(words.slice(0, 4_000)).slice(0, mostAsked);
  return read.flatMap((word, at) => {
    const lone = word.sign && read[at + 1]?.start !== word.end;
    const paired = word.sign && read[at - 1]?.sign === true && read[at - 1]?.end === word.start;
    return lone && paired ? [] : [askWord(word.term, lone)];
  });
}

function askWord(term: string, lone: boolean): AskedWord {
  return { term, lone, forms: readForms(term), weight: weighWord(term, 0, 0) };
}

/** "reevaluate" is asked where "re-evaluate" stands: two words, if both stand there. */
function splitUnmet(asked: readonly AskedWord[], terms: ReadonlySet<string>): AskedWord[] {
  return asked.flatMap(word => {
    if (terms.has(word.term) || word.lone) return [word];
    const last = Math.min(word.term.length - 2, 40);
    for (let at = 2; at <= last; at += 1) {
      const halves = [word.term.slice(0, at), word.term.slice(at)];
      if (halves.every(half => terms.has(half))) return halves.map(half => askWord(half, false));
    }
    return [word];
  });
}

function markPiece(asked: readonly AskedWord[], words: readonly Word[], inside: readonly Span[]): Span[] {
  const byTerm = hitsByTerm(asked, words);
  const rows = words.map(word => {
    const hits = byTerm.get(word.term);
    if (hits === undefined || inside.length === 0) return hits;
    const within = inside.some(span => word.start >= span.start && word.end <= span.end);
    return within ? hits : hits.map(hit => ({ ...hit, likeness: hit.likeness * outsideShare }));
  });
  const { path } = align(
    asked.map(word => word.weight),
    rows,
  );
  const scattered = pickScattered(asked, rows, path);
  return [...path, ...scattered].flatMap(({ asked: which, at }) => spanOf(words, at, asked[which]));
}

/** Telling words that are not on the path, each at its surest place, the nearest to the path of those. */
function pickScattered(
  asked: readonly AskedWord[],
  rows: readonly (readonly Hit[] | undefined)[],
  path: readonly { readonly asked: number; readonly at: number }[],
): { asked: number; at: number }[] {
  const marked = new Set(path.map(step => step.asked));
  const middle = path[path.length >> 1]?.at ?? 0;
  const best = new Map<number, { at: number; worth: number }>();
  for (const [at, row] of rows.entries()) {
    for (const hit of row ?? []) {
      if (marked.has(hit.asked) || (commonWords.get(asked[hit.asked]?.term ?? '') ?? 0) >= common) continue;
      const worth = hit.likeness - Math.abs(at - middle) / (100 * mostWords);
      if (worth > (best.get(hit.asked)?.worth ?? 0)) best.set(hit.asked, { at, worth });
    }
  }
  return [...best].map(([which, { at }]) => ({ asked: which, at }));
}

/** A pair of signs is marked whole: its term stands at the first of them. */
function spanOf(words: readonly Word[], at: number, asked: AskedWord | undefined): Span[] {
  const word = words[at];
  if (word === undefined) return [];
  const next = words[at + 1];
  const pair = word.sign && asked?.lone === false && next?.start === word.end;
  return [{ start: word.start, end: pair ? next.end : word.end }];
}

function hitsByTerm(asked: readonly AskedWord[], words: readonly Word[]): Map<string, Hit[]> {
  const terms = [...new Set(words.map(word => word.term))];
  const hits = new Map<string, Hit[]>();
  const add = (term: string, hit: Hit) => hits.set(term, [...(hits.get(term) ?? []), hit]);
  const unmet: number[] = [];
  for (const [at, word] of asked.entries()) {
    const same = terms.flatMap(term => {
      const sure = word.lone && term.startsWith(word.term) ? likeness.begun : compareForms(word.forms, term);
      return sure > 0 ? [{ term, sure }] : [];
    });
    for (const { term, sure } of same) add(term, { asked: at, likeness: sure });
    if (same.length === 0) unmet.push(at);
  }
  for (const { at, term, sure } of findMisspelt(asked, unmet, terms)) add(term, { asked: at, likeness: sure });
  return hits;
}

function findMisspelt(
  asked: readonly AskedWord[],
  unmet: readonly number[],
  terms: readonly string[],
): { at: number; term: string; sure: number }[] {
  if (unmet.length === 0) return [];
  const fuse = new Fuse(terms, { threshold: 0.5, ignoreLocation: true });
  return unmet.flatMap(at => {
    const word = asked[at];
    if (word === undefined) return [];
    return fuse.search(word.term, { limit: 8 }).flatMap(({ item }) => {
      const sure = compareSpelling(word.forms, item);
      return sure > 0 ? [{ at, term: item, sure }] : [];
    });
  });
}

function merge(marks: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const mark of marks.toSorted((one, other) => one.start - other.start || one.end - other.end)) {
    const last = merged.at(-1);
    const joins = last !== undefined && mark.start <= last.end;
    if (joins) merged.pop();
    merged.push(joins ? { start: last.start, end: Math.max(last.end, mark.end) } : mark);
  }
  return merged;
}
