import type { Attribution, Speaker } from '../attribution/attribution.ts';
import { contains, overlaps, type Span } from '../news/span.ts';
import type { ExcerptIndex, Ranked } from './excerpt-index.ts';
import { markWords } from './mark.ts';
import type { Closeness, Passage } from './passage.ts';
import { type Asked, readQuery } from './query.ts';
import { sentencesOf, touched, type Unit } from '../indexing/units.ts';

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
/** An attribution no longer than this is shown whole, with its cue. */
const mostWhole = 600;
/** A single word this short, found only by its likeness, is a guess. */
const surelyMisspelt = 6;

/** Passages that hold the words, the best first, at most 25, of one article or of all; with `by`, only what these speakers said. */
export function findPassages(
  index: ExcerptIndex,
  words: string,
  article: string | undefined,
  by: ReadonlySet<Speaker> | undefined,
): Passage[] {
  const query = readQuery(words, index.vocabulary, index.weigh, false);
  const guessed = isGuess(query);
  const ranked = index.rank(query, article, unit => saidBy(unit.attribution, by));
  const least = Math.max(nearScore, (ranked[0]?.score ?? 0) * leastShare);
  const found = ranked
    .filter(({ score }) => score >= least)
    .slice(0, mostMarked)
    .map(each => toPassage(each, words, guessed, by))
    .filter(passage => passage.matches.length > 0 && saidBy(passage.attribution, by))
    .sort((one, other) => other.score - one.score);
  return withoutDoubles(found).slice(0, mostPassages);
}

/** Whether an attribution counts where only the words of some speakers do; `by` undefined: all counts. */
export function saidBy(attribution: Attribution | undefined, by: ReadonlySet<Speaker> | undefined): boolean {
  if (by === undefined) return true;
  return attribution?.speaker !== undefined && by.has(attribution.speaker);
}

function isGuess(query: readonly Asked[]): boolean {
  const [only, ...more] = query;
  if (only === undefined || more.length > 0) return false;
  const surest = Math.max(0, ...only.alternatives.values());
  return only.term.length < surelyMisspelt && surest < 0.9;
}

function toPassage(
  { unit, score }: Ranked,
  words: string,
  guessed: boolean,
  by: ReadonlySet<Speaker> | undefined,
): Passage {
  const { from, paragraph, span } = unit;
  const matches = markWords(from.article.text, span, words, unit.attribution?.content);
  const attribution = whoSaid(unit, matches, by);
  const closeness: Closeness = score >= matchScore && !guessed ? 'match' : 'near';
  const share = attribution === undefined ? narrationShare : 1;
  const excerpt = excerptOf(unit, matches, attribution);
  return { from, paragraph, excerpt, matches, attribution, closeness, score: score * share };
}

/**
 * The attribution whose content holds at least half of what matched. Words in its own cue and source count for neither
 * side: "what did officials say about drones" means what is said, not who says it. Those alone name an attribution
 * only together, as in "what did CNN report"; a name by itself was not said by its bearer. With `by`, only what these said
 * counts: words that Lee reports of Cho are found as Cho's, but as Lee's where Lee's are asked for.
 */
function whoSaid(unit: Unit, matches: readonly Span[], by: ReadonlySet<Speaker> | undefined): Attribution | undefined {
  const held = unit.from.attributions.filter(
    each => saidBy(each, by) && each.content.some(piece => overlaps(piece, unit.span)),
  );
  const ranked = held.map(attribution => ({ attribution, ...weighMatches(attribution, matches) }));
  const holding = ranked.filter(({ inside, framed, outside }) => (inside > 0 || framed) && inside >= outside);
  const [best] = holding.sort(
    (one, other) =>
      other.inside - one.inside || lengthOf(one.attribution.content) - lengthOf(other.attribution.content),
  );
  return best?.attribution;
}

function weighMatches({ content, source, cue }: Attribution, matches: readonly Span[]) {
  const within = (spans: readonly (Span | undefined)[]) =>
    matches.filter(match => spans.some(span => span !== undefined && contains(span, match)));
  const inside = within(content);
  const outside = matches.filter(match => !within([...content, source, cue]).includes(match));
  const framed = within([source]).length > 0 && within([cue]).length > 0;
  return { inside: lengthOf(inside), outside: lengthOf(outside), framed };
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, span) => sum + span.end - span.start, 0);
}

/** Whole sentences: those of the attribution if they are short enough, otherwise those with the matches. */
function excerptOf(unit: Unit, matches: readonly Span[], attribution: Attribution | undefined): Span {
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
