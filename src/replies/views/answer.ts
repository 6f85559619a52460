import * as z from 'zod/mini';
import type { Answered, NotAnswered } from '../../answering/ask.ts';
import { isOnlyDescribed } from '../../answering/named.ts';
import { asksWhoDid, parseQuestion, type Question } from '../../answering/question.ts';
import { slice } from '../../news/span.ts';
import type { Say } from '../../wording/say.ts';
import {
  fittingWords,
  oneOf,
  PERSON,
  type Person,
  parts,
  passageCode,
  personCode,
  personWithin,
} from '../custom-id.ts';
import { clip, inline, italic, joined, small } from '../parts/markdown.ts';
import { accentOfPassage, articleOfPlace, findAllPassages, type ShownPassage, showPassage } from '../parts/passage.ts';
import { boldName } from '../parts/speaker.ts';
import { ACCENTS, type Audience, type Reply, reply, typed } from '../reply.ts';
import { whichReply } from '../which.ts';
import { excerptControls } from './excerpts.ts';
import { controlsOf, defineView, firstPage, type View } from './view.ts';
import { brief } from './who-said.ts';

/** An answer to a question: its passages, on one page. That nothing answers it has none. */
const shape = z.object({
  page: parts.page,
  /** `others` if the person isn't quoted on this. */
  degree: oneOf(['sure', 'unsure', 'others']),
  /** Whose words were asked for. */
  person: parts.whose,
  passages: parts.passagesOrNone,
  /** What the question was about. */
  words: parts.words,
});
type AnswerState = z.infer<typeof shape>;

export const answerView: View<AnswerState> = defineView({
  name: 'answer',
  letter: 'y',
  // Older ids have a digit for the kind of question before the person.
  form: new RegExp(`^y(?<degree>[0-2])[0-4]?(?<person>(?:${PERSON})?=)(?<passages>[^~]*~)(?<words>.*)$`, 'sv'),
  state: shape,
  async show(state, context) {
    const [best, ...others] = (await findAllPassages(state, context)) ?? [];
    if (best === undefined) return undefined;
    const from = state.person && (await articleOfPlace(state.person, context));
    const person = from && state.person && personWithin(state.person, from);
    const { degree } = state;
    // Which words answer isn't remembered.
    const shown = (passage: ShownPassage) => (degree === 'sure' ? { ...passage, matches: [] } : passage);
    const passages = [shown(best), ...others.map(shown)] as const;
    const answer = { degree, passages, silent: [], question: parseQuestion(state.words), person };
    return answeredReply(answer, context);
  },
});

/** An answer as it was found, or as a button remembers it. */
interface ShownAnswer extends Pick<Answered, 'degree' | 'silent' | 'question'> {
  readonly passages: readonly [ShownPassage, ...ShownPassage[]];
  readonly person: Person | undefined;
}

/** Returns whom a question asked for, in Markdown; `undefined` if it named nobody. */
function nameOfAsked({ question, person }: Pick<ShownAnswer, 'question' | 'person'>, say: Say): string | undefined {
  if (person !== undefined) return boldName(person);
  return question.who === undefined ? undefined : typed(question.who, say);
}

const LONGEST_QUESTION = 300;
/** Length that fits into an id beside three passages and a person of articles that weren't updated. Longer words are cut in the middle. */
const LONGEST_IN_ID = 40;

/** Returns the question as typed. */
function questionLine(question: string, say: Say): string {
  const shown = inline(question, LONGEST_QUESTION);
  return shown === '' ? '' : say('asking.asked', { question: italic(/[?？…]$/v.test(shown) ? shown : `${shown}?`) });
}

const ROOM_FOR_BEST = 2000;
const MOST_TEXTS = 4;

/** Returns how sure the passages below are an answer, in a sentence; empty if they surely are. */
function degreeLine(answer: ShownAnswer, say: Say): string {
  const who = answer.degree === 'others' ? nameOfAsked(answer, say) : undefined;
  if (who !== undefined) return say('asking.others', { who });
  return answer.degree === 'sure' ? '' : say('asking.unsure');
}

