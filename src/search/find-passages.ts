import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import { sentencesOf, touched, type Unit } from '../indexing/units.ts';
import { wordsOf } from '../indexing/words.ts';
import type { Library } from '../library/library.ts';
import type { Filter, UnitRow } from '../library/store/library-index.ts';
import { contains, lengthOf, overlaps, type Span } from '../news/span.ts';
import { isBy } from './filter.ts';
import { commonWords } from './lexicon/common-words.ts';
import { markWords } from './mark.ts';
import type { Closeness, Passage } from './passage.ts';
import { type Asked, readQuery } from './query.ts';
import { type Ranked, rankUnits, thorough } from './rank.ts';

/** An attribution no longer than this is shown whole, with its cue. */
const mostWhole = 600;

/**
 * The attribution whose content holds at least half of what matched. Words in its own cue and source count for neither
 * side: "what did officials say about drones" means what is said, not who says it. Those alone name an attribution
 * only together, as in "what did CNN report"; a name by itself was not said by its bearer. With a filter by speaker, only what they said
 * counts: words that Lee reports of Cho are found as Cho's, but as Lee's where Lee's are asked for.
 */
function whoSaid(unit: Unit, matches: readonly Span[], filter: Filter): Attribution | undefined {
  const held = unit.from.attributions.filter(
    each => each.content.some(piece => overlaps(piece, unit.span)) && isBy(each, unit.from, filter),
  );
  const ranked = held.map(attribution => ({ attribution, ...weighMatches(attribution, matches) }));
  const holding = ranked.filter(({ inside, framed, outside }) => (inside > 0 || framed) && inside >= outside);
  const [best] = holding.sort(
    (one, other) =>
      other.inside - one.inside || lengthOf(one.attribution.content) - lengthOf(other.attribution.content),
  );
  return best?.attribution;
}

/** Whole sentences: those of the attribution if they are short enough, otherwise those with the matches. */
function placeExcerpt(unit: Unit, matches: readonly Span[], attribution: Attribution | undefined): Span {
  const whole = attribution !== undefined && unit.span.end - unit.span.start <= mostWhole;
  const first = matches[0] ?? unit.span;
  const last = matches.at(-1) ?? unit.span;
  const core = whole ? unit.span : { start: first.start, end: last.end };
  const sentences = sentencesOf(unit.paragraph);
  const held = touched(sentences, core);
  return {
    start: Math.min(core.start, sentences[held.start]?.start ?? core.start),
    end: Math.max(core.end, sentences[held.end - 1]?.end ?? core.end),
  };
}

function weighMatches({ content, source, cue }: Attribution, matches: readonly Span[]) {
  const within = (spans: readonly (Span | undefined)[]) =>
    matches.filter(match => spans.some(span => span !== undefined && contains(span, match)));
  const inside = within(content);
  const outside = matches.filter(match => !within([...content, source, cue]).includes(match));
  const framed = within([source]).length > 0 && within([cue]).length > 0;
  return { inside: lengthOf(inside), outside: lengthOf(outside), framed };
}

/** A unit with its article at hand. */
interface RankedUnit {
  readonly unit: Unit;
  readonly score: number;
}

/** Reads the articles of these units, in their order. Units whose article changed meanwhile are left out. */
export async function readUnits(library: Library, ranked: readonly Ranked[]): Promise<RankedUnit[]> {
  const articles = await library.articles([...new Set(ranked.map(({ row }) => row.article))]);
  const byId = new Map(articles.map(from => [from.article.id, from]));
  return ranked.flatMap(({ row, score }) => {
    const unit = unitIn(byId.get(row.article), row);
    return unit === undefined ? [] : [{ unit, score }];
  });
}

