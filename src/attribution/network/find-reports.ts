import type { Article, Paragraph } from '../../news/article.ts';
import { pairQuotations, type Quotation } from '../../news/quotations.ts';
import { contains, overlaps, type Span } from '../../news/span.ts';
import type { Report } from '../attribution.ts';
import { findLaidOut } from '../layout/layouts.ts';
import { accept, type Candidate, coverage, extendOverThat, findCandidates, snapToQuotations } from './candidates.ts';
import { cutStretches, describeTokens } from './features.ts';
import { loadModel, type Model } from './model.ts';

export interface ScoredReport extends Report {
  /** 0 to 1: probability that this was said; 1 if a rule alone decided. */
  readonly score: number;
}

const OPENING = /^(?:[\s,;:.\-\u2013\u2014]|that\b|it,)+/iv;
/** `MOSCOW (Reuters) —` before the first sentence. */
const DATELINE =
  /^\p{Lu}[\p{Lu} .'’\-]{2,30}(?:, [\p{L} .]{2,20})?\s*(?:\([\p{L} .]{2,20}\)\s*)?[\u2014\u2013\-]{1,2}\s+/v;
/** "According to the report, which came out on Friday, …": describes the source and isn't part of the content. */
const ABOUT_SOURCE = /^(?:which|who|whose)\b[^,.“”"]{1,120},\s+/iv;
const CLOSING = /[\s,;:\-\u2013\u2014]+$/v;
const CLOSING_SOURCE = /[\s,;:.\-\u2013\u2014]+$/v;
const SHORTENED = /(?:^|[\s.])(?:\p{L}|Jr|Sr|Inc|Corp|Co|Ltd)\.$/v;
const GAP = /^[\s,;]*$/v;

/** Converts a find to a report: without outer marks, `that` and the comma after them. */
function toReport(text: string, find: Candidate, quotations: readonly Quotation[]): readonly ScoredReport[] {
  const outer = quotations.filter(quotation => quotation.depth === 0);
  const pieces = joinPieces(text, find.content, outer)
    .map(piece => withoutLead(text, piece, find.source))
    .map(piece => trimPiece(text, piece, outer));
  const [first, ...others] = pieces.filter(piece => piece.start < piece.end);
  if (first === undefined) return [];
  const content = [first, ...others] as const;
  const { cue, source, score } = find;
  const report = { type: typeOf(content, outer), content, cue: trimEnd(text, cue, CLOSING), rule: 'learned', score };
  return [{ ...report, source: source === undefined ? undefined : trimSource(text, source) }];
}

/** A standalone quotation as a report without a source. */
function quotedReport(inner: Span, rule: string): ScoredReport {
  return { type: 'direct', content: [inner], cue: undefined, source: undefined, rule, score: 1 };
}

function joinPieces(text: string, pieces: readonly Span[], outer: readonly Quotation[]): readonly Span[] {
  const joined: Span[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const touches = last !== undefined && GAP.test(text.slice(last.end, piece.start));
    const quoted = outer.some(quotation => quotation.end === last?.end || quotation.start === piece.start);
    if (touches && !quoted) joined[joined.length - 1] = { start: last.start, end: piece.end };
    else joined.push(piece);
  }
  return joined;
}

function withoutLead(text: string, { start, end }: Span, source: Span | undefined): Span {
  const words = text.slice(start, end);
  const follows = source !== undefined && source.end <= start && GAP.test(text.slice(source.end, start));
  const lead = (follows ? ABOUT_SOURCE : DATELINE).exec(words)?.[0] ?? '';
  return { start: lead.length < words.length ? start + lead.length : start, end };
}

function trimPiece(text: string, piece: Span, outer: readonly Quotation[]): Span {
  const opened = piece.start + (OPENING.exec(text.slice(piece.start, piece.end))?.[0].length ?? 0);
  const words = trimEnd(text, { start: Math.min(opened, piece.end), end: piece.end }, CLOSING);
  const whole = outer.find(quotation => contains(quotation, piece) || isWrapped(text, words, quotation));
  if (whole === undefined) return words;
  return { start: Math.max(piece.start, whole.inner.start), end: Math.min(piece.end, whole.inner.end) };
}

/** Whether only marks surround the quotation. */
function isWrapped(text: string, piece: Span, quotation: Quotation): boolean {
  if (!contains(piece, quotation)) return false;
  return (
    /^\P{L}*$/v.test(text.slice(piece.start, quotation.start)) && /^\P{L}*$/v.test(text.slice(quotation.end, piece.end))
  );
}

function trimEnd(text: string, span: Span, pattern: RegExp): Span {
  const words = text.slice(span.start, span.end);
  const length = words.length - (pattern.exec(words)?.[0].length ?? 0);
  return length > 0 ? { start: span.start, end: span.start + length } : span;
}

function trimSource(text: string, source: Span): Span {
  const shortened = SHORTENED.test(text.slice(source.start, source.end));
  return trimEnd(text, source, shortened ? CLOSING : CLOSING_SOURCE);
}

function typeOf(content: readonly Span[], outer: readonly Quotation[]): Report['type'] {
  const isQuoted = (piece: Span): boolean => outer.some(quotation => contains(quotation, piece));
  if (content.every(isQuoted)) return 'direct';
  const holds = content.some(piece =>
    outer.some(quotation => contains(piece, quotation.inner) || contains(quotation, piece)),
  );
  return holds ? 'mixed' : 'indirect';
}

/** Reports and quotations found in one paragraph. */
interface ReadParagraph {
  readonly paragraph: Paragraph;
  readonly quotations: readonly Quotation[];
  readonly reports: readonly ScoredReport[];
}

const CLOSING_MARK = /(?<=\S)["”»](?=$|[\s\p{P}])/gv;

/**
 * Joins a speech that reopens in the next paragraph to its report. If only the two ends of a speech are marked, its
 * rest becomes a report without a source.
 */
function joinContinued(text: string, read: readonly ReadParagraph[]): readonly ScoredReport[] {
  const reports: ScoredReport[] = [];
  /** The quotation left open by the paragraph before, and the index of its report. */
  let open: Quotation | undefined;
  let holder = -1;
  for (const { paragraph, quotations, reports: found } of read) {
    const [first] = quotations;
    const opensAgain = open?.continues === true && first?.start === paragraph.start;
    const goesOn = opensAgain && holder >= 0 ? found.find(report => isOnly(report, first)) : undefined;
    const speech = reports[holder];
    if (goesOn !== undefined && speech !== undefined) {
      reports[holder] = { ...speech, content: [...speech.content, ...goesOn.content] };
    }
    const added = found.filter(report => report !== goesOn);
    const rest = open !== undefined && !open.continues ? restOf(text, { paragraph, quotations, reports: found }) : [];
    const left = quotations.findLast(quotation => quotation.depth === 0 && !quotation.closed);
    const held =
      left === undefined ? -1 : added.findIndex(report => report.content.some(piece => contains(left, piece)));
    if (held >= 0) holder = reports.length + held;
    else if (goesOn === undefined) holder = -1;
    open = left;
    reports.push(...added, ...rest);
  }
  return reports;
}

/** Whether a report holds only this quotation and has no source. */
function isOnly(report: ScoredReport, quotation: Span): boolean {
  return (
    report.cue === undefined &&
    report.source === undefined &&
    report.content.length === 1 &&
    report.content.every(piece => contains(quotation, piece))
  );
}

/** The words up to a closing mark that has no opening one in its paragraph. */
function restOf(text: string, { paragraph, quotations, reports }: ReadParagraph): readonly ScoredReport[] {
  const words = text.slice(paragraph.start, paragraph.end);
  for (const { index } of words.matchAll(CLOSING_MARK)) {
    const at = paragraph.start + index;
    const holder = quotations.find(quotation => at >= quotation.start && at < quotation.end);
    if (holder !== undefined) return [];
    const inner = { start: paragraph.start, end: at };
    if (reports.some(report => report.content.some(piece => piece.start < at))) return [];
    return [quotedReport(inner, 'quotation continued')];
  }
  return [];
}

const WORD = /[\p{L}\p{N}]+(?:['’\-][\p{L}\p{N}]+)*/gv;
const CAPITAL = /^[\p{Lu}\p{N}]/v;
const ENDS_CLAUSE = /[.?!…\u2014\-,]$/v;
/** A quotation of this many words is speech whatever its ending. */
const SHORTEST = 5;
/** Longer than any title, in UTF-16 units. */
const LONGER_THAN_TITLES = 120;

/** Whether a quotation is likely speech: several words or a sentence, not a title or scare quotes. */
export function isSpeechLike(text: string, quotation: Quotation): boolean {
  const { start, end } = quotation.inner;
  if (end - start > LONGER_THAN_TITLES) return true;
  const inner = text.slice(start, end);
  const words = inner.match(WORD) ?? [];
  const capitals = words.filter(word => CAPITAL.test(word)).length;
  if (words.length > 1 && capitals > words.length * 0.6) return false;
  return words.length >= SHORTEST || (words.length > 2 && ENDS_CLAUSE.test(inner));
}

/** A paragraph's reports: the model's finds, and quotations without a source nearby. */
interface Reported {
  readonly finds: readonly Candidate[];
  readonly alone: readonly Quotation[];
}

/** What may come between a find and a quotation that still belongs to it: the rest of the find's sentence. */
const REST_OF_SENTENCE = /^[^.?!]{0,160}[.?!:]?['"”’»\)\]]*\s*$/v;
const NEXT = /^[\s\p{P}]*$/v;
const ENDS_SENTENCE = /[.?!:…]['"”’»\)\]]*\s*$/v;
const OPENS_SENTENCE = /^\s*(?:$|['"“‘«\(\[]?\p{Lu})/v;

/**
 * Assigns unclaimed quotations to the find right before or after them (`“We won,” she said. “It was time.”`). A
 * quotation that forms its own sentences with nobody near is kept without a source.
 */
function claimQuotations(
  text: string,
  paragraph: Paragraph,
  quotations: readonly Quotation[],
  finds: readonly Candidate[],
): Reported {
  let claimed = finds;
  const alone: Quotation[] = [];
  for (const quotation of quotations) {
    if (quotation.depth > 0 || claimed.some(find => coverage(find.content, quotation) > 0.3)) continue;
    if (!isSpeechLike(text, quotation) || !standsAlone(text, paragraph, quotation)) continue;
    const neighbour = neighbourOf(text, claimed, quotation);
    if (neighbour === undefined) alone.push(quotation);
    else claimed = claimed.map(find => (find === neighbour ? withQuotation(find, quotation) : find));
  }
  return { finds: claimed, alone };
}

/** Whether the quotation isn't part of a longer sentence. */
function standsAlone(text: string, paragraph: Span, quotation: Quotation): boolean {
  const before = text.slice(Math.max(paragraph.start, quotation.start - 8), quotation.start);
  const after = text.slice(quotation.end, Math.min(paragraph.end, quotation.end + 8));
  const starts = quotation.start === paragraph.start || ENDS_SENTENCE.test(before);
  const inner = text.slice(Math.max(quotation.start, quotation.inner.end - 2), quotation.inner.end);
  const ends = quotation.end === paragraph.end || (OPENS_SENTENCE.test(after) && ENDS_SENTENCE.test(inner));
  return starts && ends;
}

function neighbourOf(text: string, finds: readonly Candidate[], quotation: Span): Candidate | undefined {
  const before = finds.findLast(find => {
    const end = extentOf(find).end;
    return end <= quotation.start && REST_OF_SENTENCE.test(text.slice(end, quotation.start));
  });
  if (before !== undefined) return before;
  return finds.find(find => {
    const start = find.content[0]?.start ?? 0;
    return start >= quotation.end && NEXT.test(text.slice(quotation.end, start));
  });
}

function extentOf({ content, cue, source }: Candidate): Span {
  const spans = [...content, cue, ...(source === undefined ? [] : [source])];
  return {
    start: Math.min(...spans.map(span => span.start)),
    end: Math.max(...spans.map(span => span.end)),
  };
}

function withQuotation(find: Candidate, { start, end }: Quotation): Candidate {
  return { ...find, content: [...find.content, { start, end }].sort((one, other) => one.start - other.start) };
}

/** Candidates less likely than this are ignored. */
const LEAST = 0.2;

let loaded: Model | undefined;

/**
 * Finds the reports of an article in the order of their contents: cues, sources and unquoted contents by the model,
 * quotation marks by rules around it. Paragraphs are read separately.
 */
export function findReportsByModel(article: Article): readonly ScoredReport[] {
  loaded ??= loadModel();
  const model = loaded;
  const { text, paragraphs } = article;
  const quotations = Map.groupBy(pairQuotations(text, paragraphs), quotation => quotation.paragraph);
  const laidOut = findLaidOut(article, quotations);
  const read = paragraphs.map(paragraph => {
    const own = quotations.get(paragraph.number) ?? [];
    const settled = laidOut.get(paragraph.number)?.map(report => ({ ...report, score: 1 }));
    const reports = settled ?? readParagraph(model, text, paragraph, own);
    return { paragraph, quotations: own, reports };
  });
  return joinContinued(text, read).toSorted((one, other) => one.content[0].start - other.content[0].start);
}

function readParagraph(
  model: Model,
  text: string,
  paragraph: Paragraph,
  quotations: readonly Quotation[],
): readonly ScoredReport[] {
  const features = describeTokens(text, paragraph, quotations);
  return cutStretches(features).flatMap(stretch => {
    const span = { start: stretch.tokens[0]?.start ?? 0, end: stretch.tokens.at(-1)?.end ?? 0 };
    const own = quotations.filter(quotation => overlaps(quotation, span));
    const candidates = findCandidates(model, stretch, LEAST).map(candidate => snapToQuotations(candidate, own));
    const accepted = accept(text, candidates, own);
    const extended = accepted.map(find => extendOverThat(text, paragraph, find, accepted));
    const { finds, alone } = claimQuotations(text, paragraph, own, extended);
    return [
      ...finds.flatMap(find => toReport(text, find, own)),
      ...alone.map(quotation => quotedReport(quotation.inner, 'quotation alone')),
    ];
  });
}

/**
 * Cues that count as speech although PolNeAR, the training data, marks them as other attributions: for these, the odds
 * of "some other attribution" count as speech.
 */
const POINT = new Set(['point', 'points', 'pointed', 'pointing']);
const MAKE = new Set(['make', 'makes', 'made', 'making']);
const ALONE = new Set([
  'reminded',
  'reminds',
  'reminding',
  'vowed',
  'vows',
  'vowing',
  'recalled',
  'recalls',
  'recalling',
]);

/** What documents (a report, a study, records) do. */
const FIND = new Set(['found', 'finds', 'find', 'show', 'shows', 'showed', 'shown', 'showing']);

/** `words` as the vocabularies spell them. */
export function isSpokenCue(words: readonly string[], head: number): boolean {
  const word = words[head] ?? '';
  if (ALONE.has(word)) return true;
  if (FIND.has(word)) return words[head + 1] === 'that';
  if (POINT.has(word)) return words[head + 1] === 'out';
  if (word === 'out') return POINT.has(words[head - 1] ?? '');
  if (MAKE.has(word)) return words.slice(head + 1, head + 4).includes('clear');
  return word === 'clear' && words.slice(Math.max(0, head - 3), head).some(before => MAKE.has(before));
}
