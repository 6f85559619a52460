import { ADVERBS, AUXILIARIES } from '../attribution/lexicon/grammar.ts';
import { LABELS } from '../attribution/lexicon/labels.ts';
import { BODY_HEADS } from '../attribution/lexicon/organisations.ts';
import { GROUP_HEADS, PERSON_HEADS, TITLES } from '../attribution/lexicon/people.ts';
import { isNegation } from '../words/quote-words.ts';
import {
  AFTER_HEAD,
  AFTER_SAYING,
  CHATTER,
  PERSON_ENDING,
  PRONOUNS,
  SAYING,
  SAYING_IN_CHINESE,
  THINGS,
} from './lexicon/saying.ts';

const LONGEST_NAME = 80;
const MOST_WORDS = 8;
const MOST_LOWER_CASE = 3;
const MOST_NAMES = 4;

const DASH = /^[\s,]*(?:[—–―~]|-{1,3}(?=\s*[\p{Lu}\p{Lo}]|\s))+\s*(?<name>[^\n]+)/v;
const BRACKET = /^\s*[\(（](?<name>[^\(\)（）\n]+)[\)）]/v;
const ACCORDING = /(?:^|\s)(?:according to|per)\s+(?<name>[^\n,.:;—–]+)/iv;
/** Not the points of "J. D. Vance" and "Sen. Lee". */
const LAST_POINT = String.raw`(?<!(?:^|[\s.])(?:\p{L}|Mrs?|Ms|Drs?|Sens?|Reps?|Gov|Gen|Prof|St|Jr|Sr|Lt|Col|Maj|Sgt|Rev|Capt|Adm|Hon|Del|Amb|Pres|Sec|Det|Cpl|Cmdr))\.`;
const SENTENCE_END = new RegExp(String.raw`${LAST_POINT}(?=\s|$)|[!?。！？;；\n]`, 'v');
/** Or of a label before a name: "Breaking: Lee said". */
const LABEL_END = new RegExp(String.raw`${SENTENCE_END.source}|:\s|：`, 'v');
const WORD = /[\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}.'’\-‐·]*/gv;
const CAPITAL = /^[\p{Lu}\p{Lt}]/v;
const PARTICLE = /^(?:de|van|von|der|den|del|la|le|bin|al|el|da|dos|ben|ibn)$/v;
const HAN_NAME = /[\p{sc=Han}·]{2,8}$/v;
const DETERMINER = /^(?:a|an|the|another|one|some|two|three|several|many)$/iv;
const INSISTING = /^(?:really|actually|literally|allegedly|supposedly|apparently)$/v;
/** Not "May" and "Will". */
const CLAUSE = /^(?:am|are|had|has|have|is|was|were|I)$/v;
/** What comes before a name: "Asked about Biden, Sullivan said", but not "Boeing". */
const OCCASION =
  /^\s*(?:about|after|as|asked|at|before|during|for|in|on|since|to|when|while|with|\p{L}{5,}ing)\s+\p{L}/iv;
const NAME_END = new RegExp(String.raw`[,\(\[:;\|\n•]|\s[\-—–]\s|(?:^|\s)via\s|${LAST_POINT}\s|\s\d{4}\b`, 'v');

interface WrittenWord {
  readonly text: string;
  readonly lower: string;
}

