import { type Span, slice } from '../news/span.ts';
import type { AttributedArticle, Attribution, Speaker } from './attribution.ts';
import { DETERMINERS, PREPOSITIONS, SUBORDINATORS } from './lexicon/grammar.ts';
import { joinsNames } from './speakers/collectives.ts';
import { lastBefore } from './speakers/story.ts';

/** What counts as said by somebody, in lists of who is quoted how often. */
export interface Tally {
  readonly clear: readonly Attribution[];
  /** Somebody else may have said it. */
  readonly uncertain: readonly Attribution[];
}

/** Share of a speaker's turns in a transcript that are questions, from which on they ask and aren't quoted. */
const LEAST_ASKED = 0.5;
/** The rule is followed by how its speaker was resolved. */
const TURN = /^transcript\b/v;
const QUESTION = /[?？][”"’'」』\)\s]*$/v;
const ONE_WORD = /^[\p{L}\p{M}'’\-]+$/v;
const OTHERS = /^others?$/iv;

/**
 * Returns what counts as said by each speaker, without the turns of an interviewer. What can't be credited to anybody is
 * under `undefined`, including the words of "Mayor" or "another".
 */
export function tallySpeakers(from: AttributedArticle): ReadonlyMap<Speaker | undefined, Tally> {
  const { text } = from.article;
  const asked = interviewerTurns(from);
  const counted = from.attributions.filter(each => !asked.has(each));
  const bySpeaker = Map.groupBy(counted, ({ speaker }) => (speaker && isSomebody(text, speaker) ? speaker : undefined));
  return new Map(
    [...bySpeaker].map(([speaker, theirs]) => {
      const isOpen = (each: Attribution) => speaker === undefined || isUncertain(each);
      return [speaker, { clear: theirs.filter(each => !isOpen(each)), uncertain: theirs.filter(isOpen) }];
    }),
  );
}

/** True if somebody else may have said it. */
export function isUncertain({ certainty, doubtful }: Attribution): boolean {
  return certainty === 'unclear' || doubtful;
}

/** Returns what the interviewers of a transcript say, questions or not. */
export function interviewerTurns({ article, attributions }: AttributedArticle): ReadonlySet<Attribution> {
  const turns = attributions.filter(({ rule }) => TURN.test(rule));
  const bySpeaker = [...Map.groupBy(turns, ({ speaker }) => speaker).values()];
  return new Set(bySpeaker.filter(theirs => isInterviewer(article.text, theirs)).flat());
}

function isInterviewer(text: string, turns: readonly Attribution[]): boolean {
  const asked = turns.filter(({ content }) => QUESTION.test(slice(text, content.at(-1) ?? content[0])));
  return asked.length >= LEAST_ASKED * turns.length;
}

/** False for a word that could be anybody: "another", "others", "Mayor"; but "officials" are some people. */
function isSomebody(text: string, { name, named, kind }: Speaker): boolean {
  const words = slice(text, name);
  if (named || !ONE_WORD.test(words)) return true;
  return kind !== 'person' && !DETERMINERS.has(words.toLowerCase()) && !OTHERS.test(words);
}

/** Where articles mention people, in text order: searches and watches ask for every attribution. */
const mentions = new WeakMap<AttributedArticle, readonly PersonMention[]>();

interface PersonMention extends Span {
  readonly speaker: Speaker;
}

/**
 * Returns the two people whom an article names together as one speaker, "Lee and Cho" or "the MPs Lee and Cho"; empty for
 * any other speaker.
 */
export function membersOf(from: AttributedArticle, together: Speaker | undefined): readonly Speaker[] {
  if (together?.kind !== 'group') return [];
  const known = mentions.get(from) ?? findMentions(from);
  mentions.set(from, known);
  const { start, end } = together.name;
  const last = lastBefore(known, end);
  const first = last && lastBefore(known, last.start);
  if (first === undefined || first.start < start || last?.end !== end) return [];
  const { text } = from.article;
  const areNamed = mayPrecedeNames(text.slice(start, first.start)) && joinsNames(text.slice(first.end, last.start));
  return areNamed ? [first.speaker, last.speaker] : [];
}

/** True for "The two MPs, ", but not for "Lawyers for " and "Lawyers who represent the MPs, ". */
function mayPrecedeNames(words: string): boolean {
  return !words
    .toLowerCase()
    .split(/[^\p{L}]+/v)
    .some(word => PREPOSITIONS.has(word) || SUBORDINATORS.has(word) || word.endsWith('ing'));
}

function findMentions({ speakers }: AttributedArticle): readonly PersonMention[] {
  const people = speakers.filter(({ kind }) => kind === 'person');
  const all = people.flatMap(speaker => speaker.mentions.map(span => ({ ...span, speaker })));
  return all.toSorted((one, other) => one.start - other.start);
}

/** Returns whose words these are: the credited speaker's, and those of each of two people named together. */
export function speakersOf(from: AttributedArticle, said: Attribution | undefined): readonly (Speaker | undefined)[] {
  return [said?.speaker, ...membersOf(from, said?.speaker)];
}

/** Returns what an article attributes to a speaker, alone or together with somebody else, in the text's order. */
export function saidBy(from: AttributedArticle, { id }: Speaker): readonly Attribution[] {
  return from.attributions.filter(said => speakersOf(from, said).some(speaker => speaker?.id === id));
}