const LONGEST_TOPIC = 44;

function stateOf({ degree, passages, question, person }: ShownAnswer): AnswerState {
  return {
    page: 0,
    degree,
    person: person && personCode(person),
    passages: passages.map(passageCode),
    words: clip(question.text, LONGEST_IN_ID),
  };
}

/**
 * Returns an id by which a reply to an answer goes on with the person, the best passage and the topic. It fits beside the
 * id of a user.
 */
function aboutOf(state: AnswerState, { topic }: Question): string {
  const passages = state.passages.slice(0, 1);
  return answerView.encode('turn', { ...state, passages, words: fittingWords(topic, LONGEST_TOPIC) });
}

/** Returns the passages that answer a question, the best in full. The note is Markdown on one line. */
export function answeredReply(answer: ShownAnswer, audience: Audience, note = ''): Reply {
  const { say } = audience;
  const { degree, passages, question } = answer;
  const state = stateOf(answer);
  const silent = answer.silent.map(name => say('asking.silent', { who: typed(name, say) }));
  const notes = small(joined([...silent, note], ' '));
  const head = joined([questionLine(question.text, say), degreeLine(answer, say), notes]);
  // An id may have no room for any word of the question.
  const opening = head === '' ? [] : [head];
  const headed = (passage: ShownPassage) => {
    const { from, attribution } = passage;
    const cue = attribution?.cue && slice(from.article.text, attribution.cue);
    return { ...passage, isWhoDid: asksWhoDid(question, cue) };
  };
  const [best, ...others] = passages;
  const texts = [showPassage(headed(best), ROOM_FOR_BEST, say), ...others.map(other => brief(headed(other), '', say))];
  const page = firstPage([...opening, ...texts], MOST_TEXTS);
  const controls = excerptControls(passages.slice(0, page.length - opening.length), say, { words: state.words });
  return reply({
    accent: degree === 'sure' ? accentOfPassage(best) : ACCENTS.unclear,
    texts: page,
    ...controlsOf(answerView, state, 1, audience, controls),
    about: aboutOf(state, question),
  });
}

/** Returns why nothing answers it; nothing if the nearest passages may well mention it. */
function whyNothing(answer: NotAnswered, say: Say): string {
  const { why, nearest, person, question } = answer;
  const who = nameOfAsked(answer, say);
  if (why === 'not-mentioned' || who === undefined) return nearest.length > 0 ? '' : say('asking.not-mentioned');
  // Somebody whom articles describe in other words may well be quoted.
  const isUnknown = why === 'not-quoted' && person === undefined && isOnlyDescribed(question.who ?? '');
  return say(isUnknown ? 'asking.unknown' : `asking.${why}`, { who });
}

/** Returns that nothing answers a question, why, and what comes nearest. `narrow` lists the options that were set. */
export function nothingReply(answer: NotAnswered, narrow: string, say: Say, note = ''): Reply {
  const { articles, nearest, question, person } = answer;
  const head = joined([
    articles === undefined ? say('asking.nothing-there', { options: narrow }) : say('asking.nothing', { articles }),
    whyNothing(answer, say),
    small(questionLine(question.text, say)),
    small(note),
  ]);
  const title = small(say('asking.nearest', { count: nearest.length }));
  const state = { page: 0, degree: 'unsure', person: person && personCode(person), passages: [], words: '' } as const;
  const texts = nearest.map((passage, at) => brief(passage, at === 0 ? title : '', say));
  return reply({
    accent: ACCENTS.unclear,
    texts: firstPage([head, ...texts], MOST_TEXTS),
    private: true,
    about: aboutOf(state, question),
  });
}

/** Returns the people whom a question may mean, with a menu that answers for one of them. */
export function whoseAnswerReply(words: string, answers: readonly Answered[], audience: Audience, note = ''): Reply {
  const candidates = answers.flatMap(answer => {
    const value = answerView.encode('turn', stateOf(answer));
    return answer.person === undefined ? [] : [{ ...answer.person, value }];
  });
  return whichReply(words, candidates, audience, note);
}
