import { ADVERBS, AUXILIARIES } from '../attribution/lexicon/grammar.ts';
import { LABELS } from '../attribution/lexicon/labels.ts';
import { GROUP_HEADS, PERSON_HEADS, TITLES } from '../attribution/lexicon/people.ts';
import {
  afterHead,
  afterSaying,
  chatter,
  personEnding,
  pronouns,
  saying,
  sayingInChinese,
  things,
} from './lexicon/saying.ts';

const longestName = 80;
const mostWords = 8;
const mostLowerCase = 3;
const mostNames = 4;

const dash = /^[\s,]*(?:[—–―~]|-{1,3}(?=\s*[\p{Lu}\p{Lo}]|\s))+\s*(?<name>[^\n]+)/v;
const bracket = /^\s*[\(（](?<name>[^\(\)（）\n]+)[\)）]/v;
const according = /(?:^|\s)(?:according to|per)\s+(?<name>[^\n,.:;—–]+)/iv;
/** The end of a sentence; not the points of "J. D. Vance" and "Sen. Lee". */
const sentenceEnd =
  /(?<!(?:^|[\s.])(?:\p{L}|Mrs?|Ms|Drs?|Sens?|Reps?|Gov|Gen|Prof|St|Jr|Sr|Lt|Col|Maj|Sgt|Rev|Capt|Adm|Hon))\.(?=\s|$)|[!?。！？;；\n]/v;
