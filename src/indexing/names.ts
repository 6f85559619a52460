import type { AttributedArticle, Speaker } from '../attribution/attribution.ts';
import { DETERMINERS, PREPOSITIONS } from '../attribution/lexicon/grammar.ts';
import { BODY_HEADS, DOCUMENT_HEADS } from '../attribution/lexicon/organisations.ts';
import { GROUP_HEADS, HONORIFICS, PERSON_HEADS, TITLES } from '../attribution/lexicon/people.ts';
import { NATIONALITIES } from '../attribution/lexicon/places.ts';
import { CHANGES_ROLE } from '../attribution/speakers/descriptions.ts';
import { NAME_PARTICLES, withoutNickname } from '../attribution/speakers/mentions.ts';
import {
  type Gender,
  genderCalled,
  genderOf,
  gendersCalled,
  isFirstName,
  isTitle,
  mayAgree,
  suffixOf,
} from '../attribution/speakers/names.ts';
import { slice } from '../news/span.ts';
import { compareForms, LIKENESS, readTyped, type TypedWord, typedWord } from '../words/likeness.ts';
import { termsOf, wordsOf } from '../words/words.ts';

/** A word of a name, as the terms it is split into: "Lee-Parker" has two. */
type NameWord<Term> = readonly Term[];

/** A name as somebody typed it, to be compared with whole names. */
export interface TypedPerson {
  /** Without titles and suffixes. */
  readonly words: readonly NameWord<TypedWord>[];
  /** The suffix at its end, in lower case: "jr". */
  readonly suffix: string | undefined;
  /** Titles before it that are also roles, folded: "president", but not "mr". */
  readonly titles: readonly string[];
  /** As a title or a pronoun implies. */
  readonly gender: Gender | undefined;
  /** Everything that was typed but a leading article. */
  readonly terms: readonly TypedWord[];
}

/** A name of an article, to be compared with typed ones. */
export interface WholeName {
  readonly words: readonly NameWord<string>[];
  readonly suffix: string | undefined;
}

const SPACES = /\s+/v;
const LONE_HAN = /^\p{sc=Han}$/v;
const RELATIVES: ReadonlySet<string> = new Set(['who', 'whom', 'which', 'that', 'whose']);
const HEADS: readonly ReadonlySet<string>[] = [PERSON_HEADS, GROUP_HEADS, BODY_HEADS, DOCUMENT_HEADS, TITLES];
const ARTICLE = /^(?:the|an?)\s+(?=\S)/iv;
const POINT = /\.$/v;

/** Returns the words of a name without an article before it, and the suffix after them, in lower case. */
function splitName(name: string) {
  const bare = name.replace(ARTICLE, '').split(SPACES);
  const words = bare.map(word => word.replace(/,$/v, '')).filter(word => word !== '');
  const suffix = suffixOf(words);
  return { words: suffix === undefined ? words : words.slice(0, -1), suffix };
}

/** Initials in a row are one word: "J. D." is "J.D.". */
function withJoinedInitials(words: readonly NameWord<string>[]): readonly NameWord<string>[] {
  const joined: NameWord<string>[] = [];
  let isOpen = false;
  for (const word of words) {
    const [initial = '', ...others] = word;
    const isInitial = initial.length === 1 && others.length === 0;
    const [former = ''] = joined.at(-1) ?? [];
    if (isInitial && isOpen) joined.splice(-1, 1, [former + initial]);
    else joined.push(word);
    isOpen = isInitial;
  }
  return joined;
}

/** Returns the terms of a word; of a Chinese name, each pair of characters. */
function termsOfWord(word: string): NameWord<string> {
  return wordsOf(word).flatMap(({ term, sign }, at, all) =>
    sign === 'lone' && all[at - 1]?.sign === 'pair' ? [] : [term],
  );
}

function wordsOfName(words: readonly string[]): readonly NameWord<string>[] {
  return withJoinedInitials(words.map(termsOfWord).filter(({ length }) => length > 0));
}

export function readTypedPerson(typed: string): TypedPerson {
  const { words: named, suffix } = splitName(typed);
  const first = named.findIndex((word, at) => at === named.length - 1 || !isTitle(word.toLowerCase()));
  const titles = named.slice(0, Math.max(0, first)).map(word => word.toLowerCase().replace(POINT, ''));
  return {
    words: wordsOfName(named.slice(titles.length)).map(word => word.map(term => typedWord(term, LONE_HAN.test(term)))),
    suffix,
    titles: titles.filter(title => !HONORIFICS.has(title)),
    gender: genderCalled(termsOf(typed)),
    terms: readTyped(typed.replace(ARTICLE, '')),
  };
}

export function readWholeName(name: string): WholeName {
  const { words, suffix } = splitName(withoutNickname(name));
  return { words: wordsOfName(words), suffix };
}

