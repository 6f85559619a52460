import type { Article } from '../../news/article.ts';
import { slice } from '../../news/span.ts';
import { foldPhrase, termsOf } from '../../words/words.ts';
import type { AttributedArticle, Speaker } from '../attribution.ts';
import type { Item } from '../grammar/items.ts';
import { OWNS } from '../grammar/words.ts';
import { MENS_NAMES, WOMENS_NAMES } from '../lexicon/given-names.ts';
import { DETERMINERS, PREPOSITIONS } from '../lexicon/grammar.ts';
import { ORGANISATION_WORDS, ORGANISATIONS } from '../lexicon/organisations.ts';
import {
  FEMALE_NAMES,
  FEMALE_WORDS,
  HONORIFICS,
  MALE_NAMES,
  MALE_WORDS,
  PERSON_HEADS,
  POST_NOMINALS,
  TITLES,
  UNISEX_NAMES,
} from '../lexicon/people.ts';
import { NATIONALITIES, PLACES } from '../lexicon/places.ts';
import { STRANGER_NOUNS } from '../lexicon/strangers.ts';
import type { Mention } from './mentions.ts';
import type { NamedParty, SpeakerIndex } from './named-speakers.ts';

export type Gender = 'male' | 'female';

export const GENDERS: ReadonlyMap<string, Gender> = new Map(
  Object.entries({ he: 'male', him: 'male', his: 'male', she: 'female', her: 'female' }),
);

const INITIAL = /^(?:\p{Lu}\.)+$/v;

const ABBREVIATION = /^\p{Lu}{2,6}$/v;

export const SUFFIX = /^(?:jr|sr|ii|iii|iv)\.?$/v;

/** "mr" of "mr." */
export function withoutPoint(word: string): string {
  return word.replace(/\.$/v, '');
}

/** Returns what tells a son from his father, in lower case: "jr". */
export function suffixOf(words: readonly string[]): string | undefined {
  const last = words.length < 2 ? '' : (words.at(-1) ?? '').toLowerCase();
  return SUFFIX.test(last) ? withoutPoint(last) : undefined;
}

const LETTERS = /^(?:\p{Lu}{2,4}|PhD|DPhil)$/v;

/** "Ann Lee" of "Ann Lee KC MP". */
export function withoutPostNominals(name: readonly Item[]): readonly Item[] {
  const last = name.findLastIndex(({ text, lower }) => !(LETTERS.test(text) && POST_NOMINALS.has(lower)));
  return last > 0 ? name.slice(0, last + 1) : name;
}

/**
 * "the Prime Minister", "CEO": a capitalised role, not a name. "Stephen King" is a name, and so is "King" in an article
 * about him.
 */
export function isDescription(name: readonly Item[], surnames: ReadonlySet<string>): boolean {
  const [first = '', last = ''] = [name[0]?.lower, name.at(-1)?.lower];
  if (name.some((item, index) => isTitle(item.lower) && LINKS.has(name[index + 1]?.lower ?? ''))) return true;
  return isTitle(last) && !surnames.has(last) && (name.length === 1 || !isFirstName(first));
}

/** A title at the end of a run of capitals, and the word before it. */
const ENDS_WITH_TITLE = /(?<before>\p{Lu}[\p{L}\-]*)\.? (?<last>\p{Lu}[\p{L}\-]*)(?![\p{L}\-]| \p{Lu})/gv;
/** Offices by which people are addressed, "Mr Speaker", or that a place may come before, "Virginia Governor". */
const OFFICE =
  /^(?:ambassador|captain|chair(?:man)?|chancellor|coach|commissioner|deputy|director|governor|justice|manager|mayor|minister|premier|president|secretary|senator|speaker|vice)$/v;
/** Titles that never end the words for an office. */
const ONLY_BEFORE_NAMES = /^(?:det|haji|maj|rep|sen|sheikh|sri|tan|tun)$/v;

/** Returns the titles, in lower case, that are surnames in an article: "Ms King", "Stephen King", "Amartya Sen". */
export function titlesAsSurnames(text: string): ReadonlySet<string> {
  const found = [...text.matchAll(ENDS_WITH_TITLE)].flatMap(({ groups = {} }) => {
    const [before = '', last = ''] = [groups.before, groups.last].map(word => word?.toLowerCase());
    const isSurname =
      /^(?:mrs|ms|miss|dr|prof)$/v.test(before) ||
      ((before === 'mr' || isFirstName(before)) && !OFFICE.test(last)) ||
      (ONLY_BEFORE_NAMES.test(last) && !isTitle(before));
    return isTitle(last) && isSurname ? [last] : [];
  });
  return new Set(found);
}

const LINKS = new Set(['of', 'for']);

/** Ranks of the British police, unlike "di Caprio", "DC Comics" and "PC World". */
const RANK = /^(?:DC[IS]|D[IS])$/v;

