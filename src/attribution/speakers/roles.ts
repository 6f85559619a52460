import type { Span } from '../../news/span.ts';
import { type Item, spanned, takeWhile } from '../grammar/items.ts';
import { isCapital, isFunctionWord, isWord, looksFinite, OWNS, type Range, verbForms } from '../grammar/words.ts';
import { DETERMINERS, PREPOSITIONS, TIMES } from '../lexicon/grammar.ts';
import { HONORIFICS } from '../lexicon/people.ts';
import { isAbbreviation, isRoleWord, isSingularPerson, mayBePerson, withoutPoint } from './names.ts';

const LONGEST_ROLE = 16;

/** Before a title: "former President Lee", "First Minister Lee". */
const CHANGES_TITLE = /^(?:[Dd]eputy|First|[Ff]ormer|[Ll]ate|[Pp]revious|[Vv]ice)$/v;
/** Titles that say less than what may be beside them: "The mayor, Coun Ann Lee". */
const SHORT_TITLE = /^(?:adm|capt|cdr|cllrs?|cmdr|col|coun|cpl|det|gen|govs?|insp|lt|maj|mp|reps?|sens?|sgt|supt)\.?$/v;

/** Returns the description right before or after a name; `titled` are the capitalised titles inside it. */
export function roleAround(
  items: readonly Item[],
  { from, to }: Range,
  titled: readonly Item[],
  isPerson: boolean,
): Span | undefined {
  let at = titled[0] === undefined ? from : items.lastIndexOf(titled[0], from);
  // "the company’s chairman, Sir Ian Lee"
  while (isCapital(items[at - 1]) && HONORIFICS.has(withoutPoint(items[at - 1]?.lower ?? ''))) at -= 1;
  // "the rector, the Rev Ann Lee"
  if (at < from && opensAfterComma(items, at)) at -= 1;
  let start = at;
  while (titled.length > 0 && CHANGES_TITLE.test(items[start - 1]?.text ?? '')) start -= 1;
  const title = spanned([...items.slice(start, at), ...titled]);
  const isShort = titled.every(({ lower }) => SHORT_TITLE.test(lower));
  const before = lowerCaseTitle(items, at, to, isPerson && title === undefined);
  return (
    (items[at - 1]?.text === ',' ? before : undefined) ??
    (isShort ? undefined : title) ??
    bracketedTitle(items, from) ??
    before ??
    apposition(items, { from, to }) ??
    title
  );
}

function opensAfterComma(items: readonly Item[], from: number): boolean {
  return /^(?:a|the)$/v.test(items[from - 1]?.lower ?? '') && items[from - 2]?.text === ',';
}

/** "[Chinese President] Xi". */
function bracketedTitle(items: readonly Item[], name: number): Span | undefined {
  const before = items.slice(Math.max(0, name - LONGEST_ROLE), name - 1);
  const inside = before.slice(before.findLastIndex(({ text }) => text === '[') + 1);
  const isBracketed = items[name - 1]?.text === ']' && inside.length < before.length;
  return isBracketed && inside.some(isRole) ? spanned(inside) : undefined;
}

/** "Republican presidential candidate Donald Trump"; also "the team’s coach, Lee,". */
function lowerCaseTitle(items: readonly Item[], name: number, end: number, isPerson: boolean): Span | undefined {
  if (items[name - 1]?.text === ',') return titleBeforeComma(items, name - 1, end, isPerson);
  const head = items[name - 1];
  if (head === undefined || isCapital(head) || !isRole(head)) return undefined;
  const from = roleFrom(items, name);
  // "Leeds’s owner, the businessman Lee,"
  const outer = opensAfterComma(items, from) ? titleBeforeComma(items, from - 2, end, isPerson) : undefined;
  const role = items.slice(from, name);
  // "a letter Mr Cho sends managing director Lee"
  return role.some(({ lower }) => /^(?:mrs?|ms|miss)\.?$/v.test(lower))
    ? undefined
    : spanned([outer ?? [], role].flat());
}

/** "The surveyor, Ann Lee, said", "said Leeds’s captain, Lee.", but not "The fire, Ann Lee said, was small." */
function titleBeforeComma(items: readonly Item[], to: number, end: number, isPerson: boolean): Span | undefined {
  const after = items.slice(end, end + 2);
  // “You saw the surveyor, Mr Lee?”
  const isAddressed = after.some(({ text }) => /^[?”]$/v.test(text));
  if (isAddressed || mayBeVerb(after[0]?.lower ?? '')) return undefined;
  const at = isPerson ? headBefore(items, to) : to - 1;
  const head = items[at];
  const from = roleFrom(items, at + 1);
  const isOwned = items.slice(from, at).some(({ text }) => OWNS.test(text));
  if (head === undefined || !(isOwned || DETERMINERS.has(items[from - 1]?.lower ?? ''))) return undefined;
  const opens = /^[.!?“]?$/v.test(items[from - 2]?.text ?? '') && !(isCapital(head) || isFunctionWord(head.lower));
  const mayBe = isSingularPerson(head.lower) || (opens && mayBePerson(head.lower) && !TIMES.has(head.lower));
  return isRole(head) || (isPerson && mayBe) ? spanned(items.slice(from, to)) : undefined;
}

const COMPLEMENT = /^(?:at|for|of)$/v;

/** Returns where the noun is of a phrase that ends before `to`: "officer" of "officer of the union". */
function headBefore(items: readonly Item[], to: number): number {
  const isPart = (item: Item) => isWord(item) && !(PREPOSITIONS.has(item.lower) || mayBeVerb(item.lower));
  const near = items.slice(Math.max(0, to - LONGEST_ROLE), to).toReversed();
  const phrase = takeWhile(near, item => isPart(item) || OWNS.test(item.text) || COMPLEMENT.test(item.lower));
  const back = phrase.findIndex(
    (item, at) => isRole(item) && (at === 0 || COMPLEMENT.test(phrase[at - 1]?.lower ?? '')),
  );
  return to - 1 - Math.max(0, back);
}

