import type { AttributedArticle, Speaker } from '../attribution/attribution.ts';
import { BODY_HEADS } from '../attribution/lexicon/organisations.ts';
import { HONORIFICS, MALE_NAMES, PERSON_HEADS, TITLES } from '../attribution/lexicon/people.ts';
import { GENDERS } from '../attribution/speakers/names.ts';
import { isNameLike, mayBeCalled, readTypedPerson } from '../indexing/names.ts';
import type { Library } from '../library/library.ts';
import type { Filter } from '../library/store/library-index.ts';
import { slice } from '../news/span.ts';
import { findOutlet } from '../search/names.ts';
import { type Appearance, findPeople, type NamedPerson, type PersonMatch, uniteSpeakers } from '../search/people.ts';
import { foldPhrase, termsOf } from '../words/words.ts';
import { OTHER_ROLES, SHORT_ROLES } from './lexicon/asking.ts';

/** Whom a question names. `people` are quoted: one, or several whom the words fit equally. */
export type NameMeaning =
  | { readonly kind: 'nobody'; readonly people: readonly [] }
  /** With namesakes who may be the same person. */
  | { readonly kind: 'people'; readonly people: readonly NamedPerson[] }
  /** An outlet, folded: its articles are its words. */
  | { readonly kind: 'outlet'; readonly people: readonly []; readonly folded: string }
  /** Nobody quotes them. `person` if articles name them. */
  | { readonly kind: 'unquoted'; readonly people: readonly []; readonly person: PersonMatch | undefined };

/** Share of the best match's score from which somebody else fits the words as well. */
const EQUAL_SHARE = 0.93;
const MOST_FITTING = 5;

/** Looks up whom the words of a question mean. */
export async function findNamed(typed: string | undefined, library: Library, filter: Filter): Promise<NameMeaning> {
  if (typed === undefined) return { kind: 'nobody', people: [] };
  // A form may have lost the title.
  const whole = readTypedPerson(typed);
  let person: PersonMatch | undefined;
  for (const form of formsOfName(typed)) {
    const matches = (await findPeople(library, form, filter)).filter(({ closeness }) => closeness === 'match');
    const found = matches.filter(each => mayBeCalled(whole, each.appearances));
    const people = meantAmong(found.filter(({ said }) => said > 0));
    if (people.length > 0) return { kind: 'people', people };
    person ??= found[0];
  }
  const owned = await findOwned(typed, library, filter);
  if (owned.length > 0) return { kind: 'people', people: owned };
  const folded = await findOutlet(typed.replace(/^the /iv, ''), library.read);
  // The filter may leave only another outlet's articles.
  const isThere = folded !== undefined && (filter.outlet ?? folded) === folded;
  return isThere ? { kind: 'outlet', people: [], folded } : { kind: 'unquoted', people: [], person };
}