/** Keeps the points of names ("J. D. Vance"), but not one that ends a sentence. */
function wordsIn(text: string): WrittenWord[] {
  return [...text.matchAll(WORD)].map(([found]) => {
    const bare = /^\p{Lu}\.$|\.\p{L}+\.$/v.test(found) ? found : found.replace(/[.'’\-]+$/v, '');
    return { text: bare, lower: bare.toLowerCase().replaceAll('’', "'") };
  });
}

/** Returns `undefined` if the words name nobody. */
function asName(words: readonly WrittenWord[]): string | undefined {
  const first = words.findIndex(({ lower }) => !CHATTER.has(lower));
  const kept = first < 0 ? [] : words.slice(first);
  const [only] = kept;
  if (only === undefined || kept.length > MOST_WORDS) return undefined;
  if (kept.length === 1 && (PRONOUNS.has(only.lower) || DETERMINER.test(only.lower))) return undefined;
  const name = kept.map(({ text }) => text).join(' ');
  return name.length <= LONGEST_NAME && /\p{L}/v.test(name) ? name : undefined;
}

function asLabel(text: string): string | undefined {
  const [before = '', after = ''] = text.split(NAME_END);
  const start = isRole(wordsIn(before)) && isFullName(wordsIn(after)) ? after : before;
  const words = withoutOccasion(wordsIn(start));
  if (LABELS.has(words.map(({ lower }) => lower).join(' ')) || OCCASION.test(start)) return undefined;
  if (words.some(({ text }) => CLAUSE.test(text))) return undefined;
  const named = words.some(({ text }) => CAPITAL.test(text)) || /\p{sc=Han}/v.test(start);
  const ordinary = words.some(({ lower }) => CHATTER.has(lower) || SAYING.has(lower));
  const vague = ordinary || words.length > MOST_LOWER_CASE || DETERMINER.test(words[0]?.lower ?? '');
  return !named && vague && !isDescription(words) ? undefined : asName(words);
}

/** Shortens "Sullivan on CNN" and "Jake Sullivan in 2021", but not "Ambassador to China Ann Lee". */
function withoutOccasion(words: readonly WrittenWord[]): readonly WrittenWord[] {
  const end = words.findIndex(({ text }) => AFTER_SAYING.has(text));
  const name = words.slice(0, Math.max(end, 0));
  const isName = name.every(({ text }) => CAPITAL.test(text) || PARTICLE.test(text));
  return name.length > 0 && isName && !isNounForPeople(name.at(-1)?.lower ?? '') ? name : words;
}

/** "Harbour Commissioner, Ann Lee": what somebody is, before the name. */
function isRole(words: readonly WrittenWord[]): boolean {
  const head = words.at(-1)?.lower ?? '';
  return isNounForPeople(head) || (words.length === 1 && isPerson(head));
}

function isFullName(words: readonly WrittenWord[]): boolean {
  return (
    words.length > 1 && words.length <= MOST_NAMES && words.every(({ text }) => CAPITAL.test(text)) && !isRole(words)
  );
}

/** True for "a senior official", "the union", "one docker", "a mother of three", in lower case. */
function isDescription(words: readonly WrittenWord[]): boolean {
  return words.length <= MOST_WORDS && (describesPerson(words) || BODY_HEADS.has(headOf(words)));
}

function describesPerson(words: readonly WrittenWord[]): boolean {
  const head = headOf(words);
  return isNounForPeople(head) || (DETERMINER.test(words[0]?.lower ?? '') && words.length > 1 && isPerson(head));
}

/** Returns "chair" of "the chair of the board". */
function headOf(words: readonly WrittenWord[]): string {
  const more = words.findIndex(({ lower }, at) => at > 1 && AFTER_HEAD.has(lower));
  return words.at(more < 0 ? -1 : more - 1)?.lower ?? '';
}

/** True for what somebody is, without a name: "a docker", "the chair of the board". */
export function namesNobody(credited: string): boolean {
  const words = wordsIn(credited);
  const isAnybody = /^(?:an?|one|another|some)$/v.test(words[0]?.lower ?? '');
  return (isAnybody || describesPerson(words)) && !CAPITAL.test(words.at(-1)?.text ?? '');
}

/** True for nouns and titles of people and groups: "official", "lawmakers", "minister". */
export function isNounForPeople(noun: string): boolean {
  return PERSON_HEADS.has(noun) || GROUP_HEADS.has(noun) || TITLES.has(noun);
}

/** True for nouns that may be people by their ending: "skater". */
export function isPerson(noun: string): boolean {
  return PERSON_ENDING.test(noun) && !THINGS.has(noun) && !THINGS.has(noun.replace(/s$/v, ''));
}

/** Not "States" in "United States". */
function isVerb({ text, lower }: WrittenWord, at: number): boolean {
  return SAYING.has(lower) && (at === 0 || !/^\p{Lu}\p{Ll}/v.test(text));
}

/**
 * Returns the name that the text after a quotation credits: "— Lee", "said Lee", "Lee said", "according to Lee",
 * "(Lee)".
 */
export function creditedAfter(text: string): string | undefined {
  const signed = DASH.exec(text)?.groups?.name ?? BRACKET.exec(text)?.groups?.name;
  const isSaid = SAYING.has(wordsIn(signed ?? '')[0]?.lower ?? '');
  if (signed !== undefined && !isSaid) return asLabel(signed);
  const [sentence = ''] = (signed ?? text).replace(/^[\s,，]+/v, '').split(SENTENCE_END);
  const [line = ''] = sentence.split(/[:：—–]/v);
  const from = ACCORDING.exec(line)?.groups?.name;
  if (from !== undefined) return asName(wordsIn(from));
  const [clause = ''] = line.split(/[,，\(（]/v);
  const words = wordsIn(clause);
  const at = words.findIndex(isVerb);
  if (at < 0) return undefined;
  return at === 0 ? nameAfter(words.slice(1)) : subjectOf(words.slice(0, at));
}

/**
 * Returns the name that the text before a quotation credits: "Lee:", "Lee said that", "Lee told CNN:", "according to
 * Lee,"; empty for "he said".
 */
export function creditedBefore(text: string): string | undefined {
  if (/[.!?。！？]\s*$/v.test(text)) return undefined;
  const last =
    text
      .replace(/[\s:：,，\-—–…]+$/v, '')
      .split(LABEL_END)
      .at(-1) ?? '';
  const chinese = chineseSubject(last);
  if (chinese !== undefined) return chinese;
  const from = ACCORDING.exec(last)?.groups?.name;
  if (from !== undefined) return asName(wordsIn(from));
  const words = wordsIn(last);
  const at = words.findLastIndex(isVerb);
  const leadsIn = /[:：,，]\s*$/v.test(text) || words.slice(at + 1).every(({ lower }) => AFTER_SAYING.has(lower));
  if (at > 0 && leadsIn) return subjectOf(wordsIn(beforeWord(last, words[at]?.text ?? ''))) ?? '';
  if (!/[:：]\s*$/v.test(text)) return undefined;
  return at === 0 ? nameAfter(words.slice(1)) : asLabel(last);
}

/** True for "Jake Sullivan" and "Mayor Ann Lee", in capitals, with nothing else. */
export function isBareName(text: string): boolean {
  const words = wordsIn(text);
  return (
    /^[\p{L}\p{M}.'’\-\s]+$/v.test(text) &&
    isFullName(words) &&
    words.every(word => isPartOfName(word) && !DETERMINER.test(word.lower))
  );
}

/** Returns the clause that a verb ends: "Jake Sullivan" in "Jake Sullivan, the adviser, said". */
function beforeWord(text: string, verb: string): string {
  const parts = text.slice(0, text.lastIndexOf(verb)).split(/[,，\(（]/v);
  const named = parts.filter(part => wordsIn(part).some(({ text }) => CAPITAL.test(text)));
  const name = named.find(part => !OCCASION.test(part)) ?? named[0];
  return name ?? parts.at(-2) ?? parts[0] ?? '';
}

/**
 * Reads the subject of a verb of saying: the last words with a capital, a description from its article on, or else the
 * last words.
 */
function subjectOf(words: readonly WrittenWord[]): string | undefined {
  const trimmed = words.filter(
    ({ lower }) => ![ADVERBS, AUXILIARIES].some(set => set.has(lower)) && !INSISTING.test(lower) && !isNegation(lower),
  );
  const last = trimmed.at(-1);
  if (last === undefined || PRONOUNS.has(last.lower)) return undefined;
  const described = descriptionStart(trimmed);
  if (described >= 0 && !CAPITAL.test(last.text)) return asName(trimmed.slice(described));
  if (!CAPITAL.test(last.text)) return asName(trimmed.slice(-MOST_LOWER_CASE));
  let first = trimmed.length - 1;
  while (first > 0 && isPartOfName(trimmed[first - 1])) first -= 1;
  // "Lee and Cho said": either may have.
  if (/^(?:and|or)$/v.test(trimmed[first - 1]?.lower ?? '') && isPartOfName(trimmed[first - 2])) return undefined;
  return asName(trimmed.slice(described >= 0 && described < first ? described : first));
}

/** Returns where "the chair of the board" begins, or -1. */
function descriptionStart(words: readonly WrittenWord[]): number {
  const isStart = ({ lower }: WrittenWord) => DETERMINER.test(lower);
  const last = words.findLastIndex(isStart);
  const around = AFTER_HEAD.has(words[last - 1]?.lower ?? '') ? words.slice(0, last - 1).findLastIndex(isStart) : -1;
  return around >= 0 && isNounForPeople(headOf(words.slice(around))) ? around : last;
}

function isPartOfName(word: WrittenWord | undefined): boolean {
  if (word === undefined || (CHATTER.has(word.lower) && !/^[\p{Lu}]\.?$/v.test(word.text))) return false;
  return CAPITAL.test(word.text) || PARTICLE.test(word.lower) || /^(?:of|the)$/v.test(word.lower);
}

/** Reads the name after a verb of saying: "said Jake Sullivan on Monday". */
function nameAfter(words: readonly WrittenWord[]): string | undefined {
  const [first] = words;
  if (first === undefined || AFTER_SAYING.has(first.lower)) return undefined;
  if (DETERMINER.test(first.lower)) {
    const end = words.findIndex(({ lower }) => AFTER_SAYING.has(lower));
    return asName(words.slice(0, end < 0 ? MOST_WORDS : end));
  }
  const stop = words.findIndex(({ lower }) => AFTER_SAYING.has(lower) || CHATTER.has(lower));
  const said = words.slice(0, stop < 0 ? MOST_WORDS : stop);
  const role = said.findIndex(word => !isPartOfName(word));
  if (role < 0) return asName(said);
  const around = said.slice(role, role + MOST_LOWER_CASE + 1);
  const name = around.findIndex(({ text }) => CAPITAL.test(text));
  const end = said.findIndex((word, at) => at >= role + name && !isPartOfName(word));
  // "Harbour chief Ann Lee".
  if (name > 0) return asName(said.slice(0, end < 0 ? said.length : end));
  if (role === 0) return asName(said.slice(0, stop < 0 ? MOST_LOWER_CASE : stop));
  // "Rovers chief executive".
  const head = role > 1 ? -1 : around.findLastIndex(({ lower }) => isNounForPeople(lower));
  return asName(said.slice(0, role + head + 1));
}

function chineseSubject(text: string): string | undefined {
  const verb = SAYING_IN_CHINESE.find(each => text.endsWith(each));
  const before = verb === undefined ? '' : text.slice(0, -verb.length);
  return HAN_NAME.exec(before)?.[0];
}
