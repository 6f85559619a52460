import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import { interviewerTurns } from '../attribution/tallies.ts';
import type { Library } from '../library/library.ts';
import { readVectors } from '../library/store/articles.ts';
import { findNearest } from '../library/store/index-queries.ts';
import type { Filter } from '../library/store/library-index.ts';
import type { NearParagraph } from '../library/store/vectors.ts';
import type { Paragraph } from '../news/article.ts';
import { isMainlyHan } from '../news/chinese.ts';
import { contains, slice } from '../news/span.ts';
import { withoutCopies } from '../search/copies.ts';
import { findPassages, type Passage, readArticles } from '../search/passages.ts';
import { wordsOf } from '../words/words.ts';
import { type AnswerCandidate, judgeAll } from './judge.ts';
import { cosine as cosineOf, DIMENSIONS, MODEL_ID } from './networks/model.ts';
import { mainSpeakers, passageOf } from './networks/passages.ts';
import type { Question } from './question.ts';
import { type IsWanted, isSaid, type JudgedPassage, showCandidate } from './shown.ts';

/** How many candidates of each kind are judged. Twice as many get no more answers right on dev. */
const NEAREST = 8;
const BY_WORDS = 4;
/** The layouts that tell who answers whom. */
const TURN = /^(?:transcript|interview)\b/v;
const INTERVIEW = /^interview\b/v;

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
  if (isMainlyHan(question.text)) return undefined;
  const [vector, byWords, isWanted] = await Promise.all([
    library.encodeQuestion(question.text),
    findPassages(library, question.text, filter, BY_WORDS),
    wanted,
  ]);
  if (vector === undefined) return undefined;
  const nearest = await library.read(findNearest, MODEL_ID, vector, NEAREST, filter);
  const places = [...nearest, ...byWords.map(placeOf)];
  const judged = await judgeAll(library, question, await candidatesAt(library, question, vector, places));
  return judged?.map(each => showCandidate(each, question, isWanted));
}

/** The networks can't read Chinese: to them, one Chinese paragraph is as near to a question as another. */
const HAN = /\p{sc=Han}/v;

type Place = Pick<NearParagraph, 'article' | 'paragraph'>;

function placeOf({ from, paragraph }: Passage): Place {
  return { article: from.article.id, paragraph: paragraph.number - 1 };
}

/**
 * Returns these paragraphs, each once. What an interviewer says is near to what is asked, so the answer to it takes its
 * place, or follows it if somebody's words are asked for.
 */
async function candidatesAt(
  library: Library,
  question: Question,
  vector: Int8Array,
  places: readonly Place[],
): Promise<readonly AnswerCandidate[]> {
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
const LONGEST_HEADING = { asking: 12, bare: 5, credit: 20, other: 0 };
/** "(Reporting by Ann Lee; editing by Bo Cho)". A statement in brackets ends with a mark. */
const CREDIT = /^\(.*[\p{L}\p{N}]\)$/v;

/**
 * True for a credit, or for a subheading: a few words above other paragraphs, without a number or a mark at the end, or a
 * question that nobody answers. Nobody speaks in it.
 */
function isHeading(paragraph: Paragraph, from: AttributedArticle): boolean {
  const { text, paragraphs } = from.article;
  const words = slice(text, paragraph);
  const isCredit = CREDIT.test(words);
  const isAsking = words.endsWith('?') && paragraph.sentences.length === 1 && answerTo(paragraph, from) === undefined;
  const bare = /\p{N}|\p{P}$/v.test(words) ? 'other' : 'bare';
  const most = LONGEST_HEADING[isCredit ? 'credit' : isAsking ? 'asking' : bare];
  return (
    wordsOf(text, paragraph).length <= most &&
    (isCredit || paragraph.number < paragraphs.length) &&
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