const OWNED = /^(?<owner>.+?(?:s(?=['’] )|(?=['’]s )))['’]s? (?<role>.+)$/v;
/** Before a role. */
const HIS = /\b(?<pronoun>his|her|their) $/iv;

/** Returns those who are introduced as "her lawyer" after Ann Lee is named, for "Lee's lawyer". */
async function findOwned(typed: string, library: Library, filter: Filter): Promise<readonly NamedPerson[]> {
  const { owner = '', role = '' } = OWNED.exec(typed)?.groups ?? {};
  if (!mayBeName(owner)) return [];
  const [owners, holders] = await Promise.all([findPeople(library, owner, filter), findCalled(role, library, filter)]);
  const named = owners.filter(({ closeness }) => closeness === 'match').flatMap(({ appearances }) => appearances);
  const isOwned = ({ from, speaker }: Appearance) => {
    const its = ownerOf(from, speaker);
    return named.some(each => each.from.article.id === from.article.id && each.speaker.id === its?.id);
  };
  return meantAmong(holders.filter(({ said, appearances }) => said > 0 && appearances.some(isOwned)));
}

/** Returns who is named last before somebody introduced as theirs, and may be: "Lee left. Her lawyer, Bo Cho, stayed". */
function ownerOf(from: AttributedArticle, { id, role }: Speaker): Speaker | undefined {
  if (role === undefined) return undefined;
  const pronoun = HIS.exec(from.article.text.slice(0, role.start))?.groups?.pronoun?.toLowerCase();
  if (pronoun === undefined) return undefined;
  const gender = GENDERS.get(pronoun);
  const mayBe = (speaker: Speaker) =>
    speaker.named && speaker.kind !== 'organisation' && mayBeCalled({ gender }, [{ from, speaker }]);
  const last = ({ mentions }: Speaker) => mentions.findLast(({ end }) => end <= role.start)?.start ?? -1;
  return from.speakers
    .filter(each => each.id !== id && last(each) >= 0 && mayBe(each))
    .toSorted((one, other) => last(other) - last(one))[0];
}

const BETWEEN_NAMES = / (?:and|&) /iv;
/** As many as an answer has excerpts. */
const MOST_NAMES = 3;

/** Looks up each of several people named together: "Ann Lee and the mayor". Returns none for any other words. */
export async function findNamedTogether(typed: string, library: Library, filter: Filter) {
  const names = typed.split(BETWEEN_NAMES);
  if (names.length === 1 || names.length > MOST_NAMES) return [];
  const whole = await findCalled(typed, library, filter);
  // A company's name.
  if (whole.some(person => BETWEEN_NAMES.test(fullNameOf(person)))) return [];
  const found = await Promise.all(names.map(async name => [name, await findNamed(name, library, filter)] as const));
  // Not "oil and gas minister Lee".
  const isName = (name: string) => name.includes(' ') && mayBeName(name);
  return found.every(([name, { kind }]) => kind === 'people' || isName(name)) ? found : [];
}

/**
 * Returns those whom a name fits about as well as the best, at most 5: of namesakes, who has the longest name. "Vaile"
 * in one article may be the Mark Vaile of another, unless there is a Judy Vaile, too.
 */
function meantAmong(found: readonly NamedPerson[]): readonly NamedPerson[] {
  const [best] = found;
  const least = (best?.score ?? 0) * EQUAL_SHARE;
  const called = found.filter(({ isCalledSo }) => isCalledSo);
  // Beside the captain, a former captain isn't meant.
  const fitting = called.length > 0 ? called : found.filter(({ score }) => score >= least);
  const groups: [NamedPerson, ...NamedPerson[]][] = [];
  for (const person of fitting.toSorted((one, other) => fullNameOf(other).length - fullNameOf(one).length)) {
    const name = fullNameOf(person);
    const fuller = groups.filter(([named]) => hasName(fullNameOf(named), name));
    const same = fuller.length > 1 ? fuller.find(([named]) => hasName(name, fullNameOf(named))) : fuller[0];
    if (same === undefined) groups.push([person]);
    else same.push(person);
  }
  const people = groups.map(namesakes => {
    const score = Math.max(...namesakes.map(each => each.score));
    return { ...namesakes[0], score, speakers: uniteSpeakers(namesakes) };
  });
  return people.sort((one, other) => other.score - one.score).slice(0, MOST_FITTING);
}

/** Returns the name as the newest article writes it. */
export function fullNameOf({ appearances: [{ from, speaker }] }: PersonMatch): string {
  return slice(from.article.text, speaker.name);
}

/** True if one name has all words of the other. */
export function hasName(one: string, other: string): boolean {
  const terms = termsOf(one);
  return termsOf(other).every(term => terms.includes(term));
}

const WORD = /[\p{L}\p{M}]+/gv;
const OFFICE = /['’]?s? (?:office|team|camp|people)$/iv;
const OWNER = /^.+(?:s['’]|['’]s) (?=\S+ \S)/v;
const ORIGIN = / (?:of|from|at|in|for|with) .+$/iv;
const CAPITALS =
  /(?:\p{Lu}[\p{L}\p{M}'’.\-]*)(?: (?:(?:de|van|von|der|al|bin|la|le|du|di|da|dos|el|ben) )*\p{Lu}[\p{L}\p{M}'’.\-]*)+/gv;

/** Returns those whose name, a part of it, or the whole of what they are is typed: "the pm". */
export async function findCalled(typed: string, library: Library, filter: Filter): Promise<readonly NamedPerson[]> {
  return (await findPeople(library, writeOutRoles(typed), filter)).filter(({ isCalledSo }) => isCalledSo);
}

/** "the prime minister" for "the pm". */
function writeOutRoles(typed: string): string {
  return typed.replaceAll(WORD, word => SHORT_ROLES.get(word.toLowerCase()) ?? word);
}

/**
 * Returns what to look up for the words of a question, as typed first: "the pm", "the prime minister"; "surveyor Robert
 * Webb from Plum Grove", "surveyor Robert Webb", "Robert Webb". A given name is never left out.
 */
export function formsOfName(typed: string): string[] {
  const spelt = writeOutRoles(typed);
  // The mayor of Perth isn't any mayor, and neither is Perth's.
  const isName = (form: string) => !/^(?:the|an?) /iv.test(form) && mayBeName(form.split(' ').at(-1) ?? '');
  const [owned, here] = [spelt.replace(OWNER, ''), spelt.replace(ORIGIN, '')];
  const core = isName(here) ? here : spelt;
  const last = core.match(CAPITALS)?.at(-1) ?? '';
  // Ann Lee's mother isn't Ann Lee.
  const run = /['’]s?$/v.test(last) && isRole(core.split(' ').at(-1) ?? '') ? '' : last;
  const forms = [typed, spelt, spelt.replace(OFFICE, ''), isName(owned) ? owned : '', core, run, nameAfterRole(here)];
  return [...new Set(forms)].filter(form => foldPhrase(form) !== '');
}

/** Returns the name after what somebody is: "Apple CEO Tim Cook"; a surname alone only if nothing else is left out. */
function nameAfterRole(name: string): string {
  const words = name.replace(/^the /iv, '').split(' ');
  const rest = words.slice(words.findLastIndex(isRole) + 1);
  if (rest.length > 1) return rest.length < words.length ? rest.join(' ') : '';
  const [before = '', last = ''] = words.slice(-2);
  // "boss Nichol": only the name is in capitals.
  const isAfterNoun = /^\p{Lu}/v.test(last) && /^\p{Ll}/v.test(before);
  return isAfterNoun || words.slice(0, -1).every(isRole) ? rest.join(' ') : '';
}

/** True if words look like a name, even one that nobody here has, rather than a description. */
export function mayBeName(typed: string): boolean {
  return isNameLike(termsOf(typed));
}

const DESCRIPTION = /^(?:the|an?) (?:\p{Ll}+ )*(?<head>\p{Ll}*[^\P{Ll}s])$/v;

/** True if words mean one person only by what they are: "the referee", "judge lee", but not "Judge Lee". */
export function isOnlyDescribed(typed: string): boolean {
  return /^\p{Ll}/v.test(typed) && meansOnePerson(typed);
}

/** True if words mean one person by what they are, rather than a body or a country: "Mr Lee", "the referee". */
export function meansOnePerson(typed: string): boolean {
  const { head } = DESCRIPTION.exec(typed)?.groups ?? {};
  return typed.split(' ').some(isRole) || (head !== undefined && !BODY_HEADS.has(head));
}

function isRole(word: string): boolean {
  const lower = word.toLowerCase().replace(/\.$/v, '');
  // "Don", "Guy"
  if (MALE_NAMES.has(lower)) return false;
  return [TITLES, PERSON_HEADS, HONORIFICS, OTHER_ROLES].some(roles => roles.has(lower));
}
