import type { Article, Paragraph } from '../../news/article.ts';
import { pairQuotations, type Quotation } from '../../news/quotations.ts';
import { contains, extent, overlaps, type Span, slice } from '../../news/span.ts';
import type { WeighedReport } from '../attribution.ts';
import { findLayoutReports } from '../layout/layouts.ts';
import { quotedWithin } from '../nested-reports.ts';
import { paragraphAt, paragraphsIn } from '../speakers/story.ts';
import {
  accept,
  coverage,
  findCandidates,
  isInside,
  isSpeechLike,
  quotationsFor,
  type ScoredCandidate,
  snapToQuotations,
} from './candidates.ts';
import { cutStretches, tokenFeaturesOf } from './features.ts';
import { evidenceOf, likelihood } from './likelihood.ts';
import { Model, type Reading } from './model.ts';
import { pointAll } from './pointer.ts';
import { toWindows } from './windows.ts';

/**
 * Reports with at least this score are shown without a hedge: nine out of ten are right. Quotations without a source are right
 * more often than their score says, so they need less.
 */
const SURE = { named: 0.68, quotation: 0.25 };
const OPENING = /^(?:[\s,;:.\-\u2013\u2014]|that\b|it,)+/iv;
/** Lookbehinds start these at the first character of a run only, so that a long run takes linear time. */
const CLOSING = /(?<![\s,;:\-\u2013\u2014])[\s,;:\-\u2013\u2014]+$/v;
const CLOSING_SOURCE = /(?<![\s,;:.\-\u2013\u2014])[\s,;:.\-\u2013\u2014]+$/v;
/** "Mayor Lee at": the network cut off what follows. */
const DANGLING = /(?<!\s)(?:\s+(?:at|in|on|of|for|from|to|by|with|and|or|as|the|an?))+$/v;
const SHORTENED = /(?:^|[\s.])(?:\p{L}|Jr|Sr|Inc|Corp|Co|Ltd)\.$/v;
const GAP = /^[\s,;]*$/v;
const NO_WORDS = /^\P{L}*$/v;

/** Converts a find to a report, without outer quotation marks, `that` and the comma after them. */
function toReport(
  text: string,
  find: Omit<ScoredCandidate, 'clarity' | 'evidence'>,
  quotations: readonly Quotation[],
  paragraphs: readonly Paragraph[],
): readonly WeighedReport[] {
  const outer = quotationsFor(find.head, quotations);
  const pieces = joinPieces(text, find.content, outer)
    .flatMap(piece => apart(text, piece, outer))
    .map(piece => withoutLead(text, piece, paragraphs))
    .map(piece => trimPiece(text, piece, outer));
  const [first, ...others] = pieces.filter(piece => piece.start < piece.end);
  if (first === undefined) return [];
  const content = [first, ...others] as const;
  const { cue, source, score } = find;
  const type = typeOf(content, outer);
  const sure = source === undefined && type === 'direct' ? SURE.quotation : SURE.named;
  return [
    {
      type,
      content,
      cue: cue && trimEnd(text, cue, CLOSING),
      source: source && trimSource(text, wholeSource(text, source, cue)),
      rule: 'learned',
      score,
      doubtful: score < sure,
    },
  ];
}

/** Returns a find without the subject of the next paragraph as its source, if that has its own words to introduce. */
function withoutLaterSource(
  find: ScoredCandidate,
  finds: readonly ScoredCandidate[],
  paragraphs: readonly Paragraph[],
): ScoredCandidate {
  const { content, cue, source } = find;
  const next = paragraphs.find(each => source !== undefined && contains(each, source));
  if (cue !== undefined || next === undefined || content.some(({ end }) => end > next.start)) return find;
  const isIntroduced = finds.some(other => other.content.some(piece => contains(next, piece)));
  return isIntroduced ? { ...find, source: undefined } : find;
}

