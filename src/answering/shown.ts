import type { AttributedArticle, Attribution, Speaker } from '../attribution/attribution.ts';
import { denialOf } from '../attribution/denials.ts';
import { wholeSentences } from '../indexing/units.ts';
import type { Paragraph } from '../news/article.ts';
import { clippedTo, contains, extent, lengthOf, overlaps, type Span, slice } from '../news/span.ts';
import { markWords } from '../search/mark.ts';
import { LONGEST_WHOLE, type Passage } from '../search/passages.ts';
import type { JudgedCandidate } from './judge.ts';
import { ASKS, asksWhoDid, type Question } from './question.ts';

/** A passage that may answer. Its `score` is the probability that it does, and its excerpt has the `answer`, if any. */
export type JudgedPassage = Passage & Pick<JudgedCandidate, 'degree' | 'answer' | 'also'>;

/** Whether somebody's words may be what is asked for. */
export type IsWanted = (attribution: Attribution | undefined, from: AttributedArticle) => boolean;

/** A paragraph, with everything that decides what is shown of it. */
interface Scene {
  readonly from: AttributedArticle;
  readonly paragraph: Paragraph;
  readonly question: Question;
  readonly speaking: readonly Attribution[];
  /** What is said by those whose words are asked for. */
  readonly theirs: readonly Attribution[];
  /** The words of the question. */
  readonly asked: readonly Span[];
  /** The words that answer, if that is likely. */
  readonly answer: Span | undefined;
}

/** Decides what is shown of a candidate: whose words, how much around them, and what may be in bold. */
export function showCandidate(candidate: JudgedCandidate, question: Question, isWanted: IsWanted): JudgedPassage {
  const { from, paragraph, score, degree, answer: likeliest, also } = candidate;
  const speaking = from.attributions.filter(({ content }) => overlapsAny(paragraph, content));
  const contents = speaking.flatMap(({ content }) => content);
  const asked = markWords(from.article.text, paragraph, question.words, contents);
  const theirs = speaking.filter(each => isWanted(each, from));
  // Whoever speaks of it may not be the one who did it, and whoever it was done to isn't.
  const reporting = speaking.filter(({ cue }) => asksWhoDid(question, cue && slice(from.article.text, cue)));
  const isOther = (words: Span) => isFrame(words, reporting) || isVictim(words, candidate, question);
  const answer = likeliest && isOther(likeliest) ? undefined : likeliest;
  const scene = { from, paragraph, question, speaking, theirs, asked, answer };
  const { attribution, shown } = voiceOf(scene);
  const isAbout = question.kind === 'words' && asked.length > 0;
  const telling = answer ?? (isAbout ? extent(asked) : undefined);
  const excerpt = excerptOf(scene, attribution, shown, telling);
  const isCut = telling !== undefined && !overlaps(excerpt, telling);
  return {
    ...{ from, paragraph, excerpt, attribution, closeness: 'match', score, also },
    degree: degree === 'sure' && (answer !== likeliest || isCut) ? 'unsure' : degree,
    matches: asked.filter(match => overlaps(match, excerpt) && (attribution !== undefined || !isSaid(match, speaking))),
    answer: answer && contains(excerpt, answer) && mayBeBold(answer, attribution, scene) ? answer : undefined,
  };
}

/** "Who threw it?", but not "Who was it thrown at?" */
const ASKS_FOR_DOER = /^(?:who|which \S+) (?!(?:are|did|do|does|is|was|were)\b)/iv;
/** Not "from" or "of": "a letter from Ann Lee", "the arrival of Ann Lee". */
const BEFORE_VICTIM = /\b(?:against|at|on|to|with) $/iv;

/** Whether words say to whom something was done, though it is asked who did it. */
function isVictim({ start }: Span, { from, paragraph }: JudgedCandidate, { topic }: Question): boolean {
  return ASKS_FOR_DOER.test(topic) && BEFORE_VICTIM.test(from.article.text.slice(paragraph.start, start));
}

/** Returns whose words these are, `undefined` for the article's own, and where they are. */
function voiceOf({ from, paragraph, question: { kind }, speaking, theirs, asked, answer }: Scene) {
  const isAnybodys = theirs.length === 0;
  const decides = answer !== undefined && (isAnybodys || isSaid(answer, theirs));
  const told = isAnybodys ? (decides ? speaking : tellingAmong(speaking, from)) : theirs;
  const telling = decides ? [answer] : asked;
  // What is beside all that is said, and who says it, is nobody's; otherwise what is in sentences without a word of theirs.
  const isBeside = kind !== 'who' && !telling.some(span => isSaid(span, speaking) || isFrame(span, speaking));
  const narrated = telling.filter(span =>
    decides || isBeside ? !isSaid(span, speaking) : !isSaid(wholeSentences(paragraph, span), speaking),
  );
  const isNarration = (decides || kind !== 'words') && isAnybodys && 2 * lengthOf(narrated) > lengthOf(telling);
  const attribution = isNarration ? undefined : mainOf(told, paragraph, telling);
  return { attribution, shown: attribution?.content ?? (narrated.length > 0 ? narrated : [paragraph]) };
}