/** The last title before a name: "Director" in "Foreign Affairs Commission Director Yang", but not "Tan" in "Tan Li Hua". */
export function lastTitle(name: readonly Item[], surnames: ReadonlySet<string>): number | undefined {
  const isSurname = (lower: string) => surnames.has(lower) && !TITLES.has(lower);
  const at = name
    .slice(0, -1)
    .findLastIndex(({ lower, text }) => (isTitle(lower) && !isSurname(lower)) || RANK.test(text));
  if (at < 0) return undefined;
  // "Secretary of State Hillary Clinton": the name is the last two words.
  if (LINKS.has(name[at + 1]?.lower ?? '')) return name.length - at >= 5 ? name.length - 3 : undefined;
  return ORGANISATION_WORDS.has(name.at(-1)?.lower ?? '') ? undefined : at;
}

export function isTitle(lower: string): boolean {
  const plain = withoutPoint(lower);
  return TITLES.has(plain) || HONORIFICS.has(plain);
}

export function leadingNationalities(name: readonly Item[]): number {
  let at = 0;
  while (at < name.length - 1 && NATIONALITIES.has(withoutPoint(name[at]?.lower ?? ''))) at += 1;
  return at;
}

export function kindOf(name: readonly Item[], titled: readonly Item[], follows: string): Mention['kind'] {
  const [first] = name;
  const last = name.at(-1);
  if (first === undefined || last === undefined) return 'unknown';
  const whole = name.map(({ lower }) => withoutPoint(lower)).join(' ');
  if (titled.length > 0) return 'person';
  if (PLACES.has(whole) || NATIONALITIES.has(whole)) return 'place';
  if (ORGANISATIONS.has(whole)) return 'organisation';
  if (isFirstName(first.lower) && name.length > 1 && !ORGANISATION_WORDS.has(last.lower)) return 'person';
  // "Women’s Aid"
  if (name.some(({ text }) => OWNS.test(text))) return 'organisation';
  const bodied = name.some(item => ORGANISATION_WORDS.has(item.lower) && item.text.length > 2);
  if (bodied && name.length > 1) return 'organisation';
  if (isAbbreviation(name) && follows === 'the') return 'organisation';
  if (name.length > 1 && name.slice(1, -1).some(item => INITIAL.test(item.text))) return 'person';
  return 'unknown';
}

/** Returns a gender by titles ("Mrs"), a role ("actress") or a first name. */
export function genderOf(
  titles: readonly Item[],
  role: readonly Item[],
  [first = '', ...others]: readonly string[],
): Gender | undefined {
  const [told] = [...titles, ...role].flatMap(({ lower }) => genderOfWord(withoutPoint(lower)) ?? []);
  if (told !== undefined) return told;
  return others.length === 0 ? undefined : genderOfFirstName(first);
}

/** Returns the gender that a pronoun or an honorific implies, of lower-case terms: "she", "ms lee". A "lord mayor" may be a woman. */
export function genderCalled([first = '', second = '']: readonly string[]): Gender | undefined {
  if (second === '') return GENDERS.get(first);
  return HONORIFICS.has(first) && !TITLES.has(second) ? genderOfWord(first) : undefined;
}

/** Returns the genders that an article's sources imply for a speaker. */
export function gendersCalled({ article, attributions }: AttributedArticle, { id }: Speaker): readonly Gender[] {
  const theirs = attributions.filter(({ speaker }) => speaker?.id === id);
  const sources = theirs.flatMap(({ source }) => source ?? []);
  return sources.flatMap(source => genderCalled(termsOf(slice(article.text, source))) ?? []);
}

/** Returns the gender of nearly everybody with a lower-case given name. */
function genderOfFirstName(first: string): Gender | undefined {
  if (UNISEX_NAMES.has(first)) return undefined;
  const folded = foldPhrase(first);
  const isOf = (names: ReadonlySet<string>, more: ReadonlySet<string>) => names.has(first) || more.has(folded);
  return isOf(FEMALE_NAMES, WOMENS_NAMES) ? 'female' : isOf(MALE_NAMES, MENS_NAMES) ? 'male' : undefined;
}

/** The gender that a lower-case word says of a person: "actress", "frenchman". */
export function genderOfWord(word: string): Gender | undefined {
  if (FEMALE_WORDS.has(word) || /\p{L}woman$/v.test(word)) return 'female';
  return MALE_WORDS.has(word) || /(?:ish|lsh|[nt]ch)man$/v.test(word) ? 'male' : undefined;
}

