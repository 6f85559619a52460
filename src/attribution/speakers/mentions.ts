import type { Paragraph } from '../../news/article.ts';
import { wordSet } from '../../news/lexicon/word-lists.ts';
import { contains, type Span } from '../../news/span.ts';
import { type Item, itemsOf, spanned } from '../grammar/items.ts';
import {
  isCapital,
  isFiniteForm,
  isFunctionWord,
  isWord,
  looksFinite,
  OWNS,
  type Range,
  verbForms,
} from '../grammar/words.ts';
import { TIMES } from '../lexicon/grammar.ts';
import { BODY_NOUNS, ORGANISATION_WORDS, ORGANISATIONS, SORTS } from '../lexicon/organisations.ts';
import { GROUP_HEADS, HONORIFICS, TITLES } from '../lexicon/people.ts';
import { DEMONYM, NATIONALITIES, PLACES } from '../lexicon/places.ts';
import { STRANGER_NOUNS } from '../lexicon/strangers.ts';
import {
  type Gender,
  genderOf,
  genderOfWord,
  initials,
  isAbbreviation,
  isDescription,
  isFirstName,
  isRoleWord,
  isSingularPerson,
  isTitle,
  kindOf,
  lastTitle,
  leadingNationalities,
  mayBePerson,
  SUFFIX,
  suffixOf,
  titlesAsSurnames,
  withoutPoint,
  withoutPostNominals,
} from './names.ts';
import { roleAround } from './roles.ts';

/** A name within a name: “Frankie” of Frank “Frankie” Dole, without its quotation marks. */
interface Nickname extends Span {
  /** The name it may be short for, in lower case: "hammer" of “the Hammer”. */
  readonly word: string;
}

const CLOSING: ReadonlyMap<string, string> = new Map(
  Object.entries({ '“': '”', '‘': '’', '"': '"', "'": "'", '„': '“', '«': '»' }),
);

