import type { Speaker } from '../attribution/attribution.ts';
import { type Span, slice } from '../news/span.ts';
import type { ExcerptIndex, Ranked } from './excerpt-index.ts';
import { narrationShare, saidBy } from './find-passages.ts';
import { markWords } from './mark.ts';
import { readQuery } from './query.ts';
import { touched, type Unit } from '../indexing/units.ts';
import { wordsOf } from '../indexing/words.ts';

/** Discord's limit for a suggestion. */
const longest = 100;
const most = 25;
/** More than are offered, since some give the same phrase. */
const mostRead = 40;
/** Less than this in common with what was typed is no completion of it. */
const leastScore = 0.55;
/** A quotation shorter than this is no good first suggestion. */
const shortestOpening = 40;

/** Phrases out of the articles, verbatim, that begin with or hold what was typed; the last word may be unfinished. */
export function completePhrases(
  index: ExcerptIndex,
  typed: string,
  article: string | undefined,
  by: ReadonlySet<Speaker> | undefined,
): string[] {
  const query = readQuery(typed, index.vocabulary, index.weigh, true);
  if (query.length === 0) return openings(index.units(article), by);
  const ranked = index
    .rank(query, article, unit => saidBy(unit.attribution, by))
    .filter(({ score }) => score >= leastScore)
    .sort((one, other) => worthOf(other) - worthOf(one))
    .slice(0, mostRead);
  return unlike(
    ranked.flatMap(found =>
      phraseOf(
        found,
        typed,
        query.map(({ alternatives }) => alternatives),
        index,
      ),
    ),
  );
}

/** At equal match, what somebody said comes first. */
function worthOf({ unit, score }: Ranked): number {
  return unit.attribution === undefined ? score * narrationShare : score;
}

/** From the first matched word on, as many whole words of the sentence as fit. */
function phraseOf(
  { unit }: Ranked,
  typed: string,
  alternatives: readonly ReadonlyMap<number, number>[],
  index: ExcerptIndex,
): string[] {
  const { text } = unit.from.article;
  const last = alternatives.at(-1) ?? new Map<number, number>();
  const unfinished = wordsOf(typed).at(-1)?.start ?? 0;
  const [finished] = markWords(text, unit.span, typed.slice(0, unfinished));
  // The unfinished word is not yet the word that stands there, so it is looked for by the terms that it may become.
  const begun = wordsOf(text, unit.span).find(word => last.has(index.vocabulary.find(word.term) ?? -1));
  const first = finished?.start ?? begun?.start;
  if (first === undefined) return [];
  return [cutPhrase(text, endOfSentence(unit, first))];
}

function endOfSentence(unit: Unit, start: number): Span {
  const held = touched(unit.paragraph.sentences, { start, end: start + 1 });
  const sentence = unit.paragraph.sentences[held.start];
  const end = sentence === undefined || sentence.start > start ? unit.span.end : sentence.end;
  const content = unit.attribution?.content.find(piece => start >= piece.start && start < piece.end);
  return { start, end: Math.min(end, content?.end ?? end) };
}

/** Cut after a whole word, since what is shown must stand so in the article. */
function cutPhrase(text: string, span: Span): string {
  const whole = slice(text, span).trim();
  if (whole.length <= longest) return whole;
  const words = wordsOf(text, { start: span.start, end: Math.min(span.end, span.start + longest + 1) });
  const fitting = words.filter(word => word.end <= span.start + longest).slice(0, -1);
  const end = fitting.at(-1)?.end ?? span.start;
  return text.slice(span.start, end);
}

function openings(units: Iterable<Unit>, by: ReadonlySet<Speaker> | undefined): string[] {
  const phrases: string[] = [];
  for (const unit of units) {
    const content = unit.attribution?.content[0];
    if (phrases.length >= most) break;
    if (content === undefined || unit.attribution?.type === 'indirect' || !saidBy(unit.attribution, by)) continue;
    const phrase = cutPhrase(unit.from.article.text, content);
    if (phrase.length >= shortestOpening) phrases.push(phrase);
  }
  return unlike(phrases);
}

function unlike(phrases: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const phrase of phrases) {
    const key = wordsOf(phrase)
      .map(word => word.term)
      .join(' ');
    if (key !== '' && !seen.has(key)) seen.set(key, phrase);
  }
  return [...seen.values()].slice(0, most);
}
