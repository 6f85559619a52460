import type { Paragraph } from '../news/article.ts';
import type { Span } from '../news/span.ts';
import { tokenize } from '../news/tokens.ts';
import { femaleNames, honorifics, maleNames } from './lexicon/people.ts';
import { nameEnd, opensName } from './name-spans.ts';
import {
  type Gender,
  genderOf,
  isDescription,
  isTitle,
  kindOf,
  lastTitle,
  leadingNationalities,
  SUFFIX,
} from './names.ts';
import { findNickname, type Nickname } from './nicknames.ts';
import { roleAround } from './roles.ts';
import type { Item } from './statements.ts';
import { verbForms } from './verbs.ts';
import { isCapital } from './words.ts';

/** A place where the text names somebody, before it is settled who is the same. */
export interface Mention extends Span {
  readonly kind: 'person' | 'organisation' | 'place' | 'unknown';
  /** The words of the name without titles, lower case. */
  readonly words: readonly string[];
  readonly role: Span | undefined;
  readonly gender: Gender | undefined;
  /** Other names given in brackets: 楊潔篪, CDC. */
  readonly bracketed: Span | undefined;
  /** Within it, in quotation marks: “Frankie”. */
  readonly nickname: Nickname | undefined;
  /** The word before it, lower case: "the". */
  readonly follows: string;
  /** "FFSA": it may be an abbreviation. */
  readonly isCapitals: boolean;
  readonly paragraph: number;
}

export const ABBREVIATION = /^\p{Lu}{2,6}$/v;

const HAN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]$/v;

const LOWER_CASE = /\b\p{Ll}+\b/gv;

const AGE = /^[1-9]\d?$/v;

const LONG_WORD = /^\p{L}{4}/v;

/** A line of fewer long words may be a mere list of names. */
const FEWEST_IN_TITLE = 5;

/** Words of it that the text has without a capital. "Minister Eva Dahl" has a capital for another reason. */
const FEWEST_ORDINARY = 2;

/** How far from a name its role may stand, in items. */
const REACH = 20;

/** Every capitalised name in the article's text, quotations included, in the text's order. */
export function findMentions(text: string, paragraphs: readonly Paragraph[]): readonly Mention[] {
  const common = new Set(text.match(LOWER_CASE) ?? []);
  return paragraphs.flatMap(paragraph => {
    const starts = new Set(paragraph.sentences.map(sentence => sentence.start));
    const items = tokenize(text, paragraph).map(token => ({
      ...token,
      lower: token.text.toLowerCase().replaceAll("'", '’'),
      quotation: undefined,
    }));
    if (!isTitleCase(items, common)) return mentionsOf(items, starts, paragraph.number, common);
    const named = cutAtVerbs(items).flatMap(piece => mentionsOf(piece, starts, paragraph.number, common));
    return named.filter(mention => isNamedElsewhere(text, mention));
  });
}

/** "Lee Announces Bill Revoking Cho’s Clearance": where all words have capitals, a capital tells no name. */
function isTitleCase(items: readonly Item[], common: ReadonlySet<string>): boolean {
  const long = items.filter(({ text }) => LONG_WORD.test(text));
  const ordinary = long.filter(({ lower }) => common.has(lower) && !isTitle(lower));
  return long.length >= FEWEST_IN_TITLE && long.every(isCapital) && ordinary.length >= FEWEST_ORDINARY;
}

/** "Lee" and "Bill …" of "Lee Announces Bill …". */
function cutAtVerbs(items: readonly Item[]): readonly (readonly Item[])[] {
  const isVerb = ({ lower }: Item) => verbForms(lower).some(({ tense }) => tense === 'present' || tense === 'past');
  const cuts = items.flatMap((item, at) => (isVerb(item) ? [at] : []));
  return [0, ...cuts].map((from, at) => items.slice(from, cuts[at] ?? items.length));
}

/** Whoever a headline names, the text names again; a mere run of its words does not come back. */
function isNamedElsewhere(text: string, { start, end, words }: Mention): boolean {
  const name = text.slice(start, end);
  return words.length === 1 || text.indexOf(name) < start || text.includes(name, end);
}

function mentionsOf(
  items: readonly Item[],
  starts: ReadonlySet<number>,
  paragraph: number,
  common: ReadonlySet<string>,
): readonly Mention[] {
  const mentions: Mention[] = [];
  for (let at = 0; at < items.length; at += 1) {
    if (!opensName(items, at, starts)) continue;
    const end = nameEnd(items, at);
    const isFirst = at === 0 || starts.has(items[at]?.start ?? -1);
    const mention = readName(items, at + (isFirst ? wordsBeforeName(items, at, end, common) : 0), end, paragraph);
    if (mention !== undefined) mentions.push(mention);
    at = end - 1;
  }
  return mentions;
}

/** "Rival Hillary Clinton": a sentence’s first word that the text also has without a capital, before a first name we know. */
function wordsBeforeName(items: readonly Item[], from: number, end: number, common: ReadonlySet<string>): number {
  const [first, second] = items.slice(from, end);
  if (first === undefined || second === undefined || end - from < 3 || isTitle(first.lower)) return 0;
  const isName = maleNames.has(second.lower) || femaleNames.has(second.lower);
  return isName && common.has(first.lower) && !maleNames.has(first.lower) && !femaleNames.has(first.lower) ? 1 : 0;
}

function readName(items: readonly Item[], from: number, end: number, paragraph: number): Mention | undefined {
  const bracket = bracketAfter(items, end);
  const nickname = findNickname(items, { from, to: end });
  const isOwn = (_: Item, at: number) => !(nickname && from + at >= nickname.from && from + at < nickname.to);
  const bare = items.slice(from, end).filter(isOwn);
  const title = lastTitle(bare);
  const person = bare.slice(title === undefined ? leadingNationalities(bare) : title + 1);
  const nameFrom = items.findIndex((item, at) => at >= from && item === person[0]);
  // "Korean Central News Agency", but "Chinese Foreign Minister Yang".
  const isBody = title === undefined && nameFrom > from && kindOf(person, [], '') === 'organisation';
  const name = isBody ? bare : person;
  const [first] = name;
  const last = name.at(-1);
  if (first === undefined || last === undefined) return undefined;
  if (isDescription(name)) return undefined;
  const titled = title === undefined ? [] : bare.slice(0, title + 1);
  const follows = items[from - 1]?.lower ?? '';
  const isNameable = !(follows === 'the' && titled.length === 0);
  const kind = isBody ? 'organisation' : kindOf(name, titled, follows);
  const words = name.map(item => item.lower).filter(word => !SUFFIX.test(word));
  if (words.length === 0) return undefined;
  const before = titled.filter(item => !honorifics.has(item.lower.replace('.', '')));
  const role =
    kind === 'organisation' || kind === 'place' ? undefined : roleAround(items, { from: nameFrom, to: end }, before);
  return {
    ...{
      start: first.start,
      end: last.end,
      words,
      role,
      paragraph,
      bracketed: bracket,
      nickname: nickname?.called,
      follows,
    },
    kind: kind === 'unknown' && isNameable && (role !== undefined || hasAge(items, end)) ? 'person' : kind,
    isCapitals: name.length === 1 && ABBREVIATION.test(first.text),
    gender: genderOf(titled, words, role, items.slice(Math.max(0, from - REACH), end + REACH)),
  };
}

/** "Emil Vasko, 79, has …". */
function hasAge(items: readonly Item[], end: number): boolean {
  return items[end]?.text === ',' && AGE.test(items[end + 1]?.text ?? '') && /^[,.]$/v.test(items[end + 2]?.text ?? '');
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