function unitIn(from: AttributedArticle | undefined, row: UnitRow): Unit | undefined {
  const paragraph = from?.article.paragraphs[row.paragraph];
  if (from === undefined || paragraph === undefined || !contains(paragraph, row.span)) return undefined;
  const attribution = row.attribution === undefined ? undefined : from.attributions[row.attribution];
  const isThere =
    attribution === undefined
      ? row.attribution === undefined
      : attribution.content.some(piece => overlaps(piece, row.span));
  return isThere ? { from, paragraph, span: row.span, attribution } : undefined;
}

/** From this score on, these are the words: 95 of 100 garbled queries whose passage is there reach it (measured). */
const matchScore = 0.6;
/** Under this, a passage is not worth a "did you mean". */
const nearScore = 0.38;
/** A passage with less than this share of the best one's score only stands in the way of a reader who turns pages. */
const leastShare = 0.6;
/** Narration yields to what somebody said at equal match. */
export const narrationShare = 0.97;
const mostPassages = 25;
/** More than are shown, since some turn out to be the same. */
const mostMarked = 40;
/** A single word this short, found only by its likeness, is a guess. */
const surelyMisspelt = 6;
/** Words in so many of a thousand sentences. */
const everyday = 25;

/** Passages that hold the words, the best first, at most 25. */
export async function findPassages(library: Library, words: string, filter: Filter): Promise<Passage[]> {
  const query = await readQuery(words, library.index, false);
  const guessed = isGuess(query);
  const ranked = query.length === 0 ? [] : await rankUnits(query, library.index, filter, thorough);
  const units = await readUnits(library, worthShowing(ranked));
  const found = units
    .map(each => toPassage(each, words, guessed, filter))
    .filter(passage => isTelling(passage, guessed) && isBy(passage.attribution, passage.from, filter))
    .sort((one, other) => other.score - one.score);
  return withoutDoubles(found).slice(0, mostPassages);
}

function worthShowing(ranked: readonly Ranked[]): readonly Ranked[] {
  const least = Math.max(nearScore, (ranked[0]?.score ?? 0) * leastShare);
  return ranked.filter(({ score }) => score >= least).slice(0, mostMarked);
}

function isGuess(query: readonly Asked[]): boolean {
  const [only, ...more] = query;
  if (only === undefined || more.length > 0) return false;
  const surest = Math.max(0, ...[...only.alternatives.values()].map(({ likeness }) => likeness));
  return only.term.length < surelyMisspelt && surest < 0.9;
}

/** A word that nobody says may be misspelt; a small one that everybody says is not what it was. */
function isTelling({ from: { article }, matches }: Passage, guessed: boolean): boolean {
  const terms = matches.flatMap(match => wordsOf(article.text, match)).map(({ term }) => term);
  return terms.some(term => !guessed || (commonWords.get(term) ?? 0) < everyday);
}

function toPassage({ unit, score }: RankedUnit, words: string, guessed: boolean, filter: Filter): Passage {
  const { from, paragraph, span } = unit;
  const matches = markWords(from.article.text, span, words, unit.attribution?.content);
  const attribution = whoSaid(unit, matches, filter);
  const closeness: Closeness = score >= matchScore && !guessed ? 'match' : 'near';
  const share = attribution === undefined ? narrationShare : 1;
  const excerpt = placeExcerpt(unit, matches, attribution);
  return { from, paragraph, excerpt, matches, attribution, closeness, score: score * share };
}

/** The same words are shown once: under the innermost attribution, which the order has put first. */
function withoutDoubles(passages: readonly Passage[]): Passage[] {
  const kept: Passage[] = [];
  for (const passage of passages) {
    const double = kept.some(
      other =>
        other.from === passage.from &&
        overlaps(other.excerpt, passage.excerpt) &&
        (other.attribution === passage.attribution || shareMatch(other.matches, passage.matches)),
    );
    if (!double) kept.push(passage);
  }
  return kept;
}

function shareMatch(some: readonly Span[], others: readonly Span[]): boolean {
  return some.some(one => others.some(other => overlaps(one, other)));
}