/** True for a word without another ending: "Leeds" isn't "Leed". */
export function isSameWord(typed: NameWord<TypedWord> | undefined, word: NameWord<string> | undefined): boolean {
  if (typed === undefined || word === undefined || typed.length !== word.length) return false;
  return typed.every((term, at) => compareForms(term, word[at] ?? '') >= LIKENESS.starting);
}

/** Letters that a short form of a first name has at least, and leaves out at least: "Ann" isn't short for "Anna". */
const SHORT_FORM = { has: 3, lacks: 3 };

/** "Sam" or "Samuel" of "Samuel". */
function isSameFirst(typed: NameWord<TypedWord> = [], word: NameWord<string> = []): boolean {
  const [short, long] = [typed.map(({ term }) => term).join('-'), word.join('-')];
  const isShort = short.length >= SHORT_FORM.has && long.length >= short.length + SHORT_FORM.lacks;
  return isSameWord(typed, word) || (isShort && isFirstName(short) && long.startsWith(short));
}

/** "M." of "Michael", in either name. */
function mayBeSameMiddle(typed: NameWord<TypedWord>, word: NameWord<string>): boolean {
  const [one = ''] = typed.map(({ term }) => term);
  const [other = ''] = word;
  const isInitial = one.length === 1 || other.length === 1;
  return isSameWord(typed, word) || (isInitial && one[0] === other[0]);
}

/** True if the shorter list is in the longer one, in order. */
function areIn<Short, Long>(short: readonly Short[], long: readonly Long[], is: (one: Short, other: Long) => boolean) {
  let at = 0;
  for (const each of long) {
    const next = short[at];
    if (next !== undefined && is(next, each)) at += 1;
  }
  return at === short.length;
}

/**
 * True if a typed name is this one, whole and in order. Of a person, middle names may be missing, and a single word may
 * be a first name or a surname. "Jr." needn't be typed, since newspapers often leave it out; "Sr." means somebody else.
 * `isFirst` compares first names.
 */
export function isSameName(
  typed: TypedPerson,
  { words, suffix }: WholeName,
  isPerson: boolean,
  isFirst = isSameFirst,
): boolean {
  const asked = typed.words;
  if (asked.length === 0) return false;
  if (suffix !== typed.suffix && (suffix === 'sr' || (suffix !== undefined && typed.suffix !== undefined)))
    return false;
  // However it is hyphenated.
  if (isSameWord(asked.flat(), words.flat())) return true;
  // "Security Council" of "UN Security Council".
  if (!isPerson) return (asked.length > 1 || isNational(words)) && isAtEnd(asked, words);
  const [first] = asked;
  // "Bell Ward" of "Ann Bell-Ward".
  if (isSameWord(asked.flat(), words.at(-1))) return true;
  if (asked.length === 1) return isSameWord(first, words.at(0));
  if (NAME_PARTICLES.has(first?.[0]?.term ?? '')) return isAtEnd(asked, words);
  // "Ann Lee" of "Recorder Ann Lee": whatever is before a first name may be a title.
  if (isFirstName(first?.[0]?.term ?? '') && !isFirstName(words[0]?.[0] ?? '') && isAtEnd(asked, words)) return true;
  if (words.length < 2 || !isFirst(first, words[0]) || !isSameWord(asked.at(-1), words.at(-1))) return false;
  const [middle, others] = [asked.slice(1, -1), words.slice(1, -1)];
  return areIn(middle, others, mayBeSameMiddle) || areIn(others, middle, (word, other) => mayBeSameMiddle(other, word));
}

function isAtEnd(asked: readonly NameWord<TypedWord>[], words: readonly NameWord<string>[]): boolean {
  return asked.every((word, at) => isSameWord(word, words[words.length - asked.length + at]));
}

/** "Russian Navy". */
function isNational([first = [], ...others]: readonly NameWord<string>[]): boolean {
  return others.length === 1 && NATIONALITIES.has(first[0] ?? '');
}

/**
 * True if what was typed is the description, not only somebody whom it mentions: "official" is in "an official close to
 * Jordan Lee", Jordan Lee isn't.
 */
function isDescribedSo(typed: TypedPerson, description: readonly string[]): boolean {
  const { terms } = typed;
  const head = headOf(description);
  const isIn = (term: string) => terms.some(word => compareForms(word, term) > 0);
  return terms.length > 0 && isIn(head) && terms.every(word => description.some(term => compareForms(word, term) > 0));
}

/** True for a name with a title that not everybody may have: "Prof. Lee", but not "Mr Lee" or "Dr Lee". */
export function isTitled({ terms, words }: TypedPerson): boolean {
  return terms.filter(({ term }) => !/^(?:m(?:r|rs|s|iss|x)|dr)$/v.test(term)).length > words.flat().length;
}

