import { touched, type Unit } from '../indexing/units.ts';
import type { Library } from '../library/library.ts';
import type { Filter } from '../library/store/library-index.ts';
import { readNewestQuotes } from '../library/store/units.ts';
import { quotationsIn } from '../news/article.ts';
import { lengthOf, type Span, slice } from '../news/span.ts';
import { foldPhrase, matchesOf, wordsOf } from '../words/words.ts';
import { isBy } from './filter.ts';
import { markWords } from './mark.ts';
import { LONGEST_SUGGESTION, MOST_SUGGESTIONS } from './names.ts';
import { NARRATION_SHARE, readUnits } from './passages.ts';
import { type QueryWord, readQuery } from './query.ts';
import { QUICK, rankUnits, type UnitScore } from './rank.ts';

/** More than are suggested, since some give the same phrase. */
const MOST_READ = 40;
/** A lower score is no completion of what was typed. */
const LEAST_SCORE = 0.55;
/** A shorter quotation makes a poor suggestion before anything is typed, and so does a clause that was cut. */
const SHORTEST_OPENING = 40;
/** If fewer words of a clause follow, all of it is suggested. A shorter quotation is part of the sentence around it. */
const FEWEST_WORDS = 3;
const HAN = /\p{sc=Han}/v;
const PAUSE = /[,;:—](?=\s)/gv;

/** Returns phrases from the articles, verbatim, that match what was typed; the last word may be unfinished. */
export async function completePhrases(library: Library, typed: string, filter: Filter): Promise<string[]> {
  const query = await readQuery(typed, library.read, true);
  if (query.length === 0) return await openings(library, filter);
  const ranked = (await rankUnits(query, library.read, filter, QUICK))
    .filter(({ score }) => score >= LEAST_SCORE)
    .sort((one, other) => worthOf(other) - worthOf(one));
  const phrases: string[] = [];
  // Articles are only read while there are too few phrases.
  for (let at = 0; at < MOST_READ && at < ranked.length && phrases.length < MOST_SUGGESTIONS; at += MOST_SUGGESTIONS) {
    const units = await readUnits(library, ranked.slice(at, Math.min(at + MOST_SUGGESTIONS, MOST_READ)));
    const found = units.filter(({ unit }) => isBy(unit.attribution, unit.from, filter));
    phrases.push(...found.flatMap(({ unit }) => phraseOf(unit, typed, query)));
  }
  return distinct(phrases);
}

/** What somebody said comes first at an equal match. */
function worthOf({ row, score }: UnitScore): number {
  return row.attribution === undefined ? score * NARRATION_SHARE : score;
}

/**
 * Returns the clause from the first match on, or all of it if hardly anything follows: as much as fits. A clause doesn't
 * go beyond a quotation: `true,” she said, adding` is nobody's words.
 */
function phraseOf(unit: Unit, typed: string, query: readonly QueryWord[]): string[] {
  const { from, span } = unit;
  const { text } = from.article;
  const last = new Set([...(query.at(-1)?.alternatives.values() ?? [])].map(({ term }) => term));
  const unfinished = wordsOf(typed).at(-1)?.start ?? 0;
  const [finished] = markWords(text, span, typed.slice(0, unfinished));
  // The unfinished word isn't in the text yet: look for the terms it may become.
  const starting = wordsOf(text, span).find(word => last.has(word.term));
  const first = finished?.start ?? starting?.start;
  if (first === undefined) return [];
  const clause = clauseAround(unit, first);
  const rest = { start: first, end: clause.end };
  const isShort = !HAN.test(text.charAt(first)) && wordsOf(text, rest).length < FEWEST_WORDS;
  if (!isShort) return [cutPhrase(text, rest)];
  const start = [clause.start, ...pausesIn(text, { start: clause.start, end: first })].find(
    at => clause.end - at <= LONGEST_SUGGESTION,
  );
  return start === undefined ? [] : [slice(text, { start, end: clause.end }).trim()];
}

/** Returns the places after commas and the like. */
function pausesIn(text: string, span: Span): number[] {
  return matchesOf(text, PAUSE, span).map(({ end }) => end);
}

/**
 * The sentence around a place, as far as a suggestion may reach, without what a longer quotation in it separates from
 * that place.
 */
function clauseAround({ from: { article }, span, paragraph, attribution }: Unit, at: number): Span {
  const held = touched(paragraph.sentences, { start: at, end: at + 1 });
  const sentence = paragraph.sentences[held.start];
  const whole = sentence === undefined || sentence.start > at ? span : sentence;
  const content = attribution?.content.find(piece => at >= piece.start && at < piece.end) ?? whole;
  let start = Math.max(whole.start, content.start, at - LONGEST_SUGGESTION);
  let end = Math.min(whole.end, content.end, at + 2 * LONGEST_SUGGESTION);
  const quotations = quotationsIn(article, paragraph).outer;
  const near = touched(quotations, { start, end });
  for (const { inner, ...quotation } of quotations.slice(near.start, near.end)) {
    if (lengthOf([inner]) <= LONGEST_SUGGESTION && wordsOf(article.text, inner).length < FEWEST_WORDS) continue;
    if (at >= inner.start && at < inner.end)
      return { start: Math.max(start, inner.start), end: Math.min(end, inner.end) };
    if (quotation.end <= at) start = Math.max(start, quotation.end);
    else end = Math.min(end, quotation.start);
  }
  return { start, end };
}

/** Cuts after a clause, or else after a whole word, so that the article has exactly what is shown. */
function cutPhrase(text: string, span: Span): string {
  const whole = slice(text, span).trim();
  if (whole.length <= LONGEST_SUGGESTION) return whole;
  const clause = pausesIn(text, { start: span.start, end: span.start + LONGEST_SUGGESTION }).at(-1) ?? span.start;
  if (clause - span.start >= SHORTEST_OPENING) return text.slice(span.start, clause);
  const words = wordsOf(text, { start: span.start, end: Math.min(span.end, span.start + LONGEST_SUGGESTION + 1) });
  const fitting = words.filter(word => word.end <= span.start + LONGEST_SUGGESTION).slice(0, -1);
  const end = fitting.at(-1)?.end ?? span.start;
  return text.slice(span.start, end);
}

async function openings(library: Library, filter: Filter): Promise<string[]> {
  const rows = await library.read(readNewestQuotes, filter, 4 * MOST_SUGGESTIONS);
  const units = await readUnits(
    library,
    rows.map(row => ({ row, score: 1 })),
  );
  const phrases = units.flatMap(({ unit: { from, attribution } }) => {
    const content = attribution?.content[0];
    if (content === undefined || attribution?.type === 'indirect' || !isBy(attribution, from, filter)) return [];
    const phrase = cutPhrase(from.article.text, content);
    return phrase.length >= SHORTEST_OPENING ? [phrase] : [];
  });
  return distinct(phrases);
}

function distinct(phrases: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const phrase of phrases) {
    const key = foldPhrase(phrase);
    if (key !== '' && !seen.has(key)) seen.set(key, phrase);
  }
  return [...seen.values()].slice(0, MOST_SUGGESTIONS);
}
