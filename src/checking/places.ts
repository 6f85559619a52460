import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import { denialOf } from '../attribution/denial.ts';
import { sentencesOf, touched } from '../indexing/units.ts';
import type { Paragraph } from '../news/article.ts';
import { pairQuotations } from '../news/quotations.ts';
import { contains, lengthOf, overlaps, type Span } from '../news/span.ts';
import type { Change } from './changes.ts';
import { compareCredit } from './credit.ts';
import type { Place } from './finding.ts';
import type { Placement } from './placement.ts';

/** Fewer words in another paragraph than most stand in are no place of their own. */
const leastOfPlace = 3;

/** Words of a quotation that stand together in the article, and whose they are. */
export interface Part {
  readonly from: AttributedArticle;
  /** In order, at least one. */
  readonly matches: readonly Span[];
  readonly paragraph: Paragraph;
  readonly attribution: Attribution | undefined;
}

/** The parts of a quotation between those places where it passes words of the article over. */
export function partsOf(placement: Placement, changes: readonly Change[]): Part[] {
  const { from, words } = placement.window;
  const groups: Span[][] = [[]];
  for (const { kind, step } of changes) {
    const passes = step.kind === 'skipped' && kind !== 'none';
    if (passes) groups.push([]);
    if (step.kind === 'same') groups.at(-1)?.push(...words.slice(step.article.start, step.article.end));
  }
  return groups.flatMap(matches => toPart(from, matches));
}

/** `undefined` where there are no words. */
function toPart(from: AttributedArticle, matches: readonly Span[]): Part[] {
  const paragraph = paragraphOf(from, matches);
  return paragraph === undefined ? [] : [{ from, matches, paragraph, attribution: ownerOf(from, matches) }];
}

/** The paragraph that holds most of the words. */
function paragraphOf({ article }: AttributedArticle, matches: readonly Span[]): Paragraph | undefined {
  const [first, last] = [matches[0], matches.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const held = touched(article.paragraphs, { start: first.start, end: last.end });
  const counted = article.paragraphs
    .slice(held.start, held.end)
    .map(paragraph => ({ paragraph, count: matches.filter(match => overlaps(match, paragraph)).length }));
  return counted.sort((one, other) => other.count - one.count)[0]?.paragraph;
}

/**
 * The attribution whose content holds most of the words, the innermost of several; none where the article's own voice has
 * more of them. Words of a source and cue count for neither.
 */
function ownerOf({ attributions }: AttributedArticle, matches: readonly Span[]): Attribution | undefined {
  const [first, last] = [matches[0], matches.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const around = { start: first.start, end: last.end };
  const near = attributions.filter(({ content }) => content.some(piece => overlaps(piece, around)));
  const within = ({ content }: Attribution) => matches.filter(match => content.some(piece => contains(piece, match)));
  const ranked = near
    .map(attribution => ({ attribution, held: within(attribution).length, length: lengthOf(attribution.content) }))
    .sort((one, other) => other.held - one.held || one.length - other.length);
  const [best] = ranked;
  if (best === undefined) return undefined;
  const framed = (match: Span) =>
    near.some(({ source, cue }) => [source, cue].some(span => span && contains(span, match)));
  const said = new Set(near.flatMap(within));
  const told = matches.filter(match => !said.has(match) && !framed(match)).length;
  return best.held > 0 && best.held >= told ? best.attribution : undefined;
}

/** Parts that belong together as they are shown, each paragraph by itself; of several parts in one, by the longest. */
export function placesOf(parts: readonly Part[], credited: string | undefined): Place[] {
  const [first] = parts;
  if (first === undefined) return [];
  const main = parts.reduce(longer, first);
  const matches = parts.flatMap(part => part.matches);
  const held = touched(first.from.article.paragraphs, { start: matches[0]?.start ?? 0, end: matches.at(-1)?.end ?? 0 });
  return first.from.article.paragraphs.slice(held.start, held.end).flatMap(paragraph => {
    const inside = matches.filter(match => overlaps(match, paragraph));
    if (inside.length < leastOfPlace && paragraph !== main.paragraph) return [];
    const here = parts.filter(part => part.matches.some(match => overlaps(match, paragraph)));
    const owner = paragraph === main.paragraph ? main : here.reduce(longer, here[0] ?? main);
    return [placeOf({ ...owner, paragraph, matches: inside }, credited)];
  });
}

function longer(one: Part, other: Part): Part {
  return other.matches.length > one.matches.length ? other : one;
}

/** Words of one paragraph as they are shown, with whether they are credited rightly. */
function placeOf({ from, matches, paragraph, attribution }: Part, credited: string | undefined): Place {
  const denial = denialOf(from, attribution);
  // Without its cue a denial reads like a statement.
  const cue = denial?.cue && overlaps(denial.cue, paragraph) ? [denial.cue] : [];
  const told = [...matches, ...cue].sort((one, other) => one.start - other.start);
  const [first = paragraph, last = paragraph] = [told[0], told.at(-1)];
  const sentences = sentencesOf(paragraph);
  const held = touched(sentences, { start: first.start, end: last.end });
  const excerpt = {
    start: Math.min(first.start, sentences[held.start]?.start ?? first.start),
    end: Math.max(last.end, sentences[held.end - 1]?.end ?? last.end),
  };
  const inMarks = attribution !== undefined || standsInMarks(from, matches);
  const unknown = credited === undefined ? 'unnamed' : 'open';
  const credit = attribution === undefined ? unknown : compareCredit(credited, from, attribution);
  return {
    from,
    paragraph,
    excerpt,
    matches: runsOf(from.article.text, matches),
    attribution,
    inMarks,
    denial,
    credit,
  };
}

/** Words with nothing but marks between them as one. */
function runsOf(text: string, words: readonly Span[]): Span[] {
  const runs: Span[] = [];
  for (const word of words) {
    const last = runs.at(-1);
    const joins = last !== undefined && !/[\p{L}\p{N}\n]/v.test(text.slice(last.end, word.start));
    if (joins) runs[runs.length - 1] = { start: last.start, end: word.end };
    else runs.push(word);
  }
  return runs;
}

/** Between quotation marks, most of the words are somebody's even where nobody was found who says them. */
function standsInMarks({ article }: AttributedArticle, matches: readonly Span[]): boolean {
  const marked = pairQuotations(article.text, article.paragraphs).filter(({ depth }) => depth === 0);
  const inside = matches.filter(match => marked.some(({ inner }) => contains(inner, match)));
  return inside.length > 2 && inside.length >= matches.length / 2;
}
