import type { Article, Paragraph } from '../news/article.ts';
import { phraseSet, wordSet } from '../news/lexicon/word-lists.ts';
import { contains, type Span, slice } from '../news/span.ts';
import type { Report, WeighedReport } from './attribution.ts';
import { verbForms } from './grammar/words.ts';
import { BODY_HEADS } from './lexicon/organisations.ts';
import { GROUP_HEADS, PERSON_HEADS } from './lexicon/people.ts';
import { findReportsIn } from './network/find-reports.ts';
import { GENDERS } from './speakers/names.ts';
import { type Decision, paragraphsIn } from './speakers/story.ts';

/**
 * Verbs that report spoken or written words whatever their subject. Others (agree, suggest, predict) just as often
 * judge or summarise.
 */
const TELLING_VERBS = phraseSet(`
  say, tell, add, write, announce, assure, warn, claim, insist, report, state, declare, testify, argue, inform,
  explain, conclude, admit, acknowledge, confirm, allege, ask, reply, tweet, complain, remind, notify, concede, note,
  point out, shout, answer, respond, reveal
`);

/** Verbs that, after an addressee, need no "that": "told me the bridge was safe". */
const ADDRESSING_FORMS = wordSet('told assured informed reminded warned');

/** First words of sources that are nobody in particular, or the speaker or listener: "I", "they", "a lot of people". */
const NOBODY_IN_PARTICULAR = wordSet(`
  i we you they it one ones that this which who whom those these there someone somebody anyone anybody everyone
  everybody nobody people folks others some many most few all none neither both us them me lot lots whoever any no
  mine yours hers ours theirs sign signs voice way
`);

