import type { Paragraph } from '../news/article.ts';
import type { Span } from '../news/span.ts';
import { tokenize } from '../news/tokens.ts';
import {
  adverbs,
  auxiliaries,
  conjunctions,
  determiners,
  objectPronouns,
  openers,
  prepositions,
  subjectPronouns,
  subordinators,
  times,
} from './lexicon/grammar.ts';
import { notOrganisations, organisations, organisationWords } from './lexicon/organisations.ts';
import { femaleNames, femaleWords, honorifics, maleNames, maleWords, personHeads, titles } from './lexicon/people.ts';
import { nationalities, places } from './lexicon/places.ts';
import { isCapital } from './noun-phrases.ts';
import { roleAround } from './roles.ts';
import type { Item } from './statements.ts';

export type Gender = 'male' | 'female';

/** A place where the text names somebody, before it is settled who is the same. */
export interface Mention extends Span {
  readonly kind: 'person' | 'organisation' | 'place' | 'unknown';
  /** The words of the name without titles, lower case. */
  readonly words: readonly string[];
  readonly role: Span | undefined;
  readonly gender: Gender | undefined;
  /** Other names given in brackets: 楊潔篪, CDC. */
  readonly bracketed: Span | undefined;
  readonly paragraph: number;
}

const NAME_PARTICLES = new Set(
  'de van von bin ibn al der la du da di el del dos den ten ter le ben abu y st.'.split(' '),
);
const ORGANISATION_LINKS = new Set(['of', 'for', 'and', 'the', 'on', 'in', '&']);
const ABBREVIATION = /^\p{Lu}{2,6}$/v;
const INITIAL = /^(?:\p{Lu}\.)+$/v;
const SUFFIX = /^(?:jr|sr|ii|iii|iv)\.?$/v;
const HAN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]$/v;
const LONGEST_NAME = 14;
/** How far from a name its role may stand, in items. */
const REACH = 20;
const NAMES_AND_MONTHS = new Set(['jan', 'jun', 'may', 'april', 'june', 'august', 'mar', 'summer', 'autumn']);

/** Every capitalised name in the article's text, quotations included, in the text's order. */
export function findMentions(text: string, paragraphs: readonly Paragraph[]): readonly Mention[] {
  return paragraphs.flatMap(paragraph => {
    const starts = new Set(paragraph.sentences.map(sentence => sentence.start));
    const items = tokenize(text, paragraph).map(token => ({
      ...token,
      lower: token.text.toLowerCase().replaceAll("'", '’'),
      quotation: undefined,
    }));
    return mentionsOf(items, starts, paragraph.number);
  });
}

function mentionsOf(items: readonly Item[], starts: ReadonlySet<number>, paragraph: number): readonly Mention[] {
  const mentions: Mention[] = [];
  for (let at = 0; at < items.length; at += 1) {
    if (!opensName(items, at, starts)) continue;
    const end = nameEnd(items, at);
    const mention = readName(items, at, end, paragraph);
    if (mention !== undefined) mentions.push(mention);
    at = end - 1;
  }
  return mentions;
}

function opensName(items: readonly Item[], at: number, starts: ReadonlySet<number>): boolean {
  const item = items[at];
  if (item === undefined || !/^\p{Lu}/v.test(item.text)) return false;
  if (isFunctionWord(item.lower) && !ABBREVIATION.test(item.text)) return false;
  if (isTime(items, at)) return false;
  const first = at === 0 || starts.has(item.start);
  // "Officials said": a capital only because the sentence begins.
  return !first || isCapital(items[at + 1]) || !item.lower.endsWith('s') || maleNames.has(item.lower);
}

/** A month or day; "April Ryan" and "Jun Sato" are people. */
function isTime(items: readonly Item[], at: number): boolean {
  const lower = items[at]?.lower ?? '';
  if (!times.has(lower)) return false;
  const next = items[at + 1];
  return !(
    NAMES_AND_MONTHS.has(lower) &&
    next !== undefined &&
    /^\p{Lu}\p{Ll}/v.test(next.text) &&
    !times.has(next.lower)
  );
}

function isFunctionWord(lower: string): boolean {
  const lists = [
    determiners,
    openers,
    subordinators,
    prepositions,
    subjectPronouns,
    objectPronouns,
    conjunctions,
    auxiliaries,
    adverbs,
  ];
  return lists.some(list => list.has(lower)) || lower === 'according' || lower === 'asked';
}

function nameEnd(items: readonly Item[], from: number): number {
  let at = from + 1;
  while (at < items.length && at - from < LONGEST_NAME) {
    const item = items[at];
    if (item === undefined) break;
    if (/^\p{Lu}/v.test(item.text) && (!isTime(items, at) || personLike(items, from, at))) {
      at += 1;
      continue;
    }
    const link = linkLength(items, from, at);
    if (link === 0) break;
    at += link;
  }
  return at;
}

/** "April Ryan": a month or day that is somebody's name, inside one. */
function personLike(items: readonly Item[], from: number, at: number): boolean {
  return at === from + 1 && (femaleNames.has(items[from]?.lower ?? '') || maleNames.has(items[from]?.lower ?? ''));
}