/** Whether one gender may be the other: they are the same, or one is unknown. */
export function mayAgree(one: Gender | undefined, other: Gender | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

/** Whether a name may be an abbreviation: "CDC". */
export function isAbbreviation([only, another]: readonly Item[]): boolean {
  return only !== undefined && another === undefined && ABBREVIATION.test(only.text);
}

/** Whether a lower-case word is a first name. */
export function isFirstName(lower: string): boolean {
  return MALE_NAMES.has(lower) || FEMALE_NAMES.has(lower);
}

/** "kcna" of "Korean Central News Agency", "un" of "United Nations". */
export function initials(words: readonly string[]): readonly string[] {
  const letters = words
    .filter(word => !PREPOSITIONS.has(word) && word !== 'and' && word !== 'the')
    .map(([letter]) => letter);
  return letters.length > 1 ? [letters.join('')] : [];
}

/** Endings of words for what somebody does or is, "mother-of-two", but not of surnames. */
const WITH_SUFFIX = /\p{L}{2}(?:keeper|maker|ologist|onomist|ographer|ematician|iatrist|-of-\p{L}+)$/v;

/** Whether a lower-case word is a role: "minister", "pathologist". */
export function isRoleWord(lower: string): boolean {
  return PERSON_HEADS.has(lower) || TITLES.has(lower) || WITH_SUFFIX.test(lower);
}

/** "welder", "cyclist": it may be a person, which is enough to doubt whom "he" means. */
const LIKE_PERSON = /\p{L}{3}(?:er|ist|ian|man|woman|person|mate)$/v;

/** "docker", "witness". */
export function isSingularPerson(word: string): boolean {
  return PERSON_HEADS.has(word) || STRANGER_NOUNS.has(word);
}

/** "docker", "zoologist", "Norwegian". */
export function mayBePerson(word: string): boolean {
  return isSingularPerson(word) || LIKE_PERSON.test(word) || NATIONALITIES.has(word);
}

/** Whether a name of no known kind may be a person's, unlike "in Port Ellen" and "the Marl Medal". */
export function mayBeSomebody({ kind, words, follows }: Mention): boolean {
  return kind === 'unknown' && words.length > 1 && !PREPOSITIONS.has(follows) && !DETERMINERS.has(follows);
}

const QUOTED = /[“«][^“«”»]*[”»]|"[^"]*"/gv;
const WORD = /\p{L}+/gv;

/**
 * Learns genders that names don't reveal, from paragraphs that name one person and then say only "he" or only "she".
 * Learns nothing if they contradict each other. A person with a single name in the whole article is taken to be named
 * by first name.
 */
export function learnGenders({ text, paragraphs }: Article, { all, referents, mentions }: SpeakerIndex): void {
  const told = new Map<NamedParty, Gender[]>();
  const isPerson = ({ kind }: NamedParty) => kind === 'person';
  const people = mentions.filter(mention => referents.get(mention)?.some(isPerson));
  const byParagraph = Map.groupBy(people, mention => mention.paragraph);
  for (const { number, start, end } of paragraphs) {
    const here = byParagraph.get(number) ?? [];
    const [only, another] = new Set(here.flatMap(mention => referents.get(mention) ?? []));
    const [first] = here;
    if (first === undefined || only === undefined || another !== undefined || only.gender !== undefined) continue;
    const words = wordsOf(text.slice(first.end, end));
    const before = wordsOf(text.slice(start, first.start));
    const isUnsure = before.some(word => GENDERS.has(word)) || [...before, ...words].some(genderOfWord);
    if (!isUnsure) told.set(only, [...(told.get(only) ?? []), ...words.flatMap(word => GENDERS.get(word) ?? [])]);
  }
  for (const [named, [gender, ...others]] of told) {
    if (others.every(other => other === gender)) named.gender = gender;
  }
  for (const named of all) {
    const [only = '', another] = named.longest.words;
    if (another === undefined && isPerson(named) && !told.has(named)) named.gender ??= genderOfFirstName(only);
  }
}

/** Settles whom "Mr Lee" means of several, once genders are learned: not Ann Lee. */
export function settleByGender(index: SpeakerIndex): SpeakerIndex {
  const referents = new Map(index.referents);
  for (const mention of index.mentions) {
    const bearers = referents.get(mention) ?? [];
    const fitting = bearers.filter(({ kind, gender }) => kind === 'person' && mayAgree(gender, mention.gender));
    const [earlier, ...others] = fitting.filter(({ mentions: [first] }) => first && first.start < mention.start);
    if (earlier !== undefined && others.length === 0) earlier.gender ??= mention.gender;
    const [only, another] = fitting;
    if (bearers.length < 2 || only === undefined || another !== undefined) continue;
    referents.set(mention, fitting);
    only.gender ??= mention.gender;
    only.mentions.push(mention);
    only.mentions.sort((one, other) => one.start - other.start);
  }
  return { ...index, referents };
}

function wordsOf(text: string): readonly string[] {
  return text.replaceAll(QUOTED, ' ').toLowerCase().match(WORD) ?? [];
}
