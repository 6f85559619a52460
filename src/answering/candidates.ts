import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import { denialOf } from '../attribution/denials.ts';
import { interviewerTurns } from '../attribution/tallies.ts';
import { wholeSentences } from '../indexing/units.ts';
import type { Library } from '../library/library.ts';
import { readVectors } from '../library/store/articles.ts';
import { findNearest } from '../library/store/index-queries.ts';
import type { Filter } from '../library/store/library-index.ts';
import type { Paragraph } from '../news/article.ts';
import { isMainlyHan } from '../news/chinese.ts';
import { clippedTo, contains, extent, lengthOf, overlaps, type Span, slice } from '../news/span.ts';
import { withoutCopies } from '../search/copies.ts';
import { markWords } from '../search/mark.ts';
import { findPassages, LONGEST_WHOLE, type Passage, readArticles } from '../search/passages.ts';
import { wordsOf } from '../words/words.ts';
import { type AnswerCandidate, type JudgedCandidate, judgeAll } from './judge.ts';
import { cosine as cosineOf, DIMENSIONS, MODEL_ID } from './networks/model.ts';
import { mainSpeakers, passageOf } from './networks/passages.ts';
import { asksWhoDid, type Question } from './question.ts';

/** A passage that may answer. Its `score` is the probability that it does, and its excerpt has the `answer`, if any. */
export type JudgedPassage = Passage & Pick<JudgedCandidate, 'degree' | 'answer' | 'also'>;

/** How many candidates of each kind are judged. Twice as many get no more answers right on dev. */
const NEAREST = 8;
const BY_WORDS = 4;
/** The layouts that tell who answers whom. */
const TURN = /^(?:transcript|interview)\b/v;
const INTERVIEW = /^interview\b/v;

/** Whether somebody's words may be what is asked for. */
export type IsWanted = (attribution: Attribution | undefined, from: AttributedArticle) => boolean;

/**
 * Finds what may answer a question, whatever its words, the likeliest first: at most 12 paragraphs. Each is cut to the
 * words that are wanted, if it has some. Returns `undefined` if the encoder fails, or the question is in Chinese, which it
 * can't read.
 */
export async function findJudged(
  library: Library,
  question: Question,
  filter: Filter,
  wanted: IsWanted | Promise<IsWanted> = () => question.kind === 'who',
): Promise<readonly JudgedPassage[] | undefined> {
  const encoded = isMainlyHan(question.text) ? undefined : library.encodeQuestion(question.text);
  const [vector, isWanted] = await Promise.all([encoded, wanted]);
  if (vector === undefined) return undefined;
  const judged = await judgeAll(library, question, await candidatesFor(library, question, vector, filter));
  return judged?.map(each => toPassage(each, question, isWanted));
}

/** The networks can't read Chinese: to them, one Chinese paragraph is as near to a question as another. */
const HAN = /\p{sc=Han}/v;

/**
 * Returns the paragraphs nearest by vector, then those that are best by their words, each once. What an interviewer says is
 * near to what is asked, so the answer to it takes its place, or follows it if somebody's words are asked for.
 */
async function candidatesFor(
  library: Library,
  question: Question,
  vector: Int8Array,
  filter: Filter,
): Promise<readonly AnswerCandidate[]> {
  const [nearest, worded] = await Promise.all([
    library.read(findNearest, MODEL_ID, vector, NEAREST, filter),
    findPassages(library, question.text, filter, BY_WORDS),
  ]);
  const byWords = worded.map(({ from, paragraph }) => ({ article: from.article.id, paragraph: paragraph.number - 1 }));
  const places = [...nearest, ...byWords];
  const articles = await readArticles(library, places);
  const vectors = await library.read(readVectors, [...articles.keys()], MODEL_ID);
  const speakers = new Map([...articles].map(([id, from]) => [id, mainSpeakers(from)]));
  const asksForSpeech = question.kind === 'who' || question.who !== undefined;
  const candidates = places.flatMap(({ article, paragraph: index }) => {
    const from = articles.get(article);
    const found = from?.article.paragraphs[index];
    if (from === undefined || found === undefined || isHeading(found, from)) return [];
    if (isMainlyHan(slice(from.article.text, found)) && !HAN.test(question.text)) return [];
    const own = vectors.get(article)?.subarray(index * DIMENSIONS, (index + 1) * DIMENSIONS);
    const cosine = own?.length === DIMENSIONS ? cosineOf(vector, own) : undefined;
    const answer = answerTo(found, from);
    return (answer === undefined ? [found] : asksForSpeech ? [found, answer] : [answer]).map(paragraph => {
      const before = from.article.paragraphs[paragraph.number - 2];
      const asked = before && answerTo(before, from) && before;
      const speaker = speakers.get(article)?.get(paragraph);
      // The passage has the name, so a label would only repeat it.
      const { start } = (asked && turnIn(paragraph, from)?.content[0]) ?? paragraph;
      const passage = passageOf(from, { start, end: paragraph.end }, speaker, asked);
      return { from, paragraph, cosine, speaker, passage };
    });
  });
  const unique = [...Map.groupBy(candidates, ({ paragraph }) => paragraph).values()].flatMap(([first]) => first ?? []);
  // Together, copies would take each other's probability.
  return withoutCopies(unique, candidate => candidate);
}