/** A standalone quotation as a report without a source. */
function quotedReport(inner: Span, rule: string): WeighedReport {
  return { type: 'direct', content: [inner], cue: undefined, source: undefined, rule, score: 1, doubtful: false };
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

/** Cuts a piece of nothing but quotations into these. */
function apart(text: string, piece: Span, outer: readonly Quotation[]): readonly Span[] {
  const within = outer.filter(quotation => contains(piece, quotation));
  const [first, ...others] = within;
  if (first === undefined || others.length === 0) return [piece];
  const bounds = [piece.start, ...within.flatMap(({ start, end }) => [start, end]), piece.end];
  const gaps = bounds.filter((_, at) => at % 2 === 0).map((start, at) => text.slice(start, bounds[2 * at + 1]));
  return gaps.every(gap => NO_WORDS.test(gap)) ? within : [piece];
}

/** Returns a piece without the dateline or time before it. */
function withoutLead(text: string, piece: Span, paragraphs: readonly Paragraph[]): Span {
  const paragraph = paragraphs.find(each => contains(each, piece));
  const start = paragraph === undefined ? 0 : afterLead(text, paragraph);
  return { start: start < piece.end ? Math.max(piece.start, start) : piece.start, end: piece.end };
}

function trimPiece(text: string, piece: Span, outer: readonly Quotation[]): Span {
  const opened = piece.start + (OPENING.exec(text.slice(piece.start, piece.end))?.[0].length ?? 0);
  const words = trimEnd(text, { start: Math.min(opened, piece.end), end: piece.end }, CLOSING);
  const whole = outer.find(quotation => contains(quotation, piece) || isWrapped(text, words, quotation));
  const isWithin = whole !== undefined && piece.start > whole.inner.start && piece.end < whole.inner.end;
  if (whole === undefined || isWithin) return words;
  return { start: Math.max(piece.start, whole.inner.start), end: Math.min(piece.end, whole.inner.end) };
}

/** Whether only marks surround the quotation. */
function isWrapped(text: string, piece: Span, quotation: Quotation): boolean {
  const around = [text.slice(piece.start, quotation.start), text.slice(quotation.end, piece.end)];
  return contains(piece, quotation) && around.every(words => NO_WORDS.test(words));
}

function trimEnd(text: string, span: Span, pattern: RegExp): Span {
  const words = text.slice(span.start, span.end);
  const length = words.length - (pattern.exec(words)?.[0].length ?? 0);
  return length > 0 ? { start: span.start, end: span.start + length } : span;
}

/** "the" of "the theatre has promised", which the network sometimes takes for the source. */
const LONE_DETERMINER = /^(?:the|an?|this|that|its|their|our|my)$/iv;
const AUXILIARIES = /(?:\s+(?:also|later|then|had|ha[sv]e?|is|are|was|were|will|would|\p{L}+ly))*\s*$/v;
const FEW_WORDS = /^(?:\s[\p{L}\-’']+){1,5}\s*$/v;

/** Between a source and its cue: "met Robert Cho, who", but not "of Westport, who". */
const WHO =
  /^\s(?!(?:of|from|at|in|on|for|and|or|with|to|by)\s)[^,.;]*?(?<name>\p{Lu}[\p{L}.’'\-]*(?:\s\p{Lu}[\p{L}.’'\-]*)*), who\s(?:\p{L}+\s)?$/v;

/** How far before its cue a source is mended, in UTF-16 units. */
const REACH = 80;

/**
 * Returns the source, or the name that "who" stands for in "She met Robert Cho, who said …". Adds the noun if the network found
 * only "the" of "the theatre has promised".
 */
function wholeSource(text: string, source: Span, cue: Span | undefined): Span {
  if (cue === undefined || cue.start < source.end || cue.start - source.end > REACH) return source;
  const between = text.slice(source.end, cue.start);
  const { name } = WHO.exec(between)?.groups ?? {};
  if (name !== undefined) {
    const start = source.end + between.lastIndexOf(`${name}, who`);
    return { start, end: start + name.length };
  }
  if (!(LONE_DETERMINER.test(slice(text, source)) && FEW_WORDS.test(between))) return source;
  return { start: source.start, end: source.end + between.replace(AUXILIARIES, '').length };
}

/** The end of the sentence before: "Marl Inc. The firm". */
const SENTENCE_BEFORE = /^.*\.\s(?=(?:Her|His|Its|The|Their)\s)/v;

function trimSource(text: string, whole: Span): Span {
  const before = SENTENCE_BEFORE.exec(slice(text, whole))?.[0].length ?? 0;
  const source = { start: whole.start + before, end: whole.end };
  const words = slice(text, source);
  const isOpen = words.lastIndexOf('(') > words.lastIndexOf(')');
  if (isOpen && text[source.end] === ')') return { start: source.start, end: source.end + 1 };
  return trimEnd(text, trimEnd(text, source, SHORTENED.test(words) ? CLOSING : CLOSING_SOURCE), DANGLING);
}

function typeOf(content: readonly Span[], outer: readonly Quotation[]): WeighedReport['type'] {
  const isQuoted = (piece: Span): boolean => outer.some(quotation => contains(quotation, piece));
  if (content.every(isQuoted)) return 'direct';
  const holds = content.some(piece =>
    outer.some(quotation => contains(piece, quotation.inner) || contains(quotation, piece)),
  );
  return holds ? 'mixed' : 'indirect';
}

/** Reports and quotations found in one paragraph. */
interface ParagraphReports {
  readonly paragraph: Paragraph;
  readonly quotations: readonly Quotation[];
  readonly reports: readonly WeighedReport[];
}

const CLOSING_MARK = /(?<=\S)["”»](?=$|[\s\p{P}])/v;

/**
 * Joins a speech that reopens in the next paragraph to its report. If only the two ends of a speech have quotation
 * marks, its rest becomes a report without a source.
 */
function joinContinued(text: string, read: readonly ParagraphReports[]): readonly WeighedReport[] {
  const reports: WeighedReport[] = [];
  /** The quotation left open by the paragraph before, and the index of its report. */
  let open: Quotation | undefined;
  let holder = -1;
  for (const here of read) {
    const { paragraph, quotations, reports: found } = here;
    const [first] = quotations;
    const opensAgain = open?.continues === true && first?.start === paragraph.start;
    const goesOn = opensAgain && holder >= 0 ? found.find(report => isOnly(report, first)) : undefined;
    const speech = reports[holder];
    if (goesOn !== undefined && speech !== undefined) {
      reports[holder] = { ...speech, content: [...speech.content, ...goesOn.content] };
    }
    const added = found.filter(report => report !== goesOn);
    const rest = open !== undefined && !open.continues ? restOf(text, here) : [];
    const left = quotations.findLast(quotation => quotation.depth === 0 && !quotation.closed);
    const held =
      left === undefined ? -1 : added.findIndex(report => report.content.some(piece => contains(left, piece)));
    const isHeld = opensAgain && speech?.content.some(piece => contains(first, piece));
    if (held >= 0) holder = reports.length + held;
    else if (goesOn === undefined && !isHeld) holder = -1;
    open = left;
    reports.push(...added, ...rest);
  }
  return reports;
}

/** Whether a report holds only this quotation and names nobody. */
function isOnly(report: WeighedReport, quotation: Span): boolean {
  return (
    report.cue === undefined && report.source === undefined && report.content.every(piece => contains(quotation, piece))
  );
}

/** The words up to a closing mark that has no opening one in its paragraph. */
function restOf(text: string, { paragraph, quotations, reports }: ParagraphReports): readonly WeighedReport[] {
  const found = CLOSING_MARK.exec(slice(text, paragraph));
  if (found === null) return [];
  const at = paragraph.start + found.index;
  const isPaired = quotations.some(quotation => at >= quotation.start && at < quotation.end);
  const isReported = reports.some(report => report.content.some(piece => piece.start < at));
  return isPaired || isReported ? [] : [quotedReport({ start: paragraph.start, end: at }, 'quotation continued')];
}

/** A paragraph's reports: the model's finds, and quotations without a source nearby. */
interface ClaimedQuotations {
  readonly finds: readonly ScoredCandidate[];
  readonly alone: readonly Quotation[];
}

/** Text that may separate a find from a quotation that belongs to it: the rest of the find's sentence. */
const REST_OF_SENTENCE = /^[^.?!]{0,160}[.?!:]?['"”’»\)\]]*\s*$/v;
const ENDS_SENTENCE = /[.?!:…]['"”’»\)\]]*\s*$/v;
const OPENS_SENTENCE = /^\s*(?:$|['"“‘«\(\[]?\p{Lu})/v;

/**
 * Assigns each unclaimed quotation in some paragraphs to the find right before it (`“We won,” she said. “It was time.”`). A
 * quotation that forms its own sentences with nobody near is kept without a source.
 */
function claimQuotations(
  text: string,
  paragraphs: readonly Paragraph[],
  quotations: readonly Quotation[],
  finds: readonly ScoredCandidate[],
): ClaimedQuotations {
  let claimed = finds;
  const alone: Quotation[] = [];
  for (const quotation of quotations) {
    const paragraph = paragraphs.find(({ number }) => number === quotation.paragraph);
    const others = claimed.filter(({ cue }) => cue === undefined || !contains(quotation, cue));
    if (quotation.depth > 0 || others.some(find => coverage(find.content, quotation) > 0.3)) continue;
    if (!paragraph || !isSpeechLike(text, quotation) || !standsAlone(text, paragraph, quotation)) continue;
    const here = claimed.filter(find => overlaps(extentOf(find), paragraph));
    const neighbour = neighbourOf(text, here, quotation);
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

function neighbourOf(text: string, finds: readonly ScoredCandidate[], quotation: Span): ScoredCandidate | undefined {
  return finds.findLast(find => {
    const end = extentOf(find).end;
    return end <= quotation.start && REST_OF_SENTENCE.test(text.slice(end, quotation.start));
  });
}

function extentOf({ content, cue, source }: ScoredCandidate): Span {
  return extent([...content, cue, source]);
}

function withQuotation(find: ScoredCandidate, { start, end }: Quotation): ScoredCandidate {
  return { ...find, content: [...find.content, { start, end }].sort((one, other) => one.start - other.start) };
}

let loading: Promise<Model> | undefined;

/** Loads the model once. A failure isn't kept: memory may have been short. */
async function loadModel(): Promise<Model> {
  loading ??= Model.load();
  try {
    return await loading;
  } catch (error) {
    loading = undefined;
    throw error;
  }
}

/** Finds the reports of an article, in the order of their contents. */
export async function findReports(article: Article): Promise<readonly WeighedReport[]> {
  const { text, paragraphs } = article;
  const quotations = Map.groupBy(pairQuotations(text, paragraphs), quotation => quotation.paragraph);
  const laidOut = findLayoutReports(article, quotations);
  const model = await loadModel();
  const { readings, found } = await readParagraphs(model, article, quotations, ({ number }) => laidOut.has(number));
  const byParagraph = Map.groupBy(found, ({ content: [first] }) => paragraphAt(article, first.start));
  const read = paragraphs.map((paragraph, at) => {
    const learned = (byParagraph.get(at) ?? []).filter(({ content: [first] }) => contains(paragraph, first));
    const settled = laidOut.get(paragraph.number)?.map(report => ({ ...report, score: 1, doubtful: false }));
    const isTaken = (report: WeighedReport) =>
      settled === undefined || settled.some(({ content }) => isInside(report, content));
    const reports = [...(settled ?? []), ...learned.filter(isTaken)];
    return withQuoted(text, { paragraph, quotations: quotations.get(paragraph.number) ?? [], reports });
  });
  const reports = joinContinued(text, read).toSorted((one, other) => one.content[0].start - other.content[0].start);
  return await pointAll(model, readings, reports);
}

/** Adds the reports of words quoted in other reports, unless the network found them. */
function withQuoted(text: string, read: ParagraphReports): ParagraphReports {
  const reports = read.reports.flatMap(report => {
    const found = quotedWithin(text, read.quotations, report);
    if (found === undefined || read.reports.some(({ cue }) => cue && contains(found.whole, cue))) return [report];
    const { words, whole, ...from } = found;
    const content = report.content.filter(piece => piece.start >= whole.end);
    const find = { ...report, ...from, head: from.cue, content: [words, ...content] };
    const quoted = toReport(text, find, read.quotations, [read.paragraph]);
    return [{ ...report, content: [whole, ...content] as const }, ...quoted];
  });
  return { ...read, reports };
}

/**
 * Finds reports: cues, sources and unquoted contents by the model, quotation marks by rules around it. A paragraph
 * `isSettled` if its layout alone tells what is quoted in it.
 */
async function readParagraphs(
  model: Model,
  { text, paragraphs }: Article,
  quotations: ReadonlyMap<number, readonly Quotation[]>,
  isSettled: (paragraph: Paragraph) => boolean,
): Promise<{ readonly readings: readonly Reading[]; readonly found: readonly WeighedReport[] }> {
  const described = paragraphs.flatMap(each =>
    cutStretches(tokenFeaturesOf(text, each, quotations.get(each.number) ?? [])),
  );
  const found: WeighedReport[] = [];
  const readings: Reading[] = [];
  for (const window of toWindows(described)) {
    const reading = await model.read(window);
    readings.push(reading);
    const whole = extent(window.tokens);
    const near = paragraphsIn({ paragraphs }, whole);
    const quoted = near.flatMap(({ number }) => quotations.get(number) ?? []).filter(each => overlaps(each, whole));
    const accepted = accept(text, await findAll(model, text, reading, near, quoted), quoted);
    const open = near.filter(paragraph => !isSettled(paragraph));
    const { finds, alone } = claimQuotations(text, open, quoted, accepted);
    found.push(
      ...finds.map(find => withoutLaterSource(find, finds, near)).flatMap(find => toReport(text, find, quoted, near)),
      ...alone.map(({ inner }) => quotedReport(inner, 'quotation alone')),
    );
  }
  return { readings, found };
}

/** Returns everything in some paragraphs of a window that may have been said. */
export async function findAll(
  model: Model,
  text: string,
  reading: Reading,
  paragraphs: readonly Span[],
  quotations: readonly Quotation[],
): Promise<readonly ScoredCandidate[]> {
  const isRead = (span: Span) => paragraphs.some(paragraph => contains(paragraph, span));
  const candidates = await findCandidates(model, reading, isRead);
  return candidates.map(candidate => {
    const own = quotationsFor(candidate.head, quotations);
    const snapped = snapToQuotations(candidate, own);
    const evidence = evidenceOf(text, snapped, typeOf(snapped.content, own));
    return { ...snapped, evidence, score: likelihood(evidence) };
  });
}

/** `14:05 `, `2.15pm – `, `10:32 BST: `. */
const TIME = /^\d{1,2}[.:h]\d{2}(?:\s?[apAP]\.?[mM]\b\.?)?(?:\s\p{Lu}{2,4}\b)?[:,]?\s+(?:[\u2013\u2014\-\|]+\s+)?/v;
const BULLET = /^(?:[•·▪‣*\u2013\u2014\-]\s+|\d{1,2}[.\)]\s+)/v;
/** `OSTBY, Norway, May 3 (Agency) — `, `Harbour City – `, `OSTBY. `, `Ostby | `. */
const DATELINE =
  /^(?<place>\p{Lu}[\p{L}\p{M}.'’\-]*(?: (?:\p{Lu}[\p{L}\p{M}.'’\-]*|de|la|le|del|of|and))*)(?<more>(?:, (?:\p{Lu}[\p{L}\p{M}.]*|\d{1,4})(?: (?:\p{Lu}[\p{L}\p{M}.]*|\d{1,4}))*,?)*(?: ?\([^\(\)]{1,40}\))*)(?<dash>\.? (?:[\u2013\u2014\|]|--?) |(?<=\p{Lu}{3})\. )(?=["“‘„«]?\p{Lu})/v;
/** A dateline is in one of the first paragraphs; the first one may be a headline. */
const LAST_DATELINE = 4;
/** How much of a paragraph is searched for a dateline, in UTF-16 units. */
const LONGEST_LEAD = 300;

/** Returns where a paragraph’s own words start: after a time, a bullet, or a dateline with agency or ticker. */
export function afterLead(text: string, { start, end, number }: Paragraph): number {
  const words = text.slice(start, Math.min(end, start + LONGEST_LEAD));
  const lead = TIME.exec(words)?.[0] ?? BULLET.exec(words)?.[0] ?? (number <= LAST_DATELINE ? datelineOf(words) : '');
  return start + (lead.length < end - start ? lead.length : 0);
}

/** "Ann Lee – a builder – said" isn’t one. */
function datelineOf(words: string): string {
  const found = DATELINE.exec(words);
  if (found === null) return '';
  const { place = '', more = '', dash = '' } = found.groups ?? {};
  const isSure = /^\p{Lu}{3}/v.test(place) || more !== '' || dash.includes('|');
  const isPlain = place.split(' ').length < 3 && !words.includes(dash, found[0].length);
  return isSure || isPlain ? found[0] : '';
}
