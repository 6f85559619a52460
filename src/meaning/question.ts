import { termsOf } from '../indexing/words.ts';

/** What a question asks for: a speaker, somebody's words, whether somebody said something, or something else. */
type QuestionKind = 'who-said' | 'what-said' | 'did-say' | 'fact';

/** What an answer to the question would have. */
type Wanted = 'number' | 'price' | 'place' | 'time' | 'reason';

/** A question, read without looking at any article. */
export interface Question {
  /** As typed. */
  readonly text: string;
  readonly kind: QuestionKind;
  /** The words that name whose words are asked for, as typed: "the pm". `undefined` if the question names nobody. */
  readonly who: string | undefined;
  /** What it is about, as typed: "the AWB letters". Empty if it only asks what somebody said. */
  readonly topic: string;
  /** The terms of the topic, each once, in order, without those that only ask or connect. */
  readonly topicWords: readonly string[];
  readonly wants: readonly Wanted[];
}

/** Reads a question in English or Chinese. Takes any text. */
export function parseQuestion(text: string): Question {
  return { text, kind: 'fact', who: undefined, topic: text, topicWords: [...new Set(termsOf(text))], wants: [] };
}
