import { touched, type Unit } from '../indexing/units.ts';
import type { Library } from '../library/library.ts';
import type { Filter } from '../library/store/library-index.ts';
import { readNewestQuotes } from '../library/store/units.ts';
import { type Span, slice } from '../news/span.ts';
import { foldPhrase, wordsOf } from '../words/words.ts';
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
/** A shorter quotation makes a poor suggestion before anything is typed. */
const SHORTEST_OPENING = 40;

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

/** Returns as many whole words of the sentence as fit, from the first match on. */
function phraseOf({ from, span, paragraph, attribution }: Unit, typed: string, query: readonly QueryWord[]): string[] {
  const { text } = from.article;
  const last = new Set([...(query.at(-1)?.alternatives.values() ?? [])].map(({ term }) => term));
  const unfinished = wordsOf(typed).at(-1)?.start ?? 0;
  const [finished] = markWords(text, span, typed.slice(0, unfinished));
  // The unfinished word isn't in the text yet: look for the terms it may become.
  const starting = wordsOf(text, span).find(word => last.has(word.term));
  const first = finished?.start ?? starting?.start;
  if (first === undefined) return [];
  return [cutPhrase(text, endOfSentence({ from, span, paragraph, attribution }, first))];
}

function endOfSentence(unit: Unit, start: number): Span {
  const held = touched(unit.paragraph.sentences, { start, end: start + 1 });
  const sentence = unit.paragraph.sentences[held.start];
  const end = sentence === undefined || sentence.start > start ? unit.span.end : sentence.end;
  const content = unit.attribution?.content.find(piece => start >= piece.start && start < piece.end);
  return { start, end: Math.min(end, content?.end ?? end) };
}

/** Cuts after a whole word, so that the article has exactly what is shown. */
function cutPhrase(text: string, span: Span): string {
  const whole = slice(text, span).trim();
  if (whole.length <= LONGEST_SUGGESTION) return whole;
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