/**
 * True if what was typed is all that a description says before "of …" or "who …", or says without a place or a body: "the
 * mayor" of "mayor of Hull" and "Hull mayor", but not of "deputy mayor".
 */
export function isWholeRole({ terms }: TypedPerson, description: readonly string[]): boolean {
  const core = coreOf(description).filter(term => !DETERMINERS.has(term));
  const before = core.slice(0, Math.max(0, core.length - terms.length));
  const isTyped = terms.every((word, at) => compareForms(word, core[before.length + at] ?? '') > 0);
  return isTyped && !before.some(term => CHANGES_ROLE.has(term)) && !isNameLike(core);
}

/** Returns what a description or a name says before "of …" or "who …". */
export function coreOf(description: readonly string[]): readonly string[] {
  const end = description.findIndex((term, at) => at > 0 && (PREPOSITIONS.has(term) || RELATIVES.has(term)));
  return end < 0 ? description : description.slice(0, end);
}

/** Returns what a description says that somebody is: "official" of "an official close to Jordan Lee". */
export function headOf(description: readonly string[]): string {
  const core = coreOf(description);
  return core.findLast(term => HEADS.some(heads => heads.has(term))) ?? core.at(-1) ?? '';
}

/** True if the words are a name, not a description of somebody. */
export function isNameLike(terms: readonly string[]): boolean {
  return !terms.some(term => [...HEADS, PREPOSITIONS, DETERMINERS].some(words => words.has(term)));
}

/** True if a description mentions somebody else: "Jordan Lee's lawyer", "an official close to Jordan Lee". */
export function mentionsOthers(terms: readonly string[]): boolean {
  return terms.some(term => PREPOSITIONS.has(term) || RELATIVES.has(term) || term.endsWith("'s"));
}

/** Somebody in one article. */
interface SpeakerIn {
  readonly from: AttributedArticle;
  readonly speaker: Speaker;
}

/** False if a title or a pronoun implies another gender than the articles do: "Ms Lee", if they call Bo Lee "he". */
export function mayBeCalled(
  { gender }: Pick<TypedPerson, 'gender'>,
  appearances: readonly [SpeakerIn, ...SpeakerIn[]],
): boolean {
  if (gender === undefined) return true;
  const told = appearances.flatMap(({ from, speaker }) => gendersCalled(from, speaker));
  if (told.length > 0) return told.includes(gender);
  const [{ from, speaker }] = appearances;
  return mayAgree(gender, genderOf([], [], termsOf(slice(from.article.text, speaker.name))));
}

/** A speaker of an article, to be compared with typed names. */
export interface NamedSpeakerOf extends SpeakerIn {
  readonly names: readonly WholeName[];
  /** What they are: a role, or the article's words for somebody unnamed. Folded. */
  readonly descriptions: readonly (readonly string[])[];
}

/** Returns what an article calls its speakers, in the order of its list. */
export function wholeNamesIn(from: AttributedArticle): readonly NamedSpeakerOf[] {
  const { article, speakers } = from;
  return speakers.map(speaker => {
    const { named, name, aliases, mentions, role } = speaker;
    const names = named ? [name, ...aliases].map(span => readWholeName(slice(article.text, span))) : [];
    const described = named ? (role === undefined ? [] : [role]) : [name, ...mentions];
    return { from, speaker, names, descriptions: described.map(span => termsOf(slice(article.text, span))) };
  });
}

/** True if a speaker of an article is meant by a typed name or description. */
export function isCalled(typed: TypedPerson, named: NamedSpeakerOf): boolean {
  return hasNameOrRole(typed, named) && mayBeCalled(typed, [named]);
}

function hasNameOrRole(typed: TypedPerson, { speaker, names, descriptions }: NamedSpeakerOf): boolean {
  const isPerson = speaker.kind === 'person';
  const hasRole = (role: string) => descriptions.some(terms => terms.includes(role));
  // There are many a Lee, but only one of them is a senator.
  const isTitled = typed.words.length > 1 || typed.titles.length === 0 || typed.titles.some(hasRole);
  if (isTitled && names.some(name => isSameName(typed, name, isPerson))) return true;
  return descriptions.some(terms => {
    if (isDescribedSo(typed, terms)) return true;
    const rest = afterRole(typed, terms);
    return rest !== undefined && names.some(name => isSameName(rest, name, isPerson));
  });
}

/** "Kelly Ortberg" of "Boeing CEO Kelly Ortberg", if that is the role. */
function afterRole(typed: TypedPerson, role: readonly string[]): TypedPerson | undefined {
  const isOfRole = (word: NameWord<TypedWord>) => word.every(({ term }) => role.includes(term));
  const end = typed.words.findIndex(word => !isOfRole(word));
  const isWhole = typed.words.slice(0, end).some(word => word.some(({ term }) => term === headOf(role)));
  return end > 0 && isWhole ? { ...typed, words: typed.words.slice(end) } : undefined;
}
