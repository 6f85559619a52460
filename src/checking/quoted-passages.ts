import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import { denialOf, isTakenBack } from '../attribution/denials.ts';
import { verbForms } from '../attribution/grammar/words.ts';
import { ADVERBS, AUXILIARIES, DETERMINERS } from '../attribution/lexicon/grammar.ts';
import type { Frame } from '../attribution/lexicon/reporting.ts';
import { touched, wholeSentences } from '../indexing/units.ts';
import { type Paragraph, quotationsIn } from '../news/article.ts';
import { contains, extent, lengthOf, overlaps, type Span, within } from '../news/span.ts';
import { isUnread, type Passage } from '../search/passages.ts';
import { termsOf } from '../words/words.ts';
import { type CreditMatch, compareCredit, isHearsay } from './credit.ts';
import { spanOf, type WordChange } from './difference.ts';
import type { Placement } from './placement.ts';

/** Where an article has words of a quote. */
export interface QuotedPassage extends Pick<Passage, 'from' | 'paragraph' | 'excerpt'> {
  /** The words that the quote shares, in order; neighbours joined. */
  readonly matches: readonly Span[];
  /** `undefined` for the article's own words, unless `inMarks`. */
  readonly attribution: Attribution | undefined;
  /** In quotation marks: somebody said it, even if it isn't known who. */
  readonly inMarks: boolean;
  /** The matches, or their parts, that the article quotes word for word. */
  readonly verbatim: readonly Span[];
  /** True if some of the words are only the article's account of what was said. */
  readonly isParaphrase: boolean;
  /** The attribution by which the article says that this was denied or not said. */
  readonly denial: Attribution | undefined;
  /** True if the attribution may be misread, or if the speaker may be quoting somebody else. */
  readonly isDoubtful: boolean;
  readonly credit: CreditMatch;
}

/** Matching words in another paragraph only count as a passage of their own from this many up. */
const LEAST_WORDS = 3;

/** Words of a quote that the article has together, at least one, and whose they are. */
export type QuotePart = Pick<Passage, 'from' | 'paragraph' | 'matches' | 'attribution'>;

/** Splits a placed quote where it skips words of the article. */
export function partsOf(placement: Placement, changes: readonly WordChange[]): QuotePart[] {
  const { from, words } = placement.window;
  const groups: Span[][] = [[]];
  for (const { kind, step } of changes) {
    if (step.kind === 'skipped' && kind !== 'none') groups.push([]);
    if (step.kind === 'same') groups.at(-1)?.push(...words.slice(step.article.start, step.article.end));
  }
  return groups.flatMap(matches => {
    const extent = spanOf(matches);
    const paragraph = extent && paragraphOf(from, matches, extent);
    if (extent === undefined || paragraph === undefined) return [];
    return [{ from, matches, paragraph, attribution: attributionOf(from, matches, extent) }];
  });
}

/** Returns the paragraph with most of the words. */
function paragraphOf({ article }: AttributedArticle, matches: readonly Span[], extent: Span): Paragraph | undefined {
  const held = touched(article.paragraphs, extent);
  const counted = article.paragraphs
    .slice(held.start, held.end)
    .map(paragraph => ({ paragraph, count: matches.filter(match => overlaps(match, paragraph)).length }));
  return counted.sort((one, other) => other.count - one.count)[0]?.paragraph;
}

/**
 * Returns the attribution whose content has most of the words, the innermost of several, or `undefined` if the
 * article's own text has more of them. Words of a source and cue count for neither.
 */
function attributionOf(
  { attributions }: AttributedArticle,
  matches: readonly Span[],
  extent: Span,
): Attribution | undefined {
  const near = attributions
    .filter(({ content }) => content.some(piece => overlaps(piece, extent)))
    .map(attribution => ({ attribution, said: within(attribution.content, matches) }))
    .sort(
      (one, other) =>
        other.said.length - one.said.length || lengthOf(one.attribution.content) - lengthOf(other.attribution.content),
    );
  const [best] = near;
  if (best === undefined || best.said.length === 0) return undefined;
  const known = within(
    near.flatMap(({ attribution: { content, source, cue } }) => [...content, source, cue]),
    matches,
  );
  return best.said.length >= matches.length - known.length ? best.attribution : undefined;
}

/**
 * Returns a passage for each paragraph of parts that belong together. Several parts in one paragraph are shown as the
 * longest.
 */
export function quotedPassages(parts: readonly QuotePart[], credited: string | undefined): QuotedPassage[] {
  const [first] = parts;
  const matches = parts.flatMap(part => part.matches);
  const extent = spanOf(matches);
  if (first === undefined || extent === undefined) return [];
  const main = parts.reduce(longer, first);
  const { paragraphs } = first.from.article;
  const held = touched(paragraphs, extent);
  return paragraphs.slice(held.start, held.end).flatMap(paragraph => {
    const inside = matches.filter(match => overlaps(match, paragraph));
    if (inside.length < LEAST_WORDS && paragraph !== main.paragraph) return [];
    const here = parts.filter(part => part.matches.some(match => overlaps(match, paragraph)));
    const shown = paragraph === main.paragraph ? main : here.reduce(longer, here[0] ?? main);
    return [toPassage({ ...shown, paragraph, matches: inside }, credited)];
  });
}

