/** Unnamed people who are the subject of a sentence: "Another shopkeeper was hopeful". */
import type { Span } from '../../news/span.ts';
import { type Token, tokenize } from '../../words/tokens.ts';
import { CONJUNCTIONS, DETERMINERS, OPENERS, PREPOSITIONS, SUBORDINATORS } from '../lexicon/grammar.ts';
import { GROUP_HEADS } from '../lexicon/people.ts';
import { DISTINGUISHING_WORDS, STRANGER_OPENERS } from '../lexicon/strangers.ts';
import { isSingularPerson, isVerb, mayBePerson } from './descriptions.ts';
import type { Story } from './story.ts';

/** An unnamed person who is the subject of a sentence, and may be the "he" of the next. */
export interface Stranger extends Span {
  /** Distinguished from an earlier one: "another shopkeeper". */
  readonly isOther: boolean;
}

/** Maximum number of words before the head of a subject. */
const LONGEST_SUBJECT = 6;
/** How far into a sentence its subject may start, after "At the quay,", in UTF-16 units. */
const LONGEST_LEAD = 60;
const OPEN_MARK = /^[“"‘«]$/v;
/** The first words of a sentence, in lower case, with their positions. */
interface Words {
  readonly tokens: readonly Token[];
  readonly lower: readonly string[];
}

/** Returns the unnamed subject of a sentence: "Another shopkeeper was hopeful". */
export function strangerIn(story: Story, sentence: Span): Stranger | undefined {
  const tokens = tokenize(story.article.text, sentence);
  const words = { tokens, lower: tokens.map(token => token.text.toLowerCase()) };
  const from = subjectFrom(words);
  const first = words.lower[from] ?? '';
  const second = words.lower[from + 1] ?? '';
  const isOther = DISTINGUISHING_WORDS.has(first) || DISTINGUISHING_WORDS.has(second);
  if (!(STRANGER_OPENERS.has(first) || (first === 'the' && DISTINGUISHING_WORDS.has(second)))) return undefined;
  const head = headFrom(words, from, isOther);
  const [start, end] = [tokens[from]?.start, tokens[head ?? -1]?.end];
  if (head === undefined || start === undefined || end === undefined) return undefined;
  return { start, end, isOther };
}

/** Past "But" and "At the quay,". */
function subjectFrom({ tokens, lower }: Words): number {
  let from = 0;
  while (OPEN_MARK.test(lower[from] ?? '') || OPENERS.has(lower[from] ?? '') || lower[from] === ',') {
    if (DISTINGUISHING_WORDS.has(lower[from] ?? '')) break;
    from += 1;
  }
  if (!(PREPOSITIONS.has(lower[from] ?? '') || SUBORDINATORS.has(lower[from] ?? ''))) return from;
  const comma = lower.indexOf(',', from);
  const lead = (tokens[comma]?.start ?? Number.POSITIVE_INFINITY) - (tokens[from]?.start ?? 0);
  return lead <= LONGEST_LEAD ? comma + 1 : from;
}

/** Index of the noun for a person that ends the phrase, or of "another" or "one" used alone. */
function headFrom({ lower }: Words, from: number, isOther: boolean): number | undefined {
  const bare = from + (DISTINGUISHING_WORDS.has(lower[from + 1] ?? '') ? 1 : 0);
  const mayBeBare = isOther || lower[from] === 'one';
  if (mayBeBare && lower[bare + 1] === 'of') return ofSeveral(lower, bare + 2) ? bare : undefined;
  if (mayBeBare && isVerb(lower[bare + 1] ?? '')) return bare;
  for (let at = from + 1; at <= from + LONGEST_SUBJECT; at += 1) {
    const word = lower[at] ?? '';
    if (!/^[\p{L}\-]+$/v.test(word) || isVerb(word) || PREPOSITIONS.has(word) || CONJUNCTIONS.has(word))
      return undefined;
    if (mayBePerson(word) && endsPhrase(lower[at + 1])) return at;
  }
  return undefined;
}

/** "of the dockers", "of his colleagues". */
function ofSeveral(lower: readonly string[], from: number): boolean {
  return lower
    .slice(from, from + 3)
    .some(
      word =>
        (GROUP_HEADS.has(word) && !DETERMINERS.has(word)) ||
        (word.endsWith('s') && isSingularPerson(word.slice(0, -1))),
    );
}

/** What may follow a subject: a verb, "in the hall", "who"; not "’s" or another noun. */
function endsPhrase(next: string | undefined): boolean {
  if (next === undefined || isVerb(next) || PREPOSITIONS.has(next) || SUBORDINATORS.has(next)) return true;
  if (/^[,.;:\u2014\u2013\(\)]/v.test(next) || next === 'and' || next === 'but') return true;
  return /(?:[^s]s|ly|ing)$/v.test(next) && /^\p{L}/v.test(next);
}
