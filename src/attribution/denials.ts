import { wordSet, words } from '../news/lexicon/word-lists.ts';
import { contains, type Span, slice } from '../news/span.ts';
import type { AttributedArticle, Attribution } from './attribution.ts';
import { takeWhile } from './grammar/items.ts';
import { formsOf, verbForms, wordStrings } from './grammar/words.ts';
import { ADVERBS, AUXILIARIES } from './lexicon/grammar.ts';

const forms = (verbs: string): readonly string[] => words(verbs).flatMap(verb => formsOf(verb));

/** Forms of verbs of denying and of not saying. Lower case, as are all lists here. */
const DENYING_FORMS: ReadonlySet<string> = new Set([
  ...forms(
    'deny reject refuse dismiss refute rebut dispute repudiate disavow disown disclaim rubbish contradict contest',
  ),
  ...forms('disagree doubt retract recant decline fail neglect omit avoid refrain hesitate resist hide conceal'),
  ...words('hid hidden forget forgets forgot forgotten forgetting'),
  ...words('denial denials refusal refusals rejection rejections dismissal dismissals'),
]);

/** Words that negate a clause together with a denying form; two of them cancel out ("did not deny"). */
const TURNING_WORDS: ReadonlySet<string> = new Set([
  ...words('not never no without neither nor cannot nothing hardly scarcely unable unwilling reluctant short'),
  ...DENYING_FORMS,
]);

/** First words that negate only before the second: "has yet to say", "ruled out". */
const TURNING_PAIRS: ReadonlyMap<string, string> = new Map([
  ['yet', 'to'],
  ...forms('rule').map(form => [form, 'out'] as const),
]);

/** Words that cancel a "not" before them: "did not only say". */
const NOT_TURNING = wordSet('only just merely simply solely surprisingly unexpectedly unreasonably so until');

/** Verbs of rejecting: they reject a claim ("mocked suggestions that …"), not other things. */
const HOSTILE_FORMS: ReadonlySet<string> = new Set(
  forms(
    'condemn criticise criticize attack blast slam ridicule mock deride denounce counter challenge debunk question',
  ),
);

const CLAIM_NOUNS: ReadonlySet<string> = new Set(
  words('claim suggestion allegation accusation report rumour rumor assertion insinuation notion').flatMap(noun => [
    noun,
    `${noun}s`,
  ]),
);

/** Words that make a source nobody: "No one said", "Neither Lee nor Cho said". */
export const NOBODY_WORDS = wordSet('no nobody none neither nor');

/**
 * Words inside a verb group, besides auxiliaries and adverbs: "has not been able to say", "stopped short of saying".
 */
const GROUP_WORDS: ReadonlySet<string> = new Set([
  ...words('to of from as yet go going gone so far quoted known heard able prepared ready willing any longer'),
  ...words('stop stops stopped stopping want wanted wish wished dare dared'),
]);