function longer(one: QuotePart, other: QuotePart): QuotePart {
  return other.matches.length > one.matches.length ? other : one;
}

function toPassage({ from, matches, paragraph, attribution }: QuotePart, credited: string | undefined): QuotedPassage {
  const denial = denialOf(from, attribution) ?? takenBack(from, attribution, spanOf(matches));
  // Without its cue, a denial reads like a statement.
  const cue = denial?.cue && overlaps(denial.cue, paragraph) ? [denial.cue] : [];
  const shown = [...matches, ...cue].sort((one, other) => one.start - other.start);
  const unknown = credited === undefined ? 'unnamed' : 'open';
  const verbatim = verbatimIn(from, matches, paragraph, attribution);
  const isDoubtful =
    attribution !== undefined && (attribution.doubtful || isRetold(from, attribution, matches, paragraph));
  const inMarks = attribution !== undefined || (verbatim.length > 2 && verbatim.length >= matches.length / 2);
  return {
    from,
    paragraph,
    excerpt: wholeSentences(paragraph, spanOf(shown) ?? paragraph),
    matches: joinNeighbours(from.article.text, matches),
    attribution,
    inMarks,
    verbatim: joinNeighbours(from.article.text, verbatim),
    isParaphrase: !isUnread(from) && inMarks && !areQuotedOrFraming(from, matches, verbatim),
    denial,
    isDoubtful,
    credit:
      attribution === undefined ? unknown : compareCredit(credited, from, { ...attribution, doubtful: isDoubtful }),
  };
}

/** "I never said that …", quoted without these words. */
function takenBack(from: AttributedArticle, attribution: Attribution | undefined, words: Span | undefined) {
  const isOut = attribution !== undefined && words !== undefined && isTakenBack(from, attribution.content, words);
  return isOut ? attribution : undefined;
}

/** Joins words that have only punctuation and spaces between them. */
function joinNeighbours(text: string, words: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    const isNext = last !== undefined && !/[\p{L}\p{N}\n]/v.test(text.slice(last.end, word.start));
    if (isNext) joined[joined.length - 1] = { start: last.start, end: word.end };
    else joined.push(word);
  }
  return joined;
}

/** Frames of verbs that introduce somebody's words. */
const RETELLING: ReadonlySet<Frame> = new Set(['clause', 'addressee', 'quotation']);
/** In words, including who is addressed: "told me that". */
const LONGEST_CUE = 4;
/** How far back the clause before a quotation is searched, in UTF-16 units. Set by hand. */
const REACH = 100;
const LAST_CLAUSE = /[^.,;:!?]*[\s:,]*$/v;

/** True if a speaker quotes somebody else's words: "I heard a man shout “Stop!”", but not "I said “Stop!”". */
export function isRetold(
  { article }: AttributedArticle,
  { content }: Attribution,
  words: readonly Span[],
  paragraph: Paragraph,
): boolean {
  const held = extent(words);
  const piece = content.find(each => contains(each, held));
  const quotation = quotationsIn(article, paragraph).all.find(
    each => piece !== undefined && contains(piece, each) && contains(each, held),
  );
  if (piece === undefined || quotation === undefined) return false;
  const lead = LAST_CLAUSE.exec(article.text.slice(piece.start, quotation.start).slice(-REACH))?.[0] ?? '';
  const near = termsOf(lead);
  const verb = near.findLastIndex(term => verbForms(term).some(({ frame }) => RETELLING.has(frame)));
  // Not "the report “was wrong”", and not "what they offered was “an insult”".
  if (DETERMINERS.has(near[verb - 1] ?? '') || near[verb - 1]?.endsWith("'s")) return false;
  if (near.slice(verb + 1).some(term => AUXILIARIES.has(term))) return false;
  const subject = near.slice(0, verb).findLast(term => !AUXILIARIES.has(term) && !ADVERBS.has(term));
  return verb >= 0 && near.length - verb <= LONGEST_CUE && subject !== 'i' && subject !== 'we';
}

/**
 * Returns the words that are in quotation marks, or in a quote that layout marks, such as an answer of an interview; but
 * not those that whoever is quoted only reports: “The union said there were two”.
 */
function verbatimIn(
  from: AttributedArticle,
  words: readonly Span[],
  paragraph: Paragraph,
  said: Attribution | undefined,
): Span[] {
  const held = spanOf(words);
  if (held === undefined) return [];
  const quotations = quotationsIn(from.article, paragraph).outer;
  const near = touched(quotations, held);
  const inMarks = quotations.slice(near.start, near.end).map(({ inner }) => inner);
  const direct = from.attributions.flatMap(({ type, content }) => (type === 'direct' ? content : []));
  const quoted = within([...inMarks, ...direct.filter(span => overlaps(span, held))], words);
  if (said?.type !== 'indirect' || !isHearsay(from, said)) return quoted;
  const reported = within(said.content, words);
  return quoted.filter(word => !reported.includes(word));
}

/** True if the words that aren't quoted only name a speaker or say that somebody speaks. */
function areQuotedOrFraming(
  { attributions }: AttributedArticle,
  words: readonly Span[],
  verbatim: readonly Span[],
): boolean {
  const framing = within(
    attributions.flatMap(({ source, cue }) => [source, cue]),
    words,
  );
  return words.every(word => verbatim.includes(word) || framing.includes(word));
}
