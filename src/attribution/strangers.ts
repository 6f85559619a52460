import type { Span } from '../news/span.ts';
import { type Token, tokenize } from '../news/tokens.ts';
import { auxiliaries, conjunctions, determiners, openers, prepositions, subordinators } from './lexicon/grammar.ts';
import { groupHeads, personHeads } from './lexicon/people.ts';
import { notPeople, othering, personEndings, strangerNouns, strangerOpeners } from './lexicon/strangers.ts';
import { firstFrom, type Party, type Story } from './story.ts';
import { looksFinite } from './verbs.ts';

/** Somebody without a name who is the subject of a sentence, and may be the "he" of the next. */
export interface Stranger extends Span {
  /** Set apart from one before: "another shopkeeper". */
  readonly isOther: boolean;
  /** Whether the noun is one for a person, and not only like one. */
  readonly isSurelyPerson: boolean;
  /** Who they have been taken for so far. */
  readonly party: Party | undefined;
}

/** A subject's phrase has no more words than this before its head. */
const LONGEST = 6;
/** How far into a sentence its subject may begin, behind "At the quay,", in UTF-16 units. */
const LEAD = 60;
const OPEN_MARK = /^[“"‘«]$/v;
/** Up to a name: "(A neighbour) ", "(his guest), the actress and activist ". */
const APPOSITION = /^(?:,\s(?:[\p{L}.\-]+\s){0,6}|\s(?:\p{Lu}[\p{L}.]*\s)*)$/v;
const IDENTIFIES = /^\W*(?:who\s)?(?:is|was)?\s?(?:named|called|identified as|known as|is|was)\s$/iv;

/** The words of a sentence's beginning, lower case, and where they stand. */
interface Words {
  readonly tokens: readonly Token[];
  readonly lower: readonly string[];
}

/** The one without a name who is the subject of a sentence that names nobody as such: "Another shopkeeper was hopeful". */
export function strangerIn(story: Story, sentence: Span): Stranger | undefined {
  const tokens = tokenize(story.article.text, sentence);
  const words = { tokens, lower: tokens.map(token => token.text.toLowerCase()) };
  const from = subjectFrom(words);
  const first = words.lower[from] ?? '';
  const second = words.lower[from + 1] ?? '';
  const isOther = othering.has(first) || othering.has(second);
  if (!(strangerOpeners.has(first) || (first === 'the' && othering.has(second)))) return undefined;
  const head = headFrom(story, words, from, isOther);
  const [start, end] = [tokens[from]?.start, tokens[head ?? -1]?.end];
  if (head === undefined || start === undefined || end === undefined) return undefined;
  if (isNamedBeside(story, sentence, { start, end })) return undefined;
  return { start, end, isOther, isSurelyPerson: isSurelyPerson(story, words.lower[head] ?? ''), party: undefined };
}

/** Behind "But", and behind "At the quay,". */
function subjectFrom({ tokens, lower }: Words): number {
  let from = 0;
  while (OPEN_MARK.test(lower[from] ?? '') || openers.has(lower[from] ?? '') || lower[from] === ',') {
    if (othering.has(lower[from] ?? '')) break;
    from += 1;
  }
  if (!(prepositions.has(lower[from] ?? '') || subordinators.has(lower[from] ?? ''))) return from;
  const comma = lower.indexOf(',', from);
  const lead = (tokens[comma]?.start ?? Number.POSITIVE_INFINITY) - (tokens[from]?.start ?? 0);
  return lead <= LEAD ? comma + 1 : from;
}

/** The index of the noun for a person that the phrase ends with, or of "another" and "one" alone where they stand for one. */
function headFrom(story: Story, { lower }: Words, from: number, isOther: boolean): number | undefined {
  const bare = from + (othering.has(lower[from + 1] ?? '') ? 1 : 0);
  const mayBeBare = isOther || lower[from] === 'one';
  if (mayBeBare && lower[bare + 1] === 'of') return ofSeveral(story, lower, bare + 2) ? bare : undefined;
  if (mayBeBare && isVerb(lower[bare + 1] ?? '')) return quotesStranger(story) ? bare : undefined;
  for (let at = from + 1; at <= from + LONGEST; at += 1) {
    const word = lower[at] ?? '';
    if (!/^[\p{L}\-]+$/v.test(word) || isVerb(word) || prepositions.has(word) || conjunctions.has(word))
      return undefined;
    if (!othering.has(word) && isPerson(story, word) && endsPhrase(lower[at + 1])) return at;
  }
  return undefined;
}

/** "of the dockers", "of his colleagues". */
function ofSeveral(story: Story, lower: readonly string[], from: number): boolean {
  return lower
    .slice(from, from + 3)
    .some(
      word =>
        (groupHeads.has(word) && !determiners.has(word)) || (word.endsWith('s') && isPerson(story, word.slice(0, -1))),
    );
}

/** Whether one without a name was quoted just before, whom "another" and "the other" match. */
function quotesStranger(story: Story): boolean {
  return story.past.slice(-3).some(({ party }) => party?.kind === 'person');
}

function isPerson(story: Story, word: string): boolean {
  const ends = personEndings.some(ending => word.endsWith(ending) && word.length > ending.length + 2);
  return isSurelyPerson(story, word) || (ends && !notPeople.has(word));
}

function isSurelyPerson(story: Story, word: string): boolean {
  return (
    personHeads.has(word) || strangerNouns.has(word) || othering.has(word) || word === 'one' || isQuotedAs(story, word)
  );
}

/** Whether somebody was quoted as "one shopkeeper". */
function isQuotedAs(story: Story, word: string): boolean {
  return (story.byHead.get(word) ?? []).some(({ kind }) => kind === 'person');
}

function isVerb(word: string): boolean {
  return looksFinite(word) || auxiliaries.has(word);
}

/** What may stand behind a subject: a verb, "in the hall", "who"; not "’s" and not another noun. */
function endsPhrase(next: string | undefined): boolean {
  if (next === undefined || isVerb(next) || prepositions.has(next) || subordinators.has(next)) return true;
  if (/^[,.;:\u2014\u2013\(\)]/v.test(next) || next === 'and' || next === 'but') return true;
  return /(?:[^s]s|ly|ing)$/v.test(next) && /^\p{L}/v.test(next);
}

/** "A neighbour, Tom Reilly, …", "another is Tom Reilly", "a man named Tom Reilly". */
function isNamedBeside(story: Story, sentence: Span, phrase: Span): boolean {
  const mention = story.mentions[firstFrom(story.mentions, phrase.start)];
  if (mention === undefined || mention.start >= sentence.end) return false;
  const between = story.article.text.slice(phrase.end, Math.max(phrase.end, mention.start));
  const isBeside = APPOSITION.test(between) && !between.split(' ').some(isVerb);
  return mention.start < phrase.end || isBeside || IDENTIFIES.test(between);
}