/** Maximum length of a nickname, in words: “the Big Train”. */
const LONGEST = 3;
const WITHIN_NAME = /\s["“‘'„«][^"“”‘’„«»]{1,40}["”’'“»](?=\s)/v;

/** A nickname inside a name, and its range of items, quotation marks included. */
interface FoundNickname extends Range {
  readonly called: Nickname;
}

/** Returns the nickname at `at`, inside a name. */
function nicknameAt(items: readonly Item[], at: number): FoundNickname | undefined {
  const open = items[at];
  const closing = CLOSING.get(open?.text ?? '');
  const before = items[at - 1];
  if (open === undefined || closing === undefined || before === undefined || !isPersonsWord(before)) return undefined;
  const inside = items.slice(at + 1, at + 1 + LONGEST + 1);
  const length = inside.findIndex(item => !isWord(item));
  const [close, last, after] = [inside[length], inside[length - 1], items[at + length + 2]];
  if (close?.text !== closing || last === undefined || after === undefined) return undefined;
  if (!(isCapital(last) && isPersonsWord(after))) return undefined;
  return { from: at, to: at + length + 2, called: { start: open.end, end: last.end, word: last.lower } };
}

/** A capitalised word that may be a first name or surname, unlike "Host" or "News". */
function isPersonsWord(item: Item): boolean {
  const plain = withoutPoint(item.lower);
  const isOther = isTitle(item.lower) || ORGANISATION_WORDS.has(plain) || TIMES.has(plain);
  return isCapital(item) && !isOther && !isFunctionWord(item.lower) && !looksFinite(item.lower);
}

/** "Frank Dole" of "Frank “Frankie” Dole". */
export function withoutNickname(name: string): string {
  return name.replace(WITHIN_NAME, '');
}

export const NAME_PARTICLES = wordSet('de van von bin ibn al der la du da di el del dos den ten ter le ben abu y st.');
const ORGANISATION_LINKS = new Set(['of', 'for', 'and', 'on', '&']);

/** "Council on Foreign Relations", but not "New York City on". */
const MAY_HAVE_SUBJECT = wordSet('council committee commission institute center centre conference panel');

const LONGEST_NAME = 14;
const NAMES_AND_MONTHS = new Set(['jan', 'jun', 'may', 'april', 'june', 'august', 'mar', 'summer', 'autumn']);

/** "said Per Dahl", but not "Per Reuters, …" or “Will Russia …?” */
function isFirstNameWithin(items: readonly Item[], at: number): boolean {
  const { lower = '' } = items[at] ?? {};
  return /^[\p{L},]/v.test(items[at - 1]?.text ?? '') && isFirstName(lower) && isCapital(items[at + 1]);
}

const EVERYBODY = /^(?:every|some|any)(?:body|one)$/v;
/** "Very Rev Ann Lee" */
const INTENSIFIES = /^(?:very|most|right|rt)$/v;

/** Whether an item is a sentence's first word, past an opening mark. */
function opensSentence(items: readonly Item[], at: number, starts: ReadonlySet<number>): boolean {
  const isAt = (index: number) => index === 0 || starts.has(items[index]?.start ?? -1);
  return isAt(at) || (CLOSING.has(items[at - 1]?.text ?? '') && isAt(at - 1));
}

function opensName(items: readonly Item[], at: number, isFirst: boolean, names: ReadonlySet<string>): boolean {
  const item = items[at];
  if (item === undefined || !/^\p{Lu}/v.test(item.text)) return false;
  if (isFunctionWord(item.lower) && !isAbbreviation([item])) return !isFirst && isFirstNameWithin(items, at);
  if (isTime(items, at) || EVERYBODY.test(item.lower)) return false;
  // "Officials said", "People say": capitalised only because the sentence starts.
  if (!isFirst || isCapital(items[at + 1]) || isGroupsOwn(items, at + 1)) return true;
  if (isFirstName(item.lower) || names.has(item.lower)) return true;
  return (
    !item.lower.endsWith('s') &&
    (item.lower === 'police' || !(GROUP_HEADS.has(item.lower) || isForSomebody(item.lower)))
  );
}

/** "Widow", "Norwegian", "Airline": words for somebody or some body. */
function isForSomebody(lower: string): boolean {
  const isPerson = NATIONALITIES.has(lower) || isSingularPerson(lower) || genderOfWord(lower) !== undefined;
  return (isPerson && !isTitle(lower)) || SORTS.has(lower);
}

/** Whether "’s" joins a name: "People’s Bank", "Farmers’ Union", but not "Lee’s Bank" or "Republicans’ House majority". */
function isGroupsOwn(items: readonly Item[], at: number): boolean {
  const [owner, next] = [items[at - 1]?.lower ?? '', items[at + 1]];
  // "Seafarers’ Union"
  const isAssociation =
    BODY_NOUNS.get('group')?.has(next?.lower ?? '') === true && /^[’']$/v.test(items[at]?.text ?? '');
  const isGroup = isAssociation || GROUP_HEADS.has(owner);
  if (!isGroup || /^(?:conservative|democrat|liberal|republican)s$/v.test(owner)) return false;
  const mayGoOn = isCapital(next) && !isTime(items, at + 1) && !isFirstName(next?.lower ?? '');
  return mayGoOn && OWNS.test(items[at]?.text ?? '');
}

/** A month or day. "April Ryan" and "Jun Sato" are people. */
function isTime(items: readonly Item[], at: number): boolean {
  const lower = items[at]?.lower ?? '';
  if (!TIMES.has(lower)) return false;
  const { text = '', lower: next = '' } = items[at + 1] ?? {};
  return !(NAMES_AND_MONTHS.has(lower) && /^\p{Lu}\p{Ll}/v.test(text) && !TIMES.has(next));
}

/** "Lee", "hEithir". */
const OPENS_NAME = /^h?\p{Lu}/v;

/** "Tom Hale Sr. Hale said …": sentences aren't always cut there. */
const ENDS_NAME = /^[js]r\.$/v;

/** Whether a name ends before an item, whatever that is. */
function isCut(items: readonly Item[], at: number, starts: ReadonlySet<number>): boolean {
  return starts.has(items[at]?.start ?? -1) || ENDS_NAME.test(items[at - 1]?.lower ?? '');
}

function nameEnd(items: readonly Item[], from: number, starts: ReadonlySet<number>): number {
  let at = from + 1;
  while (at - from < LONGEST_NAME && !isCut(items, at, starts)) {
    const item = items[at];
    if (item === undefined) break;
    if ((OPENS_NAME.test(item.text) && !isTime(items, at)) || item.text === 'plc') {
      at += 1;
      continue;
    }
    const nickname = nicknameAt(items, at);
    // "A. S. van der Meer"
    const point = item.text === '.' && /^\p{Lu}$/v.test(items[at - 1]?.text ?? '') ? 1 : 0;
    const link = nickname === undefined ? linkLength(items, from, at + point) : nickname.to - nickname.from;
    if (link === 0 || (point > 0 && !NAME_PARTICLES.has(items[at + 1]?.lower ?? ''))) break;
    at += point + link;
  }
  return at;
}

/** Number of items that join the name so far to its next capital: "de", "of", "of the". */
function linkLength(items: readonly Item[], from: number, at: number): number {
  if (isGroupsOwn(items, at)) return 1;
  const lower = items[at]?.lower ?? '';
  if (NAME_PARTICLES.has(lower)) {
    if (/^\p{Lu}/v.test(items[at + 1]?.text ?? '')) return 1;
    return NAME_PARTICLES.has(items[at + 1]?.lower ?? '') && isCapital(items[at + 2]) ? 2 : 0;
  }
  if (!(ORGANISATION_LINKS.has(lower) && mayBeLinked(items, from, at))) return 0;
  const next = items[at + 1];
  if (isCapital(next) && !isTime(items, at + 1) && !TITLES.has(next?.lower ?? '')) return 1;
  return next?.lower === 'the' && isCapital(items[at + 2]) && lower !== 'and' ? 2 : 0;
}

/** Whether a name may continue after "of" or "and": an organisation's, or an office: "Secretary of State". */
function mayBeLinked(items: readonly Item[], from: number, at: number): boolean {
  const lower = items[at]?.lower ?? '';
  const before = items[at - 1]?.lower ?? '';
  if (lower === 'on') return MAY_HAVE_SUBJECT.has(before);
  // A firm, "Calder & Voss"; but "Ann Lee & Bo Cho" are two people.
  if (lower === '&' && at === from + 1) return true;
  if (isTitle(before) && (lower === 'of' || lower === 'for')) return true;
  // "the Food and Drug Administration"
  if (lower === 'and' && items[from - 1]?.lower === 'the' && ORGANISATION_WORDS.has(items[at + 2]?.lower ?? ''))
    return true;
  // "the Friends of the Library"
  if (lower === 'of' && items[from - 1]?.lower === 'the' && at === from + 1 && before.endsWith('s')) return true;
  const words = items.slice(from, at).map(item => item.lower);
  return words.some(word => ORGANISATION_WORDS.has(word)) && !PLACES.has(words.join(' '));
}

/** A place where the text names somebody, not yet resolved. */
export interface Mention extends Span {
  readonly kind: 'person' | 'organisation' | 'place' | 'unknown';
  /** The name without titles, in lower case. */
  readonly words: readonly string[];
  /** "jr" */
  readonly suffix: string | undefined;
  readonly role: Span | undefined;
  readonly gender: Gender | undefined;
  /** Another name in brackets: 楊潔篪, CDC. */
  readonly bracketed: Span | undefined;
  /** Within it, in quotation marks: “Frankie”. */
  readonly nickname: Nickname | undefined;
  /** The word before it, in lower case: "the". */
  readonly follows: string;
  /** "FFSA": it may be an abbreviation. */
  readonly isCapitals: boolean;
  readonly paragraph: number;
}

const HAN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]$/v;
const LOWER_CASE = /\b\p{Ll}+\b/gv;
const WITHIN_SENTENCE = /(?<=[\p{L},] )\p{Lu}[\p{L}\-]+/gv;
const ALONE = /(?<!\p{Lu}\S{0,20} |\b[Tt]he |[\p{L}\-])\p{Lu}[\p{L}\-]+(?![\p{L}\-]| \p{Lu})/gv;
const LONG_WORD = /^\p{L}{4}/v;

/** A line with fewer long words may be just a list of names. */
const FEWEST_IN_TITLE = 5;

/**
 * Minimum number of its words that appear without a capital elsewhere. "Minister Eva Dahl" is capitalised for another
 * reason.
 */
const FEWEST_ORDINARY = 2;

/** Maximum distance between a name and its role, in items. */
const REACH = 20;

/** Words of the article by how it capitalises them. Lower case. */
interface Spelling {
  /** Without a capital somewhere. */
  readonly common: ReadonlySet<string>;
  /** Always with a capital, within sentences too. */
  readonly names: ReadonlySet<string>;
  /** With a capital somewhere between words without one. */
  readonly alone: ReadonlySet<string>;
  /** Titles that are surnames here: "King". */
  readonly surnames: ReadonlySet<string>;
}

function spellingOf(text: string): Spelling {
  const common = new Set(text.match(LOWER_CASE) ?? []);
  const capitals = (text.match(WITHIN_SENTENCE) ?? []).map(word => word.toLowerCase());
  const alone = (text.match(ALONE) ?? []).map(word => word.toLowerCase());
  const names = new Set(capitals.filter(word => !common.has(word)));
  return { common, names, alone: new Set(alone), surnames: titlesAsSurnames(text) };
}

/** Returns every capitalised name in the text, quotations included, in text order. */
export function findMentions(text: string, paragraphs: readonly Paragraph[]): readonly Mention[] {
  const spelling = spellingOf(text);
  return paragraphs.flatMap(paragraph => {
    const starts = new Set(paragraph.sentences.map(sentence => sentence.start));
    const items = itemsOf(text, paragraph);
    if (!isTitleCase(items, spelling.common)) return mentionsOf(items, starts, paragraph.number, spelling);
    const named = cutAtVerbs(items).flatMap(piece => mentionsOf(piece, starts, paragraph.number, spelling));
    return named.filter(mention => isNamedElsewhere(text, mention));
  });
}

/** "Lee Announces Bill Revoking Cho’s Clearance": in title case, a capital doesn't indicate a name. */
function isTitleCase(items: readonly Item[], common: ReadonlySet<string>): boolean {
  const long = items.filter(({ text }) => LONG_WORD.test(text));
  const ordinary = long.filter(({ lower }) => common.has(lower) && !isTitle(lower));
  return long.length >= FEWEST_IN_TITLE && long.every(isCapital) && ordinary.length >= FEWEST_ORDINARY;
}

/** "Lee" and "Bill …" of "Lee Announces Bill …". */
function cutAtVerbs(items: readonly Item[]): readonly (readonly Item[])[] {
  const cuts = items.flatMap(({ lower }, at) => (verbForms(lower).some(isFiniteForm) ? [at] : []));
  return [0, ...cuts].map((from, at) => items.slice(from, cuts[at] ?? items.length));
}

/** A name in a headline is repeated in the text; an arbitrary run of words isn't. */
function isNamedElsewhere(text: string, { start, end, words }: Mention): boolean {
  const name = text.slice(start, end);
  return words.length === 1 || text.indexOf(name) < start || text.includes(name, end);
}

function mentionsOf(
  items: readonly Item[],
  starts: ReadonlySet<number>,
  paragraph: number,
  spelling: Spelling,
): readonly Mention[] {
  const mentions: Mention[] = [];
  for (let at = 0; at < items.length; at += 1) {
    const isFirst = opensSentence(items, at, starts);
    if (!opensName(items, at, isFirst, spelling.names)) continue;
    const end = nameEnd(items, at, starts);
    const from = at + (isFirst ? wordsBeforeName(items, at, end, spelling) : 0);
    const mention = parseName(items, { from, to: end }, paragraph, spelling.surnames);
    if (mention !== undefined) mentions.push(mention);
    at = end - 1;
  }
  return mentions;
}

/**
 * "Rival Hillary Clinton", "Born Hillary Rodham", "Top Democrat Ann Lee": a sentence’s first words that aren't part of
 * the name.
 */
function wordsBeforeName(items: readonly Item[], from: number, end: number, { common, alone }: Spelling): number {
  const [first, second] = items.slice(from, end);
  if (first?.lower === 'former' && second !== undefined) return 1;
  if (first === undefined || second === undefined || end - from < 3 || isTitle(first.lower)) return 0;
  const isBody = ORGANISATION_WORDS.has(items[end - 1]?.lower ?? '');
  if (isFirstName(first.lower)) return 0;
  // "Zookeeper Bo Cho", if the article also calls him "Cho"; but not "Manchester Evening Star".
  const isCalledShort = alone.has(items[end - 1]?.lower ?? '') && !NATIONALITIES.has(first.lower);
  const isRole = ({ lower }: Item, at: number) =>
    (isRoleWord(lower) && !isTitle(lower)) || (at === 0 && isCalledShort && mayBePerson(lower));
  const role = isBody ? -1 : items.slice(from, Math.min(end - 2, from + 2)).findLastIndex(isRole);
  if (role >= 0) return role + 1;
  const isOrdinary =
    common.has(first.lower) ||
    looksFinite(first.lower) ||
    /^(?:born|independent)$/v.test(first.lower) ||
    first.lower.split('-').some(mayBePerson);
  return isFirstName(second.lower) && isOrdinary ? 1 : 0;
}

function parseName(
  items: readonly Item[],
  { from, to: end }: Range,
  paragraph: number,
  surnames: ReadonlySet<string>,
): Mention | undefined {
  const [nickname] = items.slice(from + 1, end).flatMap((_, index) => nicknameAt(items, from + 1 + index) ?? []);
  const isOwn = (_: Item, at: number) => !(nickname && from + at >= nickname.from && from + at < nickname.to);
  const bare = items.slice(from, end).filter(isOwn);
  const title = lastTitle(bare, surnames);
  const person = bare.slice(title === undefined ? leadingNationalities(bare) : title + 1);
  const nameFrom = items.findIndex((item, at) => at >= from && item === person[0]);
  // "Korean Central News Agency", but "Chinese Foreign Minister Yang".
  const isNational = nameFrom > from && kindOf(person, [], '') === 'organisation';
  const isBody = title === undefined && (isNational || isAbbreviated(bare, items, end));
  const whole = isBody ? bare : person;
  const follows = items[from - 1]?.lower ?? '';
  if (isNoun([follows, ...whole.map(({ lower }) => lower)]) || isDescription(whole, surnames)) return undefined;
  const name = withoutPostNominals(whole);
  const span = spanned(name);
  if (span === undefined) return undefined;
  const titled = title === undefined ? [] : bare.slice(0, title + 1);
  const isNameable = !(follows === 'the' && titled.length === 0);
  const parts = name.map(item => item.lower);
  const words = parts.filter(word => !SUFFIX.test(word) && word !== '.' && !OWNS.test(word));
  if (words.length === 0) return undefined;
  const kind = isBody ? 'organisation' : kindOf(name, titled, follows);
  const before = titled.filter(({ lower }) => !(HONORIFICS.has(withoutPoint(lower)) || INTENSIFIES.test(lower)));
  const role =
    kind === 'organisation' || kind === 'place'
      ? undefined
      : roleAround(items, { from: nameFrom, to: end }, before, kind === 'person');
  const near = items.slice(Math.max(0, from - REACH), end + REACH);
  const inRole = near.filter(item => role !== undefined && contains(role, item));
  // "Mr Lee’s daughter"
  const own = inRole.slice(inRole.findLastIndex(({ text }) => OWNS.test(text)) + 1);
  return {
    ...span,
    words,
    suffix: suffixOf(parts),
    role,
    paragraph,
    bracketed: bracketAfter(items, end),
    nickname: nickname?.called,
    follows,
    kind: kind === 'unknown' && isNameable && (role !== undefined || isAged(items, end)) ? 'person' : kind,
    isCapitals: isAbbreviation(name),
    gender: genderOf(titled, own, words),
  };
}

/** "Lindo Aab, 19, scored". */
function isAged(items: readonly Item[], end: number): boolean {
  const [comma, age, closing] = items.slice(end, end + 3).map(({ text }) => text);
  return comma === ',' && closing === ',' && /^\d{2}$/v.test(age ?? '');
}

const COMPASS = new Set(['north', 'south']);

/** "the Norwegian", "the Company" in a press release, "the Clerk" in minutes, "THE COURT" in a transcript. */
function isNoun(words: readonly string[]): boolean {
  const [article, noun = '', another, more] = words[1] === 'the' ? words.slice(1) : words;
  if (article !== 'the') return false;
  if (NATIONALITIES.has(another ?? noun) && (another === undefined || COMPASS.has(noun)) && more === undefined)
    return true;
  if (another !== undefined) return false;
  // "the Victorian"
  if (DEMONYM.test(noun) && !(ORGANISATION_WORDS.has(noun) || ORGANISATIONS.has(noun))) return true;
  return BODY_NOUNS.has(noun) || isRoleWord(noun) || STRANGER_NOUNS.has(noun) || noun === 'court';
}

/** "Australian Wool Innovation (AWI)"; two letters may be a person's. */
function isAbbreviated(name: readonly Item[], items: readonly Item[], end: number): boolean {
  const [open, inside] = items.slice(end, end + 2);
  const letters = initials(name.map(({ lower }) => lower));
  return name.length > 2 && open?.text === '(' && letters.some(each => each === inside?.lower);
}

/** "(楊潔篪)", "(CDC)". */
function bracketAfter(items: readonly Item[], at: number): Span | undefined {
  if (items[at]?.text !== '(') return undefined;
  const close = items.slice(at + 1, at + 12).findIndex(item => item.text === ')');
  const inside = items.slice(at + 1, at + 1 + close);
  return isAbbreviation(inside) || inside.every(item => HAN.test(item.text)) ? spanned(inside) : undefined;
}