/** In words. Set by hand. */
const LONGEST_HEADING = { asking: 12, bare: 5, other: 0 };

/**
 * True for a subheading: a few words above other paragraphs, without a number or a mark at the end, or a question that
 * nobody answers. Nobody speaks in it.
 */
function isHeading(paragraph: Paragraph, from: AttributedArticle): boolean {
  const { text, paragraphs } = from.article;
  const words = slice(text, paragraph);
  const isAsking = words.endsWith('?') && paragraph.sentences.length === 1 && answerTo(paragraph, from) === undefined;
  const most = LONGEST_HEADING[isAsking ? 'asking' : /\p{N}|\p{P}$/v.test(words) ? 'other' : 'bare'];
  return (
    wordsOf(text, paragraph).length <= most &&
    paragraph.number < paragraphs.length &&
    !isSaid(paragraph, from.attributions)
  );
}

function turnIn(paragraph: Paragraph, { attributions }: AttributedArticle): Attribution | undefined {
  return attributions.find(({ content: [first], rule }) => contains(paragraph, first) && TURN.test(rule));
}

/** Returns the next paragraph if it is somebody's answer to this one. */
function answerTo(paragraph: Paragraph, from: AttributedArticle): Paragraph | undefined {
  const { text, paragraphs } = from.article;
  const next = paragraphs[paragraph.number];
  const answer = next && turnIn(next, from);
  const asked = turnIn(paragraph, from);
  if (answer === undefined || (asked !== undefined && asked.speaker === answer.speaker)) return undefined;
  // Without labels, only the answers of an interview are turns.
  const isAsked = asked === undefined ? INTERVIEW.test(answer.rule) : interviewerTurns(from).has(asked);
  return isAsked || slice(text, paragraph).endsWith('?') ? next : undefined;
}

/**
 * Returns what is shown of a paragraph: all of it if it's short and only one person speaks in it or nobody's words in
 * particular are asked for, otherwise the sentences of whoever is most likely meant. What answers outside all that
 * anybody says is the article's own.
 */
function toPassage(
  { from, paragraph, score, degree, answer: likeliest, also }: JudgedCandidate,
  question: Question,
  isWanted: IsWanted,
): JudgedPassage {
  const { kind, words } = question;
  const speaking = from.attributions.filter(({ content }) => overlapsAny(paragraph, content));
  const contents = speaking.flatMap(({ content }) => content);
  const marked = markWords(from.article.text, paragraph, words, contents);
  const theirs = speaking.filter(each => isWanted(each, from));
  // Whoever speaks of it needn't be who did it.
  const answer = asksWhoDid(question) && likeliest && isFrame(likeliest, speaking) ? undefined : likeliest;
  const { attribution, shown } = voiceOf({ from, paragraph, speaking, theirs }, { kind, marked, answer });
  const own = toEndOfQuotes(extent(clippedTo(shown, paragraph)), paragraph, speaking);
  const answering = likeliest ?? (kind === 'words' && marked.length > 0 ? extent(marked) : undefined);
  const isForSpeech = kind === 'words' || kind === 'who';
  const elsewhere = isForSpeech && answering && !overlaps(own, answering) ? answering : undefined;
  const isWhole = theirs.length === 0 || isOneVoice(attribution, speaking, from, elsewhere);
  const excerpt = isWhole && paragraph.end - paragraph.start <= LONGEST_WHOLE ? paragraph : own;
  const isMissing = elsewhere !== undefined && !contains(excerpt, elsewhere);
  const isBold =
    answer !== undefined && contains(excerpt, answer) && mayBeBold(answer, attribution, speaking, question);
  return {
    ...{ from, paragraph, excerpt, attribution, closeness: 'match', score, also },
    degree: degree === 'sure' && (answer !== likeliest || isMissing) ? 'unsure' : degree,
    matches: marked.filter(
      match => overlaps(match, excerpt) && (attribution !== undefined || !isSaid(match, speaking)),
    ),
    answer: isBold ? answer : undefined,
  };
}

