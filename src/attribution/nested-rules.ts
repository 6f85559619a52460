import { contains, type Span } from '../news/span.ts';
import type { WeighedReport } from './attribution.ts';
import type { Draft } from './drafts.ts';
import { nobodyInParticular, tellingVerbs } from './lexicon/nested.ts';
import { verbForms } from './verbs.ts';

const RULES = new Set([
  'according to, before',
  'according to, after',
  'subject, cue, content',
  'quotation, subject, cue',
  'content, cue, subject',
  'content, subject, cue',
  'passive',
]);

const NEGATED = /\b(?:not|never|neither|no)\b|n[’']t\b/iv;
/** Who denies, doubts or asks whether somebody said something does not report it. */
const UNTOLD =
  /\b(?:ask|call|decline|demand|denied|denies|deny|dismiss|disput|doubt|jok|mock|predict|propos|question|refus|refut|reject|urge|wonder)/iv;
/** Between a source and its cue: what is not said yet, or never; "who", as the find is then about somebody else's words. */
const UNREAL = /\b(?:will|would|can|could|shall|should|may|might|must|to|if|when|who|that|which)\b|[’'](?:ll|d)\b/iv;
/** Before a source: "if Lee said", "what Lee said", "as Lee said". */
const NOT_TOLD_HERE =
  /\b(?:if|whether|unless|should|whenever|what|whatever|everything|anything|nothing|something|things?|let|as|like|lest|imagine|suppose|of|to)[\s,“‘"']*$/iv;
const ANY_TIME = /\bwhen[\s,“‘"']*$/iv;
const THAT = /(?:^|\s)that\s+$/iv;
const MARK = /[“‘"'«]\s*$/v;
/** "They told me" is somebody in particular. */
const TOLD_ME = /^\s(?:me|us|him|her)\s/iv;
/** "told me", "told the police": nothing else stands between the cue and what was said, unless "that" opens it. */
const ADDRESSEE = /^\s(?:\p{L}+\s){1,3}$/v;
const NO_CLAUSE =
  /^(?:\P{L}|(?:a lot|lots|a few|many|much|more|some|something|everything|anything|nothing|(?:the )?(?:same )?things?|one thing|two|so|this|these|those|what|when|where|why|how|because|until|before|after|while|as|about)\b)/iv;
const SOURCE =
  /^(?:\P{Ll}|(?:the|an?|another|one|two|three|four|five|several|his|her|its|their|our|my|your|he|she)\b|.*s$)/v;
/** Shortest clause that tells something, in words. */
const LEAST_WORDS = 3;
/** "said" may do without "that", and so may these after whom they were said to; few others do. */
const ADDRESSING: ReadonlySet<string> = new Set(['told', 'assured', 'informed', 'reminded', 'warned']);
/** `said last week in an interview with the paper that`, in UTF-16 units. */
const LONGEST_GAP = 60;

/** A find within a content, and the words on its seams. */
interface Find {
  readonly cue: string;
  readonly source: string;
  readonly content: string;
  readonly beforeSource: string;
  /** Between source and cue, and between cue and content; empty where they stand the other way round. */
  readonly toCue: string;
  readonly toContent: string;
  readonly contentFirst: boolean;
}

/** Whether what a report's source says of others may be taken as told. */
export function holdsReports(text: string, { cue, source, doubtful }: WeighedReport): boolean {
  if (doubtful || source === undefined) return false;
  const words = cue === undefined ? '' : text.slice(cue.start, cue.end);
  return !(NEGATED.test(words) || UNTOLD.test(words));
}

/** Whether a find within a piece of a content is something that somebody, who is told of, did say. */
export function isTold(text: string, { type, cue, source, content, rule }: Draft, piece: Span): boolean {
  const [first] = content;
  if (cue === undefined || source === undefined || first === undefined || !RULES.has(rule)) return false;
  if (![cue, source, ...content].every(span => contains(piece, span))) return false;
  const find: Find = {
    cue: text.slice(cue.start, cue.end).toLowerCase(),
    source: text.slice(source.start, source.end),
    content: text.slice(first.start, first.end),
    beforeSource: text.slice(Math.max(piece.start, source.start - 16), source.start),
    toCue: text.slice(source.end, Math.max(source.end, cue.start)),
    toContent: text.slice(cue.end, Math.max(cue.end, first.start)),
    contentFirst: first.start < cue.start,
  };
  return isSomebody(find) && isReal(find) && (find.cue === 'according to' || isTelling(find)) && isWhole(find, type);
}

function isSomebody({ source, cue, toContent }: Find): boolean {
  const [first = '', second = ''] = source.toLowerCase().split(/\s+/v);
  if (source.toLowerCase() === 'they') return cue === 'told' && TOLD_ME.test(toContent);
  const nobody = nobodyInParticular.has(first) || (/^an?$/v.test(first) && nobodyInParticular.has(second));
  return !nobody && SOURCE.test(source) && !/\b(?:that|which|who)$/v.test(source);
}

function isReal({ cue, toCue, beforeSource }: Find): boolean {
  return !(NEGATED.test(cue) || UNREAL.test(toCue) || (cue !== 'according to' && NOT_TOLD_HERE.test(beforeSource)));
}

/** What somebody says at any time ("when Lee says ‘no’") is no report of it. */
function isTelling({ cue, content, beforeSource, toContent, contentFirst }: Find): boolean {
  const [word = '', particle] = cue.split(/\s+/v);
  const forms = verbForms(word).filter(
    form => tellingVerbs.has(form.verb) && (form.particle === undefined || form.particle === particle),
  );
  const past = forms.some(form => form.tense === 'past' || form.tense === 'participle');
  const present = forms.some(form => form.tense === 'present') && !ANY_TIME.test(beforeSource);
  if (contentFirst || MARK.test(toContent)) return past || present;
  if (THAT.test(toContent)) return (past || present) && toContent.length < LONGEST_GAP && word !== 'asked';
  const follows = ADDRESSING.has(word)
    ? ADDRESSEE.test(toContent)
    : /^sa(?:id|ys)$/v.test(word) && toContent.trim() === '';
  return follows && !NO_CLAUSE.test(content);
}

function isWhole({ content }: Find, type: Draft['type']): boolean {
  return (
    (type === 'direct' || content.split(/\s+/v).length >= LEAST_WORDS) && /^[\p{L}\p{N}\p{Ps}\p{Pi}"'$]/v.test(content)
  );
}