/**
 * Returns a short paragraph whole if only this person speaks in it, or if nobody's words in particular are asked for;
 * otherwise this person's sentences. If the telling words are elsewhere in it, it's whole unless another named person says
 * them: "Officials said it was safe. A spokesman said they didn't know why."
 */
function excerptOf(
  { from, paragraph, speaking, theirs }: Scene,
  attribution: Attribution | undefined,
  shown: readonly Span[],
  telling: Span | undefined,
): Span {
  const own = toEndOfQuotes(extent(clippedTo(shown, paragraph)), paragraph, speaking);
  const isElsewhere = telling !== undefined && !overlaps(own, telling);
  const others = speaking.filter(({ speaker }) => speaker !== attribution?.speaker);
  const isTheirs = isElsewhere
    ? !others.some(({ speaker, content }) => isNamedPerson(speaker) && overlapsAny(telling, content))
    : others.length === 0;
  // Above more than what somebody denies, "denied" would be wrong.
  const isWhole = theirs.length === 0 || (isTheirs && denialOf(from, attribution) === undefined);
  return isWhole && paragraph.end - paragraph.start <= LONGEST_WHOLE ? paragraph : own;
}

/** Returns the whole sentences around a span, with the rest of a direct quote that begins in them, unless it's long. */
function toEndOfQuotes(span: Span, paragraph: Paragraph, speaking: readonly Attribution[]): Span {
  const excerpt = wholeSentences(paragraph, span);
  const quotes = speaking.flatMap(({ type, content }) => (type === 'indirect' ? [] : clippedTo(content, paragraph)));
  const begun = quotes.filter(({ start }) => start >= excerpt.start && start < excerpt.end);
  const whole = wholeSentences(paragraph, extent([excerpt, ...begun]));
  return whole.end - whole.start <= LONGEST_WHOLE ? whole : excerpt;
}

/**
 * True if words in bold can't be taken for a verdict, as "cannot continue" might be, or for somebody else's. Below a name,
 * they read as that person's, unless it is asked who speaks: then they may be what says so.
 */
function mayBeBold(
  words: Span,
  attribution: Attribution | undefined,
  { speaking, question: { opening, kind } }: Scene,
): boolean {
  if (opening === 'whether') return false;
  if (isSaid(words, speaking)) return attribution !== undefined && isSaid(words, [attribution]);
  return attribution === undefined || kind === 'who';
}

/** Returns who may tell what is asked: nobody answers by asking, unless nobody else speaks. */
function tellingAmong(speaking: readonly Attribution[], { article }: AttributedArticle): readonly Attribution[] {
  const telling = speaking.filter(({ cue }) => cue === undefined || !ASKS.test(slice(article.text, cue)));
  return telling.length > 0 ? telling : speaking;
}

/** True if words only say who speaks, or that somebody does. */
function isFrame(words: Span, speaking: readonly Attribution[]): boolean {
  const frames = speaking.flatMap(({ source, cue }) => [source, cue].filter(span => span !== undefined));
  return overlapsAny(words, frames) && !isSaid(words, speaking);
}

export function isNamedPerson(speaker: Speaker | undefined): boolean {
  return speaker?.named === true && speaker.kind === 'person';
}

export function isSaid(words: Span, speaking: readonly Attribution[]): boolean {
  return speaking.some(({ content }) => overlapsAny(words, content));
}

function overlapsAny(span: Span, others: readonly Span[]): boolean {
  return others.some(other => overlaps(span, other));
}

/**
 * Returns the attribution with most of what tells: of equals the one that another reports, or else the longest in the
 * paragraph.
 */
function mainOf(told: readonly Attribution[], paragraph: Paragraph, telling: readonly Span[]): Attribution | undefined {
  const weighed = told.map(attribution => {
    const { content, reportedBy } = attribution;
    const tells = lengthOf(telling.filter(span => overlapsAny(span, content)));
    const isReported = Number(tells > 0 && reportedBy !== undefined);
    return { attribution, tells, isReported, said: lengthOf(clippedTo(content, paragraph)) };
  });
  const [best] = weighed.sort(
    (one, other) => other.tells - one.tells || other.isReported - one.isReported || other.said - one.said,
  );
  return best?.attribution;
}