const NEGATED = /\b(?:not|never|neither|no)\b|n[’']t\b/iv;
/** Denying, doubting or asking whether somebody said something doesn't report it. */
const UNTOLD =
  /\b(?:ask|call|decline|demand|denied|denies|deny|dismiss|disput|doubt|jok|mock|predict|propos|question|refus|refut|reject|urge|wonder)/iv;
/** Before a source: "if Lee said", "what Lee said", "as Lee said", "never has Lee said", "next to the man said". */
const NOT_TOLD_HERE =
  /\b(?:if|whether|unless|should|whenever|what|whatever|everything|anything|nothing|something|things?|let|as|like|lest|imagine|suppose|while|whereas|has|have|had|did|does|do|of|to|onto|into|in|at|with|from|by|for|about|under|along|near)[\s,“‘"']*$/iv;
/** "with the coaches and the players said": the source belongs to a longer phrase. */
const JOINED_PHRASE = /\b(?:of|with|between|from|to|for|by)\s(?:[\p{L}’']+\s){1,4}and\s$/iv;
/** What may precede "he": nothing, punctuation, or a word that opens a clause. */
const OPENS_CLAUSE =
  /(?:^|[^\p{L}\s]\s?|\b(?:and|but|so|then|that|because|since|when|until|while|after|before|though|once|again|later)\s)$/iv;
const AT_ANY_TIME = /\b(?:if|when|whenever)\b/iv;
const THAT = /(?:^|\s)that\s+$/iv;
const MARK = /[“‘"'«]\s*$/v;
/** "told me", "told the police": an addressee may come between cue and content only if "that" follows. */
const ADDRESSEE = /^\s(?:\p{L}+\s){1,3}(?<!\s(?:at|about|of|in|on|from|by|with|for|to)\s)$/v;
const NO_CLAUSE =
  /^(?:\P{L}|(?:a lot|lots|a few|many|much|more|some|something|everything|anything|nothing|(?:the )?(?:same )?things?|one thing|a couple|last|earlier|at|in|on|two|so|this|these|those|what|when|where|why|how|because|until|before|after|while|as|about)\b)/iv;
const SOURCE =
  /^(?:\P{Ll}|(?:the|an?|another|one|two|three|four|five|several|his|her|its|their|our|my|your|he|she)\b|.*s$)/v;
/** "Cho" or "the FBI", but not "He" or "The mayor". */
const NAME =
  /^(?!(?:[Hh]e|[Ss]he|[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur|[Mm]y|[Yy]our|[Aa]nother|[Oo]ne|[Tt]wo|[Tt]hree|[Ss]everal)\b)\p{Lu}|\s\p{Lu}/v;
const WORD = /\p{L}+/gv;
const ACCORDING = 'according to';
/** How far back a sentence is searched for "if", in UTF-16 units. */
const REACH = 120;

/** A report found inside a content, with the text around its parts. */
interface Find {
  /** Lower case. */
  readonly cue: string;
  readonly source: string;
  readonly content: string;
  readonly isQuoted: boolean;
  readonly contentFirst: boolean;
  readonly sourceFirst: boolean;
  /** The sentence, or its end, up to the source. */
  readonly before: string;
  /** Between source and cue, and between cue and content; empty if they come in the other order. */
  readonly toCue: string;
  readonly toContent: string;
}

/** Whether reports inside this report's content can be trusted. */
function holdsReports(text: string, outer: WeighedReport): boolean {
  return !outer.doubtful && (outer.source ?? outer.named) !== undefined && !isUntold(text, outer);
}

function isUntold(text: string, { cue }: Report): boolean {
  const words = wordsOf(text, cue);
  return NEGATED.test(words) || UNTOLD.test(words);
}

/** Returns undefined unless the report has cue and source, and all of it is within one piece of the outer content. */
function findOf(text: string, { type, cue, source, content }: Report, outer: Report): Find | undefined {
  const [first] = content;
  const piece = outer.content.find(each => contains(each, first));
  if (piece === undefined || cue === undefined || source === undefined) return undefined;
  if (![cue, source, ...content].every(span => contains(piece, span))) return undefined;
  const before = text.slice(Math.max(piece.start, source.start - REACH), source.start);
  return {
    cue: slice(text, cue).toLowerCase(),
    source: slice(text, source),
    content: slice(text, first),
    isQuoted: type === 'direct',
    contentFirst: first.start < cue.start,
    sourceFirst: source.start < cue.start,
    before: /[^.?!]*$/v.exec(before)?.[0].trimStart() ?? '',
    toCue: text.slice(source.end, Math.max(source.end, cue.start)),
    toContent: text.slice(cue.end, Math.max(cue.end, first.start)),
  };
}

function isNobody({ source }: Find): boolean {
  const [first = '', second = ''] = source.toLowerCase().split(/\s+/v);
  const last = /[\p{L}]+$/v.exec(source)?.[0] ?? '';
  const isPhrase = SOURCE.test(source) || PERSON_HEADS.has(last) || GROUP_HEADS.has(last) || BODY_HEADS.has(last);
  return (
    NOBODY_IN_PARTICULAR.has(/^(?:an?|the)$/v.test(first) ? second : first) ||
    /^(?:that|which|who)$/v.test(last) ||
    !isPhrase
  );
}

function isPartOfMore({ before, sourceFirst }: Find): boolean {
  return sourceFirst && (NOT_TOLD_HERE.test(before) || JOINED_PHRASE.test(before));
}

/** "The tone he said": no clause of its own. */
function isRelative({ source, before }: Find): boolean {
  return /^s?he$/iv.test(source) && !OPENS_CLAUSE.test(before);
}

/** "…, he said" and "…, according to the police", but not "just the way he said" or "exactly according to plan". */
function lacksComma({ before, contentFirst, isQuoted }: Find): boolean {
  return contentFirst && !isQuoted && !/,\s(?:\p{L}+\s){0,2}$/v.test(before);
}

/** Something said habitually ("when Lee says ‘no’") isn't a report. */
function tells({ cue, content, before, toContent, contentFirst }: Find): boolean {
  if (cue === ACCORDING) return true;
  const [word = '', particle] = cue.split(/\s+/v);
  const forms = verbForms(word).filter(
    form => TELLING_VERBS.has(form.verb) && (form.particle === undefined || form.particle === particle),
  );
  const past = forms.some(form => form.tense === 'past' || form.tense === 'participle');
  const present = word !== 'tells' && forms.some(form => form.tense === 'present') && !AT_ANY_TIME.test(before);
  if (!(past || present)) return false;
  if (contentFirst || MARK.test(toContent) || THAT.test(toContent)) return true;
  const follows = ADDRESSING_FORMS.has(word)
    ? ADDRESSEE.test(toContent)
    : /^sa(?:id|ys)$/v.test(word) && toContent.trim() === '';
  return follows && !NO_CLAUSE.test(content);
}

/** A report inside somebody's words: "Lee said that Cho had said …". */
export interface NestedReport {
  readonly report: WeighedReport;
  /** The report whose content contains it. Its source is the one who reports. */
  readonly within: Report;
}

/**
 * Share right among 49 hand-checked finds of earlier rules; not measured since. The network's own score says little here,
 * since most of its training articles don't annotate inner reports.
 */
const RIGHT = 0.85;
const RIGHT_IF_DOUBTFUL = 0.7;

/** The reports of an article, apart from those within the content of another one. */
export interface ReportLayers {
  readonly outer: readonly WeighedReport[];
  readonly nested: readonly NestedReport[];
}

/**
 * Tells reports within contents from the others, and finds more of them by reading each content as a text of its own, so
 * that nested quotation marks count as outer ones. Leaves out what somebody denies or only supposes that another one
 * said.
 */
export async function findNestedReports(article: Article, found: readonly WeighedReport[]): Promise<ReportLayers> {
  const { text } = article;
  const placed = placeWithin(found);
  const known = [...placed].flatMap(([report, within]) => nestedOf(text, report, within));
  const inside = new Set(known.map(({ report }) => report.cue?.start));
  const outer = found.flatMap(report => {
    const within = placed.get(report);
    if (within === undefined) return [report];
    const find = findOf(text, report, within);
    // "Nobody told me that …"
    const isUnreal = find !== undefined && isNobody(find);
    const isLeftOut = inside.has(report.cue?.start) || isUntold(text, within) || isUnreal;
    return isLeftOut ? [] : [{ ...report, doubtful: true }];
  });
  const cues = new Set([...outer, ...known.map(({ report }) => report)].map(({ cue }) => cue?.start));
  const nested = [...known];
  for (const report of outer) {
    for (const inner of await findWithin(article, report)) if (!cues.has(inner.report.cue?.start)) nested.push(inner);
  }
  return { outer, nested };
}

/** Returns the reports that lie within one piece of another one's content, with that one. */
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
    if (report.cue === undefined) continue;
    const parts = [...report.content, report.cue];
    const around = open.find(({ piece, holder }) => holder !== report && parts.every(part => contains(piece, part)));
    if (around !== undefined) placed.set(report, around.holder);
  }
  return placed;
}

function startOf({ content: [first], cue }: Report): number {
  return Math.min(first.start, cue?.start ?? first.start);
}

/** Returns the report as a nested one, or nothing if it isn't something that somebody did say. It is doubtful if neither "that" nor
 * quotation marks open the content and the source is no name.
 */
function nestedOf(text: string, report: WeighedReport, outer: WeighedReport): readonly NestedReport[] {
  const find = holdsReports(text, outer) ? findOf(text, report, outer) : undefined;
  if (find === undefined || [isNobody, isPartOfMore, isRelative, lacksComma].some(rule => rule(find)) || !tells(find))
    return [];
  const isOpened = find.contentFirst || find.isQuoted || THAT.test(find.toContent) || find.cue === ACCORDING;
  const doubtful = !isOpened && !NAME.test(find.source);
  const score = doubtful ? RIGHT_IF_DOUBTFUL : RIGHT;
  return [{ report: { ...report, rule: 'within a report', score, doubtful }, within: outer }];
}

async function findWithin(article: Article, outer: WeighedReport): Promise<readonly NestedReport[]> {
  const { text } = article;
  if (!holdsReports(text, outer)) return [];
  const nested: NestedReport[] = [];
  for (const piece of piecesOf(article, outer.content)) {
    if (!mayTell(text.slice(piece.start, piece.end))) continue;
    for (const report of await findReportsIn(text, [piece])) nested.push(...nestedOf(text, report, outer));
  }
  return nested;
}

/** Whether any word may be a cue. Most contents have none and aren't read again. */
function mayTell(words: string): boolean {
  const forms = words.toLowerCase().match(WORD) ?? [];
  return forms.some(word => word === 'according' || verbForms(word).some(({ verb }) => TELLING_VERBS.has(verb)));
}

/** The pieces of a content, each as a text of one paragraph and one sentence. */
function piecesOf(article: Article, content: readonly Span[]): readonly Paragraph[] {
  return content.flatMap(span =>
    paragraphsIn(article, span).map(({ start, end }) => {
      const piece = { start: Math.max(start, span.start), end: Math.min(end, span.end) };
      return { number: 1, ...piece, sentences: [piece] };
    }),
  );
}

/**
 * Resolves the source of a nested report. The outer speaker is neither the "he" of their own quotation nor quoted by
 * themselves. Undefined if both may be the same speaker: "Lee said that she had said".
 */
export function resolveNested(
  text: string,
  { source }: Report,
  decision: Decision,
  outer: Report,
  teller: Decision,
): Decision | undefined {
  const words = wordsOf(text, source);
  const pronoun = GENDERS.get(words);
  const isSame =
    words === wordsOf(text, outer.source) ||
    (decision.candidate !== undefined && decision.candidate === teller.candidate);
  if (pronoun === undefined && isSame) return undefined;
  if (pronoun === undefined)
    return decision.certainty === 'inferred' && !decision.rule.startsWith('name')
      ? { ...decision, certainty: 'unclear' }
      : decision;
  const gender = teller.candidate?.gender;
  if (outer.type !== 'direct' && (gender === undefined || gender === pronoun)) return undefined;
  return { candidate: isSame ? undefined : decision.candidate, certainty: 'unclear', rule: 'pronoun within a report' };
}

function wordsOf(text: string, source: Span | undefined): string {
  return source === undefined ? '' : slice(text, source).toLowerCase();
}
