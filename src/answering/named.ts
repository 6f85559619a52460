import { HONORIFICS, PERSON_HEADS, TITLES } from '../attribution/lexicon/people.ts';
import type { Library } from '../library/library.ts';
import type { Filter } from '../library/store/library-index.ts';
import { slice } from '../news/span.ts';
import { findOutlet } from '../search/names.ts';
import { findPeople, type PersonMatch } from '../search/people.ts';
import { foldPhrase, termsOf } from '../words/words.ts';

/** Somebody whom the words of a question may mean, with namesakes that may be the same person. */
export type Namesakes = readonly [PersonMatch, ...PersonMatch[]];

/** Whom a question names. */
export type NameMeaning =
  | { readonly kind: 'nobody' }
  /** Quoted, one or several whom the words fit equally. */
  | { readonly kind: 'people'; readonly people: readonly [Namesakes, ...Namesakes[]] }
  /** Articles name them, but none quotes them. */
  | { readonly kind: 'mentioned'; readonly person: PersonMatch }
  /** An outlet, folded and as typed: its articles are its words. */
  | { readonly kind: 'outlet'; readonly folded: string; readonly typed: string }
  | { readonly kind: 'unknown'; readonly typed: string };

/** Short forms of roles and bodies that people type and articles don't. */
const SHORT_ROLES: ReadonlyMap<string, string> = new Map([
  ['pm', 'prime minister'],
  ['pms', "prime minister's"],
  ["pm's", "prime minister's"],
  ['dpm', 'deputy prime minister'],
  ['fm', 'foreign minister'],
  ['govt', 'government'],
  ['gov', 'governor'],
  ['pres', 'president'],
  ['sec', 'secretary'],
  ['sen', 'senator'],
  ['dept', 'department'],
  ['min', 'minister'],
  ['prof', 'professor'],
  ['org', 'organisation'],
]);

/** Share of the best match's score from which somebody else fits the words as well. */
const EQUAL_SHARE = 0.93;
const MOST_FITTING = 5;

/** Looks up whom the words of a question mean. */
export async function findNamed(typed: string | undefined, library: Library, filter: Filter): Promise<NameMeaning> {
  if (typed === undefined) return { kind: 'nobody' };
  let mentioned: PersonMatch | undefined;
  for (const form of formsOfName(typed)) {
    const found = (await findPeople(library, form, filter)).filter(({ closeness }) => closeness === 'match');
    const [first, ...others] = groupsOf(found.filter(({ said }) => said > 0));
    if (first !== undefined) return { kind: 'people', people: [first, ...others] };
    mentioned ??= found[0];
  }
  const folded = await findOutlet(typed.replace(/^the /iv, ''), library.read);
  if (folded !== undefined) return { kind: 'outlet', folded, typed };
  return mentioned === undefined ? { kind: 'unknown', typed } : { kind: 'mentioned', person: mentioned };
}

/** Returns those whom a name fits about as well as the best, namesakes together, at most 5. */
function groupsOf(found: readonly PersonMatch[]): Namesakes[] {
  const least = (found[0]?.score ?? 0) * EQUAL_SHARE;
  const groups: [PersonMatch, ...PersonMatch[]][] = [];
  for (const person of found.filter(({ score }) => score >= least)) {
    const same = groups.find(([first]) => couldBeSame(first, person));
    if (same === undefined) groups.push([person]);
    else same.push(person);
  }
  return groups.slice(0, MOST_FITTING);
}

/** True if one name has all words of the other: "Vaile" in one article may be the Mark Vaile of another. */
function couldBeSame(one: PersonMatch, other: PersonMatch): boolean {
  const [names, others] = [termsOfName(one), termsOfName(other)];
  return names.every(name => others.includes(name)) || others.every(name => names.includes(name));
}

function termsOfName({ appearances: [{ from, speaker }] }: PersonMatch): string[] {
  return termsOf(slice(from.article.text, speaker.name));
}

const OFFICE = /['’]?s? (?:office|team|camp|people)$/iv;
const OWNER = /^.+(?:s['’]|['’]s) (?=\S+ \S)/v;
const ORIGIN = / (?:of|from|at|in|for|with) .+$/iv;
const CAPITALS =
  /(?:\p{Lu}[\p{L}\p{M}'’.\-]*)(?: (?:(?:de|van|von|der|al|bin|la|le|du|di|da|dos|el|ben) )*\p{Lu}[\p{L}\p{M}'’.\-]*)+/gv;

/**
 * Returns what to look up for the words of a question, as typed first: "the pm", "the prime minister"; "surveyor Robert
 * Webb from Plum Grove", "surveyor Robert Webb", "Robert Webb". A given name is never left out.
 */
export function formsOfName(typed: string): string[] {
  const spelt = typed.replaceAll(
    /[\p{L}\p{M}'’]+/gv,
    word => SHORT_ROLES.get(word.toLowerCase().replace('’', "'")) ?? word,
  );
  const shorter = [spelt.replace(OFFICE, ''), spelt.replace(OWNER, ''), spelt.replace(ORIGIN, '')];
  const runs = [...spelt.matchAll(CAPITALS)].map(([run]) => run);
  return [...new Set([typed, spelt, ...shorter, ...runs.slice(-1), ...surnameIn(spelt.replace(ORIGIN, ''))])].filter(
    form => foldPhrase(form) !== '',
  );
}

/** Returns the surname of somebody who is named with nothing but roles before it: "prosecutor Trevidic". */
function surnameIn(name: string): string[] {
  const words = name.split(' ');
  const last = words.pop() ?? '';
  const isLower = (word: string) => /^\p{Ll}/v.test(word);
  const isRole = (word: string) => {
    const lower = word.toLowerCase().replace(/\.$/v, '');
    return TITLES.has(lower) || PERSON_HEADS.has(lower) || HONORIFICS.has(lower) || OTHER_ROLES.test(lower);
  };
  if (words.length === 0 || isRole(last) || isLower(last) !== words.every(isLower)) {
    // "boss Nichol": the word before a capital is lower case.
    const before = words.at(-1) ?? '';
    return words.length > 0 && !isLower(last) && isLower(before) && before !== 'the' ? [last] : [];
  }
  return words.every(isRole) ? [last] : [];
}

const OTHER_ROLES = /^(?:the|boss|mp|mps|guy|bloke|pilot|surveyor|designer|agent|chairperson|grower|treasurer|mr|dr)$/v;