/** Where the words for a role start that end before `to`. */
function roleFrom(items: readonly Item[], to: number): number {
  let from = to - 1;
  while (from > 0 && to - from < LONGEST_ROLE && extendsRole(items, from - 1)) from -= 1;
  return from;
}

/** Before a post of a live blog. */
const CLOCK = /^\d{1,2}[.:]\d{2}/v;

function extendsRole(items: readonly Item[], at: number): boolean {
  const item = items[at];
  if (item === undefined) return false;
  if (OWNS.test(item.text)) return isWord(items[at - 1]);
  const { lower } = item;
  if (TIMES.has(lower) || CLOCK.test(lower)) return false;
  // "University of Marl student"
  if (lower === 'of') return isCapital(items[at - 1]) && isCapital(items[at + 1]);
  const isOther = isFunctionWord(lower) && !isAbbreviation([item]) && !/^(?:first|second|third|then)$/v.test(lower);
  return isWord(item) && !isOther && (isCapital(item) || !mayBeVerb(lower));
}

function mayBeVerb(lower: string): boolean {
  return looksFinite(lower) || verbForms(lower).some(({ tense }) => tense === 'present');
}

/** "Lee, a spokeswoman for the agency,". */
function apposition(items: readonly Item[], { from, to: end }: Range): Span | undefined {
  // "born in Leeds, the son of a welder"
  const isPlace = end - from === 1 && /^(?:in|at|near)$/v.test(items[from - 1]?.lower ?? '');
  if (isPlace || items[end]?.text !== ',') return undefined;
  const inside = takeWhile(items.slice(end + 1, end + LONGEST_ROLE), continues);
  const closer = items[end + 1 + inside.length];
  const [first] = inside;
  if (first === undefined || !inside.some(isRole)) return undefined;
  const opens =
    DETERMINERS.has(first.lower) ||
    isRole(first) ||
    /^(?:former|senior|vice|then|chief|acting|deputy)$/v.test(first.lower);
  if (!opens || !(closer === undefined || /^[,.;\u2014\u2013\)]$/v.test(closer.text) || closer.lower === 'who'))
    return undefined;
  return spanned(/^(?:a|an|the)$/v.test(first.lower) ? inside.slice(1) : inside);
}

function continues(item: Item): boolean {
  if (!isWord(item)) return OWNS.test(item.text) || item.text === '&';
  return item.lower !== 'who' && (isCapital(item) || !looksFinite(item.lower));
}

function isRole(item: Item): boolean {
  return isRoleWord(withoutPoint(item.lower));
}

/** A role, but not a deputy's, and the titles that may come between it and the name. */
const ROLE = '(?<role>(?!(?:[Vv]ice|[Dd]eputy|[Aa]ssistant|[Ff]ormer)\\b)\\p{L}[\\p{L}\\- ]{0,30})';
const TITLES_BEFORE = '(?:\\p{Lu}[\\p{L}.’]* ){0,4}$';
/**
 * "chaired by retired judge Ann Lee"; "The chair is Ann Lee" and ". Inspector: Ann Lee", but not what "CHAIR: Ann Lee" opens;
 * "the chairman, Captain Lee".
 */
const INTRODUCED = [
  /\b(?<role>chair)ed by (?:(?!(?:and|at|for|in|of|with)\b)[\p{L}.’\-]+ ){0,6}$/v,
  new RegExp(`\\bThe ${ROLE} (?:is|was) ${TITLES_BEFORE}`, 'v'),
  new RegExp(`[.;] ${ROLE}: ${TITLES_BEFORE}`, 'v'),
  /, (?<role>(?:\p{Lu}[\p{L}.’]* ){1,4})$/v,
];
/** "Ann Lee (Chair)", "Ann Lee (in the chair)". */
const IN_BRACKETS = /^ \((?:in the )?(?<role>[\p{L}\-]+)\)/v;
/** How far from a name they are searched, in UTF-16 units. */
const BESIDE = 90;

/** Returns the words, in lower case, in which a list of those present or a sentence about it says who somebody is. */
export function rolesBeside(text: string, { start, end }: Span): readonly string[] {
  const before = text.slice(Math.max(0, start - BESIDE), start);
  const after = text.slice(end, end + BESIDE);
  if (/^[’']/v.test(after)) return [];
  const found = [...INTRODUCED.map(pattern => pattern.exec(before)), IN_BRACKETS.exec(after)];
  return found.flatMap(match => match?.groups?.role?.toLowerCase().split(' ') ?? []);
}

const AGE_BEFORE = /(?<age>\p{N}+)-year-old\s(?:(?<noun>\p{Ll}+)\s)?$/v;
const AGE_AFTER =
  /^(?:,\s(?:aged\s|(?:an?|the)\s)?|\s\()(?<age>\p{N}{1,3})(?:-year-old|[,.;\)]|\s(?:and|from|of|who)\b)/v;
/** How far from a name its age may be, in UTF-16 units. */
const AGE_REACH = 32;

/** Returns the age beside a name, in digits: "Ann Lee, 69,", "the 69-year-old baker Ann Lee". */
export function ageBeside(text: string, { start, end }: Span): string | undefined {
  const after = AGE_AFTER.exec(text.slice(end, end + AGE_REACH))?.groups?.age;
  const { age, noun } = AGE_BEFORE.exec(text.slice(Math.max(0, start - AGE_REACH), start))?.groups ?? {};
  return after ?? (noun === undefined || isSingularPerson(noun) ? age : undefined);
}
