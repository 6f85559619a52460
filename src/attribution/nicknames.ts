import type { Span } from '../news/span.ts';
import { times } from './lexicon/grammar.ts';
import { organisationWords } from './lexicon/organisations.ts';
import { honorifics, titles } from './lexicon/people.ts';
import type { Item } from './statements.ts';
import { looksFinite } from './verbs.ts';
import { isCapital, isFunctionWord, isWord, type Range } from './words.ts';

/** A name within a name: “Frankie” of Frank “Frankie” Dole, without its marks. */
export interface Nickname extends Span {
  /** The word that it may be short for, lower case: "hammer" of “the Hammer”. */
  readonly word: string;
}

const CLOSING: ReadonlyMap<string, string> = new Map([
  ['“', '”'],
  ['‘', '’'],
  ['"', '"'],
  ["'", "'"],
  ['„', '“'],
  ['«', '»'],
]);

/** “the Big Train” is as long as they get, in words. */
const LONGEST = 3;

const ABBREVIATION = /^\p{Lu}{2,}$/v;

const WITHIN_NAME = /\s["“‘'„«][^"“”‘’„«»]{1,40}["”’'“»](?=\s)/v;

/** The items of a nickname that begins at `at`, marks included, within a name that began at `from`. */
export function nicknameAt(items: readonly Item[], from: number, at: number): Range | undefined {
  const open = items[at];
  const closing = CLOSING.get(open?.text ?? '');
  const before = items[at - 1];
  if (open === undefined || closing === undefined || before === undefined || at <= from) return undefined;
  if (!isPersonsWord(before) || (at === from + 1 && ABBREVIATION.test(before.text))) return undefined;
  const inside = items.slice(at + 1, at + 1 + LONGEST + 1);
  const length = inside.findIndex(item => !isWord(item));
  const close = inside[length];
  const last = inside[length - 1];
  const after = items[at + length + 2];
  if (close === undefined || last === undefined || after === undefined || close.text !== closing) return undefined;
  const isTight = inside[0]?.start === open.end && close.start === last.end;
  const isApart = open.start > before.end && after.start > close.end;
  return isTight && isApart && isCapital(last) && isPersonsWord(after) ? { from: at, to: at + length + 2 } : undefined;
}

/** Neither "Host" nor "News" nor a word without a capital: one that a first name or a surname may be. */
function isPersonsWord(item: Item): boolean {
  const plain = item.lower.replace(/\.$/v, '');
  const isOther = titles.has(plain) || honorifics.has(plain) || organisationWords.has(plain) || times.has(plain);
  return isCapital(item) && !isOther && !isFunctionWord(item.lower) && !looksFinite(item.lower);
}

/** The nickname in a name, and where its items stand. */
export function findNickname(items: readonly Item[], name: Range): (Range & { readonly called: Nickname }) | undefined {
  for (let at = name.from + 1; at < name.to; at += 1) {
    const found = nicknameAt(items, name.from, at);
    const first = items[at + 1];
    const last = found && items[found.to - 2];
    if (found === undefined || first === undefined || last === undefined) continue;
    return { ...found, called: { start: first.start, end: last.end, word: last.lower } };
  }
  return undefined;
}

/** "Frank Dole" of "Frank “Frankie” Dole". */
export function withoutNickname(name: string): string {
  return name.replace(WITHIN_NAME, '');
}