const word = /[\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}.'’\-‐·]*/gv;
const capital = /^[\p{Lu}\p{Lt}]/v;
const hanName = /[\p{sc=Han}·]{2,8}$/v;
const determiner = /^(?:a|an|the|another|one|some|two|three|several|many)$/iv;
const insisting = /^(?:really|actually|literally|ever|reportedly)$/v;
const nameEnd =
  /[,\(\[:;\|\n•]|\s[\-—–]\s|(?<!(?:^|[\s.])(?:\p{L}|Mrs?|Ms|Drs?|Sens?|Reps?|Gov|Gen|Prof|St|Jr|Sr|Lt|Col|Maj|Sgt|Rev|Capt|Adm|Hon))\.\s|\s\d{4}\b/v;

interface WrittenWord {
  readonly text: string;
  readonly lower: string;
}

/** Keeps the points of names ("J. D. Vance"), but not one that ends a sentence. */
function wordsIn(text: string): WrittenWord[] {
  return [...text.matchAll(word)].map(([found]) => {
    const bare = /^\p{Lu}\.$|\.\p{L}+\.$/v.test(found) ? found : found.replace(/[.'’\-]+$/v, '');
    return { text: bare, lower: bare.toLowerCase().replaceAll('’', "'") };
  });
}

/** Returns `undefined` if the words name nobody. */
function asName(words: readonly WrittenWord[]): string | undefined {
  const first = words.findIndex(({ lower }) => !chatter.has(lower));
  const kept = first < 0 ? [] : words.slice(first);
  const [only] = kept;
  if (only === undefined || kept.length > mostWords) return undefined;
  if (kept.length === 1 && (pronouns.has(only.lower) || determiner.test(only.lower))) return undefined;
  const name = kept.map(({ text }) => text).join(' ');
  return name.length <= longestName && /\p{L}/v.test(name) ? name : undefined;
}

function asLabel(text: string): string | undefined {
  const [before = '', after = ''] = text.split(nameEnd);
  const start = isRole(wordsIn(before)) && isFullName(wordsIn(after)) ? after : before;
  const words = wordsIn(start);
  if (LABELS.has(words.map(({ lower }) => lower).join(' '))) return undefined;
  const named = words.some(({ text }) => capital.test(text)) || /\p{sc=Han}/v.test(start);
  const ordinary = words.some(({ lower }) => chatter.has(lower) || saying.has(lower));
  if (!named && (ordinary || words.length > mostLowerCase) && !isDescription(words)) return undefined;
  if (!named && determiner.test(words[0]?.lower ?? '') && !isDescription(words)) return undefined;
  return asName(words);
}

/** "Harbour Commissioner, Ann Lee": what somebody is, before the name. */
function isRole(words: readonly WrittenWord[]): boolean {
  const head = words.at(-1)?.lower ?? '';
  return isPersonNoun(head) || (words.length === 1 && isPerson(head));
}

function isFullName(words: readonly WrittenWord[]): boolean {
  return (
    words.length > 1 && words.length <= mostNames && words.every(({ text }) => capital.test(text)) && !isRole(words)
  );
}

/** True for "a senior official", "one docker", "a mother of three", in lower case. */
function isDescription(words: readonly WrittenWord[]): boolean {
  const more = words.findIndex(({ lower }, at) => at > 1 && afterHead.has(lower));
  const head = words.at(more < 0 ? -1 : more - 1)?.lower ?? '';
  const known = isPersonNoun(head);
  const isSomebody = determiner.test(words[0]?.lower ?? '') && words.length > 1 && isPerson(head);
  return words.length <= mostWords && (known || isSomebody);
}

/** True for nouns and titles of people and groups: "official", "lawmakers", "minister". */
export function isPersonNoun(noun: string): boolean {
  return PERSON_HEADS.has(noun) || GROUP_HEADS.has(noun) || TITLES.has(noun);
}

/** True for nouns that may be people by their ending: "skater". */
export function isPerson(noun: string): boolean {
  return personEnding.test(noun) && !things.has(noun) && !things.has(noun.replace(/s$/v, ''));
}

/**
 * Returns the name that the text after a quotation credits: "— Lee", "said Lee", "Lee said", "according to Lee",
 * "(Lee)".
 */
export function creditedAfter(text: string): string | undefined {
  const signed = dash.exec(text)?.groups?.name ?? bracket.exec(text)?.groups?.name;
  const isSaid = saying.has(wordsIn(signed ?? '')[0]?.lower ?? '');
  if (signed !== undefined && !isSaid) return asLabel(signed);
  const [sentence = ''] = (signed ?? text).replace(/^[\s,，]+/v, '').split(sentenceEnd);
  const [line = ''] = sentence.split(/[:：—–]/v);
  const from = according.exec(line)?.groups?.name;
  if (from !== undefined) return asName(wordsIn(from));
  const [clause = ''] = line.split(/[,，\(（]/v);
  const words = wordsIn(clause);
  const at = words.findIndex(({ lower }) => saying.has(lower));
  if (at < 0) return undefined;
  return at === 0 ? nameAfter(words.slice(1)) : subjectOf(words.slice(0, at));
}

/**
 * Returns the name that the text before a quotation credits: "Lee:", "Lee said that", "according to Lee,"; empty for
 * "he said".
 */
export function creditedBefore(text: string): string | undefined {
  if (/[.!?。！？]\s*$/v.test(text)) return undefined;
  const last =
    text
      .replace(/[\s:：,，\-—–…]+$/v, '')
      .split(sentenceEnd)
      .at(-1) ?? '';
  const chinese = chineseSubject(last);
  if (chinese !== undefined) return chinese;
  const from = according.exec(last)?.groups?.name;
  if (from !== undefined) return asName(wordsIn(from));
  const words = wordsIn(last);
  const at = words.findLastIndex(({ lower }) => saying.has(lower));
  const between = words.slice(at + 1).every(({ lower }) => afterSaying.has(lower));
  if (at > 0 && between) return subjectOf(wordsIn(beforeWord(last, words[at]?.text ?? ''))) ?? '';
  return /[:：]\s*$/v.test(text) ? asLabel(last) : undefined;
}

/** Returns the clause that a verb ends: "Jake Sullivan" in "Jake Sullivan, the adviser, said". */
function beforeWord(text: string, verb: string): string {
  const head = text.slice(0, text.lastIndexOf(verb));
  const [start = ''] = head.split(/[,，\(（]/v);
  return wordsIn(start).some(({ text }) => capital.test(text)) ? start : (head.split(/[,，]/v).at(-2) ?? start);
}

/**
 * Reads the subject of a verb of saying: the last words with a capital, a description from its article on, or else the
 * last words.
 */
function subjectOf(words: readonly WrittenWord[]): string | undefined {
  const trimmed = words.filter(({ lower }) => !ADVERBS.has(lower) && !AUXILIARIES.has(lower) && !insisting.test(lower));
  const last = trimmed.at(-1);
  if (last === undefined || pronouns.has(last.lower)) return undefined;
  const described = trimmed.findLastIndex(({ lower }) => determiner.test(lower));
  if (described >= 0 && !capital.test(last.text)) return asName(trimmed.slice(described));
  if (!capital.test(last.text)) return asName(trimmed.slice(-mostLowerCase));
  let first = trimmed.length - 1;
  while (first > 0 && isPartOfName(trimmed[first - 1])) first -= 1;
  return asName(trimmed.slice(described >= 0 && described < first ? described : first));
}

function isPartOfName(word: WrittenWord | undefined): boolean {
  if (word === undefined || (chatter.has(word.lower) && !/^[\p{Lu}]\.?$/v.test(word.text))) return false;
  return (
    capital.test(word.text) || /^(?:of|the|de|van|von|der|den|del|la|le|bin|al|el|da|dos|ben|ibn)$/v.test(word.lower)
  );
}

/** Reads the name after a verb of saying: "said Jake Sullivan on Monday". */
function nameAfter(words: readonly WrittenWord[]): string | undefined {
  const [first] = words;
  if (first === undefined || afterSaying.has(first.lower)) return undefined;
  if (determiner.test(first.lower)) {
    const end = words.findIndex(({ lower }) => afterSaying.has(lower));
    return asName(words.slice(0, end < 0 ? mostWords : end));
  }
  const named = capital.test(first.text);
  const end = words.findIndex(
    each => afterSaying.has(each.lower) || chatter.has(each.lower) || (named && !isPartOfName(each)),
  );
  return asName(words.slice(0, end < 0 ? (named ? mostWords : mostLowerCase) : end));
}

function chineseSubject(text: string): string | undefined {
  const verb = sayingInChinese.find(each => text.endsWith(each));
  const before = verb === undefined ? '' : text.slice(0, -verb.length);
  return hanName.exec(before)?.[0];
}