/** Who speaks in a paragraph, and which of these words are wanted. */
interface Voices {
  readonly from: AttributedArticle;
  readonly paragraph: Paragraph;
  readonly speaking: readonly Attribution[];
  readonly theirs: readonly Attribution[];
}

/** What tells which words of a paragraph are shown: those of the question, and those that answer, if that is likely. */
interface Telling {
  readonly kind: Question['kind'];
  readonly marked: readonly Span[];
  readonly answer: Span | undefined;
}

/** Returns what is shown of a paragraph, and whose words that is: `undefined` for the article's own. */
function voiceOf({ from, paragraph, speaking, theirs }: Voices, { kind, marked, answer }: Telling) {
  const isAnybodys = theirs.length === 0;
  const decides = kind !== 'who' && answer !== undefined && (isAnybodys || isSaid(answer, theirs));
  const told = isAnybodys ? (decides ? speaking : tellingAmong(speaking, from)) : theirs;
  const telling = decides ? [answer] : marked;
  // What is beside all that is said, and who says it, is nobody's; otherwise what is in sentences without a word of theirs.
  const isBeside = kind !== 'who' && !telling.some(span => isSaid(span, speaking) || isFrame(span, speaking));
  const narrated = telling.filter(span =>
    decides || isBeside ? !isSaid(span, speaking) : !isSaid(wholeSentences(paragraph, span), speaking),
  );
  const isNarration = (decides || kind !== 'words') && isAnybodys && 2 * lengthOf(narrated) > lengthOf(telling);
  const attribution = isNarration ? undefined : mainOf(told, paragraph, telling);
  return { attribution, shown: attribution?.content ?? (narrated.length > 0 ? narrated : [paragraph]) };
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
  speaking: readonly Attribution[],
  question: Question,
): boolean {
  if (question.opening === 'whether') return false;
  if (isSaid(words, speaking)) return attribution !== undefined && isSaid(words, [attribution]);
  return attribution === undefined || question.kind === 'who';
}

const ASKS = /^(?:ask|wonder)/iv;

/** Returns who may tell what is asked: nobody answers by asking, unless nobody else speaks. */
function tellingAmong(speaking: readonly Attribution[], { article }: AttributedArticle): readonly Attribution[] {
  const telling = speaking.filter(({ cue }) => cue === undefined || !ASKS.test(slice(article.text, cue)));
  return telling.length > 0 ? telling : speaking;
}

/**
 * True if nobody else speaks in a paragraph, or if those who give the answer elsewhere in it aren't people with names:
 * "Officials said it was safe. A spokesman said they didn't know why."
 */
function isOneVoice(
  attribution: Attribution | undefined,
  speaking: readonly Attribution[],
  from: AttributedArticle,
  answer: Span | undefined,
): boolean {
  // Above more than what somebody denies, "denied" would be wrong.
  if (denialOf(from, attribution) !== undefined) return false;
  if (speaking.every(({ speaker }) => speaker === attribution?.speaker)) return true;
  const answering = answer && speaking.filter(({ content }) => overlapsAny(answer, content));
  return answering?.every(({ speaker }) => speaker?.named !== true || speaker.kind !== 'person') === true;
}

/** True if words only say who speaks, or that somebody does. */
function isFrame(words: Span, speaking: readonly Attribution[]): boolean {
  const frames = speaking.flatMap(({ source, cue }) => [source, cue].filter(span => span !== undefined));
  return overlapsAny(words, frames) && !isSaid(words, speaking);
}

function isSaid(words: Span, speaking: readonly Attribution[]): boolean {
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
