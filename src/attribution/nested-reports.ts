import type { Article } from '../news/article.ts';
import type { Quotation } from '../news/quotations.ts';
import { contains, extent, overlaps, type Span, slice } from '../news/span.ts';
import type { Report, WeighedReport } from './attribution.ts';
import { NOBODY_WORDS } from './denials.ts';
import { isInside } from './network/candidates.ts';
import { GENDERS, mayAgree } from './speakers/names.ts';
import { type Decision, inferred, unclear } from './speakers/story.ts';

const NEGATED = /\b(?:not|never|neither|no)\b|n[’']t\b/iv;
/** Denying, doubting or asking whether somebody said something doesn't report it. */
const UNTOLD =
  /\b(?:ask|call|decline|demand|denied|denies|deny|dismiss|disput|doubt|jok|mock|predict|propos|question|refus|refut|reject|urge|wonder)/iv;

/** Before a source: "if Lee said", "what Lee said", "as Lee said", "next to the man said". */
const NOT_TOLD_HERE =
  /\b(?:if|whether|unless|should|when|whenever|what|whatever|everything|anything|nothing|something|things?|let|as|like|lest|imagine|suppose|while|whereas|has|have|had|did|does|do|of|to|onto|into|in|at|with|from|by|for|about|under|along|near)[\s,“‘"']*$/iv;
/** "with the coaches and the players said": the source belongs to a longer phrase. */
const JOINED_PHRASE = /\b(?:of|with|between|from|to|for|by)\s(?:[\p{L}’']+\s){1,4}and\s$/iv;
/** How far back a sentence is searched for these, in UTF-16 units. */
const REACH = 120;

/** A report inside somebody's words: "Lee said that Cho had said …". */
export interface NestedReport {
  readonly report: WeighedReport;
  /** The report whose content contains it. Its source is the one who reports. */
  readonly within: Report;
}

/** The reports of an article, apart from those within the content of another one. */
export interface ReportLayers {
  readonly outer: readonly WeighedReport[];
  readonly nested: readonly NestedReport[];
}

/**
 * Separates reports inside another report's content from the rest. Leaves out those that the outer speaker denies or only
 * supposes.
 */
export function findNestedReports({ text }: Article, found: readonly WeighedReport[]): ReportLayers {
  const placed = placeWithin(found);
  const nested = [...placed].flatMap(([report, within]) =>
    isUntold(text, within) || isUnsaid(text, report) ? [] : [{ report, within }],
  );
  return { outer: found.filter(report => !placed.has(report)), nested };
}

function isUntold(text: string, { cue }: Report): boolean {
  const words = wordsOf(text, cue);
  return NEGATED.test(words) || UNTOLD.test(words);
}

function isUnsaid(text: string, { content, source, cue }: Report): boolean {
  const [first = ''] = wordsOf(text, source).split(/\s/v);
  if (NOBODY_WORDS.has(first)) return true;
  if (source === undefined || cue === undefined || cue.start < source.start) return false;
  const ends = content.map(({ end }) => end).filter(end => end <= source.start);
  const before = text.slice(Math.max(0, source.start - REACH, ...ends), source.start);
  return NOT_TOLD_HERE.test(before) || JOINED_PHRASE.test(before);
}

/** Returns the reports that lie within one piece of another one's content, with the innermost one. */
function placeWithin(found: readonly WeighedReport[]): ReadonlyMap<WeighedReport, WeighedReport> {
  const placed = new Map<WeighedReport, WeighedReport>();
  const byStart = found.flatMap(holder => holder.content.map(piece => ({ piece, holder })));
  byStart.sort((one, other) => one.piece.start - other.piece.start || other.piece.end - one.piece.end);
  let open: typeof byStart = [];
  let next = 0;
  for (const report of found.toSorted((one, other) => startOf(one) - startOf(other))) {
    while ((byStart[next]?.piece.start ?? Number.POSITIVE_INFINITY) <= startOf(report)) {
      const one = byStart[next];
      open = open.filter(({ piece }) => piece.end > startOf(report));
      if (one !== undefined) open.push(one);
      next += 1;
    }
    const around = open.findLast(({ piece, holder }) => holder !== report && isWithin(report, piece, holder));
    if (around !== undefined) placed.set(report, around.holder);
  }
  return placed;
}

/** Whether a report is inside another: its cue and first words in this piece, the rest of its words in any. */
function isWithin({ content: [first, ...others], cue }: Report, piece: Span, { content }: Report): boolean {
  return (
    isInside({ content: [first], cue }, [piece]) && others.every(other => content.some(each => contains(each, other)))
  );
}

/** Somebody quoted, their words, and all of it: "“…,” Lee said". */
type QuotedWithin = Readonly<Record<'words' | 'cue' | 'source' | 'whole', Span>>;

const ACCORDING = /^according to$/iv;
const WHO = String.raw`(?<source>(?:he|she|they|we|I)|(?!(?:At|But|In|On)\b)(?:(?:an?|another|her|his|its|one|our|the|their)\s|\p{Lu})(?:(?!\b(?:that|which|who)\b)[^.;:!?…“”"]|(?<=\b\p{Lu}\p{Ll}{0,4})\.){0,80}?)`;
const SAID = String.raw`(?:\s(?:also|had|later|then|\p{Ll}+ly))*\s(?<cue>said|says`;
const VERBS = 'added|adds|argued|asked|asks|explained|insisted|posted|replied|told|tells|tweeted|warned|writes|wrote';
/** "Lee told the court", "said Lee, the mayor": after a quotation. */
const AFTER_QUOTATION = [
  new RegExp(String.raw`^[,\s]*${WHO}${SAID}|${VERBS})\b`, 'dv'),
  new RegExp(String.raw`^[,\s]*(?<cue>said|says|${VERBS})\s${WHO}(?:,|\s(?:at|in|on)\b|\s*$)`, 'dv'),
];
/** "On Monday, Lee said the bridge was", before a quotation. */
const BEFORE_QUOTATION = [new RegExp(String.raw`^(?:But\s|(?:At|In|On)\b[^,“”"]{0,40},\s)?${WHO}${SAID})\b`, 'dv')];

/** Returns who is quoted in "“…,” Lee said, according to Reuters", where the network takes all of it for the agency’s words. */
export function quotedWithin(
  text: string,
  quotations: readonly Quotation[],
  { content: [first], cue, source, type }: Report,
): QuotedWithin | undefined {
  if (cue === undefined || source === undefined || source.start < cue.end || type === 'indirect') return undefined;
  if (!ACCORDING.test(slice(text, cue))) return undefined;
  const said = first.end <= cue.start ? { start: first.start, end: cue.start } : first;
  const quoted = quotations.filter(quotation => quotation.depth === 0 && overlaps(quotation, said));
  const [opening, closing] = [quoted[0], quoted.at(-1)];
  if (opening === undefined || closing === undefined) return undefined;
  const after = saidIn(text, { start: closing.end, end: said.end }, AFTER_QUOTATION);
  const whole = extent([first, opening, closing, after?.source, after?.cue]);
  if (after !== undefined) return { ...after, words: { start: whole.start, end: closing.end }, whole };
  const before = saidIn(text, { start: whole.start, end: opening.start }, BEFORE_QUOTATION);
  return before && { ...before, words: { start: before.cue.end, end: first.end }, whole };
}

function saidIn(
  text: string,
  within: Span,
  patterns: readonly RegExp[],
): Pick<QuotedWithin, 'cue' | 'source'> | undefined {
  const words = slice(text, within);
  const match = patterns.map(pattern => pattern.exec(words)).find(found => found !== null);
  const { cue, source } = match?.indices?.groups ?? {};
  const spanOf = ([from, to]: [number, number]) => ({ start: within.start + from, end: within.start + to });
  return cue && source && { cue: spanOf(cue), source: spanOf(source) };
}

function startOf({ content: [first], cue }: Report): number {
  return Math.min(first.start, cue?.start ?? first.start);
}

/** Who a nested report is from. */
interface NestedDecision {
  readonly decision: Decision;
  /** Whether the outer speaker reports somebody else's words. */
  readonly isTold: boolean;
}

/**
 * Resolves the source of a nested report, which `consider` may overrule if it is open. The outer speaker is the "I" of their
 * own quotation, but not its "he". Both may be the same in "Lee said that she had said", and "I" may be the author in "Lee
 * said that I had said": then it's unclear who is meant.
 */
export function resolveNested(
  text: string,
  { source }: Report,
  decision: Decision,
  outer: Report,
  teller: Decision,
  consider: (decision: Decision) => Decision,
): NestedDecision {
  const words = wordsOf(text, source);
  if (words === 'i') return { decision: firstPerson(teller, outer), isTold: false };
  const considered = (open: Decision, isTold: boolean) => {
    const kept = unlessTeller(consider(open), teller);
    return { decision: kept, isTold: isTold || kept.certainty !== 'unclear' };
  };
  const pronoun = GENDERS.get(words);
  if (pronoun !== undefined) {
    const isPerson = (teller.candidate?.kind ?? 'person') === 'person';
    const isEither = outer.type !== 'direct' && isPerson && mayAgree(teller.candidate?.gender, pronoun);
    return considered({ ...decision, rule: 'pronoun within a report' }, !isEither);
  }
  const isSame =
    words === wordsOf(text, outer.source) ||
    (decision.candidate !== undefined && decision.candidate === teller.candidate);
  if (isSame) return considered(unclear(decision.rule), false);
  const isOpen = decision.certainty === 'inferred' && !decision.rule.startsWith('name');
  return { decision: isOpen ? { ...decision, certainty: 'unclear' } : decision, isTold: true };
}

/** In "Lee said that she had said", she may be Lee or not. */
function unlessTeller(decision: Decision, teller: Decision): Decision {
  const isTeller = decision.candidate !== undefined && decision.candidate === teller.candidate;
  return isTeller ? unclear(decision.rule) : decision;
}

/** In quotations, and in the turns of a transcript, which have no cue. */
function firstPerson(teller: Decision, { type, cue }: Report): Decision {
  const rule = 'first person within a report';
  const isTeller = (type === 'direct' || cue === undefined) && teller.candidate !== undefined;
  return isTeller ? inferred(teller, rule) : unclear(rule);
}

function wordsOf(text: string, source: Span | undefined): string {
  return source === undefined ? '' : slice(text, source).toLowerCase();
}