/** How far back from a cue, or from words that were said, the clause is searched, in UTF-16 units. Set by hand. */
const REACH = 100;
const LAST_CLAUSE = /[^.,;:!?\u2014\u2013\(\)\n“”「」『』，。；：！？]*$/v;
const CONTRACTED_NOT = /n['’]t$/v;
/** "never has Lee said", "at no time did Lee say". */
const INVERTED = /^\s*(?:(?:and|but)\s)?(?:never|nor|neither|not|(?:at|on|in|under|by) no \p{L}+)\s(?<rest>.*)$/iv;
/** Neither confirmed nor denied: not said. */
const NEITHER = /\b(?:confirm|admit)\p{L}*\sn?or\s(?:to\s)?den(?:y|ied|ies|ying)\b|\bden(?:y|ied)\sn?or\sconfirm/iv;
/**
 * Set phrases in which something is said after all: "cannot help saying", "could not agree more", "can’t stress strongly
 * enough", "it goes without saying", "has not stopped saying".
 */
const SAID_ANYHOW =
  /\b(?:ca|could|can)(?:not|n['’]t| not) (?:help|but|agree more|(?:stress|emphasi[sz]e|repeat) (?:\p{L}+ ){0,2}enough)\b|\bgo(?:es)? without saying\b|(?:\bnot|n['’]t) stop(?:ped)? \p{L}+ing\b/iv;
/** "did not say until Monday that …": said in the end. */
const AT_LAST = /\b(?:until|till|before)\b/iv;
/** "denied it: “…”", "denied it, “…”": the quoted words are the speaker’s own. */
const INTRODUCES = /[:,，：]\s*["“‘'「]?$/v;
/** "dismissed the charges as “nonsense”", "dismissed the criticism as envy". */
const QUOTED_AS = /\bas (?:\p{L}+ ){0,4}["“‘']/iv;
const CALLED_SO = /^(?:dismiss|reject)/v;

/** Before words that are only supposed: "If I had said …". */
const SUPPOSING = /^\s*(?:(?:and|but)\s)?(?:if|had)\s/iv;
/**
 * Before words that aren't so: "It is a lie that", "It would be wrong to say that", "It’s simply not true that". But "It
 * is not a lie that", and "It is wrong that".
 */
const NOT_SO =
  /(?:(?<!(?:\bnot?|n['’]t|\bnothing|\bnever)(?: \p{L}+)? )\b(?:lie|myth|false|untrue|(?:false|wrong) to \p{L}+)|(?:\bnot|n['’]t)(?: \p{L}+)? true)(?: that)?$/iv;
/** Whoever says something, as one word: "At no point did I tell", "Nobody is claiming". */
const SUBJECT = /\b(?:I|we|you|he|she|they|nobody|none|neither)\b/giv;
/** At most this many words are between a verb of saying and what was said: "told anyone at all that". */
const MOST_ADDRESSED = 4;

const CORRECTION = /^\P{L}{0,9}(?:correction|clarification|retraction)\b/iv;
const THE_ARTICLE =
  /^(?:we|this (?:article|report|story|post|piece)|(?:an|the) (?:earlier|original|previous) version)\b/iv;

const WORD = /[\p{L}’']+/gv;
/** Between a clause and what it introduces: "told staff that “". */
const OPENING = /[\s"“‘'「]+$/v;

type Said = Pick<Attribution, 'source' | 'cue' | 'content' | 'type'>;

/** The text around a cue that decides whether its content was said. */
interface Context {
  /** The clause before the cue, without the source. */
  readonly lead: string;
  readonly cue: string;
  /** Between the cue and a content after it. */
  readonly gap: string;
  /** The first content, if it follows the cue. */
  readonly content: string;
}

/**
 * Returns true if the article says that the speaker did not say the content, or rejected it: "denied that …", "never
 * said that …", "refused to say …", "dismissed suggestions that …". A double negative counts as said ("cannot deny that
 * …"), and so do the speaker's own words of denial: “It is a lie,” he denied.
 */
export function isDenied(from: Pick<AttributedArticle, 'article'>, attribution: Said): boolean {
  const { text } = from.article;
  const { cue, source } = attribution;
  if (cue === undefined) return false;
  const context = contextOf(text, attribution, cue);
  const words = wordsOf(context);
  const isDenying = words.some(word => DENYING_FORMS.has(word));
  if (isDenying && areOwnWords(context, attribution)) return false;
  const around = context.lead + context.cue + context.gap;
  if (NEITHER.test(around)) return true;
  if (SAID_ANYHOW.test(around) || AT_LAST.test(context.gap)) return false;
  const speaker = source === undefined ? '' : slice(text, source).toLowerCase();
  if (speaker.startsWith('few ')) return false;
  const before = source === undefined || source.start > cue.start ? '' : clauseBefore(text, source.start, 0);
  const turns = words.filter((_, at) => isTurning(words, at)).length;
  const others = [rejectsClaim(context), isNobody(speaker, before) || isInverted(before)].filter(Boolean).length;
  return (turns + others) % 2 === 1;
}

function contextOf(text: string, { source, content }: Said, cue: Span): Context {
  const ends = [source, ...content].map(span => span?.end ?? 0).filter(end => end <= cue.start);
  const behind = content.find(span => span.start >= cue.end);
  return {
    lead: clauseBefore(text, cue.start, Math.max(0, ...ends)),
    cue: slice(text, cue),
    gap: behind === undefined ? '' : text.slice(cue.end, behind.start),
    content: behind === undefined ? '' : slice(text, behind),
  };
}

function clauseBefore(text: string, end: number, floor: number): string {
  return LAST_CLAUSE.exec(text.slice(Math.max(floor, end - REACH), end))?.[0] ?? '';
}

/**
 * Words of the verb group with the cue, in lower case: "has not been able to | say", "denied | not", "refused | to
 * deny".
 */
function wordsOf({ lead, cue, gap, content }: Context): readonly string[] {
  const words = split(lead);
  const outside = words.findLastIndex(word => !isInGroup(word));
  const [first, verb = '', particle] = split(content.slice(0, REACH));
  const second = first === 'to' && gap.trim() === '' ? [verb, ...(particle === 'out' ? [particle] : [])] : [];
  return [...words.slice(outside + 1), ...split(cue), ...takeWhile(split(gap), isInGroup), ...second];
}

function split(text: string): readonly string[] {
  return wordStrings(text.toLowerCase());
}

function isInGroup(word: string): boolean {
  const known = [AUXILIARIES, ADVERBS, TURNING_WORDS, GROUP_WORDS].some(each => each.has(word));
  return known || word.endsWith('ly') || CONTRACTED_NOT.test(word);
}

function isTurning(words: readonly string[], at: number): boolean {
  const word = words[at] ?? '';
  const next = words[at + 1] ?? '';
  // "without saying", but not "said, without evidence, that".
  if (word === 'without') return next.endsWith('ing');
  if (TURNING_PAIRS.has(word)) return TURNING_PAIRS.get(word) === next;
  const isNot = word === 'not' || CONTRACTED_NOT.test(word);
  return (isNot || TURNING_WORDS.has(word)) && !(isNot && NOT_TURNING.has(next));
}

function rejectsClaim({ cue, gap }: Context): boolean {
  const words = split(cue + gap);
  const hostile = words.findIndex(word => HOSTILE_FORMS.has(word));
  return hostile >= 0 && words.slice(hostile + 1).some(word => CLAIM_NOUNS.has(word));
}

/** “…,” he denied; he denied it: “…”; he dismissed them as “nonsense”. */
function areOwnWords(context: Context, { type }: Said): boolean {
  const { gap, content } = context;
  if (type === 'direct' && (content === '' || INTRODUCES.test(gap))) return true;
  return (type !== 'indirect' && QUOTED_AS.test(gap + content)) || isCalledSo(context);
}

/** "dismissed | the criticism as envy", but not "dismissed | suggestions that he worked as a spy". */
function isCalledSo({ cue, gap, content }: Context): boolean {
  if (gap.trim() !== '' || !split(cue).some(word => CALLED_SO.test(word))) return false;
  const words = split(content.slice(0, REACH));
  const at = words.indexOf('as');
  return at > 0 && !words.slice(0, at).some(word => CLAIM_NOUNS.has(word));
}

function isNobody(speaker: string, before: string): boolean {
  const first = split(speaker)[0] ?? '';
  return NOBODY_WORDS.has(first) || NOBODY_WORDS.has(split(before).at(-1) ?? '') || /^\s*not\s*$/iv.test(before);
}

function isInverted(before: string): boolean {
  const rest = split(INVERTED.exec(before)?.groups?.rest ?? '');
  return AUXILIARIES.has(rest.at(-1) ?? '') && !NOT_TURNING.has(rest[0] ?? '');
}

/**
 * Returns the attribution that denies, rejects or corrects words: "Lee denied that …", including an outer one ("Lee
 * denied that Cho had said …").
 */
export function denialOf(
  from: Pick<AttributedArticle, 'article'>,
  attribution: Attribution | undefined,
): Attribution | undefined {
  if (attribution === undefined || isDenied(from, attribution) || isCorrected(from, attribution)) return attribution;
  return denialOf(from, attribution.reportedBy);
}

/**
 * Returns true if an article takes back what it said: "Correction: we earlier reported that …", "An earlier version of
 * this article said that …".
 */
export function isCorrected({ article }: Pick<AttributedArticle, 'article'>, { source }: Attribution): boolean {
  const { text, paragraphs } = article;
  const said = source === undefined ? '' : slice(text, source);
  const opening = paragraphs.find(each => source !== undefined && contains(each, source))?.start ?? 0;
  return THE_ARTICLE.test(said) && (/ version\b/v.test(said) || CORRECTION.test(text.slice(opening, source?.start)));
}

/**
 * Returns true if a speaker's own words right before some of theirs say that nobody said these, or that they aren't so:
 * "I never said that …", "It is a lie that …".
 */
export function isTakenBack(from: Pick<AttributedArticle, 'article'>, content: readonly Span[], words: Span): boolean {
  const { text } = from.article;
  const piece = content.find(each => contains(each, words));
  if (piece === undefined) return false;
  const start = Math.max(piece.start, words.start - REACH);
  const end = start + text.slice(start, words.start).replace(OPENING, '').length;
  const lead = clauseBefore(text, end, piece.start);
  if (NOT_SO.test(lead)) return true;
  const at = (from: number, word: string) => ({
    start: end - lead.length + from,
    end: end - lead.length + from + word.length,
  });
  const verb = [...lead.matchAll(WORD)].findLast(([word]) => isSaying(word.toLowerCase()));
  if (verb === undefined) return false;
  const cue = at(verb.index, verb[0]);
  const addressed = split(text.slice(cue.end, end));
  if (addressed.length > MOST_ADDRESSED || (addressed.at(-1) ?? 'that') !== 'that') return false;
  if (SUPPOSING.test(lead)) return true;
  const subject = [...lead.slice(0, verb.index).matchAll(SUBJECT)].at(-1);
  const source = subject && at(subject.index, subject[0]);
  return isDenied(from, { source, cue, content: [words], type: 'indirect' });
}

function isSaying(lower: string): boolean {
  return verbForms(lower).some(({ frame }) => frame === 'clause' || frame === 'addressee');
}
