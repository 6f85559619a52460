import type { Attribution } from '../attribution/attribution.ts';
import { sentencesOf, touched, type Unit } from '../indexing/units.ts';
import { contains, lengthOf, overlaps, type Span } from '../news/span.ts';
import { isBy, type Voices } from './ground.ts';

/** An attribution no longer than this is shown whole, with its cue. */
const mostWhole = 600;

/**
 * The attribution whose content holds at least half of what matched. Words in its own cue and source count for neither
 * side: "what did officials say about drones" means what is said, not who says it. Those alone name an attribution
 * only together, as in "what did CNN report"; a name by itself was not said by its bearer. With `voices`, only what these said
 * counts: words that Lee reports of Cho are found as Cho's, but as Lee's where Lee's are asked for.
 */
export function whoSaid(unit: Unit, matches: readonly Span[], voices: Voices | undefined): Attribution | undefined {
  const held = unit.from.attributions.filter(
    each => each.content.some(piece => overlaps(piece, unit.span)) && isBy(each, unit.from, voices),
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
export function placeExcerpt(unit: Unit, matches: readonly Span[], attribution: Attribution | undefined): Span {
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
