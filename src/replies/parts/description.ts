import type { AttributedArticle, Speaker } from '../../attribution/attribution.ts';
import { takeWhile } from '../../attribution/grammar/items.ts';
import { looksFinite, verbForms } from '../../attribution/grammar/words.ts';
import {
  ADVERBS,
  AUXILIARIES,
  DETERMINERS,
  OPENERS,
  PREPOSITIONS,
  SUBORDINATORS,
  TIMES,
} from '../../attribution/lexicon/grammar.ts';
import type { Article } from '../../news/article.ts';
import { type Span, slice } from '../../news/span.ts';

/** After a name and a comma, perhaps with an age: "a skipper", "harbour master of Gullhaven". */
const APPOSITION = /^,(?: \d{1,3},)? (?<words>\p{L}[^,.;:!?\n“”"\(\)]{2,119})(?=[,.;])/v;
const CLAUSE = /^,? (?<words>who [^,.;:!?\n“”"\(\)]{3,119})(?=[,.;])/v;
/** "who is a baker", "who was the first to land". */
const BY_BEING = /^who (?:is|was|(?:has|had) been) (?:an?|the|one|its|their|his|her)\b/v;
/** "who now drives the night bus": what somebody does, not what they did once. */
const BY_DOING = /^who (?:now |also |still |\p{L}+ly )?(?<verb>\p{Ll}+s)\b/v;
/** A name's article or owner; otherwise the words must begin with a noun. */
const OPENING = new Set(['a', 'an', 'the', 'its', 'their', 'his', 'her', 'one']);
const GOES_ON = /^(?:who|and)$/v;
const NO_NOUN = /^(?:\p{L}+(?:ing|ly)|(?:any|every|no)(?:one|body|thing)|too|if|when|because)$/v;
const OF_TIME = /^(?:days?|hours?|weeks?|months?|years?|moments?|minutes?)$/v;
const WORD = /[\p{L}\p{M}\p{N}’'\-]+/gv;
/** How many words a noun phrase has at most before its verb or preposition. */
const LONGEST_NOUN = 6;

/** "wife", "older brother" */
const RELATIVE = /^(?:\p{Ll}+ )?(?:wife|husband|widow|widower|partner|son|daughter|mother|father|brother|sister)$/v;
const POSSESSIVE = /(?:\b(?:my|our|his|her|their)|[’']s?) $/iv;

/** Returns a speaker's title or role, unless it only says whose relative they are: of "his wife", "wife" says nothing. */
export function roleOf({ text }: Article, { role }: Speaker): Span | undefined {
  if (role === undefined || !RELATIVE.test(slice(text, role))) return role;
  return POSSESSIVE.test(text.slice(Math.max(0, role.start - 10), role.start)) ? undefined : role;
}

/**
 * Returns the article's words for who a speaker is: their title, or else what follows their name between commas.
 * `undefined` if it has none.
 */
export function descriptionOf({ article }: AttributedArticle, speaker: Speaker): Span | undefined {
  const role = roleOf(article, speaker);
  if (role !== undefined || !speaker.named || speaker.kind !== 'person') return role;
  const mentions = [speaker.name, ...speaker.mentions].toSorted((one, other) => one.start - other.start);
  return (
    mentions
      .map(({ end }) => foundAfter(article.text, end, APPOSITION, isNounPhrase))
      .find(span => span !== undefined) ??
    mentions.map(({ end }) => foundAfter(article.text, end, CLAUSE, isDescribing)).find(span => span !== undefined)
  );
}

/** Returns the first of somebody's appearances that has such words, or else the first. */
export function bestDescribed<Found extends { readonly from: AttributedArticle; readonly speaker: Speaker }>(
  appearances: readonly [Found, ...Found[]],
): Found {
  return appearances.find(({ from, speaker }) => descriptionOf(from, speaker) !== undefined) ?? appearances[0];
}

/** Longer than any match. */
const NEAR = 140;

function foundAfter(text: string, end: number, form: RegExp, accepts: (words: string) => boolean): Span | undefined {
  const found = form.exec(text.slice(end, end + NEAR));
  const words = found?.groups?.words;
  if (found === null || words === undefined || !accepts(words)) return undefined;
  const start = end + found[0].length - words.length;
  return { start, end: start + words.length };
}

/** True for "who drives the night bus"; not "who says no", "who was not there" or "who left". */
function isDescribing(clause: string): boolean {
  const verb = BY_DOING.exec(clause)?.groups?.verb;
  if (verb === undefined || AUXILIARIES.has(verb)) return BY_BEING.test(clause);
  return verbForms(verb).length === 0 && !ADVERBS.has(verb) && !DETERMINERS.has(verb);
}

/** True for a noun phrase: "a baker from Westport"; not "speaking in May", "a day later" or "the minister said". */
function isNounPhrase(phrase: string): boolean {
  const words = (phrase.match(WORD) ?? []).map(word => word.toLowerCase());
  const isOpened = OPENING.has(words[0] ?? '');
  if (!isOpened && (!/^\p{Ll}/v.test(phrase) || OPENERS.has(words[0] ?? '') || ADVERBS.has(words[0] ?? '')))
    return false;
  const head = takeWhile(isOpened ? words.slice(1) : words, word => !PREPOSITIONS.has(word) && !GOES_ON.test(word));
  const isPlain = head.every(word => !looksFinite(word) && !TIMES.has(word) && !DETERMINERS.has(word));
  if (!isPlain || takeWhile(words, word => !SUBORDINATORS.has(word)).some(isAuxiliary)) return false;
  const [first = '', last = ''] = [head[0], head.at(-1)];
  return head.length > 0 && head.length <= LONGEST_NOUN && !NO_NOUN.test(first) && !OF_TIME.test(last);
}

/** "is", "shouldn’t" */
function isAuxiliary(word: string): boolean {
  return AUXILIARIES.has(word.replace(/n['’]t$/v, ''));
}