/** How many items join the name so far to its next capital: "de", "of", "of the". */
function linkLength(items: readonly Item[], from: number, at: number): number {
  const lower = items[at]?.lower ?? '';
  if (NAME_PARTICLES.has(lower)) {
    if (/^\p{Lu}/v.test(items[at + 1]?.text ?? '')) return 1;
    return NAME_PARTICLES.has(items[at + 1]?.lower ?? '') && isCapital(items[at + 2]) ? 2 : 0;
  }
  if (!ORGANISATION_LINKS.has(lower)) return 0;
  const bodied = items.slice(from, at).some(item => organisationWords.has(item.lower));
  const placed = places.has(
    items
      .slice(from, at)
      .map(item => item.lower)
      .join(' '),
  );
  if (!bodied || placed || lower === 'the') return 0;
  if (isCapital(items[at + 1]) && !titles.has(items[at + 1]?.lower ?? '')) return 1;
  return items[at + 1]?.lower === 'the' && isCapital(items[at + 2]) && lower !== 'and' ? 2 : 0;
}

function readName(items: readonly Item[], from: number, end: number, paragraph: number): Mention | undefined {
  const bracket = bracketAfter(items, end);
  const bare = items.slice(from, end);
  const title = lastTitle(bare);
  const nameFrom = title === undefined ? from + leadingNationalities(bare) : from + title + 1;
  const name = items.slice(nameFrom, end);
  const [first] = name;
  const last = name.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const titled = title === undefined ? [] : bare.slice(0, title + 1);
  const kind = kindOf(name, titled);
  const words = name.map(item => item.lower).filter(word => !SUFFIX.test(word));
  if (words.length === 0) return undefined;
  const before = titled.filter(item => !honorifics.has(item.lower.replace('.', '')));
  const role =
    kind === 'organisation' || kind === 'place' ? undefined : roleAround(items, { from: nameFrom, to: end }, before);
  return {
    ...{ start: first.start, end: last.end, words, role, paragraph, bracketed: bracket },
    kind: kind === 'unknown' && role !== undefined ? 'person' : kind,
    gender: genderOf(titled, words, role, items.slice(Math.max(0, from - REACH), end + REACH)),
  };
}

/** The last title that a name follows: "Director" of "Foreign Affairs Commission Director Yang". */
function lastTitle(name: readonly Item[]): number | undefined {
  const at = name.findLastIndex((item, index) => index < name.length - 1 && isTitle(item.lower));
  if (at < 0) return undefined;
  return organisationWords.has(name.at(-1)?.lower ?? '') ? undefined : at;
}

function isTitle(lower: string): boolean {
  const plain = lower.replace(/\.$/v, '');
  return titles.has(plain) || honorifics.has(plain);
}

function leadingNationalities(name: readonly Item[]): number {
  let at = 0;
  while (at < name.length - 1 && nationalities.has(name[at]?.lower.replace(/\.$/v, '') ?? '')) at += 1;
  return at;
}

function kindOf(name: readonly Item[], titled: readonly Item[]): Mention['kind'] {
  const [first] = name;
  const last = name.at(-1);
  if (first === undefined || last === undefined) return 'unknown';
  const whole = name.map(item => item.lower.replace(/\.$/v, '')).join(' ');
  if (titled.length > 0) return 'person';
  if (places.has(whole) || nationalities.has(whole) || notOrganisations.has(whole)) return 'place';
  if (organisations.has(whole)) return 'organisation';
  const named = maleNames.has(first.lower) || femaleNames.has(first.lower);
  if (named && name.length > 1 && !organisationWords.has(last.lower)) return 'person';
  if (name.some(item => organisationWords.has(item.lower) && item.text.length > 2)) return 'organisation';
  if (name.length === 1 && ABBREVIATION.test(first.text)) return 'organisation';
  if (name.length > 1 && name.slice(1, -1).some(item => INITIAL.test(item.text))) return 'person';
  return 'unknown';
}

function genderOf(
  titled: readonly Item[],
  words: readonly string[],
  role: Span | undefined,
  near: readonly Item[],
): Gender | undefined {
  const roleWords = near.filter(item => role !== undefined && item.start >= role.start && item.end <= role.end);
  for (const word of [...titled, ...roleWords].map(item => item.lower.replace('.', ''))) {
    if (femaleWords.has(word)) return 'female';
    if (maleWords.has(word)) return 'male';
  }
  const [first = ''] = words;
  if (words.length < 2) return undefined;
  return femaleNames.has(first) ? 'female' : maleNames.has(first) ? 'male' : undefined;
}

/** "(楊潔篪)", "(CDC)". */
function bracketAfter(items: readonly Item[], at: number): Span | undefined {
  if (items[at]?.text !== '(') return undefined;
  const close = items.slice(at + 1, at + 12).findIndex(item => item.text === ')');
  const inside = items.slice(at + 1, at + 1 + close);
  const first = inside[0];
  const last = inside.at(-1);
  if (close < 1 || first === undefined || last === undefined) return undefined;
  const isAlias = inside.every(item => HAN.test(item.text)) || (inside.length === 1 && ABBREVIATION.test(first.text));
  return isAlias ? { start: first.start, end: last.end } : undefined;
}

/** Whether a word (lower case) is what somebody may be: "minister", "spokesman". */
export function isRoleWord(lower: string): boolean {
  return personHeads.has(lower) || titles.has(lower);
}
